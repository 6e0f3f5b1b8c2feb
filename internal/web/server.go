package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"mcp-taskdetails/internal/apikey"
	"mcp-taskdetails/schema"

	"github.com/mark3labs/mcp-go/server"
)

// Path is where MCP is served.
const Path = "/mcp"

// What one request may take. A triage takes 50 s at most (internal/inspect), a wait for a pending task likewise.
const (
	maxHeader   = 64 << 10
	readTimeout = 30 * time.Second
	idleTimeout = 2 * time.Minute
)

// Config says whom to serve, and how many at a time.
type Config struct {
	// Open makes the MCP server of one caller. Required.
	Open func(key schema.Secret) (*server.MCPServer, error)
	// Shared is the key of every request, whatever it carries. Default is none: each request carries its own.
	Shared schema.Secret

	Hosts   []string // accepted names in Host, without ports. Default is the loopback's on a loopback address, else any.
	Origins []string // accepted values of Origin, which browsers send. Default is none.

	MaxBody      int64         // bytes of one request. Default is 8 MiB.
	MaxInFlight  int           // requests at a time. Default is 256.
	MaxPerCaller int           // requests of one caller at a time. Default is 32.
	MaxCallers   int           // callers kept in memory; the one that was idle longest goes first. Default is 256.
	Timeout      time.Duration // of one request, from its header to its answer; to send that may take an eighth more. Default is 80 s.
	Drain        time.Duration // how long it still answers after it was told to end, so that balancers notice. Default is 1 s.

	Logger *slog.Logger // required; it gets counts and codes, never data or keys
}

// Server is MCP for many callers.
type Server struct {
	config   Config
	callers  *callers
	slots    chan struct{}
	metrics  *metrics
	draining atomic.Bool
}

// New checks the configuration.
func New(c Config) (*Server, error) {
	if c.Open == nil || c.Logger == nil {
		return nil, errors.New("web: new: open and logger are required")
	}
	defaults := func(n *int, value int) {
		if *n == 0 {
			*n = value
		}
	}
	defaults(&c.MaxInFlight, 256)
	defaults(&c.MaxPerCaller, 32)
	defaults(&c.MaxCallers, 256)
	if c.MaxBody == 0 {
		c.MaxBody = 8 << 20
	}
	if c.Timeout == 0 {
		c.Timeout = 80 * time.Second
	}
	if c.Drain == 0 {
		c.Drain = time.Second
	}
	s := &Server{config: c, slots: make(chan struct{}, c.MaxInFlight)}
	s.metrics = newMetrics(func() float64 { return float64(len(s.slots)) })
	s.callers = newCallers(c.MaxCallers, c.MaxPerCaller, s.open)
	return s, nil
}

// Serve answers until ctx ends; then it says so to balancers, answers what was asked, and returns. It closes the listener.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	if len(s.config.Hosts) == 0 && isLoopback(listener.Addr()) {
		s.config.Hosts = []string{"localhost", "127.0.0.1", "::1"}
	}
	web := &http.Server{
		Handler: s.Handler(), MaxHeaderBytes: maxHeader, IdleTimeout: idleTimeout,
		ReadHeaderTimeout: readTimeout, ReadTimeout: readTimeout, WriteTimeout: s.config.longest(), ErrorLog: slog.NewLogLogger(s.config.Logger.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- web.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("web: serve: %w", err)
	case <-ctx.Done():
	}
	s.draining.Store(true)
	time.Sleep(s.config.Drain)       // still answering, each on its last connection
	const noticing = 2 * time.Second // Shutdown looks every half second whether the last one is answered
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.config.longest()+noticing)
	defer cancel()
	if err := web.Shutdown(last); err != nil {
		return errors.Join(fmt.Errorf("web: drain: %w", err), web.Close())
	}
	return nil
}

// longest is how long a request may take from its header to the last byte of its answer. Without it who asks and reads
// nothing would keep his place for ever.
func (c Config) longest() time.Duration { return c.Timeout + c.Timeout/8 }

func isLoopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// Handler is everything that is served.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc(Path, s.mcp)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if s.draining.Load() {
			http.Error(w, "draining", http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, "ready\n")
	})
	mux.HandleFunc("GET /metrics", s.metrics.write)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.draining.Load() {
			w.Header().Set("Connection", "close") // the next request goes to somebody else
		}
		counted := &counting{ResponseWriter: w}
		defer func() { s.metrics.answered(counted.code) }()
		mux.ServeHTTP(counted, r)
	})
}

// mcp answers one request of MCP.
func (s *Server) mcp(w http.ResponseWriter, r *http.Request) {
	if why := s.config.stranger(r); why != "" {
		refuse(w, http.StatusForbidden, why)
		return
	}
	key := s.config.Shared
	if key.IsZero() {
		sent, why := keyOf(r)
		if why != "" {
			w.Header().Set("WWW-Authenticate", `Bearer realm="Runware API key"`)
			refuse(w, http.StatusUnauthorized, why)
			return
		}
		key = sent
	}
	if !take(s.slots) {
		tooMany(w, "this server answers as many requests as it can")
		return
	}
	defer give(s.slots)
	caller, err := s.callers.of(key) // may make a server for the key, which whoever finds no place must not cost
	if err != nil {
		s.config.Logger.Error("a caller cannot be served", slog.Any("error", err))
		refuse(w, http.StatusInternalServerError, "this server cannot be set up for the key")
		return
	}
	if !take(caller.slots) {
		tooMany(w, fmt.Sprintf("%d requests with this key are under way", cap(caller.slots)))
		return
	}
	defer give(caller.slots)
	ctx, cancel := context.WithTimeout(r.Context(), s.config.Timeout)
	defer cancel()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, s.config.MaxBody))
	if err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			refuse(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("the request is longer than %d bytes; send task ids in place of whole tasks, or use the command line", s.config.MaxBody))
			return
		}
		refuse(w, http.StatusBadRequest, "the request could not be read to its end")
		return
	}
	r = r.WithContext(context.WithValue(ctx, begunKey{}, time.Now()))
	r.Body = io.NopCloser(bytes.NewReader(body))
	caller.ServeHTTP(w, r)
}

// keyOf is the key that a request carries, or why it carries none.
func keyOf(r *http.Request) (key schema.Secret, why string) {
	const form = "send your Runware API key as the header `Authorization: Bearer KEY`; keys are made at https://my.runware.ai/signup"
	header := r.Header.Get("Authorization")
	if header == "" {
		return key, "no API key: " + form
	}
	scheme, value, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return key, "no API key: " + form
	}
	key, fault := apikey.Parse(value)
	if fault != nil {
		return schema.Secret{}, "the API key cannot be used: " + fault.What + ": " + form
	}
	if key.IsZero() {
		return key, "no API key: " + form
	}
	return key, ""
}

func take(slots chan struct{}) bool {
	select {
	case slots <- struct{}{}:
		return true
	default:
		return false
	}
}

func give(slots chan struct{}) { <-slots }

func tooMany(w http.ResponseWriter, why string) {
	w.Header().Set("Retry-After", "1")
	refuse(w, http.StatusTooManyRequests, why+": send it again after a second")
}
