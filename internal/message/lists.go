package message

import (
	"cmp"
	"slices"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
)

// List is an enumeration in a message.
type List struct {
	Items  []string
	Sizes  bool   // every item is a size
	Noun   string // values, formats, parameters, sizes, …: lower case
	Quoted bool
	Loose  bool // its sentence says more than was understood
	Cut    bool // it has more, which is not fit to be repeated
}

// Bounds on what is taken for an enumeration: beyond them it is prose.
const (
	maxItemLen   = 64
	maxItemWords = 4
)

// readLists finds the enumerations of a message: "Supported values are: 'a', 'b'", "must be one of: a, b or c",
// "must be 6 or 10".
func (r *reader) readLists() {
	for i := 0; i < len(r.tokens); i++ {
		noun, from := listIntro(r.tokens, i)
		if from == 0 {
			if listsRefused(r.tokens, i) {
				r.deny()
			}
			continue
		}
		l, end := r.readItems(from)
		l.Noun = noun
		if !r.isList(l, from) {
			continue
		}
		if r.void[i] || r.deniesRule(i) || i > 0 && (r.tokens[i-1].Lower == "longer" || r.tokens[i-1].Lower == "not") && l.Noun != "one of" {
			r.deny()
		} else {
			l.Loose = r.loose[i]
			r.claims.Lists = append(r.claims.Lists, l)
		}
		for i < len(r.tokens) && r.tokens[i].start < end {
			r.taken[i] = true
			i++
		}
		i--
	}
}

// listsRefused tells a list of what is not accepted: "values that are not supported: …".
func listsRefused(tokens []Token, i int) bool {
	if i < 3 || i+1 >= len(tokens) || tokens[i+1].Text != ":" || tokens[i-1].Lower != "not" && !strings.HasPrefix(tokens[i].Lower, "un") {
		return false
	}
	switch tokens[i].Lower {
	case "supported", "allowed", "accepted", "valid", "available", "permitted":
		return tokens[i-3].Lower == "that" || tokens[i-3].Lower == "which"
	}
	return false
}

// isList tells an enumeration from words that merely begin like one.
func (r *reader) isList(l List, from int) bool {
	switch {
	case len(l.Items) == 0:
		return false
	case (l.Noun == "only" || r.tokens[from-1].Lower == "either") && !slices.ContainsFunc(l.Items, func(item string) bool { return !r.known(item) }):
		return false // "only 'width' and 'height' may be set", "either 'prompt' or 'image'": names
	case r.tokens[from-1].Lower == "use" && slices.ContainsFunc(l.Items, r.known):
		return false // "Use 'width' or 'height'": names
	case len(l.Items) > 1:
		return true
	default:
		return l.Noun != "" && (l.Quoted || r.tokens[from-1].Text == ":")
	}
}

// items is an enumeration while it is read.
type items struct {
	r      *reader
	list   []string
	item   []Token // the item begun
	quoted bool
	commas bool
	cut    bool
}

// readItems cuts the text from a token on at commas and conjunctions, until the sentence or the enumeration ends. It
// returns nothing where the text is prose, or too long.
func (r *reader) readItems(from int) (l List, end int) {
	it := items{r: r}
	end = len(r.text)
	for i := from; i < len(r.tokens); i++ {
		t := r.tokens[i]
		switch it.roleOf(i) {
		case closes:
			it.finish()
			return it.made(), t.end
		case leadsOn:
			it.finish()
			return it.made(), t.start
		case separates:
			it.commas = it.commas || t.Text == ","
			if !it.finish() {
				return List{}, 0
			}
		case belongs:
			it.item = append(it.item, t)
		case passes:
		}
	}
	if !it.finish() && len(it.item) > 0 {
		return List{}, 0
	}
	return it.made(), end
}

// role is what a token does in an enumeration.
type role uint8

const (
	belongs   role = iota + 1 // a part of the item
	separates                 // ends the item
	closes                    // ends the enumeration, and is a part of it
	leadsOn                   // ends the enumeration, and is none of it
	passes                    // means nothing there
)

func (it *items) roleOf(i int) role {
	t := it.r.tokens[i]
	switch begun := len(it.item) > 0; t.Text {
	case ".", "!", "]", "}":
		return closes
	case ";":
		if !it.commas && it.goesOn(i) {
			return separates
		}
		return closes
	case ")":
		if begun && !opened(it.item) {
			return closes
		}
	case "[", "{", "(":
		if !begun {
			return passes
		}
	case ",", "|":
		return separates
	case "/":
		if !t.quote {
			return separates
		}
	}
	if t.Kind == word && !t.quote {
		return it.roleOfWord(t)
	}
	if _, number := constraint.ParseNumber(cmp.Or(it.list...)); number && t.quote && it.r.known(t.Text) {
		return leadsOn // "5 or 10 and 'fps' …": of another parameter
	}
	return belongs
}

func (it *items) roleOfWord(t Token) role {
	begun := len(it.item) > 0
	switch t.Lower {
	case "use", "choose", "select", "pick", "set", "switch", "try", "change", "keep", "lower", "raise", "reduce": // "6, or choose '768p'"
		if !begun && len(it.list) > 0 {
			return leadsOn
		}
	case "received", "got", "but", "found", "given", "instead", "for": // "'a' | 'b', received 'c'"
		if begun || len(it.list) > 0 {
			return leadsOn
		}
	case "or", "and":
		if begun {
			return separates
		}
		return passes
	}
	if begun && it.item[len(it.item)-1].quote {
		return leadsOn // words after a quoted item: "'a', 'b' for this model"
	}
	if len(it.item) == 1 && (it.item[0].Kind == Number || it.item[0].Kind == Size) {
		if _, isUnit := it.r.words.unitAfter(t.Lower); isUnit {
			return passes
		}
		if len(it.list) > 0 {
			return leadsOn
		}
	}
	return belongs
}

// goesOn tells a semicolon between items, as in "'JPG'; 'PNG'" and "512; 768; or 1024", from one that ends the clause:
// what follows is an item, whole, and like the one before.
func (it *items) goesOn(i int) bool {
	rest := it.r.tokens[i+1:]
	if len(rest) > 0 && (rest[0].Lower == "or" || rest[0].Lower == "and") && !rest[0].quote {
		rest = rest[1:]
	}
	if len(rest) == 0 || len(it.item) == 0 || rest[0].Kind != it.item[0].Kind || rest[0].quote != it.item[0].quote {
		return false
	}
	rest = rest[1:]
	if len(rest) > 0 {
		if _, isUnit := it.r.words.unitAfter(rest[0].Lower); isUnit {
			rest = rest[1:]
		}
	}
	if len(rest) == 0 {
		return true
	}
	switch rest[0].Lower {
	case ";", ".", "!", ")", "]", "}", "or", "and":
		return true
	}
	return false
}

// finish ends an item. False says that this is prose, or that there are too many.
func (it *items) finish() bool {
	if n := len(it.item); n > 1 && it.item[n-1].Text == "(" {
		it.item = it.item[:n-1] // "b (for this model)"
	}
	text, quote, ok := it.r.itemText(it.item)
	it.item = it.item[:0]
	it.quoted = it.quoted || quote
	if !ok {
		return false
	}
	switch {
	case text == "":
	case looks.Plain(text):
		it.list = append(it.list, text)
	default:
		it.cut = true
	}
	return len(it.list) < constraint.MaxAllowed
}

func (it *items) made() List {
	l := List{Items: it.list, Quoted: it.quoted, Cut: it.cut, Sizes: true}
	for _, item := range it.list {
		if _, _, ok := parameter.ParseSize(item); !ok {
			l.Sizes = false
		}
	}
	return l
}

func opened(item []Token) bool {
	for _, t := range item {
		if t.Text == "(" {
			return true
		}
	}
	return false
}

// itemText is the text of one item; false says that this is prose and no enumeration.
func (r *reader) itemText(item []Token) (text string, quote, ok bool) {
	if len(item) == 0 {
		return "", false, true
	}
	if len(item) == 1 {
		if text = item[0].Text; len(text) > maxItemLen || strings.Count(text, " ") >= maxItemWords {
			return "", false, false
		}
		return text, item[0].quote, true
	}
	if first := item[0]; item[1].Text == "(" && (first.quote || first.Kind != word) {
		return first.Text, first.quote, true // 1280*720 (16:9)
	}
	words := 0
	for _, t := range item {
		if isModal(t.Lower) && !t.quote {
			return "", false, false
		}
		if t.Kind == word {
			words++
		}
	}
	text = r.text[item[0].start:item[len(item)-1].end]
	if words > maxItemWords || len(text) > maxItemLen {
		return "", false, false
	}
	return text, false, true
}
