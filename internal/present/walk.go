package present

import (
	"strconv"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// whole is the allowance of a value that need not be cut.
const whole = -1

// place is what is known of a value from the names above it.
type place struct {
	secret strength // everything below is a credential
	keyed  bool     // short numbers too
	where  endpoint // what kind of URL it is
}

// frame is a container that the walk is inside of.
type frame struct {
	start   int // of the container
	object  bool
	index   int // of the current item or member
	name    []byte
	at      place    // of the container
	named   strength // what a sibling says of the value in a pair
	node    int      // in the tree, if it is cut
	cutting cutting
	room    int // cutHead: what is left for further children; cutLevel: the allowance of each heavy child
	total   int // cutHead: what there was in the beginning
}

// walk goes over one document once and writes it as it may be shown. As long as nothing has to change nothing is copied.
type walk struct {
	masker   masker
	limit    int    // longest string shown; 0 shows any and cuts nothing
	escape   bool   // show hidden characters escaped, instead of noting them
	base     string // the document's pointer in the report
	lists    *lists
	remember func(text []byte, at place) // if set, the strings go there and nothing is masked
	digest   func(start int, content []byte) (schema.Omission, bool)

	src    []byte
	tree   *tree
	frames []frame
	out    []byte
	done   int // how much of src is in out
}

// run returns the document within an allowance.
func (w *walk) run(at place, allowance int) []byte {
	for i := space(w.src, 0); i >= 0; {
		switch w.src[i] {
		case '{', '[':
			i = w.container(i, at, allowance)
		case '"':
			end := stringEnd(w.src, i)
			w.text(i, end, at, allowance)
			i = end
		default:
			end := literalEnd(w.src, i)
			if c := w.src[i]; c == '-' || c <= '9' {
				w.number(i, end, at)
			}
			i = end
		}
		i, at, allowance = w.next(i)
	}
	if w.done == 0 {
		return w.src
	}
	return append(w.out, w.src[w.done:]...)
}

// replace writes something else in the place of src[start:end].
func (w *walk) replace(start, end int, text []byte) {
	w.out = append(append(w.out, w.src[w.done:start]...), text...)
	w.done = end
}

// omit replaces a value by a marker and lists it.
func (w *walk) omit(start, end int, o schema.Omission, text string) {
	w.replace(start, end, quoted([]byte(text)))
	w.list(o)
}

func (w *walk) list(o schema.Omission) {
	if w.lists == nil || w.escape && o.Reason != schema.ReasonSecret {
		return // of our own texts only the secrets are listed: the data they quote stands in the originals
	}
	if !w.lists.wantsOmission() {
		w.lists.moreOmissions++
		return
	}
	o.Pointer = w.pointer()
	w.lists.omit(o)
}

func (w *walk) secret(start, end int, text []byte) {
	w.replace(start, end, quoted(text))
	w.list(schema.Omission{Reason: schema.ReasonSecret})
}

// pointer is where the walk is, as it reads in the report.
func (w *walk) pointer() string {
	b := []byte(w.base)
	for i := range w.frames {
		f := &w.frames[i]
		b = append(b, '/')
		if !f.object {
			b = strconv.AppendInt(b, int64(f.index), 10)
			continue
		}
		name, _ := w.masker.mask(f.name, plain)
		b = append(b, rawjson.Pointer("", valid(name))[1:]...)
	}
	return string(b)
}

// next moves from behind a value to the next one, and returns -1 at the end.
func (w *walk) next(i int) (start int, at place, allowance int) {
	for len(w.frames) > 0 {
		f := &w.frames[len(w.frames)-1]
		i = space(w.src, i)
		switch w.src[i] {
		case ',':
			f.index++
			i = space(w.src, i+1)
		case '}', ']':
			w.frames = w.frames[:len(w.frames)-1]
			i++
			continue
		}
		value := i
		var name []byte
		if f.object {
			var end int
			end, value = nameEnd(w.src, i)
			name = w.src[i+1 : end-1]
		}
		allowance, fits := w.allow(f, value-i, value)
		if !fits {
			i = w.stop(f, i)
			w.frames = w.frames[:len(w.frames)-1]
			continue
		}
		at := f.at
		if f.object {
			at = w.member(f, i, name)
		} else if f.index == 1 {
			at.secret = max(at.secret, f.named)
		}
		return value, at, allowance
	}
	return -1, place{}, 0
}

// member takes in the name of the next value, and what follows from it.
func (w *walk) member(f *frame, start int, content []byte) place {
	f.name = unquote(content)
	at := f.at.under(f.name)
	if isValueOfPair(f.name) {
		at.secret = max(at.secret, f.named)
	}
	if w.remember != nil {
		return at
	}
	end := start + len(content) + 2
	shown, masked := w.masker.mask(f.name, plain)
	hidden := hiddenKindsIn(f.name)
	switch {
	case masked:
		w.secret(start, end, shown)
	case hidden != 0 && w.escape:
		w.replace(start, end, quoted([]byte(escapeHidden(string(f.name)))))
	case hidden != 0 && w.lists != nil:
		w.lists.hide(hidden, w.pointer)
	}
	return at
}

// under is what is known of a value below one more name.
func (at place) under(name []byte) place {
	if found := secretName(name); found != ordinary {
		at.secret = max(at.secret, found)
		at.keyed = at.keyed || keyed(name)
	}
	if where := endpointOf(name); where != plain {
		at.where = where
	}
	return at
}

// hides reports whether all of a text at that place is a credential.
func (at place) hides(text []byte) bool {
	return at.secret == certain || at.secret == doubtful && looksSecret(text)
}

// text shows the string src[start:end].
func (w *walk) text(start, end int, at place, allowance int) {
	content := w.src[start+1 : end-1]
	if w.remember != nil {
		if len(content) <= maxRemembered {
			w.remember(unquote(content), at)
		}
		return
	}
	if at.secret != ordinary && at.hides(unquote(content)) {
		if len(content) > 0 && string(content) != redacted {
			w.secret(start, end, []byte(redacted))
		}
		return
	}
	if w.limit > 0 && isHuge(content, w.limit) {
		if o, ok := w.digest(start, content); ok {
			w.omit(start, end, o, marker(o))
			return
		}
	}
	if allowance != whole && allowance < end-start {
		o := schema.Omission{Reason: schema.ReasonBudget, Kind: kindString, Bytes: len(content)}
		w.omit(start, end, o, marker(o))
		return
	}
	text := unquote(content)
	if len(w.frames) > 0 {
		// pairAt has looked only so far ahead.
		if f := &w.frames[len(w.frames)-1]; f.object && isNameOfPair(f.name) {
			f.named = max(f.named, secretName(text))
		}
	}
	shown, masked := w.masker.mask(text, at.where)
	var hidden uint8
	if w.escape || w.lists != nil {
		hidden = hiddenKindsIn(text)
	}
	if hidden != 0 && w.escape {
		shown = []byte(escapeHidden(string(shown)))
	}
	switch {
	case masked:
		w.secret(start, end, shown)
	case hidden != 0 && w.escape:
		w.replace(start, end, quoted(shown))
	}
	if hidden != 0 && !w.escape && w.lists != nil {
		w.lists.hide(hidden, w.pointer)
	}
}

// number shows the number src[start:end].
func (w *walk) number(start, end int, at place) {
	digits := w.src[start:end]
	if w.remember != nil {
		if isSecretNumber(digits, at.secret, at.keyed) {
			w.remember(digits, place{secret: certain})
		}
		return
	}
	switch {
	case isSecretNumber(digits, at.secret, at.keyed):
		w.secret(start, end, []byte(redacted))
	case w.limit > 0 && len(digits) > maxDigits:
		o := schema.Omission{Reason: schema.ReasonSize, Kind: kindNumber, Bytes: len(digits)}
		w.omit(start, end, o, marker(o))
	case w.lists != nil && changes(digits):
		if !w.lists.wantsExact() {
			w.lists.moreExact++
			return
		}
		w.lists.number(w.pointer(), digits)
	}
}
