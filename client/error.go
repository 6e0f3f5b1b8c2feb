package client

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Error says why a lookup brought no task back. It is about our call, never about the task looked up.
//
// A cancelled call has context.Canceled in its chain, one that ran out of time context.DeadlineExceeded.
type Error struct {
	// Kind is one of authentication, permission, billing, rate_limit, capacity, timeout, network, not_found,
	// invalid_parameter and internal (the API failed, or answered with something that is no reply). It is never zero.
	Kind schema.Category
	// Question is the task type that was asked. Default is getTaskDetails.
	Question string
	// Detail is what happened, in our own words: it repeats nothing that came over the network.
	Detail string
	// StatusCode is the last HTTP status, 0 if no response arrived.
	StatusCode int
	// API holds the errors of the reply that concern this task, as received but for the key. It may be empty.
	API []schema.APIError
	// RetryAfter is how long the server asked to wait, 0 if it named no time.
	RetryAfter time.Duration
	// Attempts counts the requests sent.
	Attempts int
	// Final tells that asking again would bring the same: what is wrong is the reply itself, such as its size.
	Final bool
	// Notes says, a sentence each, what is not in API although the reply had it.
	Notes []string
	// NoKey tells that no key is set and nothing was sent.
	NoKey bool
	// Err is the cause, without URLs; nil when the response itself was the failure.
	Err error
}

// Error tells what happened, with the codes of the API but not its messages: they are foreign text.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("runware: " + cmp.Or(e.Question, taskDetails) + ": " + e.Detail)
	for _, api := range e.API {
		if isCode(api.Code) {
			b.WriteString(": " + api.Code)
		}
	}
	if e.Err != nil && e.Err.Error() != e.Detail {
		b.WriteString(": " + e.Err.Error())
	}
	switch e.Attempts {
	case 0:
	case 1:
		b.WriteString(", after 1 attempt")
	default:
		fmt.Fprintf(&b, ", after %d attempts", e.Attempts)
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// isCode tells a code from text that should not be in a log line.
func isCode(s string) bool {
	return s != "" && len(s) <= 64 && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-' && r != '.'
	})
}

// mask takes the key out of foreign text. A server may echo a request, and with it the authorization header. A key too
// short to be one is let be: it would match anywhere.
func mask(text string, secret schema.Secret) string {
	if key := secret.Reveal(); len(key) >= 6 {
		return strings.ReplaceAll(text, key, secret.String())
	}
	return text
}

// maskError takes the key out of all that an error says. It is done to what was read, not to what stood there: a key
// written with escapes would be read after.
func maskError(e *schema.APIError, secret schema.Secret) {
	for _, text := range []*string{
		&e.Code, &e.Message, &e.Type, &e.TaskUUID, &e.TaskType, &e.Documentation, &e.ResponseContent, &e.ResponseStatus, &e.Provider,
	} {
		*text = mask(*text, secret)
	}
	for i := range e.Parameters {
		e.Parameters[i] = mask(e.Parameters[i], secret)
	}
	for i, value := range e.Allowed {
		text := string(value)
		if decoded, ok := rawjson.Text(value); ok {
			text = decoded
		}
		if masked := mask(text, secret); masked != text {
			e.Allowed[i] = schema.StringValue(masked)
		}
	}
}
