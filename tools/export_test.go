package tools

import "github.com/mark3labs/mcp-go/mcp"

// Documented is what the schemas of a tool are made of: zero values of the types of its arguments and its answers.
type Documented struct {
	Name               string
	Arguments, Answers any
}

// All lists every tool.
func All() []Documented {
	var all []Documented
	for _, t := range toolsOf(Config{}) {
		all = append(all, Documented{t.name, t.arguments, t.answers})
	}
	return all
}

// Definitions are the tools as they are listed.
func Definitions() []mcp.Tool {
	var all []mcp.Tool
	for _, t := range toolsOf(Config{}) {
		all = append(all, t.definition())
	}
	return all
}
