package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/internal/source"
	"mizan/internal/store"
	"mizan/spec"
)

// maxImport bounds a file that is imported, as maxProjectFile does.
const maxImport = 256 << 20

func newImport(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import TOOL",
		Short: "Make a project of another tool's files",
		Long: `Make a project of the files of another tool: the project file, the units and the
figures, in a folder that must not have them yet. What cannot be carried over is
told; what is wrong in the files is told with its place, all of it at once.`,
		Example: `  mizan import coinr --data iData.csv --meta iMeta.csv myindex
  mizan import coin-tool COIN_Tool.xlsm myindex --year 2023
  mizan import excel index.xlsx myindex`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			names := commandNames(cmd)
			if len(args) == 0 {
				return usage("it is not said from which tool; there are %s", strings.Join(names, ", "))
			}
			if near, ok := spec.Suggest(args[0], names); ok {
				return usage("there is no import from %q; did you mean %q?", args[0], near)
			}
			return usage("there is no import from %q; there are %s", args[0], strings.Join(names, ", "))
		},
	}
	cmd.AddCommand(newImportCOINr(env), newImportCOINTool(env), newImportExcel(env), newImportParquet(env))
	return cmd
}

func newImportCOINr(env *Env) *cobra.Command {
	own := &importFlags{}
	var data, meta string
	cmd := &cobra.Command{
		Use:   "coinr --data IDATA --meta IMETA FOLDER",
		Short: "Make a project of COINr's iData and iMeta",
		Long: `Make a project of the two tables that R's package COINr (1.0 or later) builds a
coin or a purse from, saved by

  write.csv(ASEM_iData, "iData.csv", row.names = FALSE)
  write.csv(ASEM_iMeta, "iMeta.csv", row.names = FALSE)

Indicators, directions, weights, the framework, denominators and groups come
over, and so do the years of a panel (column Time). Columns for Normalise in
iMeta (goalposts, Target, minmax_lower, …) become variants of the project. What
COINr is told in calls is not in the tables: the project uses COINr's defaults,
min-max on [0, 100] and arithmetic means; change build in its project file.

The two files may also be named without --data and --meta, in this order, or, as
` + "`mizan export coinr`" + ` writes them, by their folder.`,
		Example: `  mizan import coinr --data iData.csv --meta iMeta.csv myindex
  mizan import coinr --data iData.csv --meta iMeta.csv --year 2023 myindex
  mizan import coinr exported myindex
  mizan build myindex --set build.treat.method=winsorise`,
		Args: arguments(1, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			files := []string{data, meta}
			switch {
			case len(args) == 3 && data == "" && meta == "":
				files = args[:2]
			case len(args) == 2 && data == "" && meta == "":
				files = []string{filepath.Join(args[0], "iData.csv"), filepath.Join(args[0], "iMeta.csv")}
			case data == "" || meta == "":
				return usage("name both tables, --data for iData and --meta for iMeta, or the folder where iData.csv and iMeta.csv are; and then the folder of the project")
			case len(args) > 1:
				return usage("%q is too much; it is used as `%s`", args[1], cmd.UseLine())
			}
			return own.run(cmd, env, files, args[len(args)-1], func(in []source.Input, o source.Options) (*source.Project, error) {
				return source.COINr(in[0], in[1], o)
			})
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "iData: a CSV `FILE` of units and figures")
	cmd.Flags().StringVar(&meta, "meta", "", "iMeta: a CSV `FILE` of indicators and aggregates")
	own.add(cmd, "the year of the figures, where iData has no column Time (default: this year)")
	return cmd
}

func newImportCOINTool(env *Env) *cobra.Command {
	own := &importFlags{}
	cmd := &cobra.Command{
		Use:   "coin-tool FILE FOLDER",
		Short: "Make a project of a workbook of the COIN Tool",
		Long: `Make a project of a workbook of the COIN Tool, the spreadsheet of the European
Commission's Joint Research Centre (.xlsx or .xlsm). Units, figures, indicators
with their directions, weights and goalposts come from the sheet Database, the
names and weights of the aggregates from the sheet Framework. The goalposts
become a variant of the project. Other sheets, with the tool's settings, are not
read: the project uses min-max on [0, 100] and arithmetic means.

Codes such as Ind.01 become Ind_01, because Mizan's codes have no dots.`,
		Example: `  mizan import coin-tool COIN_Tool.xlsm myindex --year 2023
  mizan build myindex --variant goalposts`,
		Args: arguments(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return own.run(cmd, env, args[:1], args[1], func(in []source.Input, o source.Options) (*source.Project, error) {
				return source.COINTool(in[0], o)
			})
		},
	}
	own.add(cmd, "the year of the figures (default: this year)")
	return cmd
}

// importFlags are the flags of every import.
type importFlags struct{ year int }

func (f *importFlags) add(cmd *cobra.Command, year string) {
	cmd.Flags().IntVar(&f.year, "year", 0, year)
}

// run reads the files, makes a project of them and writes it to a folder that
// does not have its files yet.
func (f *importFlags) run(cmd *cobra.Command, env *Env, names []string, folder string,
	parse func([]source.Input, source.Options) (*source.Project, error),
) error {
	o := source.Options{ID: projectID(folder), Year: f.year}
	if !cmd.Flags().Changed("year") {
		o.Guessed = true
		if env.Now != nil {
			o.Year = env.Now().Year()
		}
	} else if f.year < 1 || f.year > 9999 {
		return usage("--year: write a year from 1 to 9999")
	}
	in, err := readInputs(env, names)
	if err != nil {
		return err
	}
	p, err := parse(in, o)
	if err != nil {
		return err
	}
	if err := writeProject(cmd.Context(), env, folder, p); err != nil {
		return err
	}
	b := &printer{&bytes.Buffer{}, env.style(env.Stderr)}
	b.printFindings(func(at mizan.Place) mizan.Place { return at }, p.Findings)
	if _, err := env.Stderr.Write(b.Bytes()); err != nil {
		return err
	}
	word := shellWord(folder)
	_, err = fmt.Fprintf(env.Stdout, "Imported %s, %s and %s for %s into %s. Now try:\n\n  mizan check %s\n  mizan build %s\n\nand change %s.\n",
		plural(p.Units, "unit"), plural(p.Indicators, "indicator"), plural(p.Aggregates, "aggregate"), span(p.Years), folder,
		word, word, filepath.Join(folder, projectFile))
	return err
}

// projectID is the id of a project in a folder.
func projectID(folder string) string {
	id := slug(folder)
	if len(id) > 64 {
		id = strings.Trim(id[:64], "-")
	}
	return id
}

// readInputs reads files; all that cannot be read are told.
func readInputs(env *Env, names []string) ([]source.Input, error) {
	var in []source.Input
	var problems mizan.Problems
	for _, name := range names {
		text, err := readFile(env.path(name), maxImport)
		if err != nil {
			problems = append(problems, fileProblem(name, err))
		}
		in = append(in, source.Input{Name: name, Text: text})
	}
	return in, problems.OrNil()
}

// writeProject writes a project's files, all or none, and never over others.
func writeProject(ctx context.Context, env *Env, folder string, p *source.Project) error {
	var files []store.File
	for _, f := range p.Files {
		files = append(files, store.File{Name: f.Name, Write: func(w io.Writer) error {
			_, err := whileLive(ctx, w).Write(f.Text)
			return err
		}})
	}
	if err := noneExists(env, folder, files); err != nil {
		return err
	}
	return asFileProblem(folder, store.WriteFiles(env.path(folder), files))
}

// span is "2020" or "2018 to 2022".
func span(years []int) string {
	first, last := years[0], years[len(years)-1]
	if first == last {
		return fmt.Sprint(first)
	}
	return fmt.Sprintf("%d to %d", first, last)
}
