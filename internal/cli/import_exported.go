package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/engine"
	"mizan/internal/export"
	"mizan/internal/source"
	"mizan/spec"
)

func newImportExcel(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "excel FILE FOLDER",
		Short: "Make a project of a workbook that mizan export excel wrote",
		Long: `Make a project again of a workbook that ` + "`mizan export excel`" + ` wrote, of all its
years: the project file, units, figures, origins, and the tables of the sheet Files.
Built, it gives the same scores
to the last bit. Figures that were changed in the sheet Figures come over as they
stand there.`,
		Example: `  mizan export excel ai-race -o index.xlsx
  mizan import excel index.xlsx myindex`,
		Args: arguments(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			in, err := readInputs(env, args[:1])
			if err != nil {
				return err
			}
			book, err := source.Workbook(in[0])
			if err != nil {
				return err
			}
			s, err := spec.Parse(args[0]+", sheet Project", book.Project)
			if err != nil {
				return err
			}
			engine.Rehouse(s)
			p := &source.Project{Files: []source.File{
				{Name: projectFile, Text: append([]byte("# Imported from "+filepath.Base(args[0])+".\n"), s.Canonical()...)},
				{Name: engine.PortableUnits, Text: book.Units},
				{Name: engine.PortableObservations, Text: book.Observations},
			}}
			if s.Origins.File != "" {
				p.Files = append(p.Files, source.File{Name: engine.PortableOrigins, Text: book.Origins})
			}
			p.Files = append(p.Files, book.Others...)
			if err := writeProject(cmd.Context(), env, args[1], p); err != nil {
				return err
			}
			return tellImported(env, args[1])
		},
	}
}

func newImportParquet(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "parquet FROM FOLDER",
		Short: "Make a project of a folder that mizan export parquet wrote",
		Long: `Make a project again of a folder that ` + "`mizan export parquet`" + ` wrote: the tables of
units and observations become CSV, all else comes over as it is. Built, it gives the
same scores to the last bit.`,
		Example: `  mizan export parquet ai-race -o open-data
  mizan import parquet open-data myindex`,
		Args: arguments(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, err := readParquetFolder(env, args[0])
			if err != nil {
				return err
			}
			if err := writeProject(cmd.Context(), env, args[1], p); err != nil {
				return err
			}
			return tellImported(env, args[1])
		},
	}
}

// readParquetFolder reads the files of which a project is made again.
func readParquetFolder(env *Env, folder string) (*source.Project, error) {
	p := &source.Project{}
	var problems mizan.Problems
	for _, name := range []string{engine.PortableUnits, engine.PortableObservations} {
		from := filepath.Join(folder, strings.TrimSuffix(name, ".csv")+".parquet")
		text, err := readFile(env.path(from), maxImport)
		if err != nil {
			problems = append(problems, fileProblem(from, err))
			continue
		}
		text, err = source.Parquet(source.Input{Name: from, Text: text})
		var one *mizan.Problem
		if errors.As(err, &one) {
			problems = append(problems, one)
			continue
		}
		p.Files = append(p.Files, source.File{Name: name, Text: text})
	}
	root := env.path(folder)
	for _, name := range []string{projectFile, engine.PortableOrigins} {
		text, err := readFile(filepath.Join(root, name), maxImport)
		switch {
		case errors.Is(err, fs.ErrNotExist) && name != projectFile:
			continue
		case err != nil:
			problems = append(problems, fileProblem(filepath.Join(folder, name), err))
			continue
		}
		if name == projectFile {
			text = append([]byte(fmt.Sprintf("# Imported from %s.\n", filepath.Base(folder))), strings.TrimPrefix(string(text), export.Marker+"\n")...)
		}
		p.Files = append(p.Files, source.File{Name: name, Text: text})
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	others := os.DirFS(root)
	err := fs.WalkDir(others, strings.TrimSuffix(engine.PortableOthers, "/"), func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && d.IsDir() {
			return nil
		}
		if err != nil {
			return err
		}
		text, err := readFile(filepath.Join(root, filepath.FromSlash(name)), maxImport)
		p.Files = append(p.Files, source.File{Name: name, Text: text})
		return err
	})
	return p, asFileProblem(folder, err)
}

// tellImported says what to do with a project that was made again.
func tellImported(env *Env, folder string) error {
	word := shellWord(folder)
	_, err := fmt.Fprintf(env.Stdout, "Imported into %s. Now try:\n\n  mizan check %s\n  mizan build %s\n", folder, word, word)
	return err
}
