package message

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mcp-taskdetails/internal/parameter"
)

// texts are the eight tables as embedded, in the order in which load takes them.
func texts() []string {
	return []string{phrasesText, signalsText, stancesText, unitsText, complaintsText, notionsText, hedgesText, classesText, subjectsText}
}

func loadTexts(tb testing.TB, texts []string) *tables {
	tb.Helper()
	loaded, err := load(texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6], texts[7], texts[8])
	if err != nil {
		tb.Fatal(err)
	}
	return loaded
}

// without is a table less one of its lines.
func without(text string, line int) string {
	lines := strings.SplitAfter(text, "\n")
	return strings.Join(slices.Delete(lines, line-1, line), "")
}

func inVocabulary(name string) bool {
	return parameter.Vocabulary()[parameter.Fold(parameter.Last(name))] != ""
}

// reading is what one table makes of a text, in words: what the rows of the table decide, and nothing else.
type reading func(t *tables, text string) string

func readPhrases(t *tables, text string) string {
	c := t.parse(text, inVocabulary)
	var all []string
	for _, b := range c.Bounds {
		all = append(all, fmt.Sprintf("%d %s %s %v", b.Op, b.Lo, b.Hi, b.Rest))
	}
	return fmt.Sprintf("%q %v", all, c.Says(SaysFormat))
}

func readSignals(t *tables, text string) string {
	c := t.parse(text, inVocabulary)
	return fmt.Sprint(c.signal)
}

func readStances(t *tables, text string) string {
	return fmt.Sprintf("%b", t.parse(text, inVocabulary).stances)
}

func readUnits(t *tables, text string) string {
	var all []string
	for _, b := range t.parse(text, inVocabulary).Bounds {
		all = append(all, fmt.Sprintf("%d %d %s", b.Op, b.Unit, b.Word))
	}
	return fmt.Sprint(all)
}

func readComplaints(t *tables, text string) string {
	return fmt.Sprint(t.complains(strings.ToLower(spelledOut(text))))
}

func readNotions(t *tables, text string) string {
	return fmt.Sprintf("%b", t.notionsIn(strings.ToLower(text)))
}

func readHedges(t *tables, text string) string {
	tokens := lex(text, strings.ToLower(text))
	r := reader{words: t, text: text, tokens: tokens, known: inVocabulary, claims: &Claims{}, void: make([]bool, len(tokens)), loose: make([]bool, len(tokens))}
	kept := r.readHedges(strings.ToLower(text))
	switch {
	case slices.Contains(r.loose, true) && !slices.Contains(r.void, true):
		return "loose"
	case !slices.Contains(r.void, true):
		return "all"
	case strings.TrimSpace(kept) == "" && r.void[0]:
		return "sentence or follows"
	default:
		return "follows " + kept
	}
}

func readSubjects(t *tables, text string) string {
	return fmt.Sprint(t.subjectsOf(strings.ToLower(text)))
}

// readClasses lists the classes of which a text has a word.
func readClasses(t *tables, text string) string {
	var all []string
	in := textOf(strings.ToLower(text))
	for name, words := range t.classes {
		if in.holds(&stem{parts: parts{words}}, atWord) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return fmt.Sprint(all)
}

// TestRows deletes each row of each table: its example must then read differently, and its counter-example must not.
// A row that its example does not need says nothing, and goes.
func TestRows(t *testing.T) {
	whole := loadTexts(t, texts())
	for at, table := range []struct {
		name string
		read reading
	}{{"phrases", readPhrases}, {"signals", readSignals}, {"stances", readStances}, {"units", readUnits}, {"complaints", readComplaints}, {"notions", readNotions}, {"hedges", readHedges}, {"classes", readClasses}, {"subjects", readSubjects}} {
		rows, err := readRows(texts()[at])
		if err != nil || len(rows) < 10 {
			t.Fatalf("%s: %d rows, %v", table.name, len(rows), err)
		}
		for _, r := range rows {
			less := texts()
			if at == 7 { // the others may need the class
				less = append(append(make([]string, 7), less[7]), "")
			}
			less[at] = without(less[at], r.line)
			rest := loadTexts(t, less)
			if got, want := table.read(whole, r.text), table.read(rest, r.text); got == want {
				t.Errorf("%s.txt:%d: %q: %q reads %s without it too", table.name, r.line, r.pattern, r.text, got)
			} else if !means(at, r, got) {
				t.Errorf("%s.txt:%d: %q: %q reads %s, which is not %s", table.name, r.line, r.pattern, r.text, got, r.meaning)
			}
			if got, want := table.read(whole, r.counter), table.read(rest, r.counter); got != want {
				t.Errorf("%s.txt:%d: %q: reads %s into its counter-example %q", table.name, r.line, r.pattern, got, r.counter)
			}
		}
		t.Logf("%s.txt: %d rows", table.name, len(rows))
	}
}

// means tells whether a reading holds what the row says.
func means(table int, r row, got string) bool {
	switch table {
	case 0:
		op, _ := operationOf(r.meaning)
		return op == OpSkip || op == OpSent || op == OpDefault || op == OpOffset || strings.Contains(got, fmt.Sprintf("%q", fmt.Sprint(op))[1:2]+" ")
	case 1:
		s, _ := signalOf(r.meaning)
		return got == fmt.Sprint(s)
	case 2:
		s, _ := stanceOf(r.meaning)
		var have Stance
		_, err := fmt.Sscanf(got, "%b", &have)
		return err == nil && have&s != 0
	case 5:
		n, _ := notionOf(r.meaning)
		var have Notion
		_, err := fmt.Sscanf(got, "%b", &have)
		return err == nil && have&n != 0
	case 6, 7:
		return strings.Contains(got, r.meaning)
	case 8:
		return strings.Contains(got, strings.TrimSpace(strings.TrimPrefix(r.meaning, "file:")))
	case 4:
		complaint, _ := complaintOf(r.meaning)
		return got == fmt.Sprint(complaint)
	default:
		u, _ := unitOf(strings.TrimPrefix(r.meaning, "before-"))
		return strings.Contains(got, fmt.Sprintf(" %d ", u))
	}
}

// TestAlternatives deletes each word of a|b of the signals, the stances, the complaints and the notions: the row's own words must then read
// differently, or the word is not needed.
func TestAlternatives(t *testing.T) {
	if testing.Short() {
		t.Skip("many cases in one goroutine")
	}
	whole := loadTexts(t, texts())
	for at, read := range map[int]reading{1: readSignals, 2: readStances, 4: readComplaints, 5: readNotions, 6: readHedges, 7: readClasses, 8: readSubjects} {
		rows, _ := readRows(texts()[at])
		for _, r := range rows {
			fields := strings.Fields(r.pattern)
			for i, field := range fields {
				all := strings.Split(field, "|")
				for n := range all {
					if len(all) == 1 {
						break
					}
					fewer := slices.Clone(fields)
					fewer[i] = strings.Join(slices.Delete(slices.Clone(all), n, n+1), "|")
					less := texts()
					less[at] = strings.Replace(less[at], r.pattern+" | "+r.meaning, strings.Join(fewer, " ")+" | "+r.meaning, 1)
					rest := loadTexts(t, less)
					needed := slices.ContainsFunc(spelled(whole, fields, i, all[n]), func(text string) bool { return read(whole, text) != read(rest, text) })
					if !needed {
						t.Errorf("line %d: %q is not needed in %q", r.line, all[n], r.pattern)
					}
				}
			}
		}
	}
}

// spelled writes a row out, with one word at one place and every word at the others: of a class any in place of the one, and
// one in place of the others.
func spelled(t *tables, fields []string, at int, w string) []string {
	out := []string{""}
	for i, field := range fields {
		if i == at {
			field = w
		}
		var longer []string
		for word := range strings.SplitSeq(field, "|") {
			words := []string{word}
			if class, ok := strings.CutPrefix(word, "@"); ok {
				if words = t.classes[class]; i != at {
					words = words[:1]
				}
			}
			for _, head := range out {
				for _, word := range words {
					longer = append(longer, head+strings.ReplaceAll(word, "_", " ")+" ")
				}
			}
		}
		out = longer
	}
	return out
}

// TestRefused holds that a row that could match nothing, or anything, does not load: neither does it panic.
func TestRefused(t *testing.T) {
	for _, c := range []struct{ row, want string }{
		{"at most ~ | max | at most 3", `"~" skips to a number`},
		{"at most ~ the N | max | at most 3", `"~" skips to a number`},
		{"?at most N | max | at most 3", "begins with what may be left out"},
		{"~ N | max | at most 3", "begins with what may be left out"},
		{"_ N | max | at most 3", "begins with what may be left out"},
		{"?U N | max | at most 3", "begins with what may be left out"},
		{"at most N | most | at most 3", `"most" is nothing that a phrase can say`},
		{"at||most N | max | at most 3", "empty word"},
		{"at ? N | max | at most 3", "empty word"},
		{"at most | max | at most 3", "0 numbers"},
		{"between N | range | between 3", "1 numbers"},
		{"At most N | max | at most 3", "not lower case"},
		{"at most N | max", "2 columns"},
		{"at most N | max | at most 3 | at most | x", "5 columns"},
		{"at most N |  | at most 3", "column 2 is empty"},
	} {
		refused(t, 0, c.row, "phrases.txt: line 2: ", c.want)
	}
	for _, c := range []struct{ row, want string }{
		{"flagged | bad | flagged", `"bad" is no signal`},
		{"Flagged | content | Flagged", "not lower case"},
		{"a||b | content | a", "empty word"},
		{"_ | content | a", "empty word"},
	} {
		refused(t, 1, c.row, "signals.txt: line 2: ", c.want)
	}
	refused(t, 2, "missing | absent | missing", "stances.txt: line 2: ", `"absent" is no stance`)
	refused(t, 2, "| missing | missing", "stances.txt: line 2: ", "2 columns")
	refused(t, 3, "item | things | item", "units.txt: line 2: ", `"things" is no unit`)
	refused(t, 3, "item | before-none | item", "units.txt: line 2: ", "is no unit")
	refused(t, 4, "image | picture | image", "complaints.txt: line 2: ", `"picture" is no complaint`)
	refused(t, 4, "image + | voice | image", "complaints.txt: line 2: ", "beside a +")
	refused(t, 6, "perhaps | doubt | perhaps", "hedges.txt: line 2: ", `"doubt" is no hedge`)
	refused(t, 4, "@thing | voice | image", "complaints.txt: line 2: ", `"@thing" is no class`)
	refused(t, 7, "a||b | thing | a", "classes.txt: line 2: ", "empty word")
	refused(t, 5, "prompt | words | prompt", "notions.txt: line 2: ", `"words" is no notion`)
	refused(t, 8, "camera | file: | camera", "subjects.txt: line 2: ", "says no subject")
	refused(t, 3, "item| | items | item", "units.txt: line 2: ", "empty word")
}

func refused(t *testing.T, table int, row, where, want string) {
	t.Helper()
	all := make([]string, 9)
	all[table] = "# a remark\n" + row + "\n"
	_, err := load(all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8])
	if err == nil || !strings.HasPrefix(err.Error(), where) || !strings.Contains(err.Error(), want) {
		t.Errorf("%q: got %v, want %s…%s", row, err, where, want)
	}
}
