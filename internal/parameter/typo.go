package parameter

// longestName bounds what is compared letter by letter.
const longestName = 64

// Mistyped tells two folded names that are one or two typing errors apart, or of which one is the other cut short, where both
// are long enough for that to be no chance.
func Mistyped(a, b string) bool {
	d, shorter := Distance(a, b), min(len(a), len(b))
	const cut = 4
	isCut := shorter >= 10 && len(a)+len(b)-2*shorter <= cut && a[:shorter] == b[:shorter]
	return d == 1 && shorter >= 4 || d == 2 && shorter >= 8 || isCut
}

// Distance counts insertions, deletions, replacements and swaps of neighbours; beyond 2 it does not count on.
func Distance(a, b string) int {
	const far = 3
	if len(a)-len(b) >= far || len(b)-len(a) >= far || len(a) > longestName {
		return far
	}
	before, last, row := []int(nil), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, make([]int, len(b)+1)
	}
	return min(last[len(b)], far)
}
