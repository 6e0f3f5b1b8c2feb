package message

import (
	"slices"
	"strings"

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

// signalOf resolves the meanings of signals.txt.
func signalOf(meaning string) (Signal, bool) {
	switch meaning {
	case "content":
		return Signal{"contentPolicyViolation", "providerContentPolicyViolation"}, true
	case "credits":
		return Signal{"insufficientCredits", "providerInsufficientCredits"}, true
	case "ceiling":
		return Signal{"spendingLimitReached", "providerInsufficientCredits"}, true
	case "period":
		return Signal{"periodLimitReached", "periodLimitReached"}, true
	case "allowance":
		return Signal{"quotaExceeded", "providerAllowanceReached"}, true
	case "plan":
		return Signal{"planRequired", "providerPlanLacks"}, true
	case "one-too-large":
		return Signal{"inferenceRateLimitRequestTooLarge", "inferenceRateLimitRequestTooLarge"}, true
	case "rate":
		return Signal{"rateLimitExceeded", "providerRateLimitExceeded"}, true
	case "at-once":
		return Signal{"concurrencyLimitExceeded", "providerConcurrencyExceeded"}, true
	case "key":
		return Signal{"unauthorized", "providerAuthenticationFailed"}, true
	case "access":
		return Signal{"forbidden", "providerAuthenticationFailed"}, true
	case "running":
		return Signal{"failedTaskTimeout", "failedTaskTimeout"}, true
	case "expired":
		return Signal{"taskExpired", "taskExpired"}, true
	case "timeout":
		return Signal{"requestTimeout", "providerTimeout"}, true
	case "memory":
		return Signal{"outOfMemory", "providerOverloaded"}, true
	case "load":
		return Signal{"noAvailableServer", "providerOverloaded"}, true
	case "upload":
		return Signal{"uploadFailed", "uploadFailed"}, true
	case "gateway":
		return Signal{"internalServerError", "providerBadGateway"}, true
	case "no-model":
		return Signal{"modelNotFound", "providerModelNotFound"}, true
	case "model-off":
		return Signal{"modelDisabled", "modelDisabled"}, true
	case "model-load":
		return Signal{"failedModelLoad", "failedModelLoad"}, true
	case "region":
		return Signal{"providerRegionRefused", "providerRegionRefused"}, true
	case "asset-gone":
		return Signal{"providerAssetGone", "providerAssetGone"}, true
	case "model-task":
		return Signal{"modelForOtherTask", "modelForOtherTask"}, true
	case "model-mismatch":
		return Signal{"modelIncompatible", "modelIncompatible"}, true
	case "model-preparing":
		return Signal{"modelNotReady", "modelNotReady"}, true
	case "broke-down":
		return Signal{"machineLost", "providerMachineLost"}, true
	case "cancelled": // by whom a provider does not say, and the user has not
		return Signal{"taskCancelled", "providerInternalError"}, true
	case "internal":
		return Signal{"internalServerError", "providerInternalError"}, true
	default:
		return Signal{}, false
	}
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
