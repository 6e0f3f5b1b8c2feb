package inspect

import (
	"context"
	"sync"

	"mcp-taskdetails/schema"

	"golang.org/x/sync/singleflight"
)

// flights lets identical lookups share one API request. A caller that is cancelled leaves at once; the request itself
// stops when the last one has left.
type flights struct {
	group  singleflight.Group
	mu     sync.Mutex
	shared map[string]*flight // by key, while somebody waits
}

// flight is one shared lookup. singleflight hands out its result; who still waits for it is counted here.
type flight struct {
	ctx     context.Context //nolint:containedctx // it outlives every single caller's context, and ends with the last
	cancel  context.CancelFunc
	waiting int
}

func newFlights() *flights { return &flights{shared: map[string]*flight{}} }

func (f *flights) do(ctx context.Context, key string, fetch func(context.Context) (schema.Task, error)) (schema.Task, error) {
	result := f.join(ctx, key, fetch)
	defer f.leave(key)
	select {
	case r := <-result:
		task, _ := r.Val.(schema.Task)
		return task, r.Err
	case <-ctx.Done():
		return schema.Task{}, ctx.Err()
	}
}

func (f *flights) join(ctx context.Context, key string, fetch func(context.Context) (schema.Task, error)) <-chan singleflight.Result {
	f.mu.Lock()
	defer f.mu.Unlock()
	shared, ok := f.shared[key]
	if !ok {
		shared = &flight{}
		shared.ctx, shared.cancel = context.WithCancel(context.WithoutCancel(ctx))
		f.shared[key] = shared
	}
	shared.waiting++
	return f.group.DoChan(key, func() (any, error) { return fetch(shared.ctx) })
}

func (f *flights) leave(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	shared := f.shared[key]
	shared.waiting--
	if shared.waiting > 0 {
		return
	}
	shared.cancel()
	delete(f.shared, key)
	f.group.Forget(key) // whoever comes now must not join a request that is being stopped
}
