package inspect_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"mcp-taskdetails/internal/inspect"

	"github.com/google/go-cmp/cmp"
)

func readAll(t *testing.T, r io.Reader) []string {
	t.Helper()
	var ids []string
	for id, err := range inspect.ReadIDs(r) {
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Whatever the size of the parts in which a text comes, its ids are those that are found in it at once.
func TestReadIDs(t *testing.T) {
	const a, b = "00000000-0000-4000-8000-00000000000a", "b880f077-e514-58ef-0ebd-ce1c37b46eb7"
	bare := strings.ReplaceAll(a, "-", "")
	for name, text := range map[string]string{
		"none":      "no id in here: 00000000-0000-4000-8000-0000000000",
		"a log":     "12:00 task=" + a + " failed\n12:01 {\"taskUUID\":\"" + b + "\"}\n",
		"a url":     "https://x.example.com/?t=" + strings.ReplaceAll(a, "-", "%2D") + "&u={" + b + "}",
		"a dash":    strings.ReplaceAll(a, "-", "\u2011") + " urn:uuid:" + b,
		"digests":   bare + " is a digest, " + b + " an id",
		"both":      bare + " and " + a,
		"no dashes": bare + "," + bare + "\n",
		"longer":    "x" + a + "0 " + b,
		"no end":    a,
	} {
		t.Run(name, func(t *testing.T) {
			want := inspect.FindIDs(text)
			for _, r := range []io.Reader{strings.NewReader(text), iotest.OneByteReader(strings.NewReader(text)), iotest.HalfReader(strings.NewReader(text))} {
				if diff := cmp.Diff(want, readAll(t, r)); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			}
		})
	}
}

// A digest before or after many ids is none; a list of ids without hyphens is one, however long.
func TestReadLongTexts(t *testing.T) {
	var ids, bare strings.Builder
	for n := range 20_000 {
		fmt.Fprintf(&ids, "%08x-0000-4000-8000-000000000000\n", n)
		fmt.Fprintf(&bare, "%08x000040008000000000000000\n", n)
	}
	digest := strings.Repeat("0123456789abcdef", 2) + "\n"
	noise := strings.Repeat("a word, ", 100_000) + "\n" + strings.Repeat("A", 300_000) + "-0000-4000-8000-000000000000\n"
	for name, text := range map[string]string{"first": digest + noise + ids.String(), "last": ids.String() + noise + digest, "bare": bare.String()} {
		t.Run(name, func(t *testing.T) {
			n := 0
			for _, err := range inspect.ReadIDs(strings.NewReader(text)) {
				if err != nil {
					t.Fatal(err)
				}
				n++
			}
			if n != 20_000 {
				t.Errorf("%d ids of 20000", n)
			}
		})
	}
}

// An error of the reader is told, behind the ids that came before it.
func TestReadIDsError(t *testing.T) {
	const id = "00000000-0000-4000-8000-00000000000a"
	var got []string
	var last error
	for found, err := range inspect.ReadIDs(io.MultiReader(strings.NewReader(id+"\n"), iotest.ErrReader(io.ErrClosedPipe))) {
		got, last = append(got, found), err
	}
	if diff := cmp.Diff([]string{id, ""}, got); diff != "" || !errors.Is(last, io.ErrClosedPipe) {
		t.Errorf("%v; (-want +got)\n%s", last, diff)
	}
}
