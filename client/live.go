package client

import (
	"context"
	"slices"
	"strings"
	"time"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/schema"
)

// TaskResponse asks once what a task does now. The task of the lookup has no request, since getResponse names none, and
// the whole reply for its response; its Live is set. A reply that says nothing of the task, or that it is not known, is an
// error: Runware keeps what getResponse answers for a while alone.
//
// Source: https://runware.ai/docs/platform/task-polling.
func (c *Client) TaskResponse(ctx context.Context, id string) Lookup {
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	deadline, _ := ctx.Deadline()
	return c.ask(ctx, taskResponse, []string{id}, rounded(time.Until(deadline))).lookup(id)
}

// takeLive takes the whole body for the answer where an item or an error in it is about the task. An error that names no
// task is about the question, and what the archive holds is not what the task does now.
func (r *reply) takeLive(id string, body []byte) {
	of := func(e schema.APIError) bool {
		return strings.EqualFold(e.TaskUUID, id) && codes.For(e.Code).Category != schema.CategoryNotFound
	}
	clear(r.answers)
	kind, item := r.strays[fold(id)]
	if r.problem == "" && (item && kind != taskDetails || slices.ContainsFunc(r.errors, of)) {
		r.answers[fold(id)] = schema.Task{TaskUUID: id, Response: body, Live: true}
	}
}
