package present

import (
	"fmt"
	"strings"
	"testing"

	"mcp-taskdetails/schema"
)

// failure is the documentation's failed task with the diagnosis it gets.
func failure() schema.TaskReport {
	images := list(5, func(i int) string {
		return fmt.Sprintf(`"https://im.runware.ai/image/ws/5/bucket/media-storage/ii/4e7a91c3-28d5-4f6b-a0e2-7c3d8f1b5a9%d"`, i)
	})
	r := report(`[{"taskType":"imageInference","model":"runware:400@1","positivePrompt":"a landscape","width":1024,"height":1024,"numberResults":1,`+
		`"inputs":{"referenceImages":[`+images+`]},"taskUUID":"b880f077-e514-58ef-0ebd-ce1c37b46eb7"}]`,
		`{"errors":[{"code":"invalidReferenceImagesCount","message":"Invalid number of elements for 'referenceImages' parameter. `+
			`Reference images must contain between 0 and 4.","parameter":"inputs.referenceImages","type":"string[]",`+
			`"documentation":"https://runware.ai/docs","taskUUID":"b880f077-e514-58ef-0ebd-ce1c37b46eb7"}]}`)
	index := 0
	r.Diagnosis = schema.Diagnosis{
		Summary:  "`inputs.referenceImages` has 5 items; `runware:400@1` accepts 0 to 4.",
		Category: schema.CategoryInvalidParameter, Retry: schema.RetryAfterDecision,
		NextStep: "Remove 1 item from `inputs.referenceImages` and send it with a new taskUUID.",
		Patch:    []schema.Operation{{Op: "remove", Path: "/0/inputs/referenceImages/4"}},
		Findings: []schema.Finding{{
			Code: "invalidReferenceImagesCount", Category: schema.CategoryInvalidParameter,
			Message:   "Invalid number of elements for 'referenceImages' parameter. Reference images must contain between 0 and 4.",
			TaskIndex: &index, Parameter: "inputs.referenceImages", Pointer: "/0/inputs/referenceImages",
			Actual: schema.IntValue(5), Measure: schema.MeasureItems,
			Constraint: &schema.Constraint{Text: "0 to 4 items", Min: "0", Max: "4", Source: schema.SourceMessage},
			Fix:        "remove 1 item",
			Confidence: schema.ConfidenceCertain, Retry: schema.RetryAfterDecision, Documentation: "https://runware.ai/docs",
		}},
	}
	return r
}

func benchmark(b *testing.B, r schema.TaskReport) {
	b.Helper()
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret("test-key-0123456789abcdef")}})
	b.ReportAllocs()
	b.SetBytes(int64(len(r.Request) + len(r.Response)))
	for b.Loop() {
		Marshal(p.Report(r))
	}
}

func BenchmarkFailure(b *testing.B) { benchmark(b, failure()) }

func BenchmarkReportOnly(b *testing.B) {
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret("test-key-0123456789abcdef")}})
	r := failure()
	b.ReportAllocs()
	for b.Loop() {
		p.Report(r)
	}
}

// BenchmarkBase64 is one image in the response.
func BenchmarkBase64(b *testing.B) {
	for _, size := range []int{1 << 20, 10 << 20} {
		r := failure()
		r.Response = []byte(`{"data":[{"taskType":"imageInference","imageBase64Data":"` + media(size) + `"}]}`)
		b.Run(fmt.Sprintf("%dMB", size>>20), func(b *testing.B) { benchmark(b, r) })
	}
}

// BenchmarkSmallValues shows how the cost grows with the size of a response of many small values.
func BenchmarkSmallValues(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
		item := `{"a":1,"b":"xyz","cost":0.0013},`
		r := failure()
		r.Response = []byte(`{"data":[` + strings.Repeat(item, size/len(item)) + "{}]}")
		b.Run(fmt.Sprintf("%dkB", size/1000), func(b *testing.B) { benchmark(b, r) })
	}
}

func BenchmarkWhole(b *testing.B) {
	p := New(Config{Secrets: []schema.Secret{schema.NewSecret("test-key-0123456789abcdef")}})
	raw := []byte(`{"data":[{"imageBase64Data":"` + media(10<<20) + `"}]}`)
	b.ReportAllocs()
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		p.Whole(nil, raw)
	}
}

// BenchmarkNuisance masks texts that begin a credential over and over and never end it: each must cost about the same a
// byte at 100 kB as at 1 MB.
func BenchmarkNuisance(b *testing.B) {
	m := newMasker([]schema.Secret{schema.NewSecret(strings.Repeat("a", 31) + "b")})
	for _, s := range []string{
		"eyJ-", "eyJabcdefgh.", "sk-", "apikey:", "apikey=", `\`, "%25", "://", "Basic+", "-----BEGIN ", `apikey="`, "authorization: a ",
		"https://a@", "token: '\\", "u0026token", "://a:b/", "<token>", "curl -u ", "Cookie: a=", "sk-1", "[\"a\",", "…", "aaaaaaaa", "%61",
		"token:“", "token:&quot;", "api key ", "api key (", "password\t", "--api-key ", "(token,", "**", "key '", `"name":"a",`, "Bearer '", "token==",
		"AIza-", "a:AA", "</b>token:", "密码：", "discord.com/api/", `"webhookURL":"https://`, "api api token: ",
		"password is ", `key("`, "|password|", "password??'", "密码是", "apiKey:\n", "a:b@", "&#58;", "password=('", "eyJhIjoiYiJ9-", "mysql -p",
	} {
		for _, size := range []int{100_000, 1_000_000} {
			text := []byte(strings.Repeat(s, size/len(s)))
			b.Run(strings.ReplaceAll(s, "/", "|")+"/"+map[bool]string{true: "100kB", false: "1MB"}[size == 100_000], func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					m.mask(text, webhook)
				}
			})
		}
	}
}
