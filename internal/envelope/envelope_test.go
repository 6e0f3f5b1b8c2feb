package envelope_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// brief is what a shape comes down to: the errors in order, and how many results there are.
type brief struct {
	Errors     []string
	Results    int
	Recognised bool
}

// TestDecode reads every shape that Runware and its clients are known to have used.
func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, response string
		want           brief
	}{
		{"errors", `{"errors":[{"code":"a","message":"m"},{"code":"b"}]}`, brief{[]string{"a m", "b "}, 0, true}},
		{"data beside errors", `{"data":[{"taskUUID":"u","imageURL":"x"}],"errors":[{"code":"a"}]}`, brief{[]string{"a "}, 1, true}},
		{"empty errors", `{"data":[{"imageURL":"x"}],"errors":[]}`, brief{nil, 1, true}},
		{"errors as an object", `{"errors":{"code":"a"}}`, brief{[]string{"a "}, 0, true}},
		{"errors as strings", `{"errors":["no capacity"]}`, brief{[]string{" no capacity"}, 0, true}},
		{"error object", `{"error":{"code":"a","message":"m"},"taskUUID":"u"}`, brief{[]string{"a m u"}, 0, true}},
		{"error array", `{"error":[{"code":"a"},{"code":"b"}]}`, brief{[]string{"a ", "b "}, 0, true}},
		{"error string", `{"error":"text"}`, brief{[]string{" text"}, 0, true}},
		{"error true", `{"error":true,"errorId":19,"errorMessage":"Invalid API key"}`, brief{[]string{" Invalid API key"}, 0, true}},
		{"error null", `{"error":null,"data":[{"imageURL":"x"}]}`, brief{nil, 1, true}},
		{"error in a data item", `{"data":[{"taskUUID":"u","status":"error","error":{"code":"a"}},{"imageURL":"x"}]}`, brief{[]string{"a  u"}, 1, true}},
		{"error as a data item", `{"data":[{"taskUUID":"u","code":"a","message":"m"}]}`, brief{[]string{"a m u"}, 0, true}},
		{"data as an object", `{"data":{"imageURL":"x"}}`, brief{nil, 1, true}},
		{"bare array of results", `[{"imageURL":"x"},{"imageURL":"y"}]`, brief{nil, 2, true}},
		{"bare array of errors", `[{"code":"a","message":"m"}]`, brief{[]string{"a m"}, 0, true}},
		{"array of envelopes", `[{"data":[{"imageURL":"x"}],"error":null},{"data":[],"error":{"code":"a","taskUUID":"u"}}]`, brief{[]string{"a  u"}, 1, true}},
		{"JSON in a string", `"{\"errors\":[{\"code\":\"a\"}]}"`, brief{[]string{"a "}, 0, true}},
		{"a message alone", `{"message":"Endpoint request timed out"}`, brief{[]string{" Endpoint request timed out"}, 0, true}},
		{"null", `null`, brief{}},
		{"nothing", ``, brief{}},
		{"an empty object", `{}`, brief{}},
		{"a number", `42`, brief{}},
		{"broken off", `{"errors":[{"code":"a"},{"code"`, brief{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := envelope.Decode([]byte(c.response))
			got := brief{Results: len(e.Data), Recognised: e.Recognised}
			for _, x := range e.Errors {
				text := x.Code + " " + x.Message
				if x.TaskUUID != "" {
					text += " " + x.TaskUUID
				}
				got.Errors = append(got.Errors, text)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestAPIErrorFields reads every field in every form it was seen in.
func TestAPIErrorFields(t *testing.T) {
	for _, c := range []struct {
		name, element string
		want          schema.APIError
	}{
		{"parameter as a string", `{"code":"a","parameter":"inputs.x[0]"}`, schema.APIError{Code: "a", Parameters: []string{"inputs.x[0]"}}},
		{"parameter as an array", `{"code":"a","parameter":["width","height"]}`, schema.APIError{Code: "a", Parameters: []string{"width", "height"}}},
		{"allowedValues as an array", `{"code":"a","allowedValues":[6,"x"]}`, schema.APIError{Code: "a", Allowed: []schema.Value{schema.Value(`6`), schema.Value(`"x"`)}}},
		{"allowedValues as an object", `{"code":"a","allowedValues":{"0":"x","1":"y"}}`, schema.APIError{Code: "a", Allowed: []schema.Value{schema.Value(`"x"`), schema.Value(`"y"`)}}},
		{"bounds", `{"code":"a","min":256,"max":"2048","multiplier":0.5}`, schema.APIError{Code: "a", Min: "256", Max: "2048", Multiplier: "0.5"}},
		{"bounds that are none", `{"code":"a","min":"<script>","max":{"x":1},"multiplier":null}`, schema.APIError{Code: "a"}},
		{"type as an array", `{"code":"a","type":["integer","array"]}`, schema.APIError{Code: "a", Type: "integer|array"}},
		{"provider's words", `{"code":"a","responseContent":{"e":1},"responseStatusCode":1301}`, schema.APIError{Code: "a", ResponseContent: `{"e":1}`, ResponseStatus: "1301"}},
		{"a numeric code", `{"code":429,"message":["x"]}`, schema.APIError{Code: "429", Message: `["x"]`}},
		{"everything of another type", `{"code":{},"message":null,"parameter":7,"taskUUID":[],"documentation":false}`, schema.APIError{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := envelope.Decode([]byte(`{"errors":[` + c.element + `]}`))
			if len(e.Errors) != 1 {
				t.Fatalf("%d errors", len(e.Errors))
			}
			got := e.Errors[0]
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// FuzzDecode holds that no bytes harm, that the input stays, and that every result is a part of what was recorded.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"data":[{"error":{"code":"a"}}],"errors":[{"parameter":["x"],"allowedValues":{"0":1}}]}`))
	f.Add([]byte(`[{"data":{"status":"error"},"error":[true,"x",{"error":{}}]}]`))
	f.Add([]byte(`"{\"error\":\"\\\"x\\\"\"}"`))
	f.Fuzz(func(t *testing.T, response []byte) {
		before := string(response)
		e := envelope.Decode(response)
		if string(response) != before {
			t.Fatal("the input was changed")
		}
		for _, item := range e.Data {
			if rawjson.KindOf(response) != rawjson.String && !bytes.Contains(response, item.Raw) {
				t.Fatalf("%q was not recorded", item.Raw)
			}
		}
	})
}

// An element that is an error may say that it still runs: its status is not lost with it, and is bounded like the rest.
func TestStatusesOfErrors(t *testing.T) {
	var many []string
	for n := range 150 {
		many = append(many, fmt.Sprintf(`{"status":"s%d","error":"x"}`, n))
	}
	for response, want := range map[string][]string{
		`{"data":[{"status":"Processing","error":{"code":"a"}},{"status":"Processing","code":"b","message":"m"}]}`: {"Processing"},
		`[{"status":"queued","error":true},{"status":"failed"},{"status":7,"error":"x"},{"error":"x"}]`:            {"queued", "failed"},
		`{"data":[{"status":"processing"}],"errors":[{"code":"a","status":"processing"}]}`:                         nil,
		`{"data":[{"status":"run\u006eing","error":{}}]}`:                                                          {"running"},
	} {
		if diff := cmp.Diff(want, envelope.Decode([]byte(response)).Stated); diff != "" {
			t.Errorf("%s (-want +got)\n%s", response, diff)
		}
	}
	if got := len(envelope.Decode([]byte(`{"data":[` + strings.Join(many, ",") + `]}`)).Stated); got != 100 {
		t.Errorf("%d statuses are kept", got)
	}
}
