package parameter

import (
	"math"
	"strconv"
	"strings"
)

// NearestSize picks the size (width, height) that is nearest by aspect ratio, then by area; -1 if there is none. Sides are
// greater than 0.
func NearestSize(w, h int, sizes [][2]int) int {
	best := -1
	var bestRatio, bestArea float64
	for i, s := range sizes {
		ratio := math.Abs(math.Log(float64(s[0])/float64(s[1])) - math.Log(float64(w)/float64(h)))
		area := math.Abs(math.Log(float64(s[0])*float64(s[1])) - math.Log(float64(w)*float64(h)))
		const same = 1e-9
		if best < 0 || ratio < bestRatio-same || ratio < bestRatio+same && area < bestArea {
			best, bestRatio, bestArea = i, ratio, area
		}
	}
	return best
}

// AsNear lists the sizes that are as near in shape to one as the nearest is, of its scale: of 1280x720 and 720x1280 none is
// nearer to a square.
func AsNear(w, h int, sizes [][2]int, nearest int) []int {
	shape := func(s [2]int) float64 { return math.Log(float64(s[0])/float64(s[1])) - math.Log(float64(w)/float64(h)) }
	var all []int
	for i, s := range sizes {
		const same = 1e-9
		if math.Abs(math.Abs(shape(s))-math.Abs(shape(sizes[nearest]))) < same && s[0]*s[1] == sizes[nearest][0]*sizes[nearest][1] {
			all = append(all, i)
		}
	}
	return all
}

// widest is more than any side of a picture, in pixels.
const widest = 100_000

// ParseSize reads 1280x720, 1280*720 or 1280×720.
func ParseSize(text string) (w, h int, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, sep := range [...]string{"x", "*", "×"} {
		if a, b, found := strings.Cut(text, sep); found {
			w, errW := strconv.Atoi(strings.TrimSpace(a))
			h, errH := strconv.Atoi(strings.TrimSpace(b))
			return w, h, errW == nil && errH == nil && w > 0 && h > 0 && max(w, h) <= widest
		}
	}
	return 0, 0, false
}

// SameFormat knows the file formats that have two names.
func SameFormat(a, b string) bool {
	jpeg := func(s string) bool { return s == "jpg" || s == "jpeg" }
	return jpeg(a) && jpeg(b)
}
