package cli

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"

	"mizan/internal/site"
	"mizan/internal/store"
)

func newSite(env *Env) *cobra.Command {
	in := &projectFlags{}
	folder := ""
	cmd := &cobra.Command{
		Use:   "site [PROJECT] -o FOLDER",
		Short: "Write the index as a site: files that any host serves, or that open from a folder",
		Long: `Write the pages of mizan serve as files, in English, Arabic, Russian and Chinese. Any
host can serve them, and they open from a folder: links are relative, the pages work
without JavaScript, and nothing is loaded from elsewhere.

The ranking is written in every reading of the project and every year, the alliances,
the uncertainty, the methodology and the downloads in every reading; all other pages
in the project as written and its last year. Files are written all or none. The same
project gives the same bytes.`,
		Example: `  mizan site -o public
  mizan site ai-race -o public
  mizan site myindex -o public --set build.treat.root=2`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if folder == "" {
				return usage("say with -o into which folder the site is written")
			}
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			if p.Variant != "" {
				return usage("every reading is written; leave --variant out")
			}
			served := newServed(env, in, p)
			pages, err := site.New(served.config(cmd.Context(), true))
			if err != nil {
				return err
			}
			// All pages stay in memory until they are written; small steps of the
			// collector would go through them again and again.
			defer debug.SetGCPercent(debug.SetGCPercent(400))
			files, err := pages.Files(cmd.Context())
			if err != nil {
				return err
			}
			return writeSite(env, folder, files)
		},
	}
	in.add(env, cmd)
	cmd.Flags().StringVarP(&folder, "output", "o", "", "write the site into this `FOLDER`")
	return cmd
}

// writeSite puts the files into their places and says how many there are.
func writeSite(env *Env, folder string, files []site.File) error {
	list := make([]store.File, len(files))
	size := 0
	for i, f := range files {
		size += len(f.Body)
		list[i] = store.File{Name: f.Path, Write: func(w io.Writer) error {
			_, err := w.Write(f.Body)
			return err
		}}
	}
	if err := store.WriteFiles(folder, list); err != nil {
		return err
	}
	fmt.Fprintf(env.Stdout, "%d files, %.1f MB, in %s; open index.html\n", len(files), float64(size)/1e6, folder)
	return nil
}
