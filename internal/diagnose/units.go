package diagnose

import (
	"strings"
)

// unit is what the numbers of a rule count.
type unit uint8

const (
	unitNone unit = iota // not said: the value decides
	unitCharacters
	unitItems
	unitBytes
	unitArea // total pixels, or width × height
	unitRatio
	unitOther // tokens, words, retries: nothing that a value here is measured in
)

func isModal(w string) bool {
	switch w {
	case "must", "should", "shall", "needs", "need", "has", "have", "expected", "required", "requires", "require", "be", "allowed":
		return true
	default:
		return false
	}
}

// unitBefore reads the unit that stands before its numbers: "a length between 2 and 3000", "number of elements".
func unitBefore(w string) unit {
	switch w {
	case "length", "chars", "characters", "character", "long":
		return unitCharacters
	case "elements", "items", "contain", "contains", "entries", "number", "count":
		return unitItems
	case "area", "pixels", "resolution":
		return unitArea
	case "ratio":
		return unitRatio
	default:
		return unitNone
	}
}

// unitAfter reads the unit that follows its number.
func unitAfter(w string) (unit, bool) {
	switch w {
	case "character", "characters", "char", "chars", "letters", "symbols":
		return unitCharacters, true
	case "item", "items", "element", "elements", "entry", "entries", "image", "images", "videos", "audios", "files", "models", "references", "objects", "frames", "numbers", "values", "strings", "prompts", "messages", "channels", "tags":
		return unitItems, true
	case "byte", "bytes", "kb", "mb", "gb", "kib", "mib", "megabytes", "kilobytes":
		return unitBytes, true
	case "token", "tokens", "word", "words", "time", "times", "retry", "retries", "attempt", "attempts", "tries", "minute", "minutes", "hour", "hours", "day", "days", "thousand", "million",
		"megapixel", "megapixels", "mp", "request", "requests", "task", "tasks", "job", "jobs", "dollar", "dollars", "credit", "credits", "sentence", "sentences", "line", "lines", "page", "pages", "decimal", "decimals", "user", "users":
		return unitOther, true
	case "second", "seconds", "sec", "s", "ms", "px", "percent", "%", "steps", "fps", "pixel", "pixels":
		return unitNone, true
	default:
		return unitNone, false
	}
}

// isQualifier tells the words that make more of a rule than its numbers say.
func isQualifier(w string) bool {
	if len(w) > 1 && w[0] >= '0' && w[0] <= '9' && strings.ContainsRune(w, 'n') && (len(w) == 2 || strings.ContainsRune(w, '+')) {
		return true // 8n+1
	}
	switch w {
	case "odd", "power", "powers", "sum", "product", "combined", "exclusive", "exclusively", "decimal", "decimals", "when", "if", "unless", "depending", "longest", "longer", "shortest", "shorter", "except", "exclude", "excluding", "plus", "form", "respectively", "total":
		return true
	default:
		return false
	}
}
