package message

import (
	"slices"
	"strings"
)

// Frames lists the frames of a video that a text speaks of, in Runware's words for them: first, last.
func Frames(text string) []string {
	var all []string
	before := ""
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if frame := FrameOf(before); frame != "" && (word == "frame" || word == "image") && !slices.Contains(all, frame) {
			all = append(all, frame)
		}
		before = word
	}
	return all
}

// FrameCalled is the frame that a provider's name for a parameter means: last for image_tail and lastFrameImage; "" for any other.
func FrameCalled(name string) string {
	frame, picture := "", false
	for part := range strings.FieldsSeq(spelledOut(name)) {
		part = strings.ToLower(part)
		picture = picture || part == "frame" || part == "image" || part == "img"
		if of := FrameOf(part); of != "" {
			frame = of
		}
	}
	if !picture {
		return ""
	}
	return frame
}

// FrameOf is Runware's word for a frame that others call something else; "" for a word that is none.
func FrameOf(word string) string {
	switch word {
	case "first", "start", "starting", "initial", "head":
		return "first"
	case "last", "end", "ending", "final", "tail":
		return "last"
	default:
		return ""
	}
}
