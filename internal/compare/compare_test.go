package compare_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mcp-taskdetails/internal/compare"
)

const one, two = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"

func sent(id, members string) []byte {
	return fmt.Appendf(nil, `[{"taskType":"ping"},{"taskUUID":%q,%s}]`, id, members)
}

// differences are those of two tasks as lines; an incidental one has an i in front.
func differences(t *testing.T, before, after []byte) []string {
	t.Helper()
	tasks := compare.Requests(before, one, after, two)
	if tasks.Before == nil || tasks.After == nil {
		t.Fatal("a task was not found")
	}
	var lines []string
	for _, d := range tasks.Differences {
		if d.Path == "/taskUUID" {
			continue
		}
		line := fmt.Sprintf("%s %s > %s", d.Path, d.Before, d.After)
		if d.Incidental {
			line = "i " + line
		}
		lines = append(lines, line)
	}
	return lines
}

func TestDifferences(t *testing.T) {
	for name, tc := range map[string]struct {
		before, after string
		want          []string
	}{
		"alike":            {`"a":1,"b":{"c":[1,2]}`, `"b":{"c":[1.0,2e0]},"a":1`, nil},
		"a digit":          {`"seedless":9223372036854775807`, `"seedless":9223372036854775806`, []string{"/seedless 9223372036854775807 > 9223372036854775806"}},
		"escapes":          {`"a":"\u00e9"`, `"a":"é"`, nil},
		"another type":     {`"a":"1"`, `"a":1`, []string{`/a "1" > 1`}},
		"null is a value":  {`"a":null`, `"b":null`, []string{"/a null > ", "/b  > null"}},
		"nested":           {`"a":{"b":{"c":1,"d":2}}`, `"a":{"b":{"c":2,"d":2}}`, []string{"/a/b/c 1 > 2"}},
		"put in":           {`"a":["x","y","z"]`, `"a":["x","n","y","z"]`, []string{`/a/1  > "n"`}},
		"taken out":        {`"a":["x","y","z"]`, `"a":["y","z"]`, []string{`/a/0 "x" > `}},
		"item by item":     {`"a":[{"m":1,"w":1},{"m":2,"w":1}]`, `"a":[{"m":1,"w":2},{"m":2,"w":1}]`, []string{"/a/0/w 1 > 2"}},
		"object for array": {`"a":[1]`, `"a":{"b":1}`, []string{`/a [1] > {"b":1}`}},
		"doubled names":    {`"a":1,"a":2`, `"a":2`, nil},
		"pointer escapes":  {`"a/b~c":1`, `"a/b~c":2`, []string{"/a~1b~0c 1 > 2"}},
		"seed":             {`"seed":1`, `"seed":2`, []string{"i /seed 1 > 2"}},
		"URL":              {`"seedImage":"https://a.example.com/x.png"`, `"seedImage":"https://a.example.com/y.png"`, []string{`i /seedImage "https://a.example.com/x.png" > "https://a.example.com/y.png"`}},
		"URL or word":      {`"seedImage":"https://a.example.com/x.png"`, `"seedImage":"none"`, []string{`/seedImage "https://a.example.com/x.png" > "none"`}},
		"where it goes":    {`"webhookURL":"a"`, `"webhookURL":"b"`, []string{`i /webhookURL "a" > "b"`}},
		"kind of task":     {`"taskType":"imageInference"`, `"taskType":"caption"`, []string{`/taskType "imageInference" > "caption"`}},
		"model":            {`"model":"a:1@1"`, `"model":"a:2@1"`, []string{`/model "a:1@1" > "a:2@1"`}},
	} {
		if got := differences(t, sent(one, tc.before), sent(two, tc.after)); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

// Requests that were made to cost are compared all the same, within bounds.
func TestDifferencesAreBounded(t *testing.T) {
	var many strings.Builder
	for n := range 3000 {
		fmt.Fprintf(&many, `"n%d":1,`, n)
	}
	tasks := compare.Requests(sent(one, many.String()+`"z":1`), one, sent(two, `"z":1`), two)
	if len(tasks.Differences) != 500 || tasks.Left < 2000 {
		t.Errorf("%d differences and %d more", len(tasks.Differences), tasks.Left)
	}
	deep := strings.Repeat(`{"a":`, 5000)
	end := strings.Repeat("}", 5000)
	tasks = compare.Requests(sent(one, `"d":`+deep+"1"+end), one, sent(two, `"d":`+deep+"2"+end), two)
	if len(tasks.Differences) != 2 { // the id, and a value as a whole
		t.Errorf("%d differences", len(tasks.Differences))
	}
	for _, broken := range []string{"", "null", "[", `"x"`, "[[[]]]", "{}"} {
		compare.Requests([]byte(broken), one, []byte(broken), two)
	}
}
