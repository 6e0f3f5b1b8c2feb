package inspect

import (
	"errors"
	"slices"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/diagnose"
	"mcp-taskdetails/schema"
)

// missed answers a lookup that brought no task.
func (i *Inspector) missed(id string, err error, notes ...string) schema.TaskReport {
	if broken, ok := errors.AsType[*panicError](err); ok {
		return i.broken(id, broken.stack)
	}
	status, diagnosis := diagnose.Lookup(id, failure(err))
	diagnosis.Notes = slices.Concat(notes, diagnosis.Notes)
	if status == schema.StatusNotFound && i.config.NotFound != "" {
		diagnosis.Notes = append(diagnosis.Notes, i.config.NotFound)
	}
	if e, ok := errors.AsType[*client.Error](err); ok {
		diagnosis.Notes = append(diagnosis.Notes, e.Notes...)
		if e.Final {
			settle(&diagnosis)
		}
	}
	return i.config.Presenter.Report(schema.TaskReport{TaskUUID: id, Status: status, Diagnosis: diagnosis})
}

// settle says of a reply that would come again as it is that waiting does not help.
func settle(d *schema.Diagnosis) {
	d.Retry = schema.RetryNo
	d.NextStep = "Do not wait for it or look it up again, the same reply would come; ask Runware's support about this taskUUID. Other tasks are not affected."
	for n := range d.Findings {
		d.Findings[n].Retry, d.Findings[n].Fix = schema.RetryNo, ""
	}
}

func failure(err error) diagnose.Failure {
	e, ok := errors.AsType[*client.Error](err)
	if !ok {
		return diagnose.Failure{Category: schema.CategoryInternal, Detail: err.Error()}
	}
	return diagnose.Failure{
		Category: e.Kind, Detail: e.Detail, StatusCode: e.StatusCode, API: e.API,
		RetryAfter: e.RetryAfter, Attempts: e.Attempts, NoKey: e.NoKey,
	}
}
