package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// results are all figures of a run. Times of Live are in milliseconds, sizes in bytes.
type results struct {
	When     string      `json:"when"`
	Machine  string      `json:"machine"`
	Rounds   int         `json:"rounds"`
	Before   string      `json:"before"`
	Binary   binaryBytes `json:"binary"`
	Live     *samples    `json:"-"`
	Table    []row       `json:"live"`
	Answers  []cost      `json:"answers"`
	Requests asked       `json:"requests"`
	Batches  []batch     `json:"batches"`
	Triages  []triaged   `json:"triages"`
	Exports  []exported  `json:"exports"`
	Stages   []stage     `json:"stages"`
	Growth   []growing   `json:"growth"`
	Profile  string      `json:"profile"`
}

// The generated block stands between these lines.
const (
	blockBegins = "<!-- go run ./bench -->\n"
	blockEnds   = "<!-- /go run ./bench -->\n"
)

// publish prints the figures and writes both files.
func (r *results) publish(o options, out io.Writer) error {
	r.Table = table(r.Live)
	block := r.markdown()
	if _, err := out.Write(block); err != nil {
		return err
	}
	figures, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.json, append(figures, '\n'), 0o644); err != nil { //nolint:gosec // for everybody
		return err
	}
	page, err := os.ReadFile(o.docs)
	if err != nil {
		return err
	}
	head, rest, begins := bytes.Cut(page, []byte(blockBegins))
	_, tail, ends := bytes.Cut(rest, []byte(blockEnds))
	if !begins || !ends {
		return errors.New(o.docs + ": the markers of the generated block are missing")
	}
	page = fmt.Appendf(nil, "%s%s%s%s%s", head, blockBegins, block, blockEnds, tail)
	return os.WriteFile(o.docs, page, 0o644) //nolint:gosec // for everybody
}
