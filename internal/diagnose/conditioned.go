package diagnose

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// sayCondition says which other member of the task makes a rule hold, where the message says so and the task has it. Which
// of the two gives way is the user's choice.
func (c *oneCase) sayCondition(f *finding) {
	if c.sayAtSize(f) {
		return
	}
	at, value := c.conditionIn(c.e.Message)
	category := schema.CategoryConflict
	if at.Pointer == "" {
		at, value = c.settingAt(f.Pointer)
		category = f.Category // of the value, which the message lists others for
	}
	if at.Pointer == "" || f.Pointer == "" || within(at.Pointer, f.Pointer) || within(f.Pointer, at.Pointer) {
		return
	}
	because := schema.Premise{Pointer: strings.TrimPrefix(at.Pointer, c.t.Base), State: schema.StatePresent}
	if value != nil {
		because.State, because.Values = schema.StateEqual, []schema.Value{value}
	}
	f.Category, f.Confidence = category, atMostLikely(f.Confidence)
	f.cause.more = append(f.cause.more, saying{key: underCondition, condition: &schema.Condition{Because: []schema.Premise{because}}})
	if len(f.patch) == 0 {
		f.mend = mend{saying: saying{key: keepEither, name: f.Parameter, other: at.Parameter}}
		return
	}
	f.mend.aside = append(f.mend.aside, saying{key: orChangeOther, name: at.Parameter})
}

// sayAtSize says that a rule about another parameter holds at the width and height that the task has, where the message names
// them: "a duration of 10 is not available at 1920x1080". False where it does not.
func (c *oneCase) sayAtSize(f *finding) bool {
	if c.t == nil || c.req.Opaque || parameter.IsSide(parameter.Last(f.Parameter)) {
		return false
	}
	tokens := c.claims.Tokens
	for i := 1; i < len(tokens); i++ {
		w, h, isSize := parameter.ParseSize(strings.Trim(tokens[i].Text, "'\"`.,;()"))
		if isSize && c.hasSize(w, h) && saysAny(tokens[max(0, i-2):i], "at", "for", "with", "in", "size", "resolution") {
			f.Confidence = atMostLikely(f.Confidence)
			f.cause.more = append(f.cause.more, saying{key: atThisSize, size: [2]int{w, h}})
			f.mend.aside = append(f.mend.aside, saying{key: orOtherSize})
			return true
		}
	}
	return false
}

// hasSize tells the width and the height of the task.
func (c *oneCase) hasSize(w, h int) bool {
	at, other := c.onlyPlace("width"), c.onlyPlace("height")
	return at.present() && other.present() && string(at.places[0].Raw) == strconv.Itoa(w) && string(other.places[0].Raw) == strconv.Itoa(h)
}

// settingAt is the setting of the task that a rule about another one holds at: "with 'resolution' set to '1080p', the duration
// is not supported", "not available at 1080p".
func (c *oneCase) settingAt(pointer string) (request.Place, schema.Value) {
	if c.t == nil || c.req.Opaque {
		return request.Place{}, nil
	}
	tokens := c.claims.Tokens
	for i := 0; i+1 < len(tokens); i++ {
		at := c.besideItsValue(i, pointer)
		switch next := strings.Trim(tokens[i+1].Text, "'\"`.,;()"); tokens[i].Lower {
		case "with":
			if i+2 < len(tokens) && tokens[i+2].Lower == "set" {
				at = c.settingCalled(next)
			}
		case "at":
			if strings.ContainsAny(next, "0123456789") && strings.Trim(next, "0123456789.") != "" {
				at = c.settingHolding(next)
			}
		}
		if at.Pointer != "" && at.Pointer != pointer {
			return at, schema.Value(at.Raw)
		}
	}
	return request.Place{}, nil
}

// besideItsValue is the setting, other than one, whose name stands at a token and whose value in the task beside it: "with the
// LCM scheduler", "for scheduler 'LCM'".
func (c *oneCase) besideItsValue(i int, but string) request.Place {
	tokens := c.claims.Tokens
	if !c.t.HasName(tokens[i].Lower) {
		return request.Place{}
	}
	at := c.settingCalled(tokens[i].Text)
	held, isText := rawjson.Text(at.Raw)
	if at.Pointer == "" || at.Pointer == but || !isText || held == "" {
		return request.Place{}
	}
	for _, near := range tokens[max(0, i-1):min(len(tokens), i+3)] {
		if strings.EqualFold(strings.Trim(near.Text, "'\"`.,;()"), held) {
			return at
		}
	}
	return request.Place{}
}

// onlyWhere is the setting of the task whose value a message makes another parameter depend on: "only available when
// 'preProcessorType' is 'canny'".
func (c *oneCase) onlyWhere(p request.Place) request.Place {
	only := false
	for i, t := range c.claims.Tokens[:max(0, len(c.claims.Tokens)-1)] {
		switch t.Lower {
		case "only":
			only = true
		case "when", "where", "if":
			if at := c.settingCalled(c.claims.Tokens[i+1].Text); only && at.Pointer != "" && at.Pointer != p.Pointer {
				return at
			}
		}
	}
	return request.Place{}
}

// conditionIn is the member of the task that a message makes its rule depend on: one whose value it has as a verb ("only one
// result can be streamed"), or whose name stands behind "when" ("when a mask is used"). The value is that of the first.
func (c *oneCase) conditionIn(text string) (request.Place, schema.Value) {
	if c.t == nil || c.req.Opaque {
		return request.Place{}, nil
	}
	tried := 0
	for sentence := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '.' || r == ';' }) {
		behind, before := false, ""
		for word := range strings.FieldsFuncSeq(strings.ToLower(sentence), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '_' }) {
			const short = 4
			word = strings.Trim(word, "'")
			stem := verbStem(word)
			frame := message.FrameOf(before)
			before = word
			if behind && frame != "" && word == "frame" {
				return c.frameItem(frame), nil
			}
			switch {
			case slices.Contains([]string{"when", "while", "whenever", "if"}, word):
				behind = true
				continue
			case len(word) < short || strings.ContainsAny(word, "'_") || !behind && len(stem) < short:
				continue
			}
			if tried++; tried > maxHeldTried {
				return request.Place{}, nil
			}
			if behind {
				if at := c.memberCalled(word); at.Pointer != "" {
					return at, nil
				}
			}
			if len(stem) >= short {
				if at := c.settingHolding(stem); at.Pointer != "" {
					return at, at.Raw
				}
			}
		}
	}
	return request.Place{}, nil
}

// frameItem is the picture that the task gives as a frame of a video; nothing where it gives none, or several.
func (c *oneCase) frameItem(frame string) request.Place {
	var only request.Place
	for _, at := range c.t.Locate("frameImages") {
		for i, item := range rawjson.Items(at.Raw) {
			raw, _ := rawjson.Member(item, "frame")
			if is, _ := rawjson.Text(raw); is != frame {
				continue
			}
			if only.Pointer != "" {
				return request.Place{}
			}
			only = request.Place{Parameter: at.Parameter + "[" + strconv.Itoa(i) + "]", Pointer: at.Pointer + "/" + strconv.Itoa(i), Raw: item}
		}
	}
	return only
}

// verbStem is the stem of a word that ends as a verb does: stream of streamed; "" for any other.
func verbStem(word string) string {
	for _, end := range [...]string{"ed", "ing"} {
		if stem, ok := strings.CutSuffix(word, end); ok {
			return stem
		}
	}
	return ""
}

// memberCalled is the only member of the task that goes by a word, or by it and a medium: mask for inputs.maskImage.
func (c *oneCase) memberCalled(word string) request.Place {
	if p, ok := c.first(); ok && parameter.Fold(parameter.Last(p.name)) == parameter.Fold(word) {
		return request.Place{}
	}
	for _, end := range [...]string{"", "image", "images", "video", "audio"} {
		places := c.t.Locate(word + end)
		if len(places) != 1 || rawjson.KindOf(places[0].Raw) == rawjson.Null {
			continue
		}
		last := parameter.Last(places[0].Parameter)
		if parameter.Fold(last) == parameter.Fold(word+end) && isSetting(last) && last != "model" {
			return places[0]
		}
	}
	return request.Place{}
}
