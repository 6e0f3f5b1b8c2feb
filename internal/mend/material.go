package mend

import (
	"strconv"
	"strings"
)

// material counts what the user made in a value: files, prompts, texts. Whether a string is one its member's name says.
func material(path []string, value any) int {
	name := ""
	for _, step := range path {
		if _, err := strconv.Atoi(step); err != nil {
			name = step
		}
	}
	switch v := value.(type) {
	case string:
		if v != "" && isMaterial(name) {
			return 1
		}
	case []any:
		n := 0
		for _, item := range v {
			n += material([]string{name}, item)
		}
		return n
	case map[string]any:
		n := 0
		for member, inner := range v {
			n += material([]string{member}, inner)
		}
		return n
	}
	return 0
}

func isMaterial(name string) bool {
	folded := strings.TrimSuffix(fold(name), "s")
	for _, end := range []string{"image", "video", "audio", "mask", "prompt", "text", "lyric", "media", "document", "file", "content", "mesh"} {
		if strings.HasSuffix(folded, end) {
			return true
		}
	}
	return folded == "message" || folded == "input" || folded == "reference"
}
