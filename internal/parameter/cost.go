package parameter

import (
	"strconv"
	"strings"
)

// Costs tells the members of which more costs more. Source: the pricing that Runware's models publish, by duration,
// results, steps and resolution.
func Costs(name string) bool {
	switch Fold(name) {
	case "numberresults", "steps", "duration", "resolution", "width", "height", "upscalefactor", "fps", "numframes", "maxtokens":
		return true
	default:
		return false
	}
}

// Counts tells the members of them that are whole numbers.
func Counts(name string) bool {
	switch Fold(name) {
	case "duration", "upscalefactor", "resolution", "fps":
		return false
	default:
		return Costs(name)
	}
}

// Raises tells whether a value is likely to cost more than another one at the same member: a larger number at one that is
// paid for, a size of more pixels, a higher tier, sound that was off.
func Raises(name, from, to string) bool {
	before, after := pixels(from), pixels(to)
	switch {
	case before > 0 && after > 0:
		return after > before
	case Costs(name):
		a, errA := strconv.ParseFloat(from, 64)
		b, errB := strconv.ParseFloat(to, 64)
		return errA == nil && errB == nil && b > a
	case strings.Contains(Fold(name), "audio") || strings.Contains(Fold(name), "sound"):
		return from == "false" && to == "true"
	default:
		return tier(to) > tier(from)
	}
}

// pixels is how many a resolution or a size has, about: 480p, 2k, 512px, 1024x768. 0 for what is neither.
func pixels(text string) int {
	if w, h, ok := ParseSize(text); ok {
		return w * h
	}
	lower := strings.ToLower(strings.TrimSpace(text))
	number := strings.TrimRight(lower, "abcdefghijklmnopqrstuvwxyz")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > 100_000 {
		return 0
	}
	switch lower[len(number):] {
	case "p":
		return n * n * 16 / 9
	case "k":
		return n * n * 1024 * 1024 / 2
	case "px":
		return n * n
	}
	return 0
}

// tier is the rank of the words with which services name what is better and dearer; what is none of them is in the middle.
func tier(value string) int {
	switch Fold(value) {
	case "low", "draft", "minimal", "none", "off", "flex", "batch", "economy":
		return 1
	case "high", "hd", "pro", "professional", "priority", "premium", "quality":
		return 3
	case "max", "ultra", "uhd", "xhigh", "highest":
		return 4
	default:
		return 2
	}
}
