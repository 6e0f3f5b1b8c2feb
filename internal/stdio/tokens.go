package stdio

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"mcp-taskdetails/internal/rawjson"

	"github.com/mark3labs/mcp-go/mcp"
)

// Two more tokens of the client come back in what mcp-go sends: the progress token of a call, which mcp-go would
// round when it is a number beyond float64, and the id of a subscription.

const (
	standIn          = "internal/progress/"
	progressMark     = `"progressToken":"` + standIn
	subscriptionMark = `"` + mcp.MetaKeySubscriptionID + `":`
)

// takeProgressToken notes whether the call may report progress, and returns its params with a stand-in for a token
// that mcp-go cannot carry.
func (c *call) takeProgressToken(params json.RawMessage) json.RawMessage {
	meta, _ := rawjson.Member(params, "_meta")
	token, ok := rawjson.Member(meta, "progressToken")
	c.ordered = ok || c.method == methodListen
	if !ok || !altered(token) {
		return params
	}
	var outer, inner map[string]json.RawMessage
	if json.Unmarshal(params, &outer) != nil || json.Unmarshal(meta, &inner) != nil {
		return params
	}
	c.token = token
	inner["progressToken"] = fmt.Appendf(nil, "%q", standIn+strconv.FormatInt(c.number, 10))
	outer["_meta"], _ = json.Marshal(inner)
	params, _ = json.Marshal(outer)
	return params
}

// altered reports whether a number would be another one, or written in another way, after a trip through float64.
func altered(number []byte) bool {
	if rawjson.KindOf(number) != rawjson.Number {
		return false
	}
	var value float64
	if json.Unmarshal(number, &value) != nil {
		return true
	}
	again, err := json.Marshal(value)
	return err != nil || !bytes.Equal(again, number)
}

// restoreNotice puts a client's token back into a notification.
func restoreNotice(p []byte, calls *calls) []byte {
	rest, _ := bytes.CutPrefix(p, []byte(noticeHead))
	switch {
	case bytes.HasPrefix(rest, []byte(methodProgress+`"`)):
		_, at, found := bytes.Cut(p, []byte(progressMark))
		if c := calls.get(leadingNumber(at)); found && c != nil && c.token != nil {
			old := fmt.Appendf(nil, `%s%d"`, progressMark, c.number)
			return bytes.Replace(p, old, fmt.Appendf(nil, `"progressToken":%s`, c.token), 1)
		}
	case bytes.HasPrefix(rest, []byte(methodAcknowledged+`"`)):
		_, at, found := bytes.Cut(p, []byte(subscriptionMark))
		if c := calls.get(leadingNumber(at)); found && c != nil {
			return restoreSubscription(p, c)
		}
	}
	return p
}

// restoreSubscription puts the client's id back where mcp-go names the subscription by its number.
func restoreSubscription(p []byte, c *call) []byte {
	old := fmt.Appendf(nil, `%s%d`, subscriptionMark, c.number)
	return bytes.Replace(p, old, fmt.Appendf(nil, `%s%s`, subscriptionMark, c.id), 1)
}
