package present

import (
	"bytes"
	"strings"
)

// strength says how sure a name makes us that the value under it is a credential.
type strength uint8

const (
	ordinary strength = iota
	doubtful          // it is if it also looks like one: a token may open something or be a word of a language model
	certain           // it is
)

// secretName judges the value under a member, header, variable or query parameter. Letter case and separators do not
// count: apiKey, API_KEY and X-Api-Key are one name. Of a long name the end counts.
func secretName(name []byte) strength {
	var buf [64]byte
	bare := buf[:0]
	for _, c := range name[max(0, len(name)-len(buf)):] {
		switch {
		case c >= 'A' && c <= 'Z':
			bare = append(bare, c+'a'-'A')
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			bare = append(bare, c)
		}
	}
	if len(bare) < 3 {
		return ordinary
	}
	s := string(bare)
	for _, ending := range []string{"value", "header"} {
		if rest, ok := strings.CutSuffix(s, ending); ok && len(rest) > 2 {
			s = rest
		}
	}
	if found := secretWord(s); found != ordinary {
		return found
	}
	// Plurals of what may be a token are counts, or words: maxTokens, stopTokens.
	if rest, ok := strings.CutSuffix(s, "s"); ok && len(rest) > 2 && secretWord(rest) == certain {
		return certain
	}
	return ordinary
}

func secretWord(s string) strength {
	if strings.Contains(s, "apikey") {
		return certain
	}
	sure := false
	switch s[len(s)-1] {
	case 'n':
		if before, ok := strings.CutSuffix(s, "token"); ok {
			return tokenOf(before)
		}
		sure = strings.HasSuffix(s, "authorization")
	case 't':
		sure = endsIn(s, "secret", "jwt")
	case 'd':
		sure = endsIn(s, "password", "passwd", "pwd")
	case 'e':
		if strings.HasSuffix(s, "signature") {
			return doubtful // of a request, or of music
		}
		sure = endsIn(s, "passphrase", "cookie", "passcode")
	case 'l':
		sure = endsIn(s, "credential")
	case 'y':
		sure = endsIn(s, "secretkey", "privatekey", "accesskey", "signingkey", "encryptionkey", "authkey", "accountkey", "masterkey",
			"subscriptionkey")
	case 'r':
		sure = s == "bearer"
	case 'h':
		sure = s == "auth" || endsIn(s, "basicauth", "xauth")
	case 's':
		sure = s == "pass" || s == "userpass" || s == "dbpass"
	case 'g':
		if s == "sig" {
			return doubtful
		}
	}
	if sure {
		return certain
	}
	return ordinary
}

func endsIn(s string, endings ...string) bool {
	for _, ending := range endings {
		if strings.HasSuffix(s, ending) {
			return true
		}
	}
	return false
}

// tokenOf judges a token by the words before it: some speak of text or of pages, some of access.
func tokenOf(before string) strength {
	switch before {
	case "max", "min", "stop", "bos", "eos", "pad", "unk", "sep", "cls", "mask", "special", "next", "page", "nextpage", "previouspage",
		"continuation", "trigger", "prompt", "completion", "total", "input", "output", "class", "instance", "image", "audio", "video",
		"text", "per", "costper", "priceper", "first", "last":
		return ordinary
	}
	if endsIn(before, "access", "auth", "api", "bearer", "refresh", "secret", "webhook", "session", "security", "private", "client") {
		return certain
	}
	return doubtful
}

// secretParameter is secretName for the query of a URL, where short names carry signatures and keys too: S3, Google
// Cloud Storage, Azure and CloudFront sign with X-…-Signature, sig, Signature and Policy.
func secretParameter(name []byte) strength {
	if secretName(name) != ordinary {
		return certain
	}
	switch strings.ToLower(string(name)) {
	case "auth", "key-pair-id", "awsaccesskeyid", "googleaccessid", "pass", "sessionid", "hmac", "hdnea", "hdnts", "__gda__", "otp":
		return certain
	case "key", "policy", "sign", "signed", "sid", "session", "code":
		return doubtful
	}
	return ordinary
}

// looksSecret tells whether a value under a doubtful name is a credential: an unbroken long one, or one with a part that
// looks made by a generator. Words and small numbers are not.
func looksSecret(value []byte) bool {
	const long = 16
	fields := 0
	for field := range bytes.FieldsSeq(value) {
		if fields++; isRandom(field, 12) {
			return true
		}
	}
	return fields == 1 && len(value) >= long
}

// isSecretNumber tells whether a number is a credential. Under apiKey and password any is; under other names of
// credentials only a long one, since short ones count something.
func isSecretNumber(digits []byte, under strength, keyed bool) bool {
	const long = 8
	return keyed || under != ordinary && len(digits) >= long && !bytes.ContainsAny(digits, ".eE-")
}

// keyed reports whether even a short number under that name is a credential.
func keyed(name []byte) bool {
	lower := strings.ToLower(strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return -1
		}
		return r
	}, string(name[:min(len(name), 64)])))
	return strings.Contains(lower, "apikey") || endsIn(lower, "password", "passwd", "passphrase", "pwd", "passcode")
}
