// Package present decides what may be shown of a task: it masks secrets, puts short markers in the place of huge values,
// keeps a report within a budget of bytes, and names the numbers that a float64 would change and the characters that
// nobody sees. Everything else stays as it was recorded, digit by digit and in its order.
//
// It is pure: bytes in, bytes out, no I/O, no clock, no log, and the input is never changed. It refuses to know what a
// task means. Start with [Presenter.Report]; cursor.go is the one pass over a document, show.go, mask_document.go and
// secret_recorded.go are what is done on it, tree.go is the plan that makes a report fit, and the files secret_* know what a
// secret looks like: the names are in package looks, the other tables in secret_shapes_table.go, secret_phrases.go,
// secret_stated.go, secret_options.go and secret_url.go.
package present

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Sizes in bytes.
const (
	// DefaultBudget keeps a report in a conversation: hosts move results above 25,000 tokens or 50,000 characters out of it,
	// some after they have counted both copies of it, and warn at 10,000 tokens (code.claude.com/docs/en/mcp).
	DefaultBudget = 24_000
	// MaxBudget is the largest report that a caller may ask for, MinBudget the smallest that still says something.
	MaxBudget = 80_000
	MinBudget = 4096

	DefaultMaxString = 8192
)

// unlimited is the limit of a string that is shown whole whatever its length and form.
const unlimited = math.MaxInt

// Config says how much may be shown.
type Config struct {
	// Budget is the most bytes that one copy of a presented report takes, as text or as structured content, whichever is
	// longer; less than MinBudget counts as that. Default is DefaultBudget.
	Budget int
	// MaxString is the longest string that is shown whole, in bytes of its JSON text: prompts of a few thousand characters
	// are. Base64 and data URIs are left out from 256 bytes on. Default is 8192.
	MaxString int
	// Whole shows every value whole, however large, for an archive that nobody reads into a context: Budget and MaxString
	// do not count then, and what is masked is masked all the same. Default is false.
	Whole bool
	// Secrets are this server's own keys. They are masked in any string and name, also when escaped. Those shorter than
	// six bytes are not looked for. Default is none.
	Secrets []schema.Secret
}

// Presenter shows reports. It is immutable and may be used by several goroutines.
type Presenter struct {
	budget int
	limit  int
	masker masker
}

// New returns a presenter.
func New(c Config) *Presenter {
	p := &Presenter{budget: c.Budget, limit: c.MaxString, masker: newMasker(c.Secrets)}
	if p.budget <= 0 {
		p.budget = DefaultBudget
	}
	p.budget = max(p.budget, MinBudget)
	if p.limit <= 0 {
		p.limit = DefaultMaxString
	}
	if c.Whole {
		p.budget, p.limit = math.MaxInt/8, unlimited // an eighth, since costs are multiplied before they are compared
	}
	return p
}

// Within returns a presenter of the same secrets whose reports have another budget; 0 is that of p.
func (p *Presenter) Within(budget int) *Presenter {
	if budget == 0 {
		return p
	}
	other := *p
	other.budget = max(budget, MinBudget)
	return &other
}

// Knowing returns a presenter that also masks wherever else it stands what is masked in a text: a report quotes parts of
// it, where nothing says any more that they are secrets.
func (p *Presenter) Knowing(text []byte) *Presenter {
	other := *p
	for _, s := range p.masker.spans(text, plain) {
		if key := text[s.start:s.end]; couldBeSecret(key) {
			other.masker = other.masker.recording(bytes.Clone(key), maxRecorded/2)
		}
	}
	return &other
}

// Report returns r as it may be shown: its originals masked and bounded, its texts masked, bounded and free of hidden
// characters, its omissions and exact numbers listed. The JSON of the result is never longer than the budget, and
// nothing in it is shared with r but what did not have to change.
func (p *Presenter) Report(r schema.TaskReport) schema.TaskReport {
	found := newLists(p.budget)
	var notes []string
	r.Request, notes = readable(r.Request, "request", notes)
	r.Response, notes = readable(r.Response, "response", notes)
	m := p.masker
	m.clean = &clean{}
	m = m.withRecorded(r.Request).withRecorded(r.Response)
	// The id is the caller's own, whatever the data say that it opens.
	r.TaskUUID = (&cleaner{masker: p.masker, lists: found}).text(r.TaskUUID, 256, "", "taskUUID")
	if r.Piece != nil {
		piece := p.fit(*r.Piece)
		r.Piece = &piece
	}
	part := p.budget / 2
	if r.Piece != nil {
		part = p.budget / 3 // the piece takes half
	}
	diagnosis, size := p.diagnosis(r.Diagnosis, part, m.withQuoted(r), found)

	request := p.document(r.Request, "/request", m)
	response := p.document(r.Response, "/response", m)
	allowance := p.budget - size - pieceSize(r.Piece) - len(r.TaskUUID) - envelope
	const tries = 10
	for try := range tries + 1 {
		if try == tries {
			allowance = 0
		}
		lists := found.clone()
		requestRoom, responseRoom := share(request.tree.cost, response.tree.cost, allowance)
		r.Request = request.within(lists, requestRoom)
		r.Response = response.within(lists, responseRoom)
		r.Omissions, r.ExactNumbers = lists.omissions, lists.exact
		r.Diagnosis = diagnosis
		r.Diagnosis.Notes = slices.Concat(diagnosis.Notes, notes, lists.notes())
		if p.fits(r, size) {
			break
		}
		_, text := Marshal(r) // never shorter than the text block
		if len(text) <= p.budget {
			break
		}
		// What the plan took too lightly (masks, listed pointers, notes) comes off the originals.
		shown := min(allowance, request.tree.cost+response.tree.cost)
		allowance = shown - (len(text) - p.budget) - shown/16
	}
	return r
}

// envelope is what the names and brackets of a report take up.
const envelope = 256

// fits is a quick look at the sum of the parts; it may say no where an exact count says yes.
func (p *Presenter) fits(r schema.TaskReport, diagnosis int) bool {
	const perEntry = 100
	sum := envelope + diagnosis + len(r.Request) + len(r.Response) + 6*len(r.TaskUUID) + pieceSize(r.Piece)
	for _, o := range r.Omissions {
		sum += perEntry + 6*len(o.Pointer) + len(o.MediaType) + len(o.SHA256)
	}
	for _, n := range r.ExactNumbers {
		sum += perEntry + 6*len(n.Pointer) + len(n.Value)
	}
	for _, note := range r.Diagnosis.Notes {
		sum += 6 * len(note)
	}
	return 3*sum < p.budget || sum < p.budget && len(r.ExactNumbers) == 0 && validUTF8(r)
}

// readable drops an original that is no JSON: nothing can be said about its parts.
func readable(raw json.RawMessage, name string, notes []string) (json.RawMessage, []string) {
	if len(raw) == 0 {
		return nil, notes
	}
	if !rawjson.Valid(raw) {
		return nil, append(notes, fmt.Sprintf("the recorded %s is not valid JSON (%d bytes) and is not shown", name, len(raw)))
	}
	return raw, notes
}

// share divides the allowance between request and response: the lighter stays whole if it can.
func share(request, response, allowance int) (requestRoom, responseRoom int) {
	if request+response <= allowance {
		return whole, whole
	}
	room := level([]int{request, response}, allowance)
	cut := func(cost int) int {
		if cost <= room {
			return whole
		}
		return max(room, 0)
	}
	return cut(request), cut(response)
}

// document is one original on its way into a report. What is digested once is remembered, so that a second try at the
// budget does not hash it again.
type document struct {
	show    show
	src     []byte
	tree    tree
	digests map[int]schema.Omission
}

func (p *Presenter) document(raw json.RawMessage, base string, m masker) *document {
	d := &document{}
	if len(raw) == 0 {
		return d
	}
	d.tree = measure(raw, p.limit)
	d.src = raw
	d.show = show{masker: m, limit: p.limit, base: base, tree: &d.tree}
	d.show.digest = func(start int, content []byte) (schema.Omission, bool) {
		if o, ok := d.digests[start]; ok {
			return o, o.Kind != ""
		}
		o, ok := digest(content, p.limit, m)
		if !ok {
			o = schema.Omission{}
		}
		if d.digests == nil {
			d.digests = make(map[int]schema.Omission)
		}
		d.digests[start] = o
		return o, ok
	}
	return d
}

// within writes the document into its room.
func (d *document) within(l *lists, room int) json.RawMessage {
	if len(d.src) == 0 {
		return nil
	}
	s := d.show
	s.lists = l
	return s.run(d.src, place{}, room)
}

// Masked returns a text of any length with its secrets masked and nothing else changed.
func (p *Presenter) Masked(text []byte) []byte {
	masked, _ := p.masker.mask(text, plain)
	return masked
}

// Text returns one string of ours or of a stranger as it may be logged or printed: secrets masked, hidden characters
// escaped, at most 2048 bytes.
func (p *Presenter) Text(s string) string {
	m := p.masker
	if isNested([]byte(s)) {
		m = m.withRecorded([]byte(s))
	}
	return bound(escapeHidden(m.text(s)), maxText)
}

// maxText is the longest string that Text returns, in bytes.
const maxText = 2048
