package wire

import (
	"bytes"
	"encoding/json"

	"mcp-taskdetails/internal/rawjson"

	"github.com/mark3labs/mcp-go/mcp"
)

// What a tool answers is JSON already, and twice: as structured content and as the text of it. encoding/json would pass
// over both several times, within the result and again within the message, which for an ordinary answer takes longer than
// all the rest of the protocol. So the results of the one form that tools and resources have here are put together round
// their parts; others are left to encoding/json.

// encode renders a result.
func encode(result any) (Line, error) {
	switch r := result.(type) {
	case *mcp.CallToolResult:
		if text, ok := onlyText(r); ok {
			return toolResult(r, text)
		}
	case mcp.ReadResourceResult:
		if l, ok := resourceResult(r); ok {
			return l, nil
		}
	}
	raw, err := marshal(result)
	return Line{}.json(raw), err
}

// onlyText returns the text of a result that has one plain text, and structured content only as JSON on one line.
func onlyText(r *mcp.CallToolResult) (string, bool) {
	structured := r.RawStructuredContent
	if len(r.Content) != 1 || r.StructuredContent != nil || r.RequestState != "" || len(r.InputRequests) > 0 ||
		len(structured) > 0 && (bytes.ContainsAny(structured, "\r\n") || !rawjson.Valid(structured)) {
		return "", false
	}
	text, ok := r.Content[0].(mcp.TextContent)
	return text.Text, ok && text.Type == mcp.ContentTypeText && text.Meta == nil && text.Annotations == nil
}

// toolResult keeps to the order of mcp-go.
func toolResult(r *mcp.CallToolResult, text string) (Line, error) {
	l := Line{}.jsonf("{")
	if r.Meta != nil {
		meta, err := marshal(r.Meta)
		if err != nil {
			return nil, err
		}
		l = l.jsonf(`"_meta":%s,`, meta)
	}
	l = l.jsonf(`"content":[{"type":"text","text":`).text(text).jsonf("}]")
	if r.IsError {
		l = l.jsonf(`,"isError":true`)
	}
	if r.ResultType != "" {
		l = l.jsonf(`,"resultType":`).text(string(r.ResultType))
	}
	if len(r.RawStructuredContent) > 0 {
		l = l.jsonf(`,"structuredContent":`).json(r.RawStructuredContent)
	}
	return l.jsonf("}"), nil
}

// resourceResult leaves an empty text to encoding/json, which writes it last, and puts the real one in its place. It
// reports false if the result is not one text.
func resourceResult(r mcp.ReadResourceResult) (Line, bool) {
	if len(r.Contents) != 1 {
		return nil, false
	}
	content, ok := r.Contents[0].(mcp.TextResourceContents)
	text := content.Text
	content.Text = ""
	r.Contents = []mcp.ResourceContents{content}
	shell, err := marshal(r)
	head, isLast := bytes.CutSuffix(shell, []byte(`""}]}`))
	return Line{}.json(head).text(text).jsonf("}]}"), ok && isLast && err == nil
}

// marshal is json.Marshal without the escapes for pages of HTML, which models would read.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
