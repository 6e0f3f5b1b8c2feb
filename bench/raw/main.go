// Command raw is the least that any program could do for this job, without an MCP library: a loop over JSON-RPC lines, a
// goroutine and one POST a call, the reply's body as text and as structured content. It checks nothing and knows no
// revision of the protocol. Nobody should use it; package bench runs it.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
)

func main() {
	s := &server{
		url: os.Getenv("RUNWARE_API_URL"), key: os.Getenv("RUNWARE_API_KEY"), //nolint:forbidigo // this is a main
		out:  os.Stdout, //nolint:forbidigo // this is a main
		http: http.Client{Transport: &http.Transport{MaxIdleConns: 128, MaxIdleConnsPerHost: 128}},
	}
	if err := s.serve(os.Stdin); err != nil { //nolint:forbidigo // this is a main
		fmt.Fprintln(os.Stderr, "raw:", err)
		os.Exit(1) //nolint:forbidigo // this is a main
	}
}

type server struct {
	url, key string
	http     http.Client
	mu       sync.Mutex
	out      io.Writer
}

type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params struct {
		Arguments struct {
			TaskUUID string `json:"taskUUID"`
		} `json:"arguments"`
	} `json:"params"`
}

const (
	initialized = `{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"raw","version":"0"}}`
	listed      = `{"tools":[{"name":"get_task_details","inputSchema":{"type":"object","properties":{"taskUUID":{"type":"string"}}}}]}`
)

func (s *server) serve(in io.Reader) error {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var m message
		if err := json.Unmarshal(line, &m); err != nil {
			return err
		}
		switch m.Method {
		case "initialize":
			s.reply(m.ID, []byte(initialized))
		case "tools/list":
			s.reply(m.ID, []byte(listed))
		case "tools/call":
			go func() { s.reply(m.ID, s.call(m.Params.Arguments.TaskUUID)) }()
		}
	}
}

func (s *server) reply(id, result []byte) {
	line := make([]byte, 0, len(result)+64)
	line = append(append(append(line, `{"jsonrpc":"2.0","id":`...), id...), `,"result":`...)
	line = append(append(line, result...), "}\n"...)
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = s.out.Write(line)
}

func (s *server) call(id string) []byte {
	body, err := s.ask(id)
	if err != nil {
		return fmt.Appendf(nil, `{"isError":true,"content":[{"type":"text","text":%q}]}`, err)
	}
	text, _ := json.Marshal(string(body)) // a string never fails
	body = bytes.TrimSpace(body)
	result := make([]byte, 0, len(text)+len(body)+64)
	result = append(append(result, `{"content":[{"type":"text","text":`...), text...)
	return append(append(append(result, `}],"structuredContent":`...), body...), '}')
}

func (s *server) ask(id string) ([]byte, error) {
	question := strings.NewReader(`[{"taskType":"getTaskDetails","taskUUID":"` + id + `"}]`)
	req, err := http.NewRequest(http.MethodPost, s.url, question) //nolint:noctx // the floor cancels nothing
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+s.key)
	resp, err := s.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}
