package apikey

import (
	"regexp"
	"strings"
)

// form is a way to write what stands for a value, with the words that name it.
type form struct{ name, pattern string }

// variables are the forms of hosts, shells, templates and documentation that show by their signs.
func variables() []form {
	return []form{
		{"`${NAME}`", `\$\{.*\}`},
		{"`$env:NAME`", `(?i)\$env:\w+`},
		{"`$NAME`", `\$[A-Za-z_]\w*`},
		{"`$(command)`", `\$\(.*\)`},
		{"`%NAME%`", `%\w+%`},
		{"`{{NAME}}`", `\{\{.*\}\}`},
		{"`{env:NAME}`", `\{[^{}"]*\}`},
		{"`<NAME>`", `<.*>`},
		{"`[NAME]`", `\[[A-Za-z_ -]*\]`},
		{"`process.env.NAME`", `(?:process|import\.meta)\.env\.\w+`},
	}
}

// words are what is written where a key is still to come.
func words() []form {
	return []form{
		{"`YOUR_KEY`", `(?i)(?:your|my|insert|enter|paste|put|add|replace|the)[a-z_ .-]*(?:key|token|secret|value|here)[a-z_ .-]*`},
		{"`RUNWARE_API_KEY`", `(?i)(?:runware[_ -]?)?(?:api[_ -]?)?(?:key|token|secret)`},
		{"`null`", `(?i)null|none|nil|undefined|unset|not[_ -]?set|empty|todo|tbd|n/a|change[_ -]?me|placeholder|example|dummy|true|false`},
		{"`xxx`", `[xX]+|[*•.…_-]+`},
		{"`op://vault/item`", `\w+://\S+`}, // a reference that some programs resolve, or a URL in the wrong place
	}
}

// Placeholder tells whether a value as a whole stands for a key, and in which form.
func Placeholder(value string) (name string, ok bool) {
	if name, ok = Variable(value); ok {
		return name, ok
	}
	return match(words(), value)
}

// Variable tells whether a value as a whole is a variable, and in which form.
func Variable(value string) (name string, ok bool) { return match(variables(), value) }

func match(forms []form, value string) (name string, ok bool) {
	for _, f := range forms {
		if regexp.MustCompile(`^(?:` + f.pattern + `)$`).MatchString(value) {
			return f.name, true
		}
	}
	return "", false
}

// HoldsVariable tells whether a part of a path or a URL is a variable that nobody replaced.
func HoldsVariable(value string) bool {
	return strings.Contains(value, "${") || strings.Contains(value, "{{") ||
		regexp.MustCompile(`(?i)\$env:\w|\{env:|\$[A-Z_]\w|%[A-Z_]*[G-Z_][A-Z_]*%|<[^>]*>`).MatchString(value)
}
