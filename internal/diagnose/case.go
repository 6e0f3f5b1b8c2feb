package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// oneCase is all that is known of one API error: what the rules look at.
type oneCase struct {
	req    *request.Request
	t      *request.Task // nil: the error concerns the whole call
	e      schema.APIError
	row    codes.Row // zero where the code is not in the table
	claims message.Claims
	found  []found
	schema *judgement // what the model's schema says of the task; nil where it is not known

	heard message.Provided // what a provider said, without what it echoes of the task; nothing where the code is settled

	provider  string // what to call the provider: by its name where that is known
	crossed   bool   // the error's field names another parameter than its message
	passedOn  bool   // the words are a provider's, which Runware passes on as its message
	byMessage bool   // the parameters were named by the message alone, not by a field or the code
}

// found is a parameter that the error names, and where the request holds it.
type found struct {
	name   string
	places []request.Place
}

func (f found) present() bool { return len(f.places) > 0 }

// spelling is the parameter as the request spells it, else as the API does.
func (f found) spelling() string {
	if f.present() {
		return f.places[0].Parameter
	}
	return f.name
}

// text is the string that the request holds there first.
func (f found) text() (string, bool) {
	if !f.present() {
		return "", false
	}
	return rawjson.Text(f.places[0].Raw)
}

// gather reads an error and finds what it speaks of in the request.
func gather(req *request.Request, t *request.Task, e schema.APIError, j *judgement) *oneCase {
	c := &oneCase{req: req, t: t, e: e, schema: j}
	c.row = codes.For(e.Code)
	if c.uploads() && c.row.Category == schema.CategoryNetwork && strings.Contains(strings.ToLower(e.Code), "upload") {
		c.row = codes.For("failedMediaUpload") // of a task that takes a file in, and delivers none
	}
	c.claims = message.Parse(message.Forget(e.Message, c.echoes()), c.knows)
	c.locate(c.names())
	if p, ok := c.first(); t != nil && (!ok || !p.present() && len(e.Parameters) == 0 && !c.claims.Says(message.SaysMissing)) {
		c.locateQuoted()
	}
	if p, ok := c.first(); ok && t != nil && !p.present() && len(e.Parameters) == 0 && c.row.Category == schema.CategoryInputMedia {
		c.found = c.onlyFile()
	}
	c.blameBroken()
	c.spareModel()
	c.narrow()
	c.listFormats()
	if len(c.found) == 0 && t != nil && (c.claims.Says(message.SaysUnreadable) || complaints()[message.Complains(e.Message)].file) {
		c.locate(c.onlyDownload())
	}
	c.row.General = c.row.General || c.statesRule() || c.provesOther() || c.saysOther()
	if kind := c.kindOfOwnName(); kind != "" {
		c.row = codes.For(kind + "Parameter")
	}
	if s, _ := c.claims.Signal(); c.namesWeights() && (!c.claims.Says(message.SaysUnsupportedName) || s.Direct == "modelIncompatible") && strings.Contains(strings.ToLower(e.Code), "architecture") { // unsupportedLoraArchitecture
		c.row = codes.For("modelIncompatible")
	}
	c.heard = c.hear()
	c.provider = c.nameOfProvider()
	c.passedOn = !c.row.Settled() && (e.Provider != "" || message.CodePassedOn(e.Code) || message.PassedOn(e.Message))
	return c
}

// nameOfProvider is the name of the provider: that of the source of the task's model, where the code is a provider's or
// the lead of Runware's message names the same. No text puts another name there.
func (c *oneCase) nameOfProvider() string {
	name, said := message.ProviderNamed(c.modelSource()), message.ProviderIn(c.e.Message)
	theirs := c.row.Category == schema.CategoryProviderFailure || strings.Contains(strings.ToLower(c.e.Code), "provider")
	if name == "" || said != name && (said != "" || !theirs) {
		return anyProvider
	}
	return name
}

// anyProvider is what a provider is called whose name is not known.
const anyProvider = "the provider"

// statesRule tells a code that is a guess by the name of its family, or of a failure within, which says nothing, where the
// message states a rule about a parameter of the request: the message knows better.
func (c *oneCase) statesRule() bool {
	p, ok := c.first()
	guess := c.row.Family || c.row.Category == schema.CategoryInternal
	return ok && p.present() && guess && (len(c.claims.Bounds) > 0 || len(c.claims.Lists) > 0 || c.claims.Type != "")
}

// saysOther tells that the message names a cause which the code's does not hold: a check of the content that did not answer,
// or could not fetch the file, refused nothing, a key that has spent what it may is allowed the rest, a host that does not give
// out a file forbids no key, and a voice that a provider does not have is no model.
func (c *oneCase) saysOther() bool {
	switch c.row.Category { //nolint:exhaustive // the others are not taken for something else
	case schema.CategoryContentPolicy:
		s, _ := c.claims.Signal()
		other := codes.For(s.Direct).Category
		return other == schema.CategoryTimeout || other == schema.CategoryCapacity || other == schema.CategoryInternal || message.Complains(c.e.Message) == message.FileFetch
	case schema.CategoryPermission:
		s, _ := c.claims.Signal()
		return s.Direct == "spendingLimitReached" || len(c.inputs("")) > 0 && c.passesOn(message.FileFetch)
	case schema.CategoryModelUnavailable, schema.CategoryNotFound:
		return c.passesOn(message.Voice)
	default:
		return false
	}
}

// passesOn tells a complaint in the provider's words that an error carries.
func (c *oneCase) passesOn(of message.Complaint) bool {
	return slices.ContainsFunc(message.Unwrap(c.e).Texts, func(text string) bool { return message.Complains(text) == of })
}

// provesOther tells that the request breaks a rule which the message states of the parameter that the error names, where the
// code speaks of a rate or a quota, or that the message says that no wait helps: it knows better.
func (c *oneCase) provesOther() bool {
	switch c.row.Category { //nolint:exhaustive // the others say nothing of rates and amounts
	case schema.CategoryRateLimit:
		if c.claims.Says(message.SaysNoWait) {
			return c.row.Code != "inferenceRateLimitRequestTooLarge" // which says so itself
		}
	case schema.CategoryBilling:
	default:
		return false
	}
	p, ok := c.first()
	if !ok || !p.present() || len(c.e.Parameters) == 0 || len(c.claims.Bounds)+len(c.claims.Lists) == 0 {
		return false
	}
	if _, said := c.claims.Signal(); said && c.row.Category == schema.CategoryRateLimit { // and of a rate itself
		return false
	}
	at := p.places[0]
	rule := c.ruleFor(at, rawjson.KindOf(at.Raw) == rawjson.Number)
	return rule.Judge(at.Parameter, at.Raw).Proof == constraint.Broken
}

// kindOfOwnName is what a code says that is made of the parameter's own name: invalidSafety is about `safety`, and nothing was
// flagged. "" for any other.
func (c *oneCase) kindOfOwnName() string {
	p, ok := c.first()
	if !ok || !c.row.Family || aboutParameters(c.row.Category) || len(c.e.Parameters) == 0 {
		return ""
	}
	if c.row.Category == schema.CategoryContentPolicy && parameter.Safeguards(p.name) { // a switch of the check, which flagged nothing
		return "invalid"
	}
	kind, named := strings.CutSuffix(parameter.Fold(c.e.Code), parameter.Fold(strings.ReplaceAll(p.name, ".", "")))
	if !named {
		kind, named = strings.CutSuffix(parameter.Fold(c.e.Code), parameter.Fold(parameter.Last(p.name)))
	}
	if !named || !slices.Contains([]string{"invalid", "unsupported", "missing"}, kind) {
		return ""
	}
	return kind
}

// namesWeights tells an error about what is loaded beside the task's model: a LoRA, a VAE.
func (c *oneCase) namesWeights() bool {
	p, ok := c.first()
	if !ok || !p.present() || p.places[0].Parameter == "model" {
		return false
	}
	text, _ := rawjson.Text(p.places[0].Raw)
	return looks.IsAIR(text)
}

// hear reads what the provider said. Where it said anything, or is what failed, Runware's message may repeat it.
func (c *oneCase) hear() message.Provided {
	failed := c.row.Category == schema.CategoryProviderFailure
	if c.row.Settled() && !failed {
		return message.Provided{}
	}
	p := message.Unwrap(c.e)
	if !p.Any && !failed {
		return p
	}
	if p.Any && len(p.Texts) == 0 && !p.Empty {
		p.Texts = append(p.Texts, looks.Short(c.e.ResponseContent, message.MaxContent)) // too deep to unwrap
	}
	if n := message.StatusIn(c.e.Message); len(p.Statuses) == 0 && n > 0 {
		p.Statuses = append(p.Statuses, n)
	}
	p.Texts = append(p.Texts, c.e.Message)
	p.Forget(c.echoes())
	return p
}

// knows tells a parameter's name from an ordinary word: the task has it, Runware's documentation does, or it is another
// word for one of these, too long to be met by chance. It knows the task's own model and type from others.
func (c *oneCase) knows(name string) bool {
	if looks.IsAIR(name) {
		return c.t == nil || strings.EqualFold(name, c.t.Model)
	}
	if slices.Contains(taskTypes(), name) {
		return c.t == nil || c.t.TaskType == name
	}
	const byChance = 8
	last := parameter.Fold(parameter.Last(name))
	other := parameter.Alias(last)
	held := c.t != nil && (c.t.HasName(last) || other != "" && c.t.HasName(parameter.Fold(other)))
	return held || parameter.Vocabulary()[last] != "" || other != "" && len(last) > byChance
}

// isBlind tells that no request is at hand: what the error says stands alone, and what the request holds is not known.
func (c *oneCase) isBlind() bool { return len(c.req.Tasks) == 0 }

// modelID is the model of the task, where it is fit to stand in a sentence.
func (c *oneCase) modelID() string {
	if c.t == nil || !looks.IsModelID(c.t.Model) {
		return ""
	}
	return c.t.Model
}

// modelSource is the source in the id of the task's model, in lower case: "runware" of runware:101@1.
func (c *oneCase) modelSource() string {
	source, _, _ := strings.Cut(strings.ToLower(c.modelID()), ":")
	return source
}

// prose lists what the task holds of somebody's own words.
func (c *oneCase) prose() []string {
	if c.t == nil {
		return nil
	}
	return c.t.Prose()
}

// echoes lists what a message may repeat of the request.
func (c *oneCase) echoes() []string { return c.req.Echoes() }

// quoted is a name as a sentence shows it; "" where there is none.
func quoted(name string) string {
	if name == "" {
		return ""
	}
	return "`" + name + "`"
}

// who accepts or refuses: the model, else Runware.
func (c *oneCase) who() string {
	if p, ok := c.first(); ok && ofRunware(p.name) {
		return "Runware"
	}
	if id := c.modelID(); id != "" {
		return quoted(id)
	}
	return "Runware"
}

// ofRunware tells the parameters that no model sees.
func ofRunware(name string) bool {
	switch name {
	case "taskUUID", "taskType", "model", "webhookURL", "uploadEndpoint", "ttl", "includeCost":
		return true
	}
	return false
}

// finding is the part that every rule's answer has in common.
func (c *oneCase) finding(category schema.Category, retry schema.Retry, confidence schema.Confidence) finding {
	f := finding{Finding: schema.Finding{
		Code: shownCode(c.e.Code), Category: category, Message: quoteMessage(c.e),
		Confidence: confidence, Retry: retry,
	}}
	if c.t != nil {
		index := c.t.Index
		f.TaskIndex = &index
	}
	return f
}

// shownCode is the code as it may stand beside a finding: any identifier, no sentence.
func shownCode(code string) string {
	if len(code) > maxCode || strings.ContainsAny(code, " \t\n") || looks.GivesOrders(code) || looks.CountWords(code) > 2*parameter.MaxWords {
		return ""
	}
	return code
}

// attach names the parameter and shows what the request holds there.
func (c *oneCase) attach(f *finding, p found) {
	f.Parameter = p.spelling()
	if !p.present() {
		return
	}
	c.attachPlace(f, p.places[0])
}

func (c *oneCase) attachPlace(f *finding, p request.Place) {
	actual, measure := constraint.Actual(p.Parameter, p.Raw)
	c.attachShown(f, p, actual, measure)
}

// attachShown is attachPlace where what is shown of the value is known.
func (c *oneCase) attachShown(f *finding, p request.Place, actual schema.Value, measure schema.Measure) {
	f.Parameter = looks.Short(p.Parameter, maxQuote)
	f.Actual, f.Measure = actual, measure
	if !c.req.Opaque {
		f.Pointer = p.Pointer
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
	message := looks.Short(e.Message, maxQuote)
	if shownCode(e.Code) != e.Code {
		message = strings.TrimSpace("[code: " + looks.Short(e.Code, maxQuote) + "] " + message)
	}
	if e.ErrorID != "" {
		message = strings.TrimSpace(message + " (errorId " + string(e.ErrorID) + ")")
	}
	if content := strings.TrimSpace(e.ResponseContent); content != "" && !strings.Contains(e.Message, content) {
		message = strings.TrimSpace(message + " [responseContent: " + looks.Short(content, maxQuote) + "]")
	}
	return message
}

// fill replaces the words in braces of a row of the table.
func (c *oneCase) fill(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	name, id := "the request", c.modelID()
	if f, ok := c.first(); ok {
		name = "`" + f.spelling() + "`"
		if value, held := f.text(); held && looks.IsAIR(value) && looks.IsModelID(value) {
			id = value // of a LoRA
		}
	} else {
		text = strings.ReplaceAll(text, " at {parameter}", " of the request")
	}
	model := quoted(id)
	if model == "" {
		text = strings.ReplaceAll(text, "no model {model}", "no such model")
	}
	taskType := "the task"
	if c.t != nil && parameter.Valid(c.t.TaskType) {
		taskType = "`" + c.t.TaskType + "`"
	}
	text = strings.NewReplacer("{parameter}", name, "{model}", model, "{taskType}", taskType, "{provider}", c.provider, "{provider's}", possessive(c.provider)).Replace(text)
	return strings.Join(strings.Fields(text), " ")
}

func isNull(raw []byte) bool { return rawjson.KindOf(raw) == rawjson.Null }
