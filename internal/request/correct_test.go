package request

import (
	"fmt"
	"strings"
	"testing"

	"mcp-taskdetails/schema"
)

func TestCorrect(t *testing.T) {
	const four = `[{"taskType":"authentication","apiKey":"kept-as-it-is"},{"taskUUID":"a","seed":9223372036854775807,"x":75},{"p":"<&>","taskUUID":"b","w":1.50},{"taskUUID":"c"}]`
	set := []schema.Operation{{Op: "replace", Path: "/1/x", Value: schema.IntValue(30)}}
	for name, tc := range map[string]struct {
		raw    string
		patch  []schema.Operation
		resend []int
		want   string
	}{
		"all":              {four, set, nil, `[{"taskType":"authentication","apiKey":"kept-as-it-is"},{"taskUUID":"new-1","seed":9223372036854775807,"x":30},{"p":"<&>","taskUUID":"new-2","w":1.50},{"taskUUID":"new-3"}]`},
		"one":              {four, nil, []int{2}, `[{"taskType":"authentication","apiKey":"kept-as-it-is"},{"p":"<&>","taskUUID":"new-1","w":1.50}]`},
		"first and last":   {four, set, []int{1, 3}, `[{"taskType":"authentication","apiKey":"kept-as-it-is"},{"taskUUID":"new-1","seed":9223372036854775807,"x":30},{"taskUUID":"new-2"}]`},
		"a lone object":    {`{"x":75,"y":1}`, []schema.Operation{{Op: "replace", Path: "/x", Value: schema.IntValue(30)}}, nil, `[{"x":30,"y":1,"taskUUID":"new-1"}]`},
		"JSON in a string": {`"[{\"taskUUID\":\"a\"}]"`, nil, nil, `[{"taskUUID":"new-1"}]`},
		"white space":      {" \n" + four, set, []int{1}, `[{"taskType":"authentication","apiKey":"kept-as-it-is"},{"taskUUID":"new-1","seed":9223372036854775807,"x":30}]`},
		"polls":            {`[{"taskType":"getResponse","taskUUID":"a"},{"taskType":"getTaskDetails","taskUUID":"b"}]`, nil, []int{1}, `[{"taskType":"getTaskDetails","taskUUID":"b"}]`},
		"no such place":    {`[{"taskUUID":"a"}]`, set, nil, ""},
		"no task":          {`[]`, nil, nil, ""},
		"no JSON":          {`{`, nil, nil, ""},
		"too many":         {"[" + strings.Repeat(`{},`, maxTasks) + "{}]", nil, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			ids := 0
			got, err := Correct([]byte(tc.raw), tc.patch, tc.resend, func() string { ids++; return fmt.Sprint("new-", ids) })
			if string(got) != tc.want || (err == nil) != (tc.want != "") {
				t.Errorf("%v\n got %s\nwant %s", err, got, tc.want)
			}
		})
	}
}
