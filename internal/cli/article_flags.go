package cli

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mizan/claim"
	"mizan/internal/site"
)

// articleFlags name texts that the pages show beside their claims.
type articleFlags struct {
	files    []string
	language string
	year     int
}

func (f *articleFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.files, "article", nil, "show this article beside its claims: a `FILE` of text, HTML or PDF (may repeat)")
	cmd.Flags().StringVar(&f.language, "article-language", "", "language of the articles: ar, en, ru, zh (default: detected)")
	cmd.Flags().IntVar(&f.year, "article-year", 0, "year in which the articles appeared")
	complete(cmd, "article-language", func(*cobra.Command, []string) []string { return claim.Languages() })
}

// read reads the texts; they are held in memory and go nowhere else.
func (f *articleFlags) read(ctx context.Context, env *Env) ([]site.Article, error) {
	if f.language != "" && !slices.Contains(claim.Languages(), f.language) {
		return nil, usage("no text in %q can be read; there are %s", f.language, strings.Join(claim.Languages(), ", "))
	}
	var list []site.Article
	for _, name := range f.files {
		text, err := readArticle(ctx, env, name)
		if err != nil {
			return nil, err
		}
		list = append(list, site.Article{Name: filepath.Base(name), Text: text, Language: f.language, Year: f.year})
	}
	return list, nil
}
