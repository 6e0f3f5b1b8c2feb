package stdio

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func wantEach(t *testing.T, lines []string, n int) {
	t.Helper()
	count := ids(t, lines)
	for i := range n {
		if got := count[strconv.Itoa(i)]; got != 1 {
			t.Fatalf("%d replies for id %d, of %d in all", got, i, len(lines))
		}
	}
	if len(lines) != n {
		t.Fatalf("%d lines for %d calls", len(lines), n)
	}
}

func TestEndOfInputWaitsForEveryAnswer(t *testing.T) {
	p := start(t, Config{})
	const n = 600
	p.send(repeat(n, func(i int) string { return callLine(strconv.Itoa(i), "slow", `{"ms":20}`) }))
	wantEach(t, p.end(), n)
}

func TestEndOfInputIsBounded(t *testing.T) {
	p := start(t, Config{Drain: 300 * time.Millisecond})
	p.send(callLine("1", "stubborn", "{}"), callLine("2", "block", "{}"), callLine("3", "echo", "{}"))
	count := ids(t, p.end())
	if count["1"] != 1 || count["2"] != 1 || count["3"] != 1 || len(count) != 3 {
		t.Errorf("got %v", count)
	}
}

func TestEndOfInputDoesNotWaitForCancelledCalls(t *testing.T) {
	p := start(t, Config{})
	p.send(callLine("1", "stubborn", "{}"), callLine("2", "echo", "{}"), cancelOf("1"))
	if rest := p.end(); len(rest) != 1 || rest[0] != textReply("2", "") {
		t.Errorf("got %q", rest)
	}
}

func TestNothingAtAll(t *testing.T) {
	if rest := start(t, Config{}).end(); len(rest) > 0 {
		t.Errorf("got %q", rest)
	}
}

func Test64CallsRunAtOnce(t *testing.T) {
	p := start(t, Config{})
	p.send(repeat(64, func(i int) string { return callLine(strconv.Itoa(i), "party", "{}") })) // each waits for all
	wantEach(t, p.end(), 64)
}

func TestBurstBeyondTheQueue(t *testing.T) {
	p := start(t, Config{Queue: 500})
	const n = 20_000
	go p.stream(repeat(n, func(i int) string { return callLine(strconv.Itoa(i), "slow", "{}") }))
	var lines []string
	for range n {
		lines = append(lines, p.next())
	}
	wantEach(t, append(lines, p.end()...), n)
}

func TestSignalsEndTheProcess(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		for name, calls := range map[string][]string{
			"idle":      nil,
			"in flight": {callLine("1", "block", "{}"), callLine("2", "block", "{}")},
			"stubborn":  {callLine("1", "stubborn", "{}"), callLine("2", "block", "{}")},
		} {
			t.Run(signal.String()+" "+name, func(t *testing.T) {
				t.Parallel()
				p := start(t, Config{})
				p.send(append(calls, pingLine("0"))...)
				p.want(pong("0"))
				sent := time.Now()
				if err := p.cmd.Process.Signal(signal); err != nil {
					t.Fatal(err)
				}
				for range p.lines { // until stdout ends; stdin stays open
				}
				p.exited()
				if took := time.Since(sent); took > 5*time.Second {
					t.Errorf("it took %s", took)
				}
			})
		}
	}
}

func TestSignalWhileNobodyReadsStdout(t *testing.T) {
	p := launch(t, Config{})
	text := strings.Repeat("x", 64<<10)
	p.send(repeat(8, func(i int) string { return callLine(strconv.Itoa(i), "echo", `{"text":"`+text+`"}`) }))
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.exited()
}

func TestEndOfInputWhileNobodyReadsStdout(t *testing.T) {
	p := launch(t, Config{Drain: 200 * time.Millisecond})
	text := strings.Repeat("x", 64<<10)
	p.send(repeat(8, func(i int) string { return callLine(strconv.Itoa(i), "echo", `{"text":"`+text+`"}`) }))
	if err := p.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	p.exited()
}

func TestClosedStdoutEndsTheProcess(t *testing.T) {
	p := launch(t, Config{})
	if err := p.stdout.Close(); err != nil {
		t.Fatal(err)
	}
	p.send(callLine("1", "block", "{}"), pingLine("2"))
	p.exited()
}

func TestReadErrorIsReported(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	defer out.Close()
	if err := Serve(t.Context(), newServer(), out, out, Config{}); err == nil { // the write end cannot be read
		t.Error("no error")
	}
}

func TestUnreadStderrNeverBlocks(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	defer out.Close()
	w, flush := NonBlocking(out)
	line := []byte(strings.Repeat("x", 1000) + "\n")
	for range 10_000 {
		if n, err := w.Write(line); n != len(line) || err != nil {
			t.Fatal(n, err)
		}
	}
	flush()
	flush()
	if _, err := w.Write(line); err != nil {
		t.Fatal(err)
	}
}

func TestFlushWritesEverything(t *testing.T) {
	var got lockedBuffer
	w, flush := NonBlocking(&got)
	want := strings.Repeat("line\n", 100)
	for range 100 {
		if _, err := w.Write([]byte("line\n")); err != nil {
			t.Fatal(err)
		}
	}
	flush()
	if got.String() != want {
		t.Errorf("got %q", got.String())
	}
}

func TestDroppedLinesAreCounted(t *testing.T) {
	slow := &gate{open: make(chan struct{})}
	w, flush := NonBlocking(slow)
	for range 2 * backlog {
		_, _ = w.Write([]byte("line\n"))
	}
	close(slow.open)
	flush()
	got := slow.String()
	if lines := strings.Count(got, "line\n"); lines < backlog || lines > backlog+1 || !strings.Contains(got, " log lines dropped: nobody read them\n") {
		t.Errorf("%d lines, %.100q", lines, got)
	}
}

// gate is a pipe whose reader comes late.
type gate struct {
	lockedBuffer
	open chan struct{}
}

func (g *gate) Write(p []byte) (int, error) {
	<-g.open
	return g.lockedBuffer.Write(p)
}

// What mcp-go says in either era of the protocol arrives as mcp-go's own stdio server says it.
func TestBothProtocolErasPassUnchanged(t *testing.T) {
	const meta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}`
	for era, session := range map[string][]string{
		"2025-11-25": {
			`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`,
			`{"jsonrpc":"2.0","method":"notifications/initialized"}` + "\n" + pingLine("2"),
			`{"jsonrpc":"2.0","id":3,"method":"tools/list"}`,
			`{"jsonrpc":"2.0","id":4,"method":"tools/list","params":{"cursor":"x"}}`,
			`{"jsonrpc":"2.0","id":5,"method":"resources/read","params":{"uri":"test://none"}}`,
			`{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"none"}}`,
			`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":null}`,
			`{"jsonrpc":"2.0","id":8,"method":"server/discover"}`,
			callLine("9", "echo", `{"text":"<b> & \u2028 ü"}`),
		},
		"2026-07-28": {
			`{"jsonrpc":"2.0","id":"d","method":"server/discover","params":{` + meta + `}}`,
			`{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{` + meta + `}}`,
			`{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","arguments":{"text":"x"},` + meta + `}}`,
			`{"jsonrpc":"2.0","id":3,"method":"ping","params":{` + meta + `}}`,
		},
	} {
		t.Run(era, func(t *testing.T) {
			ours, stock := start(t, Config{}), start(t, Config{Queue: stockQueue})
			for _, line := range session {
				ours.send(line)
				stock.send(line)
				got, want := ours.next(), string(unescapeHTML([]byte(stock.next())))
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-stock +ours):\n%s", line, diff)
				}
				if !strings.Contains(got, era) && line == session[0] {
					t.Errorf("not of this era: %s", got)
				}
			}
		})
	}
	p := start(t, Config{})
	p.send(`{"jsonrpc":"2.0","id":"s","method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},` + meta + `}}`)
	p.want(`{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"s"},"notifications":{}}}`,
		`{"jsonrpc":"2.0","id":"s","result":{"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"test","version":"1"},"io.modelcontextprotocol/subscriptionId":"s"},"resultType":"complete"}}`)
	p.end()
}

// What mcp-go cannot decode, it says in the types of Go; a client is told in those of JSON, and where.
func TestMisfitsAreSaidInWordsOfMCP(t *testing.T) {
	p := start(t, Config{})
	const schema = "; the schema of MCP for tools/call says what is"
	for params, text := range map[string]string{
		`[]`:                                  "`params` holds a value that is not accepted there (array)" + schema,
		`"x"`:                                 "`params` holds a value that is not accepted there (string)" + schema,
		`{"name":7}`:                          "`params.name` holds a value that is not accepted there (number)" + schema,
		`{"name":"echo","_meta":true}`:        "`params._meta` holds a value that is not accepted there (bool)" + schema,
		`{"name":"echo","task":{"ttl":""}}`:   "`params.task.ttl` holds a value that is not accepted there (string)" + schema,
		`{"name":"echo","arguments":[1e400]}`: "`params` holds the number 1e400; numbers within the range of 64-bit floats are accepted",
	} {
		p.send(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":` + params + `}`)
		p.want(`{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"invalid params: ` + text + `"}}`)
	}
	p.end()
}

func TestRefusedRequestsAreAnswered(t *testing.T) {
	in := strings.NewReader(pingLine("1") + "\n" + callLine("9007199254740993", "echo", "{}") + "\n" + pingLine("2"))
	var out lockedBuffer
	refuse := func(method string, params []byte) (int, string) {
		if method == "tools/call" && len(params) > 0 {
			return -32602, "no <such> \"tool\""
		}
		return 0, ""
	}
	if err := Serve(t.Context(), newServer(), in, &out, Config{Refuse: refuse}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if count := ids(t, lines); len(lines) != 3 || count["1"] != 1 || count["2"] != 1 ||
		!slices.Contains(lines, `{"jsonrpc":"2.0","id":9007199254740993,"error":{"code":-32602,"message":"no <such> \"tool\""}}`) {
		t.Errorf("got %q", lines)
	}
}

func TestTooDeepIsNamed(t *testing.T) {
	p := start(t, Config{})
	for _, deep := range []string{strings.Repeat("[", 20_000), strings.Repeat(`{"a":`, 10_001) + "1" + strings.Repeat("}", 10_001)} {
		p.send(callLine("1", "echo", deep))
		p.want(`{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error: the line is nested more than 10000 levels deep"}}`)
	}
	p.send(callLine("2", "echo", `{"text":"x","a":`+strings.Repeat("[", 9000)+strings.Repeat("]", 9000)+`}`))
	p.want(textReply("2", "x"))
	p.end()
}

// However much comes in with it, initialize is answered before what came after it.
func TestInitializeIsAnsweredFirst(t *testing.T) {
	for range 20 {
		p := start(t, Config{})
		p.send(`{"jsonrpc":"2.0","id":"i","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`,
			`{"jsonrpc":"2.0","method":"notifications/initialized"}`, pingLine("1"), `{"jsonrpc":"2.0","id":2,"method":"tools/list"}`, callLine("3", "echo", "{}"))
		lines := p.end()
		if len(lines) != 4 || !strings.HasPrefix(lines[0], `{"jsonrpc":"2.0","id":"i","result"`) {
			t.Fatalf("got %q", lines)
		}
	}
}
