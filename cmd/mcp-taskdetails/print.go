package main

import (
	"fmt"
	"io"
	"os"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/tools"

	"golang.org/x/term"
)

// printer puts answers on stdout in the form that was asked for, and progress on stderr when somebody watches.
type printer struct {
	out, err io.Writer
	flags    getFlags
	render   renderer
	terminal bool // whether out is one
	watched  bool
	warned   bool
	count    int
}

func newPrinter(p process, f getFlags, detail inspect.Detail) *printer {
	terminal := isTerminal(p.stdout)
	return &printer{
		out: p.stdout, err: p.stderr, flags: f, terminal: terminal, watched: isTerminal(p.stderr) && !terminal,
		render: renderer{colour: terminal && p.getenv("NO_COLOR") == "", originals: detail == inspect.DetailFull},
	}
}

func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

func (p *printer) print(answer inspect.Answer) error {
	p.count++
	if p.watched {
		_, _ = fmt.Fprintf(p.err, "\r%d tasks", p.count)
	}
	switch {
	case p.flags.asJSON:
		text, _ := present.Marshal(answer.Report)
		if p.terminal {
			text = visibleJSON(text)
		}
		_, err := p.out.Write(append(text, '\n'))
		return err
	case p.flags.raw && answer.Report.Status.Found():
		if p.terminal && !p.warned {
			p.warned = true
			_, _ = fmt.Fprintf(p.err, "%s: warning: the exact bytes of a task can steer a terminal; send them to a file or a program\n", tools.Name)
		}
		_, err := fmt.Fprintf(p.out, "%s\n%s\n", answer.Task.Request, answer.Task.Response)
		return err
	case p.flags.raw:
		_, err := io.WriteString(p.err, renderer{}.report(answer.Report))
		return err
	default:
		separator := ""
		if p.count > 1 {
			separator = "\n"
		}
		_, err := io.WriteString(p.out, separator+p.render.report(answer.Report))
		return err
	}
}

func (p *printer) done() {
	if p.watched {
		_, _ = fmt.Fprint(p.err, "\r\x1b[K")
	}
}
