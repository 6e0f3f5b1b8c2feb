package message

import "mcp-taskdetails/internal/constraint"

// Wait is a pause that a message names: "try again in 30 seconds".
type Wait struct {
	Count string // as the message has it, in digits; "" where it names none
	Unit  string // second or minute
}

func waitIn(tokens []Token) Wait {
	for i := 1; i < len(tokens); i++ {
		if tokens[i].Kind != Number || !beforeWait(tokens[i-1].Lower) || len(tokens[i].Text) > 6 || countedWithin(tokens[:i-1]) {
			continue
		}
		if n, ok := constraint.ParseNumber(tokens[i].Text); !ok || n.Sign() <= 0 {
			continue
		}
		unit := tokens[i].unit // 15s
		if unit == "" && i+1 < len(tokens) {
			unit = tokens[i+1].Lower
		}
		switch unit {
		case "s", "sec", "second", "seconds", "sekunden", "segundos", "secondes", "secondi", "секунд", "секунды":
			return Wait{tokens[i].Text, "second"}
		case "min", "minute", "minutes", "minuten", "minutos", "minuti", "минут", "минуты":
			return Wait{tokens[i].Text, "minute"}
		}
	}
	return Wait{}
}

// countedWithin tells a time in which something was counted: "more than 120 tasks were received in 60 seconds".
func countedWithin(before []Token) bool {
	const near = 12
	counted, ahead := false, false
	for _, t := range before[max(0, len(before)-near):] {
		switch t.Lower {
		case "received", "sent", "made", "submitted", "counted", "than":
			counted = counted || !ahead
		case "can", "may", "could", "will", "must": // "can be sent in 20 seconds"
			ahead = true
		case "again", "retry", "wait", "resets", "reset", ".", ";", ",":
			counted, ahead = false, false
		}
	}
	return counted
}

// beforeWait tells the words that lead on to a pause: "in", "after", "wait", and those of other languages.
func beforeWait(w string) bool {
	switch w {
	case "in", "after", "wait", "nach", "dans", "après", "en", "de", "em", "após", "tra", "fra", "dopo", "через":
		return true
	}
	return false
}
