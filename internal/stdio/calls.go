package stdio

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
)

var errDuplicate = errors.New("duplicate id")

// call is one request that mcp-go was given and has not answered.
type call struct {
	number  int64           // its id inside this process
	id      json.RawMessage // its id as the client wrote it
	key     string
	method  string
	token   json.RawMessage // the client's progress token, if mcp-go was given a stand-in for it
	ordered bool            // it may send notifications, which must leave before its reply
	long    []string        // texts of its result that do not pass through mcp-go
	answer  *answer         // of a tool, which does not either; nil for other calls

	flushed   chan struct{} // receives when its notifications have left
	cancelled bool          // guarded by calls.mu
	awaited   bool          // the end of input waits for it; guarded by calls.mu
}

// flush notes that the call's notifications have left. It never blocks.
func (c *call) flush() {
	select {
	case c.flushed <- struct{}{}:
	default:
	}
}

// calls is the table of open calls. A call enters with add and leaves with take, whoever answers it: that is what
// makes replies unique. A cancelled call gives its id free at once but stays until mcp-go has let go of it.
type calls struct {
	slots chan struct{} // one for each open call

	mu      sync.Mutex
	last    int64
	open    map[int64]*call
	byKey   map[string]*call
	awaited int
	settled chan struct{} // closed when none is awaited any more; nil while input lasts
}

func newCalls(limit int) *calls {
	return &calls{slots: make(chan struct{}, limit), open: map[int64]*call{}, byKey: map[string]*call{}}
}

// add numbers a call. It blocks while too many are open.
func (t *calls) add(ctx context.Context, c *call) error {
	if t.isOpen(c.key) {
		return errDuplicate // only the reader adds, so this stays true below
	}
	select {
	case t.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last++
	c.number, c.flushed = t.last, make(chan struct{}, 1)
	t.open[c.number], t.byKey[c.key] = c, c
	if c.method != methodListen { // it lasts as long as the client wants, so nobody waits for its reply
		c.awaited = true
		t.awaited++
	}
	return nil
}

func (t *calls) isOpen(key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	_, open := t.byKey[key]
	return open
}

// cancel marks a call, so that its reply is dropped, and returns its number. An unknown or answered call is none of
// its business, and initialize must not be cancelled (MCP, "Cancellation").
func (t *calls) cancel(key string) (number int64, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.byKey[key]
	if c == nil || c.method == methodInitialize {
		return 0, false
	}
	c.cancelled = true
	delete(t.byKey, key)
	t.forgo(c)
	return c.number, true
}

// get returns an open call or nil.
func (t *calls) get(number int64) *call {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.open[number]
}

// isCancelled reports whether an open call has been cancelled.
func (t *calls) isCancelled(number int64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.open[number]
	return c != nil && c.cancelled
}

// take removes a call for whoever is going to reply to it; nil if it has a reply already or must not get one.
func (t *calls) take(number int64) *call {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.open[number]
	if c == nil {
		return nil
	}
	delete(t.open, number)
	<-t.slots
	if c.cancelled {
		return nil
	}
	delete(t.byKey, c.key)
	return c
}

// settle notes that the reply of a taken call was written.
func (t *calls) settle(c *call) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.forgo(c)
}

// forgo stops waiting for a call.
func (t *calls) forgo(c *call) {
	if !c.awaited {
		return
	}
	c.awaited = false
	t.awaited--
	if t.awaited == 0 && t.settled != nil {
		close(t.settled)
	}
}

// ended is called once, when no more calls will be added. The channel closes when every awaited call has its reply.
func (t *calls) ended() <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settled = make(chan struct{})
	if t.awaited == 0 {
		close(t.settled)
	}
	return t.settled
}

// numbers lists the open calls.
func (t *calls) numbers() []int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	numbers := make([]int64, 0, len(t.open))
	for number := range t.open {
		numbers = append(numbers, number)
	}
	return numbers
}
