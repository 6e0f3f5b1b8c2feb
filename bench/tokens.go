package main

import "unicode"

// tokens estimates what a text costs in a context. Tokenizers first cut a text into runs of letters (at each change to
// upper case as well), of digits and of punctuation, and then know common ones whole. Counting runs, long ones by the
// piece, comes within -3 and +9 % of o200k_base on every answer to a recorded task and on tools/list; four bytes a token,
// as is often said, is 27 % too little for a report full of ids and digits.
func tokens(text string) int {
	const letter, digit, punctuation, other = 8, 3, 4, 1 // which are also how many of them a token holds
	count, run, kind := 0, 0, 0
	var last rune
	for _, r := range text {
		next := punctuation
		switch {
		case r > unicode.MaxASCII:
			next = other
		case unicode.IsLetter(r):
			next = letter
		case unicode.IsDigit(r):
			next = digit
		case r == ' ': // goes with the word behind it
			next = 0
		}
		if next != kind || next == letter && unicode.IsUpper(r) && unicode.IsLower(last) {
			count += pieces(run, kind)
			run, kind = 0, next
		}
		run++
		last = r
	}
	return count + pieces(run, kind)
}

func pieces(run, size int) int {
	if size == 0 {
		return 0
	}
	return (run + size - 1) / size
}
