package modelschema

import (
	"sync"
	"time"
)

// maxKept bounds a cache. Runware has some hundreds of models; a session sees a handful.
const maxKept = 256

// cache keeps answers of the service, also that there is none, until they are out of date.
type cache[T any] struct {
	mu      sync.Mutex
	entries map[string]entry[T]
}

// entry is an answer. It has no value where the service has none, or gave none that can be used.
type entry[T any] struct {
	value   *T
	unknown bool // the service says that it has none
	until   time.Time
}

func (c *cache[T]) get(id string) (entry[T], bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[id]
	if !ok || !time.Now().Before(e.until) {
		return entry[T]{}, false
	}
	return e, true
}

// put keeps an answer. A full cache gives up the entry that would be out of date first.
func (c *cache[T]) put(id string, e entry[T]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries == nil {
		c.entries = map[string]entry[T]{}
	}
	if _, known := c.entries[id]; !known && len(c.entries) >= maxKept {
		var oldest string
		for id, e := range c.entries {
			if oldest == "" || e.until.Before(c.entries[oldest].until) {
				oldest = id
			}
		}
		delete(c.entries, oldest)
	}
	c.entries[id] = e
}
