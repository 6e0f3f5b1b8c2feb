package present

import (
	"fmt"
	"strconv"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// restName is the member that stands for those left out of an object.
const restName = "[omitted]"

// cutting is how a container that is too heavy is made to fit.
type cutting uint8

const (
	uncut    cutting = iota
	cutLevel         // its heaviest children are cut down to one level
	cutHead          // its first children stay, the rest goes
)

// container enters the container at start, or leaves it out, and returns where the walk goes on.
func (w *walk) container(start int, at place, allowance int) int {
	if w.limit > 0 && len(w.frames) == maxDepth {
		return w.leaveOut(start, -1)
	}
	f := frame{start: start, object: w.src[start] == '{', at: at, named: pairAt(w.src, start)}
	if allowance != whole {
		node, ok := w.tree.find(start)
		if !ok {
			node = -1
		}
		if !ok || allowance < roomy {
			return w.leaveOut(start, node)
		}
		f.node = node
		w.plan(&f, allowance)
	}
	w.frames = append(w.frames, f)
	return start + 1
}

// leaveOut replaces a container. node is -1 when the tree does not have it.
func (w *walk) leaveOut(start, node int) int {
	o := schema.Omission{Reason: schema.ReasonBudget, Kind: kindArray}
	word := "item"
	if w.src[start] == '{' {
		o.Kind, word = kindObject, "member"
	}
	var end int
	if node >= 0 {
		end, o.Count = w.tree.nodes[node].end, int(w.tree.nodes[node].count)
	} else {
		end = valueEnd(w.src, start)
		o.Count = rawjson.Len(w.src[start:end])
	}
	o.Bytes = end - start
	w.omit(start, end, o, fmt.Sprintf("[omitted: %s of %s, %d bytes]", o.Kind, count(o.Count, word), o.Bytes))
	return end
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

// plan decides how a container is cut down to an allowance: at its heaviest children if everything else leaves them
// enough, otherwise behind the first children that fit.
func (w *walk) plan(f *frame, allowance int) {
	costs, rest := w.tree.heavy(f.node)
	room := allowance - rest
	if len(costs) > 0 && room >= len(costs)*smallest {
		if share := level(costs, room); share >= roomy {
			f.cutting, f.room = cutLevel, share
			return
		}
	}
	f.cutting, f.room, f.total = cutHead, allowance-markerCost, allowance
}

// allow returns what the child at value may take, and whether it has a place at all.
func (w *walk) allow(f *frame, nameLength, value int) (allowance int, fits bool) {
	if f.cutting == uncut {
		return whole, true
	}
	cost, heavy := 0, false
	if i, ok := w.tree.find(value); ok {
		cost, heavy = w.tree.nodes[i].cost, true
	}
	if f.cutting == cutLevel {
		if heavy && cost > f.room {
			return f.room, true
		}
		return whole, true
	}
	if !heavy {
		cost = min(valueEnd(w.src, value)-value, max(smallest, len(w.src)>>15))
	}
	nameLength += 2
	if cost += nameLength; cost <= f.room {
		f.room -= cost
		return whole, true
	}
	// The first child, or one that meets a container still half empty, is cut rather than left out.
	share := f.room/2 - nameLength
	if !heavy || w.src[value] == '"' || share < roomy || f.index > 0 && f.room < f.total/2 {
		return 0, false
	}
	f.room -= share + nameLength
	return share, true
}

// stop ends a container before the child at i and returns the offset past it.
func (w *walk) stop(f *frame, i int) int {
	n := w.tree.nodes[f.node]
	o := schema.Omission{Reason: schema.ReasonBudget, Kind: kindArray, Count: int(n.count) - f.index, Bytes: n.end - 1 - i}
	word, name := "more item", ""
	if f.object {
		o.Kind, word, name = kindObject, "more member", `"`+restName+`":`
	}
	text := quoted(fmt.Appendf(nil, "[omitted: %s, %d bytes]", count(o.Count, word), o.Bytes))
	w.replace(i, n.end-1, append([]byte(name), text...))
	inner := w.frames
	w.frames = inner[:len(inner)-1] // the omission speaks of the container
	w.list(o)
	w.frames = inner
	return n.end
}
