package message

import (
	"fmt"
	"strings"
)

// Subject is what a text is about.
type Subject struct {
	Name   string // as a sentence goes on behind "speak of"
	OfFile bool   // only a file has it
}

// subjectRow is a row of subjects.txt.
type subjectRow struct {
	subject Subject
	stems   stems
}

func (t *tables) addSubject(r row) error {
	all, err := t.newStems(r.pattern)
	name, ofFile := strings.CutPrefix(r.meaning, "file:")
	if name = strings.TrimSpace(name); err == nil && name == "" {
		err = fmt.Errorf("%q says no subject", r.meaning)
	}
	t.subjects = append(t.subjects, subjectRow{Subject{name, ofFile}, all})
	return err
}

// Subjects are what a text is about, in the order of the table.
func Subjects(text string) []Subject { return words().subjectsOf(strings.ToLower(spelledOut(text))) }

// withoutMarkup drops what stands in angle brackets: <_io.BytesIO object at 0x7f> is no object in a picture.
func withoutMarkup(text string) string {
	for {
		from := strings.IndexByte(text, '<')
		length := strings.IndexByte(text[max(from, 0):], '>')
		if from < 0 || length < 2 || text[from+1] == ' ' {
			return text
		}
		text = text[:from] + text[from+length+1:]
	}
}

func (t *tables) subjectsOf(lower string) []Subject {
	var all []Subject
	in := textOf(withoutMarkup(withoutURLs(lower)))
	for _, row := range t.subjects {
		if row.stems.in(&in, atWord) {
			all = append(all, row.subject)
		}
	}
	return all
}
