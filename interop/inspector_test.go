package interop

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"testing"
)

// inspector is the Inspector's command line, which starts the server anew for each call.
type inspector struct{ era, script string }

func dialInspector(era string) func(*testing.T, string) client {
	return func(_ *testing.T, script string) client { return inspector{era, script} }
}

// exitToolError is the Inspector's way to say isError; exitNotPortable that --strict found an error.
const exitToolError = 5

// run returns what the Inspector prints as the result, also when it leaves with exitToolError.
func (c inspector) run(ctx context.Context, args ...string) (result json.RawMessage, code int, err error) {
	args = append([]string{"--cli", c.script, "-q", "--format", "json", "--protocol-era", c.era}, args...)
	command := exec.CommandContext(ctx, nodeTool("mcp-inspector"), args...)
	command.Env = nodeEnvironment()
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		failed, ok := errors.AsType[*exec.ExitError](err)
		if !ok || failed.ExitCode() != exitToolError || stdout.Len() == 0 {
			return nil, 0, fmt.Errorf("inspector: %w: %.400s", err, stderr.Bytes())
		}
		code = failed.ExitCode()
	}
	result, err = member(stdout.Bytes(), nil)("result")
	return result, code, err
}

func (c inspector) list(ctx context.Context) (json.RawMessage, error) {
	result, _, err := c.run(ctx, "--method", "tools/list", "--strict")
	return member(result, err)("tools")
}

func (c inspector) templates(ctx context.Context) (json.RawMessage, error) {
	result, _, err := c.run(ctx, "--method", "resources/templates/list")
	return member(result, err)("resourceTemplates")
}

func (c inspector) call(ctx context.Context, tool string, arguments any) (answer, error) {
	raw, err := json.Marshal(arguments)
	if err != nil {
		return answer{}, err
	}
	result, code, err := c.run(ctx, "--method", "tools/call", "--tool-name", tool, "--tool-args-json", string(raw))
	if err != nil {
		return answer{}, err
	}
	got, err := decodeAnswer(result)
	if err == nil && got.isError != (code == exitToolError) {
		err = fmt.Errorf("inspector: exit code %d with isError %v", code, got.isError)
	}
	return got, err
}

func (c inspector) read(ctx context.Context, uri string) (string, error) {
	result, _, err := c.run(ctx, "--method", "resources/read", "--uri", uri)
	return decodeResource(result, err)
}

func (inspector) close() error { return nil }

const loadCase = "load: 2000 calls, 32 at once"

// TestInspectorLoad calls the tool two thousand times, 32 at once, in both eras.
func TestInspectorLoad(t *testing.T) {
	for _, k := range kinds() {
		if !k.oneShot {
			continue
		}
		t.Run(k.name, func(t *testing.T) {
			matrix.note(t, loadCase, k.name)
			s := newSession(t, []string{"--demo"}, nil)
			c := k.dial(t, s.script).(inspector)
			const args = `{"taskUUID":"` + taskFailed + `","detail":"diagnosis"}`
			command := exec.CommandContext(t.Context(), nodeTool("mcp-inspector"), "--cli", c.script, "-q", "--format", "json", "--protocol-era", c.era,
				"--method", "tools/call", "--tool-name", tool, "--tool-args-json", args, "--load", "--load-requests", "2000", "--load-concurrency", "32")
			command.Env = nodeEnvironment()
			out, err := command.Output()
			if err != nil {
				t.Fatal(err)
			}
			var summary struct {
				Result struct {
					Requests   int `json:"requests"`
					OK         int `json:"ok"`
					ToolErrors int `json:"toolErrors"`
					Errors     int `json:"errors"`
				} `json:"result"`
			}
			if err := json.Unmarshal(out, &summary); err != nil {
				t.Fatal(err)
			}
			if r := summary.Result; r.Requests != 2000 || r.OK != 2000 || r.ToolErrors+r.Errors != 0 {
				t.Errorf("%+v", r)
			}
			s.finish(t)
		})
	}
}
