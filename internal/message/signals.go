package message

import (
	"slices"
	"strings"
	"sync"

	"mcp-taskdetails/internal/parameter"
)

// Signal is a cause that has nothing to do with one parameter. Direct and Provider are rows of the table of codes: the
// one where Runware speaks, the other where the words are a provider's.
type Signal struct {
	Direct, Provider string
}

// signalRow is a row of signals.txt, which goes from the surest cause to the vaguest: the first that is said counts.
type signalRow struct {
	Signal
	stems stems
}

// signalMeanings are the meanings of signals.txt.
//
//nolint:gochecknoglobals // made once, on first use, then never written
var signalMeanings = sync.OnceValue(func() map[string]Signal {
	return map[string]Signal{
		"unchecked":       {"moderationUnavailable", "providerCheckUnavailable"},
		"content":         {"contentPolicyViolation", "providerContentPolicyViolation"},
		"credits":         {"insufficientCredits", "providerInsufficientCredits"},
		"ceiling":         {"spendingLimitReached", "providerInsufficientCredits"},
		"period":          {"periodLimitReached", "periodLimitReached"},
		"allowance":       {"quotaExceeded", "providerAllowanceReached"},
		"plan":            {"planRequired", "providerPlanLacks"},
		"one-too-large":   {"inferenceRateLimitRequestTooLarge", "inferenceRateLimitRequestTooLarge"},
		"rate":            {"rateLimitExceeded", "providerRateLimitExceeded"},
		"at-once":         {"concurrencyLimitExceeded", "providerConcurrencyExceeded"},
		"key":             {"unauthorized", "providerAuthenticationFailed"},
		"access":          {"forbidden", "providerAccessRefused"},
		"running":         {"failedTaskTimeout", "failedTaskTimeout"},
		"expired":         {"taskExpired", "taskExpired"},
		"timeout":         {"requestTimeout", "providerTimeout"},
		"memory":          {"outOfMemory", "providerOverloaded"},
		"load":            {"noAvailableServer", "providerOverloaded"},
		"upload":          {"uploadFailed", "uploadFailed"},
		"gateway":         {"internalServerError", "providerBadGateway"},
		"no-model":        {"modelNotFound", "providerModelNotFound"},
		"model-access":    {"forbidden", "providerModelNotFound"},
		"model-off":       {"modelDisabled", "providerModelOff"},
		"endpoint-gone":   {"endpointGone", "endpointGone"},
		"model-load":      {"failedModelLoad", "failedModelLoad"},
		"region":          {"providerRegionRefused", "providerRegionRefused"},
		"asset-gone":      {"providerAssetGone", "providerAssetGone"},
		"model-task":      {"modelForOtherTask", "modelForOtherTask"},
		"model-mismatch":  {"modelIncompatible", "modelIncompatible"},
		"model-preparing": {"modelNotReady", "modelNotReady"},
		"broke-down":      {"machineLost", "providerMachineLost"},
		"cancelled":       {"taskCancelled", "providerInternalError"}, // by whom a provider does not say, and the user has not
		"internal":        {"internalServerError", "providerInternalError"},
	}
})

// signalOf resolves a meaning of signals.txt.
func signalOf(meaning string) (Signal, bool) {
	s, ok := signalMeanings()[meaning]
	return s, ok
}

func (t *tables) addSignal(r row) error {
	s, stems, err := meant(t, r, signalOf, "signal")
	if err == nil {
		t.signals = append(t.signals, signalRow{s, stems})
	}
	return err
}

// Classify finds the surest signal in a text that was not read as a message. URLs are left out: what stands in one says
// nothing.
func Classify(text string) (Signal, bool) {
	return words().classify(strings.ToLower(text))
}

func (t *tables) classify(lower string) (Signal, bool) {
	lower = withoutParameters(withoutURLs(lower))
	unquoted := withoutQuoted(lower)
	in, inUnquoted := textOf(lower), textOf(unquoted)
	for _, s := range t.signals {
		if s.stems.in(&in, affirmed) || len(unquoted) < len(lower) && s.stems.in(&inUnquoted, affirmed) {
			return s.Signal, true
		}
	}
	return Signal{}, false
}

// withoutParameters drops the names of parameters that stand in quotes or are called so: neither 'safety.checkContent' nor
// "the safety_checker parameter" is a verdict.
func withoutParameters(text string) string {
	called := strings.Contains(text, " parameter")
	if !called && !strings.ContainsAny(text, "`'\"") {
		return text
	}
	fields := strings.Fields(text)
	var kept []string
	for i, f := range fields {
		name := strings.Trim(f, "`'\".,:;()")
		quoted := strings.ContainsAny(f[:1], "`'\"") && strings.Contains(name, ".") && parameter.Known(parameter.Last(name))
		if named := called && strings.ContainsAny(name, "_.") && i+1 < len(fields) && strings.HasPrefix(fields[i+1], "parameter"); !quoted && !named {
			kept = append(kept, f)
		}
	}
	return strings.Join(kept, " ")
}

// withoutQuoted drops what stands in quotes after a word: "the model `x` was not found" is "the model was not found".
func withoutQuoted(text string) string {
	var b strings.Builder
	for {
		at := strings.IndexAny(text, "`'\"")
		if at < 1 || text[at-1] != ' ' {
			return b.String() + text
		}
		name, after, ok := strings.Cut(text[at+1:], text[at:at+1])
		if !ok || strings.Contains(name, " ") || len(name) > maxQuoted {
			return b.String() + text
		}
		b.WriteString(text[:at])
		text = strings.TrimPrefix(after, " ")
	}
}

// maxQuoted is how long a name in quotes may be.
const maxQuoted = 64

// withoutURLs drops the words of a text that are URLs.
func withoutURLs(text string) string {
	if !strings.Contains(text, "://") {
		return text
	}
	fields := strings.Fields(text)
	return strings.Join(slices.DeleteFunc(fields, func(f string) bool { return strings.Contains(f, "://") }), " ")
}

// StatusSignal reads an HTTP status that a provider's error object carries.
func StatusSignal(status int) (code string, ok bool) {
	switch {
	case status == 401 || status == 403:
		return "providerAuthenticationFailed", true
	case status == 402:
		return "providerInsufficientCredits", true
	case status == 408 || status == 504:
		return "providerTimeout", true
	case status == 429:
		return "providerRateLimitExceeded", true
	case status == 502:
		return "providerBadGateway", true
	case status == 503:
		return "providerUnavailable", true
	case status >= 500 && status < 600:
		return "providerInternalError", true
	default:
		return "", false
	}
}
