package client

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// backoff draws from the whole range below a doubling ceiling (full jitter), so that calls that failed together do
// not come back together; but never sooner than the server asked.
func (x *exchange) backoff() time.Duration {
	ceiling := x.config.BackoffMin
	for i := 1; i < x.attempts && ceiling < x.config.BackoffMax; i++ {
		ceiling *= 2
	}
	ceiling = min(ceiling, x.config.BackoffMax)
	return max(x.retryAfter, rand.N(ceiling+1)) //nolint:gosec // jitter needs no secrecy
}

// retryAfter reads both forms of RFC 9110 §10.2.3.
func retryAfter(header http.Header) time.Duration {
	text := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		const year = 365 * 24 * 60 * 60 // more would not fit in a Duration, or in anybody's patience
		return time.Duration(min(max(seconds, 0), year)) * time.Second
	}
	if when, err := http.ParseTime(text); err == nil {
		return max(time.Until(when), 0)
	}
	return 0
}
