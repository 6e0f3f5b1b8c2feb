package present

import "encoding/json"

// document returns a document with its secrets masked and nothing else changed, and whether there were any.
func (m masker) document(raw []byte, at place) (masked []byte, changed bool) {
	c := newCursor(raw, at)
	o := output{src: raw}
	for {
		switch c.move() {
		case child:
			if f := &c.frames[len(c.frames)-1]; f.object {
				if shown, masked := m.mask(f.name, plain); masked {
					end, _ := nameEnd(raw, c.member)
					o.replace(c.member, end, quoted(shown))
				}
			}
		case text:
			if shown, masked := m.value(unquote(c.content()), c.at); masked {
				o.replace(c.start, c.end, quoted(shown))
			}
		case number:
			if isSecretNumber(raw[c.start:c.end], c.at.secret) {
				o.replace(c.start, c.end, quoted([]byte(redacted)))
			}
		case container, literal:
		case ended:
			return o.bytes(), o.done > 0
		}
	}
}

// value masks a string at a place.
func (m masker) value(s []byte, at place) (shown []byte, masked bool) {
	if at.hides(s) {
		return []byte(redacted), len(s) > 0 && string(s) != redacted
	}
	return m.mask(s, at.where)
}

// whole is document for a value of an original, or for none.
func (m masker) whole(raw json.RawMessage, at place) json.RawMessage {
	if len(raw) == 0 {
		return nil
	}
	masked, _ := m.document(raw, at)
	return masked
}
