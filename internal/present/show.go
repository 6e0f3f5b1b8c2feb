package present

import (
	"strconv"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// whole is the allowance of a value that need not be cut.
const whole = -1

// show writes a document as a report has it: masked, its huge values left out, cut to an allowance, and everything that
// was changed listed.
type show struct {
	cursor
	output
	masker masker
	limit  int    // longest string shown
	base   string // the document's pointer in the report
	lists  *lists
	digest func(start int, content []byte) (schema.Omission, bool)
	tree   *tree
	cuts   []cut // of the frames
	above  int   // how deep the document lies within another

	// own says that the document is of our making: characters that nobody sees are escaped instead of noted, and only the
	// secrets are listed, since what else it quotes stands in the originals.
	own bool
}

// run returns the document within an allowance.
func (s *show) run(src []byte, at place, allowance int) []byte {
	s.cursor, s.output = newCursor(src, at), output{src: src}
	for {
		switch s.move() {
		case child:
			s.cuts = s.cuts[:len(s.frames)]
			var fits bool
			if allowance, fits = s.allow(s.start-s.member, s.start); !fits {
				s.stop(s.member)
				continue
			}
			if f := &s.frames[len(s.frames)-1]; f.object {
				s.name(f.name)
			}
		case container:
			s.enter(allowance)
		case text:
			s.text(allowance)
		case number:
			s.number()
		case literal:
		case ended:
			return s.bytes()
		}
	}
}

// omit replaces a value by a marker and lists it.
func (s *show) omit(start, end int, o schema.Omission, text string) {
	s.replace(start, end, quoted([]byte(text)))
	s.list(o)
}

func (s *show) list(o schema.Omission) {
	if s.own && o.Reason != schema.ReasonSecret {
		return
	}
	if !s.lists.wantsOmission() {
		s.lists.moreOmissions++
		return
	}
	o.Pointer = s.pointer()
	s.lists.omit(o)
}

func (s *show) secret(start, end int, text []byte) {
	s.replace(start, end, quoted(text))
	s.list(schema.Omission{Reason: schema.ReasonSecret})
}

// pointer is where the cursor is, as it reads in the report.
func (s *show) pointer() string {
	b := []byte(s.base)
	for i := range s.frames {
		f := &s.frames[i]
		b = append(b, '/')
		if !f.object {
			b = strconv.AppendInt(b, int64(f.index), 10)
			continue
		}
		name, _ := s.masker.mask(f.name, plain)
		if s.own {
			name = []byte(escapeHidden(string(name)))
		}
		b = append(b, rawjson.Pointer("", valid(name))[1:]...)
	}
	return string(b)
}

// name shows the name of a member.
func (s *show) name(name []byte) {
	shown, masked := s.masker.mask(name, plain)
	hidden := hiddenKindsIn(name)
	switch {
	case masked:
		end, _ := nameEnd(s.cursor.src, s.member)
		s.secret(s.member, end, shown)
	case hidden != 0 && s.own:
		end, _ := nameEnd(s.cursor.src, s.member)
		s.replace(s.member, end, quoted([]byte(escapeHidden(string(name)))))
	case hidden != 0:
		s.lists.hide(hidden, s.pointer)
	}
}

// text shows the string at the cursor.
func (s *show) text(allowance int) {
	content := s.content()
	if (s.at.secret != looks.Open || s.at.record) && s.at.hides(unquote(content)) {
		if len(content) > 0 && string(content) != redacted {
			s.secret(s.start, s.end, []byte(redacted))
		}
		return
	}
	if isHuge(content, s.limit) {
		if o, ok := s.digest(s.start, content); ok {
			s.omit(s.start, s.end, o, marker(o))
			return
		}
	}
	if allowance != whole && allowance < s.end-s.start {
		o := schema.Omission{Reason: schema.ReasonBudget, Kind: kindString, Bytes: len(content)}
		s.omit(s.start, s.end, o, marker(o))
		return
	}
	text := unquote(content)
	shown, masked := s.masker.mask(text, s.at.where)
	hidden := hiddenKindsIn(text)
	if hidden != 0 && s.own {
		shown = []byte(escapeHidden(string(shown)))
	}
	switch {
	case masked:
		s.secret(s.start, s.end, shown)
	case hidden != 0 && s.own:
		s.replace(s.start, s.end, quoted(shown))
	}
	if hidden != 0 && !s.own {
		s.lists.hide(hidden, s.pointer)
	}
}

// number shows the number at the cursor.
func (s *show) number() {
	digits := s.cursor.src[s.start:s.end]
	switch {
	case isSecretNumber(digits, s.at.secret):
		s.secret(s.start, s.end, []byte(redacted))
	case len(digits) > maxDigits:
		o := schema.Omission{Reason: schema.ReasonSize, Kind: kindNumber, Bytes: len(digits)}
		s.omit(s.start, s.end, o, marker(o))
	case changes(digits):
		if !s.lists.wantsExact() {
			s.lists.moreExact++
			return
		}
		s.lists.number(s.pointer(), digits)
	}
}
