package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

func newCompletion(env *Env) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print a script that completes commands in your shell",
		Long: `Print a script that makes your shell complete commands, flags, variants and
methods. SHELL is bash, zsh, fish or powershell.`,
		Example: `  source <(mizan completion bash)
  mizan completion zsh > "${fpath[1]}/_mizan"
  mizan completion fish | source`,
		ValidArgs: shells,
		Args:      arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(env.Stdout, true)
			case "zsh":
				return root.GenZshCompletion(env.Stdout)
			case "fish":
				return root.GenFishCompletion(env.Stdout, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(env.Stdout)
			}
			return usage("%q is not one of %s", args[0], strings.Join(shells, ", "))
		},
	}
}
