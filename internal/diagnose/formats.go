package diagnose

import (
	"net/url"
	"path"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// refuseDataURI says that a data URI is of none of the formats that the message lists.
func (c *oneCase) refuseDataURI(f *finding, name, mediaType string) {
	f.Confidence = schema.ConfidenceCertain
	f.cause = cause{saying: saying{key: dataURIRefused, name: name, text: mediaType, names: c.claims.Formats}}
	f.mend.saying = saying{key: convertTo, names: c.claims.Formats}
}

// constrainFile says what the message asks of a file: formats, or a size of it.
func (c *oneCase) constrainFile(f *finding) {
	if len(c.claims.Formats) > 0 {
		text := strings.Join(c.claims.Formats, ", ")
		if c.claims.Media {
			text = formsText(c.claims.Forms) + "; " + text
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
	if shape := c.pictureRule().Shape; shape != nil {
		f.Constraint = &schema.Constraint{Text: constraint.Picture{Shape: shape}.Text(), Source: schema.SourceMessage}
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
		if a := strings.ToLower(accepted[strings.IndexByte(accepted, '/')+1:]); a == format || parameter.SameFormat(a, format) {
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

// endsOtherwise tells the address of a file whose name ends in none of the formats that are listed.
func (c *oneCase) endsOtherwise(address string) bool {
	at, err := url.Parse(looks.Short(address, looks.MaxShownURL))
	if err != nil {
		return false
	}
	ending := strings.TrimPrefix(path.Ext(at.Path), ".")
	return ending != "" && c.refusesFormat("file/"+ending)
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

// fitting is how a file is made to meet a rule, by what the rule is about: a property in words, or a unit at its end.
func fitting(rule string) key {
	switch unit := strings.ToLower(rule[strings.LastIndexByte(rule, ' ')+1:]); {
	case strings.HasPrefix(rule, "aspect ratio"):
		return cropFile
	case strings.HasPrefix(unit, "pixel"), unit == "dimensions", unit == "resolution":
		return resizeFile
	case strings.HasPrefix(unit, "sec"), strings.HasPrefix(unit, "min"), unit == "s", unit == "ms", unit == "duration":
		if strings.HasPrefix(rule, "at least") || strings.HasPrefix(rule, "more than") || strings.HasPrefix(rule, "greater than") {
			return longerFile
		}
		return cutFile
	case strings.HasSuffix(unit, "b"), strings.HasPrefix(unit, "byte"):
		return compressFile
	case unit == "fps", unit == "rate", unit == "codec":
		return encodeFile
	}
	return changeFile
}
