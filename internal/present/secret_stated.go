package present

import (
	"bytes"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// copula is what stands between a credential's name and the credential where a sentence says what it is. Words have
// blanks around them; Chinese, Japanese and Korean write theirs next to the name.
type copula struct {
	word    string
	example string
	not     string
}

// copulas are looked for where a word begins, in either letter case.
//
//nolint:gochecknoglobals // immutable table
var copulas = [...]copula{
	{"is", "my password is fox¦7105Zq", "my password is a fox7105Zq"},
	{"was", "the password was fox¦7105Zq", "the password was forgotten"},
	{"ist", "das Passwort ist fox¦7105Zq", "das Passwort ist falsch"},
	{"war", "das Passwort war fox¦7105Zq", "das Passwort war falsch"},
	{"lautet", "das Passwort lautet fox¦7105Zq", "das Passwort lautet anders"},
	{"es", "la contraseña es fox¦7105Zq", "la contraseña es obligatoria"},
	{"est", "le mot de passe est fox¦7105Zq", "le mot de passe est faux"},
	{"jest", "hasło jest fox¦7105Zq", "hasło jest błędne"},
	{"é", "a senha é fox¦7105Zq", "a senha é errada"},
	{"è", "la password è fox¦7105Zq", "la password è sbagliata"},
	{"是", "密码是fox¦7105Zq", "密码是必填项"},
	{"为", "密码为fox¦7105Zq", "密码为空"},
	{"は", "パスワードはfox¦7105Zq", "パスワードは必須です"},
	{"는", "비밀번호는 fox¦7105Zq", "비밀번호는 필수입니다"},
	{"là", "mật khẩu là fox¦7105Zq", "mật khẩu là bắt buộc"},
	{"adalah", "kata sandi adalah fox¦7105Zq", "kata sandi adalah wajib"},
	{"это", "пароль это fox¦7105Zq", "пароль это тайна"},
	{"→", "api key → fox¦7105Zq", "api key → settings"},
	{"—", "password — fox¦7105Zq", "password — forgotten"},
	{"–", "password – fox¦7105Zq", "password – forgotten"},
}

// beginsCopula has the first bytes of copulas.
//
//nolint:gochecknoglobals // immutable table
var beginsCopula = [256]bool{
	'a': true, 'e': true, 'i': true, 'j': true, 'l': true, 'w': true,
	0xC3: true, 0xD1: true, 0xE2: true, 0xE3: true, 0xE4: true, 0xE6: true, 0xEB: true,
}

// statement masks what a sentence says that a credential is, whose copula begins at i: "my password is …". What stands
// there must have digits; under a name that also means something else it must look made by a generator.
func statement(spans []span, text []byte, i int) []span {
	if !beginsCopula[fold(text[i])] {
		return spans
	}
	for n := range copulas {
		word := copulas[n].word
		end := i + len(word)
		if end >= len(text) || fold(text[i]) != word[0] || !strings.EqualFold(string(text[i:end]), word) {
			continue
		}
		if text[end] == ':' {
			end++
		}
		value := blanks(text, end, 0)
		if isAlnum(word[0]) && (value == end || i == 0 || text[i-1] != ' ') {
			continue
		}
		name, _ := nameBefore(text, i)
		found := max(looks.SecretName(name), spacedName(text, i))
		if found == looks.Open {
			return spans
		}
		if open, limit := quotedValue(text, value); limit > 0 {
			value = blanks(text, open, 0)
		}
		if isStated(headOf(text, value, 0), found, name) {
			return appendSecret(spans, text, value, valueLimit(text, value, 0))
		}
		return spans
	}
	return spans
}

// isStated tells a credential where little but its name speaks for it.
func isStated(value []byte, found looks.Secrecy, name []byte) bool {
	const least, generated = 8, 12
	return found == looks.Password && !isWord(name) && len(value) >= least && isCredible(value) && !bytes.HasPrefix(value, []byte("http")) ||
		isGenerated(value, generated)
}
