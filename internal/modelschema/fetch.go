package modelschema

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"mcp-taskdetails/internal/rawjson"
)

const (
	maxBody      = 4 << 20
	errTooLarge  = answerError("answer is larger than 4 MiB")
	maxRedirects = 3
)

var errUnknown = errors.New("not found")

// answerError says in our own words what is wrong with an answer of the service.
type answerError string

func (e answerError) Error() string { return string(e) }

// reason is what a log may say of a failure: an error of the transport repeats the URL or the server's words.
func reason(err error) string {
	if own, ok := errors.AsType[answerError](err); ok {
		return own.Error()
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "no answer in time"
	}
	return "no answer"
}

// ask is what stands at a URL of the service: from the cache, or asked for now, once for all who want it. It is empty for
// a caller whose time is over, at the deadline or when ctx ends. What it is of is for the log.
func ask[T any](ctx context.Context, deadline time.Time, s *Service, kept *cache[T], of, url string, read func(body []byte) (*T, error)) entry[T] {
	if e, ok := kept.get(url); ok {
		return e
	}
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	// The flight outlives a caller that leaves: others may wait for it, and the next call finds its answer.
	flight := s.flights.DoChan(url, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.timeout)
		defer cancel()
		return load(ctx, s, kept, of, url, read), nil
	})
	select {
	case r := <-flight:
		e, _ := r.Val.(entry[T])
		return e
	case <-ctx.Done():
		return entry[T]{}
	}
}

// load fetches and reads one answer, and keeps whatever came of it.
func load[T any](ctx context.Context, s *Service, kept *cache[T], of, url string, read func(body []byte) (*T, error)) entry[T] {
	if e, ok := kept.get(url); ok { // landed between the caller's look and this flight
		return e
	}
	var e entry[T]
	body, err := s.fetch(ctx, url)
	if err == nil {
		e.value, err = read(body)
	}
	keep := s.ttl
	switch {
	case errors.Is(err, errUnknown):
		e.unknown, keep = true, s.ttl/5
		s.log.LogAttrs(ctx, slog.LevelDebug, "the schema service has none", slog.String("of", of))
	case err != nil:
		keep = s.ttl / 10
		s.log.LogAttrs(ctx, s.level(), "model schema is not available", slog.String("of", of), slog.String("reason", reason(err)))
	}
	e.until = time.Now().Add(keep)
	kept.put(url, e)
	return e
}

// fetch asks for one body.
func (s *Service) fetch(ctx context.Context, url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	req.Header.Set("Accept", "application/json")
	if s.userAgent != "" {
		req.Header.Set("User-Agent", s.userAgent)
	}
	resp, err := s.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK:
	case http.StatusNotFound:
		return nil, errUnknown
	default:
		return nil, answerError("HTTP " + strconv.Itoa(resp.StatusCode))
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if len(body) > maxBody {
		return nil, errTooLarge
	}
	return body, nil
}

// Parse reads an answer of the service, `{requestSchema, responseSchema, documentation}`.
func Parse(body []byte) (*Model, error) {
	if !rawjson.Valid(body) || rawjson.KindOf(body) != rawjson.Object {
		return nil, answerError("answer is not a JSON object")
	}
	request, ok := rawjson.Member(body, "requestSchema")
	if !ok {
		return nil, answerError("answer has no requestSchema")
	}
	m, err := compile(request)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", answerError("requestSchema cannot be used"), err)
	}
	if page, ok := rawjson.Member(body, "documentation"); ok {
		text, _ := rawjson.Text(page)
		m.page = trustedPage(text)
	}
	return m, nil
}

// newHTTPClient makes a client of our own: no cookies, and no redirect that tells another host what was asked.
func newHTTPClient() *http.Client {
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		transport = &http.Transport{Proxy: http.ProxyFromEnvironment}
	}
	transport = transport.Clone()
	transport.MaxResponseHeaderBytes = 64 << 10
	return &http.Client{Transport: transport, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if first := via[0].URL; req.URL.Host != first.Host || req.URL.Scheme != first.Scheme {
			return answerError("redirect to another host")
		}
		if len(via) > maxRedirects {
			return answerError("too many redirects")
		}
		return nil
	}}
}
