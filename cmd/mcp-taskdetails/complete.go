package main

import (
	"mcp-taskdetails/internal/sandbox"

	"github.com/spf13/cobra"
)

// completeIDs offers the recorded tasks where they can be looked up. Files are never offered: an id names none.
func completeIDs(shared *flags) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if !shared.demo {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		tasks, err := sandbox.Tasks()
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var all []cobra.Completion
		for _, task := range tasks {
			all = append(all, cobra.CompletionWithDesc(task.TaskUUID, task.Title))
		}
		return all, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}
