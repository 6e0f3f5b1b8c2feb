package main

import (
	"strconv"
	"strings"
	"testing"

	"mcp-taskdetails/internal/rawjson"

	"github.com/google/go-cmp/cmp"
)

// Two tasks of --demo: one that failed, and one that left out a large value.
const (
	failedID = "b880f077-e514-58ef-0ebd-ce1c37b46eb7"
	largeID  = "91b5d3e7-4a20-4c8f-9e61-5d7b0f2a8c05"
)

// arguments are what a model sends, and what comes of it.
type arguments struct {
	sent  string // $ID stands for failedID
	notes []string
	wrong string // the summary of a refusal
	next  string // its next step
	piece string // the pointer of the piece that comes back, if one does
}

func sentArguments() []arguments {
	const (
		within  = "`taskUUID` held more than a task id: the one within it was looked up"
		valid   = "; valid are taskUUID, detail, pointer, offset, wait, maxBytes"
		sendOwn = `Send {"taskUUID": "` + failedID + `"}.`
		sendOne = `Send {"taskUUID": "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"}.`
		missing = "The required argument `taskUUID` is missing."
		finding = "`pointer` was read within /request, where the pointer of a finding leads"
		upper   = "B880F077-E514-58EF-0EBD-CE1C37B46EB7"
		dashed  = "b880f077\u2011e514\u201158ef\u20110ebd\u2011ce1c37b46eb7"
		bare    = "b880f077e51458ef0ebdce1c37b46eb7"
	)
	from := func(argument, name string) string {
		return "`" + argument + "` was taken from the argument `" + name + "`"
	}
	return []arguments{
		// Nothing, in every way that models say it.
		{sent: `{"taskUUID":"$ID","detail":""}`},
		{sent: `{"taskUUID":"$ID","detail":"  ","pointer":"","offset":""}`},
		{sent: `{"taskUUID":"$ID","detail":null,"pointer":null,"offset":null}`},
		{sent: `{"taskUUID":"$ID","detail":"null","pointer":"none","offset":"undefined"}`},
		{sent: `{"taskUUID":"$ID","uuid":null,"id":"","extra":null}`},
		// Arguments within others.
		{sent: `"{\"taskUUID\":\"$ID\"}"`, notes: []string{"the arguments were taken from JSON within a string"}},
		{sent: `"\n {\"taskUUID\": \"$ID\", \"detail\": \"full\"} "`, notes: []string{"the arguments were taken from JSON within a string"}},
		{sent: `{"arguments":{"taskUUID":"$ID"}}`, notes: []string{"the arguments were taken from within `arguments`"}},
		{sent: `{"arguments":"{\"taskUUID\":\"$ID\"}"}`, notes: []string{
			"the arguments were taken from within `arguments`", "the arguments were taken from JSON within a string",
		}},
		{sent: `"$ID"`, notes: []string{"the arguments were a string, not an object: it was taken for `taskUUID`"}},
		{sent: `"{\"taskUUID\":"`, wrong: "The arguments are a string, not an object.", next: sendOne},
		{sent: `["$ID"]`, wrong: "The arguments are an array, not an object.", next: sendOwn},
		{sent: `7`, wrong: "The arguments are a number, not an object.", next: sendOne},
		// Other names.
		{sent: `{"task_uuid":"$ID"}`, notes: []string{from("taskUUID", "task_uuid")}},
		{sent: `{"uuid":"$ID"}`, notes: []string{from("taskUUID", "uuid")}},
		{sent: `{"id":"$ID"}`, notes: []string{from("taskUUID", "id")}},
		{sent: `{"taskUuid":"$ID"}`, notes: []string{from("taskUUID", "taskUuid")}},
		{sent: `{"taskId":"$ID","Detail":"full"}`, notes: []string{from("taskUUID", "taskId"), from("detail", "Detail")}},
		{sent: `{"id":"call_1","uuid":"$ID"}`, notes: []string{from("taskUUID", "uuid"), "ignored arguments: `id`" + valid}},
		{sent: `{"id":"` + largeID + `","taskUUID":"$ID"}`, notes: []string{"ignored arguments: `id`" + valid}},
		{sent: `{"id":7}`, wrong: "`taskUUID` is a number, not a string; one call looks up one task.", next: sendOne},
		// Other forms.
		{sent: `{"taskUUID":"{$ID}"}`},
		{sent: `{"taskUUID":"urn:uuid:$ID"}`},
		{sent: `{"taskUUID":"` + bare + `"}`},
		{sent: `{"taskUUID":"` + dashed + `"}`},
		{sent: `{"taskUUID":" \"$ID\"\n"}`},
		{sent: `{"taskUUID":"<$ID>"}`, notes: []string{within}},
		{sent: `{"taskUUID":"https://my.example.com/tasks/$ID?tab=log"}`, notes: []string{within}},
		{sent: `{"taskUUID":"https://my.example.com/?q=task%2F$ID"}`, notes: []string{within}},
		{sent: `{"taskUUID":"2026-11-02T10:00:00Z ERROR task=$ID failed"}`, notes: []string{within}},
		{sent: `{"taskUUID":"task ` + dashed + ` failed"}`, notes: []string{within}},
		{sent: `{"taskUUID":"{\"taskUUID\": \"$ID\"}"}`, notes: []string{within}},
		{sent: `{"taskUUID":"$ID or ` + upper + `"}`, notes: []string{within}},
		{
			sent:  `{"taskUUID":"$ID, ` + largeID + `"}`,
			wrong: "`taskUUID` holds 2 task ids: `" + failedID + "`, `" + largeID + "`; one call looks up one task.",
			next:  `Send one of them, such as {"taskUUID": "` + failedID + `"}.`,
		},
		{
			sent:  `{"taskUUID":"` + sixIDs() + ` $ID"}`,
			wrong: "`taskUUID` holds 7 task ids: `" + strings.ReplaceAll(strings.Join(strings.Fields(sixIDs())[:5], " "), " ", "`, `") + "` and 2 more; one call looks up one task.",
			next:  `Send one of them, such as {"taskUUID": "` + strings.Fields(sixIDs())[0] + `"}.`,
		},
		{sent: `{"taskUUID":["$ID"]}`, wrong: "`taskUUID` is an array, not a string; one call looks up one task.", next: sendOwn},
		// Names of nothing.
		{sent: `{"taskUUID":"$ID","verbose":true}`, notes: []string{"ignored arguments: `verbose`" + valid}},
		{sent: `{"taskUUID":"$ID","a":1,"b":2,"c":3,"d":4,"e":5}`, notes: []string{"ignored arguments: `a`, `b`, `c`, `d` and 1 more" + valid}},
		{sent: `{"taskUUID":"$ID","_meta":{},"random_string":"x"}`, notes: []string{"ignored arguments: `_meta`, `random_string`" + valid}},
		// Pointers.
		{sent: `{"taskUUID":"$ID","pointer":"/0/inputs/referenceImages"}`, notes: []string{finding}, piece: "/request/0/inputs/referenceImages"},
		{sent: `{"taskUUID":"$ID","pointer":"/0"}`, notes: []string{finding}, piece: "/request/0"},
		{sent: `{"taskUUID":"$ID","pointer":" /request/0 ","offset":"0"}`, piece: "/request/0"},
		{
			sent:  `{"taskUUID":"$ID","pointer":"/inputs"}`,
			wrong: "`pointer` is `/inputs`; an RFC 6901 pointer that begins with /request or /response is accepted.",
			next:  `Take one from omissions, such as "/request/0/positivePrompt".`,
		},
		// Sizes.
		{sent: `{"taskUUID":"$ID","maxBytes":50000}`},
		{sent: `{"taskUUID":"$ID","maxBytes":"80000"}`},
		{sent: `{"taskUUID":"$ID","maxBytes":1000000}`, notes: []string{"`maxBytes` was taken for 80000: it is from 4096 to 80000"}},
		{
			sent:  `{"taskUUID":"$ID","max_bytes":0}`,
			notes: []string{"`maxBytes` was taken for 4096: it is from 4096 to 80000", "`maxBytes` was taken from the argument `max_bytes`"},
		},
		{
			sent:  `{"taskUUID":"$ID","maxBytes":-1}`,
			wrong: "`maxBytes` is `-1`; an integer from 4096 to 80000 is accepted.",
			next:  "Leave it out for 24000.",
		},
		{
			sent:  `{"taskUUID":"$ID","maxBytes":"all"}`,
			wrong: "`maxBytes` is `all`; an integer from 4096 to 80000 is accepted.",
			next:  "Leave it out for 24000.",
		},
		// Examples are the caller's own, or none.
		{sent: `{}`, wrong: missing, next: sendOne},
		{sent: `null`, wrong: missing, next: sendOne},
		{sent: `{"query":"$ID"}`, wrong: missing, next: sendOwn},
		{sent: `{"taskUUID":"b880f077"}`, wrong: "`taskUUID` `b880f077` is not a task id: 8-4-4-4-12 hexadecimal digits are accepted, of any UUID version.", next: sendOne},
		{sent: `{"taskUUID":"task-1","note":"$ID"}`, wrong: "`taskUUID` `task-1` is not a task id: 8-4-4-4-12 hexadecimal digits are accepted, of any UUID version.", next: sendOwn},
	}
}

// sixIDs are ids of no task.
func sixIDs() string {
	var ids []string
	for i := range 6 {
		ids = append(ids, "0000000"+strconv.Itoa(i)+"-0000-4000-8000-000000000000")
	}
	return strings.Join(ids, " ")
}

// TestArguments sends the real binary what models really send.
func TestArguments(t *testing.T) {
	h, err := startHost(nil, "--demo")
	defer h.kill()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range sentArguments() {
		sent := strings.ReplaceAll(a.sent, "$ID", failedID)
		result, err := h.request("tools/call", `{"name":"get_task_details","arguments":`+sent+`}`)
		if err != nil {
			t.Fatalf("%s: %v", a.sent, err)
		}
		report, _ := rawjson.Member(result, "structuredContent")
		if diff := cmp.Diff(a, outcomeOf(a.sent, report), cmp.AllowUnexported(arguments{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", a.sent, diff)
		}
		if id := member(report, "taskUUID"); a.wrong == "" && id != failedID {
			t.Errorf("%s: looked up %s", a.sent, id)
		}
		if isError, _ := rawjson.Member(result, "isError"); (string(isError) == "true") != (a.wrong != "") {
			t.Errorf("%s: isError %s", a.sent, isError)
		}
	}
	if err := h.end(); err != nil {
		t.Error(err)
	}
}

func outcomeOf(sent string, report []byte) arguments {
	got := arguments{sent: sent}
	diagnosis, _ := rawjson.Member(report, "diagnosis")
	if member(report, "status") == "unavailable" {
		got.wrong, got.next = member(diagnosis, "summary"), member(diagnosis, "nextStep")
	}
	notes, _ := rawjson.Member(diagnosis, "notes")
	for _, note := range rawjson.Items(notes) {
		text, _ := rawjson.Text(note)
		got.notes = append(got.notes, text)
	}
	piece, _ := rawjson.Member(report, "piece")
	got.piece = member(piece, "pointer")
	return got
}
