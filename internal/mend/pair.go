package mend

import (
	"encoding/json"
	"math"
	"math/big"
	"slices"
	"strconv"

	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// costPair is that of two sides, which are one edit.
const costPair = 3

// isSide tells the members that are one unit.
func isSide(name string) bool { return name == "width" || name == "height" }

// sized proposes the accepted sizes that are nearest to the sides of an object: by shape, then by area. Where one side is
// missing and the table leaves no choice, it is added.
func (p *proposer) sized(task any, object []string, sizes []schema.Size) []proposal {
	width, height := slices.Concat(object, []string{"width"}), slices.Concat(object, []string{"height"})
	w, okW := side(task, width)
	h, okH := side(task, height)
	switch {
	case okW && okH:
		if at := parameter.NearestSize(w, h, sides(sizes)); at >= 0 {
			var all []proposal
			for _, near := range parameter.AsNear(w, h, sides(sizes), at) {
				all = append(all, p.setSides(task, object, sizes[near].Width, sizes[near].Height)...)
			}
			return all
		}
	case okW != okH:
		var fitting []schema.Size
		for _, s := range sizes {
			if okW && s.Width == w || okH && s.Height == h {
				fitting = append(fitting, s)
			}
		}
		_, haveW := request.Resolve(task, rawjson.PointerOf(width))
		_, haveH := request.Resolve(task, rawjson.PointerOf(height))
		if len(fitting) == 1 && haveW != haveH {
			missing, value := height, fitting[0].Height
			if !haveW {
				missing, value = width, fitting[0].Width
			}
			return []proposal{added(missing, json.Number(strconv.Itoa(value)))}
		}
	case len(sizes) == 1:
		_, haveW := request.Resolve(task, rawjson.PointerOf(width))
		_, haveH := request.Resolve(task, rawjson.PointerOf(height))
		if !haveW && !haveH {
			one := added(width, json.Number(strconv.Itoa(sizes[0].Width)))
			other := added(height, json.Number(strconv.Itoa(sizes[0].Height)))
			one.edit.Changes = append(one.edit.Changes, other.edit.Changes...)
			one.operations = append(one.operations, other.operations...)
			return []proposal{one}
		}
	}
	return nil
}

// setSides is one edit of both sides, as far as they change.
func (p *proposer) setSides(task any, object []string, w, h int) []proposal {
	one := proposal{edit: Edit{Kind: KindNormalise}, cost: costPair}
	for _, s := range []struct {
		name  string
		value int
	}{{"width", w}, {"height", h}} {
		pointer := rawjson.PointerOf(slices.Concat(object, []string{s.name}))
		old, _ := request.Resolve(task, pointer)
		value := json.Number(strconv.Itoa(s.value))
		if n, isNumber := old.(json.Number); isNumber && key(n) == key(value) {
			continue
		}
		one.edit.Changes = append(one.edit.Changes, Change{From: pointer, To: pointer, Old: old, New: value})
		one.operations = append(one.operations, request.Operation{Op: "replace", Path: pointer, Value: value})
	}
	if len(one.operations) == 0 {
		return nil
	}
	return []proposal{one}
}

// sidesOf takes a size that is one text, "1024x768", apart into the sides that the schema takes instead.
func (p *proposer) sidesOf(task any, path []string) (proposal, bool) {
	value, _ := request.Resolve(task, rawjson.PointerOf(path))
	text, _ := value.(string)
	w, h, ok := parameter.ParseSize(text)
	home := path[:len(path)-1]
	const smallest = 64 // below, it is a ratio
	if !ok || min(w, h) < smallest || !mayMove(path, value) {
		return proposal{}, false
	}
	one := proposal{edit: Edit{Kind: KindMove}, operations: []request.Operation{{Op: "remove", Path: rawjson.PointerOf(path)}}, cost: costPair}
	for _, s := range []struct {
		name  string
		value int
	}{{"width", w}, {"height", h}} {
		to := slices.Concat(home, []string{s.name})
		if _, taken := request.Resolve(task, rawjson.PointerOf(to)); taken || !p.hasPlace(to) {
			return proposal{}, false
		}
		n := json.Number(strconv.Itoa(s.value))
		one.edit.Changes = append(one.edit.Changes, Change{From: rawjson.PointerOf(path), To: rawjson.PointerOf(to), Old: value, New: n})
		one.operations = append(one.operations, request.Operation{Op: "add", Path: rawjson.PointerOf(to), Value: n})
	}
	return one, true
}

// scaled proposes sides within their bounds, on their step, that keep the shape: a side that alone is cut distorts the
// picture.
func (p *proposer) scaled(task any, object []string, rules map[string]schema.Constraint) []proposal {
	w, okW := side(task, slices.Concat(object, []string{"width"}))
	h, okH := side(task, slices.Concat(object, []string{"height"}))
	if !okW || !okH {
		return nil
	}
	for _, name := range []string{"width", "height"} {
		if rules[name].Type == "" && rules[name].Text == "" {
			rule, _ := p.problem.Rule(rawjson.PointerOf(slices.Concat(object, []string{name})))
			rules[name] = rule
		}
	}
	factor := 1.0
	for name, n := range map[string]int{"width": w, "height": h} {
		if high, ok := rational(rules[name].Max.String()); ok {
			limit, _ := high.Float64()
			factor = min(factor, limit/float64(n))
		}
	}
	if factor == 1 {
		for name, n := range map[string]int{"width": w, "height": h} {
			if low, ok := rational(rules[name].Min.String()); ok {
				limit, _ := low.Float64()
				factor = max(factor, limit/float64(n))
			}
		}
	}
	newW, okW := within(scaledSide(w, factor), rules["width"], true)
	newH, okH := within(scaledSide(h, factor), rules["height"], true)
	if !okW || !okH || !newW.IsInt() || !newH.IsInt() {
		return nil
	}
	return p.setSides(task, object, int(newW.Num().Int64()), int(newH.Num().Int64()))
}

func scaledSide(n int, factor float64) *big.Rat {
	if factor == 1 {
		return big.NewRat(int64(n), 1)
	}
	return big.NewRat(int64(math.Round(float64(n)*factor)), 1)
}

func side(task any, path []string) (int, bool) {
	value, _ := request.Resolve(task, rawjson.PointerOf(path))
	const largest = 1_000_000
	n, err := strconv.Atoi(plain(value))
	return n, err == nil && n > 0 && n <= largest
}

func sides(sizes []schema.Size) [][2]int {
	pairs := make([][2]int, len(sizes))
	for i, s := range sizes {
		pairs[i] = [2]int{s.Width, s.Height}
	}
	return pairs
}
