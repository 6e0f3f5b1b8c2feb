package diagnose

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// patchValue proposes the smallest change that satisfies the rule, where one follows.
func (c *evidence) patchValue(f *schema.Finding, at request.Place, r constraint.Constraint, v constraint.Verdict) {
	name := "`" + at.Parameter + "`"
	switch {
	case v.Excess > 0 && v.Measure == schema.MeasureItems:
		f.Fix = fmt.Sprintf("remove %s from %s", plural(strconv.Itoa(v.Excess), "item"), name)
		n := rawjson.Len(at.Raw)
		if parameter.Fold(parameter.Last(at.Parameter)) == "messages" {
			f.Fix += ": which ones is the user's choice" // the last is the newest
			return
		}
		for i := n - 1; i >= n-v.Excess && v.Excess <= maxPatch && !c.req.Opaque; i-- {
			f.Patch = append(f.Patch, remove(rawjson.Pointer(at.Pointer, i)))
		}
	case v.Lack > 0 && v.Measure == schema.MeasureItems:
		f.Fix = fmt.Sprintf("add at least %s to %s: which ones is the user's choice", plural(strconv.Itoa(v.Lack), "item"), name)
	case v.Excess > 0:
		f.Fix = fmt.Sprintf("shorten %s by at least %s: the wording is the user's choice", name, plural(strconv.Itoa(v.Excess), "character"))
	case v.Lack > 0 && isEmptyString(at.Raw):
		f.Fix = fmt.Sprintf("give %s a text of %s: the wording is the user's choice", name, r.Text(schema.MeasureCharacters))
	case v.Lack > 0:
		f.Fix = fmt.Sprintf("lengthen %s by at least %s: the wording is the user's choice", name, plural(strconv.Itoa(v.Lack), "character"))
	case parameter.Fold(parameter.Last(at.Parameter)) == "seed" && v.Want != nil && (!v.Typ || string(v.Want) != strings.Trim(string(at.Raw), `"`)):
		// Any other seed gives another picture, so none is nearer than a random one.
		f.Fix = fmt.Sprintf("remove %s for a random seed, or choose one that is accepted (%s)", name, r.Text(f.Measure))
		c.patchAt(f, remove(at.Pointer))
	case parameter.IsSide(at.Parameter) && rawjson.KindOf(v.Want) == rawjson.String:
		f.Fix = fmt.Sprintf("set %s to a number that is accepted: which one is the user's choice", name)
	case v.Reshape != constraint.AsIs:
		c.reshape(f, at, v.Reshape)
	case v.Want != nil:
		f.Fix = fmt.Sprintf("set %s to %s", name, show(v.Want))
		if v.Typ {
			f.Fix = fmt.Sprintf("send %s as the %s %s", name, looks.JSONType(v.Want), v.Want)
		}
		c.patchAt(f, replace(at.Pointer+v.At, v.Want))
		c.patchOthers(f, at)
	case len(r.Allowed) > 0:
		f.Fix = fmt.Sprintf("set %s to %s: which one is the user's choice", name, orList(r.Allowed))
	default:
		f.Fix = fmt.Sprintf("set %s to a value that is accepted (%s): which one is the user's choice", name, r.Text(f.Measure))
	}
}

// reshape moves a value into an array, or out of one. The patch does not repeat what is long, secret or prose.
func (c *evidence) reshape(f *schema.Finding, at request.Place, how constraint.Reshaping) {
	if how == constraint.Unwrap {
		f.Fix = fmt.Sprintf("send the only item of `%s` without the array around it", at.Parameter)
		c.patchAt(f, schema.Operation{Op: "move", From: rawjson.Pointer(at.Pointer, 0), Path: at.Pointer})
		return
	}
	f.Fix = fmt.Sprintf("put the value of `%s` into an array", at.Parameter)
	if text, ok := rawjson.Text(at.Raw); !ok && len(at.Raw) <= looks.MaxShownURL || ok && looks.PlainValue(text) {
		c.patchAt(f, replace(at.Pointer, slices.Concat(schema.Value("["), at.Raw, schema.Value("]"))))
		return
	}
	if strings.HasSuffix(at.Parameter, "]") {
		return // no room beside an item of an array
	}
	aside := at.Pointer + "~1value" // a free name beside it, for three steps
	c.patchAt(f, schema.Operation{Op: "move", From: at.Pointer, Path: aside})
	c.patchAt(f, schema.Operation{Op: "add", Path: at.Pointer, Value: schema.Value("[]")})
	c.patchAt(f, schema.Operation{Op: "move", From: aside, Path: rawjson.Pointer(at.Pointer, 0)})
}

func orList(values []schema.Value) string {
	if len(values) > constraint.MaxListed {
		return "one of the accepted values (" + constraint.ListText(values) + ")"
	}
	all := showAll(values)
	if len(all) == 1 {
		return all[0]
	}
	return strings.Join(all[:len(all)-1], ", ") + " or " + all[len(all)-1]
}

func (c *evidence) patchAt(f *schema.Finding, op schema.Operation) {
	if !c.req.Opaque {
		f.Patch = append(f.Patch, op)
	}
}

// patchOthers mends the other values that the same name leads to, as the weights of several LoRAs.
func (c *evidence) patchOthers(f *schema.Finding, done request.Place) {
	for _, other := range c.places() {
		if other.Pointer == done.Pointer || len(f.Patch) >= maxPatch {
			continue
		}
		v := c.ruleFor(other, rawjson.KindOf(other.Raw) == rawjson.Number).Judge(other.Parameter, other.Raw)
		if v.Proof == constraint.Broken && v.Want != nil && v.At == "" {
			c.patchAt(f, replace(other.Pointer, v.Want))
			f.Fix += fmt.Sprintf(" and `%s` to %s", other.Parameter, show(v.Want))
		}
	}
}

// maxPatch bounds the operations of one patch: a longer one is a rewrite, which the fix says in words.
const maxPatch = 64
