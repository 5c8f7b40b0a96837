package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mizan/internal/source"
	"mizan/internal/store"
)

// fromFlags are the flags of a project that is started from series.
type fromFlags struct {
	askFlags
	year, lookBack int
	url            string
	options        []string
}

func (f *fromFlags) addTo(cmd *cobra.Command) {
	f.add(cmd)
	flags := cmd.Flags()
	flags.IntVar(&f.year, "year", 0, "with --from CONNECTOR: the year that is built (default: two years ago)")
	flags.IntVar(&f.lookBack, "look-back", 5, "with --from CONNECTOR: how many years before a figure may come from")
	flags.StringVar(&f.url, "url", "", "with --from CONNECTOR: the address of the service or table, where it is another")
	flags.StringArrayVar(&f.options, "option", nil, "with --from CONNECTOR: an option of it, `NAME=VALUE` (may repeat)")
}

// run starts a project from series of a connector.
func (f *fromFlags) run(ctx context.Context, env *Env, from, folder string) error {
	name, keys, _ := strings.Cut(from, ":")
	c, err := findConnector(name)
	if err != nil {
		return err
	}
	q, err := f.query(env, c, keys)
	if err != nil {
		return err
	}
	if err := c.Check(q); err != nil {
		return &usageError{err}
	}
	if err := noneExists(env, folder, []store.File{{Name: projectFile}, {Name: "data/units.csv"}, {Name: "data/origins.yaml"}}); err != nil {
		return err
	}
	h := &source.Harvest{}
	if c.Describe != nil {
		client, err := f.client(env)
		if err != nil {
			return err
		}
		if h, err = client.Describe(ctx, c, q, forgetful{}, func(int, int) {}); err != nil {
			if ctx.Err() != nil {
				return context.Canceled
			}
			return err
		}
	}
	id := projectID(folder)
	if id == "" {
		id = "index"
	}
	p := c.Draft(q, h, id, f.year, f.lookBack)
	if err := writeProject(ctx, env, folder, p); err != nil {
		return err
	}
	word := shellWord(folder)
	_, err = fmt.Fprintf(env.Stdout, "Started a project of %s in %s. Now try:\n\n  mizan data pull --project %s\n  mizan build %s\n\nand change %s: which indicators are better when lower, and what belongs together.\n",
		plural(p.Indicators, "indicator"), folder, word, word, filepath.Join(folder, projectFile))
	return err
}

// query is what is asked of the connector.
func (f *fromFlags) query(env *Env, c *source.Connector, text string) (*source.Query, error) {
	// Some publishers' keys have commas within.
	between := ","
	if strings.Contains(text, ";") || strings.Contains(c.Example, ",") {
		between = ";"
	}
	var keys []string
	for _, k := range strings.Split(text, between) {
		if k = strings.TrimSpace(k); k == "" {
			continue
		}
		if slices.Contains(keys, k) {
			return nil, usage("--from: the series %q is named twice", k)
		}
		keys = append(keys, k)
	}
	if len(keys) == 0 {
		return nil, usage("--from: name the series after the colon, as in --from %s:%s", c.Name, c.Example)
	}
	if f.year == 0 && env.Now != nil {
		f.year = env.Now().Year() - 2
	}
	if f.year < 1 || f.year > 9999 {
		return nil, usage("--year: write a year from 1 to 9999")
	}
	if f.lookBack < 0 || f.lookBack >= f.year || f.lookBack > 1000 {
		return nil, usage("--look-back: write a number of years from 0 to 1000")
	}
	q := &source.Query{Source: c.Name, Series: source.Codes(keys), From: f.year - f.lookBack, To: f.year, Base: f.url}
	for _, o := range f.options {
		name, value, ok := strings.Cut(o, "=")
		if !ok {
			return nil, usage("--option: write NAME=VALUE, not %q", o)
		}
		if q.Options == nil {
			q.Options = map[string]string{}
		}
		q.Options[name] = value
	}
	return q, nil
}
