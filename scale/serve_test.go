package scale

import (
	"bufio"
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"
)

// TestDeployment decodes deployment.yaml strictly, and starts its container's command: the probes find what they ask for.
func TestDeployment(t *testing.T) {
	content, err := os.ReadFile("deployment.yaml")
	if err != nil {
		t.Fatal(err)
	}
	first, second, ok := bytes.Cut(content, []byte("\n---\n"))
	if !ok {
		t.Fatal("there are not two documents")
	}
	var deployment appsv1.Deployment
	if err := yaml.UnmarshalStrict(first, &deployment); err != nil {
		t.Fatal(err)
	}
	var service corev1.Service
	if err := yaml.UnmarshalStrict(second, &service); err != nil {
		t.Fatal(err)
	}
	pod := deployment.Spec.Template
	for name, value := range service.Spec.Selector {
		if pod.Labels[name] != value || deployment.Spec.Selector.MatchLabels[name] != value {
			t.Errorf("the selector %s=%s finds no pod", name, value)
		}
	}
	container := pod.Spec.Containers[0]
	args := slices.Clone(container.Args)
	at := slices.Index(args, "--http") + 1
	if at == 0 || !strings.HasSuffix(args[at], ":8080") || container.Ports[0].ContainerPort != 8080 {
		t.Fatalf("arguments %q, ports %v", args, container.Ports)
	}
	args[at] = "127.0.0.1:0"
	url := startServer(t, args)
	for _, probe := range []*corev1.Probe{container.ReadinessProbe, container.LivenessProbe} {
		response, err := http.Get(url + probe.HTTPGet.Path)
		if err != nil {
			t.Fatal(err)
		}
		if err := response.Body.Close(); err != nil || response.StatusCode != http.StatusOK {
			t.Errorf("%s: %d, %v", probe.HTTPGet.Path, response.StatusCode, err)
		}
	}
}

// TestCompose reads compose.yaml, and starts its command.
func TestCompose(t *testing.T) {
	content, err := os.ReadFile("compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var compose struct {
		Services map[string]struct {
			Command []string `json:"command"`
		} `json:"services"`
	}
	if err := yaml.Unmarshal(content, &compose); err != nil {
		t.Fatal(err)
	}
	args := slices.Clone(compose.Services["taskdetails"].Command)
	at := slices.Index(args, "--http") + 1
	if at == 0 {
		t.Fatalf("command %q", args)
	}
	args[at] = "127.0.0.1:0"
	response, err := http.Get(startServer(t, args) + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("%d, %v", response.StatusCode, err)
	}
}

// startServer starts the program with these arguments, until the test ends.
func startServer(t *testing.T, args []string) (url string) {
	t.Helper()
	cmd := exec.Command(filepath.Join(program, "mcp-taskdetails"), args...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if _, served, ok := strings.Cut(lines.Text(), "serving "); ok {
			return strings.TrimSuffix(served, "/mcp")
		}
	}
	t.Fatal("the server said nothing")
	return ""
}
