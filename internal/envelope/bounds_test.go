package envelope_test

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/rawjson"
)

// shape is a way to fill a response, to any size.
type shape struct {
	name, open, close string
	element           func(i int) string
	run               bool // the elements are one value: no comma stands between them
}

func same(element string) func(int) string { return func(int) string { return element } }

func numbered(format string) func(int) string {
	return func(i int) string { return fmt.Sprintf(format, i) }
}

func (s shape) sized(size int) []byte {
	var b strings.Builder
	b.Grow(size + 1000)
	b.WriteString(s.open)
	for i := 0; b.Len() < size; i++ {
		if i > 0 && !s.run {
			b.WriteByte(',')
		}
		b.WriteString(s.element(i))
	}
	b.WriteString(s.close)
	return []byte(b.String())
}

func shapes() []shape {
	all := []shape{
		{"one long message", `{"errors":[{"code":"a","message":"`, `"}]}`, same("x"), true},
		{"one long escaped message", `{"errors":[{"code":"a","message":"`, `"}]}`, same(`\"\u00e9`), true},
		{"one long provider's answer", `{"errors":[{"code":"a","responseContent":"`, `"}]}`, same("x"), true},
		{"provider's answer as JSON", `{"errors":[{"code":"a","responseContent":[`, `]}]}`, same("1"), false},
		{"allowed numbers", `{"errors":[{"code":"a","allowedValues":[`, `]}]}`, numbered("%d"), false},
		{"allowed values as an object", `{"errors":[{"code":"a","allowedValues":{`, `}}]}`, numbered(`"%d":1`), false},
		{"parameters", `{"errors":[{"code":"a","parameter":[`, `]}]}`, numbered(`"p%d"`), false},
		{"types", `{"errors":[{"code":"a","type":[`, `]}]}`, same(`"t"`), false},
		{"members of an error", `{"errors":[{`, `}]}`, same(`"code":"a"`), false},
		{"errors with many allowed values", `{"errors":[`, `]}`, numbered(`{"code":"a%d","allowedValues":[` + strings.TrimPrefix(strings.Repeat(",1", 1000), ",") + `]}`), false},
		{"an error around errors", `{"message":"m","taskUUID":"u","error":[`, `]}`, numbered(`{"code":"a%d"}`), false},
		{"envelopes", `[`, `]`, numbered(`{"errors":[{"code":"a%d"}]}`), false},
		{"empty envelopes", `[`, `]`, same(`{"data":[]}`), false},
		{"nested", strings.Repeat("[", 5000), strings.Repeat("]", 5000), same("1"), false},
		{"members of the envelope", `{`, `}`, numbered(`"n%d":1`), false},
		{"many lists of data", `{`, `}`, same(`"data":[{}]`), false},
		{"many lists of errors", `{`, `}`, numbered(`"errors":[{"code":"a%d"}]`), false},
		{"one long number", `{"errors":[{"code":"a","min":`, `}]}`, same("1"), true},
	}
	for _, list := range []struct{ name, open, close string }{
		{"data", `{"data":[`, `]}`},
		{"errors", `{"errors":[`, `]}`},
		{"error", `{"error":[`, `]}`},
		{"bare", `[`, `]`},
	} {
		for _, element := range []struct {
			name string
			make func(int) string
		}{
			{"{}", same(`{}`)},
			{"1", same(`1`)},
			{"null", same(`null`)},
			{"empty strings", same(`""`)},
			{"strings", numbered(`"s%d"`)},
			{"lists", same(`[1]`)},
			{"equal codes", same(`{"code":"a"}`)},
			{"codes", numbered(`{"code":"a%d"}`)},
			{"equal errors", same(`{"code":"a","message":"m","taskUUID":"u"}`)},
			{"errors", numbered(`{"code":"a","message":"m%d","taskUUID":"u","allowedValues":[1,2]}`)},
			{"errors inside", numbered(`{"taskUUID":"u%d","status":"error","error":{"code":"a"}}`)},
			{"escaped names", numbered(`{"\u0063ode":"a%d","message":"m"}`)},
			{"results", numbered(`{"taskUUID":"u%d","status":"success","imageURL":"x"}`)},
		} {
			all = append(all, shape{list.name + " of " + element.name, list.open, list.close, element.make, false})
		}
	}
	return all
}

// allocated is how many bytes do takes, those that it lets go again included.
func allocated(do func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

// TestWorkFollowsTheSize holds, by counting bytes, that no shape costs more than three times itself: with the reply that
// makes four. A fixed part is let be, for the few elements that are kept. Each response is also read as JSON in a string.
func TestWorkFollowsTheSize(t *testing.T) {
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		t.Skip("the race detector takes memory of its own")
	}
	const size, fixed = 512 << 10, 320 << 10
	for _, s := range shapes() {
		t.Run(s.name, func(t *testing.T) {
			response := s.sized(size)
			for form, response := range map[string][]byte{"plain": response, "in a string": rawjson.Quote(string(response))} {
				if !rawjson.Valid(response) {
					t.Fatal("the test's response is no JSON")
				}
				var p envelope.Parts
				got := allocated(func() { p = envelope.Decode(response) })
				if got > 3*len(response)+fixed {
					t.Errorf("%s: %d bytes cost %d", form, len(response), got)
				}
				if len(p.Errors) > 200 || len(p.Data) > 2000 {
					t.Errorf("%s: %d errors, %d items were kept", form, len(p.Errors), len(p.Data))
				}
			}
		})
	}
}

const asked = "b880f077-e514-58ef-0ebd-ce1c37b46eb7"

// TestLeft holds that each bound counts what it left, says so in words, and never costs the task that was asked for.
func TestLeft(t *testing.T) {
	list := func(n int, element string) string { return strings.TrimPrefix(strings.Repeat(","+element, n), ",") }
	distinct := func(n int, format string) string {
		var all []string
		for i := range n {
			all = append(all, fmt.Sprintf(format, i))
		}
		return strings.Join(all, ",")
	}
	for _, c := range []struct {
		name, response string
		errors, items  int
		left           envelope.Left
		note           string
	}{
		{
			"two equal errors",
			`{"errors":[` + list(2, `{"code":"a"}`) + `]}`, 1, 0,
			envelope.Left{Repeated: 1},
			"1 further error repeats another word for word",
		},
		{
			"equal errors among others",
			`{"errors":[` + list(50_000, `{"code":"a"}`) + `,{"code":"b"},{"code":"a"}]}`, 2, 0,
			envelope.Left{Repeated: 50_000},
			"50000 further errors repeat others word for word",
		},
		{"equal errors of two tasks", `{"data":[{"taskUUID":"u","error":{"code":"a"}},{"taskUUID":"v","error":{"code":"a"}}]}`, 2, 0, envelope.Left{}, ""},
		{"equal errors of a task", `{"data":[` + list(3, `{"taskUUID":"u","error":{"code":"a"}}`) + `]}`, 1, 0, envelope.Left{Repeated: 2}, "2 further errors repeat others word for word"},
		{"as many errors as go", `{"errors":[` + distinct(100, `{"code":"a%d"}`) + `]}`, 100, 0, envelope.Left{}, ""},
		{
			"too many errors",
			`{"errors":[` + distinct(101, `{"code":"a%d"}`) + `]}`, 100, 0,
			envelope.Left{Errors: 1},
			"1 further errors were not read: 100 different ones are the most",
		},
		{
			"the asked task's error is the last",
			`{"errors":[` + distinct(500, `{"code":"a%d"}`) + `,{"code":"mine","taskUUID":"` + strings.ToUpper(asked) + `"}]}`, 101, 0,
			envelope.Left{Errors: 400},
			"400 further errors were not read: 100 different ones are the most",
		},
		{
			"and its id stands around",
			`[{"data":[` + distinct(500, `{"error":{"code":"a%d"}}`) + `,{"error":{"code":"mine"},"taskUUID":"` + asked + `"}]}]`, 101, 0,
			envelope.Left{Errors: 400},
			"400 further errors were not read: 100 different ones are the most",
		},
		{
			"but there are many of those too",
			`{"errors":[` + distinct(500, `{"code":"a%d","taskUUID":"`+asked+`"}`) + `]}`, 200, 0,
			envelope.Left{Errors: 300},
			"300 further errors were not read: 100 different ones are the most",
		},
		{
			"too many results",
			`{"data":[` + distinct(1500, `{"imageURL":"x%d"}`) + `,{"taskUUID":"` + asked + `"}]}`, 0, 1001,
			envelope.Left{Items: 500},
			"500 further items of the response were not read: 1000 are the most",
		},
		{
			"too many allowed values",
			`{"errors":[{"code":"a","allowedValues":[` + list(1200, "1") + `]}]}`, 1, 0,
			envelope.Left{Allowed: 200},
			"200 further allowed values were not read: 1000 of an error are the most",
		},
		{
			"too many of them over many errors",
			`{"errors":[` + distinct(5, `{"code":"a%d","allowedValues":[`+list(900, "1")+`]}`) + `]}`, 5, 0,
			envelope.Left{Allowed: 500},
			"500 further allowed values were not read: 1000 of an error are the most",
		},
		{"no objects", `{"data":[1,"x",null,[{"imageURL":"x"}]]}`, 0, 0, envelope.Left{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := envelope.Decode([]byte(c.response), asked)
			if diff := cmp.Diff(c.left, p.Left); diff != "" {
				t.Errorf("left (-want +got):\n%s", diff)
			}
			if len(p.Errors) != c.errors || len(p.Data) != c.items {
				t.Errorf("%d errors, %d items", len(p.Errors), len(p.Data))
			}
			if got := strings.Join(p.Left.Notes(), "; "); got != c.note {
				t.Errorf("noted %q", got)
			}
		})
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

// TestStops holds that reading ends with the context, wherever it is, and that the parts say so.
func TestStops(t *testing.T) {
	for name, response := range map[string]string{
		"items":          `{"data":[{}` + strings.Repeat(",{}", 100_000) + `]}`,
		"bare items":     `[{}` + strings.Repeat(",{}", 100_000) + `]`,
		"errors":         `{"errors":[{}` + strings.Repeat(`,{"code":"a"}`, 100_000) + `]}`,
		"envelopes":      `[{}` + strings.Repeat(`,{"data":[{}]}`, 100_000) + `]`,
		"allowed values": `{"errors":[{"code":"a","allowedValues":[1` + strings.Repeat(",1", 100_000) + `]}]}`,
	} {
		for _, after := range []int{0, 3} {
			ctx := &ending{Context: t.Context(), after: after}
			p := envelope.DecodeContext(ctx, []byte(response))
			if !p.Left.Stopped || ctx.asked != after+1 {
				t.Errorf("%s: asked %d times, stopped is %t", name, ctx.asked, p.Left.Stopped)
			}
			if got := p.Left.Notes(); len(got) == 0 || got[len(got)-1] != "the call ended before all of the response was read" {
				t.Errorf("%s: noted %q", name, got)
			}
		}
	}
}
