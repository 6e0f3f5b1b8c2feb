package main

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/schema"
	"mcp-taskdetails/tools"

	"github.com/spf13/pflag"
)

// flags are those that the server and every command share.
type flags struct {
	demo      bool
	logLevel  string
	logFormat string
	timeout   time.Duration
	colour    string // of commands alone
	latency   time.Duration
}

// register adds the shared flags to a set.
func (f *flags) register(set *pflag.FlagSet) {
	set.BoolVar(&f.demo, "demo", false, "answer from recorded tasks inside the program: no key, no network")
	set.DurationVar(&f.latency, "demo-latency", 0, "how long a lookup takes with --demo")
	set.StringVar(&f.logLevel, "log-level", "warn", "least level logged on stderr: debug, info, warn or error")
	set.StringVar(&f.logFormat, "log-format", "text", "form of the log: text or json")
	set.DurationVar(&f.timeout, "timeout", 30*time.Second, "longest wait for Runware, retries included")
}

// registerLook adds the flags that every command shares and the server has no use for.
func (f *flags) registerLook(set *pflag.FlagSet) {
	set.StringVar(&f.colour, "color", colours()[0], enumeration(colours())+"; auto heeds NO_COLOR, FORCE_COLOR and TERM")
}

// serverFlags tells whether the program was started as a server, with no command and nothing but shared flags, and
// parses them. Everything else is for the commands, whose tree is only then built.
func serverFlags(args []string) (flags, bool) {
	var f flags
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	set.SetInterspersed(false)
	f.register(set)
	if err := set.Parse(args); err != nil || set.NArg() > 0 {
		return flags{}, false
	}
	return f, true
}

// logger writes to stderr, in the form and from the level that the flags name.
func (f flags) logger(w io.Writer) (*slog.Logger, error) {
	var level slog.Level
	switch strings.ToLower(f.logLevel) {
	case "debug", "info", "warn", "error":
		_ = level.UnmarshalText([]byte(f.logLevel)) // cannot fail for these
	default:
		return nil, usage("accepted are debug, info, warn and error", "--log-level %q is not a level", f.logLevel)
	}
	options := &slog.HandlerOptions{Level: level}
	switch f.logFormat {
	case "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	default:
		return nil, usage("accepted are text and json", "--log-format %q is not a form", f.logFormat)
	}
}

// next is the command that sends the next step of a report on its way; empty where there is none.
func (f flags) next(r schema.TaskReport) string {
	command := tools.Name + " mend"
	if f.demo {
		command += " --demo"
	}
	switch {
	case len(r.Diagnosis.Alternatives) > 0:
		command += " --choose 1"
	case len(r.Diagnosis.Findings) == 0 || inspect.Undecided(r.Status, r.Diagnosis) != "":
		return ""
	}
	return command + " " + r.TaskUUID + " > request.json"
}

func (f flags) validate() error {
	if f.timeout <= 0 {
		return usage("send a duration such as 30s or 2m", "--timeout %s is not a time to wait", fmt.Sprint(f.timeout))
	}
	return nil
}
