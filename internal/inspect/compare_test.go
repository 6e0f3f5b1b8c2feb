package inspect_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"mcp-taskdetails/client"
	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"

	"github.com/google/go-cmp/cmp"
)

const fourth = "4d8e2c6a-0f15-4b93-a7c1-8e6d5f4c3b72" // the third of four tasks, whose guidance scale is out of range

// pairOf answers two ids with two tasks.
func pairOf(before, after schema.Task) fetcherFunc {
	return func(_ context.Context, ids ...string) []client.Lookup {
		lookups := make([]client.Lookup, len(ids))
		for n, id := range ids {
			task := before
			if strings.EqualFold(id, after.TaskUUID) {
				task = after
			}
			lookups[n] = client.Lookup{TaskUUID: id, Task: task}
		}
		return lookups
	}
}

func taskOf(id, members, response string) schema.Task {
	return schema.Task{
		TaskUUID: id,
		Request:  fmt.Appendf(nil, `[{"taskType":"imageInference","taskUUID":%q,"model":"runware:101@1",%s}]`, id, members),
		Response: []byte(response),
	}
}

const (
	fine       = `{"data":[{"taskType":"imageInference","imageUUID":"x","imageURL":"https://im.runware.ai/x.jpg"}]}`
	tooLarge   = `{"errors":[{"code":"invalidCFGScale","message":"Invalid value for 'CFGScale' parameter. It must be a float value between 0 and 30.","parameter":"CFGScale","type":"float","min":0,"max":30}]}`
	unpaid     = `{"errors":[{"code":"insufficientCredits","message":"Insufficient credits"}]}`
	processing = `{"data":[{"taskType":"imageInference"}]}`
)

func TestCompareVerdicts(t *testing.T) {
	const a, b = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
	for name, tc := range map[string]struct {
		before, after         string
		beforeSays, afterSays string
		verdict               schema.Verdict
		named, others         string // pointers
		says                  string
	}{
		"the finding names it": {
			`"CFGScale":75,"steps":20`, `"CFGScale":7,"steps":30`, tooLarge, fine,
			schema.VerdictDifference, "/0/CFGScale", "/0/steps", "Only `taskUUID` failed, and its finding names what differs: `CFGScale`.",
		},
		"the other one failed": {
			`"CFGScale":7`, `"CFGScale":75`, fine, tooLarge,
			schema.VerdictDifference, "/0/CFGScale", "", "Only `otherTaskUUID` failed",
		},
		"only the failed one has it": {
			`"CFGScale":75`, `"steps":30`, tooLarge, fine,
			schema.VerdictDifference, "/0/CFGScale", "/0/steps", "names what differs: `CFGScale`",
		},
		"the same value in both": {
			`"CFGScale":75,"steps":20`, `"CFGScale":75.0,"steps":30`, tooLarge, fine,
			schema.VerdictSameValue, "", "/0/steps", "names `CFGScale`, which is the same in both: the two requests differ in one value.",
		},
		"nothing of the request": {
			`"steps":20`, `"steps":30`, unpaid, fine,
			schema.VerdictNoParameter, "", "/0/steps", "names no parameter of the request",
		},
		"one cause":  {`"CFGScale":75`, `"CFGScale":80`, tooLarge, tooLarge, schema.VerdictSameCause, "", "/0/CFGScale", "Both failed for the same cause"},
		"two causes": {`"CFGScale":75`, `"CFGScale":80`, tooLarge, unpaid, schema.VerdictDifferentCauses, "", "/0/CFGScale", "Both failed, for different causes."},
		"none failed": {
			`"a":{"b":[1,2,3],"c":1}`, `"a":{"c":1,"b":[1,3]}`, fine, fine,
			schema.VerdictNeitherFailed, "", "/0/a/b/1", "Neither task failed: the two requests differ in one value.",
		},
		"alike": {
			`"seed":1,"x":1e2`, `"seed":2,"x":100`, fine, fine,
			schema.VerdictNeitherFailed, "", "", "alike but for ids, URLs and seeds",
		},
		"one still runs": {`"steps":20`, `"steps":30`, tooLarge, processing, schema.VerdictUndecided, "", "/0/steps", "`taskUUID` is failed, `otherTaskUUID` pending"},
	} {
		t.Run(name, func(t *testing.T) {
			i := newInspector(t, inspect.Config{Fetcher: pairOf(taskOf(a, tc.before, tc.beforeSays), taskOf(b, tc.after, tc.afterSays))})
			got := i.Compare(t.Context(), a, b)
			pointers := func(all []schema.Difference) string {
				var list []string
				for _, d := range all {
					list = append(list, d.Pointer)
				}
				return strings.Join(list, " ")
			}
			want := [3]string{string(tc.verdict), tc.named, tc.others}
			if diff := cmp.Diff(want, [3]string{string(got.Verdict), pointers(got.Named), pointers(got.Differences)}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if !strings.Contains(got.Summary, tc.says) {
				t.Errorf("summary: %s", got.Summary)
			}
			oneFailed := (tc.beforeSays == fine || tc.beforeSays == processing) != (tc.afterSays == fine || tc.afterSays == processing)
			if (got.Diagnosis != nil) != oneFailed || got.Missed() {
				t.Errorf("diagnosis %+v", got.Diagnosis)
			}
		})
	}
}

// The asked task is found in its array, and both are asked for in one request.
func TestCompareAlignsByTask(t *testing.T) {
	fetcher, models := sandboxed(t)
	count := &counting{fetcher: fetcher}
	i := newInspector(t, inspect.Config{Fetcher: count, Models: models})
	got := i.Compare(t.Context(), fourth, succeeded, "a note")
	if got.Verdict != schema.VerdictDifference || len(got.Named) != 1 || got.Named[0].Pointer != "/2/CFGScale" ||
		string(got.Named[0].Before) != "75" || string(got.Named[0].After) != "7.5" {
		t.Errorf("%+v", got)
	}
	if len(got.Diagnosis.Patch) != 1 || got.Diagnosis.Findings != nil || got.Notes[0] != "a note" {
		t.Errorf("%+v", got.Diagnosis)
	}
	if count.requests.Load() != 1 {
		t.Errorf("%d requests", count.requests.Load())
	}
}

func TestCompareMissesOne(t *testing.T) {
	fetcher, models := sandboxed(t)
	i := newInspector(t, inspect.Config{Fetcher: fetcher, Models: models})
	for _, tc := range []struct {
		id, other, says string
		missed          bool
	}{
		{failed, unknown, "The task of `otherTaskUUID` was not looked up: Runware has no task", true},
		{unknown, failed, "The task of `taskUUID` was not looked up: Runware has no task", true},
		{unknown, strings.Replace(unknown, "4", "5", 1), "Neither task was looked up: ", true},
	} {
		got := i.Compare(t.Context(), tc.id, tc.other)
		if got.Missed() != tc.missed || !strings.HasPrefix(got.Summary, tc.says) || got.Diagnosis == nil || got.Diagnosis.Category != schema.CategoryNotFound {
			t.Errorf("%+v", got)
		}
	}
}

// Secrets of either task are masked, long texts are shown where they differ, media not at all, and the answer is bounded.
func TestCompareShowsLittle(t *testing.T) {
	const a, b = "00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"
	const secret, other = "rw_9fK2mQ7xLpV4tZ8sB1nD6cW3", "rw_3cW6dN1bS8zT4vPxL7qM2kF9"
	prompt := strings.Repeat("a quiet harbour at dusk, ", 100)
	base64 := strings.Repeat("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ", 40)
	before := taskOf(a, fmt.Sprintf(`"apiKey":%q,"positivePrompt":%q,"seedImage":%q,"note":"it is %s"`, secret, prompt+"in red", base64, other), fine)
	after := taskOf(b, fmt.Sprintf(`"apiKey":%q,"positivePrompt":%q,"seedImage":%q,"note":"it is %s"`, other, prompt+"in blue", base64+"AAAA", secret), fine)
	i := newInspector(t, inspect.Config{Fetcher: pairOf(before, after)})
	got := i.Compare(t.Context(), a, b)
	text, _ := present.Marshal(got)
	if strings.Contains(string(text), secret) || strings.Contains(string(text), other) || strings.Contains(string(text), "iVBOR") {
		t.Errorf("%s", text)
	}
	for _, d := range got.Differences {
		if d.Pointer != "/0/positivePrompt" {
			continue
		}
		left, _ := rawjson.Text(d.Before)
		right, _ := rawjson.Text(d.After)
		if !strings.HasSuffix(left, "dusk, in red") || !strings.HasSuffix(right, "dusk, in blue") || len(left) > 200 {
			t.Errorf("%q, %q", left, right)
		}
	}

	var many, others strings.Builder
	for n := range 2000 {
		fmt.Fprintf(&many, `"p%d":%q,`, n, strings.Repeat("x\x01\u202e", 500))
		fmt.Fprintf(&others, `"q%d":{"a":[%d,%q]},`, n, n, prompt)
	}
	i = newInspector(t, inspect.Config{Fetcher: pairOf(taskOf(a, many.String()+`"z":1`, tooLarge), taskOf(b, others.String()+`"z":2`, fine))})
	got = i.Compare(t.Context(), a, b)
	text, _ = present.Marshal(got)
	if len(text) > 16_000 || len(got.Differences)+got.More < 1000 {
		t.Errorf("%d bytes, %d differences and %d more", len(text), len(got.Differences), got.More)
	}
}
