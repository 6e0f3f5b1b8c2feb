package message

import (
	"strings"
	"testing"
)

// TestEchoes pins what is an echo: a short text as a whole, a part of a longer one, whatever became of its blanks, quotes and
// letter case; and that no other word goes with it.
func TestEchoes(t *testing.T) {
	const long = "A very long winding sentence about the sea. 'steps' must be exactly 20. And more."
	for _, c := range []struct{ name, text, prose, want string }{
		{"whole", "Rejected: a red fox in snow.", "a red fox in snow", "Rejected: ."},
		{"within words", "Rejected: extrared foxes.", "red fox", "Rejected: extrared foxes."},
		{"too short", "must be 20", "must", "must be 20"},
		{"the middle", "Near 'steps' must be exactly 20.", long, "Near '."},
		{"other letters and blanks", "Near STEPS must  be\nexactly 20!", long, "Near !"},
		{"a part that is no echo", "steps must be exactly 30", long, "steps must be exactly 30"},
		{"another text", "Steps must be between 1 and 100.", long, "Steps must be between 1 and 100."},
		{"other scripts", "拒绝：一只红色的狐狸坐在雪地里看着远方的山脉和森林", "一只红色的狐狸坐在雪地里看着远方的山脉和森林", "拒绝："},
		{"nothing", "", long, ""},
	} {
		if got := Forget(c.text, []string{c.prose}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if got := Forget(strings.Repeat("ab ", 4000), []string{strings.Repeat("ab", 1<<20)}); strings.Contains(got, "abab") {
		t.Error("what repeats itself is left")
	}
}
