package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// complains tells an error that leaves it to Runware's message to name the cause.
func complains(c *oneCase) bool {
	return c.t != nil && (isOpen(c) || c.overFile(c.row.Category) || c.row.Family && c.row.Category == schema.CategoryInputMedia)
}

// filesDiffer tells an error about files of the request that have to agree: none of them is too many.
func filesDiffer(c *oneCase) bool {
	if !complains(c) {
		return false
	}
	of := message.Complains(c.inItself())
	return (of == message.FileMask || of == message.FilesDiffer) && len(c.inputs("")) > 1
}

// explainComplaint reads the same complaints in Runware's own message, which often hands on a provider's words as its own.
func explainComplaint(c *oneCase) (finding, bool) {
	said := message.Provided{Texts: []string{c.inItself()}}
	said.Forget(c.echoes())
	f, _, ok := c.complaint(said, c.who())
	if !ok {
		return finding{}, false
	}
	f.cause.by = runware
	if c.namesSetting() && f.Category == schema.CategoryInputMedia && len(c.inputs("")) == 0 {
		return finding{}, false // sampleRate is one of the task's own, and no file's
	}
	if p, named := c.first(); named && p.present() && (f.Category != schema.CategoryInputMedia || rawjson.KindOf(p.places[0].Raw) != rawjson.Number) {
		if f.Pointer == "" && f.Category == schema.CategoryInputMedia && !complaints()[message.Complains(c.inItself())].several {
			f.cause.more = append(f.cause.more, saying{key: atName, name: p.spelling()})
		}
		c.attach(&f, p)
		if f.Category != schema.CategoryConflict && f.Category != schema.CategoryUnsupportedValue || f.Measure != schema.MeasureValue {
			f.Actual, f.Measure = nil, ""
		}
	}
	return f, true
}

// namesSetting tells an error whose field names a number or a switch of the task.
func (c *oneCase) namesSetting() bool {
	p, named := c.first()
	if !named || !p.present() || len(c.e.Parameters) == 0 {
		return false
	}
	kind := rawjson.KindOf(p.places[0].Raw)
	return kind == rawjson.Number || kind == rawjson.True || kind == rawjson.False
}

// inItself is Runware's message behind the words of a code that says what is wrong with a file, mediaTooLarge, or of which
// nothing else is known.
func (c *oneCase) inItself() string {
	if codes.WrongSize(c.e.Code) || c.row.Code == "" && c.e.Code != "" {
		return inWords(c.e.Code) + ": " + c.e.Message
	}
	return c.e.Message
}

// complaint reads what a provider complains of where no rule about one parameter says it: a file, a text, a voice, the
// shape of the output, and who finds it wrong. Nothing is said of what the request does not hold.
func (c *oneCase) complaint(p message.Provided, who string) (f finding, sure, ok bool) {
	for _, text := range wordsFirst(p.Texts) {
		of, words, known := c.complaintIn(p, text)
		if !known || words.empty && len(c.prose()) > 0 || c.t != nil && !c.req.Opaque && strings.Contains(words.mend, "`width`") && !c.setsSize() {
			continue
		}
		var named found
		if words.name != "" {
			if named = c.onlyPlace(words.name); !named.present() {
				continue
			}
		}
		for _, name := range words.shows {
			if named = c.onlyPlace(name); named.present() {
				break
			}
		}
		f = c.finding(words.category, schema.RetryAfterDecision, schema.ConfidenceLikely)
		if words.retry != "" {
			f.Retry = words.retry
		}
		f.vague, f.loose = of == message.NoneMade, words.loose
		said := words.cause
		if strings.HasPrefix(who, "`") { // a model takes files, and Runware fetches them for it
			said = strings.NewReplacer("{provider} could not download", "Runware could not download", "{provider} was redirected", "Runware was redirected").Replace(said)
		}
		f.cause = cause{saying: saying{key: inText, text: strings.ReplaceAll(said, "{provider}", who)}, by: providerSays}
		f.mend.saying = saying{key: inText, text: words.mend}
		f.ofDownHost(of, text)
		if named.present() {
			c.attach(&f, named)
		} else if words.bySize != "" && c.t != nil && c.setsSize() {
			f.mend.text = words.bySize
		}
		if words.bounded {
			if bound := c.boundOfFile(p.Texts); bound != "" {
				f.cause.more = append(f.cause.more, saying{key: inBrackets, text: bound})
			}
		}
		figures := figuresOf(of, text)
		if words.inFigures() && len(f.cause.more) == 0 && len(figures) > 0 {
			f.cause.more = append(f.cause.more, saying{key: withFigures, names: figures})
		}
		if words.file {
			c.nameFiles(&f, words, text)
		}
		if words.text {
			f.Constraint = c.lengthIn(p.Texts)
		}
		f.mend.text = words.limited(f.mend.text, c.limitIn(f, of, p.Texts), strings.Join(p.Texts, " "))
		if words.text && (of != message.TextLong || !c.blameAnswer(&f, text)) {
			c.nameOnlyText(&f)
		}
		return f, words.sure, true
	}
	return finding{}, false, false
}

// nameOnlyText adds to a finding the only text of the task.
func (c *oneCase) nameOnlyText(f *finding) {
	if prose := c.prose(); len(prose) == 1 {
		if at := c.t.Holding(prose[0]); at.Pointer != "" {
			c.attachPlace(f, at)
		}
	}
}

// blameAnswer says that the answer which is asked for, and not the text, is too long, where the words hold how long it may be
// by the request: "you requested 40021 tokens (21 in the messages, 40000 in the completion)".
func (c *oneCase) blameAnswer(f *finding, text string) bool {
	at := c.onlyPlace("maxTokens")
	if !at.present() || !strings.Contains(text, " "+string(at.places[0].Raw)+" ") {
		return false
	}
	c.attachPlace(f, at.places[0])
	f.cause.saying = saying{key: answerTooLong, name: f.Parameter, value: schema.Value(at.places[0].Raw)}
	f.mend.saying = saying{key: shortenAnswer, name: f.Parameter}
	return true
}

// ofDownHost makes of a download that failed since its host is out of service one to try again.
func (f *finding) ofDownHost(of message.Complaint, text string) {
	if of == message.FileFetch && message.Speaks(text, message.OfDownHost) {
		f.Retry, f.mend.saying = schema.RetryAfterWait, saying{key: againOrUpload}
	}
}

// complaintIn is what a text complains of, and how it is told: of the file that Runware names, or of the output where no file
// of the request can be meant.
func (c *oneCase) complaintIn(p message.Provided, text string) (of message.Complaint, words complaint, known bool) {
	of = message.Complains(beside(p.Params, text))
	if at, named := c.first(); of == message.OutputShape && named && at.present() && mediumOf(at.spelling()) != "" {
		of = message.FileShape
	}
	words, known = complaints()[of]
	if known && words.file && (!c.mayMean(words, text) || slices.ContainsFunc(p.Params, isOutputSize)) {
		words, known = complaints()[ofOutput(of)]
	}
	return of, words, known
}

// nameFiles says which files of the request a complaint is about, as far as its words show it.
func (c *oneCase) nameFiles(f *finding, words complaint, text string) {
	of := words.kind
	if of == "" {
		of = mediumIn(text)
	}
	if of == "" && words.seen && len(c.inputs(video)) == 0 {
		of = image
	}
	places := c.inputs(of)
	if !words.several {
		c.nameOnlyInput(f, of, atName)
	} else if array := arrayOf(places); array != "" {
		c.nameArray(f, array)
	}
	if words.inPicture != "" && len(places) > 0 && mediumOf(places[0].Parameter) == image {
		f.mend.text = words.inPicture
	}
}

// beside is a text behind the parameters that the provider names with it.
func beside(params []string, text string) string {
	if len(params) == 0 {
		return text
	}
	return strings.Join(params, " ") + ": " + text
}

// figuresOf lists what a text says in figures, and the formats where it states all that a file has to be.
func figuresOf(of message.Complaint, text string) []string {
	figures := message.Figures(text)
	if of == message.FileRules {
		figures = append(message.FormatsTaken(text), figures...)
	}
	return figures
}

// limitIn is what the words say is taken, as a step says it: the bound of a file or a text, or formats; empty where they do
// not say.
func (c *oneCase) limitIn(f finding, of message.Complaint, said []string) string {
	switch {
	case of == message.FileFormat || of == message.FileCodec || of == message.FileUndecoded:
		for _, text := range said {
			if taken := message.FormatsTaken(text); len(taken) > 0 {
				return saying{key: orNames, names: taken}.String()
			}
		}
	case of == message.OutputShape:
		for _, text := range said {
			if taken := message.RatiosTaken(text); len(taken) > 0 {
				return saying{key: orNames, names: taken}.String()
			}
		}
	case f.Constraint != nil:
		return f.Constraint.Text
	case len(f.cause.more) > 0 && f.cause.more[0].key == inBrackets:
		return f.cause.more[0].text
	}
	return ""
}

// limited puts a limit in the place that square brackets keep for it, or takes the brackets off where none is known: then it is
// in the words, or nobody says it.
func (w complaint) limited(step, limit, said string) string {
	before, rest, ok := strings.Cut(step, "[")
	unknown, after, _ := strings.Cut(rest, "]")
	switch {
	case !ok:
		return step
	case limit == "" && (w.bounded || w.text) && !strings.ContainsAny(said, "0123456789"):
		unknown = strings.NewReplacer("`message` allows", "the model allows", "`message` asks for", "the model asks for", "`message` names", "the model has").Replace(unknown)
	case limit != "":
		unknown = limit
	}
	return before + unknown + after
}

// lengthIn is how long a provider's words say that texts may be; nothing where one of them gives several bounds.
func (c *oneCase) lengthIn(said []string) *schema.Constraint {
	for _, text := range said {
		if strings.Contains(strings.ToLower(text), "token") {
			continue // which are no characters
		}
		r := constraint.Constraint{}
		for _, b := range message.Parse(text, c.knows).Bounds {
			if b.Unit != constraint.UnitCharacters || b.Kind != message.Number || r.Bounded() || !apply(b, &r) {
				return nil
			}
		}
		if r.Bounded() {
			r.Source = schema.SourceMessage
			return r.Shown(schema.MeasureCharacters)
		}
	}
	return nil
}

// boundOfFile is what a provider's words ask of a file; nothing where they give several bounds, or one of something else. Of
// "exceeds the limit of 35 s" and "must be less than 35 s" it is the stricter.
func (c *oneCase) boundOfFile(said []string) (bound string) {
	for _, text := range said {
		inner := &oneCase{claims: message.Parse(text, c.knows)}
		if len(inner.claims.Bounds) > 1 {
			return ""
		}
		var f finding
		inner.claims.Formats = nil
		inner.constrainFile(&f)
		if f.Constraint != nil && measuresFile(f.Constraint.Text) && (bound == "" || len(f.Constraint.ExclusiveMax)+len(f.Constraint.ExclusiveMin) > 0) {
			bound = f.Constraint.Text
		}
	}
	return bound
}

// endsInNumber tells a rule that does not say in which unit it counts.
func endsInNumber(rule string) bool {
	_, ok := constraint.ParseNumber(rule[strings.LastIndexByte(rule, ' ')+1:])
	return ok && !measuresFile(rule)
}

// measuresFile tells a rule that says in which unit of files it counts.
func measuresFile(rule string) bool {
	unit := rule[strings.LastIndexByte(rule, ' ')+1:]
	switch strings.ToLower(unit) {
	case "pixels", "bytes", "kb", "mb", "gb", "kib", "mib", "gib", "s", "sec", "second", "seconds", "ms", "fps":
		return true
	default:
		return strings.HasPrefix(rule, "aspect ratio")
	}
}

// onlyPlace is a parameter that the task holds once; nothing where it does not.
func (c *oneCase) onlyPlace(name string) found {
	if c.t != nil {
		if places := c.t.Locate(name); len(places) == 1 {
			return found{name: name, places: places}
		}
	}
	return found{}
}

// mayMean tells a complaint about a file that the request may hold.
func (c *oneCase) mayMean(words complaint, text string) bool {
	if c.t == nil || c.req.Opaque {
		return true
	}
	of, all := mediumIn(text), len(c.inputs(""))
	return c.holdsFiles() && (all == 0 || (of == "" || len(c.inputs(of)) > 0) && (!words.several || all > 1))
}

// isOutputSize tells a provider's name for the size of what it makes.
func isOutputSize(name string) bool {
	switch parameter.Fold(parameter.Last(name)) {
	case "size", "imagesize", "outputsize", "resolution":
		return true
	}
	return false
}

// ofOutput is a complaint about a file, said of what the task makes.
func ofOutput(of message.Complaint) message.Complaint {
	switch of { //nolint:exhaustive // the others speak of files alone
	case message.FileLength:
		return message.Duration
	case message.FileShape:
		return message.OutputShape
	default:
		return message.NoComplaint
	}
}

// mediumIn is the medium that a text names; empty where it names none, or several.
func mediumIn(text string) medium {
	if named := message.Media(text); len(named) == 1 {
		return medium(named[0])
	}
	return ""
}

// setsSize tells a task that says how large its output is to be.
func (c *oneCase) setsSize() bool {
	return len(c.t.Locate("width"))+len(c.t.Locate("height"))+len(c.t.Locate("resolution")) > 0
}
