package diagnose

import (
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// isSettled tells codes whose meaning no message changes: the balance, the key, moderation, time.
func isSettled(c *oneCase) bool {
	return c.row.Settled() && c.row.Cause != "" && c.row.Category != schema.CategoryInputMedia && !c.overFile(c.row.Category)
}

// overFile tells a time that ran out, or a door that stayed shut, over a file which could not be had: the file is at fault,
// and stays so.
func (c *oneCase) overFile(category schema.Category) bool {
	switch category { //nolint:exhaustive // the others are not said of a file
	case schema.CategoryTimeout, schema.CategoryPermission, schema.CategoryAuthentication:
	default:
		return false
	}
	if c.t == nil {
		return false
	}
	of := complaints()[message.Complains(c.e.Message)]
	return of.file && of.sure && len(c.inputs("")) > 0
}

func explainSettledCode(c *oneCase) (finding, bool) {
	row := c.closerRow()
	return c.fromRow(row, c.confidence(row)), true
}

// closerRow is the row of the code, or one that the message corrects it to: where a family of codes says that something
// does not exist and the parameter holds media, that of media which do not; where what is called a rate is a limit of what may
// be spent, which no short wait lifts, that of the limit; where what is called a quota lasts seconds, that of a rate.
func (c *oneCase) closerRow() codes.Row {
	switch {
	case c.row.Category == schema.CategoryNotFound && c.row.Family && c.namesFile():
		return codes.For("mediaNotFound")
	case c.row.Category == schema.CategoryBilling && c.claims.Wait.Count != "": // a quota that is there again in seconds
		return codes.For("rateLimitExceeded")
	case (c.row.Category == schema.CategoryRateLimit || c.row.Category == schema.CategoryBilling && (c.row.Family || c.row.Code == "quotaExceeded")) && c.means("spendingLimitReached"):
		return codes.For("spendingLimitReached")
	case c.row.Category == schema.CategoryRateLimit && strings.HasPrefix(c.row.Code, "provider") && c.theirPurse(): // of which no short wait makes more
		return codes.For("providerInsufficientCredits")
	case c.row.Category == schema.CategoryRateLimit && c.isOneTooLarge(): // of which no wait makes less
		return codes.For("inferenceRateLimitRequestTooLarge")
	}
	return c.row
}

// isOneTooLarge tells a limit of a rate that one request alone exceeds, whoever says so.
func (c *oneCase) isOneTooLarge() bool {
	s, ok := c.claims.Signal()
	return ok && s.Direct == "inferenceRateLimitRequestTooLarge"
}

// means tells what Runware's own words say that a code of its own would.
func (c *oneCase) means(code string) bool {
	s, ok := c.claims.Signal()
	return ok && s.Direct == code && c.e.Provider == "" && !strings.HasPrefix(c.row.Code, "provider")
}

func (c *oneCase) confidence(row codes.Row) schema.Confidence {
	if row.Family {
		return schema.ConfidenceGuess
	}
	return schema.ConfidenceLikely
}

// fromRow makes a finding of a row of the code table.
func (c *oneCase) fromRow(row codes.Row, confidence schema.Confidence) finding {
	f := c.finding(row.Category, row.Retry, confidence)
	if p, ok := c.first(); ok && p.present() && c.concerns(row.Category) {
		c.attach(&f, p)
		if row.Category == schema.CategoryConflict && f.Measure != schema.MeasureValue {
			f.Actual, f.Measure = nil, ""
		}
	}
	if p, ok := c.first(); ok && p.present() && row.Category == schema.CategoryContentPolicy && len(c.e.Parameters) > 0 {
		c.attach(&f, p)
		f.Actual, f.Measure = nil, "" // what was blocked is not repeated
	}
	c.byRow(&f, row)
	if f.Retry == schema.RetryAsIs && c.claims.Says(message.SaysTryAgain) && strings.Contains(strings.ToLower(c.e.Message), "later") {
		f.Retry, f.mend.saying = schema.RetryAfterWait, saying{key: againAsSaid}
	}
	if row.Retry == schema.RetryAfterWait {
		if wait := c.wait(); wait.Count != "" {
			f.mend.saying = saying{key: waitThenSend, text: looks.Plural(wait.Count, wait.Unit)}
		}
	}
	switch {
	case strings.HasSuffix(row.Code, "ProviderSettingsProvider"):
		c.foreignSettings(&f)
	case row.Category == schema.CategoryContentPolicy:
		c.nameRefused(&f, runware)
	case row.Code == "modelIncompatible": // both are there, and exclude each other
		f.Category = schema.CategoryConflict
	case row.Category == schema.CategoryModelUnavailable:
		c.replaceModel(&f)
	case row.Category == schema.CategoryInputMedia:
		c.constrainFile(&f)
		c.nameFile(&f)
	case row.Category == schema.CategoryBilling:
		f.Constraint = c.billingConstraint()
		c.whosePurse(&f)
	case row.Category == schema.CategoryConflict && f.Pointer != "":
		f.Constraint = &schema.Constraint{Text: "not in use yet", Source: schema.SourceMessage}
	case row.Code == "inferenceRateLimitRequestTooLarge" && c.t != nil:
		c.blameLimit(&f)
	case row.Retry == schema.RetryCheckFirst && c.t != nil:
		f.patch = c.asyncPatch()
	}
	return f
}

// wait is the pause that the error names: Runware's message, else the provider's words.
func (c *oneCase) wait() message.Wait {
	if c.claims.Wait.Count != "" {
		return c.claims.Wait
	}
	for _, text := range message.Unwrap(c.e).Texts {
		if w := message.Parse(message.Forget(text, c.echoes()), c.knows).Wait; w.Count != "" {
			return w
		}
	}
	return message.Wait{}
}

// byRow says what the table of codes says.
func (c *oneCase) byRow(f *finding, row codes.Row) {
	if row.Cause != "" {
		f.cause.saying = saying{key: inText, text: c.fill(row.Cause)}
	}
	if row.Fix != "" {
		f.mend.saying = saying{key: inText, text: c.fill(row.Fix)}
	}
}

// nameSpoken finds the parameter whose value the reason of a failed step repeats: it is what the reason is about, and
// the same value brings the same failure.
func (c *oneCase) nameSpoken(f *finding) {
	const byChance = 4
	if c.t == nil {
		return
	}
	for _, t := range c.claims.Tokens {
		value := strings.Trim(t.Text, "'\"`")
		at := c.t.Holding(value)
		if len(value) < byChance || at.Pointer == "" || at.Parameter == "taskType" || at.Parameter == "taskUUID" || looks.CountWords(value) > 1 {
			continue
		}
		c.attachPlace(f, at)
		f.Category, f.Retry = schema.CategoryInvalidParameter, schema.RetryAfterDecision
		f.cause.more = append(f.cause.more, saying{key: whichSpeaksOf, name: f.Parameter})
		f.mend.saying = saying{key: checkAgainst, name: f.Parameter}
		return
	}
}

// replaceModel follows the advice of the message: "Use 'runware:101@1' instead", in Runware's own words.
func (c *oneCase) replaceModel(f *finding) {
	if f.Retry == schema.RetryAfterDecision && c.claims.Says(message.SaysTryAgain) {
		f.Retry = schema.RetryAfterWait
		f.mend.saying = saying{key: otherModelOrLater}
	}
	if f.Pointer == "" || !c.claims.Says(message.SaysInstead) {
		return
	}
	var named []string
	for _, t := range c.claims.Tokens {
		if looks.IsAIR(t.Text) && t.Text != c.t.Model {
			named = append(named, t.Text)
		}
	}
	if len(named) == 1 {
		f.Retry = schema.RetryAfterDecision
		f.mend.saying = saying{key: setModel, name: f.Parameter, other: named[0]}
		f.patch = []schema.Operation{replace(f.Pointer, schema.StringValue(named[0]))}
	}
}

// concerns tells whether a cause of this category has to do with the parameter that was found. A name that merely stands
// in the message of a crash or a full queue has not.
func (c *oneCase) concerns(category schema.Category) bool {
	switch category {
	case schema.CategoryBilling, schema.CategoryContentPolicy:
		return false
	case schema.CategoryModelUnavailable:
		p, _ := c.first()
		return !c.byMessage || rawjson.KindOf(p.places[0].Raw) == rawjson.String
	case schema.CategoryTimeout, schema.CategoryCapacity, schema.CategoryRateLimit, schema.CategoryInternal, schema.CategoryProviderFailure, schema.CategoryPermission, schema.CategoryUnknown:
		return !c.byMessage
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue,
		schema.CategoryConflict, schema.CategoryAuthentication, schema.CategoryInputMedia, schema.CategoryNotFound, schema.CategoryNetwork, schema.CategoryNone:
	}
	return true
}

// asyncPatch makes a synchronous task asynchronous: a longer wait is what a task that outlived its call needs.
func (c *oneCase) asyncPatch() []schema.Operation {
	raw, ok := c.t.Member("deliveryMethod")
	if method, _ := rawjson.Text(raw); !ok || method != "sync" || c.req.Opaque || !strings.Contains(strings.ToLower(c.e.Code), "tasktimeout") {
		return nil
	}
	return []schema.Operation{replace(rawjson.Pointer(c.t.Base, "deliveryMethod"), schema.StringValue("async"))}
}

// foreignSettings finds the only member of providerSettings that is of another provider than the model, and takes it out.
func (c *oneCase) foreignSettings(f *finding) {
	if c.t == nil || c.req.Opaque {
		return
	}
	own, _, _ := strings.Cut(c.modelID(), ":")
	settings, ok := c.t.Member("providerSettings")
	if own == "" || !ok {
		return
	}
	foreign, members := "", 0
	for name := range rawjson.Members(settings) {
		members++
		if parameter.Fold(name) == parameter.Fold(own) {
			continue
		}
		if foreign != "" || !parameter.Valid(name) {
			return
		}
		foreign = name
	}
	if foreign == "" {
		return
	}
	at := "providerSettings." + foreign
	f.Constraint = &schema.Constraint{Text: "settings of the model's own provider", Source: schema.SourceMessage}
	f.cause.saying = saying{key: foreignTo, name: at, other: own}
	if members == 1 {
		return // nothing of them would be left: whether they or the model are wrong is the user's to say
	}
	f.mend.saying = saying{key: removeNames, names: []string{at}}
	f.patch = []schema.Operation{remove(rawjson.Pointer(rawjson.Pointer(c.t.Base, "providerSettings"), foreign))}
}

// nameFile finds the only file of the medium that the error speaks of, where it names no parameter, and keeps the advice
// to what the task does.
func (c *oneCase) nameFile(f *finding) {
	if c.deletes() {
		f.mend.saying = saying{key: checkUUIDOnly}
	}
	if f.Parameter != "" || len(c.found) > 0 {
		return
	}
	if names := c.onlyDownload(); len(names) > 0 && !c.deletes() {
		at := c.t.Locate(names[0])[0]
		f.cause.more = append(f.cause.more, saying{key: onlyFile, name: at.Parameter})
		c.attachPlace(f, at)
		f.Actual, f.Measure = nil, "" // the fault is in the file
		return
	}
	of := medium("")
	if named := message.Media(c.e.Message); len(named) > 0 {
		of = medium(named[0])
	}
	c.nameOnlyInput(f, of, onlyFile)
}

// whosePurse corrects the code by the message: a balance that running requests hold is a pause, and a provider's own
// account is nobody's here.
func (c *oneCase) whosePurse(f *finding) {
	said := message.Notions(c.e.Message + " " + strings.Join(c.heard.Texts, " "))
	switch {
	case said&message.OfHeldBalance != 0:
		f.Retry = schema.RetryAfterWait
		f.cause.saying = saying{key: balanceReserved}
		f.mend.saying = saying{key: waitForRunning}
	case c.heard.Any && said&message.OfUnpaid != 0 || said&message.OfProviderPurse != 0 || c.theirPurse():
		f.Category, f.Retry = schema.CategoryProviderFailure, schema.RetryAfterWait
		f.cause.saying = saying{key: providerUnpaid}
		f.mend.saying = saying{key: otherModelOrLater}
	case said&message.OfUnpaid != 0:
		f.Constraint = nil
		f.cause.saying = saying{key: accountUnpaid}
		f.mend.saying = saying{key: payWhatIsOpen}
	}
}

// theirPurse tells a provider's words of a purse, which is Runware's with it: the user has none there.
func (c *oneCase) theirPurse() bool {
	theirs := message.Unwrap(c.e)
	if !theirs.Any || message.Speaks(c.e.Message, message.OfOwnPurse) {
		return false
	}
	s, ok := message.Classify(strings.Join(theirs.Texts, "\n"))
	return ok && s.Provider == "providerInsufficientCredits"
}

// billingConstraint says what the account must have, where the message names it.
func (c *oneCase) billingConstraint() *schema.Constraint {
	limit, _ := c.claims.Signal()
	var parts []string
	if c.claims.Says(message.SaysInvoice) {
		parts = append(parts, "paid invoice")
	}
	tokens := c.claims.Tokens
	for i, t := range tokens {
		if t.Kind == message.Money && len(t.Text) < 16 && limit.Direct == "spendingLimitReached" { // what may be spent is not what is needed
			parts = append(parts, "spending limit of "+t.Text)
			break
		}
		if t.Kind == message.Money && len(t.Text) < 16 && i > 0 && (tokens[i-1].Lower == "least" || tokens[i-1].Lower == "minimum" || tokens[i-1].Lower == "of") {
			parts = append(parts, "at least "+t.Text+" credit")
			break
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return &schema.Constraint{Text: strings.Join(parts, " or "), Source: schema.SourceMessage}
}

// namesFile tells an error about a parameter that holds media: a UUID, a URL.
func (c *oneCase) namesFile() bool {
	p, ok := c.first()
	if !ok || mediumOf(p.spelling()) == "" {
		return false
	}
	if !p.present() {
		return c.isBlind()
	}
	text, ok := rawjson.Text(p.places[0].Raw)
	return ok && looks.IsMedia(text) && !looks.IsAIR(text)
}

// hasRow tells an error whose code, or its family, is in the table.
func hasRow(c *oneCase) bool { return c.row.Code != "" }

// explainCode answers with the row of the code, or of its family.
func explainCode(c *oneCase) (finding, bool) {
	f := c.fromRow(c.row, c.confidence(c.row))
	if f.cause.key == silent {
		f.Confidence = schema.ConfidenceGuess
		f.cause.saying = saying{key: refusedUnnamed, who: c.who()}
		f.mend.saying = saying{key: readMessage}
		if name, at := c.switchSpoken(); name != "" {
			c.attachPlace(&f, at)
			f.cause.saying = saying{key: refusesSwitch, who: c.who(), name: at.Parameter, text: name}
			f.mend.saying = saying{key: changeSwitch, name: at.Parameter, text: name}
			return f, true
		}
		if theirs := sayable(c.ownNames(message.Provided{Texts: []string{c.e.Message}})); len(theirs) > 0 {
			f.cause.more = append(f.cause.more, saying{key: whichName, names: theirs})
		}
	}
	if c.row.Family && c.row.Category == schema.CategoryInternal && message.Explains(c.e.Message) {
		f.cause.saying = saying{key: stepFailed} // no "no reason is given" beside a reason
		f.mend.saying = saying{key: followReason}
		c.nameSpoken(&f)
	}
	return f, true
}
