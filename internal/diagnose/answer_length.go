package diagnose

import (
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/schema"
)

// blameAnswer says that the answer which is asked for, and not the text, is too long, where the words hold how long it may be
// by the request: "you requested 40021 tokens (21 in the messages, 40000 in the completion)".
func (c *oneCase) blameAnswer(f *finding, text string) bool {
	at := c.onlyPlace("maxTokens")
	window := strings.Contains(strings.ToLower(text), "context window") // which holds the answer too
	if !at.present() || !window && !strings.Contains(text, " "+string(at.places[0].Raw)+" ") {
		return false
	}
	counted := countTokens(text, at.places[0].Raw)
	if counted.textAlone() {
		return false
	}
	c.attachPlace(f, at.places[0])
	f.cause.saying = saying{key: answerTooLong, name: f.Parameter, value: schema.Value(at.places[0].Raw)}
	f.mend.saying = saying{key: shortenAnswer, name: f.Parameter}
	if counted.answerAlone() {
		f.mend.saying = saying{key: shortenOnlyAnswer, name: f.Parameter}
	}
	return true
}

// blameLimit names the limit of the answer where the words name it, or count it in: "requested 9412 (412 prompt + 9000 maxTokens)".
func (c *oneCase) blameLimit(f *finding) {
	at := c.onlyPlace("maxTokens")
	if !at.present() {
		return
	}
	f.mend.saying = saying{key: shortenOrSplit} // of a text
	if countTokens(c.e.Message, at.places[0].Raw).mostAlone() {
		return
	}
	counted := func(t message.Token) bool { return t.Text == string(at.places[0].Raw) }
	if slices.ContainsFunc(c.claims.Tokens, counted) || strings.Contains(strings.ToLower(c.e.Message), "maxtokens") || strings.Contains(c.e.Message, "output token") {
		c.attachPlace(f, at.places[0])
		f.mend.saying = saying{key: shortenAnswer, name: f.Parameter}
	}
}

// tokenCount is what a message counts of a text and its answer, in tokens: all its figures, the answer that the request asks
// for, and what it says is sent besides, where one figure is the sum of both.
type tokenCount struct {
	figures      []int
	answer, sent int
	summed       bool // sent is known
}

// fewTokens are fewer than any model's limit.
const fewTokens = 1000

// countTokens reads the figures of a text, for an answer that is asked for; it holds nothing where that is no whole number.
func countTokens(text string, asked []byte) (n tokenCount) {
	answer, err := strconv.Atoi(string(asked))
	if err != nil {
		return n
	}
	n.answer = answer
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r < '0' || r > '9' }) {
		if figure, err := strconv.Atoi(word); err == nil {
			n.figures = append(n.figures, figure)
		}
	}
	sum := func(sent int) bool { return slices.Contains(n.figures, sent+answer) }
	if i := slices.IndexFunc(n.figures, sum); i >= 0 {
		n.sent, n.summed = n.figures[i], true
	}
	return n
}

// textAlone tells that what is sent is too long even without an answer: "maximum context length is 1047576 tokens, you requested
// 1118203 (1101819 in the messages, 16384 in the completion)".
func (n tokenCount) textAlone() bool {
	return n.summed && slices.ContainsFunc(n.figures, func(limit int) bool { return limit > n.answer && limit < n.sent })
}

// answerAlone tells that the answer takes all there is, whatever is sent: "maximum context length is 8192 tokens, you requested
// 8604 (412 of text input, 8192 in the output)".
func (n tokenCount) answerAlone() bool {
	if !n.summed {
		return false
	}
	limit := 0
	for _, figure := range n.figures {
		if figure != n.sent && figure != n.answer && figure != n.sent+n.answer {
			limit = max(limit, figure)
		}
	}
	if limit < fewTokens && n.times(n.answer) > n.times(n.sent) { // it is the limit itself
		limit = n.answer
	}
	return limit > fewTokens && limit <= n.answer
}

// mostAlone tells that the largest figure is over a limit even without the answer: "limit 30000, requested 48211" where the answer
// may have 4096.
func (n tokenCount) mostAlone() bool {
	if len(n.figures) == 0 {
		return false
	}
	most := slices.Max(n.figures)
	return slices.ContainsFunc(n.figures, func(limit int) bool {
		return limit > fewTokens && limit != n.answer && limit < most && most-n.answer > limit
	})
}

// times counts how often a figure stands in the text.
func (n tokenCount) times(of int) (count int) {
	for _, figure := range n.figures {
		if figure == of {
			count++
		}
	}
	return count
}
