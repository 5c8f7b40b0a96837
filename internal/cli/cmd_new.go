package cli

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/internal/store"
	"mizan/projects"
	"mizan/spec"
)

//go:embed starter
var starter embed.FS

func newNew(env *Env) *cobra.Command {
	from, series := "", &fromFlags{}
	cmd := &cobra.Command{
		Use:   "new FOLDER",
		Short: "Start a project",
		Long: `Start a project in FOLDER: a commented project file with the figures of eight
countries, which builds at once and is there to be changed. With --from NAME, copy
an embedded project instead; with --from CONNECTOR:SERIES,… start a project of
series of a publisher, whose figures ` + "`mizan data pull`" + ` then gets (mizan data list
names the connectors; series with commas within stand with semicolons between).
Files that exist are never overwritten.`,
		Example: `  mizan new myindex
  mizan new race --from ai-race
  mizan new science --from worldbank:GB.XPD.RSDV.GD.ZS,SP.POP.SCIE.RD.P6`,
		Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if strings.Contains(from, ":") {
				return series.run(cmd.Context(), env, from, args[0])
			}
			source, err := fs.Sub(starter, "starter")
			if from != "" {
				source, err = embedded(from)
			}
			if err != nil {
				return err
			}
			files, err := starterFiles(source, args[0], from == "")
			if err != nil {
				return err
			}
			if err := noneExists(env, args[0], files); err != nil {
				return err
			}
			for i := range files {
				write := files[i].Write
				files[i].Write = func(w io.Writer) error { return write(whileLive(cmd.Context(), w)) }
			}
			if err := store.CreateFiles(env.path(args[0]), files); err != nil {
				return asFileProblem(unwritten(args[0], env.path(args[0]), files, err), err)
			}
			word := shellWord(args[0])
			fmt.Fprintf(env.Stdout, "Started a project in %s. Now try:\n\n  mizan check %s\n  mizan build %s\n\nand change %s.\n",
				args[0], word, word, filepath.Join(args[0], projectFile))
			return nil
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "copy the embedded project `NAME`: "+strings.Join(projects.Names(), ", ")+"; or CONNECTOR:SERIES,…")
	series.addTo(cmd)
	complete(cmd, "from", func(*cobra.Command, []string) []string { return projects.Names() })
	return cmd
}

func embedded(name string) (fs.FS, error) {
	if files, ok := projects.FS(name); ok {
		return files, nil
	}
	if near, ok := spec.Suggest(name, projects.Names()); ok {
		return nil, usage("--from: there is no embedded project %q; did you mean %q?", name, near)
	}
	return nil, usage("--from: there is no embedded project %q; there are %s", name, strings.Join(projects.Names(), ", "))
}

// starterFiles lists the files of a project that is to be copied. With rename
// the project gets the folder's name as its id.
func starterFiles(source fs.FS, folder string, rename bool) ([]store.File, error) {
	var files []store.File
	err := fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		if id := slug(folder); rename && name == projectFile && id != "" {
			text = bytes.Replace(text, []byte("\nid: myindex\n"), []byte("\nid: "+id+"\n"), 1)
		}
		files = append(files, store.File{Name: name, Write: func(w io.Writer) error {
			_, err := w.Write(text)
			return err
		}})
		return nil
	})
	return files, err
}

// noneExists refuses to write where files stand already.
func noneExists(env *Env, folder string, files []store.File) error {
	var problems mizan.Problems
	for _, f := range files {
		name := filepath.Join(folder, filepath.FromSlash(f.Name))
		_, err := os.Lstat(env.path(name))
		switch {
		case err == nil:
			problems.Add("file-exists", mizan.Place{File: name}, "the file exists already", "choose another folder, or move the file away")
		case !errors.Is(err, fs.ErrNotExist):
			problems = append(problems, fileProblem(name, err))
		}
	}
	return problems.OrNil()
}

// slug makes an id from the name of a folder: small letters, digits and
// hyphens, beginning with a letter; "" if nothing is left.
func slug(folder string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(filepath.Base(filepath.Clean(folder))) {
		switch {
		case r >= 'a' && r <= 'z', b.Len() > 0 && r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
