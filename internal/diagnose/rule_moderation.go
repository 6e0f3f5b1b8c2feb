package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// subject is what a moderation refused.
type subject struct {
	said        message.Notion
	cause, mend key
	kind        medium // of the input or the output
	input       bool
}

// subjects lists what may be refused, from what is said outright to what is merely named.
func subjects() []subject {
	return []subject{
		{message.OfOutputAudio, refusedAudioOut, audioOffOrAgain, audio, false},
		{message.OfOutputVideo, refusedVideoOut, againThenReword, video, false},
		{message.OfOutputImage, refusedImageOut, againThenReword, image, false},
		{message.OfOutput, refusedOutput, againThenReword, "", false},
		{message.OfProtected, refusedCopyright, rewordProtected, "", false},
		{message.OfPerson | message.OfFace, refusedPerson, replacePerson, image, true},
		{message.OfPerson, refusedPersonOf, rewordPerson, "", false},
		{message.OfInputVideo, refusedVideoIn, replaceInput, video, true},
		{message.OfInputAudio, refusedAudioIn, replaceInput, audio, true},
		{message.OfInputImage, refusedImageIn, replaceInput, image, true},
		{message.OfPrompt, refusedPrompt, rewordPrompt, "", false},
	}
}

// nameRefused says of a verdict of moderation what it is about, where that is said; the advice follows it.
func (c *oneCase) nameRefused(f *finding, who voice) {
	heard := c.heard
	if !heard.Any { // the code was enough for the cause, and the provider's words say of what
		heard = message.Unwrap(c.e)
	}
	text := message.WithoutPassed(message.Forget(c.e.Code+" "+c.e.Message+" "+strings.Join(heard.Texts, " "), c.echoes()))
	said := c.soundOf(message.Notions(text))
	s, ok := c.subjectOf(text, said)
	if !ok {
		s, ok = c.onlySubject()
	}
	words, named := c.textRefused(text, said)
	if !ok && named {
		s, ok = subject{cause: refusedPrompt, mend: rewordPrompt}, true
	}
	if !ok {
		c.adviseUnnamed(f)
		return
	}
	by := "Runware's moderation"
	if who == providerSays || strings.Contains(strings.ToLower(text), "provider") {
		by = possessive(c.provider) + " moderation"
	}
	f.cause = cause{saying: saying{key: s.cause, who: by}}
	f.mend = mend{saying: saying{key: s.mend}}
	if s.cause == refusedPrompt && named {
		c.nameText(f, words)
	}
	if s.cause == refusedAudioOut {
		f.Retry = schema.RetryAsIs
		if name := c.audioSwitch(); name != "" {
			f.mend = mend{saying: saying{key: switchOffOrAgain, name: name}}
		}
	}
	if s.input {
		c.nameOnlyInput(f, s.kind, atName)
		if s.mend == replaceInput && !c.holdsWords() {
			f.mend.key = replaceFile
		}
		if said&message.OfProtected != 0 {
			f.cause.more = append(f.cause.more, saying{key: overProtected})
		}
	} else if said&message.OfProtected != 0 && s.cause != refusedCopyright {
		f.cause.more = append(f.cause.more, saying{key: overProtected})
		if s.cause != refusedAudioOut && s.mend != againThenReword {
			f.mend.saying = saying{key: rewordProtected}
		}
	}
	if f.mend.key == rewordProtected && c.t != nil && !c.req.Opaque && !c.holdsFiles() {
		f.mend.key = rewordNames // there is no picture to replace
	}
	if said&message.OfNoCharge != 0 {
		f.mend.aside = append(f.mend.aside, saying{key: saidNotCharged})
	}
}

// textRefused is the member with somebody's words, other than the prompt, that a verdict is about: the one that the error
// names, else the only one that the words name while they name no prompt: lyrics, script.
func (c *oneCase) textRefused(text string, of message.Notion) (request.Place, bool) {
	if p, ok := c.first(); ok && p.present() && len(c.e.Parameters) > 0 && isOtherText(p.spelling()) {
		return p.places[0], true
	}
	if c.t == nil || of&message.OfPrompt != 0 {
		return request.Place{}, false
	}
	said, found := message.Parse(text, c.knows).Tokens, request.Place{}
	for _, name := range [...]string{"lyrics", "script", "caption"} {
		spoken := func(t message.Token) bool { return strings.TrimSuffix(t.Lower, "s") == strings.TrimSuffix(name, "s") }
		if at := c.onlyPlace(name); at.present() && slices.ContainsFunc(said, spoken) {
			if found.Pointer != "" {
				return request.Place{}, false
			}
			found = at.places[0]
		}
	}
	return found, found.Pointer != ""
}

// isOtherText tells a member with somebody's words that is not the prompt.
func isOtherText(name string) bool {
	last := strings.ToLower(parameter.Last(name))
	return parameter.IsProse(parameter.Last(name)) && !strings.HasSuffix(last, "prompt") && last != "content"
}

// nameText says which text was refused, where that is not the prompt.
func (c *oneCase) nameText(f *finding, at request.Place) {
	c.attachPlace(f, at)
	f.Actual, f.Measure = nil, ""
	f.cause.key, f.cause.name = refusedTextAt, f.Parameter
	f.mend.key, f.mend.name = rewordTextAt, f.Parameter
}

// soundOf says of a sound whose it is, where the words do not: that of the input that has one, else that of the video which
// the task makes.
func (c *oneCase) soundOf(said message.Notion) message.Notion {
	switch {
	case said&message.OfSound == 0 || said&(message.OfOutputAudio|message.OfInputAudio|message.OfPrompt) != 0:
	case len(c.inputs(audio)) > 0:
		return said | message.OfInputAudio
	case c.t == nil || strings.HasPrefix(c.t.TaskType, "video"):
		return said | message.OfOutputAudio
	}
	return said
}

// audioSwitch is the member of the task that has the sound made: generateAudio, sound; empty where none does.
func (c *oneCase) audioSwitch() string {
	const deepest = 4
	var look func(raw []byte, at request.Place, depth int) string
	look = func(raw []byte, at request.Place, depth int) string {
		for name, value := range rawjson.Members(raw) {
			inner := at.Member(name)
			if lower := strings.ToLower(name); rawjson.KindOf(value) == rawjson.True && (strings.Contains(lower, "audio") || strings.Contains(lower, "sound")) {
				return inner.Parameter
			}
			if depth < deepest {
				if found := look(value, inner, depth+1); found != "" {
					return found
				}
			}
		}
		return ""
	}
	if c.t == nil || c.req.Opaque {
		return ""
	}
	return look(c.t.Raw, request.Place{}, 0)
}

// subjectOf finds what a text speaks of. Where it names the prompt and a file alike, neither is meant alone; and what the
// request does not hold was not refused.
func (c *oneCase) subjectOf(text string, said message.Notion) (subject, bool) {
	var found subject
	ok := false
	for _, s := range subjects() {
		if s.input && len(c.inputs(s.kind)) == 0 || said&s.said == 0 {
			continue
		}
		if ok && found.input && s.cause == refusedPrompt && found.cause != refusedPerson && !strings.Contains(message.Squeeze(text), "input"+string(found.kind)) {
			return subject{}, false
		}
		if !ok || s.input && found.cause == refusedCopyright && said&message.OfPrompt == 0 {
			found, ok = s, true
		}
	}
	return found, ok
}

// onlySubject is what was refused where nothing is named: the files of a request without words.
func (c *oneCase) onlySubject() (subject, bool) {
	if c.holdsWords() || len(c.inputs("")) == 0 {
		return subject{}, false
	}
	for _, s := range subjects() {
		if s.mend == replaceInput && len(c.inputs(s.kind)) == len(c.inputs("")) {
			return s, true
		}
	}
	return subject{}, false
}

// holdsWords tells a task that holds somebody's own words, or may hold them.
func (c *oneCase) holdsWords() bool {
	if c.t == nil || c.req.Opaque {
		return true
	}
	for name := range c.t.Names() {
		if parameter.IsProse(name) {
			return true
		}
	}
	return false
}

// adviseUnnamed keeps the advice to what the request holds: no file is changed where it has none.
func (c *oneCase) adviseUnnamed(f *finding) {
	if c.t != nil && f.Category == schema.CategoryContentPolicy && f.mend.key == inText && len(c.inputs("")) == 0 {
		f.mend.text = strings.Replace(f.mend.text, " or change the input media", "", 1)
	}
}
