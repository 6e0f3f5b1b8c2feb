// Package client asks Runware's HTTP API for the record of a task, `getTaskDetails`, and for what one does that still runs,
// `getResponse`: both read, and there is nothing else.
//
// It does what a careful caller does: one request for many ids, answers matched by taskUUID, retries with jitter
// inside one deadline, a limit on the reply, and one typed [*Error] whose Kind says whose fault it was. Originals stay
// the bytes they came as. It refuses to know what a task means, speaks no MCP, never sends the key to another host and
// never puts it into an error or a log.
//
// Start with [New], then [Client.TaskDetails] or [Client.TaskResponse].
package client

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"mcp-taskdetails/schema"
)

// DefaultURL is the endpoint that Runware documents: https://runware.ai/docs/platform/authentication.
const DefaultURL = "https://api.runware.ai/v1"

// Config says where and how to ask.
type Config struct {
	// URL is the whole endpoint: https, or http to a loopback address. Default is [DefaultURL].
	URL string
	// Key is the API key. Default is none: every lookup then fails with NoKey, and nothing is sent.
	Key schema.Secret
	// Timeout is the deadline of one call, its retries and waits included. Default is 30 s.
	Timeout time.Duration
	// MaxReply is the largest reply accepted, in bytes after decompression. Default is 64 MiB.
	MaxReply int64
	// Attempts is how often a request is sent at most. Default is 4.
	Attempts int
	// BackoffMin is the ceiling of the first random wait between attempts; it doubles each time. Default is 500 ms.
	BackoffMin time.Duration
	// BackoffMax is where the ceiling stops growing. Default is 8 s.
	BackoffMax time.Duration
	// UserAgent is sent with every request. Default is "mcp-taskdetails".
	UserAgent string
	// RootCAs are the authorities that may vouch for the server. Default is the system's.
	RootCAs *x509.CertPool
	// Logger gets one debug record per attempt. Default is none.
	Logger *slog.Logger
}

// Client is safe for concurrent use and keeps its connections: make one and share it.
type Client struct {
	config    Config
	url       *url.URL
	http      *http.Client
	transport *http.Transport
}

// New checks the configuration. The URL is not contacted, and a missing key is no error here.
func New(config Config) (*Client, error) {
	config.URL = cmp.Or(config.URL, DefaultURL)
	config.Timeout = cmp.Or(config.Timeout, 30*time.Second)
	config.MaxReply = cmp.Or(config.MaxReply, 64<<20)
	config.Attempts = cmp.Or(config.Attempts, 4)
	config.BackoffMin = cmp.Or(config.BackoffMin, 500*time.Millisecond)
	config.BackoffMax = cmp.Or(config.BackoffMax, 8*time.Second)
	config.UserAgent = cmp.Or(config.UserAgent, "mcp-taskdetails")
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	if min(config.Timeout, config.BackoffMin, config.BackoffMax) < 0 || config.MaxReply < 0 || config.Attempts < 0 {
		return nil, errors.New("client: durations, limits and attempts must not be negative")
	}
	if strings.ContainsFunc(config.Key.Reveal(), unfitForHeader) {
		return nil, errors.New("client: the API key holds white space or control characters; set it without quotes or line breaks")
	}
	endpoint, err := parseEndpoint(config.URL)
	if err != nil {
		return nil, err
	}
	transport := newTransport(config.RootCAs)
	return &Client{
		config:    config,
		url:       endpoint,
		transport: transport,
		http:      &http.Client{Transport: keepIdle{transport}, CheckRedirect: checkRedirect},
	}, nil
}

func unfitForHeader(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// String keeps the key out of whatever prints a Client: fmt shows the content of unexported fields.
func (*Client) String() string { return "client.Client" }

// Close drops idle connections; calls in flight go on.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Lookup is what became of the question about one task.
type Lookup struct {
	TaskUUID string      // as it was asked
	Task     schema.Task // zero when Err is set; its originals may share memory and must not be written to
	Err      error       // nil or *Error
}

// TaskDetails asks for all ids in one request, each distinct id once: ids are compared without letter case. Where the
// reply is too large or broken, it asks for the halves, until the task that makes it so is alone. It returns one Lookup
// for each element of ids, in their order.
func (c *Client) TaskDetails(ctx context.Context, ids ...string) []Lookup {
	if len(ids) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	deadline, _ := ctx.Deadline()
	found := make(map[string]*exchange, len(ids))
	c.find(ctx, distinct(ids), rounded(time.Until(deadline)), found)
	lookups := make([]Lookup, len(ids))
	for i, id := range ids {
		lookups[i] = found[fold(id)].lookup(id)
	}
	return lookups
}

// find fills found, by folded id, with the exchange that says what became of each. For n ids it asks 2n-1 questions at
// most, one after the other: as many as there are when every task spoils its reply.
func (c *Client) find(ctx context.Context, ids []string, limit time.Duration, found map[string]*exchange) {
	x := c.ask(ctx, taskDetails, ids, limit)
	if len(ids) > 1 && x.spoilt() {
		if x.stopped = ctx.Err(); x.stopped == nil {
			c.find(ctx, ids[:len(ids)/2], limit, found)
			c.find(ctx, ids[len(ids)/2:], limit, found)
			return
		}
	}
	for _, id := range ids {
		found[fold(id)] = x
	}
}

func distinct(ids []string) []string {
	var all []string
	for _, id := range ids {
		if !slices.ContainsFunc(all, func(seen string) bool { return strings.EqualFold(seen, id) }) {
			all = append(all, id)
		}
	}
	return all
}
