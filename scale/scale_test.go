package scale

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"
)

// TestManifest decodes the manifest strictly, and runs every pod's command as the kubelet would.
func TestManifest(t *testing.T) {
	content, err := os.ReadFile("job.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var job batchv1.Job
	if err := yaml.UnmarshalStrict(content, &job); err != nil {
		t.Fatal(err)
	}
	spec := job.Spec
	if job.Kind != "Job" || spec.CompletionMode == nil || *spec.CompletionMode != batchv1.IndexedCompletion || spec.Completions == nil {
		t.Fatalf("it is no indexed job: %+v", job)
	}
	pod := spec.Template.Spec
	if spec.PodFailurePolicy == nil || pod.RestartPolicy != corev1.RestartPolicyNever { // Kubernetes refuses one without the other
		t.Errorf("restartPolicy %s", pod.RestartPolicy)
	}
	container := pod.Containers[0]
	for _, rule := range spec.PodFailurePolicy.Rules {
		if rule.OnExitCodes != nil && (*rule.OnExitCodes.ContainerName != container.Name || !slices.Contains(rule.OnExitCodes.Values, 2)) {
			t.Errorf("rule %+v", rule)
		}
	}
	var volumes []string
	for _, v := range pod.Volumes {
		volumes = append(volumes, v.Name)
	}
	for _, m := range container.VolumeMounts {
		if !slices.Contains(volumes, m.Name) {
			t.Errorf("there is no volume %s", m.Name)
		}
	}
	if container.Env[0].Name != "RUNWARE_API_KEY_FILE" {
		t.Errorf("variables %+v", container.Env)
	}

	dir, env := workplace(t)
	for index := range *spec.Completions {
		args := []string{}
		for _, arg := range container.Args {
			arg = strings.ReplaceAll(arg, "$(JOB_COMPLETION_INDEX)", strconv.Itoa(int(index)))
			if arg != "--rate=2" { // a test does not wait
				args = append(args, strings.ReplaceAll(arg, "/data/", dir+"/"))
			}
		}
		cmd := exec.Command(program+"/"+container.Command[0], args...)
		cmd.Env = env
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	complete(t, dir, int(*spec.Completions))
}

// TestParallel runs the documented line of GNU parallel; again, it has nothing to ask for.
func TestParallel(t *testing.T) {
	if _, err := exec.LookPath("parallel"); err != nil {
		t.Skip("GNU parallel is not installed")
	}
	line := documented(t, "sh", "parallel")
	dir, env := workplace(t)
	for range 2 {
		shell(t, dir, env, line)
		complete(t, dir, 4)
	}
}

// TestSlurm runs what the documented line hands to Slurm, as each task of its array would.
func TestSlurm(t *testing.T) {
	line := documented(t, "sh", "sbatch")
	_, wrapped, ok := strings.Cut(line, "--wrap '")
	wrapped, _, closed := strings.Cut(wrapped, "'")
	if !ok || !closed || !strings.Contains(line, "--array=0-3") {
		t.Fatalf("line: %s", line)
	}
	dir, env := workplace(t)
	for index := range 4 {
		shell(t, dir, append(env, fmt.Sprintf("SLURM_ARRAY_TASK_ID=%d", index)), wrapped)
	}
	complete(t, dir, 4)
}

// TestQuery asks DuckDB the documented question about the joined parts.
func TestQuery(t *testing.T) {
	packages := os.Getenv("SCALE_NODE")
	if packages == "" {
		t.Skip("SCALE_NODE names no folder with DuckDB; scale/run installs it")
	}
	dir, env := workplace(t)
	for index := range 4 {
		shell(t, dir, env, fmt.Sprintf("mcp-taskdetails export app.log -o tasks-%d.ndjson.zst --shard %d/4", index, index))
	}
	script, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	node := exec.Command("node", script+"/query.mjs")
	node.Dir, node.Stderr = dir, os.Stderr
	node.Env = append(env, "SCALE_NODE="+packages)
	node.Stdin = strings.NewReader(documented(t, "sql", "read_json"))
	out, err := node.Output()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]any
	if err := json.Unmarshal(out, &rows); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := `[map[category:none cost:1500 status:succeeded tasks:3000] map[category:billing cost:0 status:failed tasks:1000]]`
	if got := fmt.Sprint(rows); got != want {
		t.Errorf("rows %s, want %s", got, want)
	}
}
