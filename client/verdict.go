package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"mcp-taskdetails/schema"
)

// lookup is the outcome for one of the ids that were asked.
func (x *exchange) lookup(id string) Lookup {
	if task, ok := x.reply.answers[fold(id)]; ok && x.err == nil {
		return Lookup{TaskUUID: id, Task: task}
	}
	return Lookup{TaskUUID: id, Err: x.failure(id)}
}

// spoilt tells a reply that one of several tasks may have made unreadable for all. A failed call is none: it would fail
// for each of them too.
func (x *exchange) spoilt() bool {
	_, large := errors.AsType[tooLargeError](x.err)
	return x.status/100 == 2 && (large || x.err == nil && x.reply.broken)
}

func (x *exchange) failure(id string) *Error {
	e := &Error{StatusCode: x.status, RetryAfter: x.retryAfter, Attempts: x.attempts}
	if x.taskType != taskDetails {
		e.Question = x.taskType
	}
	switch {
	case x.config.Key.IsZero():
		e.Kind, e.Detail, e.NoKey = schema.CategoryAuthentication, "no key is set", true
	case errors.Is(x.stopped, context.Canceled):
		e.Kind, e.Detail, e.Err = schema.CategoryNetwork, "the call was cancelled", x.stopped
	case x.stopped != nil:
		e.Kind, e.Detail, e.Err = schema.CategoryTimeout, fmt.Sprintf("no answer within %s", x.limit), x.stopped
	case x.err != nil:
		fault := faultOf(x.err)
		e.Kind, e.Detail, e.Err = fault.kind, fault.detail, cleaned(x.err, x.config.Key)
		e.Final = x.spoilt()
	default:
		e.API, e.Notes = x.reply.errorsFor(id), x.reply.notes
		e.Final = x.spoilt() && !x.reply.cut
		e.Kind = kindOf(e.API, x.status)
		e.Detail = fmt.Sprintf("HTTP %d with %s", x.status, x.content(id, len(e.API) > 0))
	}
	return e
}

// content says what the reply has in place of an answer.
func (x *exchange) content(id string, fromAPI bool) string {
	_, stray := x.reply.strays[fold(id)]
	switch {
	case fromAPI:
		return "an API error"
	case x.reply.problem != "" && x.reply.problem != emptyBody && x.mediaType != "" && !x.reply.broken:
		return x.mediaType + " instead of JSON"
	case x.reply.problem != "":
		return x.reply.problem
	case stray:
		return "an item for this task that is no " + x.taskType + " answer"
	default:
		return "neither an answer nor an error for this task"
	}
}

// errorsFor returns the errors that name this task, or else those that name none and so concern the whole call.
func (r reply) errorsFor(id string) []schema.APIError {
	var addressed, general []schema.APIError
	for _, e := range r.errors {
		switch {
		case strings.EqualFold(e.TaskUUID, id):
			addressed = append(addressed, e)
		case e.TaskUUID == "":
			general = append(general, e)
		}
	}
	if addressed != nil {
		return addressed
	}
	return general
}

// mediaType is the type of a response that claims not to be JSON, if it is one of those that proxies and servers answer
// with; any other would put foreign text into our words.
func mediaType(header http.Header) string {
	name, _, _ := strings.Cut(header.Get("Content-Type"), ";")
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "text/html", "text/plain", "text/xml", "application/xml", "application/xhtml+xml", "application/octet-stream":
		return name
	default:
		return ""
	}
}
