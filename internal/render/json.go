package render

import (
	"bytes"
	"encoding/json"

	"github.com/tidwall/pretty"
)

// JSON lays JSON out for a terminal: indented, coloured, and without a character that a terminal would obey or hide. It
// stays equal, digit by digit, and ends in a line end.
func JSON(raw []byte, s Style) []byte {
	var b bytes.Buffer
	if err := json.Indent(&b, VisibleJSON(raw), "", "  "); err != nil {
		return append(VisibleJSON(raw), '\n')
	}
	text := b.Bytes()
	if s.Colour {
		value := [2]string{"\x1b[36m", unpainted}
		text = pretty.Color(text, &pretty.Style{
			Key: [2]string{string(Blue), unpainted}, String: [2]string{"\x1b[32m", unpainted},
			Number: value, True: value, False: value, Null: value,
		})
	}
	return append(text, '\n')
}
