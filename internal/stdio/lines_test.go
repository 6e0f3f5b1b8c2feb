package stdio

import (
	"strings"
	"testing"
)

const (
	notJSON = `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error: the line is not valid JSON"}}`
	notUTF8 = `{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error: the line is not valid UTF-8"}}`
)

func invalid(id, text string) string {
	return `{"jsonrpc":"2.0","id":` + id + `,"error":{"code":-32600,"message":"invalid request: ` + text + `"}}`
}

func TestLines(t *testing.T) {
	const tooLong = "the line is longer than 200 bytes; it was skipped"
	long := strings.Repeat("x", 300)
	for name, test := range map[string]struct {
		in   string // the bytes of one or more lines
		want []string
	}{
		"blank lines":               {"\n \n\t\r\n\n", nil},
		"byte order mark":           {"\uFEFF" + pingLine("1") + "\n", []string{pong("1")}},
		"only a byte order mark":    {"\uFEFF\n", nil},
		"CRLF":                      {pingLine("1") + "\r\n", []string{pong("1")}},
		"space around":              {"  " + pingLine("1") + "\t \n", []string{pong("1")}},
		"garbage":                   {"hello\n", []string{notJSON}},
		"two messages in a line":    {pingLine("1") + pingLine("2") + "\n", []string{notJSON}},
		"half a message":            {`{"jsonrpc":"2.0","id":1,` + "\n", []string{notJSON}},
		"NUL":                       {"\x00\n", []string{notJSON}},
		"NUL inside a string":       {"{\"jsonrpc\":\"2.0\",\"id\":\"a\x00\",\"method\":\"ping\"}\n", []string{notJSON}},
		"not UTF-8":                 {"{\"jsonrpc\":\"2.0\",\"id\":\"a\xff\",\"method\":\"ping\"}\n", []string{notUTF8}},
		"UTF-16":                    {"\xff\xfe{\x00\n", []string{notUTF8}},
		"a batch":                   {"[" + pingLine("1") + "," + pingLine("2") + "]\n", []string{invalid("null", "batches are not supported; send one request a line")}},
		"an empty batch":            {"[]\n", []string{invalid("null", "batches are not supported; send one request a line")}},
		"a number":                  {"7\n", []string{invalid("null", "a line must hold one JSON object")}},
		"null":                      {"null\n", []string{invalid("null", "a line must hold one JSON object")}},
		"an empty object":           {"{}\n", []string{invalid("null", "`jsonrpc` must be \\\"2.0\\\"")}},
		"the wrong version":         {`{"jsonrpc":"1.0","id":1,"method":"ping"}` + "\n", []string{invalid("1", "`jsonrpc` must be \\\"2.0\\\"")}},
		"no method":                 {`{"jsonrpc":"2.0","id":1}` + "\n", []string{invalid("1", "`method` must be a string")}},
		"the method is no string":   {`{"jsonrpc":"2.0","id":"1","method":7}` + "\n", []string{invalid(`"1"`, "`method` must be a string")}},
		"null as id":                {`{"jsonrpc":"2.0","id":null,"method":"ping"}` + "\n", []string{invalid("null", "`id` must be a string or a number")}},
		"an object as id":           {`{"jsonrpc":"2.0","id":{},"method":"ping"}` + "\n", []string{invalid("null", "`id` must be a string or a number")}},
		"two ids: the last counts":  {`{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}` + "\n", []string{pong("2")}},
		"another spelling of id":    {`{"jsonrpc":"2.0","id":1,"ID":77,"Id":78,"method":"ping"}` + "\n", []string{pong("1")}},
		"unknown members":           {`{"jsonrpc":"2.0","id":1,"method":"ping","x":[1],"result":{}}` + "\n", []string{pong("1")}},
		"unknown method":            {`{"jsonrpc":"2.0","id":1,"method":"x"}` + "\n", []string{`{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method x not found"}}`}},
		"a response":                {`{"jsonrpc":"2.0","id":1,"result":{}}` + "\n", nil},
		"an error response":         {`{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}}` + "\n", nil},
		"unknown notification":      {`{"jsonrpc":"2.0","method":"notifications/x"}` + "\n", nil},
		"notification of bad shape": {`{"jsonrpc":"2.0","method":"notifications/x","params":[1]}` + "\n", nil},
		"longest line allowed":      {pingLine("1") + strings.Repeat(" ", 200-len(pingLine("1"))) + "\r\n", []string{pong("1")}},
		"one byte too long":         {pingLine("1") + strings.Repeat(" ", 201-len(pingLine("1"))) + "\n", []string{invalid("1", tooLong)}},
		"too long, id first":        {`{"jsonrpc":"2.0","id":"a","method":"ping","params":{"x":"` + long + `"}}` + "\n", []string{invalid(`"a"`, tooLong)}},
		"too long, id last":         {`{"jsonrpc":"2.0","method":"ping","params":{"x":"` + long + `"},"id":"a"}` + "\n", []string{invalid("null", tooLong)}},
		"too long, id too long":     {`{"jsonrpc":"2.0","id":"` + long + `","method":"ping"}` + "\n", []string{invalid("null", tooLong)}},
		"too long and blank":        {strings.Repeat(" ", 300) + "\n", []string{invalid("null", tooLong)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, Config{MaxLine: 200})
			if _, err := p.stdin.Write([]byte(test.in)); err != nil {
				t.Fatal(err)
			}
			p.want(test.want...)
			p.send(pingLine(`"next"`))
			p.want(pong(`"next"`))
			if rest := p.end(); len(rest) > 0 {
				t.Errorf("one reply too many: %q", rest)
			}
		})
	}
}

func TestLastLineWithoutLineEnd(t *testing.T) {
	p := start(t, Config{})
	if _, err := p.stdin.Write([]byte(pingLine("1"))); err != nil {
		t.Fatal(err)
	}
	if rest := p.end(); len(rest) != 1 || rest[0] != pong("1") {
		t.Errorf("got %q", rest)
	}
}

func TestLineCapIsNotBuffered(t *testing.T) {
	p := start(t, Config{})
	before := p.stats()
	chunk := strings.Repeat("x", 1<<20)
	for range 64 {
		if _, err := p.stdin.Write([]byte(chunk)); err != nil {
			t.Fatal(err)
		}
	}
	p.want(invalid("null", "the line is longer than 4194304 bytes; it was skipped")) // before the line has ended
	p.send("", pingLine("1"))
	p.want(pong("1"))
	if after := p.stats(); after.Heap > before.Heap+2<<20 {
		t.Errorf("heap went from %d to %d", before.Heap, after.Heap)
	}
	p.end()
}
