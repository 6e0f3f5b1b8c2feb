package message

import (
	"iter"
	"strings"
	"sync"
	"unicode"
)

// PassedOn tells a message that passes the words of somebody else on: "KlingAI: …", "Error from upstream: …", `Request to
// Google was rejected with message "…"`. A name that leads nothing on, "KlingAI takes 5", does not.
func PassedOn(message string) bool {
	lower := strings.ToLower(message[:min(len(message), MaxMessage)])
	return strings.Contains(lower, "provider: ") || strings.Contains(lower, "provider=") || leadOf(message) != ""
}

// leadOf is the lead of a message in lower case; empty where it has none.
func leadOf(message string) string {
	lower := strings.ToLower(message[:min(len(message), MaxMessage)])
	for _, mark := range [...]string{": ", "：", " - ", " – ", " — ", ` "`, " “", ". ", "] ", "> ", ", ", " that "} {
		if head, _, led := strings.Cut(lower, mark); led && isLead(head) {
			return head
		}
	}
	return ""
}

// leadWords are the words of a lead.
func leadWords(head string) iter.Seq[string] {
	return strings.FieldsFuncSeq(head, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".,()[]<>", r) })
}

// isLead tells the words that lead on to somebody else's: who it is, and what they say that it did. Any other word makes
// a sentence of Runware's of them.
func isLead(head string) bool {
	foreign := false
	for w := range leadWords(head) {
		switch {
		case ProviderNamed(w) != "":
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
			"image", "video", "audio", "inference", "task", "ai", "http", "status", "code", "party", "third", "job", "ended":
		default:
			return false
		}
	}
	return foreign
}

// names are those whose models Runware passes requests on to, as they write themselves, with the words in lower case that
// name them in a message or before the colon of a model's id.
//
//nolint:gochecknoglobals // a table, never written
var names = map[string][]string{
	"Adobe":             {"adobe", "firefly"},
	"Alibaba":           {"alibaba", "aliyun", "dashscope", "qwen", "tongyi", "wan"},
	"Amazon":            {"amazon", "aws", "bedrock"},
	"Anthropic":         {"anthropic", "claude"},
	"Azure":             {"azure"},
	"Black Forest Labs": {"bfl", "blackforestlabs"},
	"Bria":              {"bria"},
	"ByteDance":         {"bytedance", "byteplus", "seedance", "seedream", "volcengine"},
	"Cartesia":          {"cartesia"},
	"Creatify":          {"creatify"},
	"Deepgram":          {"deepgram"},
	"ElevenLabs":        {"elevenlabs"},
	"fal":               {"fal"},
	"Google":            {"google", "gemini", "veo", "vertex"},
	"Hedra":             {"hedra"},
	"HeyGen":            {"heygen"},
	"Higgsfield":        {"higgsfield"},
	"Ideogram":          {"ideogram"},
	"ImagineArt":        {"imagineart"},
	"Inworld":           {"inworld"},
	"KlingAI":           {"klingai", "kling"},
	"Lightricks":        {"lightricks", "ltx"},
	"Luma":              {"luma", "lumaai", "lumalabs"},
	"Meshy":             {"meshy"},
	"Midjourney":        {"midjourney"},
	"MiniMax":           {"minimax", "hailuo"},
	"Mirelo":            {"mirelo"},
	"Mistral":           {"mistral"},
	"Moonvalley":        {"moonvalley"},
	"Mureka":            {"mureka"},
	"OpenAI":            {"openai"},
	"PixVerse":          {"pixverse"},
	"Pruna":             {"pruna", "prunaai"},
	"Recraft":           {"recraft"},
	"Replicate":         {"replicate"},
	"Runway":            {"runway", "runwayml"},
	"Sourceful":         {"sourceful"},
	"Stability AI":      {"stability", "stabilityai"},
	"Suno":              {"suno"},
	"Sync":              {"sync"},
	"Tencent":           {"tencent", "hunyuan"},
	"Topaz":             {"topaz", "topazlabs"},
	"Tripo":             {"tripo", "tripo3d"},
	"Vidu":              {"vidu"},
	"xAI":               {"xai", "grok"},
}

//nolint:gochecknoglobals // made once, on first use
var named = sync.OnceValue(func() map[string]string {
	all := make(map[string]string, 2*len(names))
	for name, words := range names {
		for _, w := range words {
			all[w] = name
		}
	}
	return all
})

// ProviderNamed is the provider that a word in lower case names, as it writes itself; empty where it names none.
func ProviderNamed(w string) string { return named()[w] }

// ProviderIn is the provider that the lead of a message names, with which Runware leads on to somebody else's words: "Bad
// request returned by Google. …". Empty where it names none, or several.
func ProviderIn(message string) string {
	found := ""
	for w := range leadWords(leadOf(message)) {
		switch name := ProviderNamed(w); {
		case name == "" || name == found:
		case found != "":
			return ""
		default:
			found = name
		}
	}
	return found
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
		if name, ok := strings.CutSuffix(lower, end); ok && ProviderNamed(strings.TrimSuffix(name, "api")) != "" {
			return true
		}
	}
	return false
}
