package parameter

import (
	"slices"
	"testing"
)

func TestAsNear(t *testing.T) {
	sizes := [][2]int{{1280, 720}, {720, 1280}, {1920, 1080}, {1024, 576}}
	for _, c := range []struct {
		w, h int
		want []int
	}{
		{1024, 1024, []int{0, 1}}, // lying and standing are as near to a square
		{1280, 700, []int{0}},
		{700, 1280, []int{1}},
	} {
		if got := AsNear(c.w, c.h, sizes, NearestSize(c.w, c.h, sizes)); !slices.Equal(got, c.want) {
			t.Errorf("%dx%d: %v, want %v", c.w, c.h, got, c.want)
		}
	}
}
