package present

import (
	"bytes"
	"strings"
)

// isRandom reports whether s looks made by a generator: long enough, and with a run of mixed letters and digits that no
// word has.
func isRandom(s []byte, least int) bool {
	if len(s) < least {
		return false
	}
	var letters, digits, upper, run int
	for i := 0; i <= len(s); i++ {
		if i < len(s) && isAlnum(s[i]) {
			run++
			switch {
			case s[i] <= '9':
				digits++
			case s[i] <= 'Z':
				upper++
				letters++
			default:
				letters++
			}
			continue
		}
		if run >= min(12, least) && (letters > 0 && digits > 0 || upper*3 > letters && upper < letters || upper >= 20) {
			return true
		}
		if i < len(s) && strings.IndexByte(".-_~%=+", s[i]) < 0 {
			return false // spaces and brackets: words
		}
		if len(s) >= 40 && i == len(s) && digits > 0 && letters > 0 {
			return true
		}
		if len(s) < 40 {
			letters, digits, upper = 0, 0, 0
		}
		run = 0
	}
	return false
}

// isGenerated is isRandom where there is no name to go by: it also asks for several changes between kinds of characters,
// which names of files and styles do not have (marching2024, portrait1920x1080).
func isGenerated(s []byte, least int) bool { return isRandom(s, least) && changesOfKind(s) >= 3 }

// changesOfKind counts where a small letter meets a capital and where letters and digits meet. The x of 1920x1080 counts
// as a digit.
func changesOfKind(s []byte) int {
	n := 0
	kind := func(i int) byte {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			return '0'
		case c == 'x' && i > 1 && i+2 < len(s) && isDigit(s[i-2]) && isDigit(s[i-1]) && isDigit(s[i+1]) && isDigit(s[i+2]):
			return '0'
		case c >= 'a' && c <= 'z':
			return 'a'
		case c >= 'A' && c <= 'Z':
			return 'A'
		}
		return 0
	}
	var before byte
	for i := range s {
		now := kind(i)
		if before != 0 && now != 0 && before != now && (before != 'A' || now != 'a') {
			n++
		}
		before = now
	}
	return n
}

// hasRandomRun reports whether a run of at least 16 letters and digits looks made by a generator, or so many changes of
// kind are in all of s.
func hasRandomRun(s []byte) bool {
	for run := range bytes.FieldsFuncSeq(s, func(r rune) bool { return r > 'z' || !isAlnum(byte(r&0x7F)) }) {
		if isRandom(run, 16) {
			return true
		}
	}
	return len(s) >= 16 && changesOfKind(s) >= max(4, len(s)/6)
}

// isCredible tells a password or a key from a word, where a name says that one stands there: a few letters and digits.
func isCredible(s []byte) bool {
	const least = 6
	if isDimension(s) {
		return false
	}
	if isRandom(s, 8) {
		return true
	}
	letter, digit := false, false
	for _, c := range s {
		if c <= ' ' {
			return false
		}
		letter = letter || (c|0x20)-'a' < 26
		digit = digit || isDigit(c)
	}
	return len(s) >= least && letter && digit
}

// isEncoded tells base64 of random bytes, with its slashes, from a path.
func isEncoded(s []byte) bool {
	const least, most = 32, 12 // one slash in so many characters
	return len(s) >= least && encoded.end(s, 0) == len(s) && bytes.Count(s, []byte("/")) <= 1+len(s)/most && changesOfKind(s) >= len(s)/5
}

// isMixed reports whether small letters, capitals and digits are in s, all of them in no order and nothing between them.
func isMixed(s []byte) bool {
	const changes = 5
	return letters.end(s, 0) == len(s) && bytes.ContainsAny(s, "0123456789") && changesOfKind(s) >= changes &&
		bytes.ContainsFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' }) && bytes.ContainsFunc(s, func(r rune) bool { return r >= 'A' && r <= 'Z' })
}

// isDimension tells 1920x1080.
func isDimension(s []byte) bool {
	return bytes.Count(s, []byte("x")) == 1 && len(bytes.Trim(s, "0123456789x")) == 0
}

// isPath tells the name of a file in some folder: uploads/photo.png.
func isPath(s []byte) bool {
	slash := bytes.LastIndexByte(s, '/')
	if slash < 0 {
		slash = bytes.LastIndex(bytes.ToUpper(s), []byte("%2F"))
	}
	dot := bytes.LastIndexByte(s, '.')
	return slash >= 0 && dot > slash && len(s)-dot <= 6 && len(s)-dot > 2 && !isLetterless(s[dot+1:])
}

func isDigits(s []byte) bool {
	return len(s) > 0 && len(bytes.TrimLeft(s, "0123456789")) == 0
}

func isLetterless(s []byte) bool {
	return !bytes.ContainsFunc(s, func(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' })
}

// isLetters reports whether s is one word of ASCII letters.
func isLetters(s []byte) bool {
	for _, c := range s {
		if (c|0x20)-'a' >= 26 {
			return false
		}
	}
	return len(s) > 0
}

func isDigit(c byte) bool { return c-'0' < 10 }

func isAlnum(c byte) bool {
	return (c|0x20)-'a' < 26 || c-'0' < 10 // unsigned: what is below wraps round
}
