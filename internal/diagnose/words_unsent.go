package diagnose

import (
	"strconv"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/schema"
)

// This file says what is wrong with a request before it is sent, and with an error of which nothing else is known.
const (
	withoutRequest = "without the request, nothing is located in it, proved or patched: give it as `request`"

	thenSend = " and send the request"
	withID   = " with a `taskUUID`: a new UUID v4"

	taskTypeMissing = "is required of every task, and this one has none"
	addTaskType     = "add `taskType`, such as \"imageInference\": which one is the user's choice"
	taskTypeUnknown = "is no task type of Runware's"
	useTaskType     = "use one of Runware's task types: which one is the user's choice"
	taskUUIDMissing = "is required of every task, and this one has none"
	addTaskUUID     = "add a `taskUUID`: a new UUID v4"
	taskUUIDOdd     = "is no UUID"
	taskUUIDShared  = "is that of another task of the request as well"
	makeTaskUUID    = "give the task a new UUID v4"
	modelOdd        = "is no model's id of the form `source:id@version`"
	useModelID      = "give the model's id as Runware's documentation has it, such as \"runware:101@1\": which model is the user's choice"
	webhookOdd      = "is no http or https URL"
	useURL          = "give the whole URL, or leave `webhookURL` out"
	deliveryOdd     = "is none of `sync`, `async` and `stream`"
	useDelivery     = "set `deliveryMethod` to \"sync\" or \"async\", or leave it out: which one is the user's choice"

	requestEmpty       = "the request is empty"
	addTask            = "send an array with at least one task object"
	requestHoldsNoTask = "the request holds no task object"
	requestHoldsOthers = "the request holds something beside task objects"
	makeObjects        = "send an array of task objects and nothing else in it"

	moreFindings  = " more findings are not listed"
	schemaUnknown = "not judged against a schema, since none is known for "
	formerType    = "the task type is one of former days, which may be refused; it is now "
	formerName    = "`checkNSFW` is a name of former days, which the schema of the model does not have; it is now "
	otherTask     = "not judged, since it does something else than what is described by the schema of "
	namesUnknown  = "no documentation of Runware's known here names "
	namesIgnored  = "likely to be ignored, since the model's schema neither has nor refuses "
	notTold       = "what a check cannot tell: the balance, rules on content, and what stands behind a URL or a UUID"
)

func taskIn(c *oneCase) string {
	if len(c.req.Tasks) < 2 {
		return ""
	}
	return "task " + strconv.Itoa(c.t.Index) + ": "
}

// sayUnbroken says that nothing is known to be wrong, and how far that was judged.
func (o *outcome) sayUnbroken(all []Checked) schema.Diagnosis {
	d := schema.Diagnosis{Category: schema.CategoryNone, Retry: schema.RetryAsIs}
	for _, n := range o.notes {
		d.Notes = append(d.Notes, n.String())
	}
	judged, models := 0, 0
	for _, t := range all {
		if t.Model != "" {
			models++
		}
		if t.BySchema {
			judged++
		}
	}
	subject := "the request"
	switch {
	case judged == len(all):
		subject += " breaks nothing in the " + looks.Noun(strconv.Itoa(judged), "schema") + " of its " + looks.Noun(strconv.Itoa(judged), "model")
	case judged > 0:
		subject += " breaks nothing where it could be judged: " + strconv.Itoa(judged) + " of " + looks.Plural(strconv.Itoa(len(all)), "task") + " have a model whose schema is known"
	case models > 0:
		subject += " breaks no rule that holds for all models; the schema of its " + looks.Noun(strconv.Itoa(models), "model") + " is not known, so its parameters were not judged"
	default:
		subject += " breaks no rule that holds for all tasks; it names no model, so its parameters were not judged"
	}
	d.Summary = sentence(subject)
	d.Notes = append(d.Notes, notTold)
	return d
}
