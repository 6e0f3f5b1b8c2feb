package main

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"
)

// lookups is what the tools stand on.
type lookups interface {
	tools.Tasks
	tools.Originals
	tools.Explainer
	tools.Checker
	tools.Triager
	tools.Comparer
	Refuse(id, summary, nextStep string) schema.TaskReport
}

// lookupsOf takes what newApp returned. A setting that cannot be used is no reason to leave.
func lookupsOf(a *app, err error, log io.Writer) (lookups, error) {
	if wrong, ok := errors.AsType[*settingError](err); ok {
		_ = report(log, wrong)
		return misconfigured{wrong}, nil
	}
	if err != nil {
		return nil, err
	}
	return a.inspector, nil
}

// misconfigured answers every call of a server with a setting that cannot be used. A server that ended instead would
// leave its host with nothing but "connection closed", and nobody would read why.
type misconfigured struct{ fault *settingError }

func (m misconfigured) report(id string) schema.TaskReport {
	return schema.TaskReport{
		TaskUUID: id, Status: schema.StatusUnavailable,
		Diagnosis: schema.Diagnosis{
			Summary:  "The setting `" + m.fault.name + "` of this server cannot be used, so Runware was not asked: " + m.fault.what + ".",
			Category: schema.CategoryAuthentication, Retry: schema.RetryAfterDecision,
			NextStep: strings.ToUpper(m.fault.mend[:1]) + m.fault.mend[1:] + ". Then start the server again, which reads its settings once.",
			Findings: []schema.Finding{{
				Confidence: schema.ConfidenceCertain,
			}},
			Notes: []string{"this concerns the lookup alone: nothing is known of the task"},
		},
	}
}

// Task implements tools.Tasks.
func (m misconfigured) Task(_ context.Context, id string, _ inspect.Options) schema.TaskReport {
	return m.report(id)
}

// Originals implements tools.Originals.
func (m misconfigured) Originals(_ context.Context, id string) (schema.Task, schema.TaskReport, bool) {
	return schema.Task{}, m.report(id), false
}

// Explain implements tools.Explainer: what is known of no key could not be masked.
func (m misconfigured) Explain(context.Context, inspect.Held) schema.Explanation {
	return schema.Explanation{Diagnosis: m.report("").Diagnosis, NoError: true}
}

// Check implements tools.Checker.
func (m misconfigured) Check(context.Context, inspect.Draft) schema.Check {
	return schema.Check{Diagnosis: m.report("").Diagnosis, NoRequest: true}
}

// Triage implements tools.Triager.
func (m misconfigured) Triage(context.Context, iter.Seq[string], inspect.TriageOptions) schema.Triage {
	d := m.report("").Diagnosis
	return schema.Triage{Summary: d.Summary, Diagnosis: &d}
}

// Compare implements tools.Comparer.
func (m misconfigured) Compare(_ context.Context, id, _ string, _ ...string) schema.Comparison {
	d := m.report(id).Diagnosis
	return schema.Comparison{Summary: d.Summary, Verdict: schema.VerdictNotCompared, Diagnosis: &d}
}

// Refuse implements tools.Refuse: better arguments would not help either. What they were is not said back: with no key
// known, one that stands in them could not be masked.
func (m misconfigured) Refuse(id, _, _ string) schema.TaskReport { return m.report(id) }
