package present

import (
	"bytes"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// cookiesEnd returns where the line of a Cookie header ends whose first cookie begins at start, or 0 if none does.
func cookiesEnd(text []byte, start, level int) int {
	i := start
	for i < len(text) && i-start < headOfValue && (isAlnum(text[i]) || strings.IndexByte("-_.", text[i]) >= 0) {
		i++
	}
	if i == start || i == len(text) || text[i] != '=' {
		return 0
	}
	for i < len(text) {
		c, width, depth := character(text, i)
		if depth <= level && (c < ' ' || strings.IndexByte("\"'<>`\\|", c) >= 0) {
			break
		}
		i += width
	}
	return i
}

// isCookieHeader tells a Cookie header from a recipe ("cookie: flour=200g"): by its capital where a line begins, else by
// what it holds.
func isCookieHeader(text []byte, colon int, name, cookies []byte) bool {
	start := colon - len(name)
	begins := start <= 0 || strings.IndexByte("\n\r\\\"'`{[(;-", text[start-1]) >= 0
	if len(name) > 0 && (name[0] == 'C' || name[0] == 'S') && begins || len(name) > len("cookies") {
		return true
	}
	first, _, _ := bytes.Cut(cookies, []byte("="))
	return looks.SecretParameter(first) != looks.Open || hasRandomRun(cookies[:min(len(cookies), 4*headOfValue)])
}
