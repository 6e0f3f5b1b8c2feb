package stdio

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestIDsComeBackExactly(t *testing.T) {
	p := start(t, Config{})
	for _, id := range []string{
		`0`, `1`, `-1`, `9007199254740993`, `9223372036854775807`, `-9223372036854775808`, `123456789012345678901234567890`,
		`1.5`, `1.0`, `-0`, `0.1000`, `1e3`, `1E400`, `1e-400`,
		`""`, `"1"`, `"a b"`, `"\u0041"`, `"A"`, `"<&>\u2028"`, `"\ud800"`, `"` + strings.Repeat("long", 5000) + `"`, `"ü 🙂"`,
	} {
		p.send(pingLine(id))
		p.want(pong(id))
		p.send(callLine(id, "echo", `{"text":"x"}`))
		p.want(textReply(id, "x"))
		p.send(callLine(id, "block", "{}"), cancelOf(id), callLine(id, "echo", `{"text":"y"}`))
		p.want(textReply(id, "y"))
	}
	p.end()
}

func TestDuplicateIDIsRefusedWithoutIt(t *testing.T) {
	p := start(t, Config{})
	p.send(callLine("1", "block", "{}"), callLine("1", "echo", "{}"), callLine(`"1"`, "echo", `{"text":"other"}`))
	p.want(invalid("null", "id 1 belongs to a request that is still open"), textReply(`"1"`, "other"))
	p.send(`{"jsonrpc":"2.0","id":1}`)
	p.want(invalid("null", "`method` must be a string"))
	p.send(cancelOf("1"), callLine("1", "echo", `{"text":"again"}`))
	p.want(textReply("1", "again"))
	p.end()
}

func TestCancelInFlight(t *testing.T) {
	p := start(t, Config{})
	p.send(callLine("1", "block", "{}"), callLine(`"1"`, "block", "{}"), callLine("2", "echo", "{}"))
	p.want(textReply("2", ""))
	p.send(cancelOf("1"))
	for p.stats().Cancelled < 1 { // its context ends, which is the only way out of the tool
	}
	if s := p.stats(); s.Started != 2 || s.Cancelled != 1 {
		t.Errorf("the cancellation of 1 and of nothing else: %+v", s)
	}
	p.send(cancelOf(`"1"`))
	if rest := p.end(); len(rest) > 0 {
		t.Errorf("a cancelled call was answered: %q", rest)
	}
}

func TestCancelWhileQueued(t *testing.T) {
	p := start(t, Config{Workers: 1})
	p.send(callLine("1", "slow", `{"ms":300}`), callLine("2", "block", "{}"), callLine("3", "echo", `{"text":"3"}`),
		cancelOf("2"), cancelOf("3"), callLine("3", "echo", `{"text":"new 3"}`))
	p.want(textReply("1", "slept"), textReply("3", "new 3"))
	if s := p.stats(); s.Started != 0 {
		t.Errorf("a cancelled call was started: %+v", s)
	}
	if rest := p.end(); len(rest) > 0 {
		t.Errorf("got %q", rest)
	}
}

// A cancellation right behind its call meets it anywhere between the queue and the handler.
func TestCancelAtOnce(t *testing.T) {
	p := start(t, Config{})
	const n = 2000
	p.send(repeat(n, func(i int) string {
		id := strconv.Itoa(i)
		return callLine(id, "block", "{}") + "\n" + cancelOf(id)
	}))
	for range 1000 {
		if s := p.stats(); s.Started == s.Cancelled {
			break
		}
	}
	s := p.stats()
	if s.Started != s.Cancelled {
		t.Errorf("a cancellation was lost: %+v", s)
	}
	t.Logf("%d of %d had started", s.Started, n)
	if rest := p.end(); len(rest) > 0 {
		t.Errorf("a cancelled call was answered: %q", rest[0])
	}
}

// Between taking a call up and being able to cancel it, mcp-go decodes its params; long ones hold that gap open.
func TestCancelWhileDecoding(t *testing.T) {
	p := start(t, Config{})
	text := `{"text":"` + strings.Repeat("x", 256<<10) + `"}`
	delay := time.Millisecond
	for i := 0; p.stats().Started < 3 && delay < time.Second; i++ { // until the cancellations come behind the gap
		id := strconv.Itoa(i)
		p.send(callLine(id, "block", text))
		time.Sleep(delay)
		p.send(cancelOf(id))
		delay += delay / 20
	}
	for range 1000 {
		if s := p.stats(); s.Started == s.Cancelled {
			break
		}
	}
	if s := p.stats(); s.Started == 0 || s.Started != s.Cancelled {
		t.Errorf("a cancellation was lost: %+v", s)
	}
	if rest := p.end(); len(rest) > 0 {
		t.Errorf("a cancelled call was answered: %q", rest[0])
	}
}

func TestCancelOfNothing(t *testing.T) {
	p := start(t, Config{})
	p.send(pingLine("1"))
	p.want(pong("1"))
	p.send(cancelOf("1"), cancelOf("2"), cancelOf("3"), cancelOf("null"), cancelOf("{}"),
		`{"jsonrpc":"2.0","method":"notifications/cancelled"}`, `{"jsonrpc":"2.0","method":"notifications/cancelled","params":[]}`,
		callLine("1", "echo", `{"text":"again"}`))
	p.want(textReply("1", "again"))
	p.send(callLine("2", "echo", `{"text":"new"}`))
	p.want(textReply("2", "new"))
	p.send(callLine("77", "block", "{}"), cancelOf("3"), cancelOf("4")) // numbers that the server uses inside
	p.send(pingLine("5"))
	p.want(pong("5"))
	if s := p.stats(); s.Started != 1 || s.Cancelled != 0 {
		t.Errorf("the wrong call was cancelled: %+v", s)
	}
	p.send(cancelOf("77"))
	p.end()
}

func TestInitializeIsNotCancellable(t *testing.T) {
	p := start(t, Config{})
	p.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`,
		cancelOf("1"))
	if got := p.next(); !strings.HasPrefix(got, `{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25"`) {
		t.Errorf("got %s", got)
	}
	p.end()
}

func TestUnmarshalableResultIsAnswered(t *testing.T) {
	p := start(t, Config{})
	p.send(callLine("1", "unmarshalable", "{}"))
	p.want(`{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"internal error: the result cannot be written as JSON"}}`)
	p.send(callLine("1", "echo", `{"text":"goes on"}`))
	p.want(textReply("1", "goes on"))
	p.end()
}

func TestPanicIsAnsweredWithoutItsValue(t *testing.T) {
	p := start(t, Config{Workers: 1})
	const fault = `,"error":{"code":-32603,"message":"internal error: the request met a bug in this server"}}`
	p.send(callLine("1", "panic", "{}"))
	p.want(`{"jsonrpc":"2.0","id":1` + fault)
	p.send(`{"jsonrpc":"2.0","id":"r","method":"resources/read","params":{"uri":"test://panic"}}`)
	p.want(`{"jsonrpc":"2.0","id":"r"` + fault)
	p.send(callLine("3", "echo", `{"text":"goes on"}`))
	p.want(textReply("3", "goes on"))
	p.end()
	if log := p.stderr.String(); strings.Contains(log, "secret") || strings.Count(log, "panic recovered") != 2 {
		t.Errorf("stderr:\n%s", log)
	}
}

func TestProgressComesBeforeItsReply(t *testing.T) {
	p := start(t, Config{})
	p.send(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`)
	p.next()
	const calls, steps = 400, 3
	p.send(repeat(calls, func(i int) string {
		return fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"progress","_meta":{"progressToken":%d}}}`, i+1, i+1)
	}))
	replied := map[int]bool{}
	notices := 0
	for _, line := range p.end() {
		var m struct {
			ID     int `json:"id"`
			Params struct {
				Token int `json:"progressToken"`
			} `json:"params"`
		}
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if m.ID != 0 {
			replied[m.ID] = true
			continue
		}
		notices++
		if replied[m.Params.Token] {
			t.Fatalf("after its reply: %s", line)
		}
	}
	if len(replied) != calls || notices == 0 { // mcp-go drops notifications when too many are under way
		t.Errorf("%d replies, %d notifications", len(replied), notices)
	}
	t.Logf("%d of %d notifications", notices, calls*steps)
}

func TestProgressTokensComeBackExactly(t *testing.T) {
	p := start(t, Config{})
	p.send(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`)
	p.next()
	for _, token := range []string{`7`, `"7"`, `9007199254740993`, `1.0`, `-1.5`, `"internal/progress/1"`} {
		p.send(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"progress","arguments":{"steps":2},"_meta":{"x":1,"progressToken":` + token + `}}}`)
		p.want(`{"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":0,"progressToken":`+token+`}}`,
			`{"jsonrpc":"2.0","method":"notifications/progress","params":{"progress":1,"progressToken":`+token+`}}`,
			textReply("1", "done"))
	}
	p.end()
}
