package diagnose

import (
	"strconv"
	"strings"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// wishSize adds the size that members of the request which Runware did not read ask for: "1280x720" outright, a shape and a
// resolution together, or a shape that one of the listed sizes has. It is what was wished for, so it is never certain.
func (c *oneCase) wishSize(f *finding, listed []schema.Size) {
	if c.t == nil || c.req.Opaque {
		return
	}
	var ratio, lines, size string
	var names []string
	for _, m := range c.t.Members {
		text, ok := rawjson.Text(m.Raw)
		if !ok {
			continue
		}
		var to *string
		switch parameter.Fold(m.Name) {
		case "aspectratio", "ratio", "aspect", "imageratio":
			to = &ratio
		case "resolution", "quality":
			to = &lines
		case "size", "imagesize", "dimensions", "videosize":
			to = &size
		case "width", "height":
			return // half of a size is somebody's decision already
		default:
			continue
		}
		if *to != "" {
			return
		}
		*to = text
		names = append(names, m.Name)
	}
	w, h, ok := parameter.ParseSize(size)
	if !ok && size == "" {
		w, h, ok = sizeOfLines(ratio, lines)
	}
	if !ok && size == "" && lines == "" {
		w, h, ok = sizeOfShape(ratio, listed)
	}
	const smallest = 64 // below, it is a shape
	if !ok || min(w, h) < smallest || size != "" && len(names) > 1 {
		return
	}
	f.Confidence = schema.ConfidenceLikely
	f.mend.saying = saying{key: addWishedSize, size: [2]int{w, h}}
	f.mend.also = append(f.mend.also, saying{key: wishOf, names: names})
	f.patch = []schema.Operation{
		{Op: "add", Path: rawjson.Pointer(c.t.Base, "width"), Value: schema.IntValue(w)},
		{Op: "add", Path: rawjson.Pointer(c.t.Base, "height"), Value: schema.IntValue(h)},
	}
}

// sizeOfLines is the size of a shape, 16:9, whose shorter side has so many lines: 720p. False where it is no whole number.
func sizeOfLines(ratio, lines string) (w, h int, ok bool) {
	w, h, ok = parameter.ParseSize(strings.NewReplacer(":", "x", "/", "x").Replace(ratio))
	text, isLines := strings.CutSuffix(strings.ToLower(strings.TrimSpace(lines)), "p")
	n, err := strconv.Atoi(text)
	if !ok || !isLines || err != nil || n < 1 || n > 10_000 || w > 100 || h > 100 {
		return 0, 0, false
	}
	short := min(w, h)
	if n*w%short != 0 || n*h%short != 0 {
		return 0, 0, false
	}
	return n * w / short, n * h / short, true
}

// sizeOfShape is the only one of some sizes that has a shape, 9:16.
func sizeOfShape(ratio string, listed []schema.Size) (w, h int, ok bool) {
	rw, rh, isShape := parameter.ParseSize(strings.NewReplacer(":", "x", "/", "x").Replace(ratio))
	for _, s := range listed {
		if !isShape || s.Width*rh != s.Height*rw {
			continue
		}
		if ok {
			return 0, 0, false
		}
		w, h, ok = s.Width, s.Height, true
	}
	return w, h, ok
}

// wishedFrame is the accepted frame that another word means: start is first. nil where none does.
func wishedFrame(at request.Place, r constraint.Constraint) schema.Value {
	text, ok := rawjson.Text(at.Raw)
	if !ok || parameter.Last(at.Parameter) != "frame" {
		return nil
	}
	for _, v := range r.Allowed {
		if accepted, _ := rawjson.Text(v); accepted != "" && accepted == message.FrameOf(strings.ToLower(text)) {
			return v
		}
	}
	return nil
}

// inSeconds is a duration that meets its rule once it is read as milliseconds; nil for any other.
func inSeconds(at request.Place, r constraint.Constraint) schema.Value {
	const milli = "000"
	whole, ok := strings.CutSuffix(string(at.Raw), milli)
	if !ok || !lastsSeconds(parameter.Last(at.Parameter)) || strings.Trim(whole, "0123456789") != "" || whole == "" || r.Judge(at.Parameter, []byte(whole)).Proof != constraint.Satisfied {
		return nil
	}
	return schema.Value(whole)
}

// lastsSeconds tells a parameter that is a time in seconds.
func lastsSeconds(name string) bool { return name == "duration" || name == "timeout" || name == "ttl" }
