package main

import "testing"

func TestServerFlags(t *testing.T) {
	for _, tc := range []struct {
		args   []string
		server bool
	}{
		{nil, true},
		{[]string{"--demo"}, true},
		{[]string{"--log-level", "debug", "--timeout=5s"}, true},
		{[]string{"get", "--demo"}, false},
		{[]string{"--demo", "get"}, false},
		{[]string{"--help"}, false},
		{[]string{"-h"}, false},
		{[]string{"--version"}, false},
		{[]string{"--unknown"}, false},
		{[]string{"--timeout", "soon"}, false},
	} {
		if _, got := serverFlags(tc.args); got != tc.server {
			t.Errorf("%q: server %v", tc.args, got)
		}
	}
}
