package apikey_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"mcp-taskdetails/internal/apikey"
	"mcp-taskdetails/schema"
)

// key has the shape of one and was never issued.
const key = "Qw3rTy7uIoPa5sDfGh1jKlZx9cVbNm24"

// reading is a value, and what comes of it.
type reading struct {
	value string
	want  string // the key, "" for none
	fault string // what is wrong, "" for nothing
}

// values are what stands in RUNWARE_API_KEY.
func values() []reading {
	const placeholder, left = "it is a placeholder like ", " that nobody replaced"
	return []reading{
		// Keys, and no key.
		{key, key, ""},
		{" \t" + key + "\r\n", key, ""},
		{"\uFEFF" + key, key, ""},
		{"\uFEFF " + key + " ", key, ""},
		{"test-key_0.1+2/3==", "test-key_0.1+2/3==", ""},
		{"rw_live_" + key, "rw_live_" + key, ""},
		{"", "", ""},
		{" \t\r\n", "", ""},
		{"\uFEFF", "", ""},
		// Placeholders: hosts, shells, templates, documentation.
		{"${RUNWARE_API_KEY}", "", placeholder + "`${NAME}`" + left},
		{"${env:RUNWARE_API_KEY}", "", placeholder + "`${NAME}`" + left},
		{"${input:runware-key}", "", placeholder + "`${NAME}`" + left},
		{"${user_config.api_key}", "", placeholder + "`${NAME}`" + left},
		{"${RUNWARE_API_KEY:-}", "", placeholder + "`${NAME}`" + left},
		{"$RUNWARE_API_KEY", "", placeholder + "`$NAME`" + left},
		{"$env:RUNWARE_API_KEY", "", placeholder + "`$env:NAME`" + left},
		{"$Env:Runware_Key", "", placeholder + "`$env:NAME`" + left},
		{"$(pass show runware)", "", placeholder + "`$(command)`" + left},
		{"%RUNWARE_API_KEY%", "", placeholder + "`%NAME%`" + left},
		{"{env:RUNWARE_API_KEY}", "", placeholder + "`{env:NAME}`" + left},
		{"{API_KEY}", "", placeholder + "`{env:NAME}`" + left},
		{"{{RUNWARE_API_KEY}}", "", placeholder + "`{{NAME}}`" + left},
		{"{{ secrets.runware }}", "", placeholder + "`{{NAME}}`" + left},
		{"<your key>", "", placeholder + "`<NAME>`" + left},
		{"<RUNWARE_API_KEY>", "", placeholder + "`<NAME>`" + left},
		{"[YOUR KEY]", "", placeholder + "`[NAME]`" + left},
		{"[object Object]", "", placeholder + "`[NAME]`" + left},
		{"process.env.RUNWARE_API_KEY", "", placeholder + "`process.env.NAME`" + left},
		{"op://private/runware/key", "", placeholder + "`op://vault/item`" + left},
		{"YOUR_KEY", "", placeholder + "`YOUR_KEY`" + left},
		{"your-api-key", "", placeholder + "`YOUR_KEY`" + left},
		{"your_runware_api_key_here", "", placeholder + "`YOUR_KEY`" + left},
		{"paste your key here", "", placeholder + "`YOUR_KEY`" + left},
		{"RUNWARE_API_KEY", "", placeholder + "`RUNWARE_API_KEY`" + left},
		{"api-key", "", placeholder + "`RUNWARE_API_KEY`" + left},
		{"null", "", placeholder + "`null`" + left},
		{"undefined", "", placeholder + "`null`" + left},
		{"CHANGE_ME", "", placeholder + "`null`" + left},
		{"xxxxxxxx", "", placeholder + "`xxx`" + left},
		{"********", "", placeholder + "`xxx`" + left},
		{"...", "", placeholder + "`xxx`" + left},
		{`"${RUNWARE_API_KEY}"`, "", placeholder + "`${NAME}`" + left},
		{"'YOUR_KEY'", "", placeholder + "`YOUR_KEY`" + left},
		{"Bearer $RUNWARE_API_KEY", "", placeholder + "`$NAME`" + left},
		// What looks like a placeholder and is a key.
		{"yourKey5aB7", "yourKey5aB7", ""},
		{"null" + key, "null" + key, ""},
		{"a$b", "a$b", ""},
		{"50%off%", "50%off%", ""},
		{"xxxxxxxxxxx1", "xxxxxxxxxxx1", ""},
		// Shapes.
		{`"` + key + `"`, "", "the key stands in quotes"},
		{"'" + key + "'", "", "the key stands in quotes"},
		{"`" + key + "`", "", "the key stands in quotes"},
		{"“" + key + "”", "", "the key stands in quotes"},
		{`"` + key, "", "the key stands in quotes"},
		{key[:8] + `"` + key[8:], "", "the key holds a quote"},
		{"Bearer " + key, "", "the key begins with `Bearer`"},
		{"bearer: " + key, "", "the key begins with `Bearer`"},
		{"BEARER\t" + key, "", "the key begins with `Bearer`"},
		{"bearer" + key, "bearer" + key, ""},
		{key[:8] + "\n" + key[8:], "", "the key holds a line break"},
		{key + "\r\n" + key, "", "the key holds a line break"},
		{key[:8] + "\u2028" + key[8:], "", "the key holds a line break"},
		{"\u200B" + key, "", "the key holds an invisible character, U+200B"},
		{key + "\u200D", "", "the key holds an invisible character, U+200D"},
		{key[:8] + "\uFEFF" + key[8:], "", "the key holds an invisible character, U+FEFF"},
		{key[:8] + "\u00AD" + key[8:], "", "the key holds an invisible character, U+00AD"},
		{"\u202A" + key, "", "the key holds an invisible character, U+202A"},
		{key[:8] + " " + key[8:], "", "the key holds a blank or control character, U+0020"},
		{key[:8] + "\x1B" + key[8:], "", "the key holds a blank or control character, U+001B"},
		{key[:8] + "\u00A0" + key[8:], "", "the key holds a character outside ASCII, U+00A0"},
		{key[:8] + "–" + key[8:], "", "the key holds a character outside ASCII, U+2013"},
		{"RUNWARE_API_KEY=" + key, "", "the value begins with the name of the setting"},
		{"export RUNWARE_API_KEY=" + key, "", "the value begins with the name of the setting"},
		{"apiKey: " + key, "", "the value begins with the name of the setting"},
		{"/run/secrets/runware", "", "the value looks like the path of a file"},
		{"~/.runware key", "", "the value looks like the path of a file"},
		{`C:\keys\runware.txt`, "", "the value looks like the path of a file"},
		{strings.Repeat(key, 20), "", "it has 640 characters, more than any key"},
	}
}

// files are what stands in the file of RUNWARE_API_KEY_FILE, beside what a variable may hold.
func files() []reading {
	const several, unnamed = "the file holds several different keys", "the file holds settings, but none named RUNWARE_API_KEY"
	other := strings.ToLower(key)
	return []reading{
		// The key alone.
		{key + "\n", key, ""},
		{key + "\r\n", key, ""},
		{"# of the team\n" + key + "\n", key, ""},
		{"\xEF\xBB\xBF" + key + "\r\n", key, ""},
		{string(utf16LE("\uFEFF" + key + "\r\n")), key, ""},
		{string(utf16BE("\uFEFF" + key)), key, ""},
		{string(utf16LE(key)), key, ""},
		{string(utf16BE(key + "\n")), key, ""},
		// Lines of settings.
		{"RUNWARE_API_KEY=" + key, key, ""},
		{"RUNWARE_API_KEY = " + key + " # of the team\r\n", key, ""},
		{"export RUNWARE_API_KEY=\"" + key + "\"\n", key, ""},
		{"set RUNWARE_API_KEY=" + key + "\r\n", key, ""},
		{"$env:RUNWARE_API_KEY = '" + key + "'", key, ""},
		{"OPENAI_API_KEY=" + other + "\nRUNWARE_API_KEY='" + key + "'\nDEBUG=1\n", key, ""},
		{"API_KEY=" + other + "\nRUNWARE_API_KEY=" + key, key, ""},
		{"RUNWARE_API_KEY=" + key + "\nRUNWARE_API_KEY=" + key, key, ""},
		{"runware_api_key: " + key, key, ""},
		{"apiKey=" + key, key, ""},
		{string(utf16LE("\uFEFFRUNWARE_API_KEY=" + key + "\r\n")), key, ""},
		{"RUNWARE_API_KEY=" + key + "==", key + "==", ""},
		{key + "==", key + "==", ""},
		{"RUNWARE_API_KEY=" + key + "\nRUNWARE_API_KEY=" + other, "", several},
		{"OPENAI_API_KEY=" + other, "", unnamed},
		{"A=1\nB=2\n", "", unnamed},
		{"RUNWARE_API_KEY=\n", "", "the file holds the name of the key without a value"},
		{"RUNWARE_API_KEY=${OTHER}", "", "it is a placeholder like `${NAME}` that nobody replaced"},
		{"RUNWARE_API_KEY=Bearer " + key, "", "the key begins with `Bearer`"},
		// JSON.
		{`{"RUNWARE_API_KEY": "` + key + `"}`, key, ""},
		{`{"apiKey":"` + key + `"}` + "\n", key, ""},
		{"\uFEFF" + `{"api_key":"` + key + `"}`, key, ""},
		{`{"runware":{"apiKey":"` + key + `"},"openai":{"apiKey":"` + other + `"}}`, key, ""},
		{`{"mcpServers":{"tasks":{"command":"x","env":{"RUNWARE_API_KEY":"` + key + `"}}}}`, key, ""},
		{`{"servers":[{"env":{"RUNWARE_API_KEY":"` + key + `"}}]}`, key, ""},
		{string(utf16LE("\uFEFF" + `{"key":"` + key + `"}`)), key, ""},
		{`{"openai":{"apiKey":"` + other + `"}}`, "", unnamed},
		{`{"RUNWARE_API_KEY": 5}`, "", unnamed},
		{`{"a":{"RUNWARE_API_KEY":"` + key + `"},"b":{"RUNWARE_API_KEY":"` + other + `"}}`, "", several},
		{`{"RUNWARE_API_KEY": "` + key, "", "the file looks like JSON and is not valid"},
		{`{"RUNWARE_API_KEY": "<key>"}`, "", "it is a placeholder like `<NAME>` that nobody replaced"},
		{`{"RUNWARE_API_KEY": ""}`, "", "the file holds the name of the key without a value"},
		{strings.Repeat(`{"a":`, 20) + `{"RUNWARE_API_KEY":"` + key + `"}` + strings.Repeat("}", 20), "", unnamed},
		// No key.
		{"", "", "the file is empty"},
		{"\r\n# none yet\n", "", "the file is empty"},
		{"\xEF\xBB\xBF", "", "the file is empty"},
		{" \xEF\xBB\xBF", "", "the file is empty"},
		{"# none yet\n\xEF\xBB\xBF\n", "", "the file is empty"},
		{`{"RUNWARE_API_KEY": " \uFEFF"}`, "", "the file holds the name of the key without a value"},
		{key + "\n" + other + "\n", "", "the key holds a line break"},
		{`"` + key + `"`, "", "the key stands in quotes"},
		{"\x89PNG\r\n\x1A\n\x00\x00", "", "the file is not text in UTF-8 or UTF-16"},
		{"caf\xE9" + key, "", "the file is not text in UTF-8 or UTF-16"},
		{"\xFF\xFEa", "", "the file is not text in UTF-8 or UTF-16"},
	}
}

func TestValues(t *testing.T) {
	for _, r := range values() {
		got, fault := apikey.Parse(r.value)
		r.check(t, got, fault)
	}
}

// A file may hold whatever a variable may, but that its lack of a key is a fault.
func TestFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	read := func(r reading) {
		if err := os.WriteFile(path, []byte(r.value), 0o600); err != nil {
			t.Fatal(err)
		}
		got, fault := apikey.ReadFile(t.Context(), path)
		r.check(t, got, fault)
	}
	for _, r := range files() {
		read(r)
	}
	for _, r := range values() {
		if named := strings.Contains(r.fault, "name of the setting"); !named && (r.want != "" || r.fault != "") {
			read(r)
		}
	}
}

func (r reading) check(t *testing.T, got schema.Secret, fault *apikey.Fault) {
	t.Helper()
	what := ""
	if fault != nil {
		what = fault.What
		if said := what + fault.Mend; leaks(r.value, said) {
			t.Errorf("%.80q: the fault repeats the value: %s", r.value, said)
		}
		if fault.Placeholder != strings.Contains(what, "placeholder") || fault.Mend == "" {
			t.Errorf("%.80q: %+v", r.value, fault)
		}
	}
	if got.Reveal() != r.want || what != r.fault {
		t.Errorf("%.80q: key %q, fault %q; want key %q, fault %q", r.value, got.Reveal(), what, r.want, r.fault)
	}
}

// leaks tells whether a text repeats any six characters of the key.
func leaks(value, text string) bool {
	for i := range len(key) - 6 {
		part := strings.ToLower(key[i : i+6])
		if strings.Contains(strings.ToLower(value), part) && strings.Contains(strings.ToLower(text), part) {
			return true
		}
	}
	return false
}

func utf16LE(text string) []byte { return utf16Bytes(text, 0) }
func utf16BE(text string) []byte { return utf16Bytes(text, 8) }

func utf16Bytes(text string, shift int) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = append(b, byte(unit>>shift), byte(unit>>(8-shift)))
	}
	return b
}

// Paths are told apart by what somebody meant; none is repeated, since people put the key itself there.
func TestPaths(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large")
	if err := os.WriteFile(large, []byte(strings.Repeat("#\n", 32<<10)+key), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "none"): "the file does not exist",
		"none":                     "the file does not exist; the path is relative to the folder in which the host starts the server",
		"~/" + key:                 "the path begins with `~`, which only a shell replaces",
		"~":                        "the path begins with `~`, which only a shell replaces",
		"${HOME}/key":              "the path holds a variable that nobody replaced",
		"$HOME/key":                "the path holds a variable that nobody replaced",
		`%USERPROFILE%\key`:        "the path holds a variable that nobody replaced",
		"/home/<name>/key":         "the path holds a variable that nobody replaced",
		"${RUNWARE_API_KEY_FILE}":  "it is a placeholder like `${NAME}` that nobody replaced",
		"%KEY_FILE%":               "it is a placeholder like `%NAME%` that nobody replaced",
		"file:///home/key":         "the path is a URL",
		`"/run/secrets/key"`:       "the path stands in quotes",
		key:                        "there is no such file, and the value looks like a key",
		dir:                        "it names a directory, not a file",
		os.DevNull:                 "it names a pipe, socket or device, which could block for good",
		large:                      "the file is larger than 64 KiB",
		filepath.Join(large, "x"):  "the file cannot be read: not a directory",
	} {
		got, fault := apikey.ReadFile(t.Context(), path)
		if fault == nil || fault.What != want || leaks(path, fault.What+fault.Mend) || !got.IsZero() {
			t.Errorf("%s: %+v, want %q", path, fault, want)
		}
	}
	exact := filepath.Join(dir, "exact")
	if err := os.WriteFile(exact, []byte(strings.Repeat("#\n", (64<<10-len(key))/2)+key), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, fault := apikey.ReadFile(t.Context(), " "+exact+"\n"); fault != nil || got.Reveal() != key {
		t.Errorf("64 KiB: %+v", fault)
	}
}

// A program that was told to leave does not wait for a file.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 { // whichever of the two is ready first
		got, fault := apikey.ReadFile(ctx, os.DevNull)
		if fault == nil || !got.IsZero() {
			t.Fatalf("%+v", fault)
		}
	}
}
