package constraint

import (
	"strings"
	"unicode/utf8"

	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/parameter"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// Actual describes the value of a parameter: the value where it may be shown, else its measure.
func Actual(name string, raw []byte) (schema.Value, schema.Measure) {
	switch rawjson.KindOf(raw) {
	case rawjson.String:
		if n, ok := countProse(name, raw); ok {
			return schema.IntValue(n), schema.MeasureCharacters
		}
		text, _ := rawjson.Text(raw)
		return actualText(name, text)
	case rawjson.Array:
		return schema.IntValue(rawjson.Len(raw)), schema.MeasureItems
	case rawjson.Object:
		return schema.StringValue("object"), schema.MeasureType
	case rawjson.Number, rawjson.True, rawjson.False, rawjson.Null:
		if len(raw) <= looks.MaxShown {
			return schema.Value(raw), schema.MeasureValue
		}
		return schema.StringValue(looks.JSONType(raw)), schema.MeasureType
	case rawjson.None:
	}
	return nil, ""
}

// countProse counts the characters of a text that is so long that nothing else is said of it: it is neither data, which
// is told by its form, nor the value of a secret. No copy is made of it.
func countProse(name string, raw []byte) (int, bool) {
	n, head, ok := rawjson.Count(raw)
	if !ok || looks.SecretName([]byte(parameter.Last(name))) >= looks.Secret || looks.IsBase64(head) {
		return 0, false
	}
	_, _, isData := looks.CutDataURI(head + ",")
	return n, !isData
}

// actualText is Actual of a string.
func actualText(name, text string) (schema.Value, schema.Measure) {
	if looks.SecretName([]byte(parameter.Last(name))) >= looks.Secret {
		return schema.StringValue("[redacted]"), schema.MeasureValue
	}
	if shown, ok := looks.Shown(text); ok && (!parameter.IsProse(name) || len(strings.Fields(text)) <= 2 && len(text) <= looks.MaxShownProse) {
		return schema.StringValue(shown), schema.MeasureValue
	}
	return schema.IntValue(utf8.RuneCountInString(text)), schema.MeasureCharacters
}
