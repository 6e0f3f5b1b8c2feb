package diagnose

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/internal/request"
	"mcp-taskdetails/schema"
)

// outcome is what the response says became of the task that was looked up.
type outcome struct {
	status       schema.Status
	errors       []schema.APIError // those that concern the task; the primary first
	results      int
	requested    int
	counting     *request.Task // the task that requests them
	hollow       int           // results with nothing in them
	filtered     bool          // one of them by a filter of content
	wordless     bool          // they are of a task that makes no text
	uploadsModel bool          // what was looked up is the upload of a model
	cutAt        string        // the limit of the task at which one of them ended
	running      int           // items that are not finished
	failures     int           // items that say that they failed, and no more
	pending      string        // status of an item that is not finished
	live         bool          // the response was not recorded: it is what getResponse says now
	ack          bool          // an acknowledgement is all there is
	cancelled    bool          // somebody stopped it
	keys         []int         // tasks that hold an API key
	done         []int         // tasks of the request array with a recorded result
	notes        []saying
	several      bool  // the request has several tasks
	own          int   // the one of them that was looked up; -1 where the request does not hold it
	polls        bool  // what was sent asks for results of other tasks
	stranger     bool  // the errors are of a task that the request does not hold
	unsent       bool  // the request was not sent yet: there is nothing to send again
	resend       []int // which of them to send again; nil where it is all
}

func (o *outcome) note(s saying) { o.notes = append(o.notes, s) }

func readOutcome(t schema.Task, req *request.Request, parts envelope.Parts) *outcome {
	o := &outcome{live: t.Live, own: -1}
	own := req.Find(t.TaskUUID)
	if own != nil {
		o.own, o.uploadsModel = own.Index, own.TaskType == "modelUpload"
	}
	several := len(req.Tasks) > 1
	mine := func(taskUUID string) bool {
		return taskUUID == "" || own == nil && t.TaskUUID == "" || strings.EqualFold(taskUUID, t.TaskUUID) || own == nil && req.Find(taskUUID) == nil || own == nil && !several
	}
	if req.Left > 0 {
		o.note(saying{key: moreTasks, count: req.Left})
	}
	strangers := o.readErrors(parts, req, own, mine)
	o.readItems(parts, req, own, mine)
	o.takeStrangers(strangers)
	o.requested, o.counting = requestedResults(own, req)
	for _, e := range o.errors {
		if e.TaskUUID == "" {
			continue
		}
		o.pending = afterStep(o.pending) // the error ended what the step began
		if o.requested <= 1 && o.running <= 1 && !t.Live && endsTask(e) {
			o.pending, o.running = "", 0 // and what was recorded of the one result before
		}
	}
	if o.failures > 0 && len(o.errors) == 0 {
		o.errors = append(o.errors, schema.APIError{TaskUUID: t.TaskUUID}) // an error without words
	}
	o.toResend(req)
	o.polls = polls(own, req)
	o.readDone(parts, req)
	o.noteSilent(parts, req)
	o.decide(parts, t)
	return o
}

// endsTask tells an error after which nothing of a task is on its way: a refusal of what it holds, or its failure. All others
// may be of the call that asked, or of the key that it had.
func endsTask(e schema.APIError) bool {
	if request.Polls(e.TaskType) {
		return false
	}
	switch category := codes.For(e.Code).Category; category { //nolint:exhaustive // the others end nothing
	case schema.CategoryProviderFailure, schema.CategoryContentPolicy, schema.CategoryInputMedia, schema.CategoryModelUnavailable:
		return true
	default:
		return category != schema.CategoryConflict && aboutParameters(category)
	}
}

// taskOf is the task that an error is about: the one it names, else the only one that holds every parameter that its field
// or its code names; none for an error of a task that the request does not hold.
func (o *outcome) taskOf(req *request.Request, e schema.APIError) *request.Task {
	if o.stranger {
		return nil
	}
	names := e.Parameters
	if name := parameter.InCode(e.Code); len(names) == 0 && parameter.Vocabulary()[parameter.Fold(name)] == name && name != "" {
		names = []string{name}
	}
	if at := req.Attribute(e.TaskUUID, e.TaskType); at != nil || e.TaskUUID != "" || len(names) == 0 {
		return at
	}
	lacks := codes.For(e.Code).Category == schema.CategoryMissingParameter // then it is the only one without them
	var only *request.Task
	for i := range req.Tasks {
		t := &req.Tasks[i]
		holds := t.Runs()
		for _, name := range names {
			holds = holds && len(t.Locate(name)) > 0 != lacks
		}
		if holds && only != nil {
			return nil
		}
		if holds {
			only = t
		}
	}
	return only
}

// readErrors keeps the errors that concern the task, its own before those of the whole call; others become notes. It
// returns those of tasks that the request does not hold.
func (o *outcome) readErrors(parts envelope.Parts, req *request.Request, own *request.Task, mine func(string) bool) (strangers []schema.APIError) {
	var whole []schema.APIError
	others := 0
	silentOne := unanswered(parts, req)
	for _, e := range parts.Errors {
		if t := cmp.Or(pointedAt(req, e), silentOne); t != nil && e.TaskUUID == "" {
			e.TaskUUID = t.UUID
		}
		switch {
		case e.TaskUUID != "" && !mine(e.TaskUUID) && own != nil:
			at := req.Find(e.TaskUUID)
			if at == nil {
				strangers = append(strangers, e)
				break
			}
			if others < 3 {
				o.note(saying{key: otherTaskFailed, count: at.Index})
			}
			others++
		case e.TaskUUID == "" && len(req.Tasks) > 1:
			whole = append(whole, e)
		default:
			o.errors = append(o.errors, e)
		}
	}
	o.errors = append(o.errors, whole...)
	return strangers
}

// pointedAt is the task that an error without an id means by the index in front of its parameters, nil if there is none.
func pointedAt(req *request.Request, e schema.APIError) *request.Task {
	if e.TaskUUID != "" || len(req.Tasks) < 2 || len(e.Parameters) == 0 {
		return nil
	}
	first, ok := parameter.TaskIndex(e.Parameters[0])
	for _, p := range e.Parameters[1:] {
		n, also := parameter.TaskIndex(p)
		ok = ok && also && n == first
	}
	for i := range req.Tasks {
		if t := &req.Tasks[i]; ok && t.Index == first {
			return t
		}
	}
	return nil
}

// unanswered is the only task of several without an answer of its own, which an error without an id is about; nil where
// several have none.
func unanswered(parts envelope.Parts, req *request.Request) *request.Task {
	withoutID := func(e schema.APIError) bool { return e.TaskUUID == "" }
	if len(req.Tasks) < 2 || !slices.ContainsFunc(parts.Errors, withoutID) {
		return nil
	}
	answered := make(map[string]bool, len(req.Tasks))
	for _, item := range parts.Data {
		answered[strings.ToLower(item.TaskUUID)] = true
	}
	for _, other := range parts.Errors {
		answered[strings.ToLower(other.TaskUUID)] = true
	}
	var only *request.Task
	others := 0
	for i := range req.Tasks {
		t := &req.Tasks[i]
		switch {
		case !t.Runs(), t.Polls(): // what is said without an id is of the asking
		case t.UUID != "" && answered[strings.ToLower(t.UUID)]:
			others++
		case only != nil || t.UUID == "":
			return nil
		default:
			only = t
		}
	}
	if others == 0 {
		return nil // there is nothing to tell it from
	}
	return only
}

// takeStrangers takes the errors of tasks that the request does not hold for all that is known, where nothing else is: an
// id may have been written anew on the way. Beside what is recorded of the task itself, they are worth a note.
func (o *outcome) takeStrangers(strangers []schema.APIError) {
	switch {
	case len(strangers) == 0:
	case len(o.errors)+o.results+o.failures == 0 && o.pending == "" && !o.ack && !o.cancelled:
		o.errors, o.stranger = strangers, true
	default:
		o.note(saying{key: strangersError})
	}
}

func (o *outcome) readItems(parts envelope.Parts, req *request.Request, own *request.Task, mine func(string) bool) {
	nsfw, oddStatus := 0, ""
	for _, item := range parts.Data {
		if !mine(item.TaskUUID) && (own != nil || len(req.Tasks) > 1) {
			continue
		}
		result, flagged, taskType := readMembers(item.Raw)
		o.noteEmptySearch(item.Raw)
		o.readHollow(item, taskType, own)
		status, phase := strings.ToLower(item.Status), envelope.PhaseOf(item.Status)
		switch {
		case phase == envelope.PhaseCancelled:
			o.cancelled = true
		case phase == envelope.PhaseFailed:
			o.failures++
			o.pending = afterStep(o.pending)
		case phase == envelope.PhaseRunning, phase == envelope.PhaseStep && taskType == "modelUpload":
			o.pending = status
			o.running++
			if progress, ok := rawjson.Member(item.Raw, "progress"); ok && rawjson.KindOf(progress) == rawjson.Number && len(progress) < 8 {
				o.note(saying{key: o.now(progressWas, progressIs), text: string(progress)})
			}
		case result || phase == envelope.PhaseDone:
			o.results++
			if taskType == "modelUpload" {
				o.pending = afterStep(o.pending)
			}
			if flagged {
				nsfw++
			}
			if status != "" && phase != envelope.PhaseDone {
				oddStatus = status
			}
		default:
			o.ack = true
		}
	}
	if nsfw > 0 {
		o.note(saying{key: flaggedNSFW, count: nsfw})
	}
	if parameter.Valid(oddStatus) {
		o.note(saying{key: oddlyEnded, name: oddStatus})
	}
}

// readHollow reads an item with nothing in it, and one whose text was cut short.
func (o *outcome) readHollow(item envelope.Item, taskType string, own *request.Task) {
	empty, why := isHollow(item.Raw)
	if !empty || envelope.PhaseOf(item.Status) == envelope.PhaseRunning {
		if atItsLimit(why) {
			o.note(saying{key: cutShort, text: why})
		}
		return
	}
	o.note(saying{key: nothingIn, text: why})
	o.hollow++
	o.wordless = o.wordless || taskType != "" && taskType != "textInference" && taskType != "caption" && taskType != "promptEnhance"
	o.filtered = o.filtered || strings.Contains(strings.ToLower(why), "filter")
	if own != nil && atItsLimit(why) {
		for _, at := range own.Locate("maxTokens") {
			o.cutAt = at.Parameter
		}
	}
}

// atItsLimit tells a text that ended since it was as long as it may be.
func atItsLimit(finishReason string) bool {
	return strings.EqualFold(finishReason, "length") || strings.EqualFold(finishReason, "max_tokens")
}

// now is the clause about what is recorded, or the one about what is so now.
func (o *outcome) now(recorded, live key) key {
	if o.live {
		return live
	}
	return recorded
}

// readMembers tells an item that holds more than its bookkeeping, one flagged by the checker, and the task type that it gives.
func readMembers(raw []byte) (result, flagged bool, taskType string) {
	for name, value := range rawjson.Members(raw) {
		switch name {
		case "taskType":
			taskType, _ = rawjson.Text(value)
		case "taskUUID", "status", "progress":
		case "NSFWContent":
			flagged = rawjson.KindOf(value) == rawjson.True
			result = true
		default:
			result = result || rawjson.KindOf(value) != rawjson.Null
		}
	}
	return result, flagged, taskType
}

// noteEmptySearch says of the answer of a search that it found nothing.
func (o *outcome) noteEmptySearch(raw []byte) {
	if total, ok := rawjson.Member(raw, "totalResults"); ok && string(total) == "0" {
		o.note(saying{key: foundNothing})
	}
}

// isHollow tells a result with nothing in it: an empty text or URL, or a cost and no media. It says what the item says of it.
func isHollow(raw []byte) (hollow bool, why string) {
	billed, content, emptied := false, false, false
	for name, value := range rawjson.Members(raw) {
		switch lower := strings.ToLower(name); lower {
		case "cost":
			billed = true
		case "finishreason":
			if text, _ := rawjson.Text(value); parameter.Valid(text) {
				why = text
			}
		case "text", "content":
			empty := isEmptyString(value)
			emptied = emptied || empty
			content = content || !empty
		case "status":
			text, _ := rawjson.Text(value)
			emptied = emptied || envelope.PhaseOf(text) == envelope.PhaseDone // and nothing but that
		case "taskuuid", "tasktype", "progress", "seed", "usage", "nsfwcontent":
		default:
			empty := rawjson.KindOf(value) == rawjson.Null || string(value) == `""` || string(value) == "[]"
			isFile := strings.HasSuffix(lower, "url") || strings.HasSuffix(lower, "data") || strings.HasSuffix(lower, "datauri")
			emptied = emptied || empty && isFile
			content = content || !empty
		}
	}
	return emptied && !content || billed && !content, why
}

// afterStep is what is still pending when a step of an upload was followed by its end: that step no longer.
func afterStep(pending string) string {
	if envelope.PhaseOf(pending) == envelope.PhaseStep {
		return ""
	}
	return pending
}

// polls tells that the task, or where it is not known all of the request, asks for what became of another.
func polls(own *request.Task, req *request.Request) bool {
	if own != nil {
		return own.Polls()
	}
	all := len(req.Tasks) > 0
	for i := range req.Tasks {
		all = all && (req.Tasks[i].Polls() || !req.Tasks[i].Runs())
	}
	return all
}

// requestedResults is numberResults of the task, 0 where it does not say.
func requestedResults(own *request.Task, req *request.Request) (int, *request.Task) {
	if own == nil {
		for i := range req.Tasks {
			if req.Tasks[i].Runs() && own == nil {
				own = &req.Tasks[i]
			}
		}
	}
	if own == nil {
		return 0, nil
	}
	raw, _ := own.Member("numberResults")
	n, err := strconv.Atoi(string(raw))
	if err != nil || n < 1 {
		return 0, nil
	}
	return n, own
}

func (o *outcome) decide(parts envelope.Parts, t schema.Task) {
	failed := len(o.errors) > 0
	switch {
	case failed && o.results > 0:
		o.status = schema.StatusPartial
		o.note(o.counted(resultsBeside))
	case o.stranger:
		o.status = schema.StatusUnknown
	case failed && o.pending != "" && o.onlyPolled():
		o.status = schema.StatusPending // the limit was hit by asking: the task itself runs on
	case failed:
		o.status = schema.StatusFailed
	case o.cancelled && o.results == 0 && o.pending == "":
		o.status = schema.StatusUnknown
	case o.pending != "" || o.ack && o.results == 0:
		o.status = schema.StatusPending
		if o.results > 0 && o.live {
			o.note(o.counted(resultsSoFar))
		}
	case o.results > 0:
		o.status = schema.StatusSucceeded
	default:
		o.status = schema.StatusUnknown
	}
	o.remark(parts, t)
}

// remark notes what the status alone does not say.
func (o *outcome) remark(parts envelope.Parts, t schema.Task) {
	failed := len(o.errors) > 0
	if o.live && failed {
		o.note(saying{key: failedNow})
	}
	if o.status == schema.StatusSucceeded && o.requested > o.results {
		o.note(o.counted(resultsOnly))
	}
	if o.ack && o.results == 0 && !failed && !o.cancelled && o.pending == "" {
		o.note(saying{key: o.now(onlyAcknowledged, acknowledgedNow)})
	}
	if o.status == schema.StatusUnknown && !parts.Recognised && len(t.Response) > 0 && rawjson.KindOf(t.Response) != rawjson.Null {
		o.note(saying{key: strangeResponse})
	}
	if len(t.Request) == 0 || rawjson.KindOf(t.Request) == rawjson.Null {
		o.note(saying{key: noRequest})
	}
}

// onlyPolled tells that nothing but a rate limit was reported, of no task: it is about the call that asked.
func (o *outcome) onlyPolled() bool {
	for _, e := range o.errors {
		if e.TaskUUID != "" || codes.For(e.Code).Category != schema.CategoryRateLimit {
			return false
		}
	}
	return true
}

// lacking is how many of the results that were asked for are neither there nor on their way, beside some that are.
func (o *outcome) lacking() int {
	if o.status != schema.StatusPartial {
		return 0
	}
	return max(o.requested-o.results-o.running, 0)
}

// counted is a clause about how many of the results that were asked for are recorded.
func (o *outcome) counted(k key) saying { return saying{key: k, size: [2]int{o.results, o.requested}} }

// readDone lists the tasks that have a recorded result, and those that hold a key, which no record shows.
func (o *outcome) readDone(parts envelope.Parts, req *request.Request) {
	for _, item := range parts.Data {
		at := req.Find(item.TaskUUID)
		if item.TaskUUID == "" || at == nil || item.Status != "" && envelope.PhaseOf(item.Status) != envelope.PhaseDone || slices.Contains(o.done, at.Index) || slices.Contains(o.resend, at.Index) {
			continue
		}
		for name, value := range rawjson.Members(item.Raw) {
			if name != "taskUUID" && name != "taskType" && name != "status" && rawjson.KindOf(value) != rawjson.Null {
				o.done = append(o.done, at.Index)
				break
			}
		}
	}
	slices.Sort(o.done)
	for i := range req.Tasks {
		if _, ok := req.Tasks[i].Member("apiKey"); ok && req.Tasks[i].TaskType == "authentication" {
			o.keys = append(o.keys, req.Tasks[i].Index)
		}
	}
}

// noteSilent says of which tasks of the request the response says nothing, where an error speaks of another alone.
func (o *outcome) noteSilent(parts envelope.Parts, req *request.Request) {
	if len(o.resend) == 0 || len(o.errors) == 0 {
		return
	}
	spoken := map[string]bool{}
	for _, item := range parts.Data {
		spoken[strings.ToLower(item.TaskUUID)] = true
	}
	for _, e := range parts.Errors {
		spoken[strings.ToLower(e.TaskUUID)] = true
	}
	var silentOnes []int
	for i := range req.Tasks {
		if t := &req.Tasks[i]; t.Runs() && !slices.Contains(o.resend, t.Index) && !spoken[strings.ToLower(t.UUID)] {
			silentOnes = append(silentOnes, t.Index)
		}
	}
	if len(silentOnes) > 0 {
		o.note(saying{key: nothingOf, indexes: silentOnes})
	}
}

// toResend lists the tasks that an error speaks of, where the call had others: what has results, or may still get them,
// is not sent and paid for again.
func (o *outcome) toResend(req *request.Request) {
	o.several = len(req.Tasks) > 1
	running := 0
	for i := range req.Tasks {
		if req.Tasks[i].Runs() {
			running++
		}
	}
	for _, e := range o.errors {
		at := o.taskOf(req, e)
		if at == nil || len(req.Sharing(at.UUID)) > 1 {
			o.resend = nil
			return
		}
		if !slices.Contains(o.resend, at.Index) {
			o.resend = append(o.resend, at.Index)
		}
	}
	slices.Sort(o.resend)
	if len(o.resend) >= running {
		o.resend = nil
	}
}
