package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"mcp-taskdetails/internal/rawjson"
)

// The long run is `go test ./cmd/mcp-taskdetails -run TestSoak -soak 200000 -v`.
var soakCalls = flag.Int("soak", 4000, "how many calls TestSoak makes")

const (
	soakInFlight = 64
	soakPadding  = 4 << 10 // bytes of a task, so that the cache of the server is full by the middle of the long run
)

// soakKind is what becomes of a call: one in twenty is cancelled, one in twenty meets a fault.
type soakKind string

const (
	soakGood   soakKind = "600d0000" // four calls share each of these tasks: one asks the API, the others share or find it
	soakEarly  soakKind = "ca000000" // cancelled as soon as it is sent
	soakLate   soakKind = "cb000000" // cancelled when it has reached the API
	soakFaulty soakKind = "fa000000"
)

func kindOfCall(i int) soakKind {
	switch i % 20 {
	case 7:
		if i%40 == 7 {
			return soakEarly
		}
		return soakLate
	case 13:
		return soakFaulty
	default:
		return soakGood
	}
}

func (k soakKind) id(i int) string {
	if k == soakGood {
		i -= i % 4
	}
	return fmt.Sprintf("%s-0000-4000-8000-%012d", k, i)
}

// soakFaults are those of a call, in turn, with the status that its report has to have.
var soakFaults = []struct {
	api    func(id string) http.HandlerFunc
	first  bool // the first time only: the second answer is good
	status string
}{
	{func(string) http.HandlerFunc { return answer(401, failure("invalidApiKey", "no")) }, false, "unavailable"},
	{func(string) http.HandlerFunc { return answer(200, page) }, false, "unavailable"},
	{func(string) http.HandlerFunc { return answer(400, `{"errors":[{"code":"taskNotFound"}]}`) }, false, "not_found"},
	{func(string) http.HandlerFunc { return answer(200, `{"data":[`) }, false, "unavailable"},
	{func(string) http.HandlerFunc { return answer(200, envelope(item(otherID, 0))) }, false, "unavailable"},
	{func(id string) http.HandlerFunc { return answer(500, envelope(item(id, 0))) }, false, "succeeded"},
	{func(string) http.HandlerFunc { return answer(503, "") }, true, "succeeded"},
	{func(string) http.HandlerFunc { return bytesOf("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{RESET") }, true, "succeeded"},
	{func(string) http.HandlerFunc { return bytesOf("") }, true, "succeeded"},
	{func(string) http.HandlerFunc { return redirect("https://h.example.com/") }, false, "unavailable"},
}

// soak is one run: it sends, it reads, and it stands for Runware.
type soak struct {
	*host
	t       *testing.T
	window  chan struct{} // holds one for each call in flight
	send    sync.Mutex    // for stdin
	asked   sync.Map      // ids of the faults that a second answer mends
	replies []int         // by call
	ended   chan struct{} // closed at the end of stdout
}

// TestSoak holds the real binary to exactly one reply for each call that was not cancelled, and to none for one that was,
// and its memory and goroutines to staying where they are.
func TestSoak(t *testing.T) {
	s := &soak{t: t, window: make(chan struct{}, soakInFlight), replies: make([]int, *soakCalls), ended: make(chan struct{})}
	api := httptest.NewUnstartedServer(s)
	api.Config.ErrorLog = log.New(io.Discard, "", 0)
	api.Start()
	defer api.Close()
	var err error
	s.host, err = startHost([]string{envKey + "=" + faultKey, envAPIURL + "=" + api.URL + "/v1", envSchemasURL + "=off"})
	defer s.kill()
	if err != nil {
		t.Fatal(err)
	}
	go s.read()

	var middle, last figures
	began := time.Now()
	for i := range *soakCalls {
		s.window <- struct{}{}
		s.call(i)
		if (i+1)%(*soakCalls/4) > 0 && i != soakInFlight {
			continue
		}
		for range soakInFlight { // until nothing is in flight
			s.window <- struct{}{}
		}
		api.CloseClientConnections()
		if last, err = s.settled(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%7d calls: heap %5.1f MiB, resident %5.1f MiB, most ever %5.1f MiB, %d goroutines, %4.0f s", i+1,
			mebi(int(last.Heap)), mebi(s.memory("VmRSS")), mebi(s.memory("VmHWM")), last.Goroutines, time.Since(began).Seconds())
		if (i+1)/(*soakCalls/4) == 2 {
			middle = last
		}
		for range soakInFlight {
			<-s.window
		}
	}
	if last.Heap > middle.Heap+middle.Heap/10+8<<20 {
		t.Errorf("the heap grew from %d bytes to %d", middle.Heap, last.Heap)
	}
	if err := s.stdin.Close(); err != nil {
		t.Error(err)
	}
	<-s.ended
	if err := s.process.Wait(); err != nil {
		t.Errorf("exit: %v\n%s", err, s.stderr.String())
	}
	s.judge()
}

func mebi(n int) float64 { return float64(n) / (1 << 20) }

func (s *soak) call(i int) {
	kind := kindOfCall(i)
	line := fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":%s}`, i, taskCall(kind.id(i)))
	if kind == soakEarly {
		line += "\n" + cancelLine(i)
	}
	s.write(line)
	if kind == soakEarly {
		<-s.window
	}
}

func cancelLine(i int) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%d}}`, i)
}

func (s *soak) write(line string) {
	s.send.Lock()
	defer s.send.Unlock()
	if err := s.host.send(line); err != nil {
		s.t.Error(err)
	}
}

// read counts the replies, and sees that they say what they should.
func (s *soak) read() {
	defer close(s.ended)
	for line := range s.lines {
		id, _ := rawjson.Member(line, "id")
		i, err := strconv.Atoi(string(id))
		if err != nil || i >= len(s.replies) {
			s.t.Errorf("nobody asked for %.300s", line)
			continue
		}
		s.replies[i]++
		want := "succeeded"
		if kindOfCall(i) == soakFaulty {
			want = soakFaults[i/20%len(soakFaults)].status
		}
		if !bytes.Contains(line, []byte(`"status":"`+want+`"`)) {
			s.t.Errorf("call %d is not %s: %.500s", i, want, line)
		}
		<-s.window
	}
}

// judge looks at the number of replies that each call got.
func (s *soak) judge() {
	cancelled, faulty := 0, 0
	for i, got := range s.replies {
		want := 1
		switch kindOfCall(i) {
		case soakEarly, soakLate:
			want = 0
			cancelled++
		case soakFaulty:
			faulty++
		case soakGood:
		}
		if got != want {
			s.t.Errorf("call %d (%s) has %d replies, not %d", i, kindOfCall(i), got, want)
		}
	}
	s.t.Logf("%d calls: %d cancelled, %d with a fault", len(s.replies), cancelled, faulty)
}

// ServeHTTP is the API.
func (s *soak) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	task, _ := rawjson.Resolve(body, "/0")
	id := member(task, "taskUUID")
	i, err := strconv.Atoi(id[len(id)-12:])
	if err != nil {
		s.t.Error(err)
		return
	}
	switch soakKind(id[:8]) {
	case soakEarly:
		hang(w, r)
	case soakLate:
		s.write(cancelLine(i))
		<-s.window
		hang(w, r)
	case soakFaulty:
		fault := soakFaults[i/20%len(soakFaults)]
		if _, again := s.asked.LoadOrStore(id, true); !fault.first || !again {
			fault.api(id)(w, r)
			return
		}
		answer(200, envelope(item(id, soakPadding)))(w, r)
	case soakGood:
		answer(200, envelope(item(id, soakPadding)))(w, r)
	}
}
