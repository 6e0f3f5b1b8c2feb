package mend

import (
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/parameter"
)

// onGuard tells whether a path leads to or through a guarded member. The model is one: another model is another task.
func onGuard(path []string) bool {
	return slices.ContainsFunc(path, parameter.Guarded) || len(path) == 1 && path[0] == "model"
}

// holdsAny tells whether a value, or a member anywhere in it, is one of those.
func holdsAny(value any, is func(name string, value any) bool) bool {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if is(name, member) || holdsAny(member, is) {
				return true
			}
		}
	case []any:
		for _, item := range v {
			if holdsAny(item, is) {
				return true
			}
		}
	}
	return false
}

// mayMove tells whether a member may stand elsewhere.
func mayMove(path []string, value any) bool {
	return !onGuard(path) && !holdsAny(value, func(name string, _ any) bool { return parameter.Guarded(name) })
}

// mayRemove tells whether a member may go.
func mayRemove(path []string, value any) bool {
	return !slices.ContainsFunc(path, parameter.Safeguards) && mayMove(path, value) && !holdsAny(value, func(name string, _ any) bool { return parameter.Safeguards(name) })
}

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
	for _, end := range []string{"image", "video", "audio", "mask", "prompt", "text", "lyric", "media", "document", "file", "content", "mesh", "lyrics"} {
		if strings.HasSuffix(folded, end) {
			return true
		}
	}
	return folded == "message" || folded == "input" || folded == "reference"
}
