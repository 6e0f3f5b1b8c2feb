package request

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"mcp-taskdetails/internal/rawjson"
)

var (
	errTooDeep  = errors.New("nested too deep")
	errLongName = errors.New("a name is too long")
	errTooMany  = errors.New("too many values")
	errTrailing = errors.New("more than one value")
)

// What is decoded of a task. Real ones have some dozens of values, four levels deep; past these bounds a task was made to
// cost, and is not judged.
const (
	maxDecodedDepth  = 64
	maxDecodedValues = 20_000
	maxDecodedName   = 64 << 10 // bytes: pointers, messages and edits repeat names
)

// Decode reads a task object into values: map[string]any, []any, string, json.Number, bool and nil. It fails for what is
// no JSON and for a task too deep or too large to be judged, or with a name of more than 64 KiB.
func Decode(task []byte) (any, error) {
	return DecodeWithin(task, taskLimits)
}

//nolint:gochecknoglobals // immutable
var taskLimits = Limits{Depth: maxDecodedDepth, Values: maxDecodedValues}

// Limits bound what is decoded, since a validator's work and memory grow with it.
type Limits struct {
	Depth  int
	Values int
	Items  int // of one array; the rest is left out. 0 is no limit
}

// DecodeWithin reads one JSON value into the types that a validator judges; numbers keep their digits. It is linear in
// the input and holds each string once; a large one shares the input.
func DecodeWithin(raw []byte, l Limits) (any, error) { return decodeWithin(raw, l, &texts{}) }

func decodeWithin(raw []byte, l Limits, known *texts) (any, error) {
	r := reader{raw: raw, dec: rawjson.NewDecoder(raw), values: l.Values, items: l.Items, texts: known}
	v, err := r.value(l.Depth)
	if err != nil {
		return nil, err
	}
	if _, err := r.dec.ReadToken(); !errors.Is(err, io.EOF) {
		return nil, errTrailing
	}
	return v, nil
}

type reader struct {
	raw    []byte
	dec    *jsontext.Decoder
	values int // left
	items  int
	texts  *texts
}

func (r *reader) value(depth int) (any, error) {
	if r.values--; r.values < 0 {
		return nil, errTooMany
	}
	if depth < 0 {
		return nil, errTooDeep
	}
	if r.dec.PeekKind() == '"' {
		return r.text()
	}
	token, err := r.dec.ReadToken()
	if err != nil {
		return nil, err
	}
	switch rawjson.Kind(token.Kind()) {
	case rawjson.Object:
		return r.object(depth)
	case rawjson.Array:
		return r.array(depth)
	case rawjson.Number:
		return number(token.String()), nil
	case rawjson.True, rawjson.False:
		return token.Bool(), nil
	case rawjson.Null:
		return nil, nil
	case rawjson.None, rawjson.String: // the decoder has failed before; strings were read above
	}
	return nil, errTrailing
}

// text copies no large string; a token would copy it twice, and some are an image of many megabytes.
func (r *reader) text() (string, error) {
	value, err := r.dec.ReadValue()
	if err != nil {
		return "", err
	}
	end := int(r.dec.InputOffset())
	return r.texts.of(r.raw[end-len(value) : end]), nil // not the decoder's own slice, which is its buffer
}

func (r *reader) object(depth int) (any, error) {
	object := map[string]any{}
	for r.dec.PeekKind() != '}' {
		token, err := r.dec.ReadToken()
		if err != nil {
			return nil, err
		}
		name := token.String()
		if len(name) > maxDecodedName {
			return nil, errLongName
		}
		if object[name], err = r.value(depth - 1); err != nil {
			return nil, err
		}
	}
	_, err := r.dec.ReadToken()
	return object, err
}

func (r *reader) array(depth int) (any, error) {
	array := []any{}
	for r.dec.PeekKind() != ']' {
		if r.items > 0 && len(array) == r.items {
			if err := r.dec.SkipValue(); err != nil {
				return nil, err
			}
			continue
		}
		v, err := r.value(depth - 1)
		if err != nil {
			return nil, err
		}
		array = append(array, v)
	}
	_, err := r.dec.ReadToken()
	return array, err
}

// number keeps a number as it is, unless its digits or exponent would cost big.Rat seconds and megabytes (or make it
// fail, which the validator does not survive): such a number becomes the nearest that is short, or ±1e400.
func number(text string) json.Number {
	const reasonable = 400
	exponent := "0"
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		exponent = text[i+1:]
	}
	n, err := strconv.Atoi(exponent)
	if err == nil && len(text) <= reasonable && -reasonable <= n && n <= reasonable {
		return json.Number(text)
	}
	f, err := strconv.ParseFloat(text, 64)
	if err == nil {
		return json.Number(strconv.FormatFloat(f, 'g', -1, 64))
	}
	if strings.HasPrefix(text, "-") {
		return "-1e400"
	}
	return "1e400"
}
