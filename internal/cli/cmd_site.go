package cli

import (
	"context"
	"fmt"
	"io"
	"path"
	"runtime/debug"

	"github.com/spf13/cobra"

	"mizan/engine"
	"mizan/internal/export"
	"mizan/internal/site"
	"mizan/internal/site/publish"
	"mizan/internal/store"
)

func newSite(env *Env) *cobra.Command {
	in := &projectFlags{}
	flags := &siteFlags{}
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

Figures whose licence does not let others publish them (redistribute: no, of an
indicator or of an origin) are left out, pages and downloads alike, and it is said who
has them; scores and ranks stay.

With --address, where the site will be, the pages also carry what needs whole
addresses: canonical links, a sitemap, a page for what does not exist (404.html), and
the description of the data as DCAT (dcat.jsonld). Every page describes itself to
search engines and to whoever shows a link to it; the first page and that of the data
hold a Dataset of schema.org.

With --release the site is also kept as it is now under releases/DAY, beside those of
earlier days. A release is never changed: the same one again leaves it as it is, and
another of the same day is an error. Its pages lead to the newest version and to the
list of versions (releases.html), which says what each changed; with --address there
are feeds of it (releases.atom and releases.rss, in every language).`,
		Example: `  mizan site -o public
  mizan site ai-race -o public --address https://example.org/ai-race
  mizan site ai-race -o public --address https://example.org/ai-race --release 2026-11-25
  mizan site myindex -o public --set build.treat.root=2`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.folder == "" {
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
			served.public = !flags.all
			return flags.write(cmd.Context(), env, served.config(cmd.Context(), true))
		},
	}
	in.add(env, cmd)
	cmd.Flags().StringVarP(&flags.folder, "output", "o", "", "write the site into this `FOLDER`")
	cmd.Flags().StringVar(&flags.address, "address", "", "the `URL` at which the site will be, for sitemap and canonical links")
	cmd.Flags().StringVar(&flags.release, "release", "", "publish as the version of this `DAY`, such as 2026-11-25, and keep it")
	cmd.Flags().BoolVar(&flags.all, "all", false, "with the figures whose licence does not let them be published again, for your own use")
	return cmd
}

// siteFlags say where a site goes and as what.
type siteFlags struct {
	folder, address, release string
	all                      bool
}

// write makes the site and puts it into its folder: first the release, which
// stays, then the pages at the root.
func (f *siteFlags) write(ctx context.Context, env *Env, config site.Config) error {
	kept := &archive{env, f.folder}
	var err error
	if config.Releases, err = kept.releases(); err != nil {
		return err
	}
	if config.Release = f.release; f.release != "" {
		if err := admit(f.release, config.Releases); err != nil {
			return err
		}
	}
	if f.address != "" {
		if config.Address, err = site.ParseAddress(f.address); err != nil {
			return problem("unusable-address", "--address "+f.address, err.Error(), "give the address at which the first page will be, such as https://example.org/index")
		}
	}
	pages, err := site.New(config)
	if err != nil {
		return err
	}
	// All pages stay in memory until they are written; small steps of the
	// collector would go through them again and again.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	if f.release != "" {
		if err := f.keep(ctx, env, kept, pages); err != nil {
			return err
		}
	}
	files, err := pages.Files(ctx)
	if err != nil {
		return err
	}
	if err := writeSite(env, f.folder, files); err != nil {
		return err
	}
	if f.address == "" {
		env.note("Without --address the site has no sitemap, no canonical links and no feeds, for these need whole addresses.")
	}
	return nil
}

// keep writes the release, or finds that it is there.
func (f *siteFlags) keep(ctx context.Context, env *Env, kept *archive, pages *site.Site) error {
	files, err := pages.Frozen(ctx)
	if err != nil {
		return err
	}
	written, err := kept.keep(ctx, f.release, files)
	if err != nil {
		return err
	}
	says := "is kept"
	if !written {
		says = "was there already, the same to the byte"
	}
	fmt.Fprintf(env.Stdout, "the version of %s %s in %s\n", f.release, says, kept.below(publish.ReleaseFolder(f.release)))
	return nil
}

// descriptions are the documents on the data that pages hold.
func descriptions() []site.Description {
	return []site.Description{
		{Name: "schema-org.jsonld", First: true, Write: described(export.SchemaOrg)},
		{Name: "dcat.jsonld", Write: described(export.DCAT)},
	}
}

// described writes a form of export for a page.
func described(write func(io.Writer, *engine.Report, export.Options) error) func(io.Writer, *engine.Report, site.Published) error {
	return func(w io.Writer, r *engine.Report, at site.Published) error {
		page := &export.Page{Address: at.Page, Date: at.Release}
		for _, f := range at.Files {
			page.Files = append(page.Files, export.PageFile{Name: path.Base(f.Name), About: f.Summary, Type: f.Type, Address: f.Name})
		}
		return write(w, r, export.Options{Lang: at.Lang, Page: page})
	}
}

// writeSite puts the files into their places and says how many there are.
func writeSite(env *Env, folder string, files []publish.File) error {
	size := 0
	for _, f := range files {
		size += len(f.Body)
	}
	if err := store.WriteFiles(env.path(folder), toWrite(files)); err != nil {
		return err
	}
	fmt.Fprintf(env.Stdout, "%d files, %.1f MB, in %s; open index.html\n", len(files), float64(size)/1e6, folder)
	return nil
}
