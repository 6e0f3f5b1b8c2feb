package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync/atomic"
	"time"

	"mcp-taskdetails/internal/export"
	"mcp-taskdetails/internal/render"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/schollz/progressbar/v3"
)

// watcher tells on stderr how far an export is: a bar on a terminal, a line now and then elsewhere, and a last line.
type watcher struct {
	err    io.Writer
	file   string // as it was named
	output *export.Output
	bar    *progressbar.ProgressBar
	total  atomic.Int64
	began  time.Time
	told   time.Time
}

// linesEvery is how often somebody who does not watch is told.
const linesEvery = 10 * time.Second

func newWatcher(ctx context.Context, p process, ids *sources, output *export.Output, file string) *watcher {
	w := &watcher{err: p.stderr, file: file, output: output, began: time.Now(), told: time.Now()}
	if cut := output.Cut(); cut > 0 {
		w.line("%d bytes at the end of %s were not whole and are cut off", cut, file)
	}
	if n := output.Before(); n > 0 {
		w.line("%s holds %d reports; they are not asked for again", file, n)
	}
	if isTerminal(p.stderr) && p.getenv("TERM") != "dumb" {
		w.bar = progressbar.NewOptions64(-1,
			progressbar.OptionSetWriter(p.stderr), progressbar.OptionSetDescription("tasks"), progressbar.OptionShowCount(),
			progressbar.OptionShowIts(), progressbar.OptionSetItsString("tasks"), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth(), progressbar.OptionSetPredictTime(true))
		go func() { // it takes the time of reading the files, which is next to nothing beside the API's
			if n, ok := ids.total(ctx); ok && n > 0 {
				w.total.Store(int64(n))
			}
		}()
	}
	return w
}

func (w *watcher) line(format string, args ...any) {
	_, _ = fmt.Fprintf(w.err, "%s: "+format+"\n", append([]any{tools.Name}, args...)...)
}

func (w *watcher) progress(c export.Counts) {
	if w.bar != nil {
		if total := w.total.Swap(0); total > 0 {
			w.bar.ChangeMax64(total)
		}
		_ = w.bar.Set64(int64(c.Done()))
		return
	}
	if time.Since(w.told) < linesEvery {
		return
	}
	w.told = time.Now()
	w.line("%d of %d ids read so far are done, %.0f a second", c.Done(), c.Read, float64(c.Done())/time.Since(w.began).Seconds())
}

// end says what became of it all.
func (w *watcher) end(ctx context.Context, c export.Counts, err error) error {
	if w.bar != nil {
		_ = w.bar.Clear()
	}
	w.line("%s", w.summary(c))
	if m := c.Media; m != (export.Saved{}) {
		w.line("%s", media(m))
	}
	stopped, isStopped := errors.AsType[*export.StoppedError](err)
	switch {
	case ctx.Err() != nil:
		w.line("error: interrupted; the same command goes on from here")
		return outcome(exitMissed)
	case isStopped:
		w.line("error: %s", render.Visible(strings.TrimSuffix(stopped.Summary, ".")))
		w.line("hint: %s", render.Visible(strings.TrimSuffix(stopped.NextStep, ".")))
		return outcome(exitMissed)
	case err != nil:
		w.line("error: %s", render.Visible(strings.TrimPrefix(err.Error(), "export: ")))
		w.line("hint: what was written is whole; when that is mended, the same command goes on from here")
		return outcome(exitMissed)
	case c.Left > 0:
		w.line("error: %d tasks are in no report, since they could not be looked up or their files not be saved; run the same command again", c.Left)
		return outcome(exitMissed)
	case c.Read == 0:
		return usage("a task id has 8-4-4-4-12 hexadecimal digits", "there is no task id in the input")
	}
	return nil
}

// summary is one line: how many reports, of which status, and what became of the other ids.
func (w *watcher) summary(c export.Counts) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d reports written", w.output.Kept())
	if w.file != "-" {
		fmt.Fprintf(&b, " to %s", w.file)
	}
	var parts []string
	for _, status := range []schema.Status{
		schema.StatusSucceeded, schema.StatusFailed, schema.StatusPartial, schema.StatusPending,
		schema.StatusUnknown, schema.StatusNotFound, schema.StatusUnavailable,
	} {
		if n := c.Written[status]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, strings.ReplaceAll(string(status), "_", " ")))
		}
	}
	if len(parts) > 0 {
		b.WriteString(": " + strings.Join(parts, ", "))
	}
	for _, other := range []struct {
		n    int
		what string
	}{{c.There, "already there"}, {c.Elsewhere, "of other shards"}} {
		if other.n > 0 {
			fmt.Fprintf(&b, "; %d %s", other.n, other.what)
		}
	}
	return b.String()
}

func media(m export.Saved) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d result files saved (%d bytes)", m.Files, m.Bytes)
	for _, other := range []struct {
		n    int
		what string
	}{{m.There, "already there"}, {m.Gone, "gone for good"}, {m.Foreign, "not on Runware's hosts and left alone"}} {
		if other.n > 0 {
			fmt.Fprintf(&b, ", %d %s", other.n, other.what)
		}
	}
	return b.String()
}

// bytesLines are the lines of a text without their ends.
func bytesLines(text []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for line := range bytes.SplitSeq(bytes.TrimSuffix(text, []byte("\n")), []byte("\n")) {
			if !yield(line) {
				return
			}
		}
	}
}
