package inspect

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Responder asks Runware what a task does now; client.Client is one.
type Responder interface {
	TaskResponse(ctx context.Context, id string) client.Lookup
}

// Live says how long to ask what a pending task does now. It is asked once in any case.
type Live struct {
	Until time.Time // when to ask no more. Default is at once.
	Limit time.Time // when even the question under way is given up. Default is never.
	// Tell, if set, is told before each pause what the task does, such as "processing, 40 %".
	Tell func(doing string)
}

// Pauses between two questions. Runware's own SDKs ask every second.
const (
	firstPause   = time.Second
	longestPause = 8 * time.Second
)

// current is what is known of a task now: what is recorded, and more of a pending one, where the caller wants to know.
func (i *Inspector) current(ctx context.Context, id string, n *inspection, l *Live) *inspection {
	if l == nil || i.config.Responder == nil || n.status != schema.StatusPending {
		return n
	}
	return i.live(ctx, id, n, *l)
}

// live asks what a pending task does now, until it has ended or the time is up. Where nobody says, the task stays what is
// recorded of it, with a note that says so.
func (i *Inspector) live(ctx context.Context, id string, n *inspection, l Live) *inspection {
	if !l.Limit.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, l.Limit)
		defer cancel()
	}
	recorded := n
	var missed error
	for pause := firstPause; ; pause = min(pause*3/2, longestPause) {
		var task schema.Task
		if task, missed = i.respond(ctx, id); missed == nil {
			task.Request = recorded.task.Request
			n = i.diagnose(context.WithoutCancel(ctx), id, task) // what came in time is diagnosed in full
		}
		left := time.Until(l.Until)
		if left <= 0 || n.status != schema.StatusPending || ctx.Err() != nil || refused(missed) {
			break
		}
		if l.Tell != nil {
			l.Tell(cmp.Or(n.doing, "no news yet"))
		}
		select {
		case <-time.After(min(pause, left)):
		case <-ctx.Done():
		}
		if ctx.Err() != nil { // nobody waits any more, or the time is up
			break
		}
	}
	if missed != nil && n == recorded {
		return i.unanswered(id, n, missed)
	}
	return n
}

// respond asks once for all who ask at a time.
func (i *Inspector) respond(ctx context.Context, id string) (schema.Task, error) {
	return i.responses.do(ctx, strings.ToLower(id), func(ctx context.Context) (task schema.Task, err error) {
		defer caught(&err)
		lookup := i.config.Responder.TaskResponse(ctx, id)
		return lookup.Task, lookup.Err
	})
}

// refused tells a question that would be refused again.
func refused(err error) bool {
	e, ok := errors.AsType[*client.Error](err)
	return ok && (e.Kind == schema.CategoryAuthentication || e.Kind == schema.CategoryPermission)
}

// unanswered is the recorded task with a note on why no more is known.
func (i *Inspector) unanswered(id string, n *inspection, missed error) *inspection {
	why := "this program failed"
	if e, ok := errors.AsType[*client.Error](missed); ok {
		why = e.Detail
		if e.Kind == schema.CategoryNotFound {
			why = "it does not know the task, or no longer"
		}
	}
	other := *n
	other.diagnosis.Notes = append([]string{"getResponse was asked too and did not say what the task does now: " + why}, n.diagnosis.Notes...)
	other.shown = i.config.Presenter.Report(other.full(id))
	return &other
}

// doing is what a response says that a task does, in a few words; empty where it does not.
func doing(parts envelope.Parts, id string) string {
	for _, item := range parts.Data {
		if envelope.PhaseOf(item.Status) != envelope.PhaseRunning || !strings.EqualFold(item.TaskUUID, id) {
			continue
		}
		text := strings.ToLower(item.Status) // one of those that PhaseOf knows
		if progress, ok := rawjson.Member(item.Raw, "progress"); ok && rawjson.KindOf(progress) == rawjson.Number && len(progress) < 8 {
			text += ", " + string(progress) + " %"
		}
		return text
	}
	return ""
}
