package present

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

func report(request, response string) schema.TaskReport {
	r := schema.TaskReport{
		TaskUUID: "b880f077-e514-58ef-0ebd-ce1c37b46eb7", Status: schema.StatusFailed,
		Diagnosis: schema.Diagnosis{Summary: "a summary", Category: schema.CategoryUnknown, Retry: schema.RetryNo},
	}
	if request != "" {
		r.Request = []byte(request)
	}
	if response != "" {
		r.Response = []byte(response)
	}
	return r
}

// list renders n items, comma-separated.
func list(n int, item func(i int) string) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(item(i))
	}
	return b.String()
}

func media(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	b := append(make([]byte, 0, n), "\x89PNG\r\n\x1a\n"...)
	for len(b) < n {
		b = append(b, byte(random.Uint32()))
	}
	return base64.StdEncoding.EncodeToString(b[:n])
}

// hostile are shapes that tempt a presenter to lose its budget, its time or its stack.
func hostile() map[string]string {
	long := strings.Repeat("k", 100_000)
	return map[string]string{
		"small keys":       "{" + list(100_000, func(i int) string { return fmt.Sprintf(`"k%d":%d`, i, i) }) + "}",
		"deep arrays":      strings.Repeat("[", 9000) + strings.Repeat("]", 9000),
		"deep objects":     strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9000),
		"deep and wide":    strings.Repeat(`[1,{"a":`, 4000) + "1" + strings.Repeat("},2]", 4000),
		"deep and heavy":   strings.Repeat(`{"a":`, 900) + "[" + list(100_000, func(int) string { return "1" }) + "]" + strings.Repeat("}", 900),
		"long array":       "[" + list(1_000_000, func(int) string { return "7" }) + "]",
		"long keys":        "{" + list(20, func(i int) string { return fmt.Sprintf(`"%s%d":{"a":[1,2,3],"apiKey":"x"}`, long, i) }) + "}",
		"mid strings":      "[" + list(5000, func(int) string { return `"` + strings.Repeat("word ", 100) + `"` }) + "]",
		"mid objects":      `{"data":[` + list(1000, func(i int) string { return fmt.Sprintf(`{"i":%d,"text":"%s"}`, i, strings.Repeat("word ", 200)) }) + "]}",
		"secrets":          "[" + list(20_000, func(i int) string { return fmt.Sprintf(`{"apiKey":"s%d"}`, i) }) + "]",
		"huge numbers":     "[" + list(20_000, func(i int) string { return fmt.Sprintf("90071992547409%05d", i) }) + "]",
		"out of range":     "[" + list(20_000, func(int) string { return "1e400" }) + "]",
		"one long number":  "[" + strings.Repeat("9", 200_000) + "]",
		"base64 strings":   "[" + list(2000, func(int) string { return `"` + media(300) + `"` }) + "]",
		"one base64":       `{"data":[{"imageBase64Data":"` + media(500_000) + `"}]}`,
		"white space":      "[" + strings.Repeat(" \n", 100_000) + "1," + strings.Repeat("\t", 100_000) + "2]",
		"one long string":  `"` + strings.Repeat("prose and ", 50_000) + `"`,
		"escaped controls": "[" + list(5000, func(int) string { return `"\u0001\u0002\u0003\u0004\u0005"` }) + "]",
		"quotes in names":  "{" + list(3000, func(i int) string { return fmt.Sprintf(`"\"\"\"\"%d":{"token":"\u0000%d"}`, i, i) }) + "}",
		"broken utf-8":     "[" + list(3000, func(int) string { return "\"\xff\xfe\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\"" }) + "]",
		"empty containers": "[" + list(50_000, func(int) string { return "[{}]" }) + "]",
		"duplicate names":  "{" + list(50_000, func(int) string { return `"a":{"b":1}` }) + "}",
		"looks base64":     "[" + list(100, func(int) string { return `"` + strings.Repeat("Ab1/", 200) + `=\n="` }) + "]",
		"heavy after many": "[" + list(3000, func(int) string { return "1" }) + `,{"x":[` + list(40_000, func(int) string { return "2" }) + "]}]",
	}
}

func TestBudgetHoldsForHostileShapes(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases in one goroutine")
	}
	for name, shape := range hostile() {
		if !rawjson.Valid([]byte(shape)) {
			t.Fatalf("%s: the test's own JSON is broken", name)
		}
		for _, budget := range []int{4096, 80_000} {
			t.Run(fmt.Sprintf("%s in %d", name, budget), func(t *testing.T) {
				p := New(Config{Budget: budget})
				check(t, p, report(shape, shape))
				if len(shape) < 500_000 {
					check(t, p, report(`[{"positivePrompt":"a fox"}]`, shape))
				}
			})
		}
	}
}

// What remains must be of use: the ordinary parts stay whole beside the heavy ones, and cuts are made where the weight is.
func TestBudgetCutsWhereTheWeightIs(t *testing.T) {
	p := New(Config{})
	request := `[{"taskType":"imageInference","positivePrompt":"a fox"}]`

	t.Run("many results", func(t *testing.T) {
		items := list(1000, func(i int) string {
			return fmt.Sprintf(`{"imageUUID":"%d","text":"%s"}`, i, strings.Repeat("word ", 100))
		})
		shown := check(t, p, report(request, `{"data":[`+items+`],"errors":[{"code":"x"}]}`))
		if string(shown.Request) != request {
			t.Errorf("request became %s", shown.Request)
		}
		data, _ := rawjson.Member(shown.Response, "data")
		if n := rawjson.Len(data); n < 20 {
			t.Errorf("only %d results shown", n)
		}
		if last, _ := rawjson.Resolve(data, "/"+strconv.Itoa(rawjson.Len(data)-1)+"/imageUUID"); string(last) != `"999"` {
			t.Errorf("the last result is %s", last)
		}
		if code, _ := rawjson.Resolve(shown.Response, "/errors/0/code"); string(code) != `"x"` {
			t.Errorf("the error behind the results is gone: %s", code)
		}
		if len(shown.Omissions) != 1 || shown.Omissions[0].Pointer != "/response/data" {
			t.Errorf("omissions: %+v", shown.Omissions)
		}
	})
	t.Run("one heavy member", func(t *testing.T) {
		heavy := "[" + list(100_000, strconv.Itoa) + "]"
		shown := check(t, p, report(request, `{"data":[{"a":1,"embedding":`+heavy+`,"b":2}]}`))
		for pointer, want := range map[string]string{"/data/0/a": "1", "/data/0/b": "2"} {
			if got, _ := rawjson.Resolve(shown.Response, pointer); string(got) != want {
				t.Errorf("%s is %s", pointer, got)
			}
		}
		text, _ := Marshal(shown)
		if len(text) < p.budget*3/4 {
			t.Errorf("only %d bytes of %d used", len(text), p.budget)
		}
	})
}

// Of many items that are alike the first and the last are shown, unless the last one holds what its place could not lead to.
func TestAlikeItems(t *testing.T) {
	p := New(Config{})
	for name, c := range map[string]struct {
		item func(i int) string
		tail bool
	}{
		"results": {func(i int) string {
			return fmt.Sprintf(`{"taskType":"imageInference","imageUUID":"3d0c9a17-5e42-4b86-9f31-%012d","seed":90071992547409%05d}`, i, i)
		}, true},
		"white space": {func(i int) string {
			return fmt.Sprintf(" { \"imageUUID\" : \"%d\", \"text\":\"%s\" }\n", i, strings.Repeat("word ", 40))
		}, true},
		"a secret": {func(i int) string {
			return fmt.Sprintf(`{"id":%d,"token":"%s","more":"%0200d"}`, i, map[bool]string{true: "k3Jx9Qw2Lm5Zt8Rb"}[i == 9999], i)
		}, false},
		"images":    {func(int) string { return `{"imageBase64Data":"` + media(300) + `"}` }, false},
		"different": {func(i int) string { return fmt.Sprintf(`{"name%d":"%s"}`, i, strings.Repeat("word ", 40)) }, false},
		"numbers":   {strconv.Itoa, false},
	} {
		t.Run(name, func(t *testing.T) {
			const n = 10_000
			shown := check(t, p, report("", `{"data":[`+list(n, c.item)+`]}`))
			data, _ := rawjson.Member(shown.Response, "data")
			items := rawjson.Len(data)
			last, _ := rawjson.Resolve(data, "/"+strconv.Itoa(items-1))
			if tail := rawjson.KindOf(last) == rawjson.Object; tail != c.tail {
				t.Fatalf("tail %v: %s", tail, last)
			}
			said := slices.ContainsFunc(shown.Omissions, func(o schema.Omission) bool {
				return o.Pointer == "/response/data" && o.Count == n-items+1
			})
			if !said {
				t.Errorf("%d of %d items shown, and omissions do not say so", items, n)
			}
			if c.tail && strings.TrimSpace(c.item(n-1)) != string(last) {
				t.Errorf("the last item is %s", last)
			}
		})
	}
}

// An ordinary task is passed on, not copied.
func TestReportReturnsTheOriginalBytes(t *testing.T) {
	r := report(`[ {"positivePrompt": "a fox", "seed": 42} ]`, `{"data": [{"imageURL": "https://im.runware.ai/image/ws/5/ii/4e7a91c3-28d5-4f6b-a0e2-7c3d8f1b5a94.jpg"}]}`)
	shown := check(t, New(Config{}), r)
	if &shown.Request[0] != &r.Request[0] || &shown.Response[0] != &r.Response[0] {
		t.Error("the originals were copied although nothing had to change")
	}
	if len(shown.Omissions)+len(shown.ExactNumbers)+len(shown.Diagnosis.Notes) > 0 {
		t.Errorf("something was found: %+v", shown)
	}
}

func TestDiagnosisSurvivesTheBudget(t *testing.T) {
	p := New(Config{Budget: 20_000})
	r := report("["+list(100_000, func(int) string { return "1" })+"]", "")
	r.Diagnosis.Patch = []schema.Operation{{Op: "add", Path: "/0/x", Value: schema.StringValue(strings.Repeat("v", 9000))}}
	for range 500 {
		r.Diagnosis.Findings = append(r.Diagnosis.Findings, schema.Finding{
			Code: "x", Message: strings.Repeat("\u202e\"", 10_000), Cause: "a cause", Pointer: "/0/" + strings.Repeat("p", 900),
			Actual: schema.StringValue(strings.Repeat("word ", 10_000)),
		})
	}
	shown := check(t, p, r)
	if len(shown.Diagnosis.Findings) == 0 || shown.Diagnosis.Findings[0].Cause != "a cause" || shown.Diagnosis.Summary != "a summary" {
		t.Errorf("diagnosis lost: %+v", shown.Diagnosis)
	}
	if len(shown.Diagnosis.Patch) > 0 || !strings.Contains(strings.Join(shown.Diagnosis.Notes, "\n"), "the patch of 1 operation is not shown: it is too large") {
		t.Errorf("a patch of 9 kB: %v, %q", shown.Diagnosis.Patch, shown.Diagnosis.Notes)
	}
	if !strings.Contains(strings.Join(shown.Diagnosis.Notes, "\n"), "more findings are not shown") {
		t.Errorf("notes do not say what is missing: %q", shown.Diagnosis.Notes)
	}
}

func TestNodesAreBounded(t *testing.T) {
	shape := []byte("[" + list(100_000, func(int) string { return `[[[["` + strings.Repeat("x", 400) + `"]]]]` }) + "]")
	if n := len(measure(shape, DefaultMaxString).nodes); n > maxDepth<<15 || n > 200_000 {
		t.Errorf("%d nodes", n)
	}
	if got, want := measure(shape, DefaultMaxString).cost, len(shape); got != want {
		t.Errorf("cost %d, want the compact size %d", got, want)
	}
	if got := measure([]byte(` { "a" : [ 1 , { } , "x" ] } `), DefaultMaxString).cost; got != len(`{"a":[1,{},"x"]}`) {
		t.Errorf("cost %d of a document with white space", got)
	}
	if !bytes.Equal(New(Config{}).Report(report("[]", "")).Request, []byte("[]")) {
		t.Error("an empty request is shown as it is")
	}
}

// One presenter serves every call at once.
func TestConcurrentReports(t *testing.T) {
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret("test-key-1234")}})
	r := report(`[{"apiKey":"abcdefgh1","x":"test-key-1234","seed":9007199254740993}]`, `{"data":["`+media(2000)+`"]}`)
	want, _ := Marshal(p.Report(r))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got, _ := Marshal(p.Report(r)); !bytes.Equal(got, want) {
					t.Errorf("got %s\nwant %s", got, want)
				}
			}
		})
	}
	wg.Wait()
}

// Thousands of masked values must not push the originals out of the report by being listed.
func TestListsAreBounded(t *testing.T) {
	p := New(Config{})
	hostile := hostile()
	for _, shape := range []string{"secrets", "huge numbers"} {
		shown := check(t, p, report(hostile[shape], ""))
		if len(shown.Request) < p.budget/2 {
			t.Errorf("%s: only %d bytes of the request are left", shape, len(shown.Request))
		}
		if len(shown.ExactNumbers) > maxExact || len(shown.Diagnosis.Notes) != 1 {
			t.Errorf("%s: %d exact numbers, notes %q", shape, len(shown.ExactNumbers), shown.Diagnosis.Notes)
		}
	}
}

// Parsers of hosts give up on deep nesting, so a report is never deep, and planning never pays for depth.
func TestDepthIsBounded(t *testing.T) {
	deep := strings.Repeat(`[{"a":`, 4000) + `"` + strings.Repeat("x ", 1000) + `"` + strings.Repeat("}]", 4000)
	shown := check(t, New(Config{}), report(deep, ""))
	if depth := bytes.Count(shown.Request, []byte("[")) + bytes.Count(shown.Request, []byte("{")); depth != maxDepth+1 { // one in the marker
		t.Errorf("%d levels in %s", depth, shown.Request)
	}
	if n := len(measure([]byte(deep), DefaultMaxString).nodes); n > maxDepth {
		t.Errorf("%d nodes", n)
	}
}

// Broken UTF-8 is mended before it is counted and cut, and pointers through names that hold some lead somewhere.
func TestBrokenUTF8(t *testing.T) {
	p := New(Config{})
	for _, broken := range []string{strings.Repeat("\xff", 60_000), strings.Repeat("\x80", 60_000), strings.Repeat("a\xff", 60_000)} {
		doc := `["` + broken + `"]`
		piece, err := pieceOf(p, []byte(doc), nil, "/request/0", 0, 60_000)
		if err != nil {
			t.Fatal(err)
		}
		r := report(`[]`, "")
		r.Piece = &piece
		check(t, p, r)
		if parts := strings.Join(readAll(t, p, doc, "", "/request/0", 5000), ""); parts != strings.ToValidUTF8(broken, "\uFFFD") {
			t.Errorf("%d bytes in pieces", len(parts))
		}
	}
	p = New(Config{Budget: 4096})
	doc := "[{\"a\xff\xfeb\":[" + list(3000, strconv.Itoa) + "]}]"
	shown := checkAny(t, p, report(doc, ""))
	text, _ := Marshal(shown)
	for _, o := range shown.Omissions {
		if _, ok := rawjson.Resolve(text, o.Pointer); !ok {
			t.Errorf("%q does not resolve in %s", o.Pointer, text)
		}
		if _, err := pieceOf(p, []byte(doc), nil, o.Pointer, 0, 0); err != nil {
			t.Error(err)
		}
	}
	if len(shown.Omissions) == 0 {
		t.Error("nothing was left out: the test does not test")
	}
}
