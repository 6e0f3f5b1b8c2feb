package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// score is what was right about one case, or about several together.
type score struct{ cases, tool, arguments, next int }

// judge compares what a model did with what the case asks for. The tool counts that was called first; arguments count of
// any call of the right tool, since agents mend their own.
func judge(c evalCase, seen conversation) score {
	s := score{cases: 1}
	if len(seen.calls) > 0 && seen.calls[0].tool == c.Tool {
		s.tool = 1
	}
	for _, call := range seen.calls {
		if call.tool == c.Tool && c.held(call.arguments) {
			s.arguments = 1
		}
	}
	if said(seen.answer) == c.Next {
		s.next = 1
	}
	return s
}

// held tells whether arguments hold what they must.
func (c evalCase) held(raw string) bool {
	var arguments map[string]json.RawMessage
	if json.Unmarshal([]byte(raw), &arguments) != nil {
		return false
	}
	for name, texts := range c.Holds {
		value := string(arguments[name])
		if name == "*" {
			value = raw
		}
		for _, text := range texts {
			if !strings.Contains(strings.ToLower(value), strings.ToLower(text)) {
				return false
			}
		}
	}
	return true
}

// scores prints each case as it is judged, and the sums at the end.
type scores struct {
	out   io.Writer
	tools []string
	sums  map[string]score
}

func newScores(out io.Writer) *scores { return &scores{out: out, sums: map[string]score{}} }

func (s *scores) add(c evalCase, seen conversation) error {
	one := judge(c, seen)
	sum, known := s.sums[c.Tool]
	if !known {
		s.tools = append(s.tools, c.Tool)
	}
	s.sums[c.Tool] = sum.plus(one)
	if one.tool+one.arguments+one.next == 3 {
		_, err := fmt.Fprintf(s.out, "ok    %s\n", c.name())
		return err
	}
	var calls []string
	for _, call := range seen.calls {
		calls = append(calls, call.tool)
	}
	_, err := fmt.Fprintf(s.out, "wrong %s: tool %d, arguments %d, next %d; it called [%s] and said %q where %s was right\n",
		c.name(), one.tool, one.arguments, one.next, strings.Join(calls, " "), string(said(seen.answer)), c.Next)
	return err
}

func (s score) plus(o score) score {
	return score{s.cases + o.cases, s.tool + o.tool, s.arguments + o.arguments, s.next + o.next}
}

// end prints the sums.
func (s *scores) end() error {
	var all score
	_, err := fmt.Fprintf(s.out, "\n%-18s %5s %5s %9s %5s\n", "", "cases", "tool", "arguments", "next")
	for _, tool := range s.tools {
		if err == nil {
			err = s.line(tool, s.sums[tool])
		}
		all = all.plus(s.sums[tool])
	}
	if err == nil {
		err = s.line("all", all)
	}
	return err
}

func (s *scores) line(name string, of score) error {
	_, err := fmt.Fprintf(s.out, "%-18s %5d %5d %9d %5d\n", name, of.cases, of.tool, of.arguments, of.next)
	return err
}
