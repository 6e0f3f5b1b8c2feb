package parameter

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
)

// InCode is the parameter that a code is made of: invalidCfgScale speaks of CFGScale.
func InCode(code string) string {
	if rest, ok := strings.CutSuffix(code, "Exceeded"); ok {
		code = strings.TrimPrefix(rest, "max")
	}
	for _, prefix := range [...]string{"unsupportedArchitecture", "unsupported", "invalid", "missing", "conflict", "unknown", "required"} {
		if rest, ok := strings.CutPrefix(code, prefix); ok && rest != "" {
			code = rest
			break
		}
	}
	for _, suffix := range [...]string{"NotFound", "Unavailable", "Disabled", "NotReady", "Count", "Length", "Format", "Type", "Value", "Exceeded", "TooLong", "TooLarge", "TooShort", "TooSmall"} {
		if rest, ok := strings.CutSuffix(code, suffix); ok && Vocabulary()[Fold(code)] == "" {
			code = rest
			break
		}
	}
	if !Valid(code) {
		return ""
	}
	if name := Vocabulary()[Fold(code)]; name != "" {
		return name
	}
	return strings.ToLower(code[:1]) + code[1:]
}

// parameters.txt lists the parameter names of Runware's tasks, so that a message may name one that the request lacks.
//
//go:embed parameters.txt
var parametersText string

// Vocabulary maps each known parameter's folded name to the name as Runware spells it.
//
//nolint:gochecknoglobals // parsed once, on first use, then never written
var Vocabulary = sync.OnceValue(func() map[string]string {
	names := make(map[string]string, 256)
	for name := range listed(parametersText) {
		names[fold(name)] = name
	}
	return names
})

// listed are the names of a text, between blanks, but for what stands behind a # on its line.
func listed(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line, _, _ = strings.Cut(line, "#")
			for name := range strings.FieldsSeq(line) {
				if !yield(name) {
					return
				}
			}
		}
	}
}

// foldedNames maps the names of the vocabulary, as Runware spells them, to what they fold to.
//
//nolint:gochecknoglobals // made once, on first use, then never written
var foldedNames = sync.OnceValue(func() map[string]string {
	names := make(map[string]string, 256)
	for folded, name := range Vocabulary() {
		names[name] = folded
	}
	return names
})

// Alias is the parameter that a folded name is another word for in Runware's messages, "" if there is none.
func Alias(folded string) string {
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

// Known tells a name of Runware's, whatever its letter case and separators.
func Known(name string) bool { return Vocabulary()[Fold(name)] != "" }
