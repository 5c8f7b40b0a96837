package cli

import (
	"cmp"
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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
	newRead,
	newAudit,
	newTarget,
	newUncertainty,
	newMerge,
	newSensitivity,
	newExport,
	newNetwork,
	newAlliance,
	newScenario,
	newServe,
	newMCP,
	newSite,
	newMethods,
	newImport,
	newData,
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
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(newHelp(env))
	cobra.EnableCommandSorting = false
	for _, make := range commands {
		cmd := make(env)
		if cmd.Args == nil {
			cmd.Args = arguments(0, 0)
		}
		root.AddCommand(cmd)
	}
	return root
}

func unknownCommand(root *cobra.Command, name string) error {
	names := commandNames(root)
	if near, ok := spec.Suggest(name, names); ok {
		return usage("there is no command %q; did you mean %q?", name, near)
	}
	return usage("there is no command %q; the commands are %s", name, strings.Join(names, ", "))
}

// flagError says in plain words what is wrong with a flag.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		name := "--" + unknown.GetSpecifiedName()
		if near, ok := spec.Suggest(name, names); ok {
			return usage("unknown flag %s; did you mean %s?", name, near)
		}
		return usage("unknown flag %s; the flags are %s", name, strings.Join(names, ", "))
	case errors.As(err, &value):
		kind := map[string]string{"int": "a whole number", "bool": "true or false"}[value.GetFlag().Value.Type()]
		return usage("--%s cannot be %q; give %s", value.GetFlag().Name, value.GetValue(), cmp.Or(kind, "another value"))
	case errors.As(err, &missing):
		name := missing.GetFlag().Name
		return usage("the flag --%s has no value; write it after the flag, as in --%s VALUE", name, name)
	}
	return &usageError{err}
}

// arguments checks how many arguments there are.
func arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch n := len(args); {
		case n < least:
			return usage("something is missing; it is used as `%s`", cmd.UseLine())
		case n > most:
			return usage("%q is too much; it is used as `%s`", args[most], cmd.UseLine())
		}
		return nil
	}
}

// newHelp is the command help, which the library would give without an error
// for what does not exist.
func newHelp(*Env) *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Tell how a command is used",
		Long:    "Tell how a command is used, with examples. `mizan COMMAND --help` does the same.",
		Example: "  mizan help build",
		Args:    arguments(0, 1),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return commandNames(cmd.Root()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Root().Help()
			}
			for _, c := range cmd.Root().Commands() {
				if c.Name() == args[0] {
					c.InitDefaultHelpFlag()
					return c.Help()
				}
			}
			return unknownCommand(cmd.Root(), args[0])
		},
	}
}

func commandNames(root *cobra.Command) []string {
	var names []string
	for _, c := range root.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	return names
}
