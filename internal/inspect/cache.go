package inspect

import (
	"cmp"
	"container/list"
	"strings"
	"sync"
	"time"

	"mcp-taskdetails/schema"
)

// CacheConfig says how much a Cache keeps.
type CacheConfig struct {
	Bytes   int           // most of all tasks together. Default is 512 KiB.
	Largest int           // most of a single one, which may be more than Bytes. Default is 32 MiB.
	TTL     time.Duration // how long to keep a task. Default is 10 minutes.
}

// Cache keeps what was made of finished tasks, bounded by bytes: those used last. Besides them it keeps one that is too
// large to be among them, which somebody may be reading in pieces. Inspectors of several owners may share it: none finds
// what another has put in. It is safe for concurrent use.
type Cache struct {
	config CacheConfig
	large  int // above it, a task would push too many others out

	mu    sync.Mutex
	bytes int
	byKey map[key]*list.Element
	used  list.List // of kept, the last used first
	one   *kept     // the large one
	timer *time.Timer
}

// kept is one inspection in the cache.
type kept struct {
	*inspection
	key   key
	bytes int
	until time.Time
}

// NewCache returns an empty cache.
func NewCache(c CacheConfig) *Cache {
	c = CacheConfig{Bytes: cmp.Or(c.Bytes, 512<<10), Largest: cmp.Or(c.Largest, 32<<20), TTL: cmp.Or(c.TTL, 10*time.Minute)}
	return &Cache{config: c, large: c.Bytes / 4, byKey: map[key]*list.Element{}}
}

// key is a task, by its folded id, of the owner who may see it.
type key struct{ owner, id string }

// shelf is the part of a cache that is one owner's.
type shelf struct {
	cache *Cache
	owner string
}

func (s shelf) get(id string) (*inspection, bool) {
	return s.cache.get(key{s.owner, strings.ToLower(id)})
}

func (s shelf) keep(id string, n *inspection) { s.cache.keep(key{s.owner, strings.ToLower(id)}, n) }

func (c *Cache) get(key key) (*inspection, bool) {
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
func (c *Cache) keep(key key, n *inspection) {
	k := &kept{inspection: n, key: key, bytes: n.bytes(), until: time.Now().Add(c.config.TTL)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.drop(e)
	}
	if c.one != nil && c.one.key == key {
		c.one = nil
	}
	switch {
	case k.bytes > c.config.Largest:
	case k.bytes > c.large:
		c.keepOne(k)
	default:
		c.byKey[key] = c.used.PushFront(k)
		for c.bytes += k.bytes; c.bytes > c.config.Bytes; {
			c.drop(c.used.Back())
		}
	}
}

// keepOne keeps a large one no longer than it may: nobody else would make it go.
func (c *Cache) keepOne(k *kept) {
	if c.timer != nil {
		c.timer.Stop()
	}
	c.one = k
	c.timer = time.AfterFunc(c.config.TTL, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.one == k {
			c.one = nil
		}
	})
}

func (c *Cache) drop(e *list.Element) {
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
