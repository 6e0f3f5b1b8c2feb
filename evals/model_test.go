package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sashabaranov/go-openai"
)

// scripted is a small endpoint that speaks the protocol: it knows the script and plays a model that follows it, but for
// what a test wants otherwise.
type scripted struct {
	t     *testing.T
	cases []evalCase
	// play says something else than the script; a zero message keeps to it.
	play func(c evalCase, turn int) openai.ChatCompletionMessage
}

func (s scripted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var asked openai.ChatCompletionRequest
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer "+endpointKey {
		s.t.Errorf("%s %s: %v", r.Method, r.URL, err)
	}
	if len(asked.Tools) != 5 || asked.Model != "scripted" || asked.Messages[0].Role != openai.ChatMessageRoleSystem {
		s.t.Errorf("%d tools, model %s", len(asked.Tools), asked.Model)
	}
	for _, c := range s.cases {
		if c.Question != asked.Messages[1].Content {
			continue
		}
		turn := (len(asked.Messages) - 2) / 2
		message := s.play(c, turn)
		if message.Content == "" && message.ToolCalls == nil {
			message = follow(s.t, c, turn, asked.Messages[len(asked.Messages)-1].Content)
		}
		message.Role = openai.ChatMessageRoleAssistant
		_ = json.NewEncoder(w).Encode(openai.ChatCompletionResponse{Choices: []openai.ChatCompletionChoice{{Message: message}}})
		return
	}
	s.t.Errorf("not in the script: %s", asked.Messages[1].Content)
}

const endpointKey = "made-up-key-of-an-endpoint"

// follow makes the scripted call, and then moves as the answer says.
func follow(t *testing.T, c evalCase, turn int, last string) openai.ChatCompletionMessage {
	t.Helper()
	if turn == 0 {
		arguments, err := json.Marshal(c.Arguments)
		if err != nil {
			t.Error(err)
		}
		return callOf(c.Tool, string(arguments))
	}
	var r reply
	if err := json.Unmarshal([]byte(last), &r); err != nil {
		t.Errorf("%s: the tool's answer is no JSON: %.100s", c.name(), last)
	}
	d := r.Diagnosis
	if len(r.Groups) > 0 {
		d = r.Groups[0].Diagnosis
	}
	return openai.ChatCompletionMessage{Content: d.Summary + "\n\nNEXT: `" + string(moveOf(d.Retry)) + "`."}
}

func callOf(tool, arguments string) openai.ChatCompletionMessage {
	return openai.ChatCompletionMessage{ToolCalls: []openai.ToolCall{{
		ID: "call-1", Type: openai.ToolTypeFunction, Function: openai.FunctionCall{Name: tool, Arguments: arguments},
	}}}
}

// try runs the command against such an endpoint.
func try(t *testing.T, only string, play func(c evalCase, turn int) openai.ChatCompletionMessage) string {
	t.Helper()
	server := httptest.NewServer(scripted{t, cases(t), play})
	t.Cleanup(server.Close)
	out, err := runAgainst(t, server.URL+"/v1", only)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func runAgainst(t *testing.T, url, only string) (string, error) {
	t.Helper()
	environment := map[string]string{envURL: url, envModel: "scripted", envKey: endpointKey}
	var out strings.Builder
	err := run(t.Context(), []string{"-binary", binary, "-only", only}, func(name string) string { return environment[name] }, &out)
	return out.String(), err
}

func TestRun(t *testing.T) {
	script := func(evalCase, int) openai.ChatCompletionMessage { return openai.ChatCompletionMessage{} }
	for name, test := range map[string]struct {
		only string
		play func(c evalCase, turn int) openai.ChatCompletionMessage
		want string
	}{
		"follows the script": {"", script, "all                   50    50        50    50\n"},
		"another tool": {"compare_tasks/no-credits", func(c evalCase, turn int) openai.ChatCompletionMessage {
			if turn == 0 {
				return callOf("get_task_details", fmt.Sprintf(`{"taskUUID":%q}`, c.Arguments["taskUUID"]))
			}
			return openai.ChatCompletionMessage{}
		}, "all                    1     0         0     1\n"},
		"no tool at all": {"get_task_details/duration", func(evalCase, int) openai.ChatCompletionMessage {
			return openai.ChatCompletionMessage{Content: "It failed. NEXT: patch_then_send"}
		}, "all                    1     0         0     1\n"},
		"another id": {"get_task_details/moderation", func(_ evalCase, turn int) openai.ChatCompletionMessage {
			if turn == 0 {
				return callOf("get_task_details", `{"taskUUID":"5c1f0a52-7c1e-4e0d-9b36-0d5f1c9d2a01"}`)
			}
			return openai.ChatCompletionMessage{}
		}, "all                    1     1         0     0\n"},
		"no move": {"get_task_details/duration", func(_ evalCase, turn int) openai.ChatCompletionMessage {
			if turn == 1 {
				return openai.ChatCompletionMessage{Content: "Patch it."}
			}
			return openai.ChatCompletionMessage{}
		}, "all                    1     1         1     0\n"},
		"broken arguments, then the script": {"get_task_details/rate-limit", func(c evalCase, turn int) openai.ChatCompletionMessage {
			switch turn {
			case 0:
				return callOf(c.Tool, `{"taskUUID":`)
			case 1:
				return follow(t, c, 0, "")
			}
			return openai.ChatCompletionMessage{}
		}, "all                    1     1         1     1\n"},
		"a tool that there is not, for ever": {"get_task_details/rate-limit", func(evalCase, int) openai.ChatCompletionMessage {
			return callOf("run_task", `{}`)
		}, "all                    1     0         0     0\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if out := try(t, test.only, test.play); !strings.HasSuffix(out, test.want) {
				t.Errorf("%s", out)
			}
		})
	}
}

// Without an endpoint nothing is asked, and a line says how to name one.
func TestSkip(t *testing.T) {
	var out strings.Builder
	err := run(t.Context(), nil, func(string) string { return "" }, &out)
	if err != nil || out.String() != skipped || strings.Count(skipped, "\n") != 1 {
		t.Errorf("%v: %s", err, out.String())
	}
}

// What is wrong with an endpoint ends the run with what it said, and nothing is counted as a mistake of a model.
func TestEndpointFails(t *testing.T) {
	for name, test := range map[string]struct {
		status     int
		body, want string
	}{
		"refused":    {401, `{"error":{"message":"no such key","type":"invalid_request_error"}}`, "no such key"},
		"no choices": {200, `{"choices":[]}`, "no choices"},
		"no JSON":    {200, `<html>`, "invalid character"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			}))
			t.Cleanup(server.Close)
			out, err := runAgainst(t, server.URL, "get_task_details/duration")
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(out, "all ") {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}
