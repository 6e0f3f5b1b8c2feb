package envelope

import (
	"bytes"
	"context"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// decoder reads a response once. It looks at bytes where they stand, and copies only what it keeps: a reply may hold
// millions of elements, and then nearly all of them are passed over.
type decoder struct {
	Parts
	ctx    context.Context //nolint:containedctx // it lives as long as one call of DecodeContext
	steps  int
	ids    [][]byte // those asked for, in the two letter cases that are used
	seed   maphash.Seed
	values int               // of lists in errors, kept so far
	kept   map[uint64]source // what the errors were read from, by hash
}

// source is the bytes that an error was read from.
type source struct {
	raw    []byte
	around around
}

// around is what stands beside an `error` in the singular and belongs to it, as it stands.
type around struct{ taskUUID, taskType, message []byte }

func (s source) equal(other source) bool {
	return bytes.Equal(s.raw, other.raw) && bytes.Equal(s.around.taskUUID, other.around.taskUUID) &&
		bytes.Equal(s.around.taskType, other.around.taskType) && bytes.Equal(s.around.message, other.around.message)
}

func newDecoder(ctx context.Context, ids []string) *decoder {
	d := &decoder{ctx: ctx, seed: maphash.MakeSeed(), kept: map[uint64]source{}}
	for _, id := range ids {
		if id != "" {
			d.ids = append(d.ids, []byte(strings.ToLower(id)), []byte(strings.ToUpper(id)))
		}
	}
	return d
}

// stop tells whether to read no further. It asks the context now and then: asking costs more than an element.
func (d *decoder) stop() bool {
	const often = 256
	if d.steps++; !d.Left.Stopped && d.steps%often == 1 {
		d.Left.Stopped = d.ctx.Err() != nil
	}
	return d.Left.Stopped
}

// read takes a whole response: an envelope, a list of envelopes or elements, or either as JSON in a string. None of them
// holds another of its own kind, so this ends whatever the nesting.
func (d *decoder) read(raw []byte) {
	if d.stop() {
		return
	}
	switch rawjson.KindOf(raw) {
	case rawjson.String:
		// The archive may hold the envelope as JSON in a string.
		if inner := unquoted(raw); rawjson.KindOf(inner) != rawjson.String && rawjson.Valid(inner) {
			d.read(inner)
		}
	case rawjson.Array:
		for _, item := range rawjson.Items(raw) {
			if d.stop() {
				return
			}
			if isEnvelope(item) {
				d.object(item)
			} else {
				d.element(item)
			}
		}
	case rawjson.Object:
		d.object(raw)
	case rawjson.None, rawjson.Null, rawjson.True, rawjson.False, rawjson.Number:
	}
}

// unquoted is the text of a JSON string, in one copy of it.
func unquoted(raw []byte) []byte {
	raw = bytes.TrimSpace(raw)
	text, err := jsontext.AppendUnquote(make([]byte, 0, len(raw)), raw)
	if err != nil && len(text) == 0 {
		return nil
	}
	return bytes.TrimSpace(text)
}

func (d *decoder) object(raw []byte) {
	switch {
	case isEmpty(raw): // nothing is recorded
	case isBareMessage(raw):
		d.Recognised = true
		d.failure(source{raw: raw})
	case isEnvelope(raw):
		d.Recognised = true
		d.envelope(raw)
	default:
		d.element(raw)
	}
}

func (d *decoder) envelope(raw []byte) {
	var single []byte
	for name, value := range rawjson.Fields(raw) {
		switch string(bare(name)) {
		case "data":
			d.list(value, d.element)
		case "errors":
			d.list(value, func(raw []byte) { d.failure(source{raw: raw}) })
		case "error":
			single = value
		}
	}
	if single != nil {
		d.single(single, raw)
	}
}

// list reads an array, or the one object that old documentation prints in its place.
func (d *decoder) list(raw []byte, read func(raw []byte)) {
	if kind := rawjson.KindOf(raw); kind == rawjson.Object || kind == rawjson.String {
		read(raw)
		return
	}
	for _, item := range rawjson.Items(raw) {
		if d.stop() {
			return
		}
		read(item)
	}
}

// element reads a member of `data`: a result, or an error that stands among the results. What is no object is neither.
func (d *decoder) element(raw []byte) {
	if rawjson.KindOf(raw) != rawjson.Object {
		return
	}
	d.Recognised = true
	var taskUUID, status, inner []byte
	var code, message bool
	for name, value := range rawjson.Fields(raw) {
		switch string(bare(name)) {
		case "taskUUID":
			taskUUID = value
		case "status":
			status = value
		case "error":
			inner = value
		case "code", "errorId":
			code = true
		case "message", "errorMessage":
			message = true
		}
	}
	kind := rawjson.KindOf(inner)
	switch {
	case kind == rawjson.Object || kind == rawjson.Array || kind == rawjson.String || kind == rawjson.True:
		d.state(status)
		d.single(inner, raw)
	case code && message, bytes.EqualFold(bare(status), []byte("error")), bytes.EqualFold(bare(status), []byte("failed")):
		d.state(status)
		d.failure(source{raw: raw})
	case !d.room(len(d.Data), maxItems, taskUUID):
		d.Left.Items++
	default:
		item := Item{Raw: raw}
		item.TaskUUID, _ = rawjson.Text(taskUUID)
		item.Status, _ = rawjson.Text(status)
		d.Data = append(d.Data, item)
	}
}

// state keeps the status of an element that is an error. Nobody needs more of them than errors are kept: so many
// different ones are no statuses.
func (d *decoder) state(status []byte) {
	known := func(have string) bool { return have == string(bare(status)) }
	if len(bare(status)) == 0 || len(d.Stated) == maxErrors || slices.ContainsFunc(d.Stated, known) {
		return
	}
	if text, ok := rawjson.Text(status); ok {
		d.Stated = append(d.Stated, text)
	}
}

// single reads an `error` in the singular; outer is the object around it, which may carry the ids.
func (d *decoder) single(raw, outer []byte) {
	var a around
	for name, value := range rawjson.Fields(outer) {
		switch string(bare(name)) {
		case "taskUUID":
			a.taskUUID = value
		case "taskType":
			a.taskType = value
		case "message", "errorMessage":
			a.message = value
		}
	}
	switch rawjson.KindOf(raw) {
	case rawjson.Array:
		d.list(raw, func(raw []byte) { d.failure(source{raw, a}) })
	case rawjson.Object, rawjson.String:
		d.failure(source{raw, a})
	case rawjson.True:
		d.failure(source{raw: outer})
	case rawjson.None, rawjson.Null, rawjson.False, rawjson.Number:
	}
}

// failure keeps an error, unless it is kept already or there are too many.
func (d *decoder) failure(s source) {
	hash := maphash.Bytes(d.seed, s.raw)
	for _, beside := range [][]byte{s.around.taskUUID, s.around.taskType, s.around.message} {
		hash = hash*31 + maphash.Bytes(d.seed, beside)
	}
	if same, ok := d.kept[hash]; ok && same.equal(s) {
		d.Left.Repeated++
		return
	}
	if !d.room(len(d.Errors), maxErrors, s.raw, s.around.taskUUID) {
		d.Left.Errors++
		return
	}
	d.kept[hash] = s
	d.Errors = append(d.Errors, d.decodeError(s))
}

// room tells whether one more may be kept; above the bound, what names a task that was asked for still may, in any of
// the places given.
func (d *decoder) room(have, most int, places ...[]byte) bool {
	if have < most {
		return true
	}
	if have >= 2*most {
		return false
	}
	for _, place := range places {
		for _, id := range d.ids {
			if bytes.Contains(place, id) {
				return true
			}
		}
	}
	return false
}

// decodeError reads one error.
func (d *decoder) decodeError(s source) schema.APIError {
	e := d.fields(s.raw)
	if e.TaskUUID == "" {
		e.TaskUUID = scalar(s.around.taskUUID)
	}
	if e.TaskType == "" {
		e.TaskType = scalar(s.around.taskType)
	}
	if e.Message == "" {
		e.Message = words(s.around.message)
	}
	return e
}
