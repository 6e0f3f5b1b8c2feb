package modelschema

import (
	"encoding/json"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// Price is what a decoded task costs by what its model's page publishes; false where that is not known for sure. It may
// ask for the page. A list of prices applies by its labels, which are words: one that is not understood, or does not
// tell from the task alone whether it is meant, makes the price unknown.
func (m *Model) Price(task any) (schema.Price, bool) {
	if m.document == nil {
		return schema.Price{}, false
	}
	d := m.document()
	if d == nil {
		return schema.Price{}, false
	}
	r, ok := m.rateOf(task, d.rates)
	if !ok {
		return schema.Price{}, false
	}
	price := schema.Price{Rate: r.amount, Unit: unitWord(r.unit)}
	amount, _ := dollars(r.amount)
	price.Rate = written(amount)
	if n, ok := units(task, price.Unit); ok {
		price.Total = written(new(big.Rat).Mul(amount, n))
	}
	return price, true
}

// rateOf is the one rate that the task is under.
func (m *Model) rateOf(task any, rates []rate) (rate, bool) {
	if len(rates) == 1 {
		return rates[0], true
	}
	var meant []rate
	all := qualifiers()
	for _, r := range rates {
		switch m.meets(task, r.label, all) {
		case yes:
			meant = append(meant, r)
		case no:
		case unsure:
			return rate{}, false
		}
	}
	if len(meant) != 1 {
		return rate{}, false
	}
	return meant[0], true
}

// answer is whether a task meets a label.
type answer uint8

const (
	unsure answer = iota
	yes
	no
)

func answerOf(holds bool) answer {
	if holds {
		return yes
	}
	return no
}

// meets tells whether a task is one of those that a label means.
func (m *Model) meets(task any, label string, all []qualifier) answer {
	rest := strings.ToLower(label)
	result := unsure
	for _, q := range all {
		found := q.words.FindStringSubmatch(rest)
		if found == nil {
			continue
		}
		rest = strings.Replace(rest, found[0], " ", 1)
		switch q.holds(m, task, found[1:]) {
		case unsure:
			return unsure
		case no:
			result = no
		case yes:
			if result == unsure {
				result = yes
			}
		}
	}
	for word := range strings.FieldsFuncSeq(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		switch word {
		case "video", "image", "output", "generation", "per", "second", "seconds", "price", "at", "in", "and", "a", "the", "for", "of":
		default:
			return unsure
		}
	}
	return result
}

// qualifier is what a label may say of a task.
type qualifier struct {
	words *regexp.Regexp
	holds func(m *Model, task any, found []string) answer
}

// qualifiers are tried in this order, each once; what one has read is not read by another.
func qualifiers() []qualifier {
	return []qualifier{
		{regexp.MustCompile(`\b(\d{3,5}) ?[x×] ?(\d{3,5})\b`), func(_ *Model, task any, found []string) answer {
			width, height, ok := dimensions(task)
			if !ok {
				return unsure
			}
			return answerOf(found[0] == strconv.Itoa(width) && found[1] == strconv.Itoa(height))
		}},
		{regexp.MustCompile(`\b(\d{3,4}p|\d{1,2}k)\b`), func(_ *Model, task any, found []string) answer {
			if resolution, ok := request.Resolve(task, "/resolution"); ok {
				text, isText := resolution.(string)
				if !isText {
					return unsure
				}
				return answerOf(strings.EqualFold(text, found[0]))
			}
			width, height, ok := dimensions(task)
			lines, isLines := strings.CutSuffix(found[0], "p")
			if !ok || !isLines {
				return unsure
			}
			return answerOf(lines == strconv.Itoa(min(width, height)))
		}},
		{regexp.MustCompile(`\b(\d{1,3}) ?(?:s|sec|second|seconds)\b`), func(_ *Model, task any, found []string) answer {
			duration, ok := request.Resolve(task, "/duration")
			n, isNumber := duration.(json.Number)
			if !ok || !isNumber {
				return unsure
			}
			return answerOf(n.String() == found[0])
		}},
		{regexp.MustCompile(`\b(?:(no|without|with|including) )?(?:native )?(?:audio|sound)(?: (on|off))?\b|\b(silent|muted)\b`), func(m *Model, task any, found []string) answer {
			on, ok := m.sounds(task)
			if !ok {
				return unsure
			}
			off := found[0] == "no" || found[0] == "without" || found[1] == "off" || found[2] != ""
			return answerOf(on != off)
		}},
	}
}

// sounds tells whether a task asks for sound, by the one switch that its model has for it.
func (m *Model) sounds(task any) (on, known bool) {
	var at string
	for _, place := range m.places {
		switch parameter.Fold(place[strings.LastIndexByte(place, '/')+1:]) {
		case "sound", "audio", "generateaudio", "enableaudio", "nativeaudio":
			if m.facts(rawjson.Tokens(place)).constraint().Type != "boolean" {
				continue
			}
			if at != "" {
				return false, false
			}
			at = place
		}
	}
	if at == "" {
		return false, false
	}
	if value, ok := request.Resolve(task, at); ok {
		on, known = value.(bool)
		return on, known
	}
	s := m.task
	for _, step := range rawjson.Tokens(at) {
		if s = below(s, step); s == nil {
			return false, false
		}
	}
	if s.Default == nil {
		return false, false
	}
	on, known = (*s.Default).(bool)
	return on, known
}

func dimensions(task any) (width, height int, ok bool) {
	w, _ := request.Resolve(task, "/width")
	h, _ := request.Resolve(task, "/height")
	wide, okWide := w.(json.Number)
	high, okHigh := h.(json.Number)
	if !okWide || !okHigh {
		return 0, 0, false
	}
	width, errWide := strconv.Atoi(wide.String())
	height, errHigh := strconv.Atoi(high.String())
	return width, height, errWide == nil && errHigh == nil
}

// units is how many units a task is charged for.
func units(task any, unit string) (*big.Rat, bool) {
	n := big.NewRat(1, 1)
	if results, ok := request.Resolve(task, "/numberResults"); ok {
		var read bool
		if n, read = positive(results); !read {
			return nil, false
		}
	}
	switch unit {
	case "image", "video", "result", "generation", "model", "song", "track":
		return n, true
	case "second":
		duration, _ := request.Resolve(task, "/duration")
		seconds, ok := positive(duration)
		if !ok {
			return nil, false
		}
		return seconds.Mul(seconds, n), true
	}
	return nil, false
}

func positive(value any) (*big.Rat, bool) {
	number, ok := value.(json.Number)
	if !ok {
		return nil, false
	}
	r, ok := dollars(number)
	return r, ok && r.Sign() > 0
}

// dollars reads a number of ordinary size.
func dollars(n json.Number) (*big.Rat, bool) {
	const longest = 20
	if len(n) == 0 || len(n) > longest {
		return nil, false
	}
	f, err := n.Float64()
	if err != nil || f > 1e9 || f < 0 || f < 1e-12 && strings.ContainsAny(n.String(), "eE") { // as a fraction it may be endless
		return nil, false
	}
	return new(big.Rat).SetString(n.String())
}

// written is an amount without needless digits, at least two of them behind the point.
func written(r *big.Rat) json.Number {
	const digits, least = 9, 2
	text := r.FloatString(digits)
	for strings.HasSuffix(text, "0") && len(text)-strings.IndexByte(text, '.')-1 > least {
		text = text[:len(text)-1]
	}
	return json.Number(text)
}

// unitWord is the word for a published unit; "" for one that may not be said.
func unitWord(unit string) string {
	switch unit {
	case "durationSecond":
		return "second"
	case "":
		return ""
	}
	var b strings.Builder
	for i, r := range unit {
		switch {
		case r >= 'a' && r <= 'z':
		case r >= 'A' && r <= 'Z':
			if i > 0 {
				b.WriteByte(' ')
			}
			r = unicode.ToLower(r)
		default:
			return ""
		}
		b.WriteRune(r)
	}
	const longest = 24
	if word := b.String(); len(word) <= longest && !looks.GivesOrders(word) {
		return word
	}
	return ""
}
