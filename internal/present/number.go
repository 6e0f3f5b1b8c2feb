package present

import (
	"bytes"
	"strconv"
)

// maxDigits is the length from which a number is left out like a huge string.
const maxDigits = 1024

// changes reports whether a float64 on the way, as in JavaScript's JSON.parse, would change a number's value. 1.0, 1e2
// and 0.1 come back as the same value and do not count; 9007199254740993 and 1e400 do.
func changes(number []byte) bool {
	// Any 15 significant digits survive; nearly every number ends here.
	if len(number) <= 15 && bytes.IndexByte(number, 'e') < 0 && bytes.IndexByte(number, 'E') < 0 {
		return false
	}
	want := parseDecimal(number)
	if len(want.digits) == 0 {
		return false // zero, however it is written
	}
	f, err := strconv.ParseFloat(string(number), 64)
	if err != nil {
		return true // beyond range
	}
	got := parseDecimal(strconv.AppendFloat(nil, f, 'e', -1, 64))
	return got.exponent != want.exponent || !bytes.Equal(got.digits, want.digits)
}

// beyondFloat reports whether a number is too large for a float64, which some parsers refuse outright.
func beyondFloat(number []byte) bool {
	if len(number) <= 300 && bytes.IndexByte(number, 'e') < 0 && bytes.IndexByte(number, 'E') < 0 {
		return false
	}
	_, err := strconv.ParseFloat(string(number), 64)
	return err != nil
}

// decimal is a number as 0.digits × 10^exponent, without leading or trailing zeros: equal values are equal.
type decimal struct {
	digits   []byte
	exponent int
}

func parseDecimal(number []byte) decimal {
	number = bytes.TrimPrefix(number, []byte("-"))
	mantissa, power := number, 0
	if e := bytes.IndexAny(number, "eE"); e >= 0 {
		mantissa = number[:e]
		// An exponent beyond int is as good as its limit: both are beyond any float64.
		power, _ = strconv.Atoi(string(bytes.TrimPrefix(number[e+1:], []byte("+"))))
	}
	whole, fraction, _ := bytes.Cut(mantissa, []byte("."))
	digits := append(bytes.Clone(whole), fraction...)
	significant := bytes.TrimLeft(digits, "0")
	return decimal{
		digits:   bytes.TrimRight(significant, "0"),
		exponent: len(whole) - (len(digits) - len(significant)) + power,
	}
}
