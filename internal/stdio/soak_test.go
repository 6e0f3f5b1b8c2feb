package stdio

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/server"
)

// Nothing is kept of a call that is over, however it ended.
func TestManyCallsLeaveNothingBehind(t *testing.T) {
	p := start(t, Config{Queue: 64})
	const rounds, calls = 4, 5000
	var first, last stats
	for round := range rounds {
		answered := 0
		go p.stream(repeat(calls, func(i int) string {
			id := strconv.Itoa(i)
			switch i % 20 {
			case 0:
				return callLine(id, "block", "{}") + "\n" + cancelOf(id)
			case 1:
				return callLine(id, "unmarshalable", "{}")
			case 2:
				return callLine(id, "panic", "{}")
			}
			return callLine(id, "echo", `{"text":"x"}`)
		}))
		for answered < calls-calls/20 {
			p.next()
			answered++
		}
		last = p.stats()
		for range 1000 {
			if last.Started == last.Cancelled {
				break
			}
			last = p.stats()
		}
		if round == 0 {
			first = last
		}
		t.Logf("after %d calls: %+v", (round+1)*calls, last)
	}
	if last.Started != last.Cancelled || last.Goroutines > first.Goroutines+2 || last.Heap > first.Heap+1<<20 {
		t.Errorf("after %d calls %+v, after %d %+v", calls, first, rounds*calls, last)
	}
	if rest := p.end(); len(rest) > 0 {
		t.Errorf("got %q", rest[0])
	}
}

// BenchmarkCall is the rate of calls with 64 in flight: through Serve, and through mcp-go's server alone.
func BenchmarkCall(b *testing.B) {
	for name, serve := range map[string]func(in io.Reader, out io.Writer) error{
		"Serve": func(in io.Reader, out io.Writer) error { return Serve(b.Context(), newServer(), in, out, Config{}) },
		"Listen": func(in io.Reader, out io.Writer) error {
			s := server.NewStdioServer(newServer())
			server.WithWorkerPoolSize(maxWorkers)(s)
			server.WithQueueSize(maxQueue)(s)
			return s.Listen(b.Context(), in, out)
		},
	} {
		for _, size := range []int{10, 10_000} {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				in, feed := io.Pipe()
				results, out := io.Pipe()
				ended := make(chan error, 1)
				go func() { ended <- serve(in, out) }()
				text := fmt.Sprintf(`{"text":"%0*d"}`, size, 0)
				window := make(chan struct{}, 64)
				b.ReportAllocs()
				go func() {
					for i := range b.N {
						window <- struct{}{}
						_, _ = io.WriteString(feed, callLine(strconv.Itoa(i), "echo", text)+"\n")
					}
				}()
				replies := bufio.NewReaderSize(results, 1<<16)
				began := time.Now()
				for range b.N {
					if _, err := replies.ReadSlice('\n'); err != nil {
						b.Fatal(err)
					}
					<-window
				}
				b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "calls/s")
				_ = feed.Close()
				if err := <-ended; err != nil {
					b.Fatal(err)
				}
			})
		}
	}
}
