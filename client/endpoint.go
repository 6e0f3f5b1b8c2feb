package client

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"mcp-taskdetails/internal/looks"
)

// parseEndpoint refuses whatever could carry the key to the wrong place. Its errors never repeat the URL, which may
// hold a password.
func parseEndpoint(text string) (*url.URL, error) {
	const example = "; an example is " + DefaultURL
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return nil, errors.New("client: the API URL cannot be read" + example)
	case u.Host == "" || u.Hostname() == "":
		return nil, errors.New("client: the API URL names no host" + example)
	case u.User != nil:
		return nil, errors.New("client: the API URL must not hold a user or password" + example)
	case u.Fragment != "" || strings.HasSuffix(text, "#"):
		return nil, errors.New("client: the API URL must not hold a fragment" + example)
	case u.Scheme == "https", u.Scheme == "http" && looks.IsLoopback(u.Hostname()):
		return u, nil
	case u.Scheme == "http":
		return nil, errors.New("client: the API URL must be https, since http would show the key to the network; " +
			"http is for loopback alone, such as http://127.0.0.1:8080/v1" + example)
	default:
		return nil, errors.New("client: the API URL must begin with https://" + example)
	}
}

// idleConnections is how many connections wait for the next call: enough for 100 calls in flight.
const idleConnections = 128

func newTransport(roots *x509.CertPool) *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
		TLSHandshakeTimeout:    10 * time.Second,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           idleConnections,
		MaxIdleConnsPerHost:    idleConnections,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
	}
}

// keepIdle hides CloseIdleConnections: retryablehttp calls it after every failed call, which would make one
// cancelled call cost all the others their connections.
type keepIdle struct{ http.RoundTripper }

// redirectError is a redirect that was not followed. Where it pointed is not repeated: it is foreign text.
type redirectError struct{ reason string }

func (e redirectError) Error() string { return "a redirect " + e.reason + " is not followed" }

// checkRedirect follows a redirect only where the key may go and the question goes along.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	switch {
	case next.URL.Scheme != first.URL.Scheme || !strings.EqualFold(next.URL.Host, first.URL.Host):
		return redirectError{"to another host or scheme"}
	case next.Method != first.Method:
		// 301, 302 and 303 turn a POST into a GET, which has no body to ask with.
		return redirectError{"that drops the request body"}
	case len(via) > 5:
		return redirectError{"after five others"}
	}
	return nil
}
