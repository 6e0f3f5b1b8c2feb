package present

import (
	"bytes"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// option masks the value of --api-key VALUE, whose name begins behind the first of two dashes at i.
func option(spans []span, text []byte, i int) []span {
	if i+2 >= len(text) || text[i+1] != '-' || i > 0 && text[i-1] == '-' {
		return spans
	}
	end := dashed.end(text[:min(len(text), i+64)], i+2)
	if end == i+2 || end >= len(text) || text[end] != ' ' && text[end] != '\t' {
		return spans
	}
	name := text[i+2 : end]
	found := looks.SecretName(name)
	if found == looks.Open {
		return spans
	}
	start := blanks(text, end, 0)
	if open, limit := quotedValue(text, start); limit > 0 {
		return appendNamed(spans, text, open, limit, found)
	}
	return spoken(spans, text, start, 0, found, nil)
}

// short is a short option of a program that takes a credential. with must be in the value.
type short struct {
	program, option, with string
	example, not          string
}

//nolint:gochecknoglobals // immutable table
var shorts = [...]short{
	{"curl ", "-u ", ":", "curl -u bob:Fak¦e8Kd0", "curl -u bob"},
	{"curl ", "-user ", ":", "curl --user bob:Fak¦e8Kd0", "curl --user bob"},
	{"curl ", "-user=", ":", "curl --user=bob:Fak¦e8Kd0", "curl --user=bob"},
	{"curl ", "-b ", "=", "curl -b 'sid=Fak¦e8Kd0'", "curl -b cookies.txt"},
	{"sshpass ", "-p ", "", "sshpass -p Fak¦e8Kd0", "ssh -p 2222"},
	{"redis-cli ", "-a ", "", "redis-cli -a Fak¦e8Kd0", "redis-cli -n 2"},
	{"mongosh ", "-p ", "", "mongosh -p Fak¦e8Kd0", "mongosh --port 27017"},
	{"docker login ", "-p ", "", "docker login -p Fak¦e8Kd0", "docker run -p 8080:80"},
	{"ldapsearch ", "-w ", "", "ldapsearch -w Fak¦e8Kd0", "ldapsearch -x"},
	{"mysql ", "-p", "", "mysql -u root -pFak¦e8Kd0", "mysql -plain"},
	{"mysqldump ", "-p", "", "mysqldump -pFak¦e8Kd0", "mysqldump -part"},
}

// runs reports whether the program of a row stands in the text, which is looked through once for each.
func (s *seeker) runs(text []byte, row int) bool {
	if s.programs[row] == 0 {
		s.programs[row] = -1
		if bytes.Contains(text, []byte(shorts[row].program)) {
			s.programs[row] = 1
		}
	}
	return s.programs[row] > 0
}

// short masks the value of such an option at a dash. Of one that stands next to its option a digit is asked.
func (s *seeker) short(spans []span, text []byte, i int) []span {
	for n := range shorts {
		row := &shorts[n]
		if !bytes.HasPrefix(text[i:], []byte(row.option)) || !s.runs(text, n) {
			continue
		}
		start := blanks(text, i+len(row.option), 0)
		open, end := quotedValue(text, start)
		if end == 0 {
			open, end = start, valueLimit(text, start, 0)
		}
		if apart := strings.HasSuffix(row.option, " "); bytes.Contains(text[open:end], []byte(row.with)) && (apart || open > i+len(row.option) || isCredible(text[open:end])) {
			return appendSecret(spans, text, open, end)
		}
	}
	return spans
}
