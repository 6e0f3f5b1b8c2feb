package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"

	"mcp-taskdetails/internal/inspect"
	"mcp-taskdetails/tools"

	"github.com/spf13/cobra"
)

const rootLong = `mcp-taskdetails says why a Runware task failed and what to send instead.

Without a command it is an MCP server on stdin and stdout, which is how a host starts it.

The API key comes from RUNWARE_API_KEY, or from the file that RUNWARE_API_KEY_FILE names. RUNWARE_API_URL is another
endpoint than https://api.runware.ai/v1; RUNWARE_SCHEMAS_URL another service of model schemas, or off.`

const helpHint = tools.Name + " --help lists the commands and flags"

// commands builds cobra's tree. The server never does.
func commands(ctx context.Context, p process) *cobra.Command {
	var f flags
	var showVersion bool
	root := &cobra.Command{
		Use:           tools.Name,
		Short:         "Say why a Runware task failed and what to send instead",
		Long:          rootLong,
		Example:       "  mcp-taskdetails get --demo\n  mcp-taskdetails get b880f077-e514-58ef-0ebd-ce1c37b46eb7",
		SilenceErrors: true, // main prints them, in its own voice
		SilenceUsage:  true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage(helpHint, "unknown command %q", args[0])
			}
			return nil
		},
		PersistentPreRunE: func(*cobra.Command, []string) error { return checkColour(f.colour) },
		RunE: func(*cobra.Command, []string) error {
			if showVersion {
				return printVersion(p.stdout)
			}
			return serve(ctx, p, f)
		},
	}
	// cobra's own --version takes a template in another form than ours, and text/template, once reachable, keeps the linker
	// from dropping any exported method at all: a fifth of the binary, and 2 MiB of an idle server.
	root.Flags().BoolVarP(&showVersion, "version", "v", false, "print the version")
	f.register(root.PersistentFlags())
	f.registerLook(root.PersistentFlags())
	offer(root, "color", colours())
	offer(root, "log-level", []string{"debug", "info", "warn", "error"})
	offer(root, "log-format", []string{"text", "json"})
	root.AddCommand(
		getCommand(ctx, p, &f), mendCommand(ctx, p, &f), explainCommand(ctx, p, &f), checkCommand(ctx, p, &f),
		triageCommand(ctx, p, &f), compareCommand(ctx, p, &f), exportCommand(ctx, p, &f),
		serveCommand(ctx, p, &f), doctorCommand(ctx, p, &f), configCommand(p, &f), versionCommand(),
	)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(helpHint, "%w", err) })
	root.SetArgs(withGet(root, p.args))
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	return root
}

// withGet takes a task id where a command is due for one that is to be looked up.
func withGet(root *cobra.Command, args []string) []string {
	cmd, rest, err := root.Find(args)
	if err != nil || cmd != root || len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		return args
	}
	for _, arg := range rest {
		if !strings.HasPrefix(arg, "-") && len(inspect.FindIDs(arg)) > 0 {
			return append([]string{"get"}, args...)
		}
	}
	return args
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return printVersion(cmd.OutOrStdout()) },
	}
}

func printVersion(out io.Writer) error {
	_, err := fmt.Fprintf(out, "%s %s (%s, %s/%s)\n", tools.Name, version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
