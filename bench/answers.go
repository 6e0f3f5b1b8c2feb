package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"mcp-taskdetails/internal/rawjson"
)

// size is what one answer puts into a context.
type size struct {
	Bytes  int `json:"bytes"`
	Tokens int `json:"tokens"`
	Line   int `json:"line"` // bytes over the pipe: text and structured content, and the message around them
}

// cost is what a recorded task costs an agent.
type cost struct {
	Task      string `json:"task"`
	Status    string `json:"status"`
	Findings  int    `json:"findings"`
	Original  int    `json:"original"` // bytes of request and response, compact
	Full      size   `json:"full"`
	Diagnosis size   `json:"diagnosis"`
}

func answers(ctx context.Context, a *api, p program) ([]cost, error) {
	proc, _, err := start(ctx, a, p)
	if err != nil {
		return nil, err
	}
	var costs []cost
	for number, kind := range a.kinds {
		c := cost{Task: kind.name, Original: kind.original}
		for detail, into := range map[string]*size{"full": &c.Full, "diagnosis": &c.Diagnosis} {
			r, _ := proc.call(a.id(number), `,"detail":"`+detail+`"`)
			if r.err != nil {
				return nil, r.err
			}
			text, err := shown(r)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", kind.name, err)
			}
			*into = size{Bytes: len(text), Tokens: tokens(text), Line: r.bytes}
			status, _ := rawjson.Member([]byte(text), "status")
			c.Status, _ = rawjson.Text(status)
			findings, _ := rawjson.Resolve([]byte(text), "/diagnosis/findings")
			c.Findings = rawjson.Len(findings)
		}
		costs = append(costs, c)
	}
	return costs, proc.stop()
}

// shown is the text block of an answer.
func shown(r answer) (string, error) {
	var reply struct {
		Result struct {
			Content []struct {
				Text string `json:"text"`
			} `json:"content"`
		} `json:"result"`
	}
	if err := json.Unmarshal(r.line, &reply); err != nil {
		return "", err
	}
	if len(reply.Result.Content) != 1 {
		return "", fmt.Errorf("not one block of text: %.200s", r.line)
	}
	return reply.Result.Content[0].Text, nil
}

// asked is how many API requests so many lookups became.
type asked struct {
	Identical int64 `json:"identical"` // 16 in flight for one pending task, which is never kept
	Kept      int64 `json:"kept"`      // 16 in a row for one failed task, which is
	Different int64 `json:"different"` // 16 in flight for as many tasks
}

const lookups = 16

func requests(ctx context.Context, a *api, p program) (n asked, err error) {
	proc, _, err := start(ctx, a, p)
	if err != nil {
		return n, err
	}
	pending, failed := a.named("async-acknowledged"), a.named("documentation-reference-images")
	same, again := a.id(pending), a.id(failed)
	proc.call(a.id(failed), "")

	a.latency.Store(int64(time.Second)) // long enough for all of them to arrive
	n.Identical, err = counted(&a.requests, proc, func(int) string { return same }, lookups)
	a.latency.Store(0)
	if err != nil {
		return n, err
	}
	n.Kept, err = counted(&a.requests, proc, func(int) string { return again }, 1)
	if err != nil {
		return n, err
	}
	n.Different, err = counted(&a.requests, proc, func(int) string { return a.id(failed) }, lookups)
	if err != nil {
		return n, err
	}
	return n, proc.stop()
}

// counted makes the lookups, so many in flight, and returns how many requests reached the API.
func counted(requests *atomic.Int64, proc *process, id func(int) string, inFlight int) (int64, error) {
	began := requests.Load()
	for at := 0; at < lookups; at += inFlight {
		var open []<-chan answer
		for i := range inFlight {
			waiting, _ := proc.send("tools/call", toolCall(id(at+i), ""))
			open = append(open, waiting)
		}
		for _, waiting := range open {
			if r := <-waiting; r.err != nil {
				return 0, r.err
			}
		}
	}
	return requests.Load() - began, nil
}
