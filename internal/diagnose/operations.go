package diagnose

import (
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// touches tells whether an operation changes the value at a pointer, or one around or within it.
func touches(ops []schema.Operation, pointer string) bool {
	return slices.ContainsFunc(ops, func(op schema.Operation) bool {
		return within(op.Path, pointer) || within(pointer, op.Path) || op.From != "" && (within(op.From, pointer) || within(pointer, op.From))
	})
}

// onArray makes operations on a task of operations on the request array.
func onArray(t *request.Task, ops []schema.Operation) []schema.Operation {
	own := make([]schema.Operation, len(ops))
	for i, op := range ops {
		op.Path = t.Base + op.Path
		if op.From != "" {
			op.From = t.Base + op.From
		}
		own[i] = op
	}
	return own
}

// decoded is the task as values; nil for one that is too large to be judged, of which the pointers alone are known to be
// right.
func decoded(t *request.Task, j *judgement) any {
	if j != nil {
		return j.task
	}
	return t.Value()
}

// joined lists the operations of all findings on one task, in an order in which they apply, and the task after them.
// What a finding asks for that does not apply beside the others is left out of the patch, and of the finding.
func joined(t *request.Task, findings []finding, j *judgement) (ops []schema.Operation, patched any) {
	task := decoded(t, j)
	patched = task
	for i := range findings {
		f := &findings[i]
		if f.TaskIndex == nil || *f.TaskIndex != t.Index || len(f.patch) == 0 {
			continue
		}
		tried := inOrder(append(slices.Clone(ops), fresh(f.patch, ops)...))
		result, err := j.patched(task, t.Base, tried)
		if err != nil && task != nil {
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
