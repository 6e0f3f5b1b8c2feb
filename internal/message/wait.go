package message

import "mcp-taskdetails/internal/constraint"

// Wait is a pause that a message names: "try again in 30 seconds".
type Wait struct {
	Count string // as the message has it, in digits; "" where it names none
	Unit  string // second or minute
}

func waitIn(tokens []Token) Wait {
	for i := 1; i+1 < len(tokens); i++ {
		if n, ok := constraint.ParseNumber(tokens[i].Text); !ok || n.Sign() <= 0 {
			continue
		}
		if tokens[i].Kind != Number || tokens[i-1].Lower != "in" && tokens[i-1].Lower != "after" && tokens[i-1].Lower != "wait" || len(tokens[i].Text) > 6 {
			continue
		}
		switch tokens[i+1].Lower {
		case "s", "sec", "second", "seconds":
			return Wait{tokens[i].Text, "second"}
		case "min", "minute", "minutes":
			return Wait{tokens[i].Text, "minute"}
		}
	}
	return Wait{}
}
