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
	colon   bool // a colon follows, as behind "incorrect"
	example string
	not     string
}

// copulas are looked for where a word begins, in either letter case.
//
//nolint:gochecknoglobals // immutable table
var copulas = [...]copula{
	{"is", false, "my password is fox¦7105Zq", "my password is a fox7105Zq"},
	{"was", false, "the password was fox¦7105Zq", "the password was forgotten"},
	{"ist", false, "das Passwort ist fox¦7105Zq", "das Passwort ist falsch"},
	{"war", false, "das Passwort war fox¦7105Zq", "das Passwort war falsch"},
	{"lautet", false, "das Passwort lautet fox¦7105Zq", "das Passwort lautet anders"},
	{"es", false, "la contraseña es fox¦7105Zq", "la contraseña es obligatoria"},
	{"est", false, "le mot de passe est fox¦7105Zq", "le mot de passe est faux"},
	{"jest", false, "hasło jest fox¦7105Zq", "hasło jest błędne"},
	{"é", false, "a senha é fox¦7105Zq", "a senha é errada"},
	{"è", false, "la password è fox¦7105Zq", "la password è sbagliata"},
	{"是", false, "密码是fox¦7105Zq", "密码是必填项"},
	{"为", false, "密码为fox¦7105Zq", "密码为空"},
	{"は", false, "パスワードはfox¦7105Zq", "パスワードは必須です"},
	{"는", false, "비밀번호는 fox¦7105Zq", "비밀번호는 필수입니다"},
	{"là", false, "mật khẩu là fox¦7105Zq", "mật khẩu là bắt buộc"},
	{"adalah", false, "kata sandi adalah fox¦7105Zq", "kata sandi adalah wajib"},
	{"это", false, "пароль это fox¦7105Zq", "пароль это тайна"},
	{"→", false, "api key → fox¦7105Zq", "api key → settings"},
	{"—", false, "password — fox¦7105Zq", "password — forgotten"},
	{"–", false, "password – fox¦7105Zq", "password – forgotten"},
	{"incorrect", true, "mot de passe incorrect : fox¦7105Zq", "mot de passe incorrect : réessayez"},
	{"incorrecta", true, "contraseña incorrecta: fox¦7105Zq", "contraseña incorrecta: repita"},
	{"incorreta", true, "senha incorreta: fox¦7105Zq", "senha incorreta: tente de novo"},
	{"invalid", true, "password invalid: fox¦7105Zq", "password invalid: too short"},
	{"invalide", true, "mot de passe invalide : fox¦7105Zq", "mot de passe invalide : réessayez"},
	{"wrong", true, "password wrong: fox¦7105Zq", "password wrong: try again"},
	{"falsch", true, "Passwort falsch: fox¦7105Zq", "Passwort falsch: noch einmal"},
	{"неверен", true, "пароль неверен: fox¦7105Zq", "пароль неверен: ещё раз"},
	{"错误", true, "密码错误：fox¦7105Zq", "密码错误：请重试"},
	{"无效", true, "密码无效：fox¦7105Zq", "密码无效：请重试"},
	{"が違います", true, "パスワードが違います：fox¦7105Zq", "パスワードが違います：再入力"},
}

// beginsCopula has the first bytes of copulas.
//
//nolint:gochecknoglobals // immutable table
var beginsCopula = [256]bool{
	'a': true, 'e': true, 'f': true, 'i': true, 'j': true, 'l': true, 'w': true,
	0xC3: true, 0xD0: true, 0xD1: true, 0xE2: true, 0xE3: true, 0xE4: true, 0xE6: true, 0xE9: true, 0xEB: true,
}

// statement masks what a sentence says that a credential is, whose copula begins at i: "my password is …". What stands
// there must have digits; under a name that also means something else it must look made by a generator.
func statement(spans []span, text []byte, i int) []span {
	first := fold(text[i])
	if !beginsCopula[first] {
		return spans
	}
	for n := range copulas {
		word := copulas[n].word
		if word[0] != first {
			continue
		}
		end := i + len(word)
		if end >= len(text) || !strings.EqualFold(string(text[i:end]), word) {
			continue
		}
		past := pastColon(text, end)
		if copulas[n].colon && past == end {
			continue
		}
		value := blanks(text, past, 0)
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

// pastColon returns the offset past a colon at i, with a blank before it as in French, or i.
func pastColon(text []byte, i int) int {
	at := blanks(text, i, 0)
	for _, colon := range [...]string{":", "："} {
		if bytes.HasPrefix(text[at:], []byte(colon)) {
			return at + len(colon)
		}
	}
	return i
}

// isStated tells a credential where little but its name speaks for it.
func isStated(value []byte, found looks.Secrecy, name []byte) bool {
	const least, generated = 8, 12
	return found == looks.Password && !isWord(name) && len(value) >= least && isCredible(value) && !bytes.HasPrefix(value, []byte("http")) ||
		isGenerated(value, generated)
}
