package client

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

// pipes is a network in memory: inside a synctest bubble, time passes only when everybody waits, and a goroutine that
// is left over fails the test.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p pipes) Close() error { close(p.done); return nil }

func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.conns <- far:
		return near, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// bubble makes a client of a server that answers the n-th request (from 1) by handler(n). Both end with the test.
func bubble(t *testing.T, config Config, handler func(n int64, w http.ResponseWriter, r *http.Request)) *Client {
	t.Helper()
	var requests atomic.Int64
	network := pipes{make(chan net.Conn), make(chan struct{})}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			t.Error(err)
		}
		handler(requests.Add(1), w, r)
	})}
	go func() { _ = server.Serve(network) }() // ends with ErrServerClosed
	config.URL, config.Key = "http://127.0.0.1/v1", schema.NewSecret(testKey)
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	c.transport.DialContext = network.dial
	t.Cleanup(func() { c.Close(); _ = server.Close() })
	return c
}

func status(code int, header ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

// drop ends the connection after a part of a reply of announced length.
func drop(body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Length", "1000")
		write(w, body)
		panic(http.ErrAbortHandler)
	}
}

// TestRetry plays what a server does first; after that it answers.
func TestRetry(t *testing.T) {
	page := func(w http.ResponseWriter) {
		w.WriteHeader(http.StatusBadGateway)
		write(w, "<html>")
	}
	api := func(code int, body string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) { w.WriteHeader(code); write(w, body) }
	}
	type outcome struct {
		Requests int64
		Kind     schema.Category // none when answered
	}
	for _, test := range []struct {
		name  string
		first []func(http.ResponseWriter)
		least time.Duration // the waits together are at least this
		most  time.Duration
		want  outcome
	}{
		{"at once", nil, 0, 0, outcome{1, schema.CategoryNone}},
		{"408", []func(http.ResponseWriter){status(408)}, 0, time.Second / 2, outcome{2, schema.CategoryNone}},
		{"429", []func(http.ResponseWriter){status(429)}, 0, time.Second / 2, outcome{2, schema.CategoryNone}},
		{"500, page in a 502, 503", []func(http.ResponseWriter){status(500), page, status(503)}, 0, 3500 * time.Millisecond, outcome{4, schema.CategoryNone}},
		{"four times 504", []func(http.ResponseWriter){status(504), status(504), status(504), status(504)}, 0, 3500 * time.Millisecond, outcome{4, schema.CategoryTimeout}},
		{"501", []func(http.ResponseWriter){status(501)}, 0, 0, outcome{1, schema.CategoryInternal}},
		{"400", []func(http.ResponseWriter){status(400)}, 0, 0, outcome{1, schema.CategoryInternal}},
		{"reset before the reply", []func(http.ResponseWriter){func(http.ResponseWriter) { panic(http.ErrAbortHandler) }}, 0, time.Second / 2, outcome{2, schema.CategoryNone}},
		{"reset amid the reply", []func(http.ResponseWriter){drop(data(answer(idA))[:200]), drop("")}, 0, 3 * time.Second / 2, outcome{3, schema.CategoryNone}},
		{"answer in a 500", []func(http.ResponseWriter){api(500, data(answer(idA)))}, 0, 0, outcome{1, schema.CategoryNone}},
		{"not found in a 500", []func(http.ResponseWriter){api(500, `{"errors":[{"code":"taskNotFound"}]}`)}, 0, 0, outcome{1, schema.CategoryNotFound}},
		{"a timeout of the authentication", []func(http.ResponseWriter){api(500, `{"errors":[{"code":"authTimeout"}]}`)}, 0, time.Second / 2, outcome{2, schema.CategoryNone}},
		{"rate limit in a 429", []func(http.ResponseWriter){api(429, `{"errors":[{"code":"rateLimitExceeded"}]}`)}, 0, time.Second / 2, outcome{2, schema.CategoryNone}},
		{"seconds", []func(http.ResponseWriter){status(429, "Retry-After", "3")}, 3 * time.Second, 3 * time.Second, outcome{2, schema.CategoryNone}},
		// A bubble's clock starts at midnight UTC, 2000-01-01.
		{"date", []func(http.ResponseWriter){status(503, "Retry-After", "Sat, 01 Jan 2000 00:00:05 GMT")}, 5 * time.Second, 5 * time.Second, outcome{2, schema.CategoryNone}},
		{"past date", []func(http.ResponseWriter){status(503, "Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT")}, 0, time.Second / 2, outcome{2, schema.CategoryNone}},
		{"nonsense instead of a date", []func(http.ResponseWriter){status(503, "Retry-After", "-soon")}, 0, time.Second / 2, outcome{2, schema.CategoryNone}},
		{"beyond the deadline", []func(http.ResponseWriter){status(429, "Retry-After", "31")}, 0, 0, outcome{1, schema.CategoryRateLimit}},
		{"beyond all time", []func(http.ResponseWriter){status(503, "Retry-After", "9223372036854775807")}, 0, 0, outcome{1, schema.CategoryCapacity}},
		{"the second time beyond the deadline", []func(http.ResponseWriter){status(429, "Retry-After", "20"), status(429, "Retry-After", "20")}, 20 * time.Second, 20 * time.Second, outcome{2, schema.CategoryRateLimit}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var got outcome
				c := bubble(t, Config{}, func(n int64, w http.ResponseWriter, _ *http.Request) {
					got.Requests = n
					if n <= int64(len(test.first)) {
						test.first[n-1](w)
						return
					}
					write(w, data(answer(idA)))
				})
				start := time.Now()
				lookups := c.TaskDetails(t.Context(), idA)
				waited := time.Since(start)

				got.Kind = schema.CategoryNone
				if lookups[0].Err != nil {
					e := failure(t, lookups)
					got.Kind = e.Kind
					if int64(e.Attempts) != got.Requests {
						t.Errorf("%d attempts counted, %d requests made", e.Attempts, got.Requests)
					}
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("outcome (-want +got):\n%s", diff)
				}
				if waited < test.least || waited > test.most {
					t.Errorf("waited %s, want %s to %s", waited, test.least, test.most)
				}
			})
		})
	}
}

func TestRetryAfterIsReported(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := bubble(t, Config{}, func(_ int64, w http.ResponseWriter, _ *http.Request) { status(429, "Retry-After", "120")(w) })
		if got := failure(t, c.TaskDetails(t.Context(), idA)).RetryAfter; got != 2*time.Minute {
			t.Errorf("got %s, want 2m", got)
		}
	})
}

func TestBackoff(t *testing.T) {
	x := &exchange{Client: &Client{config: Config{BackoffMin: 500 * time.Millisecond, BackoffMax: 8 * time.Second}}}
	for i, ceiling := range []time.Duration{500, 1000, 2000, 4000, 8000, 8000, 8000} {
		x.attempts = i + 1
		var low, high bool
		for range 200 {
			wait := x.backoff()
			if wait < 0 || wait > ceiling*time.Millisecond {
				t.Fatalf("attempt %d: %s is not below %dms", x.attempts, wait, ceiling)
			}
			low = low || wait < ceiling*time.Millisecond/4
			high = high || wait > ceiling*time.Millisecond*3/4
		}
		if !low || !high {
			t.Errorf("attempt %d: 200 waits do not spread over %dms", x.attempts, ceiling)
		}
	}
}

// TestDeadline has servers that are too slow, each in its way. All time goes by inside the bubble.
func TestDeadline(t *testing.T) {
	sleep := func(r *http.Request, d time.Duration) {
		select {
		case <-time.After(d):
		case <-r.Context().Done():
		}
	}
	for name, handler := range map[string]func(n int64, w http.ResponseWriter, r *http.Request){
		"silence": func(_ int64, _ http.ResponseWriter, r *http.Request) { sleep(r, time.Hour) },
		"drip": func(_ int64, w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				write(w, " ")
				w.(http.Flusher).Flush()
				sleep(r, time.Second)
			}
		},
		"silence after a retry": func(n int64, w http.ResponseWriter, r *http.Request) {
			if n == 1 {
				status(503, "Retry-After", "2")(w)
				return
			}
			sleep(r, time.Hour)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := bubble(t, Config{Timeout: 10 * time.Second}, handler)
				start := time.Now()
				e := failure(t, c.TaskDetails(t.Context(), idA))
				if waited := time.Since(start); waited != 10*time.Second {
					t.Errorf("waited %s, want 10s", waited)
				}
				if e.Kind != schema.CategoryTimeout || e.Detail != "no answer within 10s" || !errors.Is(e, context.DeadlineExceeded) {
					t.Errorf("got %q: %v", e.Kind, e)
				}
			})
		})
	}
}

// A connection that takes too long is a fault of the network, though net's error claims to be the deadline's.
func TestSlowDialIsNotTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := bubble(t, Config{Attempts: 2}, nil)
		c.transport.DialContext = (&net.Dialer{Deadline: time.Now().Add(-time.Second)}).DialContext
		e := failure(t, c.TaskDetails(t.Context(), idA))
		if e.Kind != schema.CategoryNetwork || e.Detail != "no connection could be made" || e.Attempts != 2 {
			t.Errorf("got %q: %v", e.Kind, e)
		}
	})
}

// Cancelling ends the HTTP request on the server's side too, and a wait between attempts at once.
func TestCancellation(t *testing.T) {
	for name, handler := range map[string]func(stopped chan<- struct{}, w http.ResponseWriter, r *http.Request){
		"before the reply": func(stopped chan<- struct{}, _ http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			close(stopped)
		},
		"amid the reply": func(stopped chan<- struct{}, w http.ResponseWriter, r *http.Request) {
			write(w, `{"data":[`)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
			close(stopped)
		},
		"while waiting": func(stopped chan<- struct{}, w http.ResponseWriter, _ *http.Request) {
			status(503, "Retry-After", "20")(w)
			close(stopped)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				stopped := make(chan struct{})
				c := bubble(t, Config{}, func(_ int64, w http.ResponseWriter, r *http.Request) { handler(stopped, w, r) })
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(5*time.Second, func() { cancel(errors.New("nobody wants it any more")) })
				start := time.Now()
				e := failure(t, c.TaskDetails(ctx, idA))
				<-stopped
				if waited := time.Since(start); waited != 5*time.Second {
					t.Errorf("ended after %s, want 5s", waited)
				}
				if !errors.Is(e, context.Canceled) || e.Detail != "the call was cancelled" || e.Attempts != 1 {
					t.Errorf("got %v", e)
				}
			})
		})
	}
}
