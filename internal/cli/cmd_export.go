package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mizan/engine"
	"mizan/internal/export"
	"mizan/internal/store"
	"mizan/spec"
)

func newExport(env *Env) *cobra.Command {
	var formats strings.Builder
	for _, f := range export.Formats() {
		fmt.Fprintf(&formats, "\n  %-12s %s", f.Name, f.Summary)
	}
	cmd := &cobra.Command{
		Use:   "export FORMAT",
		Short: "Write the index as a file for other programs",
		Long: `Compute the index and write it as a file for other programs:
` + formats.String() + `

Formats that are a folder write all of its files or none. ` + "`mizan build -o`" + ` writes
scores, ranks and stages as wide CSV, and the report as JSON.`,
		Example: `  mizan export excel -o index.xlsx
  mizan export excel ai-race --variant intensity -o intensity.xlsx
  mizan export csv myindex -o open-data`,
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
	to, name := "FILE", "index"+f.Suffix
	if f.Folder() {
		to, name = "FOLDER", "open-data"
	}
	cmd := &cobra.Command{
		Use:   f.Name + " [PROJECT] -o " + to,
		Short: f.Summary,
		Long:  f.About,
		Example: fmt.Sprintf(`  mizan export %[1]s -o %[2]s
  mizan export %[1]s hdi --year 2022 -o %[2]s
  mizan export %[1]s ai-race --set build.normalise.method=z-score -o %[2]s`, f.Name, name),
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
			if r, err = own.public(env, r); err != nil {
				return err
			}
			if f.Folder() {
				err = own.writeFolder(cmd.Context(), env, p, r)
			} else {
				err = own.writeFile(cmd.Context(), env, r)
			}
			if err != nil {
				return err
			}
			return fail.verdict(r.Findings)
		},
	}
	in.add(env, cmd)
	fail.add(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&own.file, "output", "o", "", "write to this `"+to+"`")
	flags.StringVar(&own.options.Lang, "lang", "en", "language of names: en, ar, ru, zh, …")
	flags.IntVar(&own.options.Year, "year", 0, "write this year alone (default: all)")
	flags.BoolVar(&own.all, "all", false, "with the figures whose licence does not let them be published again, for your own use")
	if f.Name == "parquet" {
		flags.BoolVar(&own.options.Draws, "draws", false, "write the draws of the project's uncertainty too")
	} else if f.Folder() {
		flags.BoolVar(&own.options.Raw, "raw", false, "write text as it is, also where a spreadsheet would take it for a formula")
	}
	complete(cmd, "lang", func(*cobra.Command, []string) []string { return []string{"en", "ar", "ru", "zh"} })
	return cmd
}

// exportFlags are the flags of every export.
type exportFlags struct {
	format  export.Format
	file    string
	all     bool
	options export.Options
}

// public leaves out the figures that may not be published again, unless they are
// asked for, and says so.
func (f *exportFlags) public(env *Env, r *engine.Report) (*engine.Report, error) {
	shown, err := r.Public()
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, i := range shown.Withholds() {
		codes = append(codes, i.Code)
	}
	switch {
	case codes == nil:
	case f.all:
		env.note("The file has figures that may not be published again: %s. Keep it to yourself.", strings.Join(codes, ", "))
		return r, nil
	default:
		env.note("Left out, for their licence does not let them be published again: the figures of %s (--all for your own use).", strings.Join(codes, ", "))
	}
	return shown, nil
}

// check refuses a missing name, and one by which no program would know the
// file.
func (f *exportFlags) check() error {
	if f.format.Folder() {
		if f.file == "" {
			return usage("it is not said where to; write -o FOLDER")
		}
		return nil
	}
	if f.file == "" {
		return usage("it is not said where to; write -o FILE, such as -o index%s", f.format.Suffix)
	}
	if ext := filepath.Ext(f.file); !strings.EqualFold(ext, f.format.Suffix) {
		return usage("-o %s: the name of such a file ends in %s; write -o %s%s", f.file, f.format.Suffix, shellWord(strings.TrimSuffix(f.file, ext)), f.format.Suffix)
	}
	return nil
}

// writeFile writes the file, whole or not at all.
func (f *exportFlags) writeFile(ctx context.Context, env *Env, r *engine.Report) error {
	text, err := whileWaiting(ctx, func() ([]byte, error) {
		var b bytes.Buffer
		err := f.format.Write(&b, r, f.options)
		return b.Bytes(), err
	})
	if err != nil {
		return err
	}
	err = store.WriteFile(env.path(f.file), func(w io.Writer) error {
		_, err := whileLive(ctx, w).Write(text)
		return err
	})
	if err == nil {
		_, err = fmt.Fprintf(env.Stdout, "%s written\n", f.file)
	}
	return asFileProblem(f.file, err)
}

// writeFolder writes the files of the folder, all or none, and never over a
// project that somebody wrote.
func (f *exportFlags) writeFolder(ctx context.Context, env *Env, p *project, r *engine.Report) error {
	list, err := f.format.Files(r, f.options)
	if err != nil {
		return asFileProblem(p.Folder, err)
	}
	var files []store.File
	for _, x := range list {
		files = append(files, store.File{Name: x.Name, Write: func(w io.Writer) error { return x.Write(whileLive(ctx, w)) }})
	}
	folder := env.path(f.file)
	switch text, err := readFile(filepath.Join(folder, projectFile), maxProjectFile); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return asFileProblem(filepath.Join(f.file, projectFile), err)
	case !bytes.HasPrefix(text, []byte(export.Marker)):
		return problem("own-project", f.file, "the folder has a project of its own, which would be written over", "choose another folder")
	}
	if err := store.WriteFiles(folder, files); err != nil {
		return asFileProblem(unwritten(f.file, folder, files, err), err)
	}
	_, err = fmt.Fprintf(env.Stdout, "%s written to %s\n", plural(len(files), "file"), f.file)
	return err
}
