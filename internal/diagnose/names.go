package diagnose

import (
	_ "embed" // for the vocabulary
	"slices"
	"strings"
	"sync"
	"unicode"
)

// parameters.txt lists the parameter names of Runware's tasks, so that a message may name one that the request lacks.
//
//go:embed parameters.txt
var parametersText string

//nolint:gochecknoglobals // parsed once, on first use, then never written
var vocabulary = sync.OnceValue(func() map[string]string {
	names := make(map[string]string, 256)
	for line := range strings.Lines(parametersText) {
		line, _, _ = strings.Cut(line, "#")
		for name := range strings.FieldsSeq(line) {
			names[foldName(name)] = name
		}
	}
	return names
})

// aliases are other words for a parameter that Runware's messages use.
func alias(folded string) string {
	switch folded {
	case "gscale", "guidancescale", "cfg", "guidance":
		return "CFGScale"
	case "prompt", "prompttext", "textprompt", "inputtext":
		return "positivePrompt"
	case "n", "numimages", "numresults", "numoutputs", "samplecount", "numberofimages", "numberofvideos":
		return "numberResults"
	case "framerate", "framespersecond":
		return "fps"
	case "targetfacecount", "facecount":
		return "faces"
	case "seconds", "videolength", "lengthseconds", "durationseconds", "videoduration":
		return "duration"
	case "numinferencesteps", "inferencesteps", "numsteps":
		return "steps"
	case "negativeprompttext":
		return "negativePrompt"
	case "sampler":
		return "scheduler"
	case "imagewidth", "videowidth":
		return "width"
	case "imageheight", "videoheight":
		return "height"
	case "size", "dimensions":
		return "width/height"
	default:
		return ""
	}
}

// foldName makes names comparable that differ in letter case or in their separators: negative_prompt, negativePrompt.
func foldName(name string) string {
	clean := true
	for i := range len(name) {
		if c := name[i]; c >= 'A' && c <= 'Z' || c == '_' || c == '-' || c == ' ' || c >= 0x80 {
			clean = false
			break
		}
	}
	if clean {
		return name
	}
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// looksLikeName tells an identifier in a message from an ordinary word: it has an inner capital, a separator or an index.
func looksLikeName(s string) bool {
	if !validName(s) {
		return false
	}
	if strings.ContainsAny(s, "_[/") || strings.ContainsRune(s, '.') {
		return true
	}
	for i, r := range s {
		if i > 0 && r >= 'A' && r <= 'Z' && s[i-1] >= 'a' && s[i-1] <= 'z' {
			return true
		}
	}
	return strings.HasPrefix(s, "CFG")
}

// maxName bounds what is taken for a parameter's name, so that no prose passes for one.
const (
	maxName      = 100
	maxNameWords = 4 // of one step: alpha_matting_foreground_threshold
)

// validName tells whether s could be a dotted path of a parameter, a pair, or an indexed one.
func validName(s string) bool {
	if s == "" || len(s) > maxName || givesOrders(s) || strings.HasPrefix(s, "__") {
		return false
	}
	for step := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '.' || r == '/' || r == '[' }) {
		if countWords(step) > maxNameWords {
			return false
		}
	}
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		case r == '_', r == '.', r == '[', r == ']', r == '/', r == '-', r == '*', r == '$':
		default:
			return false
		}
	}
	first := s[0]
	return first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z' || first == '_'
}

// readNames collects the parameters that a message names: next to the word parameter, as the subject of a sentence,
// after "missing", and, failing these, anything in quotes that is a known name.
func (c *claims) readNames(tokens []token, taken []bool, known func(string) bool) {
	add := func(t token) bool {
		if !validName(t.text) || isNameNoun(t.lower) && !t.quote {
			return false
		}
		// A quoted identifier next to the word parameter is one; a bare word must be known or look like one.
		if !t.quote && !known(t.text) && !looksLikeName(t.text) {
			return false
		}
		for _, have := range c.names {
			if foldName(have) == foldName(t.text) {
				return true
			}
		}
		c.names = append(c.names, t.text)
		return true
	}
	for i, t := range tokens {
		if taken[i] || t.kind != word && t.kind != quoted {
			continue
		}
		switch {
		case isNameNoun(t.lower) && !t.quote:
			c.besideNoun(tokens, taken, i, add)
		case t.lower == "missing" || t.lower == "either" || t.lower == "provide" || t.lower == "of" || t.lower == "for" || t.lower == "by" || t.lower == "with":
			for j := i + 1; j < len(tokens) && j <= i+2; j++ {
				if tokens[j].quote && !taken[j] || looksLikeName(tokens[j].text) {
					add(tokens[j])
					break
				}
			}
		case i == 0 || tokens[i-1].text == ".":
			// The subject of a sentence: `positivePrompt must be …`, 'seed' is out of range.
			if known(t.text) && t.quote || looksLikeName(t.text) && t.quote || known(t.text) && (looksLikeName(t.text) || followedByVerb(tokens, i)) {
				add(t)
			}
		case t.quote && (followedByVerb(tokens, i) || joined(tokens, i)) || looksLikeName(t.text) && known(t.text):
			add(t)
		case known(t.text) && joined(tokens, i) && (tokens[i-1].lower == "either" || tokens[i-1].lower == "both" || tokens[i+1].lower == "and" || tokens[i-1].lower == "and"):
			add(t)
		}
	}
	c.quotedFirst(tokens)
	if len(c.names) > 0 {
		return
	}
	for i, t := range tokens {
		if t.quote && !taken[i] && (t.kind == quoted || t.kind == word) && known(t.text) {
			add(t)
		}
	}
	if len(c.names) == 0 {
		c.spelledOut(tokens, taken, known)
	}
}

// quotedFirst leaves bare names out where others stand in quotes: who quotes a name speaks of it.
func (c *claims) quotedFirst(tokens []token) {
	quotes := map[string]bool{}
	for _, t := range tokens {
		if t.quote {
			quotes[t.text] = true
		}
	}
	if c.says(saysConflict) || c.says(saysMissing) {
		return
	}
	if own := slices.DeleteFunc(slices.Clone(c.names), func(name string) bool { return !quotes[name] }); len(own) > 0 {
		c.names = own
	}
}

// maxSpelled is how many words a name may be spelled out in.
const maxSpelled = 4

// spelledOut finds a name that is written as words: "the mask margin must be …" speaks of maskMargin.
func (c *claims) spelledOut(tokens []token, taken []bool, known func(string) bool) {
	for i := range tokens {
		for n := min(maxSpelled, len(tokens)-i); n >= 1; n-- {
			name := ""
			for _, t := range tokens[i : i+n] {
				if t.kind != word || t.quote || !isLetters(t.lower) {
					name = ""
					break
				}
				name += t.lower
			}
			beforeNoun := i+1 < len(tokens) && isNameNoun(tokens[i+1].lower)
			plainWord := n == 1 && !followedByVerb(tokens, i) && !beforeNoun
			if name == "" || name == "apikey" || taken[i] || plainWord || !known(name) {
				continue
			}
			c.names, c.spelled = append(c.names, name), true
			return
		}
	}
}

func isLetters(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// besideNoun reads the names next to the word parameter: 'X' parameter, parameter 'X', Parameters 'A', 'B' and 'C'.
func (c *claims) besideNoun(tokens []token, taken []bool, i int, add func(token) bool) {
	if i > 0 && !taken[i-1] && (tokens[i-1].kind == word || tokens[i-1].kind == quoted) {
		before := tokens[i-1]
		if i > 1 && !before.quote && tokens[i-2].kind == word && vocabulary()[tokens[i-2].lower+before.lower] != "" {
			before.text = vocabulary()[tokens[i-2].lower+before.lower] // "the positive prompt field"
		}
		add(before)
	}
	for j := i + 1; j < len(tokens) && j < i+12; j++ {
		switch t := tokens[j]; {
		case t.text == ":" || t.text == "," || t.lower == "and" || t.lower == "or" || isNameNoun(t.lower) || t.lower == "the":
		case (t.kind == word || t.kind == quoted) && !taken[j]:
			if !add(t) {
				return
			}
		default:
			return
		}
	}
}

func isNameNoun(w string) bool {
	switch w {
	case "parameter", "parameters", "field", "fields", "property", "properties", "argument", "arguments", "attribute", "attributes", "key", "keys", "input", "setting", "param", "params":
		return true
	default:
		return false
	}
}

func followedByVerb(tokens []token, i int) bool {
	if i+1 >= len(tokens) {
		return false
	}
	switch tokens[i+1].lower {
	case "must", "should", "is", "are", "cannot", "can", "has", "have", "needs", "requires", "value", "exceeds", "accepts", "does", "may", "contains":
		return true
	default:
		return false
	}
}

// joined tells whether a token stands in "A and B", "either A or B", "A, B".
func joined(tokens []token, i int) bool {
	if i == 0 || i+1 >= len(tokens) {
		return false
	}
	for _, t := range []token{tokens[i-1], tokens[i+1]} {
		switch t.lower {
		case "and", "or", "either", "both", "with", ",":
			return true
		}
	}
	return false
}
