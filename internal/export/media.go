package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"

	"github.com/hashicorp/go-retryablehttp"
)

// MediaConfig says where result files go.
type MediaConfig struct {
	Dir string // required; it is made if it is not there
	// Loopback also takes files from this machine. Default is false: only from Runware's hosts over https.
	Loopback bool
	// Concurrency is how many files are loaded at once. Default is 8.
	Concurrency int
	// MaxBytes is the largest file that is kept. Default is 4 GiB.
	MaxBytes  int64
	UserAgent string       // Default is Go's.
	Logger    *slog.Logger // gets a record for each file that cannot be had. Default is none.
}

// Media saves the files that results link to, which Runware deletes after a while. Nothing else in this program fetches a
// URL of task data, and this fetches none but from Runware's own hosts.
//
// A file is called after its task and its number among the task's links; no part of its path stems from task data. It has its
// name only once it is whole.
type Media struct {
	config MediaConfig
	root   *os.Root
	http   *http.Client
	slots  chan struct{}
}

// NewMedia makes the directory.
func NewMedia(c MediaConfig) (*Media, error) {
	if c.Concurrency == 0 {
		c.Concurrency = 8
	}
	if c.MaxBytes == 0 {
		c.MaxBytes = 4 << 30
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("export: make the directory for media: %w", err)
	}
	root, err := os.OpenRoot(c.Dir)
	if err != nil {
		return nil, fmt.Errorf("export: open the directory for media: %w", err)
	}
	m := &Media{config: c, root: root, slots: make(chan struct{}, c.Concurrency)}
	m.http = &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
			TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 30 * time.Second,
			ForceAttemptHTTP2: true, MaxIdleConnsPerHost: c.Concurrency, IdleConnTimeout: 90 * time.Second,
			DisableCompression: true, // else nobody knows how long a file is to be
		},
		CheckRedirect: func(next *http.Request, via []*http.Request) error {
			if !m.from(next.URL) || len(via) > 5 {
				return errElsewhere
			}
			return nil
		},
	}
	return m, nil
}

// Close lets go of the directory.
func (m *Media) Close() error { return m.root.Close() }

// from tells whether a file may be fetched from there.
func (m *Media) from(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	switch {
	case u.User != nil:
		return false
	case u.Scheme == "https" && (u.Port() == "" || u.Port() == "443") && strings.HasSuffix(host, ".runware.ai"):
		return true
	}
	return m.config.Loopback && (u.Scheme == "https" || u.Scheme == "http") && net.ParseIP(host).IsLoopback()
}

// Saved counts the files of one or more tasks.
type Saved struct {
	Files   int // saved now
	Bytes   int64
	There   int // saved before
	Gone    int // refused for good: expired, too large, moved elsewhere
	Foreign int // not on Runware's hosts, and not asked for
}

func (s *Saved) add(o Saved) {
	s.Files, s.Bytes, s.There, s.Gone, s.Foreign = s.Files+o.Files, s.Bytes+o.Bytes, s.There+o.There, s.Gone+o.Gone, s.Foreign+o.Foreign
}

// diskError is a file that cannot be written; others would fare no better.
type diskError struct{ err error }

func (e diskError) Error() string { return "export: save a result file: " + e.err.Error() }
func (e diskError) Unwrap() error { return e.err }

var (
	errElsewhere = errors.New("it leads to a host that is not Runware's")
	errTooLarge  = errors.New("it is larger than any file that is kept")
)

// save loads what a task's results link to. An error says that a file may be had another time, or, as a diskError, that
// none can be written.
func (m *Media) save(ctx context.Context, task schema.Task) (saved Saved, err error) {
	for n, link := range m.links(ctx, task, &saved) {
		if link == nil {
			continue
		}
		name := fmt.Sprintf("%s-%d", strings.ToLower(task.TaskUUID), n)
		switch size, err := m.load(ctx, name, link); {
		case err == nil && size < 0:
			saved.There++
		case err == nil:
			saved.Files++
			saved.Bytes += size
		case isGone(err):
			saved.Gone++
			m.config.Logger.WarnContext(ctx, "a result file cannot be had",
				slog.String("task_uuid", task.TaskUUID), slog.Int("number", n), slog.String("cause", err.Error()))
		default:
			return saved, err
		}
	}
	return saved, nil
}

// links are the URLs of a task's own results, in their order; nil stands for one that is not Runware's.
func (m *Media) links(ctx context.Context, task schema.Task, saved *Saved) []*url.URL {
	var all []*url.URL
	for _, item := range envelope.DecodeContext(ctx, task.Response, task.TaskUUID).Data {
		if item.TaskUUID != "" && !strings.EqualFold(item.TaskUUID, task.TaskUUID) {
			continue
		}
		for text := range urls(item.Raw, 0) {
			u, err := url.Parse(text)
			if err != nil || !m.from(u) {
				u = nil
				saved.Foreign++
			}
			all = append(all, u)
		}
	}
	return all
}

// urls are the strings that stand under a name that ends in "url", such as `imageURL`, at any depth.
func urls(raw []byte, depth int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		const deep = 16
		if depth > deep {
			return
		}
		each := func(name string, value []byte) bool {
			if rawjson.KindOf(value) == rawjson.String {
				if !strings.HasSuffix(strings.ToLower(name), "url") {
					return true
				}
				text, _ := rawjson.Text(value)
				return !strings.HasPrefix(text, "http") || yield(text)
			}
			for text := range urls(value, depth+1) {
				if !yield(text) {
					return false
				}
			}
			return true
		}
		switch rawjson.KindOf(raw) { //nolint:exhaustive // nothing stands in the others
		case rawjson.Object:
			for name, value := range rawjson.Members(raw) {
				if !each(name, value) {
					return
				}
			}
		case rawjson.Array:
			for _, value := range rawjson.Items(raw) {
				if !each("", value) {
					return
				}
			}
		}
	}
}

// load saves one file, unless it is there: size is -1 then. It is asked for again after failures of the moment.
func (m *Media) load(ctx context.Context, name string, link *url.URL) (size int64, err error) {
	select {
	case m.slots <- struct{}{}:
		defer func() { <-m.slots }()
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	if there, err := m.there(name); err != nil || there {
		return -1, err
	}
	const tries = 4
	for n := range tries {
		var resp *http.Response
		size, resp, err = m.once(ctx, name, link) //nolint:bodyclose // it has closed it; the header says how long to wait
		if err == nil || isGone(err) || isDisk(err) || ctx.Err() != nil || n == tries-1 {
			return size, err
		}
		pause := time.NewTimer(retryablehttp.DefaultBackoff(time.Second, 30*time.Second, n, resp))
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
		}
	}
	return size, err
}

// there tells whether a file of that name is saved, whatever its kind.
func (m *Media) there(name string) (bool, error) {
	for _, extension := range extensions() {
		switch _, err := m.root.Lstat(name + extension); {
		case err == nil:
			return true, nil
		case !errors.Is(err, fs.ErrNotExist):
			return false, diskError{err}
		}
	}
	return false, nil
}

// goneError is a status that says that a file is not to be had.
type goneError struct{ status int }

func (e goneError) Error() string { return fmt.Sprintf("HTTP %d", e.status) }

func isGone(err error) bool {
	_, gone := errors.AsType[goneError](err)
	return gone || errors.Is(err, errElsewhere) || errors.Is(err, errTooLarge)
}

func isDisk(err error) bool {
	_, disk := errors.AsType[diskError](err)
	return disk
}

// stall is how long a download may bring nothing.
const stall = time.Minute

// once makes one attempt.
func (m *Media) once(ctx context.Context, name string, link *url.URL) (size int64, resp *http.Response, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link.String(), http.NoBody)
	if err != nil {
		return 0, nil, errElsewhere
	}
	if m.config.UserAgent != "" {
		req.Header.Set("User-Agent", m.config.UserAgent)
	}
	resp, err = m.http.Do(req)
	if err != nil {
		if again, policy := retryablehttp.DefaultRetryPolicy(ctx, nil, err); !again && policy == nil && ctx.Err() == nil {
			return 0, nil, fmt.Errorf("%w: %w", errElsewhere, plainly(err))
		}
		return 0, nil, plainly(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		if again, _ := retryablehttp.DefaultRetryPolicy(ctx, resp, nil); again {
			return 0, resp, fmt.Errorf("HTTP %d", resp.StatusCode)
		}
		return 0, resp, goneError{resp.StatusCode}
	}
	if resp.ContentLength > m.config.MaxBytes {
		return 0, resp, errTooLarge
	}
	watch := time.AfterFunc(stall, cancel)
	defer watch.Stop()
	size, err = m.write(name+extension(link.Path, resp.Header.Get("Content-Type")), name, watched{resp.Body, watch}, resp.ContentLength)
	return size, resp, err
}

// plainly keeps a URL, which may be signed, out of an error.
func plainly(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// watched puts the end of patience off with every read.
type watched struct {
	r     io.Reader
	timer *time.Timer
}

func (w watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if n > 0 {
		w.timer.Reset(stall)
	}
	return n, err
}

// write puts a body under a name of its own, and gives it its real one when it is whole.
func (m *Media) write(name, base string, body io.Reader, length int64) (int64, error) {
	part := "." + base + ".part"
	file, err := m.root.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, diskError{err}
	}
	target := &disk{file: file}
	size, err := io.Copy(target, io.LimitReader(body, m.config.MaxBytes+1))
	switch {
	case target.err != nil:
		err = diskError{target.err}
	case err != nil:
		err = plainly(err)
	case size > m.config.MaxBytes:
		err = errTooLarge
	case length >= 0 && size != length: // net/http sees that already, but the archive depends on it
		err = fmt.Errorf("%d bytes of %d came", size, length)
	default:
		if fault := file.Sync(); fault != nil {
			err = diskError{fault}
		}
	}
	if fault := file.Close(); fault != nil && err == nil {
		err = diskError{fault}
	}
	if err == nil {
		if fault := m.root.Rename(part, name); fault != nil {
			err = diskError{fault}
		}
	}
	if err != nil {
		_ = m.root.Remove(part)
		return 0, err
	}
	return size, nil
}

// disk tells errors of writing from errors of reading.
type disk struct {
	file *os.File
	err  error
}

func (d *disk) Write(p []byte) (int, error) {
	n, err := d.file.Write(p)
	if err != nil {
		d.err = err
	}
	return n, err
}
