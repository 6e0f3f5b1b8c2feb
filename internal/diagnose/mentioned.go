package diagnose

import (
	"slices"
	"strings"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
)

// nameMentioned says which members of the task a provider's words mention, and in which figures, where nothing else is
// known of them. A setting that has one scalar value is meant; a prompt or a file may be mentioned by the way.
func (c *oneCase) nameMentioned(f *finding, p message.Provided) {
	if c.t == nil || f.Pointer != "" || f.cause.key != providerWords {
		return
	}
	text := strings.Join(p.Texts, "\n")
	own := message.Forget(text, c.echoes()) // an echo of the request names no setting, but it may be the value of one
	var named []string
	mention := func(at request.Place) {
		if at.Pointer == "" || slices.Contains(named, at.Parameter) || len(named) == maxMentioned {
			return
		}
		if len(named) == 0 {
			c.attachPlace(f, at)
		}
		named = append(named, at.Parameter)
	}
	for _, t := range message.Parse(own, c.knows).Tokens {
		mention(c.settingCalled(t.Text))
	}
	tried := map[string]bool{}
	for _, t := range message.Parse(text, c.knows).Tokens {
		if len(named) == maxMentioned || len(tried) == maxHeldTried {
			break
		}
		if word := strings.Trim(t.Text, "'\"`()[]{}:,."); isID(word) && !tried[word] {
			tried[word] = true
			mention(c.settingHolding(word))
		}
	}
	if figures := message.Figures(own); len(figures) > 0 {
		f.cause.more = append(f.cause.more, saying{key: withFigures, names: figures})
	}
	if len(named) > 0 {
		f.cause.more = append(f.cause.more, saying{key: whichMention, names: named})
	}
}

// settingHolding is the member whose value a word is: an id, a style. Nothing where it says whose task it is, or is a model,
// a file, or somebody's text.
func (c *oneCase) settingHolding(word string) request.Place {
	at := c.t.Holding(word)
	last := parameter.Last(at.Parameter)
	if at.Pointer == "" || !isSetting(last) || mediumOf(at.Parameter) != "" || at.Parameter == "model" {
		return request.Place{}
	}
	return at
}

// isSetting tells a name of what a message may speak of as the user's to change: not of whose task it is, of what makes it
// safer, or of somebody's text.
func isSetting(name string) bool {
	return !parameter.Guarded(name) && !parameter.Safeguards(name) && !parameter.IsProse(name)
}

// isID tells a word that may be somebody's id of something: it is long enough, and no plain word.
func isID(word string) bool {
	const short = 4
	return len(word) >= short && strings.ContainsAny(word, "0123456789-_/")
}

// Bounds of the members that are said to be mentioned, and of the words that are looked for among the values.
const (
	maxMentioned = 3
	maxHeldTried = 16
)

// settingCalled is the only member of the task with a scalar value that goes by a word: motion_mode for
// providerSettings.pixverse.motionMode. Nothing where the word is none, or names what is guarded, a file or somebody's text.
func (c *oneCase) settingCalled(word string) request.Place {
	word = strings.Trim(word, "'\"`()[]{}:,.")
	if len(word) < 3 || !parameter.Valid(word) || !isSetting(word) || mediumOf(word) != "" || parameter.IsSide(word) || parameter.Fold(word) == "model" {
		return request.Place{}
	}
	places := c.t.Locate(word)
	if len(places) != 1 || parameter.Fold(parameter.Last(places[0].Parameter)) != parameter.Fold(parameter.Last(word)) {
		return request.Place{}
	}
	switch rawjson.KindOf(places[0].Raw) {
	case rawjson.String, rawjson.Number, rawjson.True, rawjson.False:
		return places[0]
	case rawjson.None, rawjson.Null, rawjson.Object, rawjson.Array:
	}
	return request.Place{}
}
