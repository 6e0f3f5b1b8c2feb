package export

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func testID(n int) string { return fmt.Sprintf("%08x-0000-4000-8000-%012x", n, n) }

func testLine(n int) []byte {
	noise := rand.New(rand.NewPCG(uint64(n), 7))
	return fmt.Appendf(nil, `{"taskUUID":%q,"status":"failed","diagnosis":{"summary":"%x"},"request":[{"n":%d}]}`, testID(n), noise.Uint64(), n)
}

func forms() []string { return []string{"tasks.ndjson", "tasks.ndjson.gz", "tasks.ndjson.zst"} }

// filled writes frames of lines, and returns how many bytes and lines there were behind each frame.
func filled(t *testing.T, path string, frames, lines int) (ends []int64) {
	t.Helper()
	o, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for f := range frames {
		for n := range lines {
			if err := o.add(testLine(f*lines + n)); err != nil {
				t.Fatal(err)
			}
		}
		if err := o.flush(); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, o.end)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	return ends
}

// Wherever a crash cuts a file, what is whole stays, the rest goes, and the next run goes on behind it.
func TestTorn(t *testing.T) {
	const frames, lines = 2, 2
	for _, name := range forms() {
		t.Run(name, func(t *testing.T) {
			whole := filepath.Join(t.TempDir(), name)
			ends := filled(t, whole, frames, lines)
			content, err := os.ReadFile(whole)
			if err != nil {
				t.Fatal(err)
			}
			near := func(size int64) bool { // everywhere beside a border, and now and then between them
				return size < 40 || size%11 == 0 || slices.ContainsFunc(ends, func(end int64) bool { return max(size-end, end-size) < 12 })
			}
			for size := 0; size <= len(content); size++ {
				if !near(int64(size)) {
					continue
				}
				tails := [][]byte{nil, make([]byte, 40)}
				for _, tail := range tails[:1+size%3/2] { // zeros behind every third
					torn := filepath.Join(t.TempDir(), name)
					if err := os.WriteFile(torn, append(bytes.Clone(content[:size]), tail...), 0o600); err != nil {
						t.Fatal(err)
					}
					o, err := Open(torn)
					if err != nil {
						t.Fatalf("%d of %d bytes, %d zeros: %v", size, len(content), len(tail), err)
					}
					want := 0
					if strings.HasSuffix(name, ".ndjson") {
						want = bytes.Count(content[:size], []byte("\n"))
					} else {
						for _, end := range ends { // what is missing may be zeros too
							if int64(size) >= end || len(tail) > 0 && len(bytes.Trim(content[size:end], "\x00")) == 0 {
								want += lines
							}
						}
					}
					if o.Before() != want {
						t.Fatalf("%d of %d bytes, %d zeros: %d lines, not %d", size, len(content), len(tail), o.Before(), want)
					}
					for n := range frames * lines {
						k, _ := keyOf(testID(n))
						if _, there := o.there[k]; !there {
							if err := o.add(testLine(n)); err != nil {
								t.Fatal(err)
							}
						}
					}
					if err := o.Close(); err != nil {
						t.Fatal(err)
					}
					if o, err = Open(torn); err != nil || o.Before() != frames*lines || o.cut != 0 {
						t.Fatalf("after the next run: %v, %+v", err, o)
					}
					_ = o.Close()
				}
			}
		})
	}
}

// A file that is not ours stays as it is, byte for byte, and the error says why it is refused.
func TestForeign(t *testing.T) {
	line := string(testLine(1)) + "\n"
	packed := func(name, content string) string {
		f, err := formOf(name)
		if err != nil {
			t.Fatal(err)
		}
		frame, err := f.pack([]byte(content))
		if err != nil {
			t.Fatal(err)
		}
		return string(frame)
	}
	zst, err := zstdForm()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, content, want string }{
		"text":               {"a.ndjson", "hello\n", "not written by this version of export, as NDJSON: line 1 is no JSON"},
		"text without end":   {"a.ndjson", "hello", "it ends within something else"},
		"other JSON":         {"a.ndjson", `{"id":1}` + "\n", "line 1 is no report"},
		"other report":       {"a.ndjson", `{"taskUUID":"` + testID(1) + `","status":"done","diagnosis":{}}` + "\n", "line 1 is no report"},
		"damaged":            {"a.ndjson", line + "{\n" + line, "1 reports end"},
		"plain as zstd":      {"a.zst", line, "no zstd"},
		"plain as gzip":      {"a.gz", line, "as gzip: gzip: invalid header"},
		"other in zstd":      {"a.zst", packed("a.zst", "hello\n"), "line 1 is no JSON"},
		"torn other zstd":    {"a.zst", packed("a.zst", "hello\n")[:12], "it ends within something else"},
		"torn other gzip":    {"a.gz", packed("a.gz", "hello\n")[:12], "it ends within something else"},
		"another version":    {"a.zst", strings.Replace(string(zst.head), mark+"1", mark+"2", 1), `another version of this program (form '2'; this one writes '1')`},
		"zeros and more":     {"a.gz", strings.Repeat("\x00", 64) + "x" + strings.Repeat("\x00", 64), "as gzip: gzip: invalid header"},
		"changed within zst": {"a.zst", strings.Replace(string(zst.head)+packed("a.zst", line), "\x28\xb5\x2f\xfd", "\x28\xb5\x2f\xfe", 1), "damaged behind byte"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.file)
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			o, err := Open(path)
			if err == nil {
				_ = o.Close()
				t.Fatal("it is taken")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error: %v; want: %s", err, c.want)
			}
			if after, _ := os.ReadFile(path); string(after) != c.content {
				t.Errorf("it was changed to %q", after)
			}
		})
	}
}

// What other programs make of our files is still ours: joined, recompressed into frames that lines straddle.
func TestJoined(t *testing.T) {
	for _, name := range []string{"a.gz", "a.zst"} {
		t.Run(name, func(t *testing.T) {
			f, err := formOf(name)
			if err != nil {
				t.Fatal(err)
			}
			content := bytes.Clone(f.head)
			text := append(append(testLine(1), '\n'), append(testLine(2), '\n')...)
			for _, part := range [][]byte{text[:30], text[30:200], text[200:]} {
				frame, err := f.pack(part)
				if err != nil {
					t.Fatal(err)
				}
				content = append(append(content, frame...), f.head...)
			}
			path := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			o, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer o.Close()
			if o.Before() != 2 || o.cut != 0 {
				t.Errorf("%d lines, %d bytes cut", o.Before(), o.cut)
			}
		})
	}
}

// Two exports never write to one file.
func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ndjson")
	o, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path); err == nil || !strings.Contains(err.Error(), "another export writes to") {
		t.Errorf("second: %v", err)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	if o, err = Open(path); err != nil {
		t.Fatal(err)
	}
	_ = o.Close()
}

// A detail other than before is refused.
func TestOtherDetail(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ndjson")
	filled(t, path, 1, 2)
	o, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if err := o.check(false); err == nil || !strings.Contains(err.Error(), "--detail full") {
		t.Errorf("diagnosis after full: %v", err)
	}
	if err := o.check(true); err != nil {
		t.Errorf("full after full: %v", err)
	}
}

// A full disk takes nothing away: the file ends with the last whole frame.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs /dev/full")
	}
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	path := filepath.Join(t.TempDir(), "a.ndjson")
	ends := filled(t, path, 1, 2)
	o, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	own := o.file
	o.file = full
	if err := o.add(testLine(7)); err != nil {
		t.Fatal(err)
	}
	if err := o.flush(); err == nil || !strings.Contains(err.Error(), "no space left") || o.Kept() != 0 {
		t.Errorf("flush: %v, %d kept", err, o.Kept())
	}
	_ = own.Close()
	if info, err := os.Stat(path); err != nil || info.Size() != ends[0] {
		t.Errorf("%v, %v", info, err)
	}
}
