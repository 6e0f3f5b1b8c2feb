package present

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"mcp-taskdetails/internal/looks"
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

// cut is how one container on the cursor's way is made to fit.
type cut struct {
	node    int // in the tree
	cutting cutting
	room    int // cutHead: what is left for further children; cutLevel: the allowance of each heavy child
	total   int // cutHead: what there was in the beginning
	tail    int // cutHead: what the last child takes that is to stay; 0 if none is
}

// enter goes into the container at the cursor, or leaves it out.
func (s *show) enter(allowance int) {
	if len(s.frames)+s.above == maxDepth {
		s.leaveOut(-1)
		return
	}
	var k cut
	if allowance != whole {
		node, ok := s.tree.find(s.start)
		if !ok {
			node = -1
		}
		if !ok || allowance < roomy {
			s.leaveOut(node)
			return
		}
		k = s.plan(node, allowance)
	}
	s.cuts = append(s.cuts[:len(s.frames)], k)
}

// leaveOut replaces a container. node is -1 when the tree does not have it.
func (s *show) leaveOut(node int) {
	o := schema.Omission{Reason: schema.ReasonBudget, Kind: kindArray}
	word := "item"
	src, start := s.cursor.src, s.start
	if src[start] == '{' {
		o.Kind, word = kindObject, "member"
	}
	var end int
	if node >= 0 {
		end, o.Count = s.tree.nodes[node].end, int(s.tree.nodes[node].count)
	} else {
		end = valueEnd(src, start)
		o.Count = rawjson.Len(src[start:end])
	}
	o.Bytes = end - start
	s.omit(start, end, o, fmt.Sprintf("[omitted: %s of %s, %d bytes]", o.Kind, count(o.Count, word), o.Bytes))
	s.end = end
}

func count(n int, word string) string { return looks.Plural(strconv.Itoa(n), word) }

// plan decides how a container is cut down to an allowance: at its heaviest children if everything else leaves them
// enough, otherwise behind the first children that fit.
func (s *show) plan(node, allowance int) cut {
	costs, rest := s.tree.heavy(node)
	room := allowance - rest
	if len(costs) > 0 && room >= len(costs)*smallest {
		if share := level(costs, room); share >= roomy {
			return cut{node: node, cutting: cutLevel, room: share}
		}
	}
	k := cut{node: node, cutting: cutHead, room: allowance - markerCost}
	if tail, ok := s.alike(node, k.room/4); ok {
		// Further ones of a kind say little, and hosts count tokens: half of the room is enough of them.
		k.room, k.tail = k.room/2-tail, tail
	}
	k.total = k.room
	return k
}

// alike reports whether an array's first and last items are objects of one form, the last of them fits into room, and all
// of it can be shown: its place in the report is not the one that it has in the original, where an omission would lead.
func (s *show) alike(node, room int) (tail int, ok bool) {
	const fewest = 4
	n, src := s.tree.nodes[node], s.cursor.src
	if n.count < fewest || src[n.start] != '[' || src[n.last] != '{' || src[space(src, n.start+1)] != '{' {
		return 0, false
	}
	last := src[n.last:valueEnd(src, n.last)]
	if len(last) > room || !slices.Equal(names(src[space(src, n.start+1):]), names(last)) {
		return 0, false
	}
	trial := *s
	trial.lists, trial.above = s.lists.clone(), s.above+len(s.frames)+1
	trial.digest = func(int, []byte) (schema.Omission, bool) { return schema.Omission{}, true }
	trial.run(last, s.at.item('{'), whole)
	return len(last) + 1, len(trial.lists.omissions) == len(s.lists.omissions) && trial.lists.moreOmissions == s.lists.moreOmissions
}

// names are those of the object that src begins with, but for the many that make no form.
func names(src []byte) (all []string) {
	const most = 32
	for i := space(src, 1); src[i] == '"' && len(all) < most; {
		end, value := nameEnd(src, i)
		all = append(all, string(src[i:end]))
		if i = space(src, valueEnd(src, value)); src[i] == ',' {
			i = space(src, i+1)
		}
	}
	return all
}

// allow returns what the child at value may take, and whether it has a place at all.
func (s *show) allow(nameLength, value int) (allowance int, fits bool) {
	f, index := &s.cuts[len(s.frames)-1], s.frames[len(s.frames)-1].index
	src := s.cursor.src
	if f.cutting == uncut {
		return whole, true
	}
	cost, heavy := 0, false
	if i, ok := s.tree.find(value); ok {
		cost, heavy = s.tree.nodes[i].cost, true
	}
	if f.cutting == cutLevel {
		if heavy && cost > f.room {
			return f.room, true
		}
		return whole, true
	}
	if !heavy {
		cost = min(valueEnd(src, value)-value, max(smallest, len(src)>>15))
	}
	nameLength += 2
	if f.tail > 0 && value == s.tree.nodes[f.node].last {
		f.room += f.tail
	}
	if cost += nameLength; cost <= f.room {
		f.room -= cost
		return whole, true
	}
	// The first child, or one that meets a container still half empty, is cut rather than left out.
	share := f.room/2 - nameLength
	if !heavy || src[value] == '"' || share < roomy || index > 0 && f.room < f.total/2 {
		return 0, false
	}
	f.room -= share + nameLength
	return share, true
}

// stop leaves out the children of the innermost container from the one at i on, or those before the last where that is
// to stay.
func (s *show) stop(i int) {
	f, k := &s.frames[len(s.frames)-1], &s.cuts[len(s.frames)-1]
	n, src := s.tree.nodes[k.node], s.cursor.src
	o := schema.Omission{Reason: schema.ReasonBudget, Kind: kindArray, Count: int(n.count) - f.index, Bytes: n.end - 1 - i}
	word, name, where, end := "more item", "", "", n.end-1
	switch {
	case f.object:
		o.Kind, word, name = kindObject, "more member", `"`+restName+`":`
	case k.tail > 0 && i < n.last:
		end = bytes.LastIndexByte(src[:n.last], ',')
		o.Count, o.Bytes, word, where = o.Count-1, end-i, "item", " before the last"
	}
	text := quoted(fmt.Appendf(nil, "[omitted: %s%s, %d bytes]", count(o.Count, word), where, o.Bytes))
	s.replace(i, end, append([]byte(name), text...))
	inner := s.frames
	s.frames = inner[:len(inner)-1] // the omission speaks of the container
	s.list(o)
	s.frames = inner
	if where == "" {
		s.leave(n.end)
		return
	}
	k.cutting, s.end, s.next = uncut, end, child
}
