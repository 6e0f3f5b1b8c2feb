package present

import (
	"bytes"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// What stands under the name of a credential and is none.

// isNone tells what is assigned to the name of a credential and is none: a count, a word, a folder.
func isNone(head, name []byte, found looks.Secrecy, inQuery bool) bool {
	switch {
	case isSwitch(head):
		return true
	case inQuery && (found < looks.Password || isWord(name)) && isCount(head):
		return true
	case !inQuery && isWorkingDirectory(name, head):
		return true
	case !inQuery && isWord(name):
		return changesOfKind(head) < 3 || !looksSecret(head)
	case !inQuery && found < looks.Password && isLetters(head) && strings.EqualFold(string(name), "auth"):
		return true // auth=optional
	}
	return found == looks.Doubtful && !looksSecret(head)
}

// isWord knows the names that also begin a line of prose: secret=santa.
func isWord(name []byte) bool {
	switch strings.ToLower(string(name)) {
	case "secret", "cookie", "cookies", "pass":
		return true
	}
	return false
}

// isCount tells a small number or a switch from a credential in a query: sig=1.
func isCount(value []byte) bool {
	const longest = 4
	return isSwitch(value) || len(value) <= longest && len(bytes.TrimLeft(value, "0123456789")) == 0
}

// isSwitch knows the words that say whether there is a credential: auth=none.
func isSwitch(value []byte) bool {
	const longest = 9
	if len(value) > longest {
		return false
	}
	switch strings.ToLower(string(value)) {
	case "true", "false", "yes", "no", "on", "off", "none", "null", "nil", "undefined", "optional", "required", "basic", "bearer", "digest", "oauth2":
		return true
	}
	return false
}

// isWorkingDirectory tells the PWD of a shell from a password.
func isWorkingDirectory(name, value []byte) bool {
	return bytes.HasSuffix(bytes.ToLower(name), []byte("pwd")) && len(value) > 0 && (value[0] == '/' || value[0] == '~')
}

// pastClosing returns the offset past the quote at i that closes a text in which a name stands last, "Enter your password: ";
// 0 if it opens a value. Between such a quote and the one that opens the text are words alone.
func pastClosing(text []byte, i int) int {
	const longest = 48
	quote := i
	for quote < len(text) && text[quote] == '\\' {
		quote++
	}
	if quote == len(text) || !isQuote(text[quote]) {
		return 0
	}
	at := i
	for at > 0 && i-at < longest && (isAlnum(text[at-1]) || strings.IndexByte(" _-:=?&", text[at-1]) >= 0) {
		at--
	}
	if at == 0 || text[at-1] != text[quote] || !isAlnum(text[at]) {
		return 0
	}
	before := bytes.TrimRight(text[:at-1], "\\")
	if len(before) == 0 {
		return quote + 1
	}
	last, escaped := before[len(before)-1], len(before) < at-1
	if strings.IndexByte(" \t\n([{,=:", last) >= 0 || escaped && last == '"' {
		return quote + 1
	}
	return 0
}

// isPlaceholder tells what stands in the place of a credential in examples: {api_key}, ${TOKEN}, $TOKEN, %(token)s,
// your-api-key.
func isPlaceholder(value []byte) bool {
	const blank, longest = 4, 64 // xxxx
	if len(value) > longest {
		return false
	}
	if bytes.HasPrefix(value, []byte("%(")) || len(bytes.Trim(value, "*")) == 0 || len(value) >= blank && len(bytes.Trim(value, "xX-")) == 0 {
		return true
	}
	if scheme, rest, ok := bytes.Cut(value, []byte(" ")); ok && isSwitch(scheme) {
		switch string(rest) {
		case "", "{}", "%s":
			return true // Bearer %s
		}
	}
	bare := bytes.Trim(value, "${}<>%")
	for _, c := range bare {
		if !isAlnum(c) && c != '_' && c != '-' && c != '.' || isDigit(c) {
			return false
		}
	}
	switch {
	case len(bare) == 0:
		return false
	case value[0] == '{' || value[0] == '<' && value[len(value)-1] == '>' || bytes.HasPrefix(value, []byte("${")):
		return true
	case value[0] == '$':
		return bytes.Equal(bare, bytes.ToUpper(bare))
	}
	lower := bytes.ToLower(bare)
	return bytes.HasPrefix(lower, []byte("your-")) || bytes.HasPrefix(lower, []byte("your_"))
}
