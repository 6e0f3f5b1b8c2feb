package main

import (
	"net/http"
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	at := func(off time.Duration) string { return now.Add(off).Format(http.TimeFormat) }
	for date, want := range map[string][2]string{
		at(time.Minute):         {isFine, "agrees with the API's"},
		at(-3 * time.Minute):    {isWarning, "3m0s ahead of the API's"},
		at(26 * time.Hour):      {isWarning, "26h0m0s behind the API's"},
		"":                      {isFine, "not compared: the API names no time"},
		"yesterday, after noon": {isFine, "not compared: the API names no time"},
	} {
		if got := clock(date, now); got.Status != want[0] || got.Found != want[1] {
			t.Errorf("%q: %+v", date, got)
		}
	}
}
