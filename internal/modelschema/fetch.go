package modelschema

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"mcp-taskdetails/internal/rawjson"
)

const (
	maxBody      = 4 << 20
	errTooLarge  = answerError("answer is larger than 4 MiB")
	maxRedirects = 3
)

var errUnknownModel = errors.New("unknown model")

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

// fetch asks the service for one model and compiles the answer.
func (s *Service) fetch(ctx context.Context, id string) (*Model, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/resolve/"+url.PathEscape(id), nil)
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
		return nil, errUnknownModel
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
	return Parse(body)
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
