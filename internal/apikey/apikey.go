// Package apikey reads the API key as people and programs leave it: in a variable, or in a file of any common form. What
// it cannot take it names, with the way to mend it; what stands for a key and is none, it never returns.
//
// Nothing that it says holds a part of what it read: a value that is no key may still be most of one.
package apikey

import (
	"fmt"
	"strings"
	"unicode"

	"mcp-taskdetails/schema"
)

// Fault says what is wrong with a value, and how to mend it, both as parts of a sentence.
type Fault struct {
	What, Mend string
	// Placeholder tells that the value only stands for a key: whoever has another place to look may go on there.
	Placeholder bool
}

// Source is where people find their keys.
const Source = "https://my.runware.ai"

// maxKey is longer than any key, in bytes.
const maxKey = 512

// Parse reads the value of a variable. A blank one is no key and no fault.
func Parse(value string) (schema.Secret, *Fault) {
	value = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(value), bom))
	if value == "" {
		return schema.Secret{}, nil
	}
	if fault := judge(value); fault != nil {
		return schema.Secret{}, fault
	}
	return schema.NewSecret(value), nil
}

// judge tells why a value is no key, from the plainest reason on.
func judge(value string) *Fault {
	if form, ok := Placeholder(bare(value)); ok {
		return &Fault{
			What:        "it is a placeholder like " + form + " that nobody replaced",
			Mend:        "write the key itself there, or the path of a file that holds it into RUNWARE_API_KEY_FILE: a host replaces only the variables that it knows",
			Placeholder: true,
		}
	}
	if r, ok := first(value, invisible); ok {
		return &Fault{What: fmt.Sprintf("the key holds an invisible character, U+%04X", r), Mend: "copy the key again from " + Source + ", or delete that character"}
	}
	if strings.ContainsAny(value, "\r\n\u2028\u2029\u0085") {
		return &Fault{What: "the key holds a line break", Mend: "write the key alone on one line"}
	}
	if strings.Trim(value, quotes) != value {
		return &Fault{What: "the key stands in quotes", Mend: "write the key without quotes: here they are a part of it"}
	}
	if begins(value, "bearer") {
		return &Fault{What: "the key begins with `Bearer`", Mend: "write the key alone, without \"Bearer\", which the program adds itself"}
	}
	if a, ok := assignmentIn(value); ok && a.rank > 0 {
		return &Fault{What: "the value begins with the name of the setting", Mend: "write only what follows the equals sign"}
	}
	if isPath(value) {
		return &Fault{What: "the value looks like the path of a file", Mend: "write a path into RUNWARE_API_KEY_FILE, and here the key itself"}
	}
	if r, ok := first(value, func(r rune) bool { return r <= ' ' || r == 0x7F }); ok {
		return &Fault{What: fmt.Sprintf("the key holds a blank or control character, U+%04X", r), Mend: "copy the key alone from " + Source}
	}
	if r, ok := first(value, func(r rune) bool { return r > unicode.MaxASCII }); ok {
		return &Fault{What: fmt.Sprintf("the key holds a character outside ASCII, U+%04X", r), Mend: "copy the key again from " + Source + ": a text editor may have replaced the character"}
	}
	if strings.ContainsAny(value, quotes) {
		return &Fault{What: "the key holds a quote", Mend: "copy the key alone from " + Source}
	}
	if len(value) > maxKey {
		return &Fault{What: fmt.Sprintf("it has %d characters, more than any key", len(value)), Mend: "copy the key alone from " + Source}
	}
	return nil
}

// isPath tells whether a value begins like a path of any system. No key does.
func isPath(value string) bool {
	return strings.HasPrefix(value, "/") || strings.HasPrefix(value, "~") || strings.HasPrefix(value, "./") || strings.HasPrefix(value, "../") ||
		len(value) > 2 && value[1] == ':' && (value[2] == '\\' || value[2] == '/')
}

const quotes = "\"'`“”‘’«»„"

// bare is a value without what people put round one: placeholders stand in quotes and behind Bearer too.
func bare(value string) string {
	value = strings.TrimSpace(strings.Trim(value, quotes))
	if begins(value, "bearer") {
		value = strings.TrimSpace(value[len("bearer"):])
	}
	return value
}

// begins tells whether a value begins with a word, in any letter case, and something stands apart behind it.
func begins(value, word string) bool {
	return len(value) > len(word) && strings.EqualFold(value[:len(word)], word) && strings.ContainsRune(" \t:", rune(value[len(word)]))
}

func first(value string, is func(rune) bool) (rune, bool) {
	if i := strings.IndexFunc(value, is); i >= 0 {
		for _, r := range value[i:] {
			return r, true
		}
	}
	return 0, false
}

// invisible characters are those that no editor shows: zero-width ones, joiners, marks of direction, soft hyphens.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || r == 0x034F || r == 0x115F || r == 0x1160 || r == 0x3164
}
