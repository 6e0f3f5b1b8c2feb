package tools

import (
	"context"
	"encoding/json"
	"log/slog"
	"runtime/debug"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/schema"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// tool is one tool: what hosts list of it, and what answers a call.
type tool struct {
	name, title, description string
	input, output            []byte // their JSON Schemas, made of the two types below by the tests
	arguments, answers       any    // zero values of the types that document both
	largest                  int    // bytes that one copy of an answer takes on request; 0 is no more than any answer
	handle                   server.ToolHandlerFunc
}

// toolsOf are all tools. Whatever has to hold for a tool walks this list; hosts are given it by name.
func toolsOf(c Config) []tool {
	return []tool{
		getTaskDetails(c),
		explainError(c),
		checkRequest(c),
		triageTasks(c),
		compareTasks(c),
	}
}

// definition is a literal: mcp.NewTool presets an input schema that contradicts a raw one. Every tool only reads.
func (t tool) definition() mcp.Tool {
	return mcp.Tool{
		Name:            t.name,
		Title:           t.title,
		Description:     t.description,
		RawInputSchema:  t.input,
		RawOutputSchema: t.output,
		Meta:            sizeHint(t.largest),
		Annotations: mcp.ToolAnnotation{
			Title:           t.title,
			ReadOnlyHint:    new(true),
			DestructiveHint: new(false),
			IdempotentHint:  new(true),
			OpenWorldHint:   new(true),
		},
	}
}

// sizeHint asks for room for both copies of the largest answer. Claude Code reads it in tools/list, and keeps a result of
// that size in the conversation (code.claude.com/docs/en/mcp, "Raise the limit for a specific tool").
func sizeHint(largest int) *mcp.Meta {
	if largest == 0 {
		return nil
	}
	return &mcp.Meta{AdditionalFields: map[string]any{"anthropic/maxResultSizeChars": 2 * largest}}
}

// answer is what a tool answers with: a type of package schema.
type answer interface {
	// Missed reports whether the call brought nothing of what was asked for: the tool's result is an error.
	Missed() bool
}

// work is what one tool does. A are its arguments, read; R is its answer.
type work[A any, R answer] struct {
	parse func(raw []byte) (A, *argError)
	about func(args A) string // the task id that a call is about; nil where it is about none
	run   func(ctx context.Context, args A) R
	// watched is run for work that takes its time: it tells how far it is, to who wants to know. One of the two is nil.
	watched func(ctx context.Context, args A, tell progress) R
	// refused makes the tool's own answer of why a call is not answered: wrong arguments, or a fault of this program.
	refused func(why schema.TaskReport) R
}

// handler answers calls, whatever happens: a handler that returned a Go error would become one of the protocol.
func handler[A any, R answer](c Config, w work[A, R]) server.ToolHandlerFunc {
	return func(ctx context.Context, call mcp.CallToolRequest) (result *mcp.CallToolResult, _ error) {
		var args A
		id := func() string {
			if w.about == nil {
				return ""
			}
			return w.about(args)
		}
		defer func() {
			if r := recover(); r != nil {
				c.Logger.Error("a tool panicked", slog.String("tool", call.Params.Name), slog.String("stack", string(debug.Stack())))
				result = resultOf(w.refused(inspect.Broken(id())))
			}
		}()
		args, wrong := w.parse(rawArguments(call))
		if wrong != nil {
			return resultOf(w.refused(c.Refuse(id(), wrong.summary, wrong.fix))), nil
		}
		if w.watched != nil {
			return resultOf(w.watched(ctx, args, progressOf(ctx, call))), nil
		}
		return resultOf(w.run(ctx, args)), nil
	}
}

// resultOf says the same twice: some hosts show models the structured content, some the text.
func resultOf(a answer) *mcp.CallToolResult {
	text, structured := present.Marshal(a)
	return &mcp.CallToolResult{
		Content:              []mcp.Content{mcp.TextContent{Type: mcp.ContentTypeText, Text: string(text)}},
		RawStructuredContent: structured,
		IsError:              a.Missed(),
	}
}

// rawArguments are the arguments as they came over the wire; a call made in this process has only their Go form.
func rawArguments(call mcp.CallToolRequest) []byte {
	if len(call.Params.RawArguments) > 0 {
		return call.Params.RawArguments
	}
	raw, err := json.Marshal(call.Params.Arguments)
	if err != nil {
		return nil
	}
	return raw
}
