package present

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	p := New(Config{})
	f, _ := os.Open(os.Getenv("ZZ"))
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	n, bad := 0, 0
	for sc.Scan() {
		l := sc.Text()
		if len(l) > 2000 || strings.TrimSpace(l) == "" {
			continue
		}
		n++
		if got := p.Text(l); strings.Contains(got, redacted) {
			bad++
			if bad < 400 {
				fmt.Println(l, "\n   =>", got)
			}
		}
	}
	fmt.Println(n, bad)
}
