package apikey

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"mcp-taskdetails/schema"
)

// maxFile is the longest file that is read for a key.
const maxFile = 64 << 10

// patience is how long a file may take: one on a network that is gone would hold the program up for good.
const patience = 3 * time.Second

// ReadFile reads the key from a file: the key alone, lines like RUNWARE_API_KEY=…, or JSON. It returns at once when ctx
// ends, and soon in any case. A file without a key is a fault.
func ReadFile(ctx context.Context, path string) (schema.Secret, *Fault) {
	path = strings.TrimSpace(path)
	if form, ok := Variable(path); ok {
		return schema.Secret{}, &Fault{
			What: "it is a placeholder like " + form + " that nobody replaced", Mend: "write the whole path of the file that holds the key", Placeholder: true,
		}
	}
	type outcome struct {
		content []byte
		fault   *Fault
	}
	read := make(chan outcome, 1)
	go func() {
		content, fault := contentOf(path)
		read <- outcome{content, fault}
	}()
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case o := <-read:
		if o.fault != nil {
			return schema.Secret{}, o.fault
		}
		return parseFile(o.content)
	case <-ctx.Done():
		return schema.Secret{}, &Fault{What: "reading the file was interrupted", Mend: "start the program again"}
	case <-late.C:
		return schema.Secret{}, &Fault{What: fmt.Sprintf("the file did not open within %s", patience), Mend: "copy the key into a file on this machine"}
	}
}

// contentOf reads a file that is there, plain and small. The look comes first: opening a pipe may block.
func contentOf(path string) ([]byte, *Fault) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unopened(path, err)
	}
	switch {
	case info.IsDir():
		return nil, &Fault{What: "it names a directory, not a file", Mend: "write the whole path of the file that holds the key"}
	case !info.Mode().IsRegular():
		return nil, &Fault{What: "it names a pipe, socket or device, which could block for good", Mend: "write the key into a plain file"}
	case info.Size() > maxFile:
		return nil, tooLarge()
	}
	file, err := os.Open(path) //nolint:gosec // the user names the file
	if err != nil {
		return nil, unopened(path, err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	switch {
	case err != nil:
		return nil, unopened(path, err)
	case len(content) > maxFile: // it grew, or its size was not told
		return nil, tooLarge()
	}
	return content, nil
}

func tooLarge() *Fault {
	return &Fault{What: fmt.Sprintf("the file is larger than %d KiB", maxFile>>10), Mend: "write the path of a file that holds the key alone"}
}

// unopened never shows the path: people put the key itself there.
func unopened(path string, err error) *Fault {
	if !errors.Is(err, fs.ErrNotExist) {
		what := "the file cannot be read"
		if cause, ok := errors.AsType[*fs.PathError](err); ok {
			what += ": " + cause.Err.Error()
		}
		return &Fault{What: what, Mend: "let the user that starts the server read the file"}
	}
	f := &Fault{What: "the file does not exist", Mend: "write the whole path of the file that holds the key"}
	switch {
	case strings.HasPrefix(path, "~"):
		f.What = "the path begins with `~`, which only a shell replaces"
	case HoldsVariable(path):
		f.What = "the path holds a variable that nobody replaced"
	case strings.Contains(path, "://"):
		f.What, f.Mend = "the path is a URL", "write the path as the system has it, without `file://`"
	case strings.Trim(path, quotes) != path:
		f.What, f.Mend = "the path stands in quotes", "write the path without quotes: here they are a part of it"
	case regexp.MustCompile(`^[\w+=-]{16,}$`).MatchString(path):
		f.What, f.Mend = "there is no such file, and the value looks like a key", "write a key itself into RUNWARE_API_KEY, and the path of a file into RUNWARE_API_KEY_FILE"
	case !filepath.IsAbs(path):
		f.What = "the file does not exist; the path is relative to the folder in which the host starts the server"
	}
	return f
}
