package message

import (
	"strconv"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Provided is what a provider said, unwrapped from JSON within JSON and from HTML.
type Provided struct {
	Texts    []string // messages, codes and slugs, longest wrapping first; no placeholders
	Statuses []int    // numbers under a status or code key that could be HTTP statuses
	Params   []string // parameters that the provider names
	Any      bool     // there was more than a placeholder, even if no text could be made of it
	Empty    bool     // what should hold the result is empty, and no reason stands beside it
	Page     bool     // it is a page of HTML, as a server in between answers
}

// Reason tells whether the texts hold a reason at all: words, and not only that it failed.
func (p Provided) Reason() bool {
	for _, text := range p.Texts {
		if text = bare(text); !isPlaceholder(text) && !isVerdict(text) {
			return true
		}
	}
	return false
}

// Bounds on what is read of a provider's words.
const (
	MaxContent   = 16 << 10
	maxUnwrap    = 5
	maxTexts     = 40
	maxTextBytes = 2000
)

// Unwrap reads what an error carries of the provider's words, in its field and inside its message.
func Unwrap(e schema.APIError) Provided {
	var p Provided
	p.add(e.ResponseContent, 0)
	if said, ok := afterHead(e.Message); ok {
		p.add(said, 0)
	} else if at := strings.IndexAny(e.Message, "{["); at >= 0 {
		inner := []byte(strings.TrimSpace(e.Message[at:]))
		if kind := rawjson.KindOf(inner); (kind == rawjson.Object || kind == rawjson.Array && holdsObject(inner)) && rawjson.Valid(inner) {
			p.add(string(inner), 0)
		}
	}
	if e.ResponseStatus != "" {
		p.field("status", []byte(e.ResponseStatus))
		p.Texts = append(p.Texts, e.ResponseStatus)
	}
	p.Empty = p.Empty && !p.Reason()
	return p
}

// holdsObject tells an array of somebody's errors from an enumeration: "must be one of [4, 6, 8]".
func holdsObject(array []byte) bool {
	for _, item := range rawjson.Items(array) {
		return rawjson.KindOf(item) == rawjson.Object
	}
	return false
}

// afterHead cuts a message behind the words with which Runware leads on to a provider's: "Additional information: …".
func afterHead(message string) (string, bool) {
	lower := strings.ToLower(message)
	if len(lower) != len(message) {
		return "", false // letters whose cases differ in length: a position in one is none in the other
	}
	provider := strings.Contains(lower, "provider") || strings.Contains(lower, "responded with") || strings.Contains(lower, "returned by") || strings.Contains(lower, "upstream")
	for _, head := range [...]struct {
		words string
		plain bool // may stand in any message: taken only where a provider is spoken of
	}{
		{"additional information below", false},
		{"additional information:", false},
		{"additional info:", false},
		{"further details:", false},
		{"details from the provider:", false},
		{"further information:", false},
		{"more details:", false},
		{"more information:", false},
		{"información adicional:", false},
		{"informations complémentaires :", false},
		{"informations complémentaires:", false},
		{"informações adicionais:", false},
		{"informazioni aggiuntive:", false},
		{"zusätzliche informationen:", false},
		{"附加信息：", false},
		{"附加信息:", false},
		{"追加情報：", false},
		{"追加情報:", false},
		{"responded with an error:", false},
		{"provider said:", false},
		{"provider's message:", false},
		{"provider message:", false},
		{"provider response:", false},
		{"original error:", false},
		{"details:", true},
		{"reason:", true},
		{"message:", true},
	} {
		at := strings.Index(lower, head.words)
		if at < 0 || head.plain && !provider {
			continue
		}
		return strings.TrimLeft(message[at+len(head.words):], " .:：\n\t"), true
	}
	return "", false
}

// bare is a text without what surrounds a single word.
func bare(text string) string { return strings.ToLower(strings.Trim(text, " .:;-–—_\"'`()<>\n\t")) }

// isPlaceholder tells what stands where nothing was said.
func isPlaceholder(bare string) bool {
	switch bare {
	case "", "n/a", "na", "none", "null", "nil", "undefined", "unknown", "below", "see below", "not available", "not provided", "empty", "{}", "[]":
		return true
	}
	return false
}

// isVerdict tells the words that say that a task failed, and nothing of why.
func isVerdict(bare string) bool {
	switch bare {
	case "failed", "fail", "failure", "error", "errored", "status", "unknown error", "unknown_error", "request failed", "generation failed", "image generation failed", "video generation failed":
		return true
	}
	return false
}

// add unwraps a string: JSON is walked, HTML is stripped, anything else is words. A placeholder adds nothing.
func (p *Provided) add(text string, depth int) {
	if len(text) > MaxContent {
		text = strings.ToValidUTF8(text[:MaxContent], "")
	}
	text = strings.TrimSpace(text)
	if isPlaceholder(bare(text)) || len(p.Texts) >= maxTexts {
		return
	}
	p.Any = true
	raw := []byte(text)
	switch kind := rawjson.KindOf(raw); {
	case depth < maxUnwrap && (kind == rawjson.Object || kind == rawjson.Array || kind == rawjson.String) && rawjson.Valid(raw):
		p.walk("", raw, depth+1)
	case depth < maxUnwrap && strings.Contains(text, `\"`) && rawjson.Valid([]byte(`"`+text+`"`)):
		inner, _ := rawjson.Text([]byte(`"` + text + `"`)) // JSON that lost its outer quotes
		p.add(inner, depth+1)
	case isPage(text):
		p.Page = true
		p.words(pageText(text))
	default:
		at := embedded(text)
		if at > 0 && depth < maxUnwrap {
			p.add(text[at:], depth+1)
			text = text[:at]
		}
		p.words(text)
	}
}

func (p *Provided) words(text string) {
	if n, err := strconv.Atoi(bare(text)); err == nil && n >= 400 && n < 600 {
		p.Statuses = append(p.Statuses, n) // all that was said
		return
	}
	if !isPlaceholder(bare(text)) {
		p.Texts = append(p.Texts, looks.Short(strings.TrimSpace(text), maxTextBytes))
	}
}

// embedded finds where words go over into JSON or a page of HTML; -1 if they do not.
func embedded(text string) int {
	if at := strings.IndexByte(text, '{'); at >= 0 && rawjson.Valid([]byte(text[at:])) {
		return at
	}
	for _, head := range [...]string{"<!DOCTYPE", "<!doctype", "<html", "<HTML"} {
		if at := strings.Index(text, head); at >= 0 {
			return at
		}
	}
	return -1
}

// StatusIn is the HTTP status that a message names: "API error: 429", "HTTP 503". 0 where it names none.
func StatusIn(message string) int {
	before := ""
	for field := range strings.FieldsSeq(strings.ToLower(message)) {
		word := strings.Trim(field, ".,:;()[]<>\"'")
		if n, err := strconv.Atoi(word); err == nil && len(word) == 3 && n >= 400 && n < 600 {
			switch before {
			case "error", "status", "code", "http", "returned", "answered", "with":
				return n
			}
		}
		before = word
	}
	return 0
}

func (p *Provided) walk(name string, raw []byte, depth int) {
	if depth > 2*maxUnwrap || len(p.Texts) >= maxTexts {
		return
	}
	p.Empty = p.Empty || holdsResult(name) && rawjson.IsEmpty(raw)
	switch rawjson.KindOf(raw) {
	case rawjson.Object:
		for name, value := range rawjson.Members(raw) {
			if saysOfMember(name, value) {
				p.Params = append(p.Params, parameter.Last(name))
			}
			p.walk(name, value, depth+1)
		}
	case rawjson.Array:
		if last := lastText(raw); parameter.Fold(name) == "loc" || parameter.Fold(name) == "path" {
			if parameter.Valid(last) {
				p.Params = append(p.Params, last)
			}
			return
		}
		for _, value := range rawjson.Items(raw) {
			p.walk(name, value, depth+1)
		}
	case rawjson.String:
		text, _ := rawjson.Text(raw)
		if p.field(name, raw) {
			return
		}
		p.add(text, depth)
	case rawjson.Number:
		p.field(name, raw)
	case rawjson.True, rawjson.False:
		p.verdict(name, rawjson.KindOf(raw) == rawjson.True)
	case rawjson.None, rawjson.Null:
	}
}

// saysOfMember tells a list of complaints under the name of what they are about: {"config.seconds": ["is not in the list"]}.
func saysOfMember(name string, raw []byte) bool {
	if rawjson.KindOf(raw) != rawjson.Array || !parameter.Valid(name) {
		return false
	}
	for _, item := range rawjson.Items(raw) {
		text, ok := rawjson.Text(item)
		head, _, sentence := strings.Cut(text, " ")
		if !ok || !sentence {
			return false
		}
		switch strings.ToLower(head) {
		case "is", "must", "can't", "cannot", "should", "has", "needs", "may", "exceeds", "does", "ensure", "input":
			return true
		}
	}
	return false
}

// verdict puts into words what a check answered in a member such as is_image_safe or nsfw.
func (p *Provided) verdict(name string, answer bool) {
	switch parameter.Fold(name) {
	case "isimagesafe", "issafe", "isvideosafe":
		answer = !answer
	case "flagged", "isflagged", "isunsafe", "nsfwdetected", "isnsfw", "hasnsfw", "hasnsfwconcepts", "nsfwcontentdetected", "censored", "moderated", "ismoderated":
	default:
		return
	}
	if answer {
		p.Texts = append(p.Texts, "flagged as unsafe")
	}
}

// holdsResult tells a member that a provider puts what it made into.
func holdsResult(name string) bool {
	switch parameter.Fold(name) {
	case "response", "result", "results", "output", "outputs", "content", "images", "videos", "video", "artifacts", "candidates", "choices", "generations", "predictions":
		return true
	}
	return false
}

// field reads members that mean something by their name; it reports whether the value is spent.
func (p *Provided) field(name string, raw []byte) bool {
	text := string(raw)
	if s, ok := rawjson.Text(raw); ok {
		text = s
	}
	switch parameter.Fold(name) {
	case "code", "status", "statuscode", "httpstatus", "httpcode", "errorcode":
		if n, err := strconv.Atoi(text); err == nil && n >= 400 && n < 600 {
			p.Statuses = append(p.Statuses, n)
			return true
		}
	case "param", "parameter", "field", "property", "loc":
		if parameter.Valid(text) {
			p.Params = append(p.Params, text)
		}
		return true
	case "finishreason", "stopreason":
		return text == "stop" || text == "end_turn" || text == "STOP" // it ended as it should
	case "name":
		return strings.HasPrefix(text, "operations/")
	case "role", "object", "requestid", "traceid", "id", "taskid", "logid", "prompt", "input", "docurl", "documentation", "url", "helpurl":
		return true // ids and links; and a prompt that is echoed is no statement about it
	}
	return false
}

// lastText is the last string of an array: where validators put the name in the path of a fault.
func lastText(raw []byte) string {
	last := ""
	for _, item := range rawjson.Items(raw) {
		if text, ok := rawjson.Text(item); ok {
			last = text
		}
	}
	return last
}

// Forget removes what the provider merely echoes: the words of the task.
func (p *Provided) Forget(prose []string) {
	for i, text := range p.Texts {
		p.Texts[i] = Forget(text, prose)
	}
}
