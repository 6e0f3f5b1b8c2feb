package diagnose

import (
	"encoding/base64"
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

// blamesMedia tells an error about the content of a file that the request names.
func blamesMedia(c *oneCase) bool {
	p, ok := c.first()
	if !ok || !p.present() || !c.valueRules() || parameter.IsSide(p.spelling()) || parameter.IsProse(parameter.Last(p.spelling())) || parameter.Fold(parameter.Last(p.name)) == "model" {
		return false
	}
	if text, isText := rawjson.Text(p.places[0].Raw); isText && looks.IsAIR(text) {
		return false // a model, not media
	}
	if c.claims.Type == "string" && !c.claims.Media && rawjson.KindOf(p.places[0].Raw) == rawjson.Array {
		return false // not the file, but how it is written
	}
	download := parameter.Fold(parameter.Last(p.spelling())) == "downloadurl" && complaints()[message.Complains(c.e.Message)].file
	return download || c.row.Category == schema.CategoryInputMedia || c.claims.Says(message.SaysUnreadable) || c.aboutFile(p.places[0])
}

// explainUnreadable handles media that Runware could not fetch or decode: the value is a form that it takes, the
// content is not.
func explainUnreadable(c *oneCase) (finding, bool) {
	p, _ := c.first()
	if parameter.Fold(parameter.Last(p.spelling())) == "downloadurl" {
		return c.explainDownload(p), true
	}
	if codes.WrongSize(c.e.Code) || message.Complains(c.e.Message) == message.FileBytes {
		if known, ok := explainComplaint(c); ok {
			c.attach(&known, p)
			c.constrainFile(&known)
			return known, true
		}
	}
	if c.row.General && strings.Contains(strings.ToLower(c.e.Code), "upload") {
		if known, broke := c.explainUpload(); broke || known.Category != "" {
			return known, !broke
		}
	}
	byCode := c.row.Category == schema.CategoryInputMedia
	row := c.row
	if !byCode || row.Cause == "" {
		row = codes.For("failedToTransferImage")
	}
	confidence := schema.ConfidenceLikely
	f := c.finding(schema.CategoryInputMedia, row.Retry, confidence)
	c.attach(&f, p)
	c.byRow(&f, row)
	if c.deletes() {
		f.mend.saying = saying{key: checkUUIDOnly}
		return f, true
	}
	if text, ok := rawjson.Text(p.places[0].Raw); ok && looks.IsURL(text) && saysMoreThanTransfer(message.Complains(c.e.Message)) {
		if known, ok := explainComplaint(c); ok {
			return known, true
		}
	}
	c.constrainFile(&f)
	if (c.claims.Says(message.SaysMediaProperty) || f.Constraint != nil) && !c.claims.Says(message.SaysUnreadable) && len(c.claims.Formats) == 0 {
		if f.Constraint == nil {
			if known, ok := explainComplaint(c); ok {
				return known, true
			}
		}
		f.cause.saying = saying{key: fileUnfit, name: f.Parameter}
		f.mend.saying = saying{key: changeFile}
		if f.Constraint != nil {
			f.cause.more = append(f.cause.more, saying{key: inBrackets, text: f.Constraint.Text})
		}
	}
	return c.sayFile(f, p)
}

// saysMoreThanTransfer tells what a message says of a file that could not be had, and that its URL does not show: why its
// host, or the link, is at fault; or what a number would say without its unit.
func saysMoreThanTransfer(told message.Complaint) bool {
	switch told { //nolint:exhaustive // of the others the code and the URL say as much
	case message.FileRedirect, message.FileHost, message.FileTrust, message.FileHTTPS, message.FileDamaged, message.FileFaces, message.FileLacks, message.FileUnwanted:
		return true
	}
	return false
}

// sayFile says what the value of a file's parameter shows of what is wrong with it.
func (c *oneCase) sayFile(f finding, p found) (finding, bool) {
	text, isText := mediaText(&f, p.places[0])
	page := isText && looks.IsURL(text) && message.Speaks(c.e.Message+" "+c.e.ResponseContent, message.OfPage) // nothing to convert
	formats := len(c.claims.Formats) > 0 && !c.claims.Media && !page && (!c.claims.Says(message.SaysUnreadable) || c.otherFormat(text))
	if formats {
		f.cause = cause{saying: saying{key: formatNotTaken, who: "Runware", name: f.Parameter, names: c.claims.Formats}}
		f.mend.saying = saying{key: convertTo, names: c.claims.Formats}
	}
	if !isText {
		if value, ok := onlyURL(p.places[0].Raw); ok && f.cause.key != fileUnfit && !formats {
			c.sayFetch(&f, value)
		}
		if f.Measure == schema.MeasureItems {
			f.Actual, f.Measure = nil, "" // the fault is in a file, not in how many there are
		}
		return f, true
	}
	if c.sayInline(&f, text) {
		return f, true
	}
	if looks.IsLocalPath(text) {
		sayLocalPath(&f)
	}
	if c.claims.Media {
		c.sayFormIsRight(&f, text)
	}
	if f.cause.key != fileUnfit && !formats {
		c.sayFetch(&f, text)
	}
	return f, true
}

// explainUpload reads why the upload of a file was not taken, where the words say more than what its URL shows; the finding
// has no category where they do not. broke tells that the service did: no fault of the file.
func (c *oneCase) explainUpload() (f finding, broke bool) {
	if s, ok := c.claims.Signal(); ok && !aboutParameters(codes.For(s.Direct).Category) && s.Direct != "forbidden" && s.Direct != "modelNotFound" { // of a host, or of the URL
		return finding{}, true
	}
	switch message.Complains(c.e.Message) { //nolint:exhaustive // the others say more than the code
	case message.NoComplaint, message.FileFetch, message.FilePage, message.FileUnread: // what the URL shows says more of these
	default:
		f, _ = explainComplaint(c)
	}
	return f, false
}

// sayInline says what is wrong with a file that stands in the request itself, as a data URI or base64. False for any other.
func (c *oneCase) sayInline(f *finding, text string) bool {
	if mediaType, data, ok := looks.CutDataURI(text); ok {
		f.cause = cause{saying: saying{key: dataURIUnusable, name: f.Parameter, text: mediaType}}
		f.mend.saying = saying{key: wholeMedia}
		if c.refusesFormat(mediaType) {
			c.refuseDataURI(f, f.Parameter, mediaType)
		} else if found := looks.Sniff(data); found != "" && found != mediaType {
			f.cause.more = append(f.cause.more, saying{key: dataBeginsLike, text: found})
		}
		return true
	}
	if looks.IsBase64(text) {
		f.cause = cause{saying: saying{key: base64Unreadable, name: f.Parameter}}
		if mediaType := looks.Sniff(text); mediaType != "" {
			f.cause.more = append(f.cause.more, saying{key: whichBeginsLike, text: mediaType})
		}
		if _, err := base64.StdEncoding.DecodeString(strings.Map(dropLineBreaks, text)); err != nil {
			f.cause.more = append(f.cause.more, saying{key: andIncomplete})
		}
		f.mend.saying = saying{key: wholeBase64}
		return true
	}
	return false
}

// explainDownload handles the file of a model that Runware could not download: no media, and nothing to upload elsewhere.
func (c *oneCase) explainDownload(p found) finding {
	f := c.finding(schema.CategoryInputMedia, schema.RetryAfterDecision, schema.ConfidenceLikely)
	c.attach(&f, p)
	f.cause.saying = saying{key: notDownloaded, name: f.Parameter}
	if of := message.Complains(c.e.Message); of != message.NoComplaint && of != message.FileFetch && of != message.FilePage && of != message.FileTrust && of != message.FileRedirect {
		f.cause.saying = saying{key: downloadDamaged, name: f.Parameter}
		f.mend.saying = saying{key: wholeDownload, name: f.Parameter}
		return f
	}
	if value, ok := rawjson.Text(p.places[0].Raw); ok {
		c.sayFetch(&f, value)
	}
	f.mend.saying = saying{key: openDownload, name: f.Parameter}
	return f
}

// sayFetch says of a URL that could not be fetched what is known of it: what its host answered, or that the link is
// signed and ends. The signature itself is never repeated.
func (c *oneCase) sayFetch(f *finding, value string) {
	if !looks.IsURL(value) {
		return
	}
	said := message.Notions(c.e.Message + " " + c.e.ResponseContent)
	switch {
	case isPrivate(value):
		f.cause.more = append(f.cause.more, saying{key: privateHost})
		f.mend.saying = saying{key: uploadFirst, name: f.Parameter}
	case said&message.OfGoneFile != 0:
		f.cause.more = append(f.cause.more, saying{key: nothingThere})
		f.mend.saying = saying{key: checkURL}
	case said&message.OfRefusedFile != 0:
		f.cause.more = append(f.cause.more, saying{key: hostRefuses})
		f.mend.saying = saying{key: checkURL}
	case said&message.OfPage != 0:
		f.cause.more = append(f.cause.more, saying{key: pageThere})
		f.mend.saying = saying{key: checkURL}
	case isSigned(value):
		f.cause.more = append(f.cause.more, saying{key: linkIsSigned})
		f.mend.saying = saying{key: signAnew}
	}
}

// onlyURL is the one URL that an object holds, as a frame image does, "" where it holds none or several.
func onlyURL(raw []byte) (string, bool) {
	found := ""
	for _, value := range rawjson.Members(raw) {
		text, ok := rawjson.Text(value)
		if !ok || !looks.IsURL(text) {
			continue
		}
		if found != "" {
			return "", false
		}
		found = text
	}
	return found, found != ""
}

// isSigned tells a URL that ends by itself, as the stores of files sign them.
func isSigned(value string) bool {
	_, query, _ := strings.Cut(value, "?")
	for member := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(strings.ToLower(member), "=")
		switch name {
		case "x-amz-expires", "x-amz-signature", "x-goog-expires", "x-goog-signature", "x-oss-expires", "expires", "sig", "signature", "oe":
			return true
		}
	}
	return false
}

// sayFormIsRight checks the claim that a value is in none of the forms of media against the value: where it is in one,
// the file behind it is what could not be used.
func (c *oneCase) sayFormIsRight(f *finding, value string) {
	var form string
	var mend key
	_, _, isData := looks.CutDataURI(value)
	switch {
	case isData:
		form, mend = "a data URI", checkData
	case looks.IsURL(value):
		form, mend = "a URL", checkURL
	case looks.IsUUID(value):
		form, mend = "a UUID", checkUUID
		if c.deletes() {
			mend = checkUUIDOnly
		}
	default:
		return
	}
	f.Category = schema.CategoryInputMedia
	f.cause = cause{saying: saying{key: formIsRight, name: f.Parameter, text: form}}
	f.mend.saying = saying{key: mend}
}

// sayFormsAreRight says the same of an array: each item is in a form that is taken.
func (c *oneCase) sayFormsAreRight(f *finding, at request.Place) {
	items := 0
	for _, item := range rawjson.Items(at.Raw) {
		text, ok := rawjson.Text(item)
		if !ok || !looks.IsMedia(text) || looks.IsLocalPath(text) {
			return
		}
		if items++; items == 1 {
			c.sayFormIsRight(f, text)
		}
	}
	if items == 0 || f.Category != schema.CategoryInputMedia {
		return
	}
	f.Actual, f.Measure = nil, ""
	f.cause = cause{saying: saying{key: formsAreRight, name: f.Parameter}}
}

// deletes tells a task that removes a file, for which nothing is to be uploaded.
func (c *oneCase) deletes() bool {
	if c.t == nil {
		return false
	}
	raw, _ := c.t.Member("operation")
	operation, _ := rawjson.Text(raw)
	return operation == "delete"
}

// refuseDataURI says that a data URI is of none of the formats that the message lists.
func (c *oneCase) refuseDataURI(f *finding, name, mediaType string) {
	f.Confidence = schema.ConfidenceCertain
	f.cause = cause{saying: saying{key: dataURIRefused, name: name, text: mediaType, names: c.claims.Formats}}
	f.mend.saying = saying{key: convertTo, names: c.claims.Formats}
}

func dropLineBreaks(r rune) rune {
	if r == '\n' || r == '\r' {
		return -1
	}
	return r
}

// mediaText is the string at a place, or the first string of an array there.
func mediaText(f *finding, p request.Place) (string, bool) {
	if text, ok := rawjson.Text(p.Raw); ok {
		return text, true
	}
	if rawjson.Len(p.Raw) != 1 {
		return "", false
	}
	for i, item := range rawjson.Items(p.Raw) {
		at := p.Item(i)
		at.Raw = item
		if text, ok := rawjson.Text(item); ok {
			f.Actual, f.Measure = constraint.Actual(at.Parameter, at.Raw)
			return text, true
		}
	}
	return "", false
}

// aboutFile tells whether the message speaks of a property of the media itself: its format, its size.
func (c *oneCase) aboutFile(p request.Place) bool {
	text, ok := rawjson.Text(p.Raw)
	if ok && !looks.IsMedia(text) {
		return false
	}
	if name := strings.ToLower(parameter.Last(p.Parameter)); strings.HasPrefix(name, "webhook") || strings.HasPrefix(name, "upload") || strings.HasPrefix(name, "output") {
		return false // where results go: no file to mend
	}
	tooBig := ok && (c.claims.Says(message.SaysWrongSize) || codes.WrongSize(c.e.Code))
	for _, b := range c.claims.Bounds { // a number, a size or a shape cannot be meant of a URL
		tooBig = tooBig || ok && text != "" && (b.Kind != message.Number || b.Unit != constraint.UnitItems && b.Unit != constraint.UnitCharacters)
	}
	for _, l := range c.claims.Lists { // nor one of several numbers
		numbers := !slices.ContainsFunc(l.Items, func(item string) bool { _, is := constraint.ParseNumber(item); return !is })
		tooBig = tooBig || ok && text != "" && numbers && len(l.Items) > 0
	}
	formats := ok && len(c.claims.Formats) > 0 && !c.claims.Media
	number := rawjson.KindOf(p.Raw) == rawjson.Number
	return !number && (tooBig || formats || c.claims.Says(message.SaysMediaProperty) && !c.claims.Says(message.SaysCount))
}

// constrainFile says what the message asks of a file: formats, or a size of it.
func (c *oneCase) constrainFile(f *finding) {
	if len(c.claims.Formats) > 0 {
		text := strings.Join(c.claims.Formats, ", ")
		if c.claims.Media {
			text = "UUID v4, data URI, base64, or public URL; " + text
		}
		f.Constraint = &schema.Constraint{Text: text, Source: schema.SourceMessage}
		return
	}
	if texts := c.boundsByUnit(); len(texts) > 1 {
		f.Constraint = &schema.Constraint{Text: strings.Join(texts, ", "), Source: schema.SourceMessage}
		return
	}
	r := constraint.Constraint{}
	unit := ""
	for _, b := range c.claims.Bounds {
		if b.Kind == message.Number {
			if apply(b, &r) {
				unit = b.Word
				if r.Unit == constraint.UnitItems {
					r.Unit = constraint.UnitNone
				}
			}
		}
	}
	if !r.Bounded() && len(c.found) > 0 {
		r.Min, r.Max = c.e.Min, c.e.Max
	}
	if _, shape := c.areaRule(); shape != nil {
		f.Constraint = &schema.Constraint{Text: constraint.ExtentText(nil, shape), Source: schema.SourceMessage}
		return
	}
	if !r.Bounded() {
		return
	}
	inBytes := r.Unit == constraint.UnitBytes && unit != "byte" && unit != "bytes" && unit != ""
	if inBytes {
		r.Unit = constraint.UnitNone // "20 MB" is no 20 bytes: the unit is the message's own
		unit = strings.ToUpper(unit)
	}
	text := r.Text("")
	switch {
	case inBytes, r.Unit == constraint.UnitNone && (strings.HasPrefix(unit, "s") || strings.HasPrefix(unit, "min") || unit == "ms" || unit == "fps"):
		text += " " + unit
	case r.Unit == constraint.UnitNone && c.claims.Says(message.SaysPixels):
		text += " pixels"
	}
	if inBytes { // a bare number would read as bytes
		f.Constraint = &schema.Constraint{Text: text, Source: schema.SourceMessage}
		return
	}
	f.Constraint = &schema.Constraint{Text: text, Min: r.Min, Max: r.Max, ExclusiveMin: r.ExclusiveMin, ExclusiveMax: r.ExclusiveMax, Source: schema.SourceMessage}
}

// boundsByUnit are the bounds of files that a message states in several units, one text for each: what is in seconds is not
// the limit of what is in MB.
func (c *oneCase) boundsByUnit() []string {
	of := map[string][]message.Bound{}
	var units []string
	for _, b := range c.claims.Bounds {
		if b.Kind != message.Number {
			continue
		}
		if len(of[b.Word]) == 0 {
			units = append(units, b.Word)
		}
		of[b.Word] = append(of[b.Word], b)
	}
	if len(units) < 2 {
		return nil
	}
	var texts []string
	for _, unit := range units {
		var f finding
		inner := &oneCase{claims: message.Claims{Bounds: of[unit]}}
		inner.constrainFile(&f)
		if f.Constraint != nil {
			texts = append(texts, f.Constraint.Text)
		}
	}
	return texts
}

// refusesFormat tells whether a media type is none of the formats that the message lists.
func (c *oneCase) refusesFormat(mediaType string) bool {
	_, format, ok := strings.Cut(strings.ToLower(mediaType), "/")
	if !ok || len(c.claims.Formats) == 0 {
		return false
	}
	format = strings.TrimPrefix(format, "x-")
	for _, accepted := range c.claims.Formats {
		if a := strings.ToLower(accepted); a == format || parameter.SameFormat(a, format) {
			return false
		}
	}
	return true
}

// otherFormat tells of a file that could not be read why not: the media type that the message found in it, or the ending
// of its name, is none of the formats that the message lists.
func (c *oneCase) otherFormat(value string) bool {
	if medium, ending := looks.MediumOf(value); medium != "" && c.refusesFormat(medium+"/"+ending) {
		return true
	}
	for word := range strings.FieldsSeq(strings.ToLower(c.e.Message)) {
		medium, format, ok := strings.Cut(strings.Trim(word, `.,;:'"()[]`+"`"), "/")
		if ok && looks.IsMedium(medium) && c.refusesFormat(medium+"/"+format) {
			return true
		}
	}
	return false
}

// listFormats reads a field that lists formats of files for one as what the file may be, and not as values of the parameter.
func (c *oneCase) listFormats() {
	if !c.namesFile() || len(c.e.Allowed) == 0 {
		return
	}
	formats := make([]string, len(c.e.Allowed))
	for i, v := range c.e.Allowed {
		text, _ := rawjson.Text(v)
		if medium, _ := looks.MediumOf("x." + text[strings.LastIndexByte(text, '/')+1:]); medium == "" {
			return
		}
		formats[i] = text
	}
	c.claims.Formats, c.e.Allowed = formats, nil
}

// listsMediaForms tells an error that lists the forms of a media input.
func listsMediaForms(c *oneCase) bool {
	return len(c.found) > 0 && !strings.HasPrefix(parameter.Last(c.found[0].name), "output") && c.claims.Media && c.valueRules()
}

// explainMediaForm handles a media input that is in none of the forms that Runware takes.
func explainMediaForm(c *oneCase) (finding, bool) {
	p, _ := c.first()
	category := schema.CategoryInvalidParameter
	if c.row.Category == schema.CategoryInputMedia {
		category = schema.CategoryInputMedia
	}
	f := c.finding(category, schema.RetryAfterDecision, schema.ConfidenceLikely)
	c.attach(&f, p)
	text := "UUID v4, data URI, base64, or public URL"
	if c.claims.Type == "array" {
		text = "array of strings: " + text
	}
	if len(c.claims.Formats) > 0 {
		text += "; " + strings.Join(c.claims.Formats, ", ")
	}
	f.Constraint = &schema.Constraint{Text: text, Source: schema.SourceMessage}
	f.cause.saying = saying{key: noMediaForm, name: f.Parameter}
	f.mend.saying = saying{key: mediaForms, name: f.Parameter}
	if !p.present() {
		f.cause.saying = saying{key: namedMediaAbsent, name: p.name}
		if c.isBlind() {
			f.cause.saying = saying{key: refusesUnseen, who: c.who(), name: p.name, text: text}
		}
		return f, true
	}
	at := c.offending(p.places[0])
	value, ok := rawjson.Text(at.Raw)
	if !ok {
		c.sayFormsAreRight(&f, at)
		return f, true
	}
	f.Actual, f.Measure = constraint.Actual(at.Parameter, at.Raw)
	if mediaType, _, isData := looks.CutDataURI(value); isData && c.refusesFormat(mediaType) {
		f.Category = schema.CategoryInputMedia
		c.refuseDataURI(&f, at.Parameter, mediaType)
		return f, true
	}
	if looks.IsLocalPath(value) {
		f.Confidence = schema.ConfidenceCertain
		sayLocalPath(&f)
	}
	c.sayFormIsRight(&f, value)
	if c.claims.Type == "array" && rawjson.KindOf(p.places[0].Raw) == rawjson.String {
		c.wrapMedia(&f, p.places[0], value)
	}
	return f, true
}

// wrapMedia says that one string stands where an array of media belongs.
func (c *oneCase) wrapMedia(f *finding, at request.Place, value string) {
	f.Confidence = schema.ConfidenceCertain
	f.cause.saying = saying{key: stringForArray, name: f.Parameter}
	f.mend.saying = saying{key: intoArray, name: f.Parameter}
	switch {
	case looks.IsLocalPath(value):
		f.cause.more = append(f.cause.more, saying{key: andLooksLikeFile})
		f.mend.saying = saying{key: arrayOfMedia, name: f.Parameter}
	case looks.IsMedia(value):
		c.reshape(f, at, constraint.Wrap)
	}
}

// offending is the item of an array that is in no form of media; the place itself where it is a string.
func (c *oneCase) offending(p request.Place) request.Place {
	for i, item := range rawjson.Items(p.Raw) {
		at := p.Item(i)
		at.Raw = item
		if text, ok := rawjson.Text(item); !ok || !looks.IsMedia(text) {
			return at
		}
	}
	return p
}

func sayLocalPath(f *finding) {
	f.cause.saying = saying{key: localPath, name: f.Parameter}
	f.mend.saying = saying{key: uploadFirst, name: f.Parameter}
	if f.Measure == schema.MeasureCharacters {
		f.Actual, f.Measure = nil, "" // how long a path is says nothing
	}
}
