package diagnose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// evidence is all that is known of one API error: what the rules look at.
type evidence struct {
	req    *request
	t      *task // nil: the error concerns the whole call
	e      schema.APIError
	row    advice // zero where the code is not in the table
	claims claims
	found  []found
	model  Model // nil where the model's schema is not known

	byMessage bool // the parameters were named by the message alone, not by a field or the code
}

// found is a parameter that the error names, and where the request holds it.
type found struct {
	name   string
	places []place
}

func (f found) present() bool { return len(f.places) > 0 }

// spelling is the parameter as the request spells it, else as the API does.
func (f found) spelling() string {
	if f.present() {
		return f.places[0].parameter
	}
	return f.name
}

// gather reads an error and finds what it speaks of in the request.
func gather(req *request, t *task, e schema.APIError, model Model) *evidence {
	c := &evidence{req: req, t: t, e: e, model: model}
	c.row, _ = adviceFor(e.Code)
	c.claims = parseMessage(e.Message, c.knows)
	c.locate(c.names())
	if len(c.found) == 0 && t != nil {
		c.locateQuoted()
	}
	// A family of codes is a guess by name: a rule that the message states about a parameter of the request knows better.
	if p, ok := c.first(); ok && p.present() && c.row.family && (len(c.claims.bounds) > 0 || len(c.claims.lists) > 0 || c.claims.typ != "") {
		c.row.general = true
	}
	return c
}

// knows tells a parameter's name from an ordinary word: the task has it, Runware's documentation does, or it is another
// word for one of these, too long to be met by chance.
func (c *evidence) knows(name string) bool {
	const byChance = 8
	last := foldName(lastStep(name))
	other := alias(last)
	held := c.t != nil && (c.t.names()[last] || other != "" && c.t.names()[foldName(other)])
	return held || vocabulary()[last] != "" || other != "" && len(last) > byChance
}

// names lists the parameters that an error names: in its field, else in its message, else in its code.
func (c *evidence) names() []string {
	var names []string
	for _, p := range c.e.Parameters {
		for part := range strings.SplitSeq(p, "/") {
			if part = strings.TrimSpace(part); validName(part) {
				names = append(names, part)
			}
		}
	}
	if len(names) == 0 || len(names) == 1 && c.claims.says(saysConflict) {
		settled := c.row.code != "" && !c.row.general
		for _, n := range c.claims.names {
			if !c.claims.spelled || !settled {
				names = append(names, strings.Split(n, "/")...)
				c.byMessage = c.byMessage || len(c.e.Parameters) == 0
			}
		}
	}
	if len(names) == 0 {
		if n := nameInCode(c.e.Code); n != "" && c.knows(n) {
			names = append(names, n)
		}
	}
	return names
}

// nameInCode is the parameter that a code is made of: invalidCfgScale speaks of CFGScale.
func nameInCode(code string) string {
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
		if rest, ok := strings.CutSuffix(code, suffix); ok && vocabulary()[foldName(code)] == "" {
			code = rest
			break
		}
	}
	if !validName(code) {
		return ""
	}
	if name := vocabulary()[foldName(code)]; name != "" {
		return name
	}
	return strings.ToLower(code[:1]) + code[1:]
}

// maxNamed bounds the parameters of one error: no message names as many.
const maxNamed = 16

func (c *evidence) locate(names []string) {
	seen := map[string]bool{}
	for _, name := range names {
		if seen[foldName(name)] || len(c.found) == maxNamed {
			continue
		}
		seen[foldName(name)] = true
		f := found{name: strings.Trim(name, "'\"` ")}
		if c.t != nil {
			f.places = c.t.locate(f.name)
		}
		c.found = append(c.found, f)
	}
}

// locateQuoted finds the parameter whose value the message quotes, where it names none: a URL, a model id, a UUID.
func (c *evidence) locateQuoted() {
	tries := 0
	for field := range strings.FieldsSeq(shortText(c.e.Message, maxMessage)) {
		value := strings.Trim(field, "'\"`().,;:")
		if !isURL(value) && !isUUID(value) && !isAIR(value) {
			continue
		}
		if tries++; tries > 3 {
			return
		}
		if p := c.t.holding(value); p.pointer != "" && p.parameter != "taskUUID" {
			c.found = append(c.found, found{name: p.parameter, places: []place{p}})
			return
		}
	}
}

// first is the parameter that a finding is about: the first that the request holds, else the first named.
func (c *evidence) first() (found, bool) {
	for _, f := range c.found {
		if f.present() {
			return f, true
		}
	}
	if len(c.found) > 0 {
		return c.found[0], true
	}
	return found{}, false
}

// names2D tells whether the error names width and height, or the size as a whole.
func (c *evidence) names2D() bool {
	var w, h bool
	for _, f := range c.found {
		switch strings.ToLower(lastStep(f.name)) {
		case "width":
			w = true
		case "height":
			h = true
		case "size", "dimensions":
			w, h = !f.present(), !f.present()
		}
	}
	return w && h
}

// modelID is the model of the task, where it is fit to stand in a sentence.
func (c *evidence) modelID() string {
	if c.t == nil || !isModelID(c.t.model) {
		return ""
	}
	return c.t.model
}

// isModelID tells an AIR or a slug from other text: no blanks, few words.
func isModelID(s string) bool {
	return len(s) <= maxShown && countWords(s) <= 2*maxShownWords && s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(":@._-/+", r)
	})
}

// who accepts or refuses: the model, else Runware.
func (c *evidence) who() string {
	if id := c.modelID(); id != "" {
		return "`" + id + "`"
	}
	return "Runware"
}

// finding is the part that every rule's answer has in common.
func (c *evidence) finding(category schema.Category, retry schema.Retry, confidence schema.Confidence) schema.Finding {
	f := schema.Finding{
		Code: shownCode(c.e.Code), Category: category, Message: quoteMessage(c.e),
		Confidence: confidence, Retry: retry,
	}
	if c.t != nil {
		index := c.t.index
		f.TaskIndex = &index
	}
	return f
}

// shownCode is the code as it may stand beside a finding: any identifier, no sentence.
func shownCode(code string) string {
	if len(code) > maxCode || strings.ContainsAny(code, " \t\n") || givesOrders(code) || countWords(code) > 2*maxNameWords {
		return ""
	}
	return code
}

// attach names the parameter and shows what the request holds there.
func (c *evidence) attach(f *schema.Finding, p found) {
	f.Parameter = p.spelling()
	if !p.present() {
		return
	}
	c.attachPlace(f, p.places[0])
}

func (c *evidence) attachPlace(f *schema.Finding, p place) {
	f.Parameter = shortText(p.parameter, maxQuote)
	f.Actual, f.Measure = actualOf(p)
	if !c.req.opaque {
		f.Pointer = p.pointer
	}
}

const (
	maxCode = 100
	// maxQuote bounds foreign text far above what is shown of it: present masks secrets first and cuts then, since half a
	// secret is not recognised any more.
	maxQuote = 16 << 10
)

// quoteMessage is Runware's message with the provider's own words behind it: the one place where foreign text stands.
func quoteMessage(e schema.APIError) string {
	message := shortText(e.Message, maxQuote)
	if shownCode(e.Code) != e.Code {
		message = strings.TrimSpace("[code: " + shortText(e.Code, maxQuote) + "] " + message)
	}
	if e.ErrorID != "" {
		message = strings.TrimSpace(message + " (errorId " + string(e.ErrorID) + ")")
	}
	if content := strings.TrimSpace(e.ResponseContent); content != "" && !strings.Contains(e.Message, content) {
		message = strings.TrimSpace(message + " [responseContent: " + shortText(content, maxQuote) + "]")
	}
	return message
}

// shortText bounds a foreign text.
func shortText(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// sentence makes a summary or a next step of a clause.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	if first, width := utf8.DecodeRuneInString(s); unicode.IsLower(first) {
		s = string(unicode.ToUpper(first)) + s[width:]
	}
	return strings.TrimSuffix(s, ".") + "."
}

// fill replaces the words in braces of a row of the table.
func (c *evidence) fill(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	parameter := "the request"
	if f, ok := c.first(); ok {
		parameter = "`" + f.spelling() + "`"
	} else {
		text = strings.ReplaceAll(text, "at {parameter}", "of the request")
	}
	model := ""
	if id := c.modelID(); id != "" {
		model = "`" + id + "`"
	}
	taskType := "the task"
	if c.t != nil && validName(c.t.taskType) {
		taskType = "`" + c.t.taskType + "`"
	}
	text = strings.NewReplacer("{parameter}", parameter, "{model}", model, "{taskType}", taskType).Replace(text)
	return strings.Join(strings.Fields(text), " ")
}

func remove(pointer string) schema.Operation { return schema.Operation{Op: "remove", Path: pointer} }

func replace(pointer string, v schema.Value) schema.Operation {
	return schema.Operation{Op: "replace", Path: pointer, Value: v}
}

func isNull(raw []byte) bool { return rawjson.KindOf(raw) == rawjson.Null }
