package client

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"mcp-taskdetails/schema"
)

// raw answers with bytes that need not be HTTP.
func raw(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		write(conn, text)
	}
}

// echoes are servers that repeat the key wherever a server can, or fail in some other way.
func echoes() map[string]http.HandlerFunc {
	const bearer = "Bearer " + testKey
	escaped := `\u0074` + testKey[1:]
	write := func(status int, contentType, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			write(w, body)
		}
	}
	return map[string]http.HandlerFunc{
		"message":      write(401, "application/json", `{"errors":[{"code":"invalidApiKey","message":"`+testKey+` is refused"}]}`),
		"code":         write(400, "application/json", `{"errors":[{"code":"`+testKey+`","parameter":["`+testKey+`"],"documentation":"https://docs.example.com/?key=`+testKey+`"}]}`),
		"values":       write(400, "application/json", `{"errors":[{"code":"c","allowedValues":["`+testKey+`"],"default":"`+testKey+`","responseContent":{"k":"`+testKey+`"}}]}`),
		"escaped":      write(400, "application/json", `{"errors":[{"code":"c","message":"`+escaped+`","parameter":"`+escaped+`","allowedValues":["`+escaped+`"]}]}`),
		"provider":     write(400, "application/json", `{"errors":[{"code":"c","provider":"`+testKey+`"}]}`),
		"item":         write(400, "application/json", `{"data":[{"taskUUID":"`+idA+`","status":"error","error":"`+bearer+`"}]}`),
		"page":         write(502, "text/html", bearer),
		"content type": write(502, "text/"+testKey, bearer),
		"broken":       write(200, "application/json", `{"data":["`+bearer),
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.2/?key="+testKey, http.StatusTemporaryRedirect)
		},
		"bad redirect": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "http://%zz"+testKey)
			w.WriteHeader(http.StatusTemporaryRedirect)
		},
		"status line": raw("HTTP/1.1 " + testKey + "\r\n\r\n"),
		"protocol":    raw(bearer + "\r\n\r\n"),
		"header":      raw("HTTP/1.1 200 OK\r\n" + testKey + " " + bearer + "\r\n\r\n"),
		"length":      raw("HTTP/1.1 200 OK\r\nContent-Length: " + testKey + "\r\n\r\n"),
		"chunk":       raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + testKey + "\r\n"),
		"coding":      raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: " + testKey + "\r\n\r\n"),
		"trailer":     raw("HTTP/1.1 200 OK\r\nTrailer: " + testKey + "\r\nContent-Length: 1\r\n\r\n"),
		"nothing":     raw(""),
	}
}

// TestErrorIsMaskedWholly holds that no text of an error is forgotten, a later one included.
func TestErrorIsMaskedWholly(t *testing.T) {
	var e schema.APIError
	text := reflect.TypeFor[string]()
	fields := reflect.ValueOf(&e).Elem()
	for _, f := range fields.Fields() {
		switch f.Type() {
		case text:
			f.SetString(testKey)
		case reflect.SliceOf(text):
			f.Set(reflect.ValueOf([]string{testKey}))
		}
	}
	e.Allowed = []schema.Value{schema.StringValue(testKey)}
	maskError(&e, schema.NewSecret(testKey))
	if shown := fmt.Sprintf("%+v %s", e, e.Allowed); strings.Contains(shown, testKey) {
		t.Errorf("the key is shown: %s", shown)
	}
}

func TestKeyIsNeverShown(t *testing.T) {
	for name, handler := range echoes() {
		t.Run(name, func(t *testing.T) {
			var logs bytes.Buffer
			server := serve(t, handler)
			c := connect(t, server, Config{
				Attempts: 2, BackoffMin: 1, BackoffMax: 1,
				Logger: slog.New(slog.NewTextHandler(&logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
			})
			e := failure(t, c.TaskDetails(t.Context(), idA))
			if e.Kind == "" || e.Detail == "" {
				t.Errorf("incomplete: %+v", *e)
			}
			shown := []string{logs.String(), fmt.Sprintf("%+v %#v", *e, *e), fmt.Sprintf("%+v", c), fmt.Sprintf("%+v", c.config)}
			for err := error(e); err != nil; err = errors.Unwrap(err) {
				shown = append(shown, err.Error(), fmt.Sprintf("%#v", err))
			}
			for _, api := range e.API { // fmt shows values as numbers, so they are added as text
				shown = append(shown, fmt.Sprintf("%+v %s", api, api.Allowed))
			}
			for _, text := range shown {
				if strings.Contains(text, testKey) {
					t.Errorf("the key is shown: %s", text)
				}
			}
			if strings.Contains(e.Detail, server.URL) || strings.Contains(e.Error(), "key=") {
				t.Errorf("a URL is shown: %v", e)
			}
			if strings.Contains(logs.String(), schema.NewSecret(testKey).String()) {
				t.Errorf("the log repeats what the server sent, if masked: %s", logs.String())
			}
			if n := strings.Count(logs.String(), "level=DEBUG"); n != e.Attempts || n != strings.Count(logs.String(), "\n") {
				t.Errorf("%d attempts are logged as:\n%s", e.Attempts, logs.String())
			}
		})
	}
}

// Whatever a server does, nothing of ours stays behind on real sockets either.
func TestNoGoroutineIsLeft(t *testing.T) {
	before := runtime.NumGoroutine()
	for _, handler := range echoes() {
		server := httptest.NewServer(handler)
		c, err := New(Config{URL: server.URL, Key: schema.NewSecret(testKey), Attempts: 2, BackoffMin: 1, BackoffMax: 1})
		if err != nil {
			t.Fatal(err)
		}
		if c.TaskDetails(t.Context(), idA)[0].Err == nil {
			t.Error("no failure")
		}
		c.Close()
		server.Close()
	}
	for range 200 { // closing a connection ends its goroutines soon, not at once
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	stacks := make([]byte, 1<<16)
	t.Errorf("%d goroutines before, %d after\n%s", before, runtime.NumGoroutine(), stacks[:runtime.Stack(stacks, true)])
}
