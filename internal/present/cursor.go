package present

import (
	"mcp-taskdetails/internal/looks"
)

// place is what is known of a value from the names above it.
type place struct {
	secret looks.Secrecy // everything below is a credential
	keys   bool          // it is a list of keys: the records in it say more of each than the key
	record bool          // it is such a record: what looks made by a generator is the key
	where  endpoint      // what kind of URL it is
}

// under is what is known of a value below one more name.
func (at place) under(name []byte) place {
	if at.secret != looks.Open && describes(name) {
		return place{where: at.where}
	}
	if found := looks.SecretName(name); found != looks.Open {
		at.keys = at.secret == looks.Open && isKeys(name)
		at.secret = max(at.secret, found)
	} else if at.record && isKeyOfRecord(name) {
		at.secret = looks.Secret
	} else {
		at.keys = false
	}
	if where := endpointOf(name); where != plain {
		at.where = where
	}
	return at
}

// describes tells the members with which a schema, or a record of one, says what a credential looks like. Below the name of
// a credential all else is one.
func describes(name []byte) bool {
	switch string(name) {
	case "type", "format", "title", "description", "pattern", "minLength", "maxLength", "$ref":
		return true
	}
	return false
}

// isKeys tells a list of records of keys, as accountManagement has it.
func isKeys(name []byte) bool {
	var buf [maxPairName]byte
	return string(foldedName(buf[:], name)) == "apikeys"
}

// item is what is known of an item of a list: of keys, an object is a record of one.
func (at place) item(first byte) place {
	if at.keys && first == '{' {
		at = place{record: true, where: at.where}
	}
	at.keys = false
	return at
}

// hides reports whether all of a text at that place is a credential.
func (at place) hides(text []byte) bool {
	return at.secret >= looks.Secret && !isSwitch(text) || at.secret == looks.Doubtful && looksSecret(text) ||
		at.record && isGenerated(text, 16) && !looks.IsUUID(text)
}

// event is what a cursor stands at.
type event uint8

const (
	ended     event = iota + 1 // behind the document
	child                      // before a member's name, or before an item
	container                  // at a bracket; it is entered unless it is skipped
	text                       // at a string
	number                     // at a number
	literal                    // at true, false or null
)

// frame is a container that the cursor is inside of.
type frame struct {
	start  int // of the container
	object bool
	index  int    // of the current item or member
	name   []byte // of the current member, unquoted
	at     place  // of the container
	// In a pair, what its name says of the value; in a list, what the string before says of the next.
	named looks.Secrecy
}

// cursor goes over one document once and knows at each value what the names above it say. What is done there is the
// business of whoever moves it: collect, mask or show.
type cursor struct {
	src    []byte
	frames []frame
	at     place // of the current value
	start  int   // of the current value
	end    int   // past it; 0 in front of a container that is to be entered
	member int   // where the current member's name opens
	next   event // what comes up: a value behind its name, or the next child
}

func newCursor(src []byte, at place) cursor {
	const usual = 4 // how deep tasks nest
	return cursor{src: src, frames: make([]frame, 0, usual), at: at, start: space(src, 0), next: text}
}

// move goes on to the next event.
func (c *cursor) move() event {
	if c.next != child {
		c.next = child
		return c.value()
	}
	i := c.end
	if i == 0 {
		c.frames = append(c.frames, frame{start: c.start, object: c.src[c.start] == '{', at: c.at, named: pairAt(c.src, c.start)})
		i = c.start + 1
	}
	for len(c.frames) > 0 {
		f := &c.frames[len(c.frames)-1]
		i = space(c.src, i)
		switch c.src[i] {
		case ',':
			f.index++
			i = space(c.src, i+1)
		case '}', ']':
			c.frames = c.frames[:len(c.frames)-1]
			i++
			continue
		}
		c.member, c.start, c.at = i, i, f.at
		if f.object {
			c.memberAt(f)
		} else {
			c.at = f.at.item(c.src[i])
		}
		c.next = text
		return child
	}
	c.end = i
	return ended
}

// memberAt takes in the name of the next member, and what follows from it.
func (c *cursor) memberAt(f *frame) {
	end, value := nameEnd(c.src, c.member)
	f.name = unquote(c.src[c.member+1 : end-1])
	c.start, c.at = value, f.at.under(f.name)
	if f.named != looks.Open && isValueOfPair(f.name) {
		c.at.secret = max(c.at.secret, f.named)
	}
}

// value says what stands at the cursor.
func (c *cursor) value() event {
	switch c.src[c.start] {
	case '{', '[':
		c.end = 0
		return container
	case '"':
		c.end = stringEnd(c.src, c.start)
		c.listen()
		return text
	case 't', 'f', 'n':
		c.end = literalEnd(c.src, c.start)
		return literal
	default:
		c.end = literalEnd(c.src, c.start)
		return number
	}
}

// listen takes in what a string says of the value beside it.
func (c *cursor) listen() {
	const longest = 64
	if len(c.frames) == 0 {
		return
	}
	f := &c.frames[len(c.frames)-1]
	if f.object && !isNameOfPair(f.name) {
		return
	}
	if f.object {
		// pairAt has looked only so far ahead.
		if c.end-c.start <= longest {
			f.named = max(f.named, looks.SecretName(unquote(c.content())))
		}
		return
	}
	if f.named != looks.Open && isListed(unquote(c.content())) {
		c.at.secret = max(c.at.secret, f.named)
	}
	f.named = looks.Open
	if c.end-c.start <= longest {
		f.named = looks.SecretName(unquote(c.content()))
	}
}

// content is what stands between the quotes of the current string.
func (c *cursor) content() []byte { return c.src[c.start+1 : c.end-1] }

// leave goes out of the innermost container, to an offset behind it.
func (c *cursor) leave(end int) {
	c.frames = c.frames[:len(c.frames)-1]
	c.end, c.next = end, child
}

// output is a document with parts of it replaced. As long as nothing is nothing is copied.
type output struct {
	src  []byte
	out  []byte
	done int // how much of src is in out
}

// replace writes something else in the place of src[start:end].
func (o *output) replace(start, end int, text []byte) {
	o.out = append(append(o.out, o.src[o.done:start]...), text...)
	o.done = end
}

func (o *output) bytes() []byte {
	if o.done == 0 {
		return o.src
	}
	return append(o.out, o.src[o.done:]...)
}
