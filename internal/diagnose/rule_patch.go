package diagnose

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// patchValue proposes the smallest change that satisfies the rule, where one follows.
func (c *evidence) patchValue(f *schema.Finding, at place, r rule, v verdict) {
	name := "`" + at.parameter + "`"
	switch {
	case v.excess > 0 && v.measure == schema.MeasureItems:
		f.Fix = fmt.Sprintf("remove %s from %s", plural(strconv.Itoa(v.excess), "item"), name)
		n := rawjson.Len(at.raw)
		if foldName(lastStep(at.parameter)) == "messages" {
			f.Fix += ": which ones is the user's choice" // the last is the newest
			return
		}
		for i := n - 1; i >= n-v.excess && v.excess <= maxPatch && !c.req.opaque; i-- {
			f.Patch = append(f.Patch, remove(rawjson.Pointer(at.pointer, i)))
		}
	case v.lack > 0 && v.measure == schema.MeasureItems:
		f.Fix = fmt.Sprintf("add at least %s to %s: which ones is the user's choice", plural(strconv.Itoa(v.lack), "item"), name)
	case v.excess > 0:
		f.Fix = fmt.Sprintf("shorten %s by at least %s: the wording is the user's choice", name, plural(strconv.Itoa(v.excess), "character"))
	case v.lack > 0 && isEmptyString(at.raw):
		f.Fix = fmt.Sprintf("give %s a text of %s: the wording is the user's choice", name, r.text(schema.MeasureCharacters))
	case v.lack > 0:
		f.Fix = fmt.Sprintf("lengthen %s by at least %s: the wording is the user's choice", name, plural(strconv.Itoa(v.lack), "character"))
	case foldName(lastStep(at.parameter)) == "seed" && v.want != nil && (!v.typ || string(v.want) != strings.Trim(string(at.raw), `"`)):
		// Any other seed gives another picture, so none is nearer than a random one.
		f.Fix = fmt.Sprintf("remove %s for a random seed, or choose one that is accepted (%s)", name, r.text(f.Measure))
		c.patchAt(f, remove(at.pointer))
	case isSide(at.parameter) && rawjson.KindOf(v.want) == rawjson.String:
		f.Fix = fmt.Sprintf("set %s to a number that is accepted: which one is the user's choice", name)
	case v.reshape != asIs:
		c.reshape(f, at, v.reshape)
	case v.want != nil:
		f.Fix = fmt.Sprintf("set %s to %s", name, show(v.want))
		if v.typ {
			f.Fix = fmt.Sprintf("send %s as the %s %s", name, typeOf(v.want), v.want)
		}
		pointer := at.pointer
		if v.at != "" {
			pointer = v.at
		}
		c.patchAt(f, replace(pointer, v.want))
		c.patchOthers(f, at)
	case len(r.Allowed) > 0:
		f.Fix = fmt.Sprintf("set %s to %s: which one is the user's choice", name, orList(r.Allowed))
	default:
		f.Fix = fmt.Sprintf("set %s to a value that is accepted (%s): which one is the user's choice", name, r.text(f.Measure))
	}
}

// reshape moves a value into an array, or out of one. The patch does not repeat what is long, secret or prose.
func (c *evidence) reshape(f *schema.Finding, at place, how reshaping) {
	if how == unwrap {
		f.Fix = fmt.Sprintf("send the only item of `%s` without the array around it", at.parameter)
		c.patchAt(f, schema.Operation{Op: "move", From: rawjson.Pointer(at.pointer, 0), Path: at.pointer})
		return
	}
	f.Fix = fmt.Sprintf("put the value of `%s` into an array", at.parameter)
	if text, ok := rawjson.Text(at.raw); !ok && len(at.raw) <= maxShownURL || ok && plainValue(text) {
		c.patchAt(f, replace(at.pointer, slices.Concat(schema.Value("["), at.raw, schema.Value("]"))))
		return
	}
	if strings.HasSuffix(at.parameter, "]") {
		return // no room beside an item of an array
	}
	aside := at.pointer + "~1value" // a free name beside it, for three steps
	c.patchAt(f, schema.Operation{Op: "move", From: at.pointer, Path: aside})
	c.patchAt(f, schema.Operation{Op: "add", Path: at.pointer, Value: schema.Value("[]")})
	c.patchAt(f, schema.Operation{Op: "move", From: aside, Path: rawjson.Pointer(at.pointer, 0)})
}

func orList(values []schema.Value) string {
	if len(values) > maxListed {
		return "one of the accepted values (" + listText(values) + ")"
	}
	all := showAll(values)
	if len(all) == 1 {
		return all[0]
	}
	return strings.Join(all[:len(all)-1], ", ") + " or " + all[len(all)-1]
}

func (c *evidence) patchAt(f *schema.Finding, op schema.Operation) {
	if !c.req.opaque {
		f.Patch = append(f.Patch, op)
	}
}

// patchOthers mends the other values that the same name leads to, as the weights of several LoRAs.
func (c *evidence) patchOthers(f *schema.Finding, done place) {
	for _, other := range c.places() {
		if other.pointer == done.pointer || len(f.Patch) >= maxPatch {
			continue
		}
		v := c.ruleFor(other, rawjson.KindOf(other.raw) == rawjson.Number).judge(other)
		if v.proof == broken && v.want != nil && v.at == "" {
			c.patchAt(f, replace(other.pointer, v.want))
			f.Fix += fmt.Sprintf(" and `%s` to %s", other.parameter, show(v.want))
		}
	}
}

// maxPatch bounds the operations of one patch: a longer one is a rewrite, which the fix says in words.
const maxPatch = 64
