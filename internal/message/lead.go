package message

import (
	"strings"
	"unicode"
)

// PassedOn tells a message that passes the words of somebody else on: "KlingAI: …", "Error from upstream: …", `Request to
// Google was rejected with message "…"`. A name that leads nothing on, "KlingAI takes 5", does not.
func PassedOn(message string) bool {
	lower := strings.ToLower(message[:min(len(message), MaxMessage)])
	if strings.Contains(lower, "provider: ") || strings.Contains(lower, "provider=") {
		return true
	}
	for _, mark := range [...]string{": ", "：", " - ", " – ", " — ", ` "`, " “", ". ", "] ", "> ", ", ", " that "} {
		if head, _, led := strings.Cut(lower, mark); led && isLead(head) {
			return true
		}
	}
	return false
}

// isLead tells the words that lead on to somebody else's: who it is, and what they say that it did. Any other word makes
// a sentence of Runware's of them.
func isLead(head string) bool {
	foreign := false
	for w := range strings.FieldsFuncSeq(head, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".,()[]<>", r) }) {
		switch {
		case Names(w):
			foreign = true
			continue
		case strings.Trim(w, "0123456789") == "": // a status, which Runware's own words have too
			continue
		}
		switch w {
		case "upstream", "provider", "provider's", "vendor", "backend", "third-party", "external", "reason":
			foreign = true
		case "the", "an", "a", "according", "from", "to", "by", "of", "was", "is", "were", "has", "with", "api", "error", "errors", "exception", "response", "request", "message", "said", "says",
			"returned", "returns", "responded", "answered", "reported", "reports", "rejected", "refused", "failed", "bad", "invalid", "validation", "service", "model", "generation",
			"image", "video", "audio", "inference", "task", "ai", "http", "status", "code", "party", "third":
		default:
			return false
		}
	}
	return foreign
}

// Names tells the names, in lower case, of those whose models Runware passes requests on to.
func Names(w string) bool {
	switch w {
	case "kling", "klingai", "google", "gemini", "vertex", "openai", "azure", "bfl", "blackforestlabs", "bytedance", "seedance", "seedream", "minimax", "hailuo",
		"runway", "runwayml", "vidu", "pixverse", "ideogram", "alibaba", "wan", "qwen", "elevenlabs", "xai", "grok", "luma", "lumalabs", "bria", "sourceful", "lightricks",
		"ltx", "recraft", "anthropic", "claude", "tripo", "meshy", "hunyuan", "tencent", "midjourney", "stability", "stabilityai", "replicate", "fal", "aws", "bedrock",
		"heygen", "sync", "creatify", "imagineart", "pruna", "prunaai", "mirelo", "deepgram", "cartesia", "inworld", "suno", "mureka", "topaz", "adobe", "firefly", "higgsfield", "moonvalley":
		return true
	}
	return false
}

// CodePassedOn tells a code that is made of who failed: upstreamError, klingaiError, thirdPartyError.
func CodePassedOn(code string) bool {
	lower := strings.NewReplacer("_", "", "-", "", ".", "", " ", "").Replace(strings.ToLower(code))
	for _, part := range [...]string{"upstream", "external", "thirdparty", "vendor", "apierror"} {
		if strings.Contains(lower, part) {
			return true
		}
	}
	for _, end := range [...]string{"error", "exception", "failure", "failed", "badrequest", "rejected", "refused"} {
		if name, ok := strings.CutSuffix(lower, end); ok && Names(strings.TrimSuffix(name, "api")) {
			return true
		}
	}
	return false
}
