package present

import (
	"fmt"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
)

// resolve follows the rest of a pointer and keeps what the names on the way say of the value. A name that the report
// shows masked is found by its masked form; of members with one name the last counts, as decoders have it.
func (m masker) resolve(raw []byte, rest string) (value []byte, at place, err error) {
	i := space(raw, 0)
	for depth := 0; rest != ""; depth++ {
		if depth == maxDepth {
			return nil, place{}, fmt.Errorf("it goes deeper than %d levels; a value further up reads as JSON, with all below it", maxDepth)
		}
		part, after, more := strings.Cut(rest[1:], "/")
		rest = ""
		if more {
			rest = "/" + after
		}
		var found int
		switch raw[i] {
		case '{':
			found, at = m.member(raw, i, part, at)
		case '[':
			found, at = m.item(raw, i, part, at)
		}
		if found == 0 {
			return nil, place{}, fmt.Errorf("nothing stands at `%s`; %s", bound(escapeHidden(m.text(part)), 64), m.contents(raw, i))
		}
		i = found
	}
	return raw[i:valueEnd(raw, i)], at, nil
}

// member returns the offset of a member of the object at i, 0 if there is none.
func (m masker) member(raw []byte, i int, part string, at place) (found int, inner place) {
	name := valid([]byte(rawjson.Unescape(part)))
	named := pairAt(raw, i)
	for i = space(raw, i+1); raw[i] != '}'; {
		end, value := nameEnd(raw, i)
		key := unquote(raw[i+1 : end-1])
		if shown, _ := m.mask(key, plain); valid(key) == name || valid(shown) == name {
			found, inner = value, at.under(key)
			if isValueOfPair(key) {
				inner.secret = max(inner.secret, named)
			}
		}
		end = valueEnd(raw, value)
		if raw[value] == '"' && end-value < 64 && isNameOfPair(key) {
			named = max(named, looks.SecretName(unquote(raw[value+1:end-1])))
		}
		if i = space(raw, end); raw[i] == ',' {
			i = space(raw, i+1)
		}
	}
	return found, inner
}

// item returns the offset of an item of the array at i, 0 if there is none.
func (m masker) item(raw []byte, i int, part string, at place) (found int, inner place) {
	index, err := strconv.Atoi(part)
	if err != nil || strconv.Itoa(index) != part {
		return 0, at
	}
	c := newCursor(raw[i:], at)
	c.move() // to the container, and into it
	for c.move() == child && len(c.frames) == 1 {
		inner = c.at
		if c.move() == container {
			c.end = valueEnd(c.src, c.start)
		}
		if c.frames[0].index == index {
			inner.secret = max(inner.secret, c.at.secret)
			return i + c.start, inner
		}
	}
	return 0, at
}

// contents says what the value at i holds, for somebody who looked for something else.
func (m masker) contents(raw []byte, i int) string {
	switch raw = raw[i:valueEnd(raw, i)]; raw[0] {
	case '[':
		if n := rawjson.Len(raw); n > 0 {
			return fmt.Sprintf("the array there has items 0 to %d", n-1)
		}
		return "the array there is empty"
	case '{':
		const most = 10
		var names []string
		for name := range rawjson.Members(raw) {
			if len(names) == most {
				names = append(names, "…")
				break
			}
			names = append(names, "`"+bound(escapeHidden(m.text(name)), 64)+"`")
		}
		if len(names) > 0 {
			return "the object there has " + strings.Join(names, ", ")
		}
		return "the object there is empty"
	}
	return "the value there is neither an object nor an array"
}
