package present

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHiddenCharactersAreNoted(t *testing.T) {
	request := "[{\"a\":\"x\u202ey\",\"b\":\"\\u200b\",\"c\u2066\":1,\"d\":\"\U000E0041\",\"e\":\"\\u0007\\u001b\",\"f\":\"\ufeff\",\"g\":[\"\u202e\",\"\u202e\"],\"secret\":\"\u202e\"}]"
	shown := check(t, New(Config{}), report(request, ""))
	want := []string{"the task data holds characters that cannot be seen: control at `/request/0/e`; " +
		"bidirectional at `/request/0/a`, `/request/0/c\\u2066`, `/request/0/g/0` and 1 more; " +
		"zero-width at `/request/0/b`, `/request/0/f`; tag at `/request/0/d`"}
	if diff := cmp.Diff(want, shown.Diagnosis.Notes); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if want := strings.Replace(request, "\"secret\":\"\u202e\"", `"secret":"[redacted]"`, 1); string(shown.Request) != want {
		t.Errorf("the request is not verbatim: %s", shown.Request)
	}
}

func TestOrdinaryCharactersAreNot(t *testing.T) {
	for _, s := range []string{"tab\\t line\\n return\\r", "café ÄÖ", "👩‍👩‍👧 ❤️", "雪", "naïve “quotes” – dash…", "עברית العربية"} {
		if notes := check(t, New(Config{}), report(`["`+s+`"]`, "")).Diagnosis.Notes; len(notes) > 0 {
			t.Errorf("%s: %q", s, notes)
		}
	}
}

func TestText(t *testing.T) {
	p := New(Config{})
	for in, want := range map[string]string{
		"a\u202eb\u200bc\x00\x1b\u2028": `a\u202eb\u200bc\u0000\u001b\u2028`,
		"\U000E0041":                    `\u{e0041}`,
		"one\ntwo\tthree\rfour":         "one\ntwo\tthree" + `\u000d` + "four",
		"broken \xff utf-8":             "broken \uFFFD utf-8",
		strings.Repeat("é", 2000):       strings.Repeat("é", 1010) + " … (1980 more bytes)",
	} {
		if got := p.Text(in); got != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
		if got := p.Text(in); len(got) > maxText {
			t.Errorf("%d bytes", len(got))
		}
	}
}
