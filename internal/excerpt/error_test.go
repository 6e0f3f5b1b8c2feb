package excerpt_test

import (
	"strings"
	"testing"

	"mcp-taskdetails/internal/excerpt"

	"github.com/google/go-cmp/cmp"
)

const (
	message = `Invalid value for CFGScale parameter. It must be between 0 and 30.`
	id      = `4d8e2c6a-71b3-4f0e-9d52-0a6b8c1e3f74`
	object  = `{"code":"invalidCFGScale","message":"` + message + `","parameter":"CFGScale","taskUUID":"` + id + `"}`
	errors  = `{"errors":[` + object + `]}`
)

// The same error in the forms in which people hold it.
func TestError(t *testing.T) {
	quoted := strings.ReplaceAll(errors, `"`, `\"`)
	twice := strings.ReplaceAll(strings.ReplaceAll(quoted, `\`, `\\`), `"`, `\"`)
	python := strings.NewReplacer(`"`, `'`).Replace(object)
	for name, c := range map[string]struct{ text, want string }{
		"object":             {object, object},
		"envelope":           {errors, errors},
		"array":              {"[" + object + "]", "[" + object + "]"},
		"blanks and a mark":  {"\n  " + errors + " \n", errors},
		"line of a log":      {`2026-11-25T10:11:12.345Z ERROR [worker-3] runware: request failed: ` + errors + ` (attempt 1 of 3)`, errors},
		"structured log":     {`{"level":"error","msg":"generation failed","attempt":1,"err":` + object + `}`, object},
		"axios":              {`{"message":"Request failed with status code 400","name":"AxiosError","code":"ERR_BAD_REQUEST","response":{"status":400,"data":` + errors + `}}`, errors},
		"body in a string":   {`{"statusCode":400,"body":"` + quoted + `"}`, errors},
		"escaped in a line":  {`level=error msg="upstream said {\"errors\":[` + strings.ReplaceAll(object, `"`, `\"`) + `]}" attempt=2`, errors},
		"escaped twice":      {`time=10:11 payload="{\"body\":\"` + twice + `\"}"`, errors},
		"escaped, no quotes": {quoted, errors},
		"python":             {`runware.types.RunwareAPIError: RunwareAPIError: ` + python, object},
		"python in a list":   {"Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\n    raise RunwareAPIError(x)\nRunwareAPIError: {'errors': [" + strings.TrimSuffix(python, "}") + ", 'type': None, 'x': True}]}", `{"errors":[` + strings.TrimSuffix(object, "}") + `,"type":null,"x":true}]}`},
		"javascript":         {"Runware API error: 400 {\n  errors: [\n    {\n      code: 'invalidCFGScale',\n      message: '" + message + "',\n      parameter: 'CFGScale',\n      taskUUID: '" + id + "',\n    }\n  ]\n}\n    at main (/app/a.js:3:9)", errors},
		"joined strings":     {"{\n  code: 'invalidCFGScale',\n  message: 'Invalid value for CFGScale parameter. ' +\n    'It must be between 0 and 30.',\n  parameter: 'CFGScale',\n  taskUUID: '" + id + "'\n}", object},
		"ruby":               {`RuntimeError: {:code=>"invalidCFGScale", :message=>"` + message + `", "parameter" => "CFGScale", taskUUID: "` + id + `"}`, object},
		"map of java":        {`Exception in thread "main": {code=invalidCFGScale, message=` + message + `, parameter=CFGScale, taskUUID=` + id + `}`, object},
		"quotes within":      {`error: {'code': 'invalidCFGScale', 'message': 'Invalid value for 'CFGScale' parameter.'}`, `{"code":"invalidCFGScale","message":"Invalid value for 'CFGScale' parameter."}`},
		"cut off":            {`ERROR {"errors":[{"code":"invalidCFGScale","message":"Invalid value for CFGSc`, `{"errors":[{"code":"invalidCFGScale","message":"Invalid value for CFGSc"}]}`},
		"code alone":         {`{"code":"insufficientCredits"}`, `{"errors":[{"code":"insufficientCredits"}]}`},
		"two lines":          {errors + "\n" + strings.ReplaceAll(errors, "CFGScale", "Steps"), `[` + errors + `,` + strings.ReplaceAll(errors, "CFGScale", "Steps") + `]`},
		"labels":             {`level=error code=invalidCFGScale message="` + message + `" parameter=CFGScale taskUUID=` + id, errors},
		"go":                 {`runware: map[errors:[map[code:invalidCFGScale message:` + message + ` parameter:CFGScale taskUUID:` + id + `]]]`, errors},
		"yaml":               {"code: invalidCFGScale\nmessage: " + message + "\nparameter: CFGScale\ntaskUUID: " + id + "\n", errors},
		"constructor":        {`RunwareError(code='invalidCFGScale', message='` + message + `', parameter='CFGScale', taskUUID='` + id + `')`, errors},
		"print_r":            {"Array\n(\n    [code] => invalidCFGScale\n    [message] => " + message + "\n    [parameter] => CFGScale\n    [taskUUID] => " + id + "\n)\n", errors},
		"in brackets":        {`RunwareError: [invalidCFGScale] ` + message, `{"errors":[{"code":"invalidCFGScale","message":"` + message + `"}]}`},
		"code first":         {`2026-11-25 10:11:12,345 - app - ERROR - Runware API error (400): invalidCFGScale: ` + message, `{"errors":[{"code":"invalidCFGScale","message":"` + message + `"}]}`},
		"code behind":        {`Runware API error: ` + message + ` (invalidCFGScale)`, `{"errors":[{"code":"invalidCFGScale","message":"` + message + `"}]}`},
		"no code":            {`Error: Runware API error: ` + message, `{"errors":[{"message":"` + message + `"}]}`},
		"id in the prefix":   {`{"error":"InferenceError","message":"Runware Error (Task UUID: ` + id + `): ` + message + `"}`, `{"errors":[{"message":"` + message + `","taskUUID":"` + id + `"}]}`},
		"record":             {`{"data":[{"taskType":"getTaskDetails","taskUUID":"` + id + `","request":[{"taskType":"imageInference"}],"response":` + errors + `}]}`, errors},
		"gateway":            {`{"message":"Service Unavailable"}`, `{"message":"Service Unavailable"}`},
		"success":            {`{"data":[{"taskType":"imageInference","taskUUID":"` + id + `","imageURL":"https://im.example.com/a.jpg"}]}`, `{"data":[{"taskType":"imageInference","taskUUID":"` + id + `","imageURL":"https://im.example.com/a.jpg"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			found, ok := excerpt.Error([]byte(c.text))
			if diff := cmp.Diff(c.want, string(found.Response)); diff != "" || !ok {
				t.Errorf("%v (-want +got):\n%s", ok, diff)
			}
			if want := name == "cut off"; found.Cut != want {
				t.Errorf("cut off: %v", found.Cut)
			}
			if want := name == "record"; (found.TaskUUID == id && len(found.Request) > 0) != want {
				t.Errorf("record: %+v", found)
			}
		})
	}
}

// What holds no error is none, whatever it holds.
func TestNoError(t *testing.T) {
	for _, text := range []string{
		"", " ", "hello world", "{}", "[]", "7", "null", `"text"`, `{"a":1}`, `[1,2,[3]]`, "{{{{[[[[", strings.Repeat("[", 10_000), strings.Repeat(`{"a":`, 10_000),
		strings.Repeat(`{"{"`, 10_000), strings.Repeat(`{\"`, 10_000), strings.Repeat("{a:", 10_000), "\xff\xfe\x00",
		`{"data":[]}`, `[{"taskType":"imageInference","taskUUID":"` + id + `","positivePrompt":"a cat"}]`,
	} {
		if found, ok := excerpt.Error([]byte(text)); ok {
			t.Errorf("%.80s: %s", text, found.Response)
		}
	}
}

func TestRequest(t *testing.T) {
	const task = `{"taskType":"imageInference","taskUUID":"` + id + `","positivePrompt":"it's a cat","width":512}`
	for name, c := range map[string]struct{ text, want string }{
		"array":     {"[" + task + "]", "[" + task + "]"},
		"object":    {task, task},
		"string":    {`"[` + strings.ReplaceAll(task, `"`, `\"`) + `]"`, "[" + task + "]"},
		"curl":      {`curl https://api.runware.ai/v1 -H 'Content-Type: application/json' -d '[` + strings.ReplaceAll(task, `'`, `'\''`) + `]'`, "[" + task + "]"},
		"windows":   {`curl -d "[` + strings.ReplaceAll(task, `"`, `\"`) + `]" https://api.runware.ai/v1`, "[" + task + "]"},
		"axios":     {`{"config":{"url":"https://api.runware.ai/v1","data":"[` + strings.ReplaceAll(task, `"`, `\"`) + `]"}}`, "[" + task + "]"},
		"record":    {`{"data":[{"taskType":"getTaskDetails","request":[` + task + `],"response":{"data":[]}}]}`, "[" + task + "]"},
		"python":    {`payload = [{'taskType': 'imageInference', 'taskUUID': '` + id + `', 'positivePrompt': "it's a cat", 'width': 512}]`, "[" + task + "]"},
		"no type":   {`[{"positivePrompt":"a cat"}]`, `[{"positivePrompt":"a cat"}]`},
		"empty":     {`[]`, `[]`},
		"a number":  {`7`, ``},
		"a wrapper": {`{"tasks":[` + task + `]}`, "[" + task + "]"},
	} {
		t.Run(name, func(t *testing.T) {
			got, _, ok := excerpt.Request([]byte(c.text))
			if diff := cmp.Diff(c.want, string(got)); diff != "" || ok != (c.want != "") {
				t.Errorf("%v (-want +got):\n%s", ok, diff)
			}
		})
	}
}
