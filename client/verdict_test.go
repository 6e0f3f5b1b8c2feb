package client

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

// TestVerdict weighs status, content type and body against each other. A row without kind expects the answer.
func TestVerdict(t *testing.T) {
	const (
		json = "application/json"
		html = "text/html; charset=utf-8"
		page = "<!DOCTYPE html><title>Bad gateway</title>"
	)
	good := data(answer(idA))
	failed := func(code string) string {
		return `{"data":[],"errors":[{"code":"` + code + `","message":"Words of theirs."}]}`
	}
	for _, test := range []struct {
		name, contentType, body string
		status                  int
		kind                    schema.Category
		want                    string // the error between prefix and attempts
	}{
		{"answer", json, good, 200, "", ""},
		{"answer in a 500", json, good, 500, "", ""},
		{"answer in a 429", json, good, 429, "", ""},
		{"answer in a 404", json, good, 404, "", ""},
		{"answer called html", html, good, 200, "", ""},
		{"answer without type", "", good, 201, "", ""},
		{"answer after a byte order mark", json, "\ufeff" + good, 200, "", ""},
		{"answer and empty errors", json, `{"errors":[],"data":[` + answer(idA) + `]}`, 200, "", ""},
		{"answer beside a general error", json, `{"errors":[{"code":"rateLimitExceeded"}],"data":[` + answer(idA) + `]}`, 200, "", ""},
		{"data as an object", json, `{"data":` + answer(idA) + `}`, 200, "", ""},
		{"bare array of answers", json, `[` + answer(idA) + `]`, 200, "", ""},
		{"array of envelopes", json, `[{"data":[]},` + good + `]`, 200, "", ""},
		{"answer without task type", json, `{"data":[{"taskUUID":"` + idA + `","response":null}]}`, 200, "", ""},

		{"not found in a 200", json, failed("taskNotFound"), 200, "not_found", "HTTP 200 with an API error: taskNotFound"},
		{"not found in a 404", json, failed("taskNotFound"), 404, "not_found", "HTTP 404 with an API error: taskNotFound"},
		{"not found in a 500", json, failed("taskNotFound"), 500, "not_found", "HTTP 500 with an API error: taskNotFound"},
		{"bad key", json, failed("invalidApiKey"), 401, "authentication", "HTTP 401 with an API error: invalidApiKey"},
		{"bad key in a 400", json, failed("invalidApiKey"), 400, "authentication", "HTTP 400 with an API error: invalidApiKey"},
		{"bad key of 2024", json, `{"error":true,"errorId":19,"errorMessage":"Invalid API key"}`, 200, "authentication", "HTTP 200 with an API error"},
		{"no credit in a 200", json, failed("insufficientCredits"), 200, "billing", "HTTP 200 with an API error: insufficientCredits"},
		{"no credit in a 400", json, failed("insufficientCredits"), 400, "billing", "HTTP 400 with an API error: insufficientCredits"},
		{"no permission", json, failed("insufficientPermissions"), 400, "permission", "HTTP 400 with an API error: insufficientPermissions"},
		{"rate limit in a 200", json, failed("rateLimitExceeded"), 200, "rate_limit", "HTTP 200 with an API error: rateLimitExceeded"},
		{"timeout code", json, failed("failedTaskTimeout"), 500, "timeout", "HTTP 500 with an API error: failedTaskTimeout"},
		{"capacity code", json, failed("noAvailableServer"), 500, "capacity", "HTTP 500 with an API error: noAvailableServer"},
		{"bad argument", json, failed("invalidTaskUUID"), 400, "invalid_parameter", "HTTP 400 with an API error: invalidTaskUUID"},
		{"unseen code in a 200", json, failed("newCode"), 200, "internal", "HTTP 200 with an API error: newCode"},
		{"unseen code in a 400", json, failed("newCode"), 400, "invalid_parameter", "HTTP 400 with an API error: newCode"},
		{"unseen code in a 404", json, failed("newCode"), 404, "not_found", "HTTP 404 with an API error: newCode"},
		{"unseen code in a 503", json, failed("newCode"), 503, "capacity", "HTTP 503 with an API error: newCode"},
		{"a code that is no code", json, failed(`x\ny`), 200, "internal", "HTTP 200 with an API error"},
		{"error in a data item", json, `{"data":[{"taskType":"getTaskDetails","taskUUID":"` + idA + `","status":"error","error":{"code":"taskNotFound","message":"m"}}]}`, 200, "not_found", "HTTP 200 with an API error: taskNotFound"},
		{"singular error, id outside", json, `{"error":{"code":"taskNotFound","message":"m"},"taskUUID":"` + idA + `","taskType":"getTaskDetails"}`, 400, "not_found", "HTTP 400 with an API error: taskNotFound"},
		{"bare array of errors", json, `[{"code":"taskNotFound","message":"m"}]`, 200, "not_found", "HTTP 200 with an API error: taskNotFound"},
		{"error as text", json, `{"error":"no such thing"}`, 400, "invalid_parameter", "HTTP 400 with an API error"},
		{"error for a stranger", json, `{"errors":[{"code":"taskNotFound","taskUUID":"` + idB + `"}],"data":[]}`, 401, "authentication", "HTTP 401 with neither an answer nor an error for this task"},

		{"empty data", json, `{"data":[]}`, 200, "internal", "HTTP 200 with neither an answer nor an error for this task"},
		{"answer for a stranger", json, data(answer(idB)), 200, "internal", "HTTP 200 with neither an answer nor an error for this task"},
		{"answer of another type", json, data(strings.Replace(answer(idA), "getTaskDetails", "imageInference", 1)), 200, "internal", "HTTP 200 with an item for this task that is no getTaskDetails answer"},
		{"answer without originals", json, `{"data":[{"taskType":"getTaskDetails","taskUUID":"` + idA + `"}]}`, 200, "internal", "HTTP 200 with an item for this task that is no getTaskDetails answer"},
		{"stranger's JSON", json, `{"hello":"world"}`, 200, "internal", "HTTP 200 with JSON that is no getTaskDetails reply"},
		{"null", json, `null`, 200, "internal", "HTTP 200 with JSON that is no getTaskDetails reply"},
		{"gateway's JSON", json, `{"message":"Forbidden"}`, 403, "permission", "HTTP 403 with JSON that is no getTaskDetails reply"},
		{"flood of errors", json, `{"errors":[""` + strings.Repeat(`,""`, 1<<19) + `]}`, 200, "internal", "HTTP 200 with an API error"},
		{"empty", json, "", 200, "internal", "HTTP 200 with an empty body"},
		{"empty html", html, " \n", 502, "internal", "HTTP 502 with an empty body"},
		{"no content", "", "", 204, "internal", "HTTP 204 with an empty body"},
		{"cut off", json, good[:len(good)-30], 200, "internal", "HTTP 200 with JSON that breaks off after 239 bytes"},
		{"two values", json, good + good, 200, "internal", "HTTP 200 with more than one JSON value"},
		{"answer and noise", json, good + "oops", 200, "internal", "HTTP 200 with broken JSON after byte 269"},
		{"nested", json, strings.Repeat("[", 20_000), 200, "internal", "HTTP 200 with JSON nested more than 10000 levels deep"},
		{"broken", json, `{"data":[}`, 200, "internal", "HTTP 200 with broken JSON after byte 9"},
		{"page", html, page, 200, "internal", "HTTP 200 with text/html instead of JSON"},
		{"page in a 400", html, page, 400, "internal", "HTTP 400 with text/html instead of JSON"},
		{"page in a 401", html, page, 401, "authentication", "HTTP 401 with text/html instead of JSON"},
		{"page in a 402", html, page, 402, "billing", "HTTP 402 with text/html instead of JSON"},
		{"page in a 403", html, page, 403, "permission", "HTTP 403 with text/html instead of JSON"},
		{"page in a 404", html, page, 404, "internal", "HTTP 404 with text/html instead of JSON"},
		{"page in a 407", html, page, 407, "network", "HTTP 407 with text/html instead of JSON"},
		{"page in a 408", html, page, 408, "timeout", "HTTP 408 with text/html instead of JSON"},
		{"page in a 429", html, page, 429, "rate_limit", "HTTP 429 with text/html instead of JSON"},
		{"page in a 500", html, page, 500, "internal", "HTTP 500 with text/html instead of JSON"},
		{"page in a 502", html, page, 502, "internal", "HTTP 502 with text/html instead of JSON"},
		{"page in a 503", html, page, 503, "capacity", "HTTP 503 with text/html instead of JSON"},
		{"page in a 504", html, page, 504, "timeout", "HTTP 504 with text/html instead of JSON"},
		{"page called JSON", json, page, 200, "internal", "HTTP 200 with text that is not JSON"},
		{"words", "text/plain", "not now", 200, "internal", "HTTP 200 with text/plain instead of JSON"},
		{"foreign words as a type", "text/of-theirs", page, 200, "internal", "HTTP 200 with text that is not JSON"},
		{"redirect without target", json, "", 302, "internal", "HTTP 302 with an empty body"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Content-Type"] = []string{test.contentType}
				w.WriteHeader(test.status)
				write(w, test.body)
			})
			lookups := connect(t, server, Config{}).TaskDetails(t.Context(), idA)
			if test.kind == "" {
				if lookups[0].Err != nil || lookups[0].Task.TaskUUID != idA || lookups[0].Task.Response == nil {
					t.Errorf("got %+v, want the answer", lookups[0])
				}
				return
			}
			e := failure(t, lookups)
			if diff := cmp.Diff(test.kind, e.Kind); diff != "" {
				t.Errorf("kind (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff("runware: getTaskDetails: "+test.want+", after 1 attempt", e.Error()); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if e.StatusCode != test.status {
				t.Errorf("status %d, want %d", e.StatusCode, test.status)
			}
		})
	}
}

func TestErrorKeepsWhatTheAPISaid(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(http.StatusTooManyRequests)
		write(w, `{"errors":[{"code":"rateLimitExceeded","message":"Slow down.","parameter":"taskUUID","taskUUID":"`+idA+`"}]}`)
	})
	want := &Error{
		Kind: schema.CategoryRateLimit, Detail: "HTTP 429 with an API error", StatusCode: 429,
		API:        []schema.APIError{{Code: "rateLimitExceeded", Message: "Slow down.", Parameters: []string{"taskUUID"}, TaskUUID: idA}},
		RetryAfter: 7 * time.Second, Attempts: 1,
	}
	if diff := cmp.Diff(want, failure(t, connect(t, server, Config{}).TaskDetails(t.Context(), idA))); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
}

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The limit counts decoded bytes, whether or not the server says how many there are.
func TestReplyLimit(t *testing.T) {
	const limit = 256 << 10
	padded := func(size int) string {
		empty := data(answer(idA)) + `{"pad":""}`
		return `{"pad":"` + strings.Repeat("x", size-len(empty)) + `",` + data(answer(idA))[1:] + ` `
	}
	for _, test := range []struct {
		name string
		size int
		how  string // plain, announced (with Content-Length), gzip
		want string
	}{
		{"fits", limit, "plain", ""},
		{"fits as announced", limit, "announced", ""},
		{"fits compressed", limit, "gzip", ""},
		{"too large", limit + 1, "plain", "the reply exceeds 256 KiB"},
		{"too large as announced", limit + 1, "announced", "the reply exceeds 256 KiB"},
		{"bomb", 32 << 20, "gzip", "the reply exceeds 256 KiB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := []byte(padded(test.size))
			if len(body) != test.size {
				t.Fatalf("the test's body has %d bytes, want %d", len(body), test.size)
			}
			if test.how == "gzip" {
				body = zipped(t, string(body))
			}
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				switch test.how {
				case "plain":
					w.(http.Flusher).Flush()
				case "announced":
					w.Header().Set("Content-Length", strconv.Itoa(len(body)))
				case "gzip":
					if r.Header.Get("Accept-Encoding") != "gzip" {
						t.Error("the client does not ask for gzip")
					}
					w.Header().Set("Content-Encoding", "gzip")
				}
				write(w, string(body))
			})
			lookups := connect(t, server, Config{MaxReply: limit, Attempts: 3}).TaskDetails(t.Context(), idA)
			if test.want == "" {
				if lookups[0].Err != nil {
					t.Error(lookups[0].Err)
				}
				return
			}
			e := failure(t, lookups)
			if e.Kind != schema.CategoryInternal || e.Detail != test.want || e.Attempts != 1 {
				t.Errorf("got %q, %q after %d attempts", e.Kind, e.Detail, e.Attempts)
			}
		})
	}
}

func TestCorruptCompression(t *testing.T) {
	corrupt := zipped(t, data(answer(idA)))
	corrupt[len(corrupt)-6] ^= 0xff // the checksum
	for name, body := range map[string][]byte{"checksum": corrupt, "no gzip at all": []byte(data(answer(idA)))} {
		server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			write(w, string(body))
		})
		e := failure(t, connect(t, server, Config{Attempts: 3}).TaskDetails(t.Context(), idA))
		if e.Kind != schema.CategoryInternal || e.Detail != "the reply is compressed wrongly" || e.Attempts != 1 {
			t.Errorf("%s: got %v", name, e)
		}
	}
}
