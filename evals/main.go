// Command evals asks a model to settle recorded failures with the tools of this program, and counts how often it takes the
// right tool, hands it the right arguments, and draws the right conclusion. It refuses to judge prose: a case is a question,
// the call that answers it and one word for the next move (tasks.jsonl). README.md says how to run it.
//
// The model is any endpoint that speaks the chat completions protocol, named by the environment; without one nothing is
// asked. The tools are given to it as functions, and the real program answers over stdio with its recorded tasks. What
// needs no model is held by the tests: every case's call, made as it stands there, leads to that move, and its patch to a
// request that the model's schema accepts. Start at run.
package main

import (
	"context"
	_ "embed" // the cases
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

//go:embed tasks.jsonl
var script []byte

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := 0
	if err := run(ctx, os.Args[1:], os.Getenv, os.Stdout); err != nil { //nolint:forbidigo // this is main
		fmt.Fprintln(os.Stderr, "evals:", err)
		code = 1
	}
	stop()
	os.Exit(code) //nolint:forbidigo // this is main
}

// The environment variables, as other programs for such endpoints have them.
const (
	envURL   = "OPENAI_BASE_URL"
	envModel = "OPENAI_MODEL"
	envKey   = "OPENAI_API_KEY"
)

const skipped = "evals: skipped: " + envURL + " and " + envModel + " name the endpoint and the model to try, such as " +
	"http://127.0.0.1:11434/v1; " + envKey + " is its key, where it wants one\n"

// run asks the model every case and prints how it did.
func run(ctx context.Context, args []string, getenv func(string) string, out io.Writer) error {
	flags := flag.NewFlagSet("evals", flag.ContinueOnError)
	binary := flags.String("binary", "", "the program to ask, built before; empty builds it from this checkout")
	only := flags.String("only", "", "ask the cases whose name contains this")
	if err := flags.Parse(args); err != nil {
		return err
	}
	url, name := getenv(envURL), getenv(envModel)
	if url == "" || name == "" {
		_, err := io.WriteString(out, skipped)
		return err
	}
	cases, err := readCases(script)
	if err != nil {
		return err
	}
	path := *binary
	if path == "" {
		built, clean, err := build(ctx)
		if err != nil {
			return err
		}
		defer clean()
		path = built
	}
	p, err := start(ctx, path)
	if err != nil {
		return err
	}
	defer p.close()
	m := newModel(url, getenv(envKey), name)
	s := newScores(out)
	for _, c := range cases {
		if !c.named(*only) {
			continue
		}
		seen, err := m.ask(ctx, p, c.Question)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name(), err)
		}
		if err := s.add(c, seen); err != nil {
			return err
		}
	}
	return s.end()
}
