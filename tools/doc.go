// Package tools is the MCP side of the program: one file a tool, each with its definition, its arguments and its answer.
//
// A handler never returns a Go error and never asks mcp-go to judge arguments: whatever happens becomes a report that a
// model can read, as docs/design.md §4 has it. The JSON Schemas of arguments and answers are generated from Go types by
// the tests and embedded as files, so that starting up reflects nothing. Start with [NewServer].
package tools
