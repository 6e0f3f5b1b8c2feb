package tools

import (
	"context"
	"encoding/json"
	"log/slog"
	"runtime/debug"
	"strings"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"

	"github.com/mark3labs/mcp-go/mcp"
)

const (
	resourceRoot = "runware://tasks/"
	resourceMIME = "application/json"
)

// Originals returns a task whole, with its secrets masked; ok is false when there is only a report of why not.
// inspect.Inspector is one.
type Originals interface {
	Originals(ctx context.Context, id string) (original schema.Task, report schema.TaskReport, ok bool)
}

// taskResource reads a whole task: no value left out for its size, and no diagnosis.
type taskResource struct {
	originals Originals
	refuse    Refuse
	logger    *slog.Logger
}

func (taskResource) template() mcp.ResourceTemplate {
	return mcp.NewResourceTemplate(resourceRoot+"{taskUUID}", "runware-task",
		mcp.WithTemplateTitle("Runware task"),
		mcp.WithTemplateDescription("The whole original request and response of a Runware task, however large, with secrets masked. "+
			"get_task_details gives the same with a diagnosis and without huge values."),
		mcp.WithTemplateMIMEType(resourceMIME),
	)
}

func (t taskResource) handle(ctx context.Context, call mcp.ReadResourceRequest) (contents []mcp.ResourceContents, _ error) {
	uri := call.Params.URI
	given := strings.TrimPrefix(uri, resourceRoot)
	id, ok := inspect.ParseID(given)
	defer func() {
		if r := recover(); r != nil {
			t.logger.Error("a resource panicked", slog.String("stack", string(debug.Stack())))
			contents = reportContents(uri, inspect.Broken(id))
		}
	}()
	if !ok {
		return reportContents(uri, t.refuse("",
			quoted(given)+" is not a task id: 8-4-4-4-12 hexadecimal digits are accepted, of any UUID version.",
			"Read "+resourceRoot+inspect.IDForm+".")), nil
	}
	original, report, ok := t.originals.Originals(ctx, id)
	if !ok {
		return reportContents(uri, report), nil
	}
	return textContents(uri, wholeTask(original)), nil
}

// wholeTask joins the originals by hand: they are valid JSON, and marshalling would copy and escape them again.
func wholeTask(t schema.Task) string {
	var b strings.Builder
	b.Grow(len(t.Request) + len(t.Response) + 128)
	b.WriteString(`{"taskUUID":`)
	b.Write(rawjson.Quote(t.TaskUUID))
	for _, original := range []struct {
		name string
		raw  json.RawMessage
	}{{"request", t.Request}, {"response", t.Response}} {
		if len(original.raw) > 0 {
			b.WriteString(`,"` + original.name + `":`)
			b.Write(original.raw)
		}
	}
	b.WriteByte('}')
	return b.String()
}

func reportContents(uri string, report schema.TaskReport) []mcp.ResourceContents {
	text, _ := present.Marshal(report)
	return textContents(uri, string(text))
}

func textContents(uri, text string) []mcp.ResourceContents {
	return []mcp.ResourceContents{mcp.TextResourceContents{URI: uri, MIMEType: resourceMIME, Text: text}}
}
