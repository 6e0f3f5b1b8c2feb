package present

import "strings"

// secretName reports whether the value under such a member, header, variable or query parameter is a credential. Letter
// case and separators do not count: apiKey, API_KEY and X-Api-Key are one name. Plurals of token and the names that
// machine learning gives its tokens are ordinary data.
func secretName(name []byte) bool {
	var buf [64]byte
	bare := buf[:0]
	for _, c := range name {
		if len(bare) == len(buf) {
			return false // no such name is that long
		}
		switch {
		case c >= 'A' && c <= 'Z':
			bare = append(bare, c+'a'-'A')
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			bare = append(bare, c)
		}
	}
	return len(bare) > 2 && isSecretWord(string(bare))
}

func isSecretWord(s string) bool {
	if strings.Contains(s, "apikey") {
		return true
	}
	switch s[len(s)-1] {
	case 'n':
		if strings.HasSuffix(s, "authorization") {
			return true
		}
		return strings.HasSuffix(s, "token") && !isModelToken(strings.TrimSuffix(s, "token"))
	case 't':
		return endsIn(s, "secret", "jwt")
	case 'd':
		return endsIn(s, "password", "passwd", "pwd")
	case 'e':
		return endsIn(s, "passphrase", "signature", "cookie")
	case 'l', 's':
		return endsIn(s, "credential", "credentials", "secrets", "passwords", "authtokens", "accesstokens")
	case 'y':
		return endsIn(s, "secretkey", "privatekey", "accesskey", "signingkey", "encryptionkey", "authkey", "accountkey", "masterkey",
			"subscriptionkey")
	case 'r':
		return s == "bearer"
	case 'h':
		return s == "auth" || endsIn(s, "basicauth", "xauth")
	case 'g':
		return s == "sig"
	}
	return false
}

func endsIn(s string, endings ...string) bool {
	for _, ending := range endings {
		if strings.HasSuffix(s, ending) {
			return true
		}
	}
	return false
}

// isModelToken knows the words before "token" that speak of text or of pages.
func isModelToken(before string) bool {
	switch before {
	case "max", "min", "stop", "bos", "eos", "pad", "unk", "sep", "cls", "mask", "special", "next", "page", "nextpage", "previouspage",
		"continuation", "trigger", "prompt", "completion", "total", "input", "output", "class", "instance", "image", "audio", "video",
		"text", "per", "costper", "priceper", "first", "last":
		return true
	}
	return false
}

// secretParameter is secretName for the query of a URL, where short names carry signatures and keys too: S3, Google
// Cloud Storage, Azure and CloudFront sign with X-…-Signature, sig, Signature and Policy.
func secretParameter(name []byte) bool {
	if secretName(name) {
		return true
	}
	switch strings.ToLower(string(name)) {
	case "key", "sig", "sign", "auth", "policy", "key-pair-id", "awsaccesskeyid", "googleaccessid", "pass", "sid", "session", "sessionid",
		"hmac", "hdnea", "hdnts", "__gda__", "signed", "otp":
		return true
	}
	return false
}

// secretNumber reports whether even a number under that name is a credential; elsewhere a number counts something.
func secretNumber(name []byte) bool {
	lower := strings.ToLower(strings.Map(func(r rune) rune {
		if r == '_' || r == '-' {
			return -1
		}
		return r
	}, string(name[:min(len(name), 64)])))
	return strings.Contains(lower, "apikey") || endsIn(lower, "password", "passwd", "passphrase", "pwd")
}
