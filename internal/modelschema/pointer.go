package modelschema

import (
	"strings"

	"mcp-taskdetails/internal/rawjson"
)

// tokens splits an RFC 6901 pointer.
func tokens(pointer string) []string {
	if pointer == "" {
		return nil
	}
	all := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, t := range all {
		all[i] = strings.ReplaceAll(strings.ReplaceAll(t, "~1", "/"), "~0", "~")
	}
	return all
}

func pointer(tokens []string) string {
	p := ""
	for _, t := range tokens {
		p = rawjson.Pointer(p, t)
	}
	return p
}
