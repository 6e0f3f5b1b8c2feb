package main

import (
	"slices"
)

// samples holds every measurement, by its name and by the number of the program.
type samples struct {
	programs int
	values   map[string][][]float64
}

func newSamples(programs int) *samples {
	return &samples{programs: programs, values: map[string][][]float64{}}
}

func (s *samples) add(name string, program int, value float64) {
	if s.values[name] == nil {
		s.values[name] = make([][]float64, s.programs)
	}
	s.values[name][program] = append(s.values[name][program], value)
}

// quantile is the value below which that part of the measurements lie.
func (s *samples) quantile(name string, program int, q float64) float64 {
	if s.values[name] == nil {
		return 0
	}
	return quantile(s.values[name][program], q)
}

func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}
