package interop

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// numbers are what the cases below look at in a report.
type numbers struct {
	Request      []map[string]json.RawMessage `json:"request"`
	ExactNumbers []struct {
		Pointer string `json:"pointer"`
		Value   string `json:"value"`
	} `json:"exactNumbers"`
}

func decodeNumbers(t *testing.T, raw []byte) (request, exact map[string]string) {
	t.Helper()
	var n numbers
	if err := json.Unmarshal(raw, &n); err != nil {
		t.Fatal(err)
	}
	request, exact = map[string]string{}, map[string]string{}
	for name, value := range n.Request[0] {
		request[name] = string(value)
	}
	for _, e := range n.ExactNumbers {
		exact[e.Pointer] = e.Value
	}
	return request, exact
}

// seed: what a client makes of an integer above 2^53 is its own; the text and exactNumbers have every digit with all.
func seed(c *conversation) {
	got, _ := c.ask(map[string]any{"taskUUID": taskSeed})
	shown, exact := decodeNumbers(c.T, got.structured)
	text, _ := decodeNumbers(c.T, []byte(got.text))
	want := []string{c.kind.seed, exactSeed, exactSeed}
	if diff := cmp.Diff(want, []string{shown["seed"], text["seed"], exact["/request/0/seed"]}); diff != "" {
		c.Errorf("seed in structured content, text, exactNumbers (-want +got):\n%s", diff)
	}
}

// beyondFloat: a number that no float64 comes near reaches every client, as a string.
func beyondFloat(c *conversation) {
	got, _ := c.ask(map[string]any{"taskUUID": uuid(vast, 1)})
	shown, exact := decodeNumbers(c.T, got.structured)
	if shown["CFGScale"] != `"1e400"` {
		c.Errorf("1e400 is shown as %s", shown["CFGScale"])
	}
	want := map[string]string{
		"/request/0/seed": "9007199254740993", "/request/0/CFGScale": "1e400", "/request/0/strength": "0.10000000000000000000001",
	}
	if diff := cmp.Diff(want, exact); diff != "" {
		c.Errorf("exactNumbers (-want +got):\n%s", diff)
	}
}

// cancelled: the lookup ends at the API, no reply comes (finish holds that), and the connection goes on.
func cancelled(c *conversation) {
	ctx, cancel := context.WithCancel(c.ctx)
	defer cancel()
	failed := make(chan error, 1)
	go func() {
		_, err := c.client.call(ctx, tool, map[string]any{"taskUUID": uuid(held, 1)})
		failed <- err
	}()
	await(c.T, "the lookup", func() bool { return c.api.asked(uuid(held, 1)) == 1 })
	cancel()
	if err := <-failed; err == nil {
		c.Error("the client has an answer")
	}
	await(c.T, "the end of the lookup", func() bool { return c.api.abandoned() == 1 })
	outcome(uuid(answers, 1), "succeeded", "none", false)(c)
	if n := c.server.count(c.T, toServer, `"notifications/cancelled"`); n != 1 {
		c.Errorf("the client sent %d cancellations", n)
	}
}

// start sends n calls at once, for the task that id gives, and returns where their outcomes arrive.
func (c *conversation) start(n int, id func(i int) string) chan outcomeOf {
	outcomes := make(chan outcomeOf, n)
	for i := range n {
		go func() {
			got, err := c.client.call(c.ctx, tool, map[string]any{"taskUUID": id(i)})
			outcomes <- outcomeOf{id(i), got, err}
		}()
	}
	await(c.T, "the calls", func() bool { return c.server.count(c.T, toServer, `"tools/call"`) == n })
	return outcomes
}

type outcomeOf struct {
	id  string
	got answer
	err error
}

// settled is time for calls that were read to join a lookup in flight: nothing outside shows that they have.
const settled = 200 * time.Millisecond

// atOnce: 32 calls in flight, 16 of them for one task, which is looked up once; each gets its own task's answer.
func atOnce(c *conversation) {
	const calls, same = 32, 16
	outcomes := c.start(calls, func(i int) string { return uuid(held, max(0, i-same+1)) })
	await(c.T, "the lookups", func() bool { return c.api.asked("") == calls-same+1 })
	time.Sleep(settled)
	close(c.api.release)
	for range calls {
		o := <-outcomes
		if o.err != nil {
			c.Error(o.err)
			continue
		}
		if report := c.check(o.got); report["taskUUID"] != o.id || report["status"] != "succeeded" {
			c.Errorf("%s was answered: %s", o.id, o.got.text)
		}
	}
	if n := c.api.asked(uuid(held, 0)); n != 1 || c.api.asked("") != calls-same+1 {
		c.Errorf("%d lookups for one task, %d in all", n, c.api.asked(""))
	}
}

// closedInFlight: the server answers all that it was asked before its input ended (finish counts the replies). When the
// input ends and what of it a caller still sees is the client's own way.
func closedInFlight(c *conversation) {
	const calls = 8
	outcomes := c.start(calls, func(i int) string { return uuid(held, i) })
	await(c.T, "the lookups", func() bool { return c.api.asked("") == calls })
	closed := make(chan error, 1)
	go func() { closed <- c.close() }()
	ended := func() bool { return c.server.ended(c.T, `"tools/call"`) }
	if c.kind.waits {
		time.Sleep(settled)
		if ended() {
			c.Error("the client closed stdin at once")
		}
	} else {
		await(c.T, "the end of input", ended)
	}
	close(c.api.release)
	if err := <-closed; err != nil {
		c.Errorf("close: %v", err)
	}
	answered := 0
	for range calls {
		if o := <-outcomes; o.err == nil && c.check(o.got)["status"] == "succeeded" {
			answered++
		}
	}
	if want := map[bool]int{true: calls}[c.kind.drains]; answered != want {
		c.Errorf("the client's callers got %d answers of %d", answered, want)
	}
	if n := c.server.count(c.T, fromServer, `"structuredContent"`); n != calls {
		c.Errorf("the server wrote %d answers of %d", n, calls)
	}
}
