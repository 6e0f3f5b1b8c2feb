package diagnose

import (
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// mended is the one patch that mends all that can be mended, and what is known of it.
type mended struct {
	patch    []schema.Operation
	verified *bool  // whether the patched tasks pass their models' schemas; nil when that was not judged in full
	rest     saying // what the patched request still breaks; silent if nothing is known
}

// together makes one patch of what the findings ask for, and verifies it. An agent applies it as a whole.
func together(req *request.Request, findings []finding, model func(id string) Model) mended {
	var m mended
	if req.Opaque {
		return m
	}
	judged, passes := true, true
	for i := range req.Tasks {
		t := &req.Tasks[i]
		ops, patched := joined(t, findings)
		if len(ops) == 0 {
			continue
		}
		m.patch = append(m.patch, ops...)
		known := knownModel(t, model)
		if known == nil {
			judged = false
			continue
		}
		if !known.Passes(patched) {
			passes = false
			if m.rest.key == silent {
				m.rest = remaining(known.Validate(patched), findings)
			}
		}
	}
	if len(m.patch) > 0 && (judged || !passes) {
		m.verified = &passes
	}
	return m
}

func knownModel(t *request.Task, model func(id string) Model) Model {
	if model == nil || t.Model == "" {
		return nil
	}
	return model(t.Model)
}

// joined lists the operations of all findings on one task, in an order in which they apply, and the task after them.
// What a finding asks for that does not apply beside the others is left out of the patch, and of the finding.
func joined(t *request.Task, findings []finding) (ops []schema.Operation, patched []byte) {
	patched = t.Raw
	for i := range findings {
		f := &findings[i]
		if f.TaskIndex == nil || *f.TaskIndex != t.Index || len(f.patch) == 0 {
			continue
		}
		tried := inOrder(append(slices.Clone(ops), fresh(f.patch, ops)...))
		result, ok := applyPatch(t, tried)
		if !ok {
			f.patch = nil
			continue
		}
		ops, patched = tried, result
	}
	return ops, patched
}

// fresh leaves out what has been asked for already, and what has lost the value that it was to change.
func fresh(ops, done []schema.Operation) []schema.Operation {
	return slices.DeleteFunc(slices.Clone(ops), func(op schema.Operation) bool {
		return slices.ContainsFunc(done, func(d schema.Operation) bool { return spends(d, op) })
	})
}

// spends tells whether one operation does what another asks for, or takes its value away.
func spends(d, op schema.Operation) bool {
	gone := d.Path
	if d.Op == "move" {
		gone = d.From
	}
	switch {
	case d.Op == op.Op && d.Path == op.Path && d.From == op.From, d.Op == "replace" && d.Path == op.Path:
		return true
	case (d.Op == "remove" || d.Op == "move") && !isItem(gone):
		return within(op.Path, gone) && op.Op != "add" || op.From != "" && within(op.From, gone)
	default:
		return false
	}
}

func within(pointer, outer string) bool {
	return pointer == outer || strings.HasPrefix(pointer, outer+"/")
}

// inOrder puts the removals of items behind everything else, the last item of an array first: each would shift the items
// that the others mean.
func inOrder(ops []schema.Operation) []schema.Operation {
	slices.SortStableFunc(ops, func(a, b schema.Operation) int {
		shiftsA, shiftsB := a.Op == "remove" && isItem(a.Path), b.Op == "remove" && isItem(b.Path)
		switch {
		case shiftsA != shiftsB && shiftsA:
			return 1
		case shiftsA != shiftsB:
			return -1
		case !shiftsA:
			return 0
		}
		arrayA, indexA := cutItem(a.Path)
		arrayB, indexB := cutItem(b.Path)
		if arrayA != arrayB {
			return strings.Compare(arrayB, arrayA)
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
