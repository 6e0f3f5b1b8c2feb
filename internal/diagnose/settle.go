package diagnose

import (
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// settlePatches makes the patches of one task fit each other: an agent applies them all, in the order of the findings.
// What two findings ask for is done once; removals from one array go from its end; a value that was moved or removed is
// left alone after that; a patch that still does not apply behind the others is dropped.
func settlePatches(req *request.Request, findings []finding) {
	if req.Opaque {
		return
	}
	for i := range req.Tasks {
		t := &req.Tasks[i]
		var own []*finding
		for j := range findings {
			if f := &findings[j]; f.TaskIndex != nil && *f.TaskIndex == t.Index && len(f.Patch) > 0 {
				own = append(own, f)
			}
		}
		for _, f := range own {
			f.Patch = fromTheEnd(f.Patch)
		}
		if len(own) > 1 {
			settle(t, own)
		}
	}
}

func settle(t *request.Task, findings []*finding) {
	joinRemovals(findings)
	doc := t.Raw
	var done []schema.Operation
	for _, f := range findings {
		f.Patch = slices.DeleteFunc(f.Patch, func(op schema.Operation) bool { return spent(op, done) })
		if len(f.Patch) == 0 {
			continue
		}
		patched, ok := applyPatch(&request.Task{Raw: doc, Base: t.Base}, f.Patch)
		if !ok {
			f.Patch = nil
			continue
		}
		doc = patched
		done = append(done, f.Patch...)
	}
}

// spent tells whether an operation has been done, or has lost what it was to be done to.
func spent(op schema.Operation, done []schema.Operation) bool {
	for _, d := range done {
		gone := d.Path
		if d.Op == "move" {
			gone = d.From
		}
		switch {
		case d.Op == op.Op && d.Path == op.Path && d.From == op.From:
			return true
		case (d.Op == "remove" || d.Op == "move") && !isItem(gone) && (within(op.Path, gone) && op.Op != "add" || op.From != "" && within(op.From, gone)):
			return true
		case d.Op == "replace" && d.Path == op.Path:
			return true
		}
	}
	return false
}

func within(pointer, outer string) bool {
	return pointer == outer || strings.HasPrefix(pointer, outer+"/")
}

// joinRemovals gives all removals from one array to the first finding that removes from it: each alone would shift the
// items that the others mean.
func joinRemovals(findings []*finding) {
	first := map[string]*finding{}
	for _, f := range findings {
		for _, op := range slices.Clone(f.Patch) {
			if op.Op != "remove" || !isItem(op.Path) {
				continue
			}
			array, _ := cutItem(op.Path)
			owner, taken := first[array]
			if !taken {
				first[array] = f
				continue
			}
			if owner == f {
				continue
			}
			f.Patch = slices.DeleteFunc(f.Patch, func(o schema.Operation) bool { return o.Path == op.Path && o.Op == op.Op })
			if !slices.ContainsFunc(owner.Patch, func(o schema.Operation) bool { return o.Path == op.Path && o.Op == op.Op }) {
				owner.Patch = fromTheEnd(append(owner.Patch, op))
			}
			f.mend = mend{saying: saying{key: oneStroke, name: owner.Parameter}}
		}
	}
}

// fromTheEnd puts the removals from an array behind each other, the last item first.
func fromTheEnd(ops []schema.Operation) []schema.Operation {
	slices.SortStableFunc(ops, func(a, b schema.Operation) int {
		if a.Op != "remove" || b.Op != "remove" || !isItem(a.Path) || !isItem(b.Path) {
			return 0
		}
		arrayA, indexA := cutItem(a.Path)
		arrayB, indexB := cutItem(b.Path)
		if arrayA != arrayB {
			return 0
		}
		return indexB - indexA
	})
	return ops
}

// isItem tells a pointer to an item of an array from one to a member: by the digits of its last step.
func isItem(pointer string) bool {
	array, index := cutItem(pointer)
	return index >= 0 && array != ""
}

func cutItem(pointer string) (array string, index int) {
	at := strings.LastIndexByte(pointer, '/')
	if at < 0 {
		return "", -1
	}
	n, err := strconv.Atoi(pointer[at+1:])
	if err != nil {
		return "", -1
	}
	return pointer[:at], n
}
