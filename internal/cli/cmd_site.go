package cli

import (
	"fmt"
	"io"
	"path"
	"runtime/debug"

	"github.com/spf13/cobra"

	"mizan/engine"
	"mizan/internal/export"
	"mizan/internal/site"
	"mizan/internal/store"
)

func newSite(env *Env) *cobra.Command {
	in := &projectFlags{}
	folder, address := "", ""
	cmd := &cobra.Command{
		Use:   "site [PROJECT] -o FOLDER",
		Short: "Write the index as a site: files that any host serves, or that open from a folder",
		Long: `Write the pages of mizan serve as files, in English, Arabic, Russian and Chinese. Any
host can serve them, and they open from a folder: links are relative, the pages work
without JavaScript, and nothing is loaded from elsewhere.

The ranking is written in every reading of the project and every year, the alliances,
the uncertainty, the methodology and the downloads in every reading; all other pages
in the project as written and its last year. Files are written all or none. The same
project gives the same bytes.

With --address, where the site will be, the pages also carry what needs whole
addresses: canonical links, a sitemap, a page for what does not exist (404.html), and
the description of the data as DCAT (dcat.jsonld). Every page describes itself to
search engines and to whoever shows a link to it; the first page and that of the data
hold a Dataset of schema.org.`,
		Example: `  mizan site -o public
  mizan site ai-race -o public --address https://example.org/ai-race
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
			config := newServed(env, in, p).config(cmd.Context(), true)
			if address != "" {
				if config.Address, err = site.ParseAddress(address); err != nil {
					return problem("unusable-address", "--address "+address, err.Error(), "give the address at which the first page will be, such as https://example.org/index")
				}
			}
			pages, err := site.New(config)
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
			if err := writeSite(env, folder, files); err != nil {
				return err
			}
			if address == "" {
				env.note("Without --address the site has no sitemap and no canonical links, for these need whole addresses.")
			}
			return nil
		},
	}
	in.add(env, cmd)
	cmd.Flags().StringVarP(&folder, "output", "o", "", "write the site into this `FOLDER`")
	cmd.Flags().StringVar(&address, "address", "", "the `URL` at which the site will be, for sitemap and canonical links")
	return cmd
}

// descriptions are the documents on the data that pages hold.
func descriptions() []site.Description {
	return []site.Description{
		{Name: "schema-org.jsonld", First: true, Write: described(export.SchemaOrg)},
		{Name: "dcat.jsonld", Write: described(export.DCAT)},
	}
}

// described writes a form of export for a page.
func described(write func(io.Writer, *engine.Report, export.Options) error) func(io.Writer, *engine.Report, string, string, []site.Download) error {
	return func(w io.Writer, r *engine.Report, lang, page string, files []site.Download) error {
		at := &export.Page{Address: page}
		for _, f := range files {
			at.Files = append(at.Files, export.PageFile{Name: path.Base(f.Name), About: f.Summary, Type: f.Type, Address: f.Name})
		}
		return write(w, r, export.Options{Lang: lang, Page: at})
	}
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
