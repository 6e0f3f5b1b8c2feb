package message

import (
	"strings"
)

// Stance is a set of statements that the words of a message make.
type Stance uint32

// The stances. A message takes every one of which it has a word.
const (
	SaysConflict Stance = 1 << iota
	SaysMissing
	SaysUnsupportedName
	SaysUnsupportedValue
	SaysUnreadable    // media that could not be fetched or read
	SaysMediaProperty // a property of the file, which no parameter sets
	SaysCount
	SaysFormat       // asks for a form that the grammar does not know in full
	SaysEmpty        // must not be empty
	SaysOfValue      // this very value is not supported: another may be
	SaysAlternatives // either, one of
	SaysTogether     // is accepted only beside another parameter
	SaysInstead      // names what to use instead
	SaysBroke        // something broke, or came to nothing, where the task ran
	SaysRefused      // an input was refused, in words too general to tell which
	SaysWrongSize    // too large, too small, …
	SaysFloat        // a float, by Runware's word
	SaysPixels
	SaysTwice    // something stands in the request more than once
	SaysNoWait   // does not help
	SaysInvoice  // asks for a paid invoice
	SaysTryAgain // sending it again may help
	SaysHedged   // a part of it is no rule: denied, in doubt, an example, of something else
)

// stanceOf resolves the meanings of stances.txt. SaysOfValue and SaysHedged have no rows: they are read off the sentence.
func stanceOf(meaning string) (Stance, bool) {
	switch meaning {
	case "conflict":
		return SaysConflict, true
	case "missing":
		return SaysMissing, true
	case "unsupported-name":
		return SaysUnsupportedName, true
	case "unsupported-value":
		return SaysUnsupportedValue, true
	case "unreadable":
		return SaysUnreadable, true
	case "media-property":
		return SaysMediaProperty, true
	case "count":
		return SaysCount, true
	case "format":
		return SaysFormat, true
	case "empty":
		return SaysEmpty, true
	case "alternatives":
		return SaysAlternatives, true
	case "together":
		return SaysTogether, true
	case "instead":
		return SaysInstead, true
	case "broke":
		return SaysBroke, true
	case "refused":
		return SaysRefused, true
	case "wrong-size":
		return SaysWrongSize, true
	case "float":
		return SaysFloat, true
	case "pixels":
		return SaysPixels, true
	case "twice":
		return SaysTwice, true
	case "no-wait":
		return SaysNoWait, true
	case "invoice":
		return SaysInvoice, true
	case "try-again":
		return SaysTryAgain, true
	default:
		return 0, false
	}
}

// stanceRow is a row of stances.txt.
type stanceRow struct {
	stance Stance
	stems  stems
}

func (t *tables) addStance(r row) error {
	s, stems, err := meant(t, r, stanceOf, "stance")
	if err == nil {
		t.stances = append(t.stances, stanceRow{s, stems})
	}
	return err
}

func (t *tables) stancesIn(lower string) Stance {
	var all Stance
	in := textOf(lower)
	for _, row := range t.stances {
		if all&row.stance == 0 && row.stems.in(&in, anywhere) {
			all |= row.stance
		}
	}
	if complainsOfValue(lower) {
		all |= SaysOfValue
	}
	return all
}

// complainsOfValue tells "this duration is not supported" (another value may be) from "this parameter is not
// supported" (none is): a determiner before anything but the word parameter speaks of what was sent.
func complainsOfValue(lower string) bool {
	denial := ""
	for _, d := range [...]string{"not supported", "not available", "not allowed", "not accepted", "not permitted"} {
		if strings.Contains(lower, d) {
			denial = d
			break
		}
	}
	if denial == "" {
		return strings.Contains(lower, "combination") || strings.Contains(lower, "unsupported value")
	}
	for _, head := range [...]string{"the specified ", "the requested ", "the provided ", "the given ", "the selected ", "the chosen ", "this ", "the value", "value "} {
		for rest := lower; ; {
			at := strings.Index(rest, head)
			if at < 0 {
				break
			}
			rest = rest[at+len(head):]
			subject, _, found := strings.Cut(rest, denial)
			if !found || strings.ContainsAny(subject, ".;!") || len(subject) > 48 {
				continue
			}
			noun, _, _ := strings.Cut(strings.TrimSpace(subject), " ")
			if !isNameNoun(noun) && noun != "model" && noun != "option" && noun != "feature" {
				return true
			}
		}
	}
	return strings.Contains(lower, "combination")
}
