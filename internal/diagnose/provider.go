package diagnose

import (
	"fmt"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// provided is what a provider said, unwrapped from JSON within JSON and from HTML.
type provided struct {
	texts    []string // messages, codes and slugs, longest wrapping first
	statuses []int    // numbers under a status or code key that could be HTTP statuses
	params   []string // parameters that the provider names
	any      bool
}

// Bounds on what is read of a provider's words.
const (
	maxContent   = 16 << 10
	maxUnwrap    = 5
	maxTexts     = 40
	maxTextBytes = 2000
)

// provider unwraps what an error carries of the provider's words, in its field and inside its message.
func (c *evidence) provider() provided {
	var p provided
	p.add(c.e.ResponseContent, 0)
	if at := strings.IndexAny(c.e.Message, "{["); at >= 0 {
		inner := []byte(strings.TrimSpace(c.e.Message[at:]))
		if kind := rawjson.KindOf(inner); (kind == rawjson.Object || kind == rawjson.Array) && rawjson.Valid(inner) {
			p.add(string(inner), 0)
		}
	}
	if c.e.ResponseStatus != "" {
		p.field("status", []byte(c.e.ResponseStatus))
		p.texts = append(p.texts, c.e.ResponseStatus)
	}
	return p
}

// add unwraps a string: JSON is walked, HTML is stripped, anything else is words.
func (p *provided) add(text string, depth int) {
	if len(text) > maxContent {
		text = strings.ToValidUTF8(text[:maxContent], "")
	}
	text = strings.TrimSpace(text)
	if text == "" || len(p.texts) >= maxTexts {
		return
	}
	p.any = true
	raw := []byte(text)
	switch kind := rawjson.KindOf(raw); {
	case depth < maxUnwrap && (kind == rawjson.Object || kind == rawjson.Array || kind == rawjson.String) && rawjson.Valid(raw):
		p.walk("", raw, depth+1)
	case depth < maxUnwrap && strings.Contains(text, `\"`) && rawjson.Valid([]byte(`"`+text+`"`)):
		inner, _ := rawjson.Text([]byte(`"` + text + `"`)) // JSON that lost its outer quotes
		p.add(inner, depth+1)
	case strings.HasPrefix(text, "<"):
		p.texts = append(p.texts, stripHTML(text))
	default:
		if at := strings.IndexByte(text, '{'); at > 0 && depth < maxUnwrap && rawjson.Valid([]byte(text[at:])) {
			p.add(text[at:], depth+1)
			text = text[:at]
		}
		p.texts = append(p.texts, shortText(text, maxTextBytes))
	}
}

func (p *provided) walk(name string, raw []byte, depth int) {
	if depth > 2*maxUnwrap || len(p.texts) >= maxTexts {
		return
	}
	switch rawjson.KindOf(raw) {
	case rawjson.Object:
		for name, value := range rawjson.Members(raw) {
			p.walk(name, value, depth+1)
		}
	case rawjson.Array:
		if last := lastText(raw); foldName(name) == "loc" || foldName(name) == "path" {
			if validName(last) {
				p.params = append(p.params, last)
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
func (p *provided) field(name string, raw []byte) bool {
	text := string(raw)
	if s, ok := rawjson.Text(raw); ok {
		text = s
	}
	switch foldName(name) {
	case "code", "status", "statuscode", "httpstatus", "httpcode", "errorcode":
		if n, err := strconv.Atoi(text); err == nil && n >= 400 && n < 600 {
			p.statuses = append(p.statuses, n)
			return true
		}
	case "param", "parameter", "field", "property":
		if validName(text) {
			p.params = append(p.params, text)
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

// slug finds the meaning of a provider's own code, such as SAFETY.INPUT.TEXT or TaskPromptPolicyViolation, in the
// families of codes, of which it takes those that cannot be the user's key or parameters.
func slug(text string) (advice, bool) {
	if len(text) > maxCode || strings.ContainsAny(text, " \n") || countWords(text) == 0 {
		return advice{}, false
	}
	row, ok := adviceFor(strings.NewReplacer(".", "", "_", "", "-", "").Replace(text))
	switch row.category {
	case schema.CategoryContentPolicy, schema.CategoryRateLimit, schema.CategoryCapacity, schema.CategoryTimeout:
		return row, ok
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue,
		schema.CategoryConflict, schema.CategoryAuthentication, schema.CategoryPermission, schema.CategoryBilling, schema.CategoryProviderFailure,
		schema.CategoryInputMedia, schema.CategoryModelUnavailable, schema.CategoryNotFound, schema.CategoryInternal, schema.CategoryNetwork,
		schema.CategoryUnknown, schema.CategoryNone:
	}
	return advice{}, false
}

// forget removes what the provider merely echoes: the prompts of the task.
func (p *provided) forget(t *task) {
	if t == nil {
		return
	}
	for _, prompt := range t.prose() {
		for i, text := range p.texts {
			p.texts[i] = strings.ReplaceAll(text, prompt, "")
		}
		// An echo may be cut: its head is as much an echo.
		if head := []rune(prompt); len(head) > 2*echo {
			for i, text := range p.texts {
				if at := strings.Index(text, string(head[:echo])); at >= 0 {
					p.texts[i] = text[:at] + afterEcho(text[at:], prompt)
				}
			}
		}
	}
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

// explainProvider looks behind a provider's failure: moderation, bad input, credits, load and time hide there.
func explainProvider(c *evidence) (schema.Finding, bool) {
	if c.row.code != "" && c.row.category != schema.CategoryProviderFailure && !c.row.general {
		return schema.Finding{}, false
	}
	p := c.provider()
	fromProvider := p.any || c.row.category == schema.CategoryProviderFailure || c.e.ResponseContent != ""
	if !fromProvider || c.row.code != "" && !c.row.general && c.row.category == schema.CategoryProviderFailure && !p.any {
		return schema.Finding{}, false
	}
	if p.any && len(p.texts) == 0 {
		p.texts = append(p.texts, shortText(c.e.ResponseContent, maxContent)) // too deep to unwrap
	}
	p.texts = append(p.texts, c.e.Message)
	p.forget(c.t)
	if row, ok := p.meaning(); ok {
		return c.fromProvider(row), true
	}
	if f, ok := c.badInput(p); ok {
		return f, true
	}
	if row, ok := p.status(); ok {
		return c.fromProvider(row), true
	}
	if c.row.category != schema.CategoryProviderFailure {
		return schema.Finding{}, false
	}
	f := c.fromRow(c.row, c.confidence(c.row))
	if p.any && c.row.general {
		f.Cause = "the provider failed; its own words are quoted in `message` and name no cause that is known here"
	}
	return f, true
}

// meaning is the row of the surest signal in the provider's words or slugs.
func (p provided) meaning() (advice, bool) {
	if s, ok := classify(strings.Join(p.texts, "\n")); ok && s.provider != "providerInternalError" {
		return adviceFor(s.provider)
	}
	for _, text := range p.texts {
		if row, ok := slug(text); ok {
			return row, true
		}
	}
	return advice{}, false
}

// status is the row of an HTTP status that the provider's words carry, where the words themselves say nothing.
func (p provided) status() (advice, bool) {
	for _, status := range p.statuses {
		if code, ok := statusSignal(status); ok {
			return adviceFor(code)
		}
	}
	return advice{}, false
}

func (c *evidence) fromProvider(row advice) schema.Finding {
	if row.category == schema.CategoryModelUnavailable && c.modelID() == "" {
		row.cause = "the provider says that the model is not available"
	}
	f := c.fromRow(row, schema.ConfidenceLikely)
	f.Cause += ", by the provider's own words"
	f.Patch = nil
	if row.category == schema.CategoryContentPolicy || row.category == schema.CategoryRateLimit || row.category == schema.CategoryTimeout {
		f.Parameter, f.Pointer, f.Actual, f.Measure = "", "", nil, ""
	}
	return f
}

// badInput reads a provider's complaint about a value like one of Runware's own.
func (c *evidence) badInput(p provided) (schema.Finding, bool) {
	rejected := false
	media := false
	for _, text := range p.texts {
		lower := strings.ToLower(text)
		if stances := stancesOf(lower); stances&(saysUnreadable|saysMediaProperty) != 0 {
			media = true
		}
		if strings.Contains(lower, "invalid") || strings.Contains(lower, "must ") || strings.Contains(lower, "not supported") || strings.Contains(lower, "unsupported") || strings.Contains(lower, "required") || strings.Contains(lower, "bad request") || strings.Contains(lower, "too l") || strings.Contains(lower, "参数") || strings.Contains(lower, "exceed") {
			rejected = true
		}
		inner := *c
		inner.row = advice{}
		inner.e.Message, inner.e.Parameters, inner.e.Code = text, p.params, ""
		inner.claims = parseMessage(text, c.knows)
		inner.found = nil
		inner.locate(inner.names())
		if p, named := inner.first(); named && !p.present() {
			continue // the provider's own name for something: no parameter of the request
		}
		for _, explain := range []func(*evidence) (schema.Finding, bool){explainConflict, explainMissing, explainDimensions, explainUnsupportedName, explainUnreadable, explainRule, explainMediaForm} {
			f, ok := explain(&inner)
			if !ok {
				continue
			}
			f.Code, f.Message = shownCode(c.e.Code), quoteMessage(c.e)
			f.Cause = "the provider refused the input: " + f.Cause
			return f, true
		}
	}
	if media {
		row, _ := adviceFor("mediaUnusable")
		f := c.finding(schema.CategoryInputMedia, schema.RetryAfterChange, schema.ConfidenceLikely)
		f.Cause = "the provider could not use the input media; its own words are quoted in `message`"
		f.Fix = "check each input file that the request names: public, current, complete, and as the provider asks; " + row.fix
		return f, true
	}
	other := false
	for _, status := range p.statuses {
		rejected = rejected || status == 400 || status == 413 || status == 415 || status == 422
		_, known := statusSignal(status)
		other = other || known
	}
	if !rejected || other || !p.any {
		return schema.Finding{}, false
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterChange, schema.ConfidenceLikely)
	f.Cause = "the provider refused the input; its own words are quoted in `message`"
	f.Fix = "change what the provider names in `message`: no rule that could be checked against the request was found in it"
	for _, name := range p.params {
		inner := *c
		inner.found = nil
		inner.locate([]string{name})
		if first, ok := inner.first(); ok && first.present() {
			c.attach(&f, first)
			f.Cause = fmt.Sprintf("the provider refused `%s`; its own words are quoted in `message`", f.Parameter)
		}
	}
	return f, true
}
