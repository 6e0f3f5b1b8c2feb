package message

import (
	"slices"
	"strings"
	"unicode"
)

// Squeeze returns a text in lower case without what separates words and the parts of a slug.
func Squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '_', '.', '-', '\n', '\t':
			return -1
		}
		return r
	}, strings.ToLower(text))
}

// Media are the media that a text names, in the languages of the commonest providers.
func Media(text string) (named []string) {
	text = strings.ReplaceAll(strings.ToLower(text), " bildspur", " videospur") // which no picture has
	for _, m := range [...][]string{
		{"image", "imagen", "imagem", "immagine", " bild", "bilddatei", "eingabebild", "图片", "图像", "画像", "picture", "photo", "이미지", "изображени", "referenzbild"},
		{"video", "vidéo", "vídeo", "视频", "動画", "영상", "видео"},
		{"audio", "áudio", "音频", "音声", "오디오", "аудио"},
	} {
		if slices.ContainsFunc(m, func(word string) bool { return strings.Contains(text, word) }) {
			named = append(named, m[0])
		}
	}
	return named
}

// WithoutPassed drops the clauses of a verdict that say of something that it passed: "your image was accepted; the prompt was
// not".
func WithoutPassed(text string) string {
	var kept []string
	clauses := strings.NewReplacer(". ", ".\x00", "; ", ";\x00", ", ", ",\x00").Replace(text)
	for clause := range strings.SplitSeq(clauses, "\x00") {
		lower := " " + strings.ToLower(strings.TrimRight(clause, ".;,")) + " "
		passed := false
		for _, word := range [...]string{" was accepted ", " is accepted ", " was fine ", " is fine ", " were fine ", " was ok ", " is ok "} {
			passed = passed || strings.Contains(lower, word)
		}
		passed = passed || strings.HasSuffix(lower, " passed ")
		if !passed || strings.Contains(lower, " not ") || strings.Contains(lower, " but ") {
			kept = append(kept, clause)
		}
	}
	return strings.Join(kept, " ")
}

// PropertyOf is the property of a file that a message speaks of, in one word.
func PropertyOf(text string) string {
	lower := strings.ToLower(text)
	for _, property := range [...]string{"dimensions", "aspect ratio", "resolution", "duration", "frame rate", "sample rate", "codec"} {
		if strings.Contains(lower, property) {
			return property
		}
	}
	return ""
}

// OnlyFailed tells a message that holds no more than a failure's name: "Image generation failed".
func OnlyFailed(text string) bool {
	failed := text == ""
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		switch word {
		case "failed", "failure", "error", "errored", "unsuccessful":
			failed = true
		case "the", "a", "an", "has", "was", "unknown", "status", "task", "request", "generation", "inference", "image", "video", "audio", "text", "none", "null", "na", "n":
		default:
			return false
		}
	}
	return failed || strings.TrimSpace(text) == ""
}

// OnlyRefused tells a message that says of a parameter no more than that its value is refused, as "Invalid value for
// 'image' parameter" does.
func OnlyRefused(text string) bool {
	for field := range strings.FieldsSeq(strings.ToLower(text)) {
		if strings.ContainsAny(field, "'\"`") {
			continue // a name
		}
		switch strings.Trim(field, ".,:;()") {
		case "invalid", "unsupported", "value", "values", "for", "of", "the", "a", "an", "parameter", "provided", "specified", "given", "is", "was", "not", "valid", "supported", "use", "this", "input", "field", "error", "image", "video", "audio", "media", "mask", "":
		default:
			return false
		}
	}
	return true
}

// Explains tells a message that goes on behind a colon, with more than a placeholder or one word, or in another sentence,
// or that is in another language than Runware's own: with a reason.
func Explains(text string) bool {
	if strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }) {
		return true
	}
	if head, rest, ok := strings.Cut(text, "; "); ok && (Tells(head) || Tells(rest)) {
		return true
	}
	if _, rest, ok := strings.Cut(text, ". "); ok && len(strings.Fields(rest)) > 3 && !advises(rest) {
		return true
	}
	for _, colon := range [...]string{": ", "："} {
		if _, reason, ok := strings.Cut(text, colon); ok && !isPlaceholder(bare(reason)) && !isVerdict(bare(reason)) {
			return strings.Contains(strings.TrimSpace(reason), " ") || colon != ": "
		}
	}
	return false
}

// Tells tells that a message holds two words or more that do not only say that something failed.
func Tells(text string) bool {
	n := 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		if !isHollow(word) {
			n++
		}
	}
	return n > 1
}

// isHollow tells the words of a message that gives no reason.
func isHollow(word string) bool {
	switch word {
	case "the", "a", "an", "this", "that", "your", "our", "its", "it", "we", "you", "of", "in", "on", "at", "by", "for", "to", "from", "with", "during", "while", "when", "after", "before", "and", "or", "but", "if", "as",
		"is", "was", "were", "has", "have", "had", "been", "be", "could", "not", "cannot", "can", "did", "unable", "will",
		"error", "errors", "errored", "failed", "failure", "fail", "fails", "exception", "fault", "problem", "issue", "unknown", "unexpected", "unspecified", "internal", "generic", "general", "server", "occurred", "happened", "encountered", "went", "wrong", "something", "reason", "given", "no",
		"task", "request", "job", "run", "process", "processing", "processed", "inference", "generation", "generate", "generating", "generated", "complete", "completed", "finish", "finished", "execute", "execution", "operation", "step", "image", "video", "audio", "text", "media", "model", "result", "results", "output", "content", "api", "service", "provider", "upstream", "worker", "sampler", "seed", "applying", "restarted", "backend", "pipeline", "status", "code", "id", "reference", "response",
		"please", "try", "again", "later", "retry", "contact", "support", "persists", "persist", "charged", "additional", "information", "below", "see", "details":
		return true
	}
	return false
}

// advises tells what follows a failure and is no reason: to try again, to ask somebody, to look elsewhere.
func advises(text string) bool {
	lower := strings.ToLower(text)
	return slices.ContainsFunc([]string{"try again", "retry", "contact", "additional information", "documentation", "support team", "not charged", "no reason", "unknown", "unexpected", "went wrong", "could not be completed", "https://"}, func(w string) bool {
		return strings.Contains(lower, w)
	})
}
