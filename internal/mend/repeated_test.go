package mend

import "testing"

// What is wrong in each item of an array in one way is one edit, and needs no more of them the longer the array is. What
// leads out of the items, or loses one, is done to each alone.
func TestEverywhere(t *testing.T) {
	const head = `"taskType":"textInference","taskUUID":"5c001eef-0000-4000-8000-000000000001","model":"google:gemma@4-31b"`
	part := func(name string) string {
		return `{"type":"image_url","image_url":{"url":"https://media.example.com/` + name + `.png"}}`
	}
	for _, c := range []struct {
		name, model, task string
		edits, again      int
	}{
		{"five parts of a message", "google_gemma_4-31b", `{` + head + `,"messages":[{"role":"user","content":[` + part("a") + `,` + part("b") + `,` + part("c") + `,` + part("d") + `,` + part("e") + `]}]}`, 2, 4},
		{"one part", "google_gemma_4-31b", `{` + head + `,"messages":[{"role":"user","content":[` + part("a") + `]}]}`, 2, 0},
		{"values that are wrong in different ways", "google_gemma_4-31b", `{` + head + `,"messages":[{"role":"User","content":"a"},{"role":"Assistant","content":"b"}]}`, 2, 0},
	} {
		r := mender(t).Mend(problem(model(t, c.model), decode(t, []byte(c.task))))
		if len(r.Mends) != 1 || len(r.Mends[0].Edits) != c.edits || r.Mends[0].Edits[0].Again != c.again || r.Mends[0].Loses() {
			t.Errorf("%s: %s", c.name, describe(r))
		}
	}
}
