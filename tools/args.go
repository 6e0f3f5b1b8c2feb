package tools

import (
	"fmt"
	"slices"
	"strings"

	"mcp-taskdetails/internal/rawjson"
)

// argError says what is wrong with an argument, and what to send instead; with no fix, an example of what is accepted.
type argError struct{ summary, fix string }

// parameter is one argument that a tool takes.
type parameter struct {
	name string
	also []string // what else models call it: in lower case, without separators
	set  func(value []byte) *argError

	// fits tells a value that is meant for the argument, where it stands under another name; nil: any is.
	fits func(value []byte) bool
	// bare tells arguments that are this one's value, with no object and no name around it; nil: none are.
	bare func(raw []byte) bool
}

// readArgs takes what models send where the meaning is plain, and notes what it took from elsewhere or left aside: an
// argument that was silently dropped would be taken for one that worked. It gives each parameter its value, and returns
// the first fault.
func readArgs(raw []byte, parameters []parameter, note func(format string, values ...any)) *argError {
	r := argReader{parameters: parameters, note: note}
	return r.read(raw)
}

type argReader struct {
	parameters []parameter
	note       func(format string, values ...any)
}

// maxWraps is how many times arguments may stand within others.
const maxWraps = 3

// read takes the arguments out of what a host or a model put round them, and then one after another.
func (r *argReader) read(raw []byte) *argError {
	for range maxWraps {
		inner, how, ok := r.unwrap(raw)
		if !ok {
			break
		}
		r.note("the arguments were taken from %s", how)
		raw = inner
	}
	for _, p := range r.parameters {
		if p.bare != nil && p.bare(raw) {
			r.note("the arguments were %s: it was taken for `%s`", bareForm(raw), p.name)
			return p.set(raw)
		}
	}
	switch rawjson.KindOf(raw) {
	case rawjson.Object:
		return r.readMembers(raw)
	case rawjson.Null, rawjson.None:
		return nil
	case rawjson.String, rawjson.Array, rawjson.Number, rawjson.True, rawjson.False:
	}
	return &argError{summary: "The arguments are " + article(raw) + ", not an object."}
}

func bareForm(raw []byte) string {
	if rawjson.KindOf(raw) == rawjson.Object {
		return "an object without the argument's name"
	}
	return article(raw) + ", not an object"
}

// unwrap takes an object out of a string that holds it as JSON, or out of an object that holds nothing else.
func (r *argReader) unwrap(raw []byte) (inner []byte, how string, ok bool) {
	if text, isString := rawjson.Text(raw); isString {
		inner = []byte(strings.TrimSpace(text))
		return inner, "JSON within a string", rawjson.KindOf(inner) == rawjson.Object && rawjson.Valid(inner)
	}
	if rawjson.KindOf(raw) != rawjson.Object || rawjson.Len(raw) != 1 {
		return nil, "", false
	}
	for name, value := range rawjson.Members(raw) {
		switch name {
		case "arguments", "args", "input", "parameters", "params":
			kind := rawjson.KindOf(value)
			bare := slices.ContainsFunc(r.parameters, func(p parameter) bool { return p.bare != nil && p.bare(value) })
			return value, "within `" + name + "`", kind == rawjson.Object || kind == rawjson.String || bare
		}
	}
	return nil, "", false
}

// argument is a member of the arguments. The lower its rank, the more it is meant.
type argument struct {
	name  string // as sent
	value []byte
	meant *parameter
	rank  int
}

const (
	rankNamed   = iota // under its own name
	rankSpelled        // under another that means the same
	rankGuessed        // the same, but no value that fits
	rankUnknown
)

// arguments are in the order in which they count.
func (r *argReader) arguments(raw []byte) []argument {
	var all []argument
	for name, value := range rawjson.Members(raw) {
		if absent(value) {
			continue
		}
		a := argument{name: name, value: value, rank: rankUnknown}
		if meant := r.canonical(name); meant != nil {
			a.meant, a.rank = meant, rankSpelled
			switch {
			case meant.name == name:
				a.rank = rankNamed
			case meant.fits != nil && !meant.fits(value):
				a.rank = rankGuessed
			}
		}
		all = append(all, a)
	}
	slices.SortStableFunc(all, func(a, b argument) int { return a.rank - b.rank })
	return all
}

// canonical finds the argument that a name means: in any letter case and with any separators, and what else models call
// it. It is nil for a name that means none.
func (r *argReader) canonical(name string) *parameter {
	folded := strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
	for i := range r.parameters {
		p := &r.parameters[i]
		if folded == strings.ToLower(p.name) || slices.Contains(p.also, folded) {
			return p
		}
	}
	return nil
}

// readMembers takes each argument under its own name first; other spellings count where that is absent.
func (r *argReader) readMembers(raw []byte) *argError {
	var wrong *argError
	var ignored []string
	given := map[string]bool{}
	for _, arg := range r.arguments(raw) {
		if arg.rank == rankUnknown || arg.rank > rankNamed && given[arg.meant.name] {
			ignored = append(ignored, named(arg.name))
			continue
		}
		given[arg.meant.name] = true
		if fault := arg.meant.set(arg.value); fault != nil && wrong == nil {
			wrong = fault
		}
		if arg.rank > rankNamed {
			r.note("`%s` was taken from the argument %s", arg.meant.name, named(arg.name))
		}
	}
	r.ignored(ignored)
	return wrong
}

// maxIgnored is how many ignored arguments are named.
const maxIgnored = 4

func (r *argReader) ignored(names []string) {
	if len(names) == 0 {
		return
	}
	more := ""
	if n := len(names) - maxIgnored; n > 0 {
		names, more = names[:maxIgnored], fmt.Sprintf(" and %d more", n)
	}
	valid := make([]string, len(r.parameters))
	for i, p := range r.parameters {
		valid[i] = p.name
	}
	r.note("ignored arguments: %s%s; valid are %s", strings.Join(names, ", "), more, strings.Join(valid, ", "))
}

// absent tells whether a value says that there is none: models fill in every argument that they see.
func absent(value []byte) bool {
	if rawjson.KindOf(value) == rawjson.Null {
		return true
	}
	text, ok := rawjson.Text(value)
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "", "null", "none", "undefined":
		return ok
	}
	return false
}
