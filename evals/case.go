package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"mcp-taskdetails/schema"
)

// evalCase is a line of tasks.jsonl: what somebody asks an agent about a recorded failure, and what a good agent does.
type evalCase struct {
	Failure   string              `json:"failure"` // the recorded failure, by name
	Tool      string              `json:"tool"`
	Question  string              `json:"question"`
	Arguments map[string]any      `json:"arguments"` // a call that answers the question
	Holds     map[string][]string `json:"holds"`     // what the arguments of any good call hold, in whatever form; under *, in any of them
	Next      move                `json:"next"`
}

func (c evalCase) name() string { return c.Tool + "/" + c.Failure }

func (c evalCase) named(part string) bool { return strings.Contains(c.name(), part) }

// readCases reads the lines of a script.
func readCases(lines []byte) ([]evalCase, error) {
	dec := json.NewDecoder(bytes.NewReader(lines))
	dec.DisallowUnknownFields()
	var all []evalCase
	for {
		var c evalCase
		err := dec.Decode(&c)
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("case %d: read: %w", len(all)+1, err)
		}
		all = append(all, c)
	}
}

// move is what an agent does next, in one word. It ends its answer with it.
type move string

// The moves. The zero value is no move that is known.
const (
	moveSend    move = "send_as_is"
	moveWait    move = "wait_then_send"
	movePatch   move = "patch_then_send"
	moveAsk     move = "ask_user"
	moveLook    move = "look_again_first"
	moveNothing move = "nothing"
)

// moveOf is what follows from what a diagnosis says of sending again.
func moveOf(retry schema.Retry) move {
	switch retry {
	case schema.RetryAsIs:
		return moveSend
	case schema.RetryAfterWait:
		return moveWait
	case schema.RetryAfterPatch:
		return movePatch
	case schema.RetryAfterDecision:
		return moveAsk
	case schema.RetryCheckFirst:
		return moveLook
	case schema.RetryNo:
		return moveNothing
	}
	return ""
}

// rules is what a model is told before the question. It says nothing of the tools: their descriptions have to do.
const rules = `You help with failed calls of a media generation API. Use the tools; do not guess what they can tell. Then answer in
a sentence or two, and end with a line of its own, "NEXT: " and one of these words:
send_as_is (the request may be sent now as it is), wait_then_send (after a pause), patch_then_send (after applying a patch that
you have), ask_user (somebody must decide, pay or reword first), look_again_first (it may still be running and billed),
nothing (there is nothing to send).`

// said finds the move that an answer ends with.
func said(answer string) move {
	at := strings.LastIndex(answer, "NEXT:")
	if at < 0 {
		return ""
	}
	word, _, _ := strings.Cut(strings.TrimSpace(answer[at+len("NEXT:"):]), "\n")
	return move(strings.Trim(word, " .`*\""))
}
