package message

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// Claims is what a message says, in its own terms; nothing is compared with the request yet.
type Claims struct {
	Wait    Wait
	Tokens  []Token  // the message, cut up
	Names   []string // parameters that the message names, in order, each path in its normal form
	Spelled bool     // the only name was spelled out in words
	Bounds  []Bound
	Step    Step     // a multiple and a rest, as 8n+1
	Sent    []string // the numbers that are said to have been received
	Lists   []List
	Type    string   // JSON Schema's word: string, integer, number, boolean, array, object; "" if not said
	Of      string   // what an array holds, likewise
	Media   bool     // lists the forms of a media input: UUID, URL, data URI, base64
	Forms   []string // those forms, as they are called here
	Formats []string
	Doubted bool // that a name is not accepted is said in a sentence alone that says more than was understood
	Denied  bool // a list or a number is said not to be what is accepted
	stances Stance
	signal  Signal
	text    string
}

// Step is a rule for the numbers of Subject, or of what the message is about: a multiple of Of, plus Rest, which is less. It is
// zero where none is stated, or more than one.
type Step struct {
	Subject  string
	Of, Rest int
}

// Says tells whether the message takes any of the stances.
func (c Claims) Says(s Stance) bool { return c.stances&s != 0 }

// Stances are all that the message takes.
func (c Claims) Stances() Stance { return c.stances }

// NamesSides tells whether the message speaks of both sides of a picture in one breath: "width and height".
func (c Claims) NamesSides() bool {
	side := func(i int) string { return strings.Trim(c.Tokens[i].Lower, "'\"`") }
	for i := range len(c.Tokens) - 2 {
		switch c.Tokens[i+1].Lower {
		case "and", "or", "/", "&":
			if a, b := side(i), side(i+2); a == "width" && b == "height" || a == "height" && b == "width" {
				return true
			}
		}
	}
	return false
}

// Excepts tells a parameter that is named for the case in which the message does not hold: "lyrics are required unless
// 'settings.instrumental' is true".
func (c Claims) Excepts(name string) bool {
	for i, t := range c.Tokens {
		if i > 0 && c.Tokens[i-1].Lower == "unless" && strings.Trim(t.Text, "'\"`") == name {
			return true
		}
	}
	return false
}

// Signal is the surest cause that the message names and that has nothing to do with one parameter.
func (c Claims) Signal() (Signal, bool) { return c.signal, c.signal != Signal{} }

// SignalWithout is the signal of what is left of the message. Where nothing was taken out, it is not looked for again.
func (c Claims) SignalWithout(left string) (Signal, bool) {
	if left == c.text {
		return c.Signal()
	}
	return Classify(left)
}

// Parse reads a message. known tells parameter names, the id of the task's own model and its type (videoInference) from other words.
func Parse(message string, known func(name string) bool) Claims {
	return words().parse(message, known)
}

// reader is a message while it is read.
type reader struct {
	words  *tables
	text   string
	tokens []Token
	taken  []bool // tokens that a list or a rule has used: they are no names
	void   []bool // tokens that state no rule
	loose  []bool // tokens of a sentence that asks for more than its numbers say
	known  func(string) bool
	claims *Claims
}

func (t *tables) parse(message string, known func(name string) bool) Claims {
	if len(message) > MaxMessage {
		message = strings.ToValidUTF8(message[:MaxMessage], "")
	}
	lower := strings.ToLower(message)
	tokens := lex(message, lower)
	c := Claims{Tokens: tokens, text: message}
	r := reader{words: t, text: message, tokens: tokens, taken: make([]bool, len(tokens)), void: make([]bool, len(tokens)), loose: make([]bool, len(tokens)), known: known, claims: &c}
	c.stances |= t.stancesIn(r.readHedges(lower))
	r.readLists()
	c.signal, _ = t.classify(r.withoutLists(lower))
	r.readNames()
	r.readBounds()
	r.readType()
	c.Wait = waitIn(tokens)
	c.readMedia(lower)
	return c
}

// withoutLists drops the items of lists from a text in lower case: what may be chosen is no verdict.
func (r *reader) withoutLists(lower string) string {
	if len(r.claims.Lists) == 0 || len(lower) != len(r.text) {
		return lower
	}
	var b strings.Builder
	from := 0
	for i, t := range r.tokens {
		if r.taken[i] {
			b.WriteString(lower[from:t.start])
			from = t.end
		}
	}
	return b.String() + lower[from:]
}

// readMedia recognises the forms of a media input, and the file formats that go with them.
func (c *Claims) readMedia(lower string) {
	for _, form := range [...][2]string{{"uuid", "UUID v4"}, {"data uri", "data URI"}, {"base64", "base64"}, {"url", "public URL"}} {
		if strings.Contains(lower, form[0]) {
			c.Forms = append(c.Forms, form[1])
		}
	}
	c.Media = len(c.Forms) >= 2
	for i, l := range c.Lists {
		if areMediaTypes(l.Items) {
			c.Formats = formatsOf(l.Items)
			c.Lists = slices.Delete(c.Lists, i, i+1) // no value of a parameter
			return
		}
		isFormats := len(l.Items) > 1 && !slices.ContainsFunc(l.Items, func(item string) bool { return !IsFormat(item) }) && strings.Contains(lower, "file type")
		if isFormats || (strings.Contains(l.Noun, "format") || strings.Contains(l.Noun, "type")) && !Speaks(strings.Join(l.Items, " "), OfMediaForm) {
			c.Formats = l.Items
		}
	}
}

// formatsOf are media types without their medium, where all have the same.
func formatsOf(types []string) []string {
	medium, _, _ := strings.Cut(types[0], "/")
	formats := make([]string, len(types))
	for i, item := range types {
		of, format, _ := strings.Cut(item, "/")
		if of != medium {
			return types
		}
		formats[i] = format
	}
	return formats
}

// areMediaTypes tells a list of the types of files: image/png, image/jpeg.
func areMediaTypes(items []string) bool {
	return len(items) > 0 && !slices.ContainsFunc(items, func(item string) bool {
		medium, format, _ := strings.Cut(item, "/")
		return format == "" || !looks.IsMedium(medium)
	})
}
