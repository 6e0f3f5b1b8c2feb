package present

import (
	"bytes"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// phrase is how prose speaks of a credential: it follows within a few words, and must look made by a generator. A blank
// stands for a blank, a dash, an underscore or nothing.
type phrase struct {
	words   string
	least   int  // how long the credential is at least
	strict  bool // it must mix small letters, capitals and digits: the words also speak of other things
	example string
	not     string
}

// phrases are looked for where a word begins, in either letter case.
//
//nolint:gochecknoglobals // immutable table
var phrases = [...]phrase{
	{"api key", 16, false, "your API key Fak¦e8Kd0Lq2Wm4Xn6B is wrong", "the API key of imageInference is wrong"},
	{"api token", 16, false, "API token Fak¦e8Kd0Lq2Wm4Xn6B", "API tokenizer Fake8Kd0Lq2Wm4Xn6B"},
	{"access key", 16, false, "access key Fak¦e8Kd0Lq2Wm4Xn6B", "access keyboard Fake8Kd0Lq2Wm4Xn6B"},
	{"access token", 16, false, "the access token Fak¦e8Kd0Lq2Wm4Xn6B has expired", "access token expired at 2026-11-25T10:00:00Z"},
	{"secret key", 16, false, "secret key Fak¦e8Kd0Lq2Wm4Xn6B", "secret key image_1920x1080_of_a_castle_v2"},
	{"private key", 16, false, "private key (Fak¦e8Kd0Lq2Wm4Xn6B)", "private key hanging on a hook, 85mm"},
	{"auth token", 16, false, "auth token Fak¦e8Kd0Lq2Wm4Xn6B", "auth token of the user"},
	{"bearer token", 16, false, "bearer token Fak¦e8Kd0Lq2Wm4Xn6B", "bearer token is missing"},
	{"session token", 16, false, "session token Fak¦e8Kd0Lq2Wm4Xn6B", "session token is missing"},
	{"password", 12, false, "the password Fak¦e8Kd0Lq2Wm4 is wrong", "the password is a riddle, said the sphinx"},
	{"passphrase", 12, false, "passphrase Fak¦e8Kd0Lq2Wm4", "passphrase of the thieves"},
	{"passwort", 12, false, "Passwort Fak¦e8Kd0Lq2Wm4", "Passwort der Diebe"},
	{"client secret", 16, false, "client secret Fak¦e8Kd0Lq2Wm4Xn6B", "client secret is missing"},
	{"credential", 20, true, "credential 'Fak¦e8Kd0Lq2Wm4Xn6Bv8C' is invalid", "credential 'image_of_2024' is invalid"},
	{"credentials", 16, false, "the credentials Fak¦e8Kd0Lq2Wm4Xn6B", "the credentials of the user"},
	{"token", 20, true, "the token \"Fak¦e8Kd0Lq2Wm4Xn6Bv8C\" is wrong", "the token 'sks_person' at position 12"},
	{"secret", 20, true, "the secret (Fak¦e8Kd0Lq2Wm4Xn6Bv8C)", "the secret (a garden)"},
	{"key", 20, true, "the key you gave (\"Fak¦e8Kd0Lq2Wm4Xn6Bv8C\") is wrong", "key image 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4'"},
	{"api", 20, true, "Clé API refusée : Fak¦e8Kd0Lq2Wm4Xn6Bv8C", "API de imageInference2"},
}

// mention returns where the credential begins and ends that a phrase at i speaks of.
func mention(text []byte, i int) (start, end int) {
	first := text[i] | 0x20
	switch first {
	case 'a', 'b', 'c', 'k', 'p', 's', 't':
	default:
		return 0, 0 // a test holds the phrases to these letters
	}
	for n := range phrases {
		p := &phrases[n]
		if p.words[0] != first {
			continue
		}
		if after := p.after(text, i); after > 0 {
			if start, end := p.credential(text, after); end > 0 {
				return start, end
			}
		}
	}
	return 0, 0
}

// after returns the offset past the phrase at i, or 0.
func (p *phrase) after(text []byte, i int) int {
	for j := range len(p.words) {
		want := p.words[j]
		if want == ' ' {
			if i < len(text) && (text[i] == ' ' || text[i] == '-' || text[i] == '_') {
				i++
			}
			continue
		}
		if i >= len(text) || text[i]|0x20 != want {
			return 0
		}
		i++
	}
	if i < len(text) && isAlnum(text[i]) || p.words == "key" && isPublic(text[:i-len(p.words)]) {
		return 0
	}
	if i+1 < len(text) && (text[i] == '_' && isAlnum(text[i+1]) || text[i] == '-' && text[i+1] >= 'a' && text[i+1] <= 'z') {
		return 0 // it is part of a longer name
	}
	return i
}

// isPublic reports whether the key that follows is one that everybody may know.
func isPublic(text []byte) bool {
	const word = "public "
	return len(text) >= len(word) && strings.EqualFold(string(text[len(text)-len(word):]), word)
}

// credential looks for what a phrase that ends at i speaks of, a few words on and in the same sentence. Behind a tab, as
// in a table, it may be short.
func (p *phrase) credential(text []byte, i int) (start, end int) {
	const farthest, fillers = 64, 6
	if table := beforeCell(text, i); table < len(text) && (text[table] == '\t' || isEscapedTab(text, table)) && !p.strict {
		start := blanks(text, table, 0)
		if open, end := quotedValue(text, start); end > 0 {
			start = open
		}
		if isCredible(headOf(text, start, 0)) {
			return start, valueLimit(text, start, 0)
		}
	}
	limit := min(len(text), i+farthest)
	for range fillers {
		start = i
		for start < limit && (strings.IndexByte(between, text[start]) >= 0 || isSign(text, start)) {
			if isSign(text, start) {
				start += len("→") - 1
			}
			start++
		}
		end = start
		for end < len(text) && end-start < headOfValue && text[end] > ' ' && strings.IndexByte(around, text[end]) < 0 {
			end++
		}
		if start >= limit || end == start {
			return 0, 0
		}
		word := text[start:end]
		if last := word[len(word)-1]; len(word) > 1 && last == '.' && !bytes.ContainsAny(word, "0123456789") && !quotesValue(text[end:]) {
			return 0, 0 // the sentence is over
		}
		if len(word) < fillerLength && !bytes.ContainsAny(word, "0123456789") {
			i = end
			continue
		}
		value := bytes.TrimRight(word, ".:!?")
		if !p.means(value) {
			return 0, 0
		}
		return start, start + len(value)
	}
	return 0, 0
}

// means tells what a phrase speaks of from other words and from another name.
func (p *phrase) means(value []byte) bool {
	if p.strict && !isMixed(value) || looks.IsUUID(value) {
		return false
	}
	if equals := bytes.IndexByte(value, '='); equals >= 0 && equals < len(value)-2 {
		return false
	}
	return isEncoded(value) || isGenerated(value, p.least) && !bytes.ContainsAny(value, "/@")
}

// quotesValue reports whether a sentence says what was received: Got '…'.
func quotesValue(text []byte) bool {
	text = bytes.ToLower(bytes.TrimLeft(text[:min(len(text), 16)], " '\"`"))
	for _, word := range [...]string{"got", "received", "given", "found", "value", "you sent"} {
		if bytes.HasPrefix(text, []byte(word)) {
			return true
		}
	}
	return false
}

// isSign knows the dashes, arrows and quotation marks of print.
func isSign(text []byte, i int) bool { return text[i] == 0xE2 && i+2 < len(text) }

const (
	// between stands between the words that lead to a credential, around ends each of them.
	between = " \t:('\"`<>[]{}*\\|/;,!=-"
	around  = "'\"`<>()[]{}*\\|,;"
	// fillerLength is the length from which a word is none of those that lead to a credential.
	fillerLength = 16
)

// beforeCell returns the offset past the quote that closes a phrase which ends at i.
func beforeCell(text []byte, i int) int {
	for i < len(text) && (isQuote(text[i]) || text[i] == '\\' && !isEscapedTab(text, i)) {
		i++
	}
	return i
}
