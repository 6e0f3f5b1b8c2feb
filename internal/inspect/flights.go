package inspect

import (
	"context"
	"sync"

	"golang.org/x/sync/singleflight"
)

// flights lets identical questions share one answer. A caller that is cancelled leaves at once; the work itself stops when
// the last one has left.
type flights[T any] struct {
	group  singleflight.Group
	mu     sync.Mutex
	shared map[string]*flight // by key, while somebody waits
}

// flight is one shared question. singleflight hands out its result; who still waits for it is counted here.
type flight struct {
	ctx     context.Context //nolint:containedctx // it outlives every single caller's context, and ends with the last
	cancel  context.CancelFunc
	waiting int
}

func newFlights[T any]() *flights[T] { return &flights[T]{shared: map[string]*flight{}} }

func (f *flights[T]) do(ctx context.Context, key string, work func(context.Context) (T, error)) (T, error) {
	result := f.join(ctx, key, work)
	defer f.leave(key)
	select {
	case r := <-result:
		answer, _ := r.Val.(T)
		return answer, r.Err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

func (f *flights[T]) join(ctx context.Context, key string, work func(context.Context) (T, error)) <-chan singleflight.Result {
	f.mu.Lock()
	defer f.mu.Unlock()
	shared, ok := f.shared[key]
	if !ok {
		shared = &flight{}
		shared.ctx, shared.cancel = context.WithCancel(context.WithoutCancel(ctx))
		f.shared[key] = shared
	}
	shared.waiting++
	return f.group.DoChan(key, func() (any, error) { return work(shared.ctx) })
}

func (f *flights[T]) leave(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	shared := f.shared[key]
	shared.waiting--
	if shared.waiting > 0 {
		return
	}
	shared.cancel()
	delete(f.shared, key)
	f.group.Forget(key) // whoever comes now must not join work that is being stopped
}
