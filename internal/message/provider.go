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
	Texts    []string // messages, codes and slugs, longest wrapping first
	Statuses []int    // numbers under a status or code key that could be HTTP statuses
	Params   []string // parameters that the provider names
	Any      bool
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
	if at := strings.IndexAny(e.Message, "{["); at >= 0 {
		inner := []byte(strings.TrimSpace(e.Message[at:]))
		if kind := rawjson.KindOf(inner); (kind == rawjson.Object || kind == rawjson.Array && holdsObject(inner)) && rawjson.Valid(inner) {
			p.add(string(inner), 0)
		}
	}
	if e.ResponseStatus != "" {
		p.field("status", []byte(e.ResponseStatus))
		p.Texts = append(p.Texts, e.ResponseStatus)
	}
	return p
}

// holdsObject tells an array of somebody's errors from an enumeration: "must be one of [4, 6, 8]".
func holdsObject(array []byte) bool {
	for _, item := range rawjson.Items(array) {
		return rawjson.KindOf(item) == rawjson.Object
	}
	return false
}

// add unwraps a string: JSON is walked, HTML is stripped, anything else is words.
func (p *Provided) add(text string, depth int) {
	if len(text) > MaxContent {
		text = strings.ToValidUTF8(text[:MaxContent], "")
	}
	text = strings.TrimSpace(text)
	if text == "" || len(p.Texts) >= maxTexts {
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
	case strings.HasPrefix(text, "<"):
		p.Texts = append(p.Texts, stripHTML(text))
	default:
		if at := strings.IndexByte(text, '{'); at > 0 && depth < maxUnwrap && rawjson.Valid([]byte(text[at:])) {
			p.add(text[at:], depth+1)
			text = text[:at]
		}
		p.Texts = append(p.Texts, looks.Short(text, maxTextBytes))
	}
}

func (p *Provided) walk(name string, raw []byte, depth int) {
	if depth > 2*maxUnwrap || len(p.Texts) >= maxTexts {
		return
	}
	switch rawjson.KindOf(raw) {
	case rawjson.Object:
		for name, value := range rawjson.Members(raw) {
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
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False:
	}
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
	case "param", "parameter", "field", "property":
		if parameter.Valid(text) {
			p.Params = append(p.Params, text)
		}
		return true
	case "requestid", "traceid", "id", "taskid", "logid", "prompt", "input", "docurl", "documentation", "url", "helpurl":
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

// Forget cuts out of a text what it echoes of somebody's own words, whole or in part: an echo says nothing.
func Forget(text string, prose []string) string {
	for _, words := range prose {
		text = strings.ReplaceAll(text, words, "")
		if head := []rune(words); len(head) > 2*echo {
			if at := strings.Index(text, string(head[:echo])); at >= 0 {
				text = text[:at] + afterEcho(text[at:], words)
			}
		}
	}
	return text
}

// echo is how many characters of a prompt make an echo of it.
const echo = 20

// afterEcho is what follows the longest head of the prompt that a text begins with.
func afterEcho(text, prompt string) string {
	n := 0
	for n < len(text) && n < len(prompt) && text[n] == prompt[n] {
		n++
	}
	return text[n:]
}

// stripHTML keeps the words between tags, without scripts and styles.
func stripHTML(s string) string {
	var b strings.Builder
	skip := ""
	for len(s) > 0 && b.Len() < maxTextBytes {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			if skip == "" {
				b.WriteString(s)
			}
			break
		}
		if skip == "" {
			b.WriteString(s[:open])
			b.WriteByte(' ')
		}
		s = s[open:]
		end := strings.IndexByte(s, '>')
		if end < 0 {
			break
		}
		tag := strings.ToLower(s[1:end])
		switch {
		case skip != "" && strings.HasPrefix(tag, "/"+skip):
			skip = ""
		case skip == "" && (strings.HasPrefix(tag, "script") || strings.HasPrefix(tag, "style")):
			skip = tag[:min(len(tag), 5)]
		}
		s = s[end+1:]
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
