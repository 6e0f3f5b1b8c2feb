package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/sashabaranov/go-openai"
)

// maxTurns is how many answers of the model one question may take, and answerTime how long each.
const (
	maxTurns   = 6
	answerTime = 2 * time.Minute
)

// model is the endpoint that is tried.
type model struct {
	client *openai.Client
	name   string
}

func newModel(url, key, name string) *model {
	c := openai.DefaultConfig(key)
	c.BaseURL = url
	c.HTTPClient = &http.Client{Timeout: answerTime}
	return &model{openai.NewClientWithConfig(c), name}
}

// called is a tool call that a model made.
type called struct {
	tool      string
	arguments string // JSON, as the model wrote it
}

// conversation is what a model did about a question.
type conversation struct {
	calls  []called
	answer string // empty where it never stopped calling
}

// functions are the tools as the protocol has them.
func (p *program) functions() []openai.Tool {
	var all []openai.Tool
	for _, t := range p.tools {
		all = append(all, openai.Tool{Type: openai.ToolTypeFunction, Function: &openai.FunctionDefinition{
			Name: t.Name, Description: t.Description, Parameters: t.InputSchema,
		}})
	}
	return all
}

// ask puts a question and answers the model's calls until it says something itself.
func (m *model) ask(ctx context.Context, p *program, question string) (conversation, error) {
	var seen conversation
	messages := []openai.ChatCompletionMessage{
		{Role: openai.ChatMessageRoleSystem, Content: rules},
		{Role: openai.ChatMessageRoleUser, Content: question},
	}
	for range maxTurns {
		reply, err := m.client.CreateChatCompletion(ctx, openai.ChatCompletionRequest{Model: m.name, Messages: messages, Tools: p.functions()})
		if err != nil {
			return seen, fmt.Errorf("model: %w", err)
		}
		if len(reply.Choices) == 0 {
			return seen, errors.New("model: the reply has no choices: is this an endpoint for chat completions?")
		}
		message := reply.Choices[0].Message
		if len(message.ToolCalls) == 0 {
			seen.answer = message.Content
			return seen, nil
		}
		messages = append(messages, message)
		for _, call := range message.ToolCalls {
			seen.calls = append(seen.calls, called{call.Function.Name, call.Function.Arguments})
			text, err := m.result(ctx, p, call.Function)
			if err != nil {
				return seen, err
			}
			messages = append(messages, openai.ChatCompletionMessage{Role: openai.ChatMessageRoleTool, ToolCallID: call.ID, Content: text})
		}
	}
	return seen, nil
}

// result answers one call. What a model does wrong is told to it, and is no fault of the run.
func (m *model) result(ctx context.Context, p *program, f openai.FunctionCall) (string, error) {
	arguments := json.RawMessage(f.Arguments)
	if f.Arguments == "" {
		arguments = json.RawMessage("{}")
	}
	if !json.Valid(arguments) {
		return "error: the arguments are not valid JSON", nil
	}
	text, err := p.call(ctx, f.Name, arguments)
	if errors.Is(err, errNoTool) {
		return "error: " + err.Error(), nil
	}
	return text, err
}
