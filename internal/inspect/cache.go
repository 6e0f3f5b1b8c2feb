package inspect

import (
	"container/list"
	"sync"
	"time"

	"mcp-taskdetails/schema"
)

// cache keeps what was made of finished tasks, bounded by bytes: those used last. Besides them it keeps one that is too
// large to be among them, which somebody may be reading in pieces.
type cache struct {
	max     int // of all the small ones
	large   int // above it, a task would push too many others out
	largest int
	ttl     time.Duration

	mu    sync.Mutex
	bytes int
	byKey map[string]*list.Element
	used  list.List // of kept, the last used first
	one   *kept     // the large one
	timer *time.Timer
}

// kept is one inspection in the cache.
type kept struct {
	*inspection
	key   string
	bytes int
	until time.Time
}

func newCache(maxBytes int, ttl time.Duration) *cache {
	return &cache{max: maxBytes, large: maxBytes / 4, largest: maxBytes * 64, ttl: ttl, byKey: map[string]*list.Element{}}
}

func (c *cache) get(key string) (*inspection, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.one != nil && c.one.key == key && time.Now().Before(c.one.until) {
		return c.one.inspection, true
	}
	e := c.byKey[key]
	if e == nil {
		return nil, false
	}
	k, _ := e.Value.(*kept)
	if !time.Now().Before(k.until) {
		c.drop(e)
		return nil, false
	}
	c.used.MoveToFront(e)
	return k.inspection, true
}

// keep takes an inspection in, in the place of one of the same task.
func (c *cache) keep(key string, n *inspection) {
	k := &kept{inspection: n, key: key, bytes: n.bytes(), until: time.Now().Add(c.ttl)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.drop(e)
	}
	if c.one != nil && c.one.key == key {
		c.one = nil
	}
	switch {
	case k.bytes > c.largest:
	case k.bytes > c.large:
		c.keepOne(k)
	default:
		c.byKey[key] = c.used.PushFront(k)
		for c.bytes += k.bytes; c.bytes > c.max; {
			c.drop(c.used.Back())
		}
	}
}

// keepOne keeps a large one no longer than it may: nobody else would make it go.
func (c *cache) keepOne(k *kept) {
	if c.timer != nil {
		c.timer.Stop()
	}
	c.one = k
	c.timer = time.AfterFunc(c.ttl, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.one == k {
			c.one = nil
		}
	})
}

func (c *cache) drop(e *list.Element) {
	k, _ := c.used.Remove(e).(*kept)
	delete(c.byKey, k.key)
	c.bytes -= k.bytes
}

// bytes is what an inspection costs to keep, roughly.
func (n *inspection) bytes() int {
	const fixed = 1 << 10
	size := fixed + len(n.task.TaskUUID) + len(n.task.Request) + len(n.task.Response) + weigh(n.diagnosis) + weigh(n.shown.Diagnosis) +
		beside(n.shown.Request, n.task.Request) + beside(n.shown.Response, n.task.Response)
	for _, o := range n.shown.Omissions {
		size += fixed/4 + len(o.Pointer)
	}
	if n.reading != nil {
		size += n.reading.Bytes()
	}
	return size
}

// beside is what the shown form of an original takes: nothing where it is the original itself.
func beside(shown, original []byte) int {
	if len(shown) > 0 && len(shown) == len(original) && &shown[0] == &original[0] {
		return 0
	}
	return len(shown)
}

// weigh counts what a diagnosis takes, which quotes what strangers wrote.
func weigh(d schema.Diagnosis) int {
	const fixed = 256
	size := fixed + len(d.Summary) + len(d.NextStep)
	operations := func(all []schema.Operation) {
		for _, o := range all {
			size += fixed/2 + len(o.From) + len(o.Path) + len(o.Value)
		}
	}
	operations(d.Patch)
	for _, a := range d.Alternatives {
		size += len(a.Fix)
		operations(a.Patch)
	}
	for _, f := range d.Findings {
		size += 2*fixed + len(f.Message) + len(f.Parameter) + len(f.Pointer) + len(f.Actual) + len(f.Cause) + len(f.Fix)
		if f.Constraint != nil {
			for _, v := range f.Constraint.Allowed {
				size += len(v) + fixed/8
			}
			for _, name := range f.Constraint.AllowedParameter {
				size += len(name) + fixed/8
			}
		}
	}
	for _, note := range d.Notes {
		size += fixed/8 + len(note)
	}
	return size
}
