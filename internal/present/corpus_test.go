package present

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// corpusKey is this server's own key in the corpora.
const corpusKey = "rwFake5Zk8qLwX2vTn4Yb7RcUd9GhJm3"

// bar stands in every secret of the corpora and of the tables, and is taken out when they are read, so that no scanner of
// a host takes a made-up secret for somebody's.
const bar = "¦"

// specimen is a line of a corpus: a value, where it stands in a report, and what may or must not be seen of it. Without
// Hide all of it must be. Whole says that only a whole document tells it.
type specimen struct {
	At    string          `json:"at"`
	Value json.RawMessage `json:"value"`
	Hide  []string        `json:"hide"`
	Keep  []string        `json:"keep"`
	Whole bool            `json:"whole"`

	line string
}

func corpus(t *testing.T, pattern string) (all []specimen) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "corpus", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no files, %v", pattern, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(bytes.ReplaceAll(content, []byte(bar), nil)))
		for lines.Scan() {
			s := specimen{line: lines.Text()}
			if err := json.Unmarshal(lines.Bytes(), &s); err != nil || s.At == "" || len(s.Value) == 0 {
				t.Fatalf("%s: %s: %v", file, s.line, err)
			}
			all = append(all, s)
		}
	}
	return all
}

// task is a recorded task that holds the value where it belongs, and nothing else.
func (s specimen) task() (request, response string) {
	request, response = `[{"taskType":"imageInference"}]`, `{"data":[]}`
	steps := strings.Split(s.At, "/")
	doc := string(s.Value)
	for i := len(steps) - 1; i > 1; i-- {
		if steps[i] == "0" {
			doc = "[" + doc + "]"
		} else {
			doc = "{" + quote(steps[i]) + ":" + doc + "}"
		}
	}
	if steps[1] == "request" {
		return doc, response
	}
	return request, doc
}

// ways returns what leaves the program for a specimen, by the way on which it leaves.
func (s specimen) ways(t *testing.T, p *Presenter) map[string]string {
	t.Helper()
	request, response := s.task()
	r := report(request, response)
	parameter := strings.TrimPrefix(s.At, "/request")
	finding := schema.Finding{Code: "x", Pointer: parameter, Parameter: parameter[strings.LastIndexByte(parameter, '/')+1:], Actual: schema.Value(s.Value)}
	text, isText := rawjson.Text(s.Value)
	inText := strings.HasSuffix(s.At, "/message") || strings.HasSuffix(s.At, "rompt")
	if isText && inText {
		finding = schema.Finding{Code: "x", Message: text, Cause: text, Fix: text, Actual: schema.StringValue(text)}
		r.Diagnosis.Notes = []string{text}
	} else {
		r.Diagnosis.Patch = []schema.Operation{{Op: "replace", Path: parameter, Value: schema.Value(s.Value)}}
	}
	r.Diagnosis.Findings = []schema.Finding{finding}
	shown := check(t, p, r)
	if len(s.Hide) == 0 && len(shown.Omissions) > 0 {
		t.Errorf("%s\nlisted as left out: %+v", s.line, shown.Omissions)
	}
	block, structured := Marshal(shown)
	req, resp := p.Whole([]byte(request), []byte(response))
	ways := map[string]string{"text": string(block), "structured": string(structured), "whole": string(req) + string(resp)}
	if isText && inText {
		ways["log"] = p.Text(text)
	} else {
		ways["log"] = p.Text(request) + p.Text(response)
	}
	if !s.Whole {
		ways["log of what breaks off"] = p.Text(request[:len(request)-1]) + p.Text(response[:len(response)-1])
	}
	for at := s.At; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
		ways["piece of "+at] = strings.Join(readAll(t, p, request, response, at, 0), "")
	}
	return ways
}

// A piece from any offset is a part of the masked value, so that a secret cannot be put together from pieces.
func TestPiecesOfTheCorporaAreMaskedAtEveryOffset(t *testing.T) {
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret(corpusKey)}})
	const every, size = 4, 16
	for i, s := range corpus(t, "planted*.jsonl") {
		if i%every != 0 {
			continue
		}
		request, response := s.task()
		masked := strings.Join(readAll(t, p, request, response, s.At, 0), "")
		for offset := range len(masked) {
			piece, err := pieceOf(p, []byte(request), []byte(response), s.At, offset, size)
			if err != nil || piece.Total != len(masked) || !strings.HasPrefix(masked[piece.Offset:], piece.Text) {
				t.Fatalf("%s at %d: %+v, %v", s.line, offset, piece, err)
			}
		}
	}
}

// unescaped is a text as one who undoes the escapes of JSON reads it.
func unescaped(s string) string {
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\n`, "\n", `\r`, "\r", `\t`, "\t").Replace(s)
}

// Every secret that was planted is masked on every way out, and what stands around it is not.
func TestPlantedSecretsAreMasked(t *testing.T) {
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret(corpusKey)}})
	leaked := 0
	specimens := corpus(t, "planted*.jsonl")
	for _, s := range specimens {
		bad := false
		for way, seen := range s.ways(t, p) {
			for _, secret := range s.Hide {
				if strings.Contains(seen, secret) || strings.Contains(unescaped(seen), secret) {
					t.Logf("%s\n%s shows %s", s.line, way, secret)
					bad = true
				}
			}
			if strings.HasPrefix(way, "log") {
				continue // a log line is cut
			}
			for _, word := range s.Keep {
				if !strings.Contains(seen, word) && !strings.HasPrefix(way, "piece") {
					t.Logf("%s\n%s lost %s: %s", s.line, way, word, seen)
					bad = true
				}
			}
		}
		if bad {
			leaked++
			t.Errorf("BAD %s", s.line)
		}
	}
	t.Logf("%d of %d planted secrets were not masked as they should be", leaked, len(specimens))
}

// Nothing harmless loses a character.
func TestLookalikesAreShown(t *testing.T) {
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret(corpusKey)}})
	hidden := 0
	specimens := corpus(t, "harmless*.jsonl")
	for _, s := range specimens {
		bad := false
		request, response := s.task()
		req, resp := p.Whole([]byte(request), []byte(response))
		if string(req) != request || string(resp) != response {
			t.Logf("%s\nbecame %s %s", s.line, req, resp)
			bad = true
		}
		for way, seen := range s.ways(t, p) {
			if strings.Contains(seen, redacted) {
				t.Logf("%s\n%s shows %s", s.line, way, seen)
				bad = true
			}
		}
		if bad {
			hidden++
			t.Errorf("BAD %s", s.line)
		}
	}
	t.Logf("%d of %d harmless values were masked", hidden, len(specimens))
}
