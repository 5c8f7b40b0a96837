package cli

import (
	"github.com/spf13/cobra"

	"mizan/build"
	"mizan/spec"
)

func newSchema(env *Env) *cobra.Command {
	out := &outputFlags{}
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the project file",
		Long: `Print the JSON Schema of the project file, with every key, method and option.
An editor that knows it completes keys and marks mistakes while you type.`,
		Example: `  mizan schema -o mizan.schema.json`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := out.check(); err != nil {
				return err
			}
			text, err := spec.Schema(build.Methods())
			if err != nil {
				return err
			}
			return out.print(cmd.Context(), env, func(p *printer) error {
				_, err := p.Write(text)
				if err == nil && len(text) > 0 && text[len(text)-1] != '\n' {
					err = p.WriteByte('\n')
				}
				return err
			})
		},
	}
	out.add(cmd, jsonFormat)
	return cmd
}
