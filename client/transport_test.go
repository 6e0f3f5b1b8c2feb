package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

// TestRedirect follows to the same place alone: the key and the question must both arrive, or nothing is sent.
func TestRedirect(t *testing.T) {
	var elsewhere atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	secure := httptest.NewTLSServer(other.Config.Handler)
	defer secure.Close()

	for _, test := range []struct {
		name, target string
		status       int
		want         string
	}{
		{"same host", "/moved", 307, ""},
		{"same host, for good", "/moved", 308, ""},
		{"turns into a GET", "/moved", 302, "a redirect that drops the request body is not followed"},
		{"other port", other.URL + "/moved?token=hunter2", 307, "a redirect to another host or scheme is not followed"},
		{"other host and scheme", secure.URL, 308, "a redirect to another host or scheme is not followed"},
		{"other scheme", "https://{host}/moved", 308, "a redirect to another host or scheme is not followed"},
		{"for ever", "/prefix/v1", 307, "a redirect after five others is not followed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var requests atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				requests.Add(1)
				if r.URL.Path != "/moved" {
					http.Redirect(w, r, strings.Replace(test.target, "{host}", r.Host, 1), test.status)
					return
				}
				body, _ := io.ReadAll(r.Body)
				if r.Method != http.MethodPost || !strings.Contains(string(body), idA) || !strings.Contains(r.Header.Get("Authorization"), testKey) {
					t.Errorf("the question did not arrive whole: %s %s", r.Method, body)
				}
				write(w, data(answer(idA)))
			}))
			defer server.Close()
			lookups := connect(t, server, Config{Attempts: 3}).TaskDetails(t.Context(), idA)
			if test.want == "" {
				if lookups[0].Err != nil {
					t.Error(lookups[0].Err)
				}
				return
			}
			e := failure(t, lookups)
			if diff := cmp.Diff("runware: getTaskDetails: "+test.want+", after 1 attempt", e.Error()); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if e.Kind != schema.CategoryNetwork || e.StatusCode != test.status {
				t.Errorf("got kind %q and status %d", e.Kind, e.StatusCode)
			}
		})
	}
	if n := elsewhere.Load(); n != 0 {
		t.Errorf("%d requests went to another server", n)
	}
}

func TestTLS(t *testing.T) {
	quiet := log.New(io.Discard, "", 0)
	start := func(version uint16) *httptest.Server {
		server := httptest.NewUnstartedServer(reply200(data(answer(idA))))
		server.TLS = &tls.Config{MaxVersion: version, MinVersion: tls.VersionTLS10}
		server.EnableHTTP2 = true
		server.Config.ErrorLog = quiet
		server.StartTLS()
		t.Cleanup(server.Close)
		return server
	}
	modern, old := start(tls.VersionTLS13), start(tls.VersionTLS11)
	plain := serve(t, reply200(data(answer(idA))))
	trusted := x509.NewCertPool()
	trusted.AddCert(modern.Certificate())

	for _, test := range []struct {
		name, url string
		roots     *x509.CertPool
		want      string
	}{
		{"trusted", modern.URL, trusted, ""},
		{"unknown authority", modern.URL, nil, "the server's TLS certificate cannot be verified"},
		{"wrong name", strings.Replace(modern.URL, "127.0.0.1", "localhost", 1), trusted, "the server's TLS certificate cannot be verified"},
		{"TLS 1.1", old.URL, trusted, "the TLS handshake failed"},
		{"no TLS", strings.Replace(plain.URL, "http:", "https:", 1), trusted, "the server does not speak TLS"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := New(Config{URL: test.url, Key: schema.NewSecret(testKey), RootCAs: test.roots})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			lookups := c.TaskDetails(t.Context(), idA)
			if test.want == "" {
				if lookups[0].Err != nil {
					t.Error(lookups[0].Err)
				}
				return
			}
			e := failure(t, lookups)
			if e.Kind != schema.CategoryNetwork || e.Detail != test.want || e.Attempts != 1 || e.Err == nil {
				t.Errorf("got %q, %d attempts: %v", e.Kind, e.Attempts, e)
			}
		})
	}
}

// Over a real socket: a connection reset inside the body is retried, and reported as what it is.
func TestReset(t *testing.T) {
	var requests atomic.Int64
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		w.Header().Set("Content-Length", "5000")
		write(w, `{"data":[`)
		w.(http.Flusher).Flush()
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		if err := errors.Join(conn.(*net.TCPConn).SetLinger(0), conn.Close()); err != nil {
			t.Error(err)
		}
	})
	e := failure(t, connect(t, server, Config{Attempts: 3, BackoffMin: 1, BackoffMax: 1}).TaskDetails(t.Context(), idA))
	if e.Kind != schema.CategoryNetwork || e.Detail != "the connection broke off" || e.Attempts != 3 || requests.Load() != 3 {
		t.Errorf("got %q, %d requests: %v", e.Kind, requests.Load(), e)
	}
}

func TestNobodyListens(t *testing.T) {
	server := httptest.NewServer(nil)
	server.Close()
	e := failure(t, connect(t, server, Config{Attempts: 2, BackoffMin: 1, BackoffMax: 1}).TaskDetails(t.Context(), idA))
	if e.Kind != schema.CategoryNetwork || e.Detail != "no connection could be made" || e.Attempts != 2 || e.StatusCode != 0 {
		t.Errorf("got %q: %v", e.Kind, e)
	}
}

func TestNameDoesNotResolve(t *testing.T) {
	c, err := New(Config{URL: "https://api.example.com/v1", Key: schema.NewSecret(testKey), BackoffMin: 1, BackoffMax: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		unknown  bool
		attempts int
	}{{true, 1}, {false, 4}} {
		c.transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "lookup failed", Name: "api.example.com", IsNotFound: test.unknown}}
		}
		c.transport.Proxy = nil
		e := failure(t, c.TaskDetails(t.Context(), idA))
		if e.Kind != schema.CategoryNetwork || e.Detail != "the host name does not resolve" || e.Attempts != test.attempts {
			t.Errorf("got %q: %v", e.Kind, e)
		}
	}
}

// TestProxy runs itself as another process, since net/http reads the proxy variables once.
func TestProxy(t *testing.T) {
	const inside = "CLIENT_TEST_BEHIND_PROXY"
	if os.Getenv(inside) != "" {
		c, err := New(Config{URL: "https://api.example.com/v1", Key: schema.NewSecret(testKey), Attempts: 1})
		if err != nil {
			t.Fatal(err)
		}
		e := failure(t, c.TaskDetails(t.Context(), idA))
		if e.Kind != schema.CategoryNetwork || e.StatusCode != 0 {
			t.Errorf("got %q: %v", e.Kind, e)
		}
		return
	}
	var got []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Method+" "+r.Host+" "+r.Header.Get("Authorization"))
		w.WriteHeader(http.StatusForbidden)
	}))
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), program, "-test.run=^TestProxy$")
	child.Env = append(os.Environ(), inside+"=1", "HTTPS_PROXY="+proxy.URL, "https_proxy=", "NO_PROXY=", "no_proxy=")
	if out, err := child.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	proxy.Close()
	if diff := cmp.Diff([]string{"CONNECT api.example.com:443 "}, got); diff != "" {
		t.Errorf("at the proxy (-want +got):\n%s", diff)
	}
}

func TestErrorChain(t *testing.T) {
	e := &Error{Detail: "the connection broke off", Attempts: 2, Err: io.ErrUnexpectedEOF}
	if !errors.Is(e, io.ErrUnexpectedEOF) {
		t.Error("the cause is out of reach")
	}
	if diff := cmp.Diff("runware: getTaskDetails: the connection broke off: unexpected EOF, after 2 attempts", e.Error()); diff != "" {
		t.Errorf("error (-want +got):\n%s", diff)
	}
}
