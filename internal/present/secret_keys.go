package present

import (
	"bytes"
	"encoding/base64"
	"slices"
)

// minKey is the length below which a configured key is not looked for: it would tear up ordinary words.
const minKey = 6

// needle is one key and the base64 of it at each of the three alignments.
type needle struct {
	key     []byte
	encoded [3][]byte
}

// with returns a masker that looks for one more key.
func (m masker) with(key []byte) masker {
	if len(key) < minKey || slices.ContainsFunc(m.keys, func(n needle) bool { return bytes.Equal(n.key, key) }) {
		return m
	}
	n := needle{key: key}
	for shift := range n.encoded {
		text := append(make([]byte, shift), key...)
		whole := base64.RawStdEncoding.EncodeToString(text)
		// The characters at both ends also hold bits of the neighbours.
		first, last := (shift*8+5)/6, len(text)*8/6
		n.encoded[shift] = []byte(whole[first:last])
	}
	m.keys = append(slices.Clip(m.keys), n)
	return m
}

// own finds the keys themselves: as they are, in base64, and with any characters escaped for a URL or for JSON in a string.
func (m masker) own(spans []span, text []byte) []span {
	if len(m.keys)+len(m.recorded) == 0 || len(text) < minKey {
		return spans
	}
	spans = m.torn(spans, text)
	escapes := bytes.IndexByte(text, '%') >= 0 || bytes.IndexByte(text, '\\') >= 0
	for _, n := range m.keys {
		for _, encoded := range n.encoded {
			spans = occurrences(spans, text, encoded)
		}
		spans = spelled(spans, text, n.key, escapes)
	}
	for i, key := range m.recorded {
		if len(key) < shortRecorded {
			spans = words(spans, text, key)
			continue
		}
		spans = occurrences(spans, text, key)
		if escapes && i < maxSpelled {
			spans = spelled(spans, text, key, escapes)
		}
	}
	return spans
}

// maxSpelled is how many recorded keys are also looked for with escapes in them, which takes a pass each.
const maxSpelled = 8

// spelled finds a key in either letter case and with any of its characters escaped.
func spelled(spans []span, text, key []byte, escapes bool) []span {
	first := fold(key[0])
	for i := 0; i < len(text); i++ {
		if fold(text[i]) != first && (!escapes || text[i] != '%' && text[i] != '\\') {
			continue
		}
		if end := matchEscaped(text, i, key); end > 0 {
			spans = append(spans, span{i, end})
			i = end - 1
		}
	}
	return spans
}

func fold(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// torn finds the ends of a key that somebody cut in the middle: abcdef…, abcdef***wxyz, abcdef...
func (m masker) torn(spans []span, text []byte) []span {
	const most = 16
	if !hasEllipsis(text) {
		return spans
	}
	at := 0
	for range most {
		start, end := ellipsis(text, at)
		if end == 0 {
			break
		}
		head, tail := 0, 0
		for _, n := range m.keys {
			head, tail = max(head, beginning(text[:start], n.key)), max(tail, ending(text[end:], n.key))
		}
		for _, key := range m.recorded {
			head, tail = max(head, beginning(text[:start], key)), max(tail, ending(text[end:], key))
		}
		if head > 0 {
			spans = append(spans, span{start - head, start})
		}
		if tail > 0 {
			spans = append(spans, span{end, end + tail})
		}
		at = end
	}
	return spans
}

// hasEllipsis says cheaply that ellipsis will find nothing.
func hasEllipsis(text []byte) bool {
	return bytes.IndexByte(text, 0xE2) >= 0 || bytes.Contains(text, []byte("...")) || bytes.Contains(text, []byte("**"))
}

// ellipsis returns where the next marks that stand for a part left out begin and end; end is 0 if none do.
func ellipsis(text []byte, from int) (start, end int) {
	for i := from; i < len(text); i++ {
		switch c := text[i]; c {
		case '.', '*':
			n := i + 1
			for n < len(text) && text[n] == c {
				n++
			}
			if n-i >= 3 || c == '*' && n-i == 2 {
				return i, n
			}
			i = n - 1
		case 0xE2:
			n := i
			for bytes.HasPrefix(text[n:], []byte("…")) || bytes.HasPrefix(text[n:], []byte("•")) || bytes.HasPrefix(text[n:], []byte("●")) {
				n += len("…")
			}
			if n > i {
				return i, n
			}
		}
	}
	return 0, 0
}

// beginning returns the length of the longest beginning of key that text ends with, if it is long enough to tell.
func beginning(text, key []byte) int {
	for n := min(len(text), len(key)-1); n >= minKey; n-- {
		if bytes.HasSuffix(text, key[:n]) {
			return n
		}
	}
	return 0
}

// ending returns the length of the longest end of key that text begins with, if it is long enough to tell. Next to the
// marks of something left out a few characters are.
func ending(text, key []byte) int {
	const least = 4
	for n := min(len(text), len(key)-1); n >= least; n-- {
		if bytes.HasPrefix(text, key[len(key)-n:]) {
			return n
		}
	}
	return 0
}

// words is occurrences of what is no part of a longer word.
func words(spans []span, text, what []byte) []span {
	first := len(spans)
	spans = occurrences(spans, text, what)
	kept := spans[:first]
	for _, s := range spans[first:] {
		if (s.start == 0 || !isAlnum(text[s.start-1])) && (s.end == len(text) || !isAlnum(text[s.end])) {
			kept = append(kept, s)
		}
	}
	return kept
}

func occurrences(spans []span, text, what []byte) []span {
	for from := 0; len(what) > 0; {
		at := bytes.Index(text[from:], what)
		if at < 0 {
			break
		}
		spans = append(spans, span{from + at, from + at + len(what)})
		from += at + len(what)
	}
	return spans
}
