package message

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// echoed is how many letters and digits in a row make an echo of a text, wherever in it they stand.
	echoed = 20
	// longestText bounds what is compared of one text: no model takes as much.
	longestText = 1 << 20
)

// Forget cuts out of a text what it echoes of somebody's own words, whole or in part, whatever became of their letter case,
// blanks, quotes and escapes on the way: an echo says nothing.
func Forget(text string, prose []string) string {
	if len(prose) == 0 || text == "" {
		return text
	}
	if len(text) > MaxContent {
		text = strings.ToValidUTF8(text[:MaxContent], "") // what is longer is not read
	}
	letters := significant(text)
	cut := make([]bool, len(letters))
	grams, found := map[uint64][]int(nil), false
	for _, words := range prose {
		if short := significant(words[:min(len(words), 8*echoed)]); len(short) < echoed {
			found = cutWhole(letters, short, cut) || found
			continue
		}
		if grams == nil {
			grams = gramsOf(letters)
		}
		found = cutParts(grams, words, cut) || found
	}
	if !found {
		return text
	}
	var b strings.Builder
	from := 0
	for i := 0; i < len(letters); i++ {
		if !cut[i] {
			continue
		}
		first := i
		for i+1 < len(letters) && cut[i+1] {
			i++
		}
		b.WriteString(text[from:letters[first].at])
		from = letters[i].end
	}
	return b.String() + text[from:]
}

// letter is a letter or digit of a text, in lower case, and where it stands.
type letter struct {
	r       rune
	at, end int
}

// significant are the letters and digits of a text.
func significant(text string) []letter {
	letters := make([]letter, 0, len(text))
	for l := range lettersOf(text) {
		letters = append(letters, l)
	}
	return letters
}

// lettersOf are the letters and digits of a text in turn, those that are escaped (%20, \u00e9, \n) as what they stand for.
func lettersOf(text string) iter.Seq[letter] {
	return func(yield func(letter) bool) {
		for at := 0; at < len(text); {
			r, width := unescaped(text[at:])
			if isSignificant(r) && !yield(letter{unicode.ToLower(r), at, at + width}) {
				return
			}
			at += width
		}
	}
}

// unescaped is the first letter of a text, and how long it is there.
func unescaped(text string) (r rune, width int) {
	switch {
	case text[0] == '%' && len(text) > 2:
		var encoded []byte
		for i := 0; i+2 < len(text) && text[i] == '%' && len(encoded) < utf8.UTFMax; i += 3 {
			n, err := strconv.ParseUint(text[i+1:i+3], 16, 8)
			if err != nil {
				break
			}
			encoded = append(encoded, byte(n))
			if utf8.FullRune(encoded) {
				break
			}
		}
		if r, size := utf8.DecodeRune(encoded); r != utf8.RuneError {
			return r, 3 * size
		}
	case text[0] == '\\' && len(text) > 5 && text[1] == 'u':
		if n, err := strconv.ParseUint(text[2:6], 16, 16); err == nil {
			return rune(n), 6
		}
	case text[0] == '\\' && len(text) > 1 && strings.IndexByte("nrt", text[1]) >= 0:
		return ' ', 2
	}
	return utf8.DecodeRuneInString(text)
}

func isSignificant(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// cutWhole marks where a short text stands as a whole, between other words.
func cutWhole(letters, short []letter, cut []bool) bool {
	byChance := 6 // letters, which an ordinary word may be; not with digits among them
	if mixed(short) {
		byChance = 3
	}
	found := false
	for i := 0; len(short) >= byChance && i+len(short) <= len(letters); i++ {
		n := 0
		for n < len(short) && letters[i+n].r == short[n].r {
			n++
		}
		last := i + n - 1
		if n < len(short) || i > 0 && letters[i-1].end == letters[i].at || last+1 < len(letters) && letters[last+1].at == letters[last].end {
			continue
		}
		for j := i; j <= last; j++ {
			cut[j], found = true, true
		}
	}
	return found
}

// mixed tells letters and digits together, as in "max 20".
func mixed(letters []letter) bool {
	isDigit := func(l letter) bool { return unicode.IsDigit(l.r) }
	isLetter := func(l letter) bool { return unicode.IsLetter(l.r) }
	return slices.ContainsFunc(letters, isDigit) && slices.ContainsFunc(letters, isLetter)
}

// gramsOf lists where each row of letters of the length of an echo begins, by its hash.
func gramsOf(letters []letter) map[uint64][]int {
	grams := make(map[uint64][]int, len(letters))
	w := newWindow()
	for i, l := range letters {
		if w.add(l.r) {
			grams[w.hash] = append(grams[w.hash], i+1-echoed)
		}
	}
	return grams
}

// cutParts marks what is a part of a longer text.
func cutParts(grams map[uint64][]int, words string, cut []bool) bool {
	found := false
	w := newWindow()
	for l := range lettersOf(words[:min(len(words), longestText)]) {
		if !w.add(l.r) {
			continue
		}
		for _, at := range grams[w.hash] {
			for i := at; i < at+echoed; i++ {
				cut[i], found = true, true
			}
		}
		delete(grams, w.hash) // marked for good: a text that repeats itself costs no more
	}
	return found
}

// window is a rolling hash over the last letters of a text.
type window struct {
	last    [echoed]uint64
	n       int
	hash    uint64
	leaving uint64 // weight of the letter that leaves
}

// prime is that of FNV.
const prime uint64 = 1_099_511_628_211

func newWindow() window {
	w := window{leaving: 1}
	for range echoed {
		w.leaving *= prime
	}
	return w
}

// add takes a letter in, and tells whether the window is full.
func (w *window) add(r rune) bool {
	in, out := uint64(uint32(r)), w.last[w.n%echoed] //nolint:gosec // a letter is no negative number
	w.last[w.n%echoed] = in
	w.n++
	w.hash = w.hash*prime + in - out*w.leaving
	return w.n >= echoed
}
