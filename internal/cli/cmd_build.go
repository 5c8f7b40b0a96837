package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mizan/engine"
	"mizan/internal/store"
	"mizan/spec"
)

// buildFlags are the flags of `mizan build` alone.
type buildFlags struct {
	folder string
	only   []string
	with   []string
	year   int
	top    int
}

func newBuild(env *Env) *cobra.Command {
	in, out, fail, own := &projectFlags{}, &outputFlags{}, &failFlag{}, &buildFlags{}
	cmd := &cobra.Command{
		Use:   "build [PROJECT]",
		Short: "Compute the index: print the ranking, or write every stage to a folder",
		Long: `Compute the index. Without -o the ranking is printed. With -o these files are
written, all or none of them:

  scores.csv, ranks.csv  a column unit, then a column per indicator and aggregate
  stages/raw.csv, denominated, imputed, screened, treated, normalised
                         a column unit, then a column per indicator
  report.json            everything, for programs and for mizan diff

Where a project has several years there is a column year after unit. Numbers
carry full precision; missing is an empty cell. Units that were screened out
are not in screened, treated, normalised, scores and ranks. Other files in the
folder are left alone.

--with adds to report.json what a build does not need and what takes time: network
and supply, as mizan network tells them, and uncertainty.`,
		Example: `  mizan build
  mizan build ai-race --variant intensity --top 10
  mizan build myindex -o out
  mizan build ai-race -o out --with network,supply
  mizan build hdi --year 1990 --format csv
  mizan build --set build.normalise.method=z-score --set framework.talent.weight=3`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), fail.check(), own.check(cmd)); err != nil {
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
			if len(own.with) > 0 {
				if _, err := whileWaiting(cmd.Context(), func() (any, error) { return nil, r.Add(own.with...) }); err != nil {
					return p.relocate(err)
				}
			}
			if own.folder != "" {
				err = own.write(cmd.Context(), env, r)
			} else {
				err = own.print(cmd.Context(), env, out, r)
			}
			if err != nil {
				return err
			}
			if worth(r.Findings) && out.format == textFormat {
				env.note("Findings: %s; `mizan check` tells them.", countFindings(r.Findings))
			}
			return fail.verdict(r.Findings)
		},
	}
	in.add(env, cmd)
	fail.add(cmd)
	out.addForms(cmd, textFormat, jsonFormat, csvFormat)
	flags := cmd.Flags()
	flags.StringVarP(&own.folder, "output", "o", "", "write the results to this `FOLDER`")
	flags.StringSliceVar(&own.only, "only", nil, "write only these: "+strings.Join(resultWords(), ", "))
	flags.StringSliceVar(&own.with, "with", nil, "add to report.json: "+strings.Join(engine.Parts(), ", "))
	flags.IntVar(&own.year, "year", 0, "print this year (default: the latest as text, all of them as CSV and JSON)")
	flags.IntVar(&own.top, "top", 0, "print this many units at most (text)")
	complete(cmd, "only", func(*cobra.Command, []string) []string { return resultWords() })
	complete(cmd, "with", func(*cobra.Command, []string) []string { return engine.Parts() })
	return cmd
}

// check refuses flags that do not go together.
func (f *buildFlags) check(cmd *cobra.Command) error {
	given := cmd.Flags().Changed
	if f.folder == "" {
		if given("output") {
			return usage("-o names no folder; write -o FOLDER")
		}
		if given("only") {
			return usage("--only says which files to write; say where with -o FOLDER")
		}
		if given("with") {
			return usage("--with says what to add to report.json; say where with -o FOLDER")
		}
		if f.top < 0 {
			return usage("--top is negative; give 1 or more, or leave it out")
		}
		return nil
	}
	for _, name := range []string{"format", "year", "top", "lang"} {
		if given(name) {
			return usage("--%s is for the screen; the files of -o hold everything", name)
		}
	}
	for _, word := range f.only {
		if slices.Contains(resultWords(), word) {
			continue
		}
		if near, ok := spec.Suggest(word, resultWords()); ok {
			return usage("--only: there is no file %q; did you mean %q?", word, near)
		}
		return usage("--only: there is no file %q; there are %s", word, strings.Join(resultWords(), ", "))
	}
	return nil
}

// print writes the ranking to the screen.
func (f *buildFlags) print(ctx context.Context, env *Env, out *outputFlags, r *engine.Report) error {
	years, err := chooseYears(r, f.year)
	if err != nil {
		return err
	}
	k := newRanking(r, out.lang)
	return out.print(ctx, env, func(p *printer) error {
		switch out.format {
		case jsonFormat:
			return p.json(k.document(years))
		case csvFormat:
			return k.csv(p, years)
		}
		k.text(p, years[len(years)-1], f.top)
		return nil
	})
}

// write writes the chosen files, all or none.
func (f *buildFlags) write(ctx context.Context, env *Env, r *engine.Report) error {
	var files []store.File
	for _, x := range resultFiles {
		if len(f.only) > 0 && !slices.Contains(f.only, x.word) && !slices.Contains(f.only, x.group) {
			continue
		}
		files = append(files, store.File{Name: x.name, Write: func(w io.Writer) error { return x.write(whileLive(ctx, w), r) }})
	}
	if err := store.WriteFiles(env.path(f.folder), files); err != nil {
		return asFileProblem(unwritten(f.folder, env.path(f.folder), files, err), err)
	}
	fmt.Fprintf(env.Stdout, "%s written to %s\n", plural(len(files), "file"), f.folder)
	return nil
}
