package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mizan/internal/export"
	"mizan/internal/store"
	"mizan/spec"
)

func newExport(env *Env) *cobra.Command {
	var formats strings.Builder
	for _, f := range export.Formats() {
		fmt.Fprintf(&formats, "\n  %-6s %s", f.Name, f.Summary)
	}
	cmd := &cobra.Command{
		Use:   "export FORMAT",
		Short: "Write the index as a file for other programs",
		Long: `Compute the index and write it as a file for other programs:
` + formats.String() + `

CSV and JSON are written by ` + "`mizan build -o`" + `.`,
		Example: `  mizan export excel -o index.xlsx
  mizan export excel ai-race --variant intensity -o intensity.xlsx`,
		Args: cobra.ArbitraryArgs,
		// The flags are those of the formats; a misspelt format should be told first.
		FParseErrWhitelist: cobra.FParseErrWhitelist{UnknownFlags: true},
		RunE: func(cmd *cobra.Command, args []string) error {
			names := commandNames(cmd)
			if len(args) == 0 {
				return usage("it is not said in which form; there is %s", strings.Join(names, ", "))
			}
			if near, ok := spec.Suggest(args[0], names); ok {
				return usage("there is no export as %q; did you mean %q?", args[0], near)
			}
			return usage("there is no export as %q; there is %s", args[0], strings.Join(names, ", "))
		},
	}
	for _, f := range export.Formats() {
		cmd.AddCommand(newExportFormat(env, f))
	}
	return cmd
}

// newExportFormat is the command of one format.
func newExportFormat(env *Env, f export.Format) *cobra.Command {
	in, fail, own := &projectFlags{}, &failFlag{}, &exportFlags{format: f}
	cmd := &cobra.Command{
		Use:   f.Name + " [PROJECT] -o FILE",
		Short: f.Summary,
		Long:  f.About,
		Example: fmt.Sprintf(`  mizan export %[1]s -o index%[2]s
  mizan export %[1]s hdi --year 2022 -o hdi%[2]s
  mizan export %[1]s ai-race --set build.normalise.method=z-score -o z%[2]s`, f.Name, f.Suffix),
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(fail.check(), own.check()); err != nil {
				return err
			}
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			r, err := p.run(cmd.Context())
			if err != nil {
				return err
			}
			text, err := whileWaiting(cmd.Context(), func() ([]byte, error) {
				var b bytes.Buffer
				err := f.Write(&b, r, own.options)
				return b.Bytes(), err
			})
			if err != nil {
				return err
			}
			if err := own.write(cmd.Context(), env, text); err != nil {
				return err
			}
			fmt.Fprintf(env.Stdout, "%s written\n", own.file)
			return fail.verdict(r.Findings)
		},
	}
	in.add(env, cmd)
	fail.add(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&own.file, "output", "o", "", "write to this `FILE`")
	flags.StringVar(&own.options.Lang, "lang", "en", "language of names: en, ar, ru, zh, …")
	flags.IntVar(&own.options.Year, "year", 0, "write this year alone (default: all)")
	complete(cmd, "lang", func(*cobra.Command, []string) []string { return []string{"en", "ar", "ru", "zh"} })
	return cmd
}

// exportFlags are the flags of every export.
type exportFlags struct {
	format  export.Format
	file    string
	options export.Options
}

// check refuses a missing name, and one by which no program would know the
// file.
func (f *exportFlags) check() error {
	if f.file == "" {
		return usage("it is not said where to; write -o FILE, such as -o index%s", f.format.Suffix)
	}
	if ext := filepath.Ext(f.file); !strings.EqualFold(ext, f.format.Suffix) {
		return usage("-o %s: the name of such a file ends in %s; write -o %s%s", f.file, f.format.Suffix, shellWord(strings.TrimSuffix(f.file, ext)), f.format.Suffix)
	}
	return nil
}

// write writes the file, whole or not at all.
func (f *exportFlags) write(ctx context.Context, env *Env, text []byte) error {
	err := store.WriteFile(env.path(f.file), func(w io.Writer) error {
		_, err := whileLive(ctx, w).Write(text)
		return err
	})
	return asFileProblem(f.file, err)
}
