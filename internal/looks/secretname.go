// Package looks says what a string looks like, once for the whole program. It knows nothing of Runware, of requests or of
// answers, and imports no sibling.
package looks

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Secrecy says how sure a name makes us that the value under it is a credential.
type Secrecy uint8

// The degrees, from the least to the most.
const (
	Open     Secrecy = iota // the name says nothing of the kind
	Doubtful                // it is if it also looks like one: a token may open something or be a word of a language model
	Secret                  // it is
	Password                // it is, however short, and even if it is a number
)

// SecretName judges the value under a member, header, variable or option. Letter case and separators do not count: apiKey,
// API_KEY and X-Api-Key are one name. Of a long name the end counts.
func SecretName(name []byte) Secrecy {
	if found := secretNames.judge(name); found != Open && !asks(name) {
		return found
	}
	return Open
}

// SecretParameter is SecretName for the query of a URL, where short names carry signatures and keys too.
func SecretParameter(name []byte) Secrecy {
	if found := SecretName(name); found >= Secret {
		return found
	} else if found == Doubtful {
		return Secret
	}
	var buf [longestName]byte
	bare := folded(buf[:0], name)
	for _, row := range secretParameters {
		if string(bare) == row.word {
			return row.secrecy
		}
	}
	return Open
}

// match is how a word must stand in a name.
type match uint8

const (
	ending  match = iota // the name ends in it
	whole                // it is the name
	within               // it stands anywhere in it
	opening              // it is the first word of it
)

// nameRow is a row of the tables: a word and what it says, a name that the row is needed for, and a name that looks alike
// and says something else.
type nameRow struct {
	word    string // folded: lower case, letters and digits only
	match   match
	secrecy Secrecy
	example string
	not     string
}

// nameTable has the rows by the last byte of their word, so that a name is held against a few of them. The first row that
// matches decides.
type nameTable struct {
	within []nameRow // of whichever last byte
	ending [256][]nameRow
}

const longestName = 64

func (t *nameTable) judge(name []byte) Secrecy {
	var buf [longestName]byte
	bare := folded(buf[:0], name)
	for i := range t.within {
		row := &t.within[i]
		if at := strings.Index(string(bare), row.word); at >= 0 {
			if speaksOf(name, string(bare[at+len(row.word):])) {
				return Open
			}
			return row.secrecy
		}
	}
	s, numbered := string(bare), false
	for range mostTails {
		if found := t.word(s, numbered); found != Open {
			return found
		}
		// Plurals of what may be a token are counts, or words: maxTokens, stopTokens.
		if rest, ok := strings.CutSuffix(s, "s"); ok {
			if found := t.word(rest, numbered); found >= Secret {
				return found
			}
		}
		rest, number := withoutTail(s)
		if len(rest) == len(s) {
			break
		}
		s, numbered = rest, numbered || number
	}
	return Open
}

// mostTails is how many tails are taken off a name: authTokenProd2.
const mostTails = 4

// withoutTail takes a number, a version or one of nameTails off a name.
func withoutTail(s string) (rest string, number bool) {
	for i := range nameTails {
		tail := nameTails[i].word
		if len(tail) < len(s) && tail[len(tail)-1] == s[len(s)-1] && strings.HasSuffix(s, tail) {
			return s[:len(s)-len(tail)], false
		}
	}
	if rest := strings.TrimRight(s, "0123456789"); len(rest) < len(s) {
		return strings.TrimSuffix(rest, "v"), true
	}
	return s, false
}

// word judges a name by its end. One with a number behind it must be more than a short word: pass1 is a pass.
func (t *nameTable) word(s string, numbered bool) Secrecy {
	if len(s) < 2 {
		return Open
	}
	rows := t.ending[s[len(s)-1]]
	for i := range rows {
		row := &rows[i]
		if strings.HasSuffix(s, row.word) && (row.match == ending || len(s) == len(row.word) && !numbered) {
			return row.secrecy
		}
	}
	return Open
}

// speaksOf tells the names that speak of a key from those that hold one: hasApiKey, apiKeyName. after is what follows
// the key's word.
func speaksOf(name []byte, after string) bool {
	one := strings.TrimPrefix(after, "s") // of apiKeys too
	if names, ok := strings.CutSuffix(after, "s"); ok && after != "s" {
		after = names // and apiKeyNames
	}
	for i := range aboutKeys {
		word := &aboutKeys[i]
		if word.match == ending && (after == word.word || after+"s" == word.word || one == word.word) {
			return true
		}
		if word.match == whole && opens(name, word.word) {
			return true
		}
	}
	return false
}

// asks tells the names of switches, whatever they speak of: hasPassword, needs_token.
func asks(name []byte) bool {
	for i := range aboutKeys {
		if word := &aboutKeys[i]; word.match == opening && opens(name, word.word) {
			return true
		}
	}
	return false
}

// opens reports whether a name's first word is that one: hasApiKey and HAS_API_KEY, but not hashApiKey.
func opens(name []byte, word string) bool {
	if len(name) <= len(word) || !strings.EqualFold(string(name[:len(word)]), word) {
		return false
	}
	next, last := name[len(word)], name[len(word)-1]
	return next == '_' || next == '-' || next == ' ' || next >= 'A' && next <= 'Z' && last >= 'a' && last <= 'z'
}

// folded appends the end of a name in lower case without anything but letters and digits.
func folded(to, name []byte) []byte {
	if len(name) > longestName {
		name = name[len(name)-longestName:]
	}
	for i := 0; i < len(name); {
		switch c := name[i]; {
		case c >= 'A' && c <= 'Z':
			to = append(to, c+'a'-'A')
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			to = append(to, c)
		case c >= utf8.RuneSelf:
			r, width := utf8.DecodeRune(name[i:])
			if r >= '！' && r <= '～' {
				r -= '！' - '!' // the wide letters of Chinese and Japanese texts
			}
			if lower := unicode.ToLower(r); (unicode.IsLetter(r) || r >= '0' && r <= '9') && len(to)+utf8.RuneLen(lower) <= longestName {
				to = utf8.AppendRune(to, lower)
			}
			i += width
			continue
		}
		i++
	}
	return to
}
