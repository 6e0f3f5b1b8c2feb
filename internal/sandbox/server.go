package sandbox

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Server is a sandbox that listens on a loopback port of its own.
type Server struct {
	APIURL     string // the endpoint of getTaskDetails
	SchemasURL string // the base of the model-schema service
}

// Config says how to answer.
type Config struct {
	Latency time.Duration // how long a lookup takes. Default is 0
}

// Start serves the sandbox until ctx ends. It returns once the port is open.
func Start(ctx context.Context) (*Server, error) { return Config{}.Start(ctx) }

// Start is [Start] with these settings.
func (c Config) Start(ctx context.Context) (*Server, error) {
	handler, err := Handler()
	if err != nil {
		return nil, err
	}
	handler = c.delayed(handler)
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("sandbox: listen: %w", err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()

	base := "http://" + listener.Addr().String()
	return &Server{APIURL: base + apiPath, SchemasURL: base}, nil
}

// delayed makes lookups wait; the schema service has a cache in front of it and is quick.
func (c Config) delayed(next http.Handler) http.Handler {
	if c.Latency <= 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			select {
			case <-time.After(c.Latency):
			case <-r.Context().Done():
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}
