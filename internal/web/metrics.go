package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"

	prometheus "github.com/VictoriaMetrics/metrics"
	"github.com/mark3labs/mcp-go/mcp"
)

// metrics counts answers, in the exposition format of Prometheus. Labels are words of this program: no task data, no ids,
// no keys.
type metrics struct{ set *prometheus.Set }

func newMetrics(inFlight func() float64) *metrics {
	m := &metrics{set: prometheus.NewSet()}
	m.set.NewGauge("taskdetails_requests_in_flight", inFlight)
	return m
}

// answered counts an HTTP answer.
func (m *metrics) answered(status int) {
	m.set.GetOrCreateCounter(fmt.Sprintf(`taskdetails_http_responses_total{code="%d"}`, status)).Inc()
}

// called counts and times the answer of a tool, by its outcome and by the category of its diagnosis. It is a hook of mcp-go.
func (m *metrics) called(ctx context.Context, _ any, call *mcp.CallToolRequest, result any) {
	answer, ok := result.(*mcp.CallToolResult)
	if !ok {
		return
	}
	status := "answered"
	if answer.IsError {
		status = "missed"
	}
	if text, ok := word(answer.RawStructuredContent, "/status"); ok {
		status = text
	}
	category, _ := word(answer.RawStructuredContent, "/diagnosis/category")
	if begun, ok := ctx.Value(begunKey{}).(time.Time); ok {
		name := fmt.Sprintf(`taskdetails_tool_answer_seconds{tool=%q,status=%q,category=%q}`, call.Params.Name, status, category)
		m.set.GetOrCreatePrometheusHistogram(name).UpdateDuration(begun)
	}
}

// begunKey is where the context of a request holds when it began.
type begunKey struct{}

// word is one of the words of package schema within an answer.
func word(answer []byte, pointer string) (string, bool) {
	raw, _ := rawjson.Resolve(answer, pointer)
	text, ok := rawjson.Text(raw)
	return text, ok && len(text) <= len(schema.CategoryUnsupportedParameter)
}

func (m *metrics) write(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	m.set.WritePrometheus(w)
}
