package modelschema

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
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
	log       *slog.Logger
	warned    atomic.Int64 // when, in Unix seconds
	userAgent string
	http      *http.Client
	flights   singleflight.Group

	models     cache[Model]
	registries cache[registry]
	documents  cache[document]
}

// New checks the configuration. It makes no request.
func New(c Config) (*Service, error) {
	s := &Service{timeout: c.Timeout, ttl: c.TTL, log: c.Logger, userAgent: c.UserAgent}
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

// Model is what the service knows of a model, from the cache or asked for now. It is nil when the service knows nothing,
// or is unreachable, too slow or broken. It never takes longer than the timeout or ctx. What stands in a task as its model
// may be anything, and the service is a third party: only an id of Runware's form `source:id@version` is told to it.
// A slug, and an id that the service has no schema of, are looked up in its registry, which is told nothing.
//
// The page of the model is asked for when somebody wants to know what stands there ([Model.Listing], [Model.Price]),
// within what is left of the timeout.
func (s *Service) Model(ctx context.Context, id string) *Model {
	if s.base == "" {
		return nil
	}
	deadline := time.Now().Add(s.timeout)
	air, listing := id, schema.Listing{}
	switch {
	case looks.IsAIR(id):
	case isSlug(id):
		known := s.registry(ctx, deadline)
		if known == nil || known.airs[id] == "" {
			return nil
		}
		air = known.airs[id]
		listing = schema.Listing{AIR: air, Slug: id}
	default:
		return nil
	}
	found := ask(ctx, deadline, s, &s.models, "model", s.base+"/resolve/"+url.PathEscape(air), Parse)
	if found.value == nil {
		if found.unknown && listing.AIR == "" {
			listing = s.registry(ctx, deadline).unlisted(id)
		}
		if listing == (schema.Listing{}) {
			return nil
		}
		found.value = &Model{}
	}
	m := *found.value
	m.listing = listing
	if m.page != "" {
		m.known = func() *document {
			e, _ := s.documents.get(s.documentURL(m.page))
			return e.value
		}
		m.document = sync.OnceValue(func() *document {
			return ask(ctx, deadline, s, &s.documents, "page", s.documentURL(m.page), readDocument).value
		})
	}
	return &m
}

// registry is nil where it is not known.
func (s *Service) registry(ctx context.Context, deadline time.Time) *registry {
	return ask(ctx, deadline, s, &s.registries, "registry", s.base+"/registry.json", readRegistry).value
}

// documentURL is where the document behind a page is asked for: with Runware, or with the service that stands in for it.
func (s *Service) documentURL(page string) string {
	u, err := url.Parse(s.base)
	if err == nil && looks.IsRunware(strings.ToLower(u.Hostname())) {
		return page + "/schema.json"
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(page, "https://"), "/")
	return s.base + "/" + path + "/schema.json"
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
	case u.Scheme == "https", u.Scheme == "http" && looks.IsLoopback(u.Hostname()):
		return strings.TrimRight(u.String(), "/"), nil
	default:
		return "", errors.New("must be https, or http to a loopback host")
	}
}
