package apikey

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"mcp-taskdetails/schema"
)

// bom is the mark that Windows programs put before a text.
const bom = "\uFEFF"

// parseFile finds the key in the content of a file.
func parseFile(content []byte) (schema.Secret, *Fault) {
	text, ok := decode(content)
	if !ok {
		return schema.Secret{}, &Fault{What: "the file is not text in UTF-8 or UTF-16", Mend: "write the key alone into a text file"}
	}
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "{") && !isPlaceholder(text) {
		return fromJSON([]byte(text))
	}
	lines := meaningful(text)
	if key, fault, ok := fromAssignments(lines); ok {
		return key, fault
	}
	key, fault := Parse(strings.Join(lines, "\n"))
	if fault == nil && key.IsZero() {
		fault = &Fault{What: "the file is empty", Mend: "write the key into it, alone or as RUNWARE_API_KEY=…"}
	}
	return key, fault
}

func isPlaceholder(text string) bool {
	_, ok := Placeholder(text)
	return ok
}

// decode reads a text in UTF-8 or in UTF-16, which PowerShell writes, with or without a mark.
func decode(content []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(content, []byte{0xFF, 0xFE}):
		return fromUTF16(content[2:], binary.LittleEndian)
	case bytes.HasPrefix(content, []byte{0xFE, 0xFF}):
		return fromUTF16(content[2:], binary.BigEndian)
	case !bytes.ContainsRune(content, 0):
		return strings.TrimPrefix(string(content), bom), utf8.Valid(content)
	case content[0] == 0:
		return fromUTF16(content, binary.BigEndian)
	default:
		return fromUTF16(content, binary.LittleEndian)
	}
}

// fromUTF16 refuses what is no text: no key or setting is written outside of ASCII, so half of the bytes are zero.
func fromUTF16(content []byte, order binary.ByteOrder) (string, bool) {
	if len(content)%2 != 0 {
		return "", false
	}
	units := make([]uint16, 0, len(content)/2)
	for ; len(content) > 0; content = content[2:] {
		units = append(units, order.Uint16(content))
	}
	text := string(utf16.Decode(units))
	return text, !strings.ContainsRune(text, 0) && !strings.ContainsRune(text, utf8.RuneError)
}

// meaningful are the lines that hold something: neither blank nor a comment.
func meaningful(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

// assignment is a line like RUNWARE_API_KEY=…, as shells, .env files and PowerShell have it.
type assignment struct {
	rank  int // of the name, 0 for one that is not for the key
	value string
}

// assignmentIn reads a line. One of a name that is not for the key is recognised by its capital letters: a key alone
// may end in an equals sign.
func assignmentIn(line string) (assignment, bool) {
	const form = `(?i)^(?:export\s+|setx?\s+"?|\$env:)?([a-z_][\w.-]*)\s*([=:])\s*(.*)$`
	parts := regexp.MustCompile(form).FindStringSubmatch(line)
	if parts == nil {
		return assignment{}, false
	}
	name, sign, value := parts[1], parts[2], parts[3]
	a := assignment{rank: rank(name), value: unquoted(value)}
	isOther := sign == "=" && strings.ToUpper(name) == name && strings.Trim(value, "=") != ""
	return a, a.rank > 0 || isOther
}

// unquoted takes a value out of its quotes, or off the comment behind it.
func unquoted(value string) string {
	value = strings.TrimRight(value, "; \t")
	if value != "" && strings.ContainsRune(`"'`, rune(value[0])) {
		if end := strings.IndexByte(value[1:], value[0]); end >= 0 {
			return value[1 : 1+end]
		}
	}
	value, _, _ = strings.Cut(value, " #")
	return strings.TrimSpace(value)
}

// fromAssignments reads the key from the lines of settings; ok is false when there are none.
func fromAssignments(lines []string) (key schema.Secret, fault *Fault, ok bool) {
	var found candidates
	for _, line := range lines {
		a, isOne := assignmentIn(line)
		ok = ok || isOne
		found.add(a.rank, a.value)
	}
	if !ok {
		return schema.Secret{}, nil, false
	}
	key, fault = found.choose()
	return key, fault, true
}
