package main

import (
	"os"
	"slices"
	"strings"

	"mcp-taskdetails/internal/render"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// look is what stdout can show, and whether somebody watches stderr.
type look struct {
	style    render.Style
	terminal bool // whether stdout is one
	watched  bool // whether stderr alone is one, for progress
}

// colours are the values of --color.
func colours() []string { return []string{"auto", "always", "never"} }

func checkColour(colour string) error {
	if !slices.Contains(colours(), colour) {
		return usage("accepted are "+enumeration(colours()), "--color %q is no way to colour", colour)
	}
	return nil
}

func newLook(p process, colour string) look {
	out, isTerminal := terminal(p.stdout)
	_, watched := terminal(p.stderr)
	l := look{terminal: isTerminal, watched: watched && !isTerminal}
	if isTerminal {
		if width, _, err := term.GetSize(int(out.Fd())); err == nil {
			l.style.Width = width
		}
	}
	l.style.Colour = coloured(p.getenv, colour, isTerminal)
	return l
}

// coloured decides by the flag, then by NO_COLOR (https://no-color.org), FORCE_COLOR (as Node.js reads it, 0 for none) and
// TERM.
func coloured(getenv func(string) string, colour string, isTerminal bool) bool {
	switch force := strings.ToLower(getenv("FORCE_COLOR")); {
	case colour == "always":
		return true
	case colour == "never" || getenv("NO_COLOR") != "":
		return false
	case force != "":
		return force != "0" && force != "false"
	}
	return isTerminal && getenv("TERM") != "dumb"
}

func terminal(stream any) (*os.File, bool) {
	file, ok := stream.(*os.File)
	return file, ok && term.IsTerminal(int(file.Fd()))
}

func isTerminal(stream any) bool {
	_, ok := terminal(stream)
	return ok
}

// enumeration lists names in a sentence.
func enumeration(names []string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// offer makes the shell complete a flag with its values.
func offer(cmd *cobra.Command, flag string, values []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)) // fails for unknown flags alone
}
