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

// Start serves the sandbox until ctx ends. It returns once the port is open.
func Start(ctx context.Context) (*Server, error) {
	handler, err := Handler()
	if err != nil {
		return nil, err
	}
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
