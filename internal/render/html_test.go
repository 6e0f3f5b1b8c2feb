package render_test

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mcp-taskdetails/internal/render"
	"mcp-taskdetails/schema"

	"golang.org/x/net/html"
)

// hostile are texts that mean something to a browser, or hide from a reader.
func hostile() []string {
	return []string{
		`</script><script>document.title="run"</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</pre></details></article></main><h1>free</h1>`,
		`javascript:alert(1)`, `https://im.runware.ai.example.com/a.jpg`, `https://im.runware.ai@example.com/a.jpg`, `https://im.runware.ai:8443/a.jpg`, `http://im.runware.ai/a.jpg`,
		`//example.com/x`, `https://im.runware.ai/"onload=alert(1)//a.jpg`, "data:text/html,<script>alert(1)</script>", "<!-- ", "]]>", "&lt;b&gt;", "\u202egnp.exe\u2066", "a\x00b\x1b[2J\u200b", "`<b>`",
		strings.Repeat("<b>", 1<<17),
	}
}

// hostileReport has a text everywhere that a stranger's can stand.
func hostileReport(text string) schema.TaskReport {
	quoted, _ := json.Marshal(text)
	index := 0
	return schema.TaskReport{
		TaskUUID: text, Status: schema.StatusFailed, Live: true,
		Diagnosis: schema.Diagnosis{
			Summary: text, NextStep: text, Notes: []string{text},
			Patch:        []schema.Operation{{Op: "replace", Path: "/0/positivePrompt", Value: schema.StringValue(text)}},
			Alternatives: []schema.Alternative{{Fix: text}},
			Findings: []schema.Finding{
				{Code: text, Message: text, TaskIndex: &index, Parameter: text, Pointer: "/0/model", Fix: text, Documentation: text},
				{Cause: text, Pointer: text},
			},
		},
		Request: json.RawMessage(`[{"taskType":` + string(quoted) + `,"model":` + string(quoted) + `,"positivePrompt":"x",` + string(quoted) + `:1},{"taskUUID":` + string(quoted) + `}]`),
		Response: json.RawMessage(`{"data":[{"imageURL":` + string(quoted) + `,"videoURL":` + string(quoted) + `,"cost":0.5},{"imageURL":"https://im.runware.ai/image/a.jpg"}],` +
			`"errors":[{"taskUUID":` + string(quoted) + `}]}`),
		Omissions: []schema.Omission{{Pointer: text}},
	}
}

// A page of hostile data has no element, attribute or address that is not ours, and nothing in it that a reader cannot see.
func TestHTMLIsInert(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases in one goroutine")
	}
	for _, text := range hostile() {
		diagnosis := hostileReport(text).Diagnosis
		triage := schema.Triage{
			Summary: text, Cost: "1", Notes: []string{text}, Pending: &schema.IDs{TaskUUIDs: []string{text}}, Diagnosis: &diagnosis,
			Groups: []schema.FailureGroup{{
				Value: text, Share: 0.5, Count: 2, Retry: schema.Counts{text: 2}, Models: schema.Counts{text: 1},
				OtherCauses: schema.Counts{text: 1}, IDs: schema.IDs{TaskUUIDs: []string{text}}, Diagnosis: &diagnosis,
			}},
			Lookups: []schema.MissedGroup{{Status: schema.Status(text), IDs: schema.IDs{TaskUUIDs: []string{text}}, Diagnosis: diagnosis}},
		}
		name := text[:min(len(text), 40)]
		report := render.HTMLHead(text) + render.HTMLReport(hostileReport(text)) + render.HTMLFoot()
		inert(t, "report: "+name, report)
		inert(t, "triage: "+name, render.HTMLTriage(triage))
		if n := strings.Count(report, `data-image="https://im.runware.ai/image/a.jpg"`); n != 1 {
			t.Errorf("%s: Runware's own image is offered %d times", name, n)
		}
	}
}

func inert(t *testing.T, name, page string) {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	tags := strings.Fields("html head meta title style body main script article span h1 h2 p div ol ul li code pre i del ins mark a details summary blockquote meter table tbody tr th td")
	attributes := strings.Fields("lang charset http-equiv content name class href rel role tabindex aria-label aria-hidden aria-current data-image scope min max value")
	count := map[string]int{}
	for n := range tree.Descendants() {
		if n.Type == html.CommentNode {
			t.Errorf("%s: a comment", name)
		}
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data]++
		if !slices.Contains(tags, n.Data) {
			t.Errorf("%s: element %s", name, n.Data)
		}
		for _, a := range n.Attr {
			if !slices.Contains(attributes, a.Key) {
				t.Errorf("%s: attribute %s of %s", name, a.Key, n.Data)
			}
			if a.Key != "href" && a.Key != "data-image" {
				continue
			}
			u, err := url.Parse(a.Val)
			if err != nil || u.Scheme != "https" || u.User != nil || u.Port() != "" || !strings.HasSuffix("."+u.Host, ".runware.ai") || a.Key == "data-image" && u.Host != "im.runware.ai" {
				t.Errorf("%s: %s=%s", name, a.Key, a.Val)
			}
		}
	}
	if count["script"] != 1 || count["style"] != 1 || count["title"] != 1 || count["main"] != 1 {
		t.Errorf("%s: %v", name, count)
	}
	if hidden := regexp.MustCompile("[\\x00\x1b\u200b\u202e\u2066]").FindString(page); hidden != "" {
		t.Errorf("%s: holds %q", name, hidden)
	}
}

// A page says more than its colours: what fails, before and after, each with the number of its line, and nothing is loaded.
func TestHTMLReport(t *testing.T) {
	index := 0
	report := schema.TaskReport{
		TaskUUID: "b880f077-e514-58ef-0ebd-ce1c37b46eb7", Status: schema.StatusFailed,
		Diagnosis: schema.Diagnosis{
			Summary: "`steps` is 900; 1 to 100 is accepted.", NextStep: "Set `steps` to 100.",
			Patch:    []schema.Operation{{Op: "replace", Path: "/0/steps", Value: schema.StringValue("100")}},
			Findings: []schema.Finding{{Code: "invalidSteps", TaskIndex: &index, Pointer: "/0/steps"}, {Code: "invalidModel", Cause: "no", Pointer: "/0/model"}},
		},
		Request:  json.RawMessage(`[{"taskUUID":"b880f077-e514-58ef-0ebd-ce1c37b46eb7","model":"a:1@1","steps":900},{"taskUUID":"2"}]`),
		Response: json.RawMessage(`{"data":[{"taskUUID":"2","cost":0.125}],"errors":[{"taskUUID":"b880f077-e514-58ef-0ebd-ce1c37b46eb7"}]}`),
	}
	page := render.HTMLHead("x") + render.HTMLReport(report) + render.HTMLFoot()
	inert(t, "page", page)
	for _, want := range []string{
		`<h1><code>steps</code> is 900; 1 to 100 is accepted.</h1>`, `before: </span>`, `&#34;steps&#34;: 900</del>`, `&#34;steps&#34;: &#34;100&#34;</ins>`, `fails here: </span>`, `&#34;a:1@1&#34;,</mark>`,
		`>0.125</td>`, `>1 error</td>`, `>1 result</td>`, `default-src &#39;none&#39;`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("lacks %s", want)
		}
	}
	empty := len(render.HTMLHead("") + render.HTMLReport(schema.TaskReport{}) + render.HTMLFoot())
	if empty > 40_000 {
		t.Errorf("%d bytes without data", empty)
	}
	t.Logf("%d bytes without data", empty)
}
