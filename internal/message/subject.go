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

func (t *tables) subjectsOf(lower string) []Subject {
	var all []Subject
	in := textOf(withoutURLs(lower))
	for _, row := range t.subjects {
		if row.stems.in(&in, atWord) {
			all = append(all, row.subject)
		}
	}
	return all
}
