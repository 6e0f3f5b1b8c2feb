package main

import (
	"slices"
)

// samples holds every measurement, by its name and by the number of the program. Measurements of one turn, in which all
// programs are measured, stand at the same index.
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

// median is that of all turns; 0 for a program that has none.
func (s *samples) median(name string, program int) float64 {
	if program >= s.programs || s.values[name] == nil {
		return 0
	}
	return quantile(s.values[name][program], 0.5)
}

// ratio is the median of the ratios of one program to another, each of one turn: what else the machine does meanwhile
// falls on both. It is 0 where one of them was not measured.
func (s *samples) ratio(name string, program, to int) float64 {
	if max(program, to) >= s.programs || s.values[name] == nil {
		return 0
	}
	var ratios []float64
	values, others := s.values[name][program], s.values[name][to]
	for i := range min(len(values), len(others)) {
		ratios = append(ratios, values[i]/others[i])
	}
	return quantile(ratios, 0.5)
}

func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}
