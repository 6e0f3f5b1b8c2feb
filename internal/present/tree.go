package present

import (
	"slices"
	"sort"
)

// Sizes of the plan, in bytes of JSON.
const (
	// maxDepth is how deep a report nests: JSON parsers of hosts give up somewhere between 100 and 1000 levels, and
	// recorded tasks need about ten. Deeper containers become markers.
	maxDepth = 64
	// markerCost is what a marker and its omission take up together, roughly.
	markerCost = 320
	// smallest is the size below which a subtree is never worth recording: it is kept, or goes with its container.
	smallest = 384
	// roomy is the least allowance with which a container is cut inside instead of being left out.
	roomy = 700
)

// node is a value whose shown size is at least tree.floor, no deeper than maxDepth.
type node struct {
	start, end int   // in the source
	cost       int   // bytes when shown: huge strings count as markers, white space not at all
	count      int32 // items or members
	after      int32 // index of the first node behind this subtree
	last       int   // where the last child begins
}

// tree is what one pass over a document finds out about its weight: every heavy value, in the order of the document. Its
// length is bounded by maxDepth × size / floor, whatever the document's shape.
type tree struct {
	cost  int
	nodes []node
}

// open is a container that measure is inside of.
type open struct {
	start, cost int
	count       int32
	node        int
	object      bool
	last        int
}

// measure weighs a valid document.
func measure(src []byte, limit int) tree {
	var (
		t     tree
		stack = make([]open, 0, 8)
		floor = max(smallest, len(src)>>15)
	)
	for i := space(src, 0); i < len(src); {
		if len(stack) > 0 {
			stack[len(stack)-1].last = i
		}
		switch src[i] {
		case '{', '[':
			if len(stack) == maxDepth {
				i = valueEnd(src, i)
				t.add(stack, markerCost)
				break
			}
			stack = append(stack, open{start: i, cost: 1, node: len(t.nodes), object: src[i] == '{'})
			t.nodes = append(t.nodes, node{start: i})
			i = t.enter(stack, src, i+1)
			if src[i] != '}' && src[i] != ']' {
				continue
			}
		case '"':
			end := stringEnd(src, i)
			cost := end - i
			if isHuge(src[i+1:end-1], limit) {
				cost = markerCost
			}
			if cost >= floor {
				t.nodes = append(t.nodes, node{start: i, end: end, cost: cost, after: int32(len(t.nodes) + 1)}) //nolint:gosec // at most maxDepth × 32768
			}
			t.add(stack, cost)
			i = end
		default:
			end := literalEnd(src, i)
			cost := end - i
			if cost > maxDigits {
				cost = markerCost
			}
			t.add(stack, cost)
			i = end
		}
		i = t.leave(&stack, src, i, floor)
		if len(stack) == 0 {
			break
		}
	}
	return t
}

// add counts a value that stands in the innermost container.
func (t *tree) add(stack []open, cost int) {
	if len(stack) == 0 {
		t.cost = cost
		return
	}
	top := &stack[len(stack)-1]
	top.cost += cost + 1
	top.count++
}

// enter moves to the next value of the innermost container, over the member's name, or stays at the closing bracket.
func (t *tree) enter(stack []open, src []byte, i int) int {
	i = space(src, i)
	top := &stack[len(stack)-1]
	if !top.object || src[i] != '"' {
		return i
	}
	end, value := nameEnd(src, i)
	top.cost += end - i + 1
	return value
}

// leave closes what closes at i and moves on to the next value.
func (t *tree) leave(stack *[]open, src []byte, i, floor int) int {
	for len(*stack) > 0 {
		i = space(src, i)
		if src[i] == ',' {
			return t.enter(*stack, src, i+1)
		}
		i++
		last := len(*stack) - 1
		top := (*stack)[last]
		*stack = (*stack)[:last]
		cost := max(top.cost, 2)
		if cost < floor {
			t.nodes = t.nodes[:top.node] // nothing inside it is heavier
		} else {
			n := &t.nodes[top.node]
			n.end, n.cost, n.count, n.last = i, cost, top.count, top.last
			n.after = int32(len(t.nodes)) //nolint:gosec // at most maxDepth × 32768
		}
		t.add(*stack, cost)
	}
	return i
}

// find returns the index of the node of the value at an offset.
func (t *tree) find(start int) (int, bool) {
	i := sort.Search(len(t.nodes), func(i int) bool { return t.nodes[i].start >= start })
	return i, i < len(t.nodes) && t.nodes[i].start == start
}

// heavy returns the costs of a container's heavy children, and the cost of all the rest of it.
func (t *tree) heavy(at int) (costs []int, rest int) {
	parent := t.nodes[at]
	rest = parent.cost
	for i := at + 1; i < int(parent.after); i = int(t.nodes[i].after) {
		costs = append(costs, t.nodes[i].cost)
		rest -= t.nodes[i].cost
	}
	return costs, rest
}

// level returns the allowance that costs have in common, such that those below it stay whole, those above it are cut
// down to it, and all together fit into room: the largest go first.
func level(costs []int, room int) int {
	slices.Sort(costs)
	for i, cost := range costs {
		share := room / (len(costs) - i)
		if cost > share {
			return share
		}
		room -= cost
	}
	return room + 1 // all fit
}
