package modelschema

import (
	"errors"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// work counts what one validation does. Schemas can be made to take a time exponential in their size, and the
// validator takes no context.
type work struct {
	mu   sync.Mutex
	left int
}

const (
	maxWork       = 200_000
	maxExplaining = 5 * maxWork // parts are judged again to say why they fail
)

var errTooMuchWork = errors.New("too much work")

// guard runs what validates, one at a time; done is false when it was given up. Our own step gives up by a panic; one of
// the validator's own, over a schema or task that nobody foresaw, must not end the process either. Both mean that
// nothing is known.
func (w *work) guard(budget int, f func()) (done bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.left = budget
	defer func() {
		if recover() != nil {
			done = false
		}
	}()
	f()
	return true
}

// step is an extension of every schema, run each time that the schema is applied.
type step struct {
	work   *work
	weight int
}

// Validate never finds fault; it gives up, past the validator and up to [Model.Validate], when too much was done.
func (s step) Validate(_ *jsonschema.ValidatorContext, v any) {
	s.work.left -= s.weight
	switch v := v.(type) {
	case []any:
		s.work.left -= len(v)
	case map[string]any:
		s.work.left -= len(v)
	}
	if s.work.left < 0 {
		panic(errTooMuchWork)
	}
}
