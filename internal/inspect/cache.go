package inspect

import (
	"sync"
	"time"

	"mcp-taskdetails/schema"

	"github.com/maypok86/otter/v2"
)

// cache keeps finished tasks, bounded by their bytes. It is built when the first one comes: a server that was only
// started and listed pays nothing.
type cache struct {
	store   func() *otter.Cache[string, schema.Task]
	largest int // a task above this is not kept: it would push everything else out
}

func newCache(maxBytes int, ttl time.Duration) *cache {
	return &cache{
		largest: maxBytes / 2,
		store: sync.OnceValue(func() *otter.Cache[string, schema.Task] {
			store, err := otter.New(&otter.Options[string, schema.Task]{
				MaximumWeight:    uint64(max(maxBytes, 1)),
				Weigher:          func(_ string, t schema.Task) uint32 { return uint32(size(t)) }, //nolint:gosec // at most largest
				ExpiryCalculator: otter.ExpiryWriting[string, schema.Task](ttl),
			})
			if err != nil {
				return nil // only for contradicting options, which these are not: then nothing is kept
			}
			return store
		}),
	}
}

// size is what a task costs to keep.
func size(t schema.Task) int { return len(t.TaskUUID) + len(t.Request) + len(t.Response) }

func (c *cache) get(key string) (schema.Task, bool) {
	store := c.store()
	if store == nil {
		return schema.Task{}, false
	}
	return store.GetIfPresent(key)
}

func (c *cache) keep(key string, task schema.Task) {
	if store := c.store(); store != nil && size(task) <= c.largest {
		store.Set(key, task)
	}
}
