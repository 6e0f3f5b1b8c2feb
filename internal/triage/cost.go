package triage

import (
	"encoding/json"
	"math/big"
	"strings"

	"mcp-taskdetails/internal/constraint"
)

// Amount is a sum of money that a task records, exact; nil where it records none.
type Amount *big.Rat

// maxAmount is more than any task costs, in USD: what is above it was made up to be large.
const maxAmount = 1_000_000

// maxDigits is how long a recorded cost is at most: Runware's have some six digits.
const maxDigits = 32

// AmountOf adds up numbers as results record them. What is no number, or none that money could be, counts for nothing.
func AmountOf(recorded []string) Amount {
	var total *big.Rat
	for _, text := range recorded {
		if len(text) > maxDigits {
			continue
		}
		cost, ok := constraint.ParseNumber(text)
		if !ok || cost.Sign() < 0 || cost.Cmp(big.NewRat(maxAmount, 1)) > 0 {
			continue
		}
		if total == nil {
			total = new(big.Rat)
		}
		total.Add(total, cost)
	}
	return total
}

// sum is what many tasks cost together.
type sum struct {
	total big.Rat
	tasks int
}

func (s *sum) add(a Amount) {
	if a != nil {
		s.total.Add(&s.total, a)
		s.tasks++
	}
}

// number is the sum without needless zeros. Costs are decimal, so that ten places are more than any has.
func (s *sum) number() json.Number {
	const places = 10
	text := s.total.FloatString(places)
	return json.Number(strings.TrimSuffix(strings.TrimRight(text, "0"), "."))
}
