// Package diagnose explains a task: why it failed, how we know, and what to send instead.
//
// It is pure: a request and a response go in, a diagnosis comes out. No I/O, no clock, no log; the input is never
// changed and never too strange. Start with [Read] or [Task]; [Error] explains an error of which no record is at hand, and [Request] a
// request that was not sent yet. An error passes through these files in this order:
//
//	case.go        what is known of one error, read once and never changed: the row of its code, what its message claims
//	               (package message), where its parameters stand (package request), what its model's schema says of the task
//	accepts.go     what is accepted at a parameter: the error's fields first, then its words, then the schema (package constraint)
//	rules.go       one table of rules, from the specific to the general; rule_*.go has one kind each. A rule returns values:
//	saying.go      the cause and the mend, as what words.go and words_schema.go make sentences of; nothing reads one back
//	sources.go     who said it, and what may follow from that
//	wider.go       what else breaks the model's schema; schemas.go asks it once a task
//	doubts.go      what the schema asks and nobody can check here
//	published.go   what Runware publishes of a model beside its schema: its registry, prices
//	together.go    the one patch, its proof, and the search (package mend) where the direct mend falls short; choices.go where
//	               the user has a choice
//	outcome.go     the status, and what is worth a note without being a fault
//	say.go         the diagnosis; lookup.go that of a lookup which brought no task; handed.go that of an error without a record;
//	               unsent.go that of a request before it is sent, words_unsent.go its sentences
package diagnose

import (
	"context"
	"slices"
	"strings"

	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// maxFindings bounds a diagnosis; the errors beyond it stand in the response.
const maxFindings = 20

// Record is a recorded task, its request and its response read once for all that is asked of them. One goroutine may use it
// at a time.
type Record struct {
	Parts envelope.Parts // of the response
	task  schema.Task
	req   *request.Request
}

// Read takes a task apart. Where ctx ends, what had been read of the response until then is all.
func Read(ctx context.Context, t schema.Task) *Record {
	return &Record{Parts: envelope.DecodeContext(ctx, t.Response, t.TaskUUID), task: t, req: request.Read(t.Request)}
}

// Models lists the ids of the models that the tasks of the request name, each once.
func (r *Record) Models() []string { return models(r.req) }

// Diagnose explains the task. model returns nil for a model whose schema is not known.
func (r *Record) Diagnose(model func(id string) Model) (schema.Status, schema.Diagnosis) {
	o := readOutcome(r.task, r.req, r.Parts)
	return o.status, diagnosis(r.req, o, model)
}

// Task explains a recorded task of which nothing else is asked.
func Task(ctx context.Context, t schema.Task, model func(id string) Model) (schema.Status, schema.Diagnosis) {
	return Read(ctx, t).Diagnose(model)
}

// diagnosis explains what a response says became of a request.
func diagnosis(req *request.Request, o *outcome, model func(id string) Model) schema.Diagnosis {
	known := &schemas{model: model, known: map[int]*judgement{}}
	findings := provedFirst(withReasons(known.explained(req, o)))
	known.listed(req, findings, o.note)
	findings = lookWider(req, findings, known)
	withoutShape(findings)
	mend := together(req, findings, known)
	mend.withoutContradictions(req, findings, known)
	mend.withoutDoubles(req, findings)
	mend.askFewer(o, known, req)
	findings = withoutMended(findings, mend)
	doubtRemovals(findings, mend)
	if mend.rest.key != silent {
		o.note(mend.rest)
	}
	known.doubts(req, findings, mend.patch, o.note)
	known.dearer(req, mend.patch, o.note)
	return say(o, findings, mend)
}

// explained is what the rules say of each error.
func (s *schemas) explained(req *request.Request, o *outcome) []finding {
	var findings []finding
	for _, e := range o.errors {
		if len(findings) == maxFindings {
			o.note(saying{key: moreErrors, count: len(o.errors) - maxFindings})
			break
		}
		at := o.taskOf(req, e)
		c := gather(req, at, e, s.of(req, at))
		f, _ := explain(c)
		if c.breachSaysMore(f) {
			f = c.likelyBreach(likelyBehind)
		}
		c.complete(&f)
		if !repeats(findings, &f) {
			findings = append(findings, f)
		}
	}
	return findings
}

// complete adds to a finding of a rule what does not depend on the rule.
func (c *oneCase) complete(f *finding) {
	*f = c.permitted(*f)
	c.sayAbout(f)
	c.sayTaskID(f)
	f.mend.ofUpload = c.uploads()
	if f.mend.ofUpload && f.mend.key == uploadFirst { // which is what the task does
		f.mend.key = sendFileItself
	}
	f.Documentation = documentation(f.Parameter, c.e, c.schema)
	f.vague = (c.row.General || c.saysNothing()) && !c.heard.Any && f.Parameter == "" && !aboutParameters(f.Category)
}

// Models lists the ids of the models that the tasks of a request name, each once.
func Models(raw []byte) []string { return models(request.Read(raw)) }

func models(req *request.Request) []string {
	var ids []string
	seen := map[string]bool{}
	for i := range req.Tasks {
		t := &req.Tasks[i]
		if t.Model != "" && !seen[t.Model] {
			seen[t.Model] = true
			ids = append(ids, t.Model)
		}
	}
	return ids
}

// doubtRemovals makes a finding about a value less than certain where all that the search found is to take the member out:
// which value was meant stays open.
func doubtRemovals(findings []finding, m mended) {
	for i := range findings {
		f := &findings[i]
		ofValue := f.Category == schema.CategoryInvalidParameter || f.Category == schema.CategoryUnsupportedValue
		if len(m.steps) > 0 && ofValue && slices.ContainsFunc(m.patch, func(op schema.Operation) bool { return op.Op == "remove" && op.Path == f.Pointer }) {
			f.Confidence = atMostLikely(f.Confidence)
		}
	}
}

// withReasons leaves out errors that give no reason, such as "Task failed.", beside one of the same task that gives it.
func withReasons(findings []finding) []finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f finding) bool {
		return f.vague && slices.ContainsFunc(findings, func(g finding) bool { return !g.vague && sameIndex(f.TaskIndex, g.TaskIndex) })
	})
}

// provedFirst puts what is proved of a value before a wait or a resend for the same task, which it outlasts.
func provedFirst(findings []finding) []finding {
	if len(findings) < 2 || findings[0].Pointer != "" || !sendsUnchanged(findings[0].Retry) {
		return findings
	}
	at := slices.IndexFunc(findings, func(f finding) bool {
		return f.Pointer != "" && f.Confidence == schema.ConfidenceCertain && f.Retry == schema.RetryAfterDecision && sameIndex(f.TaskIndex, findings[0].TaskIndex)
	})
	if at > 0 {
		proved := findings[at]
		return slices.Insert(slices.Delete(findings, at, at+1), 0, proved)
	}
	return findings
}

// repeats tells whether a finding says what another has said already.
func repeats(findings []finding, f *finding) bool {
	for _, other := range findings {
		if other.Code == f.Code && other.Message == f.Message && other.Parameter == f.Parameter && sameIndex(other.TaskIndex, f.TaskIndex) {
			return true
		}
	}
	return false
}

func sameIndex(a, b *int) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// documentation is the page of the parameter: the model's own, else the one that the error names, if it names a page.
func documentation(name string, e schema.APIError, j *judgement) string {
	if j != nil && name != "" {
		if page := j.Documentation(name); page != "" {
			return page
		}
	}
	page := e.Documentation
	rest, ok := strings.CutPrefix(page, "https://")
	host, path, _ := strings.Cut(rest, "/")
	path = strings.Trim(path, "/")
	if !ok || !looks.IsRunware(host) || path == "" || path == "docs" || path == "docs/..." || len(page) > 200 || strings.ContainsAny(page, " \n\"'`<>{}") || looks.CountWords(path) > 3*looks.MaxURLWords || looks.GivesOrders(page) {
		return ""
	}
	return page
}
