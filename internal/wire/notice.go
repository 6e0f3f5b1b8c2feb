package wire

import (
	"encoding/json"
	"maps"

	"mcp-taskdetails/internal/rawjson"

	"github.com/mark3labs/mcp-go/mcp"
)

// Notice renders a notification that belongs to the message, with its progress token or its id as the client wrote them.
func (m Message) Notice(n mcp.JSONRPCNotification) (Line, error) {
	params := map[string]any{}
	maps.Copy(params, n.Params.AdditionalFields)
	if meta := maps.Clone(n.Params.Meta); meta != nil {
		if meta[mcp.MetaKeySubscriptionID] != nil {
			meta[mcp.MetaKeySubscriptionID] = m.ID
		}
		params["_meta"] = meta
	}
	if token, ok := rawjson.Resolve(m.Params, "/_meta/progressToken"); ok && n.Method == string(mcp.MethodNotificationProgress) {
		params["progressToken"] = json.RawMessage(token)
	}
	raw, err := marshal(params)
	return Line{}.jsonf(`{"jsonrpc":%q,"method":%s,"params":`, n.JSONRPC, rawjson.Quote(n.Method)).json(raw).jsonf("}"), err
}
