package present

import (
	"bytes"

	"mcp-taskdetails/internal/looks"
)

// looksSecret tells whether a value under a doubtful name is a credential: an unbroken long one, or one with a part that
// looks made by a generator. Words, small numbers, paths of files and addresses, which have masks of their own, are not.
func looksSecret(value []byte) bool {
	const long = 16
	if isPath(value) && !hasRandomRun(value) || bytes.IndexByte(value, '(') > 0 || bytes.Contains(value, []byte("://")) {
		return false // or a call in a program
	}
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
func isSecretNumber(digits []byte, under looks.Secrecy) bool {
	const long = 8
	return under == looks.Password || under != looks.Open && len(digits) >= long && !bytes.ContainsAny(digits, ".eE-")
}

// isKeyOfRecord tells the members of a record of keys that hold the key itself, beside those whose name says so.
func isKeyOfRecord(name []byte) bool {
	switch string(bytes.ToLower(name)) {
	case "key", "value", "hash", "token", "plaintext", "raw":
		return true
	}
	return false
}
