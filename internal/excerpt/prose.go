package excerpt

import (
	"regexp"
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
)

// fromWords makes a response of a text that holds no object: of the members it names, and else of its sentence.
func fromWords(text string, r *reader) (made []byte, ok bool) {
	text = looks.Short(text, maxWords)
	around := r.outside(text)
	if strings.Contains(text, `\"`) || strings.Contains(text, `\n`) {
		text = unescape(text)
	}
	members := labelled(text, r)
	code, sentence := saidIn(unescape(around))
	if members == nil && sentence == "" && code == "" {
		return nil, false
	}
	if members == nil {
		members = map[string][]byte{}
	}
	if _, has := members["code"]; !has && code != "" && members["errorCode"] == nil {
		members["code"] = rawjson.Quote(code)
	}
	if _, has := members["message"]; !has && sentence != "" && members["errorMessage"] == nil {
		members["message"] = rawjson.Quote(sentence)
	}
	if _, has := members["taskUUID"]; !has {
		if id := idNamed(text); id != "" {
			members["taskUUID"] = rawjson.Quote(id)
		}
	}
	return encoded(members), true
}

// fromMessage reads the words of an object that any program may have made: an SDK's exception may stand there as it is
// printed. ok is false where they say no more than the object.
func fromMessage(object []byte, r *reader) (made []byte, ok bool) {
	for _, name := range [...]string{"message", "errorMessage", "msg", "detail", "error"} {
		value, _ := rawjson.Member(object, name)
		text, isText := rawjson.Text(value)
		if !isText || text == "" {
			continue
		}
		made, ok := fromWords(text, r)
		return made, ok && string(made) != `{"errors":[{"message":`+string(rawjson.Quote(text))+`}]}`
	}
	return nil, false
}

// maxWords bounds the text that is read as words, in bytes: an exception and its trace.
const maxWords = 256 << 10

// encoded writes members as a response, in the order in which Runware does.
func encoded(members map[string][]byte) []byte {
	out := []byte(`{"errors":[{`)
	for _, name := range [...]string{"code", "errorCode", "message", "errorMessage", "parameter", "taskType", "taskUUID", "documentation", "responseContent", "allowedValues"} {
		if value := members[name]; len(value) > 0 {
			if out[len(out)-1] != '{' {
				out = append(out, ',')
			}
			out = append(append(append(out, rawjson.Quote(name)...), ':'), value...)
		}
	}
	return append(out, `}]}`...)
}

// idNamed is the task that a text names as one: "Task UUID: …".
func idNamed(text string) string {
	at := regexp.MustCompile(`(?i)task[ _-]?(?:uuid|id)\W{0,4}([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b`).FindStringSubmatch(text)
	if at == nil {
		return ""
	}
	return at[1]
}

// saidIn finds the line of a text that states a failure, and takes a code and the names of programs off it.
func saidIn(text string) (code, sentence string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		code = codeIn(line)
		if code == "" && !failure().MatchString(line) {
			continue
		}
		if strings.HasPrefix(line, "at ") || strings.HasPrefix(line, "File ") || strings.HasPrefix(line, "raise ") || strings.HasPrefix(line, "throw ") {
			continue // a frame of a stack
		}
		said := withoutPrograms(line)
		if code != "" {
			said = withoutCode(said, code)
		}
		if code == "" && !tells(line, said) {
			continue
		}
		return code, said
	}
	return "", ""
}

// tells whether a sentence without a code is about Runware, or says something that Runware's errors say: any program
// fails.
func tells(line, said string) bool {
	if said == "" {
		return false
	}
	if strings.Contains(strings.ToLower(line), "runware") {
		return true
	}
	if _, ok := message.Classify(said); ok {
		return true
	}
	known := func(name string) bool { return parameter.Vocabulary()[parameter.Fold(parameter.Last(name))] != "" }
	return len(message.Parse(said, known).Names) > 0
}

// failure matches a line that says that something failed.
func failure() *regexp.Regexp {
	return regexp.MustCompile(`(?i)error|exception|invalid|unsupported|not supported|missing|fail|insufficient|timed? ?out|exceed|reject|denied|unauthori[sz]ed|forbidden|blocked|flagged|unavailable|not found|must (?:be|have|contain)|refused|too (?:large|long|small|short|many)`)
}

// codeIn is the code that a line names: one that the table has, in the form that no word of a sentence has, or one of a
// known family where the line sets it apart.
func codeIn(line string) string {
	for _, at := range regexp.MustCompile(`[A-Za-z][A-Za-z0-9]{3,99}`).FindAllStringIndex(line, maxFound) {
		word := line[at[0]:at[1]]
		if !isCamel(word) {
			continue
		}
		row := codes.For(word)
		apart := at[0] > 0 && strings.IndexByte("[(", line[at[0]-1]) >= 0 || at[1] < len(line) && strings.IndexByte("])", line[at[1]]) >= 0 || strings.HasPrefix(line[at[1]:], ": ")
		if row.Code != "" && (!row.Family || apart) {
			return word
		}
	}
	return ""
}

// withoutCode takes the code off a sentence, with the signs and the word around it.
func withoutCode(sentence, code string) string {
	around := regexp.MustCompile(`[\s\[(]*(?:(?:error )?code[:= ]+)?["'\[(]?` + regexp.QuoteMeta(code) + `["'\])]?[\])]*(?:\s*[:\-–—]\s+|\s*$)?`)
	at := around.FindStringIndex(sentence)
	if at == nil {
		return sentence
	}
	before, after := strings.TrimSpace(sentence[:at[0]]), strings.TrimSpace(sentence[at[1]:])
	switch {
	case before == "":
		return after
	case after == "" || len(before) > len(after):
		return strings.TrimSpace(before + " " + after)
	}
	return after
}

// withoutPrograms takes off what loggers and SDKs put before a message: a time, a level, the name of an exception, an
// HTTP status.
func withoutPrograms(line string) string {
	prefix := regexp.MustCompile(`^(?:` +
		`\S*\d{2}:\d{2}:\d{2}\S*|\d{4}-\d{2}-\d{2}|` + // times
		`\[[^\]]{0,60}\]|` +
		`(?i:trace|debug|info|warn|warning|error|err|fatal|critical)\b:?|` +
		`(?:[\w.$/]{1,80}(?:Error|Exception)|(?i:(?:uncaught|unhandled|caused by|runware|api|sdk|request|task|inference|generation|promise|in|the|failed|http)\b[ :]*){0,6}(?i:error|exception|failed|failure))` +
		`(?:\s*[(\[][^)\]]{0,120}[)\]])?\s*:|` +
		`(?:HTTP )?[45]\d{2}(?: (?:Bad Request|Unauthorized|Payment Required|Forbidden|Not Found|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Timeout))?\s*[:\-–,]|` +
		`[-–|:>]` +
		`)\s*`)
	const most = 12
	for range most {
		at := prefix.FindStringIndex(line)
		if at == nil || at[1] == 0 {
			break
		}
		if strings.HasPrefix(line, "[") && codeIn(line[:at[1]]) != "" {
			break // [invalidWidth] …
		}
		line = line[at[1]:]
	}
	return strings.TrimSpace(line)
}
