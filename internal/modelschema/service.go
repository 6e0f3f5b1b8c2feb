package modelschema

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/schema"
)

// DefaultURL is where Runware publishes its models' schemas.
const DefaultURL = "https://schemas.runware.ai"

// Off is the URL that turns the service off.
const Off = "off"

// Config says where schemas come from and how long they are waited for and kept.
type Config struct {
	// URL is the base of the service: https, or http to a loopback host; "off" turns it off. Default is [DefaultURL].
	URL string
	// Timeout is the longest that [Service.Model] takes, and that a fetch goes on. Default is 1.5 s.
	Timeout time.Duration
	// TTL is how long a schema is kept. A model that the service does not know is kept for a fifth of it, a failure
	// for a tenth. Default is 5 min, the max-age that the service itself states.
	TTL time.Duration
	// Secrets never leave the process: an id that holds one is not asked for. Default is none.
	Secrets []schema.Secret
	// Logger hears of failures, without the models' ids: at level warn at most once a minute, else at debug. Default is
	// none.
	Logger *slog.Logger
	// UserAgent is sent with each request. Default is Go's own.
	UserAgent string
}

// Service finds the schemas of models. It is safe for concurrent use; making one costs nothing.
type Service struct {
	base      string // "" when turned off
	timeout   time.Duration
	ttl       time.Duration
	secrets   []schema.Secret
	log       *slog.Logger
	warned    atomic.Int64 // when, in Unix seconds
	userAgent string
	http      *http.Client
	flights   singleflight.Group
	cache     cache
}

// New checks the configuration. It makes no request.
func New(c Config) (*Service, error) {
	s := &Service{timeout: c.Timeout, ttl: c.TTL, secrets: slices.Clone(c.Secrets), log: c.Logger, userAgent: c.UserAgent, cache: cache{entries: map[string]entry{}}}
	if s.timeout <= 0 {
		s.timeout = 1500 * time.Millisecond
	}
	if s.ttl <= 0 {
		s.ttl = 5 * time.Minute
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if c.URL == Off {
		return s, nil
	}
	if c.URL == "" {
		c.URL = DefaultURL
	}
	base, err := parseBase(c.URL)
	if err != nil {
		return nil, fmt.Errorf("modelschema: URL of the schema service: %w", err)
	}
	s.base = base
	s.http = newHTTPClient()
	return s, nil
}

// Model is the schema of a model, from the cache or from the service. It is nil when the model is unknown, or the
// service unreachable, too slow or broken. It never takes longer than the timeout or ctx. Only an id of Runware's form
// `source:id@version` is asked for: what stands in a task as its model may be anything, and the service is a third party.
func (s *Service) Model(ctx context.Context, id string) *Model {
	if s.base == "" || !looks.IsAIR(id) || s.holdsSecret(id) {
		return nil
	}
	if m, ok := s.cache.get(id); ok {
		return m
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	// The flight outlives a caller that leaves: others may wait for it, and the next call finds its answer.
	flight := s.flights.DoChan(id, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.timeout)
		defer cancel()
		return s.load(ctx, id), nil
	})
	select {
	case r := <-flight:
		m, _ := r.Val.(*Model)
		return m
	case <-ctx.Done():
		return nil
	}
}

// load fetches and compiles one schema, and keeps whatever came of it.
func (s *Service) load(ctx context.Context, id string) *Model {
	if m, ok := s.cache.get(id); ok { // landed between the caller's look and this flight
		return m
	}
	m, err := s.fetch(ctx, id)
	keep := s.ttl
	switch {
	case errors.Is(err, errUnknownModel):
		keep = s.ttl / 5
		s.log.LogAttrs(ctx, slog.LevelDebug, "model has no schema")
	case err != nil:
		keep = s.ttl / 10
		s.log.LogAttrs(ctx, s.level(), "model schema is not available", slog.String("reason", reason(err)))
	}
	s.cache.put(id, m, keep)
	return m
}

// level is warn for the first failure in a minute. Reports are complete without schemas, so more would be noise.
func (s *Service) level() slog.Level {
	now, last := time.Now().Unix(), s.warned.Load()
	if now-last >= 60 && s.warned.CompareAndSwap(last, now) {
		return slog.LevelWarn
	}
	return slog.LevelDebug
}

// parseBase returns the base without a slash at its end. Its errors do not repeat the URL, which may hold a password.
func parseBase(raw string) (string, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return "", errors.New("is not a URL")
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.HasSuffix(raw, "#"):
		return "", errors.New("must have no credentials, query or fragment")
	case u.Hostname() == "":
		return "", errors.New("must name a host, such as " + DefaultURL)
	case u.Scheme == "https", u.Scheme == "http" && isLoopback(u.Hostname()):
		return strings.TrimRight(u.String(), "/"), nil
	default:
		return "", errors.New("must be https, or http to a loopback host")
	}
}

func isLoopback(host string) bool {
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}
