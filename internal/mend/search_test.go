package mend

import "testing"

// TestAffordable holds that a task as people make them may be judged as often as a search wants, and a large one is
// judged a few times.
func TestAffordable(t *testing.T) {
	for _, c := range []struct{ values, least, most int }{
		{40, MaxValidations, MaxValidations},
		{500, MaxValidations, MaxValidations},
		{20_000, 2, 5},
		{1_000_000, 2, 2},
	} {
		if got := affordable(make([]any, c.values-1)); got < c.least || got > c.most {
			t.Errorf("%d values may be judged %d times", c.values, got)
		}
	}
}
