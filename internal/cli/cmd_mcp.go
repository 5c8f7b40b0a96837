package cli

import (
	"github.com/spf13/cobra"

	"mizan/internal/api"
	"mizan/internal/site"
)

func newMCP(env *Env) *cobra.Command {
	in := &projectFlags{}
	return withProject(env, in, &cobra.Command{
		Use:   "mcp [PROJECT]",
		Short: "Let an assistant ask the index, by the Model Context Protocol",
		Long: `Answer an assistant that speaks the Model Context Protocol over standard input and
output: what the index is, who ranks where and why, what a number is made of and who
published it, and SQL over all of its tables. It only reads, and only this project.
Where the project file or its tables change, the next question sees it.

An assistant starts the command by itself; its settings have an entry such as

  {"mcpServers": {"my index": {"command": "mizan", "args": ["mcp", "myindex"]}}}

` + "`mizan serve`" + ` answers the same over HTTP, at /mcp.`,
		Example: `  mizan mcp
  mizan mcp myindex`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			if p.Variant != "" {
				return usage("--variant is chosen by the assistant; leave it out")
			}
			ctx := cmd.Context()
			pages, err := site.New(newServed(env, in, p).config(ctx, false))
			if err != nil {
				return err
			}
			return api.Converse(ctx, env.Stdin, env.Stdout, apiConfig(pages.Report))
		},
	})
}

// withProject gives a command the flags of a project.
func withProject(env *Env, in *projectFlags, cmd *cobra.Command) *cobra.Command {
	in.add(env, cmd)
	return cmd
}
