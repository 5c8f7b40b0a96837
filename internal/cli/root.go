package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"mizan/spec"
)

// commands lists every command, in the order of the help.
var commands = []func(*Env) *cobra.Command{
	newNew,
	newCheck,
	newBuild,
	newTrace,
	newExplain,
	newDiff,
	newMethods,
	newSchema,
	newCompletion,
	newVersion,
}

const rootLong = `Mizan weighs countries: from one project file and tables of figures it
computes an index, and can say of every number where it came from.

Commands that read a project take its folder, its file, or the name of an
embedded project. Without one they take the project in the current folder, and
where there is none the embedded project ai-race.

Exit status: 0 fine, 1 failed, 2 wrong usage, 3 findings at or above --fail-on.`

func newRoot(env *Env) *cobra.Command {
	root := &cobra.Command{
		Use:   "mizan",
		Short: "Weigh countries: composite indices whose every number can be traced",
		Long:  rootLong,
		Example: `  mizan build
  mizan new myindex && mizan build myindex -o out
  mizan trace RUS rd_gdp`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			return cmd.Help()
		},
		Args: cobra.ArbitraryArgs,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.SetHelpCommand(&cobra.Command{Use: "no-help", Hidden: true})
	cobra.EnableCommandSorting = false
	for _, make := range commands {
		cmd := make(env)
		cmd.Args = asUsage(cmd.Args)
		root.AddCommand(cmd)
	}
	return root
}

func unknownCommand(root *cobra.Command, name string) error {
	var names []string
	for _, c := range root.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	if near, ok := spec.Suggest(name, names); ok {
		return usage("there is no command %q; did you mean %q?", name, near)
	}
	return usage("there is no command %q; the commands are %s", name, strings.Join(names, ", "))
}

// asUsage turns the complaint about arguments into a usage error.
func asUsage(check cobra.PositionalArgs) cobra.PositionalArgs {
	if check == nil {
		check = cobra.NoArgs
	}
	return func(cmd *cobra.Command, args []string) error {
		err := check(cmd, args)
		if err == nil {
			return nil
		}
		var own *usageError
		if errors.As(err, &own) {
			return err
		}
		return usage("%v; it is used as `%s`", err, cmd.UseLine())
	}
}
