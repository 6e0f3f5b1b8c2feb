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

// slug finds the meaning of a provider's own code, such as SAFETY.INPUT.TEXT or TaskPromptPolicyViolation, in the
// families of codes, of which it takes those that cannot be the user's key or parameters.
func slug(text string) (codes.Row, bool) {
	if len(text) > maxCode || strings.ContainsAny(text, " \n") || looks.CountWords(text) == 0 {
		return codes.Row{}, false
	}
	row := codes.For(strings.NewReplacer(".", "", "_", "", "-", "").Replace(text))
	switch row.Category {
	case schema.CategoryContentPolicy, schema.CategoryRateLimit, schema.CategoryCapacity, schema.CategoryTimeout:
		return row, true
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue,
		schema.CategoryConflict, schema.CategoryAuthentication, schema.CategoryPermission, schema.CategoryBilling, schema.CategoryProviderFailure,
		schema.CategoryInputMedia, schema.CategoryModelUnavailable, schema.CategoryNotFound, schema.CategoryInternal, schema.CategoryNetwork,
		schema.CategoryUnknown, schema.CategoryNone:
	}
	return codes.Row{}, false
}

// fromProvider tells an error whose cause may hide behind a provider's failure.
func fromProvider(c *oneCase) bool {
	failed := c.row.Category == schema.CategoryProviderFailure
	return !c.row.Settled() && (failed || c.heard.Any) || failed && c.heard.Any
}

// explainProvider looks behind a provider's failure: moderation, bad input, credits, load and time hide there.
func explainProvider(c *oneCase) (finding, bool) {
	p := c.heard
	if p.Any && message.Speaks(strings.Join(p.Texts, " "), message.OfUnpaid) {
		f := c.fromRow(codes.For("providerInsufficientCredits"), schema.ConfidenceLikely)
		return f, true
	}
	complaint, sure, complains := c.complaint(p, c.provider)
	if !p.Any {
		complaint.cause.by = runware
	}
	row, ok := c.meaning(p)
	if complains && ok && (row.Category == schema.CategoryContentPolicy && !sure || complaint.vague) {
		complains = false
	}
	if ok && !complains {
		return c.byProvider(row), true
	}
	if f, ok := c.refusedForNothing(p); ok {
		return f, true
	}
	if f, ok := c.providerLacks(p); ok {
		return f, true
	}
	if f, ok := c.badInput(p); ok && (c.row.General || c.row.Category != schema.CategoryProviderFailure || f.Pointer != "") { // a code that says what failed is not outdone by a bare word
		if !complains {
			c.nameMentioned(&f, p)
			return f, true
		}
		if !outdone(f, complaint) {
			return f, true
		}
		if f.Constraint != nil {
			complaint.Constraint = f.Constraint
			complaint.cause.more = slices.DeleteFunc(complaint.cause.more, func(s saying) bool { return s.key == inBrackets }) // said by the constraint
		}
		if f.Pointer != "" && f.Category == schema.CategoryInputMedia {
			complaint.Parameter, complaint.Pointer, complaint.Actual, complaint.Measure = f.Parameter, f.Pointer, f.Actual, f.Measure
		}
	}
	if complains {
		return complaint, true
	}
	if row, ok := statusRow(p); ok {
		return c.byProvider(row), true
	}
	if c.row.Category != schema.CategoryProviderFailure {
		return finding{}, false
	}
	return c.unreadProvider(p), true
}

// unreadProvider passes the words on that no rule reads: what is to be done follows from whose fault they say that it is.
func (c *oneCase) unreadProvider(p message.Provided) finding {
	f := c.fromRow(c.row, c.confidence(c.row))
	switch {
	case !c.row.General:
	case !p.Any:
		if f.Retry == schema.RetryAfterDecision {
			f.Category = schema.CategoryInvalidParameter
		} else if message.Explains(message.Forget(c.e.Message, c.echoes())) { // no "gave no reason" beside one
			f.cause.saying = saying{key: stepFailed}
			if c.provider != anyProvider {
				f.cause.key = providerEnded
			}
			f.mend.saying = saying{key: onceThenReport}
		}
	case c.refusal(p):
		f.Category, f.Retry = schema.CategoryInvalidParameter, schema.RetryAfterDecision
		f.cause.saying = saying{key: providerWords}
		if f.Pointer != "" { // Runware's field says what they are about
			f.cause.saying = saying{key: providerRefusedName, name: f.Parameter}
		}
		f.mend.saying = saying{key: followWords}
		if slices.ContainsFunc(p.Texts, func(text string) bool { return message.Parse(text, c.knows).Says(message.SaysConflict) }) {
			f.Category, f.mend.saying = schema.CategoryConflict, saying{key: dropOneOfWords}
		}
		c.nameMentioned(&f, p)
	case c.speaksOfRequest(p):
		f.Category, f.Retry, f.Confidence = schema.CategoryInvalidParameter, schema.RetryAfterDecision, schema.ConfidenceGuess
		f.cause.saying = saying{key: providerWords}
		f.mend.saying = saying{key: readProvider}
		c.nameMentioned(&f, p)
	case p.Empty:
		made := complaints()[message.NoneMade]
		f.Retry = schema.RetryAsIs
		f.cause = cause{saying: saying{key: inText, text: made.cause}, by: providerSays}
		f.mend.saying = saying{key: inText, text: made.mend}
	case p.Page:
		f.Retry = schema.RetryAsIs
		f.cause.saying = saying{key: answeredByPage}
		f.mend.saying = saying{key: sendOnce}
		if c.asksToWait() {
			f.Retry, f.mend.saying = schema.RetryAfterWait, saying{key: againAsSaid}
		}
	case saysInternal(p):
		return c.byProvider(codes.For("providerInternalError"))
	default:
		f.Retry = schema.RetryAsIs
		f.cause.saying = saying{key: providerEnded}
		f.mend.saying = saying{key: onceThenReport}
		if c.asksToWait() {
			f.Retry = schema.RetryAfterWait
			f.mend.saying = saying{key: againAsSaid}
		}
	}
	return f
}

// asksToWait tells that the provider's words ask for the same again, in a while.
func (c *oneCase) asksToWait() bool {
	return slices.ContainsFunc(c.heard.Texts, func(text string) bool { return message.Parse(text, c.knows).Says(message.SaysTryAgain) })
}

// outdone tells a finding that says less than a complaint does: it found no value of the request and no rule, or calls a
// file unfit.
func outdone(f, complaint finding) bool {
	if f.cause.key == meetsRule || f.cause.key == sizeMeetsRule || f.cause.key == sizeInList { // it is not what the rule is for
		return true
	}
	if f.Category == schema.CategoryInputMedia && complaint.Category == schema.CategoryInputMedia {
		return f.cause.key != fileOfOtherSize
	}
	return f.cause.key == providerRefusedName || f.Pointer == "" && f.Constraint == nil
}

// refusedForNothing tells a refusal that comes without a reason: a bare status.
func (c *oneCase) refusedForNothing(p message.Provided) (finding, bool) {
	if _, ok := statusRow(p); ok || len(p.Statuses) == 0 || !c.refusal(p) || message.Unwrap(c.e).Reason() {
		return finding{}, false
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterDecision, schema.ConfidenceLikely)
	f.cause.saying = saying{key: refusedNoReason}
	f.mend.saying = saying{key: compareWithSchema}
	return f, true
}

// speaksOfRequest tells words about what a request holds, where nobody says that something broke.
func (c *oneCase) speaksOfRequest(p message.Provided) bool {
	if c.t == nil || p.Page || slices.ContainsFunc(p.Statuses, func(status int) bool { return status >= 500 }) {
		return false
	}
	about := false
	for _, text := range p.Texts {
		if text == c.e.Message || strings.HasPrefix(text, "{") {
			continue
		}
		if head, reason, ok := strings.Cut(text, ": "); ok && inSentence(reason) && message.Parse(head, c.knows).Says(message.SaysBroke) {
			text = reason // "Generation failed: the face is hidden"
		}
		if looks.GivesOrders(text) || inSentence(text) && message.Parse(text, c.knows).Says(message.SaysBroke|message.SaysTryAgain) {
			return false
		}
		spoken, _ := c.spokenOf(text)
		of := mediumIn(text)
		about = about || len(spoken) > 0 || of != "" && len(c.inputs(of)) > 0
	}
	return about || len(c.ownNames(p)) > 0
}

// refusal tells a provider's words of the class of a client's error: by a status, or by Runware's code. They are passed
// on; a wrong reading of them would cost more than none.
func (c *oneCase) refusal(p message.Provided) bool {
	if p.Page {
		return false // a server in between answered, who knows nothing of the request
	}
	client := c.row.Retry == schema.RetryAfterDecision
	for _, status := range p.Statuses {
		if status >= 500 {
			return false
		}
		client = client || status != 408 && status != 425 && status != 429
	}
	for _, text := range p.Texts {
		slug := !strings.ContainsAny(text, " \n")
		if _, status, ok := strings.Cut(text, "returned the 4"); ok && len(status) > 2 {
			client = client || status[0] >= '0' && status[0] <= '9' && status[1] >= '0' && status[1] <= '9' && status[2] == '.'
		}
		client = client || slug && message.Speaks(text, message.OfClientFault)
	}
	return client
}

// providerLacks reads that the provider has no such voice, avatar, style: a value of the request that it quotes.
func (c *oneCase) providerLacks(p message.Provided) (finding, bool) {
	if c.t == nil {
		return finding{}, false
	}
	const maxValuesTried = 64
	tried := map[string]bool{}
	lacks := func(text string) bool { return message.Speaks(text, message.OfLacking) }
	if !slices.ContainsFunc(p.Texts, lacks) {
		return finding{}, false
	}
	for _, text := range append(message.Unwrap(c.e).Texts, c.e.Message) { // with the value that p has forgotten as an echo
		if !lacks(text) {
			continue
		}
		for _, t := range message.Parse(text, c.knows).Tokens {
			value := strings.Trim(t.Text, "'\"`")
			if len(value) < 3 || tried[value] || len(tried) == maxValuesTried {
				continue
			}
			tried[value] = true
			at := c.t.Holding(value)
			if at.Pointer == "" || at.Parameter == "taskType" || at.Parameter == "taskUUID" || at.Parameter == "model" || looks.IsMedia(value) && mediumOf(at.Parameter) != "" {
				continue
			}
			f := c.finding(schema.CategoryNotFound, schema.RetryAfterDecision, schema.ConfidenceLikely)
			c.attachPlace(&f, at)
			f.cause.saying = saying{key: providerLacks, name: f.Parameter}
			f.mend.saying = saying{key: useAnother}
			return f, true
		}
	}
	return finding{}, false
}

// meaning is the row of the surest signal in the provider's words or slugs.
func (c *oneCase) meaning(p message.Provided) (codes.Row, bool) {
	rowOf := func(s message.Signal) codes.Row {
		if c.runsHere() || (s.Direct == "moderationUnavailable" || s.Direct == "outOfMemory") && c.speaksItself() {
			return codes.For(s.Direct)
		}
		return codes.For(s.Provider)
	}
	var words, slugs []string
	for _, text := range p.Texts { // what is said in words is surer than a slug
		switch {
		case !inSentence(text):
			slugs = append(slugs, text)
		case !strings.Contains(text, "responded with an error"):
			words = append(words, text)
		}
	}
	if s, ok := message.Classify(strings.Join(words, "\n")); ok && s.Provider != "providerInternalError" {
		if closer, also := message.Classify(strings.Join(slugs, "\n")); also && s.Provider == "providerAllowanceReached" { // of what kind, the slug may say
			s = closer
		}
		return rowOf(s), true
	}
	if s, ok := message.Classify(strings.Join(p.Texts, "\n")); ok && s.Provider != "providerInternalError" {
		return rowOf(s), true
	}
	for _, text := range p.Texts {
		if row, ok := slug(text); ok {
			return row, true
		}
	}
	return codes.Row{}, false
}

// wordsFirst are texts in an order in which what is said in words comes before slugs, which say less.
func wordsFirst(texts []string) []string {
	return slices.SortedStableFunc(slices.Values(texts), func(a, b string) int {
		switch {
		case inSentence(a) == inSentence(b):
			return 0
		case inSentence(a):
			return -1
		}
		return 1
	})
}

// inSentence tells words from a slug.
func inSentence(text string) bool { return strings.Contains(text, " ") }

// saysInternal tells words that say no more than that something broke there.
func saysInternal(p message.Provided) bool {
	s, ok := message.Classify(strings.Join(p.Texts, "\n"))
	return ok && s.Provider == "providerInternalError"
}

// statusRow is the row of an HTTP status that the provider's words carry, where the words themselves say nothing.
func statusRow(p message.Provided) (codes.Row, bool) {
	for _, status := range p.Statuses {
		if code, ok := message.StatusSignal(status); ok {
			return codes.For(code), true
		}
	}
	return codes.Row{}, false
}

// byProvider makes a finding of a row that the provider's words lead to.
func (c *oneCase) byProvider(row codes.Row) finding {
	f := c.fromRow(row, schema.ConfidenceLikely)
	if row.Category == schema.CategoryModelUnavailable && c.modelID() == "" {
		f.cause.saying = saying{key: providerModelGone}
	}
	if row.Category == schema.CategoryContentPolicy || row.Category == schema.CategoryRateLimit || row.Category == schema.CategoryTimeout {
		f.Parameter, f.Pointer, f.Actual, f.Measure = "", "", nil, "" // what the error names is not what was refused
	}
	if row.Code == "providerRegionRefused" && c.nameUnoffered(&f) {
		return f
	}
	speaker := providerSays
	if c.runsHere() || ofGateway(c.heard) {
		speaker = runware
	}
	if row.Category == schema.CategoryContentPolicy {
		c.nameRefused(&f, speaker)
	}
	if f.cause.key == inText {
		f.cause.by = speaker
	}
	if (f.Category == schema.CategoryProviderFailure || f.Category == schema.CategoryTimeout) && f.Retry == schema.RetryAsIs && c.asksToWait() {
		f.Retry, f.mend = schema.RetryAfterWait, mend{saying: saying{key: againAsSaid}}
	}
	f.patch = nil
	if row.Category == schema.CategoryBilling && (message.Speaks(c.e.Message, message.OfOwnPurse) || c.speaksItself()) {
		return c.fromRow(codes.For("insufficientCredits"), schema.ConfidenceLikely)
	}
	if row.Category == schema.CategoryBilling && f.Retry == schema.RetryAfterDecision { // theirs, and nobody's here
		f.Category, f.Retry = schema.CategoryProviderFailure, schema.RetryAfterWait
		f.cause = cause{saying: saying{key: providerUnpaid}}
		f.mend = mend{saying: saying{key: otherModelOrLater}}
	}
	return f
}

// nameUnoffered says which setting of the task a provider's words name that it does not offer in a region.
func (c *oneCase) nameUnoffered(f *finding) bool {
	if c.t == nil {
		return false
	}
	for _, word := range c.wordsOf(c.heard) {
		at := c.settingCalled(word)
		if word = strings.Trim(word, "'\"`()[]{}:,."); at.Pointer == "" && isID(word) {
			at = c.settingHolding(word)
		}
		if at.Pointer == "" {
			continue
		}
		c.attachPlace(f, at)
		f.Category = schema.CategoryUnsupportedValue
		f.cause = cause{saying: f.seen(notOfferedThere), by: providerSays}
		f.mend = mend{saying: saying{key: otherThere, name: f.Parameter}}
		return true
	}
	return false
}

// runsHere tells a task that Runware runs itself, by the source of its model, where no provider is spoken of.
func (c *oneCase) runsHere() bool {
	source := c.modelSource()
	return (source == "runware" || source == "civitai") && c.speaksItself()
}

// speaksItself tells an error in which no provider is spoken of.
func (c *oneCase) speaksItself() bool {
	return !c.heard.Any && !c.passedOn && !strings.Contains(strings.ToLower(c.e.Code), "provider")
}

// speaking is the case of a provider's text, read like one of Runware's own messages.
func (c *oneCase) speaking(text string, params []string) *oneCase {
	inner := &oneCase{req: c.req, t: c.t, schema: c.schema, provider: c.provider}
	if len(params) == 0 {
		params, text = c.headed(text)
	}
	if len(params) == 0 {
		params = c.e.Parameters
	}
	inner.e = schema.APIError{Message: text, Parameters: params, TaskUUID: c.e.TaskUUID, TaskType: c.e.TaskType}
	inner.e.Allowed, inner.e.Min, inner.e.Max, inner.e.Multiplier = c.e.Allowed, c.e.Min, c.e.Max, c.e.Multiplier // Runware's own
	inner.claims = message.Parse(text, c.knows)
	inner.locate(inner.names())
	return inner
}

// lengthMust begins what validators say of an array and of a text alike.
const lengthMust = "length must"

// headed is the parameter that a line of a validator begins with, "body.n: 8 is greater than …", "field images: length must …",
// by its name or another word for it: a setting, or files where the line counts them. The line says then that it counts.
func (c *oneCase) headed(text string) (params []string, line string) {
	head, rest, ok := strings.Cut(text, ": ")
	if noun, name, two := strings.Cut(head, " "); two && (noun == "field" || noun == "parameter" || noun == "property") {
		head = name
	}
	if !ok || !parameter.Valid(head) {
		return nil, text
	}
	named := c.onlyPlace(parameter.Last(head))
	if lacks := parameter.Vocabulary()[parameter.Fold(head)]; c.t != nil && !c.t.HasName(parameter.Fold(head)) && lacks == head && mediumOf(head) == "" && isSetting(head) && asksFor(rest) {
		return []string{head}, head + " " + rest
	}
	if setting := named.present() && isSetting(parameter.Last(named.spelling())) && mediumOf(named.spelling()) == ""; !setting {
		named = c.countedFiles(parameter.Last(head), rest)
	}
	if !named.present() {
		return nil, text
	}
	if after, counts := strings.CutPrefix(rest, lengthMust); counts && rawjson.KindOf(named.places[0].Raw) == rawjson.Array {
		text = head + ": the number of items must" + after
	}
	return []string{named.name}, text
}

// lacksHead tells the case of a validator's line that begins with the setting which it asks for.
func (c *oneCase) lacksHead(text string) bool {
	head, rest, ok := strings.Cut(text, ": ")
	return ok && len(c.e.Parameters) == 1 && c.e.Parameters[0] == head && asksFor(rest)
}

// asksFor tells what a validator says of a member that is not there: "is required".
func asksFor(rest string) bool {
	return strings.HasPrefix(rest, "is required") || strings.HasPrefix(rest, "field required") || strings.HasPrefix(rest, "missing")
}

// countedFiles is the array of all files of the medium that a name says, where a validator counts them.
func (c *oneCase) countedFiles(name, said string) found {
	of := mediumIn(name)
	if c.t == nil || of == "" || !strings.Contains(said, " item") && !strings.HasPrefix(said, lengthMust) {
		return found{}
	}
	return c.onlyPlace(arrayOf(c.inputs(of)))
}

// pictureAlone tells a task that sets the size of its picture and takes no file: a size is the picture's.
func (c *oneCase) pictureAlone() bool {
	return c.t != nil && len(c.inputs("")) == 0 && len(c.t.Locate("width"))+len(c.t.Locate("height")) > 0
}

// sizeOfFile reads a rule about the width or height of an image as one about the file, where the request has a file and
// its own size meets the rule: what was refused is then what no parameter shows.
func (c *oneCase) sizeOfFile(inner *oneCase) (finding, bool) {
	if !inner.claims.Says(message.SaysMediaProperty) && !message.Speaks(inner.e.Message, message.OfSideOfFile) || len(c.inputs("")) == 0 {
		return finding{}, false
	}
	named, ok := inner.first()
	if !ok || !named.present() || !parameter.IsSide(strings.ToLower(parameter.Last(named.spelling()))) {
		return finding{}, false
	}
	at := named.places[0]
	rule := inner.ruleFor(at, true)
	if !rule.Known() || rule.Judge(at.Parameter, at.Raw).Proof == constraint.Broken && !strings.Contains(message.Squeeze(inner.e.Message), "inputimage") {
		return finding{}, false
	}
	f := c.finding(schema.CategoryInputMedia, schema.RetryAfterDecision, schema.ConfidenceLikely)
	f.Constraint = rule.Shown("")
	text := strings.ToLower(parameter.Last(named.spelling())) + " " + rule.Text("")
	f.cause.saying = saying{key: fileOfOtherSize, text: text}
	f.mend.saying = saying{key: resizeFile}
	return f, true
}

// takesNoun tells a finding that would take a file or a voice out of the request for a bare noun of the provider's: "this
// image is not supported" speaks of the file, not of the parameter.
func (c *oneCase) takesNoun(f finding, p message.Provided, text string) bool {
	holds := func(file request.Place) bool { return f.Pointer != "" && within(file.Pointer, f.Pointer) }
	of := mediumOf(f.Parameter) != "" || strings.HasSuffix(f.Parameter, "voice") || slices.ContainsFunc(c.inputs(""), holds)
	return of && f.Category == schema.CategoryUnsupportedParameter && len(p.Params) == 0 && !strings.ContainsAny(text, "'\"`")
}

// ofRules is what the first of the rules that hear a provider finds in one of its texts. "Not supported when …" refuses no
// parameter for good.
func (c *oneCase) ofRules(inner *oneCase, p message.Provided, text string) (finding, bool) {
	for _, r := range rules() {
		if !r.heard || !r.when(inner) {
			continue
		}
		f, ok := r.explain(inner)
		if !ok || c.takesNoun(f, p, text) || f.Category == schema.CategoryUnsupportedParameter && inner.claims.Says(message.SaysConflict) {
			continue
		}
		f.Code, f.Message = shownCode(c.e.Code), quoteMessage(c.e)
		f.cause.by = providerRefuses
		if theirs, ok := strings.CutPrefix(f.cause.text, "Runware could not"); ok && f.cause.key == inText {
			f.cause.text, f.cause.by = c.provider+" could not"+theirs, providerSays
		}
		return f, true
	}
	return finding{}, false
}

// badInput reads a provider's complaint about a value like one of Runware's own.
func (c *oneCase) badInput(p message.Provided) (finding, bool) {
	if ofGateway(p) {
		return finding{}, false
	}
	media := false
	var said message.Stance
	var met finding // what only says that a rule is met: another text may refuse the value all the same
	refused := false
	for _, text := range wordsFirst(p.Texts) {
		if of, _ := fileHead(text); of != "" && len(c.inputs(of)) > 0 && len(p.Params) == 0 { // whose length and size no parameter is
			media = true
			continue
		}
		inner := c.speaking(text, c.paramsIn(p, text))
		ofPicture := (names2D(inner.found) || inner.pictureRule().Area != nil) && (c.pictureAlone() || c.namesPicture(p, text))
		media = media || !ofPicture && inner.claims.Says(message.SaysUnreadable|message.SaysMediaProperty) && !ofOther(text)
		if text != c.e.Message || !p.Any { // which leads on to the provider's
			said |= inner.claims.Stances()
		}
		refused = refused || inner.claims.Says(message.SaysUnsupportedValue|message.SaysOfValue|message.SaysUnsupportedName)
		if f, ok := c.sizeOfFile(inner); ok {
			return f, true
		}
		if named, ok := inner.first(); ok && !named.present() && !ofPicture && !inner.lacksHead(text) {
			continue // the provider's own name for something: no parameter of the request
		}
		f, ok := c.ofRules(inner, p, text)
		if ok && f.cause.key != meetsRule && f.cause.key != sizeMeetsRule {
			return f, true
		}
		if ok {
			met = f
		}
	}
	if met.cause.key != silent && !refused {
		return met, true
	}
	if media && c.mayHoldFiles() {
		return c.unfitFile(p), true
	}
	return c.refusedInput(p, said)
}

// ofOther tells a text that speaks of what the task makes, or of a parameter, and of no file that it holds.
func ofOther(text string) bool {
	return message.Speaks(text, message.OfOutput|message.OfOutputImage|message.OfOutputVideo|message.OfOutputAudio) || strings.Contains(strings.ToLower(text), "parameter ")
}

// unfitFile is a file that the provider finds unfit, in words that no rule reads.
func (c *oneCase) unfitFile(p message.Provided) finding {
	f := c.finding(schema.CategoryInputMedia, schema.RetryAfterDecision, schema.ConfidenceLikely)
	f.cause.saying = saying{key: providerMediaUnfit}
	c.nameOnlyInput(&f, mediumIn(strings.Join(p.Texts, " ")), atName)
	if f.Pointer == "" && len(c.inputs("")) == 1 {
		c.nameOnlyInput(&f, "", atName)
	}
	f.cause.more = append(f.cause.more, saying{key: inItsWords})
	f.mend.saying = saying{key: checkMedia}
	if f.Pointer != "" {
		f.mend.saying = saying{key: fitFile}
	}
	c.sayEnding(&f)
	return f
}

// ofGateway tells the page of a server in between, who knows nothing of the request: any but that of a bad one, or of one that
// is too large.
func ofGateway(p message.Provided) bool {
	return p.Page && !slices.ContainsFunc(p.Texts, func(text string) bool {
		lower := strings.ToLower(text)
		return strings.Contains(lower, "400 bad request") || strings.Contains(lower, "413 ")
	})
}

// paramsIn are the parameters that a provider names, without its names for the size of a picture whose sides the task sets;
// where it names none, the one that its text complains of.
func (c *oneCase) paramsIn(p message.Provided, text string) []string {
	if len(p.Params) == 0 {
		if of := complaints()[message.Complains(text)]; of.name != "" && c.onlyPlace(of.name).present() {
			return []string{of.name}
		}
	}
	params := slices.Clone(p.Params)
	for i, name := range params {
		if last := parameter.Last(name); c.t != nil && len(c.t.Locate(name)) == 0 && isOwnName(last) {
			if at := c.endOf(last); at.Pointer != "" && mediumOf(at.Parameter) == "" && isSetting(parameter.Last(at.Parameter)) {
				params[i] = at.Parameter
			}
		}
	}
	if c.pictureAlone() || c.t != nil && c.setsSize() && c.namesPicture(p, text) {
		return slices.DeleteFunc(params, isOutputSize)
	}
	return params
}

// refuses are the stances of whoever refuses a request.
const refuses = message.SaysRefused | message.SaysConflict | message.SaysUnsupportedName | message.SaysUnsupportedValue | message.SaysCount | message.SaysTogether

// refusedInput is all there is to say where the provider refused the request and no rule of ours reads its words.
func (c *oneCase) refusedInput(p message.Provided, said message.Stance) (finding, bool) {
	rejected, other := said&refuses != 0 || len(p.Params) > 0, false
	for _, status := range p.Statuses {
		rejected = rejected || status == 400 || status == 413 || status == 415 || status == 422
		_, known := message.StatusSignal(status)
		other = other || known
	}
	if !rejected || other || !p.Any || p.Page {
		return finding{}, false
	}
	f := c.finding(schema.CategoryInvalidParameter, schema.RetryAfterDecision, schema.ConfidenceLikely)
	f.cause.saying = saying{key: providerWords}
	f.mend.saying = saying{key: readProvider}
	for _, name := range p.Params {
		if named, ok := c.speaking("", []string{name}).first(); ok && named.present() {
			c.attach(&f, named)
			f.cause.saying = saying{key: providerRefusedName, name: f.Parameter}
		}
	}
	switch {
	case said&message.SaysConflict != 0:
		f.Category = schema.CategoryConflict
		f.mend.saying = saying{key: dropOneOfWords}
	case said&message.SaysMissing != 0 && f.Parameter == "" && len(c.ownNames(p)) > 0:
		f.Category = schema.CategoryMissingParameter
		f.mend.saying = saying{key: giveWhatIsAsked}
	}
	return f, true
}
