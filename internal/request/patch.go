package request

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Operation is one of the four RFC 6902 operations that a patch of ours may hold, over decoded values: map[string]any,
// []any, string, json.Number, bool and nil.
type Operation struct {
	Op    string // add, remove, replace, move
	From  string // of a move
	Path  string
	Value any // of an add or a replace
}

// JSON is the operation as a report shows it. Numbers keep their digits.
func (o Operation) JSON() (schema.Operation, error) {
	out := schema.Operation{Op: o.Op, From: o.From, Path: o.Path}
	if o.Op != "add" && o.Op != "replace" {
		return out, nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(o.Value); err != nil {
		return schema.Operation{}, fmt.Errorf("operation: encode: %w", err)
	}
	out.Value = bytes.TrimSpace(b.Bytes())
	return out, nil
}

// Patched is a decoded task after operations whose pointers begin with base, where the task stands in the request. It
// fails where one does not apply.
func Patched(task any, base string, ops []schema.Operation) (any, error) {
	own := make([]Operation, len(ops))
	for i, op := range ops {
		var err error
		if own[i], err = OperationOf(op, base); err != nil {
			return nil, fmt.Errorf("operation %d: value: %w", i, err)
		}
	}
	return Apply(task, own)
}

// OperationOf is an operation on the request array as one on the task at base. It fails where the value is no JSON.
func OperationOf(op schema.Operation, base string) (Operation, error) {
	own := Operation{Op: op.Op, From: strings.TrimPrefix(op.From, base), Path: strings.TrimPrefix(op.Path, base)}
	if len(op.Value) == 0 {
		return own, nil
	}
	var err error
	own.Value, err = Decode(op.Value)
	return own, err
}

var (
	errNoSuchPlace   = errors.New("leads to nothing that is there")
	errIntoItself    = errors.New("moves a value into itself")
	errUnknown       = errors.New("is not add, remove, replace or move")
	errBadPointer    = errors.New("is no RFC 6901 pointer")
	errWholeDocument = errors.New("is the whole document")
)

// Apply applies operations in their order. The document is not changed; the result shares what it can with it.
func Apply(document any, operations []Operation) (any, error) {
	for i, o := range operations {
		var err error
		switch o.Op {
		case "add":
			document, err = Add(document, o.Path, o.Value)
		case "remove":
			document, err = Remove(document, o.Path)
		case "replace":
			document, err = Replace(document, o.Path, o.Value)
		case "move":
			document, err = Move(document, o.From, o.Path)
		default:
			err = fmt.Errorf("%q %w", o.Op, errUnknown)
		}
		if err != nil {
			return nil, fmt.Errorf("operation %d: %w", i, err)
		}
	}
	return document, nil
}

// Add puts a value at a pointer: a new member or one in place of another, or an item before the one that stands there;
// "-" is the end of an array.
func Add(document any, pointer string, value any) (any, error) {
	if pointer == "" {
		return value, nil
	}
	return change(document, pointer, func(parent any, last string) (any, error) {
		switch parent := parent.(type) {
		case map[string]any:
			return with(parent, last, value), nil
		case []any:
			i := len(parent)
			if last != "-" {
				var ok bool
				if i, ok = index(last, len(parent)+1); !ok {
					return nil, errNoSuchPlace
				}
			}
			return slices.Insert(slices.Clone(parent), i, value), nil
		default:
			return nil, errNoSuchPlace
		}
	})
}

// Remove takes the value at a pointer out.
func Remove(document any, pointer string) (any, error) {
	if pointer == "" {
		return nil, fmt.Errorf("%q %w", pointer, errWholeDocument)
	}
	return change(document, pointer, func(parent any, last string) (any, error) {
		switch parent := parent.(type) {
		case map[string]any:
			if _, ok := parent[last]; !ok {
				return nil, errNoSuchPlace
			}
			parent = maps.Clone(parent)
			delete(parent, last)
			return parent, nil
		case []any:
			i, ok := index(last, len(parent))
			if !ok {
				return nil, errNoSuchPlace
			}
			return slices.Delete(slices.Clone(parent), i, i+1), nil
		default:
			return nil, errNoSuchPlace
		}
	})
}

// Replace puts a value in the place of the one at a pointer.
func Replace(document any, pointer string, value any) (any, error) {
	if pointer == "" {
		return value, nil
	}
	return change(document, pointer, func(parent any, last string) (any, error) { return put(parent, last, value) })
}

// Move takes a value out and adds it elsewhere.
func Move(document any, from, to string) (any, error) {
	value, ok := Resolve(document, from)
	if !ok {
		return nil, fmt.Errorf("%q %w", from, errNoSuchPlace)
	}
	if from == to {
		return document, nil
	}
	if strings.HasPrefix(to, from+"/") {
		return nil, fmt.Errorf("%q to %q %w", from, to, errIntoItself)
	}
	document, err := Remove(document, from)
	if err != nil {
		return nil, err
	}
	return Add(document, to, value)
}

// Resolve finds the value at a pointer.
func Resolve(document any, pointer string) (any, bool) {
	steps, err := split(pointer)
	if err != nil {
		return nil, false
	}
	return At(document, steps)
}

// At finds the value at the unescaped steps of a pointer.
func At(document any, steps []string) (any, bool) {
	for _, name := range steps {
		var ok bool
		if document, ok = step(document, name); !ok {
			return nil, false
		}
	}
	return document, true
}

// change makes a change in the parent of the value at a pointer, which is not the whole document.
func change(document any, pointer string, last func(parent any, step string) (any, error)) (any, error) {
	steps, err := split(pointer)
	if err != nil {
		return nil, err
	}
	changed, err := rebuild(document, steps, last)
	if err != nil {
		return nil, fmt.Errorf("%q %w", pointer, err)
	}
	return changed, nil
}

// rebuild makes the path to a value's parent anew; everything beside the path stays shared.
func rebuild(document any, steps []string, last func(parent any, step string) (any, error)) (any, error) {
	if len(steps) == 1 {
		return last(document, steps[0])
	}
	child, ok := step(document, steps[0])
	if !ok {
		return nil, errNoSuchPlace
	}
	changed, err := rebuild(child, steps[1:], last)
	if err != nil {
		return nil, err
	}
	return put(document, steps[0], changed)
}

// put sets the member or item that a parent has.
func put(parent any, name string, value any) (any, error) {
	if _, ok := step(parent, name); !ok {
		return nil, errNoSuchPlace
	}
	if items, ok := parent.([]any); ok {
		i, _ := index(name, len(items))
		items = slices.Clone(items)
		items[i] = value
		return items, nil
	}
	object, _ := parent.(map[string]any)
	return with(object, name, value), nil
}

// step is the member or item of a parent; false where it has none of that name.
func step(parent any, name string) (any, bool) {
	switch parent := parent.(type) {
	case map[string]any:
		value, ok := parent[name]
		return value, ok
	case []any:
		if i, ok := index(name, len(parent)); ok {
			return parent[i], true
		}
	}
	return nil, false
}

func with(object map[string]any, name string, value any) map[string]any {
	changed := make(map[string]any, len(object)+1)
	maps.Copy(changed, object)
	changed[name] = value
	return changed
}

// split takes a pointer apart into its unescaped tokens.
func split(pointer string) ([]string, error) {
	if pointer != "" && pointer[0] != '/' {
		return nil, fmt.Errorf("%q %w", pointer, errBadPointer)
	}
	return rawjson.Tokens(pointer), nil
}

// index reads an array's index below a limit; RFC 6901 allows no sign and no leading zero.
func index(token string, limit int) (int, bool) {
	i, err := strconv.Atoi(token)
	if err != nil || i < 0 || i >= limit || strconv.Itoa(i) != token {
		return 0, false
	}
	return i, true
}
