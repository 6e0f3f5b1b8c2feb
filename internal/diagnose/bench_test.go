package diagnose

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"mcp-taskdetails/schema"
)

// BenchmarkTask diagnoses every archive: the figure is per ordinary failure, the aim at most 100 µs and 30 kB.
func BenchmarkTask(b *testing.B) {
	for _, a := range archives(b) {
		if a.section("schema") != nil {
			continue
		}
		b.Run(strings.TrimSuffix(a.path[len("testdata/rules/"):], ".txtar"), func(b *testing.B) {
			task := a.task()
			b.ReportAllocs()
			for b.Loop() {
				Task(b.Context(), task, nil)
			}
		})
	}
}

// BenchmarkSize grows the request: time a byte must not.
func BenchmarkSize(b *testing.B) {
	response := []byte(`{"errors":[{"code":"invalidWidth","message":"Invalid value for 'width' parameter. Image width must be an integer value between 128 and 2048, in multiples of 64.","parameter":"width"}]}`)
	for _, size := range []int{10 << 10, 100 << 10, 1 << 20, 10 << 20} {
		for _, shape := range []string{"image", "items", "names"} {
			b.Run(fmt.Sprintf("%s/%d", shape, size), func(b *testing.B) {
				task := schema.Task{Request: grow(shape, size), Response: response}
				b.SetBytes(int64(len(task.Request)))
				b.ReportAllocs()
				for b.Loop() {
					Task(b.Context(), task, nil)
				}
			})
		}
	}
}

// grow makes a request of a size: one big string, one long array, or very many names.
func grow(shape string, size int) json.RawMessage {
	var b bytes.Buffer
	b.WriteString(`[{"taskType":"imageInference","width":1000,"height":1024,`)
	switch shape {
	case "image":
		b.WriteString(`"seedImage":"` + strings.Repeat("iVBORw0K", size/8) + `"`)
	case "items":
		b.WriteString(`"referenceImages":[` + strings.Repeat(`"https://files.example.com/a.png",`, size/34) + `""]`)
	case "names":
		for i := 0; b.Len() < size; i++ {
			fmt.Fprintf(&b, `"name%d":{"weight":%d},`, i, i)
		}
		b.WriteString(`"last":1`)
	}
	b.WriteString(`}]`)
	return b.Bytes()
}
