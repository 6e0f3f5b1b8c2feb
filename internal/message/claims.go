package message

import (
	"strings"
)

// Claims is what a message says, in its own terms; nothing is compared with the request yet.
type Claims struct {
	Wait    Wait
	Tokens  []token  // the message, cut up
	Names   []string // parameters as the message spells them, in order
	Spelled bool     // the only name was spelled out in words
	Bounds  []Bound
	Lists   []List
	Type    string // JSON Schema's word: string, integer, number, boolean, array, object; "" if not said
	Of      string // what an array holds, likewise
	Media   bool   // lists the forms of a media input: UUID, URL, data URI, base64
	Formats []string
	stances Stance
}

// List is an enumeration in a message.
type List struct {
	Items  []string
	Sizes  bool   // every item is a size
	Noun   string // values, formats, parameters, sizes, …: lower case
	Quoted bool
}

// Says tells whether the message takes any of the stances.
func (c Claims) Says(s Stance) bool { return c.stances&s != 0 }

// Parse reads a message. known tells parameter names from ordinary words.
func Parse(message string, known func(name string) bool) Claims {
	if len(message) > MaxMessage {
		message = strings.ToValidUTF8(message[:MaxMessage], "")
	}
	tokens := lex(message)
	lower := strings.ToLower(message)
	c := Claims{Tokens: tokens, stances: stancesOf(lower)}
	taken := make([]bool, len(tokens)) // tokens that a list or a rule has used: they are no names
	c.readLists(message, tokens, taken, known)
	c.readNames(tokens, taken, known)
	c.readBounds(tokens, taken, known)
	c.readType(tokens)
	c.Wait = waitIn(tokens)
	c.readMedia(lower)
	return c
}

// readMedia recognises the forms of a media input, and the file formats that go with them.
func (c *Claims) readMedia(lower string) {
	forms := 0
	for _, form := range [...]string{"uuid", "data uri", "base64", "url"} {
		if strings.Contains(lower, form) {
			forms++
		}
	}
	c.Media = forms >= 2
	for _, l := range c.Lists {
		if strings.Contains(l.Noun, "format") || strings.Contains(l.Noun, "type") {
			c.Formats = l.Items
		}
	}
}
