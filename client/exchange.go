package client

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"mcp-taskdetails/internal/rawjson"
)

// exchange is one question to the API with all its attempts; it keeps what the last one brought.
type exchange struct {
	*Client
	ids      []string
	taskType string        // what is asked of them
	limit    time.Duration // what the deadline left when the call began
	attempts int
	wait     time.Duration // before the next attempt

	status     int
	mediaType  string
	retryAfter time.Duration
	reply      reply
	err        error // why there is no reply; nil if there is one
	stopped    error // the context's error, if it ended the exchange before there was a reply
}

// ask sends the question until there is an answer or no point in asking again.
func (c *Client) ask(ctx context.Context, taskType string, ids []string, limit time.Duration) *exchange {
	x := &exchange{Client: c, ids: ids, taskType: taskType, limit: limit}
	if c.config.Key.IsZero() {
		return x
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodPost, c.url.String(), question(taskType, ids))
	if err != nil {
		x.err = err
		return x
	}
	req.Header.Set("Authorization", "Bearer "+c.config.Key.Reveal())
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.config.UserAgent)
	// Not sent, but it tells net/http that this POST is a read, so that one that met a connection which the server had
	// just closed is sent again at once.
	req.Header["Idempotency-Key"] = []string{}
	// The policy below needs this call's own state, and the struct is cheap. Without a Logger it logs nothing.
	retrier := retryablehttp.Client{
		HTTPClient:   c.http,
		RetryMax:     c.config.Attempts - 1,
		CheckRetry:   x.check,
		Backoff:      func(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return x.wait },
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	_, err = retrier.Do(req) //nolint:bodyclose // check has read and closed it
	if err != nil && x.err == nil {
		x.err = err
	}
	if x.err != nil {
		x.stopped = ctx.Err()
	}
	return x
}

func question(taskType string, ids []string) []byte {
	body := []byte{'['}
	for i, id := range ids {
		if i > 0 {
			body = append(body, ',')
		}
		body = append(body, `{"taskType":"`+taskType+`","taskUUID":`...)
		body = append(body, rawjson.Quote(id)...)
		body = append(body, '}')
	}
	return append(body, ']')
}

// check is retryablehttp's CheckRetry, called once per attempt. It reads the reply, so that a body which breaks off
// counts as a broken connection, and so that a status can be weighed against what came with it.
func (x *exchange) check(ctx context.Context, resp *http.Response, err error) (bool, error) {
	x.attempts++
	x.status, x.mediaType, x.retryAfter, x.reply = 0, "", 0, reply{}
	size := 0
	if resp != nil {
		x.status, x.mediaType, x.retryAfter = resp.StatusCode, mediaType(resp.Header), retryAfter(resp.Header)
	}
	if err == nil {
		var body []byte
		if body, err = readBody(resp, x.config.MaxReply); err == nil {
			size = len(body)
			err = x.read(ctx, body)
		}
		resp.Body = http.NoBody // retryablehttp would drain it again
	}
	x.err = err
	x.wait = x.backoff()
	again := x.passing(ctx, resp) && x.attempts < x.config.Attempts
	if deadline, ok := ctx.Deadline(); ok && x.wait >= time.Until(deadline) {
		again = false
	}
	x.log(ctx, size, again)
	return again, nil
}

// fringe is what a reply may hold beside a task without being worth a copy, in bytes.
const fringe = 4 << 10

func (x *exchange) read(ctx context.Context, body []byte) error {
	x.reply = decode(ctx, body, x.ids, x.taskType, x.config.Key)
	if err := ctx.Err(); err != nil && len(x.reply.answers) == 0 {
		return err // it may have ended the reading
	}
	if x.taskType == taskResponse {
		x.reply.takeLive(x.ids[0], body)
	}
	// A lone answer is part of the body. Any other is copied: whoever keeps one task must not keep the others of a batch,
	// or whatever else the API sent, in memory.
	for id, task := range x.reply.answers {
		if size := len(task.Request) + len(task.Response); len(x.ids) == 1 && len(body) <= 2*size+fringe {
			continue
		}
		task.Request, task.Response = slices.Clone(task.Request), slices.Clone(task.Response)
		x.reply.answers[id] = task
	}
	return nil
}

// passing tells whether another attempt may fare better.
func (x *exchange) passing(ctx context.Context, resp *http.Response) bool {
	switch {
	case ctx.Err() != nil:
		return false
	case x.err != nil && faultOf(x.err).final:
		return false
	case x.err == nil && (len(x.reply.answers) > 0 || slices.ContainsFunc(x.reply.errors, settles)):
		return false
	case x.err == nil && x.status == http.StatusRequestTimeout:
		return true
	}
	again, err := retryablehttp.DefaultRetryPolicy(ctx, resp, x.err)
	return again && err == nil
}

func (x *exchange) log(ctx context.Context, size int, again bool) {
	if !x.config.Logger.Enabled(ctx, slog.LevelDebug) {
		return
	}
	attrs := []slog.Attr{
		slog.Int("attempt", x.attempts), slog.Int("tasks", len(x.ids)), slog.Int("status", x.status),
		slog.Int("bytes", size), slog.Bool("again", again),
	}
	if again {
		attrs = append(attrs, slog.Duration("wait", x.wait))
	}
	if x.err != nil {
		attrs = append(attrs, slog.String("error", x.problem(ctx)))
	}
	x.config.Logger.LogAttrs(ctx, slog.LevelDebug, "runware attempt", attrs...)
}

// problem is what a log may say of an error: in our own words, since net/http's repeat a malformed reply.
func (x *exchange) problem(ctx context.Context) string {
	if err := ctx.Err(); err != nil {
		return err.Error()
	}
	return faultOf(x.err).detail
}

// rounded is a deadline as a person set it: what went by since then does not count.
func rounded(d time.Duration) time.Duration {
	const coarse = 100 * time.Millisecond
	if d > 3*coarse {
		return d.Round(coarse)
	}
	return d.Round(time.Millisecond)
}
