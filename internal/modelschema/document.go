package modelschema

import (
	"encoding/json"
	"strings"

	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// document is what is read of the OpenAPI document behind a model's page.
//
// Source: https://runware.ai/docs/models/<slug>/schema.json: `info.x-pricing` is `{"rates": [{"amount", "unit", "label",
// "display"}]}` in US dollars, `x-status` is live, deprecated or coming-soon.
type document struct {
	status schema.ListingStatus
	rates  []rate
}

// rate is one published price.
type rate struct {
	amount json.Number
	unit   string
	label  string // for which tasks it is, in a stranger's words; "" for all
}

// maxRates bounds what is read; real documents have up to some dozens.
const maxRates = 100

func readDocument(body []byte) (*document, error) {
	if !rawjson.Valid(body) || rawjson.KindOf(body) != rawjson.Object {
		return nil, answerError("document is not a JSON object")
	}
	d := &document{status: statusIn(body)}
	info, _ := rawjson.Member(body, "info")
	if status := statusIn(info); status != "" {
		d.status = status
	}
	pricing, _ := rawjson.Member(info, "x-pricing")
	rates, _ := rawjson.Member(pricing, "rates")
	for _, one := range rawjson.Items(rates) {
		r, ok := readRate(one)
		if !ok || len(d.rates) == maxRates { // a list that is not understood whole says nothing
			d.rates = nil
			break
		}
		d.rates = append(d.rates, r)
	}
	return d, nil
}

func statusIn(object []byte) schema.ListingStatus {
	raw, _ := rawjson.Member(object, "x-status")
	text, _ := rawjson.Text(raw)
	switch status := schema.ListingStatus(strings.ToLower(text)); status {
	case schema.ListingLive, schema.ListingDeprecated, schema.ListingComing:
		return status
	case schema.ListingUnlisted:
	}
	return ""
}

func readRate(raw []byte) (rate, bool) {
	amount, _ := rawjson.Member(raw, "amount")
	unit, _ := rawjson.Member(raw, "unit")
	label, _ := rawjson.Member(raw, "label")
	text, isText := rawjson.Text(amount)
	if !isText {
		text = string(amount)
	}
	r := rate{amount: json.Number(text)}
	r.unit, _ = rawjson.Text(unit)
	r.label, _ = rawjson.Text(label)
	value, ok := dollars(r.amount)
	if !ok || value.Sign() > 0 && written(value) == "0.00" { // too little to be written
		return r, false
	}
	return r, unitWord(r.unit) != ""
}

// Identity is what Runware's registry says of the model's id, where it was asked.
func (m *Model) Identity() schema.Listing { return m.listing }

// Listing is what Runware's registry and the model's page say of the model's id. It may ask for the page.
func (m *Model) Listing() schema.Listing {
	l := m.listing
	if l.Status == "" && m.document != nil {
		if d := m.document(); d != nil {
			l.Status = d.status
		}
	}
	return l
}
