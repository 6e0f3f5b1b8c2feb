package main

import (
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// The key of these tests looks different when it is percent-encoded, escaped in JSON or encoded as base64.
const (
	faultKeyCore = "0123456789abcdefFAULT"
	faultKey     = "k+/=" + faultKeyCore + "=/+"
)

// The tasks: one that meets the fault, two that do not.
const (
	badID   = "bad00000-0000-4000-8000-000000000001"
	goodID  = "900d0000-0000-4000-8000-000000000002"
	otherID = "07e40000-0000-4000-8000-000000000003"
)

// envelope is a reply of Runware with these items.
func envelope(items ...string) string { return `{"data":[` + strings.Join(items, ",") + `]}` }

// item is what is recorded of a task that went well; padding goes into an image.
func item(id string, padding int) string {
	return fmt.Sprintf(`{"taskType":"getTaskDetails","taskUUID":%q,"request":[{"taskType":"imageInference","taskUUID":%q,`+
		`"model":"runware:100@1","positivePrompt":"a boat","width":512,"height":512}],"response":{"data":[{"taskType":"imageInference",`+
		`"taskUUID":%q,"imageUUID":"1a9e0000-0000-4000-8000-000000000004","imageBase64Data":%q}]}}`,
		id, id, id, strings.Repeat("iVBORw0K", padding/8)+"iVBORw0KGgo=")
}

// failure is a reply of Runware with one error. %s in text stands for the id of the task.
func failure(code, text string) string {
	return fmt.Sprintf(`{"data":[],"errors":[{"code":%q,"message":%q,"parameter":"taskUUID","taskUUID":%q}]}`, code, text, badID)
}

// answer returns a handler that answers with this. Text that begins with { or [ claims to be JSON, any other HTML.
func answer(status int, text string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
			w.Header().Set("Content-Type", "application/json")
		}
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
}

// bytesOf answers with bytes that need not be HTTP, and then closes or, after "RESET", resets the connection.
func bytesOf(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		text, reset := strings.CutSuffix(text, "RESET")
		_, _ = io.WriteString(conn, text)
		if tcp, ok := conn.(*net.TCPConn); ok && reset {
			time.Sleep(20 * time.Millisecond) // a reset overtakes what was written before it
			_ = tcp.SetLinger(0)
		}
	}
}

// once answers with a fault the first time, and well from then on.
func once(fault http.HandlerFunc) http.HandlerFunc {
	var asked atomic.Int64
	return func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 1 {
			fault(w, r)
			return
		}
		answer(200, envelope(item(badID, 0)))(w, r)
	}
}

// hang never answers. Reading on is how a server learns that the client has gone.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// drip answers well, but a byte every 50 ms.
func drip(w http.ResponseWriter, r *http.Request) {
	for _, b := range []byte(envelope(item(badID, 0))) {
		_, _ = w.Write([]byte{b})
		_ = http.NewResponseController(w).Flush()
		select {
		case <-time.After(50 * time.Millisecond):
		case <-r.Context().Done():
			return
		}
	}
}

// large answers with n bytes more than a small reply has, with or without saying so before.
func large(n int, announced bool) http.HandlerFunc {
	text := envelope(item(badID, n))
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if announced {
			w.Header().Set("Content-Length", strconv.Itoa(len(text)))
		}
		_, _ = io.WriteString(w, text)
	}
}

// zipped answers with n zeros, or with a good reply for none, compressed.
func zipped(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer z.Close()
		if n == 0 {
			_, _ = io.WriteString(z, envelope(item(badID, 0)))
			return
		}
		_, _ = io.WriteString(z, `{"data":[`)
		for zeros := []byte(strings.Repeat("0", 1<<20)); n > 0; n -= len(zeros) {
			if _, err := z.Write(zeros); err != nil {
				return
			}
		}
	}
}

// informed sends a 1xx response before the good one.
func informed(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Link", "</style.css>; rel=preload")
	w.WriteHeader(http.StatusEarlyHints)
	answer(200, envelope(item(badID, 0)))(w, r)
}

// moved redirects the first question to another path of the same server, where it is answered.
func moved(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/moved" {
		answer(200, envelope(item(badID, 0)))(w, r)
		return
	}
	http.Redirect(w, r, "/moved", http.StatusTemporaryRedirect)
}

// redirect points to a target, always.
func redirect(target string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, target, http.StatusTemporaryRedirect)
	}
}

// keyForms are the ways in which a server may repeat the key, in one text.
func keyForms() string {
	return strings.Join([]string{
		faultKey, "Bearer " + faultKey, url.QueryEscape(faultKey), url.PathEscape(faultKey),
		"https://user:" + url.QueryEscape(faultKey) + "@h.example.com/?key=" + url.QueryEscape(faultKey),
		base64.StdEncoding.EncodeToString([]byte(faultKey)), base64.RawURLEncoding.EncodeToString([]byte("user:" + faultKey)),
		"Basic " + base64.StdEncoding.EncodeToString([]byte("x:"+faultKey)),
	}, " ; ")
}

// faultKeyTraces are texts of which none may be in any output. The middle of the key is the same in every escaped form;
// as base64 it depends on where it begins, modulo three.
func faultKeyTraces() []string {
	traces := []string{faultKeyCore}
	for shift := range 3 {
		encoded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + faultKeyCore))
		traces = append(traces, encoded[4:len(encoded)-4])
	}
	return traces
}
