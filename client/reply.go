package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"mcp-taskdetails/internal/envelope"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// The questions that this package asks.
const (
	taskDetails  = "getTaskDetails" // what the archive holds of a task
	taskResponse = "getResponse"    // what a task does now
)

// reply is the body of one HTTP response, taken apart.
type reply struct {
	answers map[string]schema.Task // by folded taskUUID, for ids that were asked
	strays  map[string]string      // by folded id that was asked: the taskType of an item that is no answer to the question, "" for none
	errors  []schema.APIError
	problem string   // what stands in place of a reply, in our words; empty when this is one
	broken  bool     // whether the problem is JSON that cannot be read, which one task among many may be the cause of
	cut     bool     // whether it is broken since its end is missing, which may not happen again
	notes   []string // what was left of the errors, and what was changed in them
}

// fold makes ids comparable: the API may answer in another letter case.
func fold(id string) string { return strings.ToLower(id) }

// decode takes a body apart in a single pass that also checks its syntax: a reply may be 64 MB, and nearly all of it
// is skipped. Originals alias body. Only when something in it may be an error is it read again, for those alone; in them
// secret is masked, since an error may repeat the key that it refuses.
func decode(ctx context.Context, body []byte, ids []string, taskType string, secret schema.Secret) reply {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	d := decoder{Decoder: rawjson.NewDecoder(body), ctx: ctx, body: body, taskType: taskType, wanted: make(map[string]bool, len(ids))}
	for _, id := range ids {
		d.wanted[fold(id)] = true
	}
	d.answers = make(map[string]schema.Task, len(ids))
	d.strays = make(map[string]string)
	if err := d.document(); err != nil {
		return d.describe(err)
	}
	if d.suspect {
		d.readErrors(ids, secret)
	}
	if !d.recognised && len(d.errors) == 0 && d.problem == "" {
		d.problem = "JSON that is no " + taskType + " reply"
	}
	return d.reply
}

// readErrors reads all that may be errors, answers left out.
func (d *decoder) readErrors(ids []string, secret schema.Secret) {
	parts := envelope.DecodeContext(d.ctx, d.body, ids...)
	d.errors, d.notes = parts.Errors, parts.Left.Notes()
	for i := range d.errors {
		maskError(&d.errors[i], secret)
	}
	if len(d.errors) > 0 && !utf8.Valid(d.body) {
		d.notes = append(d.notes, "the reply is not valid UTF-8: what could not be read is shown as U+FFFD")
	}
}

type decoder struct {
	*jsontext.Decoder
	reply
	ctx        context.Context //nolint:containedctx // it lives as long as one call of decode
	body       []byte
	taskType   string // asked
	wanted     map[string]bool
	steps      int
	suspect    bool // whether something may be an error
	recognised bool
}

func (d *decoder) document() error {
	if err := d.value(0); err != nil {
		return err
	}
	switch _, err := d.ReadToken(); {
	case err == nil:
		return errSeveral
	case errors.Is(err, io.EOF):
		return nil
	default:
		return err
	}
}

var errSeveral = errors.New("more than one JSON value")

// nesting bounds how deep items are looked for: an array of envelopes with `data` arrays is the deepest ever seen.
const nesting = 4

// value looks for envelopes and items in an array or object, and passes over anything else.
func (d *decoder) value(depth int) error {
	switch kind := d.PeekKind(); {
	case kind == '{' && depth < nesting:
		return d.object(depth)
	case kind == '[' && depth < nesting:
		return d.array(depth)
	default:
		return d.SkipValue()
	}
}

// stop returns the context's error if it ended. It asks now and then: asking costs more than a small item.
func (d *decoder) stop() error {
	const often = 256
	if d.steps++; d.steps%often == 1 {
		return d.ctx.Err()
	}
	return nil
}

func (d *decoder) array(depth int) error {
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	for d.PeekKind() != ']' {
		if err := d.stop(); err != nil {
			return err
		}
		if err := d.value(depth + 1); err != nil {
			return err
		}
	}
	_, err := d.ReadToken()
	return err
}

// object reads an envelope, an item of `data`, or something that is both: a failed call has been seen with the ids of
// an item and the error of an envelope.
func (d *decoder) object(depth int) error {
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	var item item
	for d.PeekKind() == '"' {
		token, err := d.ReadToken()
		if err != nil {
			return err
		}
		name := token.String()
		if name == "data" {
			d.recognised = true
			err = d.value(depth + 1)
		} else {
			var value []byte
			value, err = d.raw()
			item.add(name, value)
		}
		if err != nil {
			return err
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	d.take(item)
	return nil
}

// raw reads one value as a part of the body.
func (d *decoder) raw() ([]byte, error) {
	value, err := d.ReadValue()
	if err != nil {
		return nil, err
	}
	end := int(d.InputOffset())
	return d.body[end-len(value) : end : end], nil
}

// item is an object that may be an answer, or carry errors.
type item struct {
	taskUUID, taskType string
	request, response  []byte
	suspect            bool // whether members may say that something failed
}

func (m *item) add(name string, value []byte) {
	switch name {
	case "request":
		m.request = value
	case "response":
		m.response = value
	case "taskUUID":
		m.taskUUID, _ = rawjson.Text(value)
	case "taskType":
		m.taskType, _ = rawjson.Text(value)
	case "errors", "error", "errorId", "code", "status":
		m.suspect = true
	}
}

// take files an object that has been read.
func (d *decoder) take(m item) {
	id := fold(m.taskUUID)
	ours := m.taskType == d.taskType || m.taskType == ""
	if ours && m.taskUUID != "" && (m.request != nil || m.response != nil) {
		d.recognised = true
		// Should the API answer twice, the first answer stands.
		if _, twice := d.answers[id]; d.wanted[id] && !twice {
			d.answers[id] = schema.Task{TaskUUID: m.taskUUID, Request: m.request, Response: m.response}
		}
		return
	}
	if kind, seen := d.strays[id]; d.wanted[id] && (!seen || kind == taskDetails) {
		d.strays[id] = m.taskType
	}
	d.suspect = d.suspect || m.suspect
}

// emptyBody stands for a reply without a byte, whatever type it claims.
const emptyBody = "an empty body"

// describe says what the body is instead of JSON, without repeating any of it.
func (d *decoder) describe(err error) reply {
	kind := rawjson.KindOf(d.body)
	begun := kind == rawjson.Object || kind == rawjson.Array // else it may be words
	switch {
	case len(bytes.TrimSpace(d.body)) == 0:
		return reply{problem: emptyBody}
	case kind == rawjson.None:
		return reply{problem: "text that is not JSON"}
	case errors.Is(err, errSeveral):
		return reply{problem: errSeveral.Error()}
	case strings.Contains(err.Error(), "exceeded max depth"): // jsontext has no name for it
		return reply{problem: "JSON nested more than 10000 levels deep", broken: begun}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return reply{problem: fmt.Sprintf("JSON that breaks off after %d bytes", len(d.body)), broken: begun, cut: true}
	default:
		return reply{problem: fmt.Sprintf("broken JSON after byte %d", d.InputOffset()), broken: begun}
	}
}
