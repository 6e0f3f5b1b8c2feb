package web

import (
	"encoding/json"
	"net"
	"net/http"
	"slices"
	"strings"
)

// stranger says why a request may come from a page that some browser shows, and not from a client that was given this
// address; empty where it does not. A page can make a name of its own lead here (DNS rebinding), but not change what
// Host and Origin tell.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#security-warning.
func (c Config) stranger(r *http.Request) string {
	if len(c.Hosts) > 0 && !slices.ContainsFunc(c.Hosts, func(host string) bool { return strings.EqualFold(host, hostname(r.Host)) }) {
		return "the host that the request names is not one of this server's; --allow-host adds one"
	}
	origin := r.Header.Get("Origin")
	_, from, _ := strings.Cut(origin, "://")
	ours := len(c.Hosts) > 0 && strings.EqualFold(from, r.Host) // a page that this very server is the host of
	if origin != "" && !ours && !slices.Contains(c.Origins, origin) {
		return "a web page may not ask this server; --allow-origin lets one"
	}
	return ""
}

// hostname is a host without its port.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}

// refuse answers a request that gets no further, in words that a person or a model can act on.
func refuse(w http.ResponseWriter, status int, why string) {
	body, err := json.Marshal(map[string]any{
		"jsonrpc": "2.0", "id": nil, "error": map[string]any{"code": -32000, "message": why},
	})
	if err != nil {
		status, body = http.StatusInternalServerError, nil
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// counting notes the status of an answer.
type counting struct {
	http.ResponseWriter

	code int
}

// WriteHeader implements http.ResponseWriter.
func (c *counting) WriteHeader(code int) {
	if c.code == 0 {
		c.code = code
	}
	c.ResponseWriter.WriteHeader(code)
}

// Write implements http.ResponseWriter.
func (c *counting) Write(b []byte) (int, error) {
	if c.code == 0 {
		c.code = http.StatusOK
	}
	return c.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController flush.
func (c *counting) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// Flush implements http.Flusher, which mcp-go asks for before it sends progress.
func (c *counting) Flush() {
	if f, ok := c.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}
