package modelschema

import (
	"sync"
	"time"
)

// maxModels bounds the cache. Runware has some hundreds of models; a session sees a handful.
const maxModels = 256

// cache keeps what is known of models, also that nothing is (a nil model), until it is out of date.
type cache struct {
	mu      sync.Mutex
	entries map[string]entry
}

type entry struct {
	model *Model
	until time.Time
}

func (c *cache) get(id string) (*Model, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[id]
	if !ok || !time.Now().Before(e.until) {
		return nil, false
	}
	return e.model, true
}

// put keeps a model. A full cache gives up the entry that would be out of date first.
func (c *cache) put(id string, m *Model, keep time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.entries[id]; !known && len(c.entries) >= maxModels {
		var oldest string
		for id, e := range c.entries {
			if oldest == "" || e.until.Before(c.entries[oldest].until) {
				oldest = id
			}
		}
		delete(c.entries, oldest)
	}
	c.entries[id] = entry{m, time.Now().Add(keep)}
}
