package inspect

import (
	"runtime"
	"strings"
)

// AwaitWaiting returns when so many callers wait for the same lookup.
func AwaitWaiting(i *Inspector, id string, callers int) {
	for {
		i.inspections.mu.Lock()
		shared := i.inspections.shared[strings.ToLower(id)]
		waiting := shared != nil && shared.waiting == callers
		i.inspections.mu.Unlock()
		if waiting {
			return
		}
		runtime.Gosched()
	}
}

// Chosen is chosen.
var Chosen = chosen
