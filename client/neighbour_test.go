package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/schema"
)

// numberedID is the id of one of many tasks.
func numberedID(n int) string { return fmt.Sprintf("a770f077-f413-47de-9dac-%012d", n) }

func twenty() []string {
	var ids []string
	for n := range 20 {
		ids = append(ids, numberedID(n))
	}
	return ids
}

// all gives each of the twenty the same response.
func all(response string) map[string]string {
	responses := map[string]string{}
	for _, id := range twenty() {
		responses[id] = response
	}
	return responses
}

// archive answers for whatever is asked, with what make puts into each response.
func archive(t *testing.T, asked *atomic.Int64, response func(id string) string) http.HandlerFunc {
	t.Helper()
	return func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		var question []struct {
			TaskUUID string `json:"taskUUID"`
		}
		body, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(body, &question); err != nil {
			t.Error(err)
		}
		var items []string
		for _, q := range question {
			items = append(items, `{"taskType":"getTaskDetails","taskUUID":"`+q.TaskUUID+`","response":`+response(q.TaskUUID)+`}`)
		}
		w.Header().Set("Content-Type", "application/json")
		write(w, data(items...))
	}
}

// One task that makes a reply unreadable costs the nineteen beside it nothing, and alone says what is wrong with it.
func TestOneBadNeighbour(t *testing.T) {
	const limit = 256 << 10
	deep := strings.Repeat("[", 12_000) + strings.Repeat("]", 12_000)
	for _, c := range []struct {
		name     string
		bad      map[string]string // by id
		asked    int64
		want     string
		lasts    bool
		maxReply int64
	}{
		{"not a number", map[string]string{numberedID(7): `{"data":[{"cost":NaN}]}`}, 9, "HTTP 200 with broken JSON after byte 98", true, 0},
		{"the first and the last", map[string]string{numberedID(0): `{"x":}`, numberedID(19): `{"x":}`}, 17, "HTTP 200 with broken JSON after byte 98", true, 0},
		{"nested", map[string]string{numberedID(19): deep}, 11, "HTTP 200 with JSON nested more than 10000 levels deep", true, 0},
		{"too large", map[string]string{numberedID(3): `"` + strings.Repeat("x", limit) + `"`}, 11, "the reply exceeds 256 KiB", true, limit},
		{"cut off", map[string]string{numberedID(3): `{"x":[[[[[`}, 11, "HTTP 200 with broken JSON after byte 98", true, 0},
		{"every one", all(`{"x":NaN}`), 39, "HTTP 200 with broken JSON after byte 98", true, 0},
		{"good tasks that are too large together", nil, 3, "", false, limit},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asked atomic.Int64
			good := `{"data":[{"imageURL":"x"}]}`
			if c.bad == nil {
				good = `"` + strings.Repeat("x", 16<<10) + `"`
			}
			server := serve(t, archive(t, &asked, func(id string) string {
				if bad, ok := c.bad[id]; ok {
					return bad
				}
				return good
			}))
			lookups := connect(t, server, Config{MaxReply: c.maxReply, Attempts: 3}).TaskDetails(t.Context(), twenty()...)
			for _, l := range lookups {
				_, bad := c.bad[l.TaskUUID]
				if !bad {
					if l.Err != nil || string(l.Task.Response) != good {
						t.Errorf("%s: %v", l.TaskUUID, l.Err)
					}
					continue
				}
				e, ok := errors.AsType[*Error](l.Err)
				if !ok {
					t.Fatalf("%s: got %v, want *Error", l.TaskUUID, l.Err)
				}
				if e.Detail != c.want || e.Kind != schema.CategoryInternal || e.Final != c.lasts || e.Attempts != 1 {
					t.Errorf("%s: %q, kind %s, final %t, after %d attempts", l.TaskUUID, e.Detail, e.Kind, e.Final, e.Attempts)
				}
			}
			if got := asked.Load(); got != c.asked {
				t.Errorf("asked %d times, want %d", got, c.asked)
			}
		})
	}
}

// What fails whatever is asked is not asked for in halves: a page in place of JSON, a failed call, a refused key.
func TestFailedCallsAreNotHalved(t *testing.T) {
	for _, c := range []struct {
		name, body string
		status     int
	}{
		{"a page", "<!DOCTYPE html>", 200},
		{"broken JSON of a gateway", `{"data":[}`, 502},
		{"a refused key", `{"errors":[{"code":"invalidApiKey"}]}`, 401},
		{"nothing", "", 200},
	} {
		var asked atomic.Int64
		server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.WriteHeader(c.status)
			write(w, c.body)
		})
		for _, l := range connect(t, server, Config{}).TaskDetails(t.Context(), twenty()...) {
			if e, ok := errors.AsType[*Error](l.Err); !ok || e.Final {
				t.Errorf("%s: got %v", c.name, l.Err)
			}
		}
		if asked.Load() != 1 {
			t.Errorf("%s: asked %d times", c.name, asked.Load())
		}
	}
}

// A reply that ends too early may be whole the next time; one that is broken inside will not.
func TestOnlyWhatLastsIsFinal(t *testing.T) {
	for body, want := range map[string]bool{
		data(answer(idA))[:100]:                false,
		`{"data":[{"taskUUID":"` + idA + `"`:   false,
		`{"data":[{"request":NaN}]}`:           true,
		data(answer(idA)) + data(answer(idA)):  false,
		"<html>":                               false,
		`{"errors":[{"code":"taskNotFound"}]}`: false,
	} {
		if e := failure(t, connect(t, serve(t, reply200(body)), Config{}).TaskDetails(t.Context(), idA)); e.Final != want {
			t.Errorf("%s: final is %t: %v", body, e.Final, e)
		}
	}
}

// A flood of errors is read to a bound, and says so; the answer beside it stands.
func TestFloodOfErrors(t *testing.T) {
	var flood bytes.Buffer
	for n := range 50_000 {
		fmt.Fprintf(&flood, `{"code":"a%d"},`, n)
	}
	body := `{"errors":[` + flood.String() + strings.Repeat(`{"code":"a0"},`, 1000) + `{"code":"taskNotFound","taskUUID":"` + idB + `"}],"data":[` + answer(idA) + `]}`
	lookups := connect(t, serve(t, reply200(body)), Config{}).TaskDetails(t.Context(), idA, idB, idC)
	if lookups[0].Err != nil {
		t.Error(lookups[0].Err)
	}
	e, ok := errors.AsType[*Error](lookups[1].Err)
	if !ok || e.Kind != schema.CategoryNotFound || len(e.API) != 1 {
		t.Errorf("got %v: the task's own error was left", lookups[1].Err)
	}
	e, ok = errors.AsType[*Error](lookups[2].Err)
	if !ok || len(e.API) != 100 {
		t.Fatalf("got %v", lookups[2].Err)
	}
	want := []string{"1000 further errors repeat others word for word", "49900 further errors were not read: 100 different ones are the most"}
	if diff := cmp.Diff(want, e.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

// What was no UTF-8 in an error is shown as U+FFFD, and that is said.
func TestInvalidUTF8IsNoted(t *testing.T) {
	for body, want := range map[string]int{
		"{\"errors\":[{\"code\":\"a\",\"message\":\"caf\xe9\"}]}":     1,
		"{\"errors\":[{\"code\":\"a\",\"message\":\"\xff\xfe\"}]}":    1,
		"{\"errors\":[{\"code\":\"a\",\"message\":\"café \ufffd\"}]}": 0,
	} {
		e := failure(t, connect(t, serve(t, reply200(body)), Config{}).TaskDetails(t.Context(), idA))
		if len(e.Notes) != want || want == 1 && !strings.Contains(e.Notes[0], "not valid UTF-8") {
			t.Errorf("%q: noted %q", body, e.Notes)
		}
	}
}

// What a reply costs follows its size, whatever it is made of: counted in bytes allocated, with the reply itself.
func TestReadingFollowsTheSize(t *testing.T) {
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		t.Skip("the race detector takes memory of its own")
	}
	const fixed = 512 << 10
	list := func(element string) string {
		return element + strings.Repeat(","+element, (1<<20)/len(element))
	}
	for name, body := range map[string]string{
		"data of {}":            data(list(`{}`)),
		"data of 1":             data(list(`1`)),
		"bare 1":                `[` + list(`1`) + `]`,
		"errors":                `{"errors":[` + list(`{"code":"a"}`) + `]}`,
		"errors in data":        data(list(`{"code":"a"}`)),
		"failures in data":      data(list(`{"taskUUID":"u","error":{"code":"a"}}`)),
		"allowed values":        `{"errors":[{"code":"a","allowedValues":[` + list(`1`) + `]}]}`,
		"envelopes":             `[` + list(`{"data":[]}`) + `]`,
		"a padded answer":       `{"pad":"` + list(`x`) + `",` + data(answer(idA))[1:],
		"a message":             `{"errors":[{"code":"a","message":"` + list(`x`) + `"}]}`,
		"members of an item":    data(`{` + list(`"status":1`) + `}`),
		"strings with escapes":  data(list(`"\u0061"`)),
		"answers for strangers": data(list(answer(idB))),
	} {
		before, after := runtime.MemStats{}, runtime.MemStats{}
		runtime.ReadMemStats(&before)
		r := decode(t.Context(), []byte(body), []string{idA}, taskDetails, schema.NewSecret(testKey))
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > 4*uint64(len(body))+fixed {
			t.Errorf("%s: %d bytes cost %d", name, len(body), got)
		}
		if r.problem != "" && !strings.HasPrefix(r.problem, "JSON that is no") {
			t.Errorf("%s: %s", name, r.problem)
		}
	}
}

// ending is a context that ends when it has been asked so many times: a deadline without a clock.
type ending struct {
	context.Context
	asked, after int
}

func (e *ending) Err() error {
	if e.asked++; e.asked > e.after {
		return context.Canceled
	}
	return nil
}

// A call that has ended reads no further, whether it looks for answers or for errors.
func TestReadingStops(t *testing.T) {
	many := strings.Repeat(`{"code":"a","status":1},`, 100_000)
	r := decode(&ending{Context: t.Context(), after: 3}, []byte(data(many+answer(idA))), []string{idA}, taskDetails, schema.Secret{})
	if len(r.answers) > 0 || len(r.errors) > 0 {
		t.Error("items: read to the end")
	}
	r = decode(&ending{Context: t.Context(), after: 3}, []byte(`{"errors":[`+many+`{"code":"last"}]}`), []string{idA}, taskDetails, schema.Secret{})
	if len(r.errors) != 1 || !slices.Contains(r.notes, "the call ended before all of the response was read") {
		t.Errorf("errors: %d were read, noted %q", len(r.errors), r.notes)
	}
}

// A call that ends after a spoilt reply was read and before the halves were asked for blames the clock and no task.
func TestCallEndsBeforeTheHalves(t *testing.T) {
	for name, body := range map[string]string{
		"not a number": `{"data":[{"taskUUID":"` + idA + `","response":NaN}]}`,
		"nested":       data(strings.Repeat("[", 12_000) + strings.Repeat("]", 12_000)),
		"cut off":      data(answer(idA))[:100],
	} {
		c := connect(t, serve(t, reply200(body)), Config{})
		whole := 0
		for after := range 12 {
			found := map[string]*exchange{}
			c.find(&ending{Context: t.Context(), after: after}, []string{idA, idB}, time.Second, found)
			for _, id := range []string{idA, idB} {
				x := found[fold(id)]
				if len(x.ids) < 2 {
					continue
				}
				whole++
				if e := x.failure(id); e.Final || !errors.Is(e, context.Canceled) {
					t.Errorf("%s, ended after %d: %v, final is %t", name, after, e, e.Final)
				}
			}
		}
		if whole == 0 {
			t.Errorf("%s: the call never ended before the halves", name)
		}
	}
}
