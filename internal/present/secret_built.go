package present

import (
	"bytes"
	"encoding/base64"

	"mcp-taskdetails/internal/looks"
)

// Credentials that are told by how they are built instead of by a prefix.

// numbered recognises credentials that begin with an id instead of a prefix: 123456789:A… of Telegram, 123456789012345|…
// of Facebook, …1Q~… of Azure, and those of hexed.
func numbered(text []byte, i int) (start, end int) {
	if end := hexed(text, i); end > 0 {
		return i, end
	}
	if i >= 6 && text[i-1] == '~' && text[i-2] == 'Q' && isDigit(text[i-3]) {
		if end := dotted.end(text, i); end-i >= 30 && hasRandomRun(text[i:end]) {
			return i - 6, end
		}
	}
	if !isDigit(text[i]) {
		return 0, 0
	}
	const shortest, longest = 5, 16
	for n := i + shortest; n <= i+longest && n+1 < len(text); n++ {
		var least int
		switch {
		case text[n] == ':' && text[n+1] == 'A':
			least = 34
		case text[n] == '|' && n >= i+15:
			least = 27
		default:
			continue
		}
		if end := dashed.end(text, n+1); isDigits(text[i:n]) && end-n-1 >= least && hasRandomRun(text[n+1:end]) {
			return i, end
		}
	}
	return 0, 0
}

// hexed returns where a credential ends that is told by how long its parts are: UUID:hexadecimal of fal, hexadecimal-us12 of
// Mailchimp, three runs of hexadecimal of Mailgun, …_mmk of MaxMind; 0 if none begins at i.
func hexed(text []byte, i int) int {
	rest := text[i:min(len(text), i+50)]
	switch {
	case len(rest) > 36 && rest[36] == ':' && looks.IsUUID(rest[:36]):
		if end := hexadecimal.end(text, i+37); end-i-37 >= 32 {
			return end
		}
	case len(rest) > 35 && bytes.HasPrefix(rest[32:], []byte("-us")) && isDigit(rest[35]) && hexadecimal.end(rest, 0) == 32:
		return letters.end(text, i+35)
	case len(rest) == 50 && rest[32] == '-' && rest[41] == '-':
		if named := i > 0 && text[i-1] == '/'; !named && hexadecimal.end(rest, 0) == 32 && hexadecimal.end(rest, 33) == 41 && hexadecimal.end(rest, 42) == 50 {
			return i + 50
		}
	case len(rest) >= 40 && rest[6] == '_' && bytes.HasPrefix(rest[36:], []byte("_mmk")) && letters.end(rest, 7) == 36:
		return i + 40
	}
	return 0
}

// beginsObject knows how base64 of a JSON object begins, or of a list of them.
func beginsObject(text []byte) bool {
	for _, head := range [...]string{"eyJ", "eyA", "ewo", "ew0K", "W3s"} {
		if bytes.HasPrefix(text, []byte(head)) {
			return true
		}
	}
	return false
}

// jwtEnd recognises three or, encrypted, five parts of base64url, the first of which is a JSON object.
func (s *seeker) jwtEnd(text []byte, i int) int {
	if i < s.noToken {
		return 0
	}
	dots, last := 0, i
	end := i
	for ; end < len(text); end++ {
		if text[end] == '.' && dots < 4 && end-last > 4 {
			dots++
			last = end
			continue
		}
		if !isAlnum(text[end]) && text[end] != '-' && text[end] != '_' {
			break
		}
	}
	if dots < 2 || last-i < 20 {
		s.noToken = end
		return 0
	}
	return i + len(bytes.TrimRight(text[i:end], "."))
}

// encodedEnd returns where base64 of a JSON object ends that holds a credential, or 0.
func (s *seeker) encodedEnd(text []byte, i int) int {
	const longest = 4096
	if i < s.noObject {
		return 0
	}
	end := encoded.end(text[:min(len(text), i+longest)], i)
	bare := bytes.TrimRight(text[i:end], "=")
	plain, err := base64.RawStdEncoding.DecodeString(string(bare))
	if err != nil {
		plain, err = base64.RawURLEncoding.DecodeString(string(bare))
	}
	if err != nil || !isNested(plain) || len(shapes(nil, plain)) == 0 {
		s.noObject = end
		return 0
	}
	return end
}

// privateKeyEnd recognises a PEM private key; one that breaks off is secret to the end of the text.
func privateKeyEnd(text []byte, i int) int {
	head := text[i:min(len(text), i+64)]
	if !bytes.HasPrefix(head, []byte("-----BEGIN ")) ||
		!bytes.Contains(head, []byte("PRIVATE KEY-----")) && !bytes.Contains(head, []byte("PRIVATE KEY BLOCK-----")) {
		return 0
	}
	const footer = "-----END "
	at := bytes.Index(text[i:], []byte(footer))
	if at < 0 {
		return len(text)
	}
	end := i + at + len(footer)
	if rest := bytes.Index(text[end:min(len(text), end+64)], []byte("-----")); rest >= 0 {
		end += rest + len("-----")
	}
	return end
}
