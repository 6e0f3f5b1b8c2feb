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
