package mend

import (
	"strconv"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// fitsMedium tells that a value is not seen to be of another medium than a member says by its name.
func fitsMedium(name string, value any) bool {
	text, isText := value.(string)
	if !isText || !looks.IsMedium(name) {
		return true
	}
	if kind, _, ok := looks.CutDataURI(text); ok {
		return strings.HasPrefix(kind, name+"/")
	}
	medium, _ := looks.MediumOf(text)
	return medium == "" || medium == name
}

// material counts what the user made in a value: files, prompts, texts. Whether a string is one its member's name says.
func material(at []string, value any) int {
	name := ""
	for _, step := range at {
		if _, err := strconv.Atoi(step); err != nil {
			name = step
		}
	}
	switch v := value.(type) {
	case string:
		if v != "" && (isMaterial(name) || bare(name) && looks.IsAddress(v)) {
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

// sources counts what something can be made of: a task without any is none, whatever its schema says. What is not wanted
// is no source.
func sources(at []string, value any) int {
	object, isObject := value.(map[string]any)
	if !isObject {
		return material(at, value)
	}
	n := 0
	for name, inner := range object {
		if !strings.HasPrefix(fold(name), "negative") {
			n += sources([]string{name}, inner)
		}
	}
	return n
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
