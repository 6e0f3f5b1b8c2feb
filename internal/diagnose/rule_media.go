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
	told := message.Complains(c.e.Message)
	if codes.WrongSize(c.e.Code) || told == message.FileBytes {
		if known, ok := explainComplaint(c); ok {
			c.attach(&known, p)
			c.constrainFile(&known)
			return known, true
		}
	}
	if known, broke := c.explainUpload(); broke || known.Category != "" {
		return known, !broke
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
	f.nameMedium()
	if c.deletes() {
		f.mend.saying = saying{key: checkUUIDOnly}
		return f, true
	}
	if text, ok := rawjson.Text(p.places[0].Raw); ok && looks.IsURL(text) && c.saysMoreThanTransfer(told, text) {
		if known, ok := explainComplaint(c); ok {
			return known, true
		}
	}
	c.constrainFile(&f)
	unfit := (c.claims.Says(message.SaysMediaProperty) || f.Constraint != nil) && !c.claims.Says(message.SaysUnreadable) && len(c.claims.Formats) == 0
	if unfit && f.Constraint == nil || c.e.Code != "" && f.boundsWithoutUnit() {
		if known, ok := explainComplaint(c); ok {
			return known, true
		}
	}
	if unfit {
		f.sayUnfit()
	}
	c.sayFile(&f, p)
	onlyByRow := f.cause.key == inText && len(f.cause.more) == 0 && !byCode
	if onlyByRow && !c.claims.Says(message.SaysUnreadable) && !complaints()[told].sure { // nobody says that it could not be had
		if known, ok := explainComplaint(c); ok {
			return known, true
		}
	}
	return f, true
}

// nameMedium says file where the row's words say image, and the file is none.
func (f *finding) nameMedium() {
	if of := mediumOf(f.Parameter); of != "" && of != image {
		f.cause.text = strings.Replace(f.cause.text, "the image at", "the file at", 1)
		f.mend.text = strings.Replace(f.mend.text, "imageUpload", uploadOf(f.Parameter), 1)
	}
}

// boundsWithoutUnit tells a bound that is a bare number, of what it does not say.
func (f *finding) boundsWithoutUnit() bool {
	return f.Constraint != nil && endsInNumber(f.Constraint.Text) && f.Measure != schema.MeasureItems
}

// sayUnfit says that a file is there, and not as it must be, by its bound where one is known.
func (f *finding) sayUnfit() {
	f.cause.saying = saying{key: fileUnfit, name: f.Parameter}
	f.mend.saying = saying{key: changeFile}
	if f.Constraint != nil {
		f.mend.saying = saying{key: fitting(f.Constraint.Text)}
		f.cause.more = append(f.cause.more, saying{key: inBrackets, text: f.Constraint.Text})
	}
}

// saysMoreThanTransfer tells what a message says of a file that could not be had, and that its URL does not show: why its
// host, or the link, is at fault; or what a number would say without its unit.
func (c *oneCase) saysMoreThanTransfer(told message.Complaint, link string) bool {
	switch told { //nolint:exhaustive // of the others the code and the URL say as much
	case message.FileUndecoded:
		return len(c.claims.Formats) == 0 && !looks.IsSharePage(link)
	case message.FileRedirect, message.FileHost, message.FileTrust, message.FileHTTPS, message.FileDamaged, message.FileFaces, message.FileLacks, message.FileUnwanted, message.FileLarge, message.FileSmall, message.FilePixels:
		return true
	}
	return false
}

// sayFile says what the value of a file's parameter shows of what is wrong with it.
func (c *oneCase) sayFile(f *finding, p found) {
	text, isText := mediaText(f, p.places[0])
	page := isText && looks.IsURL(text) && message.Speaks(c.e.Message+" "+c.e.ResponseContent, message.OfPage) // nothing to convert
	formats := len(c.claims.Formats) > 0 && !c.claims.Media && !page && (!c.claims.Says(message.SaysUnreadable) || c.otherFormat(text) || strings.Contains(strings.ToLower(c.e.Code), "format") && c.endsOtherwise(text))
	if formats {
		f.cause = cause{saying: saying{key: formatNotTaken, who: "Runware", name: f.Parameter, names: c.claims.Formats}}
		f.mend.saying = saying{key: convertTo, names: c.claims.Formats}
	}
	if !isText {
		if value, ok := onlyURL(p.places[0].Raw); ok && f.cause.key != fileUnfit && !formats {
			c.sayFetch(f, value)
		}
		if f.Measure == schema.MeasureItems {
			f.Actual, f.Measure = nil, "" // the fault is in a file, not in how many there are
		}
		return
	}
	if c.sayInline(f, text) {
		return
	}
	if looks.IsLocalPath(text) {
		sayLocalPath(f)
	}
	if c.claims.Media {
		c.sayFormIsRight(f, text)
	}
	if f.cause.key != fileUnfit && !formats {
		c.sayFetch(f, text)
	}
}

// explainUpload reads why the upload of a file was not taken, by a code that tells no more, where the words say more than what its
// URL shows; the finding has no category where they do not. broke tells that the service did: no fault of the file.
func (c *oneCase) explainUpload() (f finding, broke bool) {
	if !c.row.General || !strings.Contains(strings.ToLower(c.e.Code), "upload") {
		return finding{}, false
	}
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
		if of == message.FileBytes || of == message.FileLarge {
			f.cause.key, f.mend.key = downloadTooLarge, smallerDownload
		}
		if value, ok := rawjson.Text(p.places[0].Raw); ok {
			sayBlob(&f, value)
		}
		return f
	}
	value, isText := rawjson.Text(p.places[0].Raw)
	if isText {
		c.sayFetch(&f, value)
	}
	if message.Notions(c.e.Message)&message.OfPage != 0 {
		f.cause = cause{saying: saying{key: downloadIsPage, name: f.Parameter}}
	}
	f.mend.saying = saying{key: openDownload, name: f.Parameter}
	sayBlob(&f, value)
	return f
}

// sayBlob says of a link to the page of a file at Hugging Face how that of the file itself is spelled.
func sayBlob(f *finding, link string) {
	if strings.HasPrefix(link, "https://huggingface.co/") && strings.Contains(link, "/blob/") {
		f.mend.aside = append(f.mend.aside, saying{key: notBlob})
	}
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
	case said&message.OfRefusedFile != 0 && isSigned(value):
		f.cause.more = append(f.cause.more, saying{key: hostRefusesSigned})
		f.mend.saying = saying{key: signAnew}
	case said&message.OfRefusedFile != 0:
		f.cause.more = append(f.cause.more, saying{key: hostRefuses})
		f.mend.saying = saying{key: checkURL}
	case said&message.OfDownHost != 0:
		f.cause.more = append(f.cause.more, saying{key: hostIsDown})
		f.mend.saying = saying{key: againOrUpload}
		f.Retry = schema.RetryAfterWait
	case said&message.OfPage != 0:
		f.cause.more = append(f.cause.more, saying{key: pageThere})
		f.mend.saying = saying{key: checkURL}
	case looks.IsSharePage(value):
		f.cause.more = append(f.cause.more, saying{key: pageByForm})
		f.mend.saying = saying{key: uploadOrDirect}
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

// deletes tells a task that removes a file, for which nothing is to be uploaded.
func (c *oneCase) deletes() bool {
	if c.t == nil {
		return false
	}
	raw, _ := c.t.Member("operation")
	operation, _ := rawjson.Text(raw)
	return operation == "delete"
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

// uploads tells a task that takes in a file.
func (c *oneCase) uploads() bool {
	return c.t != nil && (c.t.TaskType == "imageUpload" || c.t.TaskType == "mediaStorage")
}

// uploadOf is the type of task that takes in a file of a parameter.
func uploadOf(name string) string {
	if of := mediumOf(name); of == video || of == audio {
		return "mediaStorage"
	}
	return "imageUpload"
}

func sayLocalPath(f *finding) {
	f.cause.saying = saying{key: localPath, name: f.Parameter}
	f.mend.saying = saying{key: uploadFirst, name: f.Parameter}
	if f.Measure == schema.MeasureCharacters {
		f.Actual, f.Measure = nil, "" // how long a path is says nothing
	}
}
