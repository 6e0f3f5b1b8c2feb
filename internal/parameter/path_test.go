package parameter

import (
	"slices"
	"testing"
)

// TestNormalize pins that each form in which a path is spelled is one name.
func TestNormalize(t *testing.T) {
	for _, c := range []struct{ path, want string }{
		{"width", "width"},
		{"inputs.image", "inputs.image"},
		{"[inputs][referenceImages]", "inputs.referenceImages"},
		{"[providerSettings][openai][quality]", "providerSettings.openai.quality"},
		{"inputs[mask]", "inputs.mask"},
		{"inputs['mask']", "inputs.mask"},
		{"/0/a/b", "a.b"},
		{"/inputs/image", "inputs.image"},
		{"a.0.b", "a[0].b"},
		{"a[0].b", "a[0].b"},
		{"[lora][0][weight]", "lora[0].weight"},
		{"0.inputs.image", "inputs.image"},
		{"lora[*].weight", "lora[*].weight"},
		{"$.inputs.image", "inputs.image"},
		{"width/height", "width/height"},
		{"negative-prompt", "negative-prompt"},
	} {
		if got, ok := Normalize(c.path); got != c.want || !ok {
			t.Errorf("%s: got %q, %v, want %q", c.path, got, ok, c.want)
		}
	}
	for _, path := range []string{"", "[]", "['a', 'b']", "0.5", "must be", "[in puts][image]", "/0", "/", "https://cdn.example.com/a.png", "ignore[previous]"} {
		if got, ok := Normalize(path); ok {
			t.Errorf("%q is read as the path %q", path, got)
		}
	}
}

// TestEach pins what a field names: a pointer is one path, a pair is two.
func TestEach(t *testing.T) {
	for _, c := range []struct {
		field string
		want  []string
	}{
		{"width/height", []string{"width", "height"}},
		{"width / height", []string{"width", "height"}},
		{"/0/inputs/image", []string{"inputs.image"}},
		{"[inputs][mask]", []string{"inputs.mask"}},
		{"lora.0.weight", []string{"lora[0].weight"}},
		{"steps", []string{"steps"}},
		{"the whole request", nil},
		{"", nil},
	} {
		if got := Each(c.field); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.field, got, c.want)
		}
	}
}

// TestSplit holds that the steps are those of the normal form.
func TestSplit(t *testing.T) {
	for _, path := range []string{"a[0].b", "a.0.b", "[a][0][b]", "/3/a/0/b", "/a/0/b"} {
		if got := Split(path); !slices.Equal(got, []string{"a", "0", "b"}) {
			t.Errorf("%s: %q", path, got)
		}
		if Last(path) != "b" {
			t.Errorf("%s: the last name is %q", path, Last(path))
		}
	}
	if got := Split("width/height"); got != nil {
		t.Errorf("a pair is no path: %q", got)
	}
}

// TestTaskIndex pins which paths say whose parameter they are.
func TestTaskIndex(t *testing.T) {
	for _, c := range []struct {
		path string
		want int
		ok   bool
	}{
		{"/1/steps", 1, true},
		{"[2].inputs.image", 2, true},
		{"[2][inputs][image]", 2, true},
		{"$[0].steps", 0, true},
		{"1.lora[0].weight", 1, true},
		{"steps", 0, false},
		{"/inputs/image", 0, false},
		{"lora[1].weight", 0, false},
		{"1", 0, false},
		{"/1", 0, false},
		{"0.5", 0, false},
		{"3 steps", 0, false},
		{"99999999999999999999.steps", 0, false},
		{"", 0, false},
	} {
		if got, ok := TaskIndex(c.path); got != c.want && ok || ok != c.ok {
			t.Errorf("%q: got %d, %v, want %d, %v", c.path, got, ok, c.want, c.ok)
		}
	}
}
