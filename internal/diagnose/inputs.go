package diagnose

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
)

// medium is what a file of the request holds.
type medium string

const (
	image medium = "image"
	video medium = "video"
	audio medium = "audio"
	other medium = "file" // a mesh, a document: an input whose name says no medium
)

// maxInputs bounds the files that are looked at: no model takes as many.
const maxInputs = 32

// inputs lists where the task holds files of a medium, or of any where it is empty. What the results go to is none.
func (c *oneCase) inputs(of medium) []request.Place {
	if c.t == nil {
		return nil
	}
	var places []request.Place
	var look func(raw []byte, at request.Place, kind medium, depth int)
	look = func(raw []byte, at request.Place, kind medium, depth int) {
		if depth > 6 || len(places) == maxInputs {
			return
		}
		for name, value := range rawjson.Members(raw) {
			inner := kind
			if own := mediumOf(name); own != "" {
				inner = own
			} else if name == "inputs" && depth == 0 {
				inner = other
			}
			look(value, at.Member(name), inner, depth+1)
		}
		for i, value := range rawjson.Items(raw) {
			look(value, at.Item(i), kind, depth+1)
		}
		text, ok := rawjson.Text(raw)
		if ok && kind != "" && (of == "" || kind == of) && looks.IsMedia(text) && !looks.IsAIR(text) {
			at.Raw = raw
			places = append(places, at)
		}
	}
	look(c.t.Raw, request.Place{Pointer: c.t.Base}, "", 0)
	return places
}

// mayHoldFiles tells an error that may be about a file: of a task that holds one, or of a request that is not known.
func (c *oneCase) mayHoldFiles() bool { return c.t == nil || c.req.Opaque || c.holdsFiles() }

// holdsFiles tells whether the task may hold a file at all, under whatever name: else no advice speaks of one.
func (c *oneCase) holdsFiles() bool {
	_, inputs := c.t.Member("inputs")
	for _, m := range c.t.Members {
		name := parameter.Fold(m.Name)
		inputs = inputs || mediumOf(m.Name) != "" || name == "media" || name == "downloadurl"
	}
	return inputs || len(c.inputs("")) > 0
}

// mediumOf is what a parameter of this name holds: the name says it.
func mediumOf(name string) medium {
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(lower, "output"), strings.HasPrefix(lower, "upload"), strings.HasPrefix(lower, "webhook"):
		return ""
	case strings.Contains(lower, "video"):
		return video
	case strings.Contains(lower, "audio"):
		return audio
	case strings.Contains(lower, "image"), strings.Contains(lower, "mask"), strings.Contains(lower, "frame"):
		return image
	default:
		return ""
	}
}

// losesWork tells a parameter whose removal makes another picture, and says nothing of it: a file or somebody's words; or
// another price.
func losesWork(p request.Place) bool {
	name := strings.ToLower(p.Parameter)
	words := strings.Contains(name, "prompt") || strings.Contains(name, "messages") || isCeiling(name)
	return words || mediumOf(name) != "" && rawjson.KindOf(p.Raw) != rawjson.Number && rawjson.KindOf(p.Raw) != rawjson.True && rawjson.KindOf(p.Raw) != rawjson.False
}

// isCeiling tells a limit of what a task may cost, whose removal nobody notices before the bill.
func isCeiling(lower string) bool {
	limit := strings.Contains(lower, "max") || strings.Contains(lower, "limit")
	return strings.Contains(lower, "budget") || limit && (strings.Contains(lower, "cost") || strings.Contains(lower, "price") || strings.Contains(lower, "spend"))
}

// lost names the parameters whose removal loses somebody's work.
func lost(doomed []request.Place) []string {
	var names []string
	for _, p := range doomed {
		if losesWork(p) && !slices.Contains(names, p.Parameter) {
			names = append(names, p.Parameter)
		}
	}
	return names
}

// nameOnlyInput adds to a finding the only file of a medium that the task holds, or the only parameter that holds several;
// of several parameters it says nothing. Where the medium was spoken of, the finding is about that file.
func (c *oneCase) nameOnlyInput(f *finding, of medium, k key) {
	places := c.inputs(of)
	if len(places) == 0 {
		return
	}
	if len(places) == 1 {
		f.cause.more = append(f.cause.more, saying{key: k, name: places[0].Parameter})
		c.attachFile(f, places[0])
		return
	}
	if k == onlyFile {
		k = atName
	}
	at := c.namedByProvider(places)
	if host := c.namedByHost(places); at.Pointer == "" && host.Pointer != "" {
		at, k = host, atHost
	}
	if at.Pointer != "" {
		f.cause.more = append(f.cause.more, saying{key: k, name: at.Parameter})
		c.attachFile(f, at)
		return
	}
	array := arrayOf(places)
	if array == "" {
		return
	}
	if n := message.Ordinal(message.Forget(c.e.Message+"\n"+strings.Join(c.heard.Texts, "\n"), c.echoes())); n > 0 || n == message.Last {
		if n == message.Last {
			n = c.lastOf(array)
		}
		item := array + "[" + strconv.Itoa(n-1) + "]" // in the array, of which places leaves out what is no file
		if i := slices.IndexFunc(places, func(p request.Place) bool { return p.Parameter == item || strings.HasPrefix(p.Parameter, item+".") }); i >= 0 {
			f.cause.more = append(f.cause.more, saying{key: k, name: places[i].Parameter})
			c.attachFile(f, places[i])
			return
		}
	}
	c.nameArray(f, array)
}

// nameArray adds to a finding the array that holds all the files it may be about.
func (c *oneCase) nameArray(f *finding, array string) {
	f.cause.more = append(f.cause.more, saying{key: oneOfFiles, name: array})
	if outer := c.t.Locate(array); len(outer) == 1 {
		c.attachFile(f, outer[0])
	}
}

// arrayOf is the array that holds all of some places; empty where none does.
func arrayOf(places []request.Place) string {
	if len(places) == 0 {
		return ""
	}
	array, _, _ := strings.Cut(places[0].Parameter, "[")
	for _, p := range places {
		if outer, _, ok := strings.Cut(p.Parameter, "["); !ok || outer != array {
			return ""
		}
	}
	return array
}

// namedByProvider is the only one of some files that goes by the name of a parameter of the provider's: mask is maskImage.
func (c *oneCase) namedByProvider(places []request.Place) (named request.Place) {
	for _, param := range c.heard.Params {
		for _, p := range places {
			if folded := parameter.Fold(param); len(folded) < 4 || !strings.Contains(parameter.Fold(parameter.Last(p.Parameter)), folded) {
				continue
			}
			if named.Pointer != "" && named.Pointer != p.Pointer {
				return request.Place{}
			}
			named = p
		}
	}
	return named
}

// namedByHost is the only one of some files whose host the error names.
func (c *oneCase) namedByHost(places []request.Place) (named request.Place) {
	said := strings.ToLower(c.e.Message + "\n" + strings.Join(c.heard.Texts, "\n"))
	for _, p := range places {
		text, _ := rawjson.Text(p.Raw)
		at, err := url.Parse(looks.Short(text, looks.MaxShownURL))
		if err != nil || at.Hostname() == "" || !strings.Contains(said, strings.ToLower(at.Hostname())) {
			continue
		}
		if named.Pointer != "" {
			return request.Place{}
		}
		named = p
	}
	return named
}

// lastOf counts the items of an array, from 1.
func (c *oneCase) lastOf(array string) int {
	n := 0
	for _, p := range c.t.Locate(array) {
		for range rawjson.Items(p.Raw) {
			n++
		}
	}
	return n
}

// attachFile makes a finding one about a file, or about several.
func (c *oneCase) attachFile(f *finding, at request.Place) {
	if f.Pointer == "" && !parameter.Guarded(parameter.Last(at.Parameter)) {
		c.attachPlace(f, at)
		f.Actual, f.Measure = nil, "" // the fault is in the file
	}
}
