package looks

import (
	"slices"
	"strings"
	"testing"
)

// Each row names something that it is needed for, and something that it must not reach.
func TestSecretNameRows(t *testing.T) {
	for last, rows := range secretNames.ending {
		for i, row := range rows {
			if row.word[len(row.word)-1] != byte(last) {
				t.Errorf("%s stands under %#x", row.word, last)
			}
			without := secretNames
			without.ending[last] = slices.Delete(slices.Clone(rows), i, i+1)
			checkRow(t, row, SecretName, without.judge)
		}
	}
	for i, row := range secretNames.within {
		without := secretNames
		without.within = slices.Delete(slices.Clone(secretNames.within), i, i+1)
		checkRow(t, row, SecretName, without.judge)
	}
	for i, row := range secretParameters {
		if SecretParameter([]byte(row.example)) != row.secrecy || SecretName([]byte(row.example)) != Open {
			t.Errorf("%s does not need its row", row.example)
		}
		if SecretParameter([]byte(row.not)) != Open {
			t.Errorf("%s is taken for %s", row.not, row.word)
		}
		for _, other := range secretParameters[:i] {
			if other.word == row.word {
				t.Errorf("%s stands there twice", row.word)
			}
		}
	}
}

// A tail is needed for its example, and makes no credential of anything else.
func TestNameTails(t *testing.T) {
	for i, row := range nameTails {
		if got := SecretName([]byte(row.example)); got != row.secrecy {
			t.Errorf("%s is %d, its row says %d", row.example, got, row.secrecy)
		}
		if got := SecretName([]byte(row.not)); got != Open {
			t.Errorf("%s is %d", row.not, got)
		}
		nameTails[i].word = "\x00"
		if got := SecretName([]byte(row.example)); got == row.secrecy {
			t.Errorf("%s is judged the same without the tail %s", row.example, row.word)
		}
		nameTails[i] = row
	}
	for name, want := range map[string]Secrecy{"password1": Password, "secret_key_12": Secret, "accessToken_v2": Secret, "pass1": Open, "token2": Doubtful, "sha256": Open} {
		if got := SecretName([]byte(name)); got != want {
			t.Errorf("%s is %d, not %d", name, got, want)
		}
	}
}

func checkRow(t *testing.T, row nameRow, judge, without func([]byte) Secrecy) {
	t.Helper()
	var buf [longestName]byte
	if string(folded(buf[:0], []byte(row.word))) != row.word {
		t.Errorf("%s: no name folds to that", row.word)
	}
	if got := judge([]byte(row.example)); got != row.secrecy {
		t.Errorf("%s is %d, its row says %d", row.example, got, row.secrecy)
	}
	if got := without([]byte(row.example)); got == row.secrecy {
		t.Errorf("%s is judged the same without the row of %s", row.example, row.word)
	}
	if got := judge([]byte(row.not)); (got == Open) != (row.secrecy != Open) {
		t.Errorf("%s, which the row of %s must not reach, is %d", row.not, row.word, got)
	}
}

func TestNamesThatSpeakOfKeys(t *testing.T) {
	for _, row := range aboutKeys {
		if got := SecretName([]byte(row.example)); got != Open {
			t.Errorf("%s is %d", row.example, got)
		}
		if got := SecretName([]byte(row.not)); got == Open {
			t.Errorf("%s is open", row.not)
		}
		// Without its word the name holds a key.
		bare := strings.TrimLeft(strings.Replace(strings.ToLower(row.example), row.word, "", 1), "_")
		if got := SecretName([]byte(bare)); got == Open {
			t.Errorf("%s is open without %s", row.example, row.word)
		}
		for _, other := range aboutKeys {
			if other != row && other.match == row.match && other.word == row.word {
				t.Errorf("%s stands there twice", row.word)
			}
		}
	}
}

func FuzzSecretName(f *testing.F) {
	f.Add([]byte("x-Api_Key"))
	f.Add([]byte("пароль"))
	f.Add([]byte(strings.Repeat("İ", 40)))
	f.Fuzz(func(t *testing.T, name []byte) {
		upper := []byte(strings.ToUpper(string(name)))
		_ = SecretParameter(name)
		if len(name) == len(upper) && len(name) < longestName && SecretName(name) == Secret && !strings.ContainsFunc(string(name), func(r rune) bool { return r > 127 }) &&
			SecretName([]byte(strings.ToLower(string(name)))) == Open {
			t.Errorf("%q is a secret in one letter case only", name)
		}
	})
}
