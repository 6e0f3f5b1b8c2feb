package main

import (
	"fmt"
	"io"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/internal/present"
	"mcp-taskdetails/internal/render"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"
)

// form is one of the ways to print answers, a value of --format.
type form struct {
	name string
	full bool // whether it shows request and response unless told otherwise
	open func(w writers) answerPrinter
}

// writers are what a form prints on, and how.
type writers struct {
	look
	out, err  io.Writer
	originals bool                           // whether request and response were asked for
	next      func(schema.TaskReport) string // the command that sends the next step of a report on its way
}

// answerPrinter prints answers as they come, and what follows the last one.
type answerPrinter interface {
	print(a inspect.Answer) error
	end() error
}

// forms are the values of --format.
func forms() []form {
	return []form{
		{name: "text", open: func(w writers) answerPrinter { return &textPrinter{writers: w} }},
		{name: "json", full: true, open: func(w writers) answerPrinter { return jsonPrinter{w} }},
		{name: "table", open: func(w writers) answerPrinter {
			return &tablePrinter{writers: w, table: render.NewTable(w.style, w.terminal)}
		}},
		{name: "html", open: func(w writers) answerPrinter { return &htmlPrinter{writers: w} }},
	}
}

func formNames() []string {
	var names []string
	for _, f := range forms() {
		names = append(names, f.name)
	}
	return names
}

// formOf finds a form; without a name it is text for one task and a table for several.
func formOf(name string) (form, error) {
	if name == "" {
		return form{open: func(w writers) answerPrinter { return &eitherPrinter{writers: w} }}, nil
	}
	for _, f := range forms() {
		if f.name == name {
			return f, nil
		}
	}
	return form{}, usage("accepted are "+enumeration(formNames()), "--format %q is not a form", name)
}

// textPrinter shows one report after another to a person.
type textPrinter struct {
	writers
	count int
}

func (p *textPrinter) print(a inspect.Answer) error {
	separator := ""
	if p.count++; p.count > 1 {
		separator = "\n"
	}
	_, err := io.WriteString(p.out, separator+render.Report(a.Report, render.Options{
		Style: p.style, Originals: p.originals, Next: p.next(a.Report),
	}))
	return err
}

func (p *textPrinter) end() error { return nil }

// jsonPrinter prints reports as agents get them: one a line for programs, laid out on a terminal.
type jsonPrinter struct{ writers }

func (p jsonPrinter) print(a inspect.Answer) error {
	return p.answer(a.Report)
}

func (p jsonPrinter) end() error { return nil }

// answer prints an answer in JSON, as agents get it.
func (w writers) answer(a any) error {
	text, _ := present.Marshal(a)
	return w.json(text)
}

// json prints one JSON value: in a line for programs, laid out on a terminal.
func (w writers) json(text []byte) error {
	if w.terminal {
		_, err := w.out.Write(render.JSON(text, w.style))
		return err
	}
	_, err := w.out.Write(append(text, '\n'))
	return err
}

// tablePrinter prints a row for each task and a line that counts them.
type tablePrinter struct {
	writers
	table *render.Table
	begun bool
}

func (p *tablePrinter) print(a inspect.Answer) error {
	head := ""
	if !p.begun {
		p.begun, head = true, p.table.Head()
	}
	_, err := io.WriteString(p.out, head+p.table.Row(a.Report))
	return err
}

func (p *tablePrinter) end() error {
	if !p.begun {
		return nil
	}
	_, err := io.WriteString(p.out, p.table.Foot())
	return err
}

// htmlPrinter prints one page that stands for itself, with a part for each task.
type htmlPrinter struct {
	writers
	begun bool
}

func (p *htmlPrinter) print(a inspect.Answer) error {
	head := ""
	if !p.begun {
		p.begun, head = true, render.HTMLHead("Runware task "+a.Report.TaskUUID)
	}
	_, err := io.WriteString(p.out, head+render.HTMLReport(a.Report))
	return err
}

func (p *htmlPrinter) end() error {
	if !p.begun {
		return nil
	}
	_, err := io.WriteString(p.out, render.HTMLFoot())
	return err
}

// eitherPrinter holds the first answer back until it knows whether another follows.
type eitherPrinter struct {
	writers
	first  *inspect.Answer
	chosen answerPrinter
}

func (p *eitherPrinter) print(a inspect.Answer) error {
	if p.chosen == nil && p.first == nil {
		p.first = &a
		return nil
	}
	if err := p.choose("table"); err != nil {
		return err
	}
	return p.chosen.print(a)
}

func (p *eitherPrinter) end() error {
	if p.first == nil && p.chosen == nil {
		return nil
	}
	if err := p.choose("text"); err != nil {
		return err
	}
	return p.chosen.end()
}

func (p *eitherPrinter) choose(name string) error {
	if p.chosen != nil {
		return nil
	}
	f, err := formOf(name)
	if err != nil {
		return err
	}
	p.chosen = f.open(p.writers)
	return p.chosen.print(*p.first)
}

// rawPrinter prints the exact bytes of tasks; what was not found goes to stderr.
type rawPrinter struct {
	writers
	warned bool
}

func (p *rawPrinter) print(a inspect.Answer) error {
	if !a.Report.Status.Found() {
		_, err := io.WriteString(p.err, render.Report(a.Report, render.Options{}))
		return err
	}
	if p.terminal && !p.warned {
		p.warned = true
		warn(p.err, "the exact bytes of a task can steer a terminal; send them to a file or a program")
	}
	_, err := fmt.Fprintf(p.out, "%s\n%s\n", a.Task.Request, a.Task.Response)
	return err
}

func (p *rawPrinter) end() error { return nil }

// warn tells a person what did not stop the program.
func warn(stderr io.Writer, format string, args ...any) {
	_, _ = fmt.Fprintf(stderr, "%s: warning: %s\n", tools.Name, fmt.Sprintf(format, args...))
}
