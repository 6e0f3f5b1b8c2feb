package present

import (
	"fmt"
	"slices"
	"strings"

	"mcp-taskdetails/schema"
)

// maxExact is how many numbers a report spells out at most.
const maxExact = 200

// maxPointer is the longest pointer that is listed; beyond it names in the data are made to be a nuisance.
const maxPointer = 1024

// lists gathers what a report says about its originals. Each list has an allowance in bytes, so that thousands of
// secrets or huge numbers cannot crowd out the rest; what does not fit is counted.
type lists struct {
	omissions     []schema.Omission
	exact         []schema.ExactNumber
	omissionRoom  int
	exactRoom     int
	moreOmissions int
	moreExact     int
	hidden        [hiddenKinds]places
}

// places is where a kind of hidden character stands: the first few pointers, and how many more.
type places struct {
	pointers []string
	more     int
}

func newLists(budget int) *lists { return &lists{omissionRoom: budget / 4, exactRoom: budget / 8} }

// clone returns a copy to add to, so that another try begins from here.
func (l *lists) clone() *lists {
	c := *l
	c.omissions, c.exact = slices.Clip(l.omissions), slices.Clip(l.exact)
	return &c
}

// wantsOmission reports whether another omission would be listed; otherwise its pointer need not be built.
func (l *lists) wantsOmission() bool { return l.omissionRoom > 0 }

func (l *lists) omit(o schema.Omission) {
	size := len(quoted([]byte(o.Pointer))) + len(o.MediaType) + len(o.SHA256) + 100
	if len(o.Pointer) > maxPointer || size > l.omissionRoom {
		l.moreOmissions++
		return
	}
	l.omissionRoom -= size
	l.omissions = append(l.omissions, o)
}

func (l *lists) wantsExact() bool { return len(l.exact) < maxExact && l.exactRoom > 0 }

func (l *lists) number(pointer string, number []byte) {
	size := len(quoted([]byte(pointer))) + len(number) + 30
	if len(pointer) > maxPointer || size > l.exactRoom {
		l.moreExact++
		return
	}
	l.exactRoom -= size
	l.exact = append(l.exact, schema.ExactNumber{Pointer: pointer, Value: string(number)})
}

// hide notes the kinds of hidden characters at a place.
func (l *lists) hide(set uint8, pointer func() string) {
	const most = 3
	for kind := control; kind < hiddenKinds; kind++ {
		if set&(1<<kind) == 0 {
			continue
		}
		p := &l.hidden[kind]
		if len(p.pointers) == most {
			p.more++
			continue
		}
		p.pointers = append(p.pointers, bound(escapeHidden(pointer()), 160))
	}
}

// notes says what was found and what did not fit.
func (l *lists) notes() []string {
	var notes, kinds []string
	for kind := control; kind < hiddenKinds; kind++ {
		p := l.hidden[kind]
		if len(p.pointers) == 0 {
			continue
		}
		text := fmt.Sprintf("%s at `%s`", kind, strings.Join(p.pointers, "`, `"))
		if p.more > 0 {
			text += fmt.Sprintf(" and %d more", p.more)
		}
		kinds = append(kinds, text)
	}
	if len(kinds) > 0 {
		notes = append(notes, "the task data holds characters that cannot be seen: "+strings.Join(kinds, "; "))
	}
	if l.moreOmissions > 0 {
		notes = append(notes, fmt.Sprintf("%d more values were masked or left out than `omissions` lists", l.moreOmissions))
	}
	if l.moreExact > 0 {
		notes = append(notes, fmt.Sprintf("%d more numbers that a 64-bit float would change are not listed in `exactNumbers`", l.moreExact))
	}
	return notes
}
