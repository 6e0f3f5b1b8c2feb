package inspect

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"

	"mcp-taskdetails/internal/diagnose"
	"mcp-taskdetails/internal/excerpt"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Draft is a request that was not sent yet.
type Draft struct {
	Request []byte   // any text that has the request in it
	Notes   []string // what the answer has to say of the question
}

// RequestForm shows what of a request is accepted.
const RequestForm = `[{"taskType": "imageInference", "taskUUID": "…", "model": "…", …}]`

// Check says what is wrong with a request before it is sent. No key is needed, and the Runware API is not asked; the
// service of model schemas is told the ids of its models.
func (i *Inspector) Check(ctx context.Context, d Draft) (c schema.Check) {
	defer func() {
		if r := recover(); r != nil {
			c = schema.Check{Diagnosis: i.broken("", debug.Stack()).Diagnosis, NoRequest: true}
		}
	}()
	request, cut, ok := excerpt.Request(d.Request)
	if !ok {
		refused := i.Refuse("", "No request was found in "+measured(d.Request)+".", "Send the array of task objects, such as "+RequestForm+", as JSON or as the command that sends it.").Diagnosis
		refused.Notes = slices.Concat(i.masked(d.Notes), refused.Notes)
		return schema.Check{Diagnosis: refused, NoRequest: true}
	}
	notes := slices.Clone(d.Notes)
	if rawjson.KindOf(request) == rawjson.Object && rawjson.Len(request) > 0 {
		notes = append(notes, "Runware takes an array of tasks: the lone one was checked as its first")
		request = asArray(request)
	}
	if cut {
		notes = append(notes, "the text ends within the request: what is missing was not judged")
	}
	if named := len(diagnose.Models(request)); named > maxModels {
		notes = append(notes, fmt.Sprintf("the request names %d models: the schemas of the first %d were asked for", named, maxModels))
	}
	diagnosis, checked := diagnose.Request(request, i.models(ctx, func() []string { return diagnose.Models(request) }).model)
	diagnosis.Notes = slices.Concat(notes, diagnosis.Notes)
	shown := shown(i.config.Presenter, diagnosis, request, nil)
	return schema.Check{
		Diagnosis: shown.Diagnosis, Tasks: checkedTasks(checked),
		Omissions: shown.Omissions, ExactNumbers: shown.ExactNumbers, Request: shown.Request,
	}
}

// maxCheckedTasks is how many tasks are listed; the diagnosis is about all.
const maxCheckedTasks = 20

func checkedTasks(all []diagnose.Checked) []schema.CheckedTask {
	var tasks []schema.CheckedTask
	for _, t := range all[:min(len(all), maxCheckedTasks)] {
		tasks = append(tasks, schema.CheckedTask{TaskIndex: t.Index, TaskType: t.TaskType, Model: t.Model, Price: t.Price, BySchema: t.BySchema})
	}
	return tasks
}
