package cli

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"mizan/internal/source"
	"mizan/spec"
)

// dataCommands are the commands below `mizan data`.
var dataCommands = []func(*Env) *cobra.Command{
	newDataList,
	newDataPull,
	newDataVerify,
	newDataDiff,
	newDataSQL,
}

func newData(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "data",
		Short: "Get figures from their publishers, keep them, and tell what changed",
		Long: `Get the figures of a project from their publishers. The answers are kept as they
came, as snapshots named by their SHA-256, and the file mizan.lock says of each
where and when it came from. The files of figures are made of the snapshots.

A project names its sources under the key sources: a connector, the publisher's
series by indicator, and the file that is made.`,
		Example: `  mizan data list
  mizan data pull
  mizan data verify
  mizan data diff`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			names := commandNames(cmd)
			if near, ok := spec.Suggest(args[0], names); ok {
				return usage("there is no command %q; did you mean %q?", "data "+args[0], "data "+near)
			}
			return usage("there is no command %q; the commands are %s", "data "+args[0], strings.Join(names, ", "))
		},
	}
	for _, make := range dataCommands {
		cmd.AddCommand(make(env))
	}
	return cmd
}

// connectorDocument is a connector as `mizan data list --format json` prints it.
type connectorDocument struct {
	Name      string            `json:"name"`
	Title     string            `json:"title"`
	Publisher string            `json:"publisher"`
	Licence   string            `json:"licence,omitempty"`
	URL       string            `json:"url"`
	Base      string            `json:"base,omitempty"`
	Series    string            `json:"series"`
	Example   string            `json:"example"`
	About     string            `json:"about"`
	Key       string            `json:"key,omitempty"`
	KeyMust   bool              `json:"key_required,omitempty"`
	Options   []connectorOption `json:"options"`
}

type connectorOption struct {
	Name     string `json:"name"`
	About    string `json:"about"`
	Default  string `json:"default,omitempty"`
	Required bool   `json:"required,omitempty"`
}

func newDataList(env *Env) *cobra.Command {
	out := &outputFlags{}
	cmd := &cobra.Command{
		Use:   "list [CONNECTOR]",
		Short: "List the connectors, or tell of one",
		Long: `List the connectors, by which figures come from their publishers, or tell all of
one: what a series is called there, its options, and the variable of the
environment that holds the key of an account, where there is one.`,
		Example: `  mizan data list
  mizan data list worldbank
  mizan data list --format json`,
		Args: arguments(0, 1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return source.Names(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			list := source.All()
			if len(args) > 0 {
				c, err := findConnector(args[0])
				if err != nil {
					return err
				}
				list = []*source.Connector{c}
			}
			return out.print(cmd.Context(), env, func(w *printer) error {
				switch {
				case out.format == jsonFormat:
					docs := []connectorDocument{}
					for _, c := range list {
						docs = append(docs, connectorOf(c))
					}
					return w.json(docs)
				case len(args) > 0:
					w.connector(connectorOf(list[0]))
				default:
					t := newTable("connector", "service", "licence", "a series")
					for _, c := range list {
						t.add(c.Name, c.Title, cmp.Or(c.Licence, noValue), c.Example)
					}
					t.write(w, w.style, "")
				}
				return nil
			})
		},
	}
	out.add(cmd, textFormat, jsonFormat)
	return cmd
}

func findConnector(name string) (*source.Connector, error) {
	if c := source.Find(name); c != nil {
		return c, nil
	}
	if near, ok := spec.Suggest(name, source.Names()); ok {
		return nil, usage("there is no connector %q; did you mean %q?", name, near)
	}
	return nil, usage("there is no connector %q; there are %s", name, strings.Join(source.Names(), ", "))
}

func connectorOf(c *source.Connector) connectorDocument {
	d := connectorDocument{
		Name: c.Name, Title: c.Title, Publisher: c.Publisher, Licence: c.Licence, URL: c.URL, Base: c.Base,
		Series: c.Series, Example: c.Example, About: c.About, Options: []connectorOption{},
	}
	if c.Key != nil {
		d.Key, d.KeyMust = c.Key.Env, c.Key.Must
	}
	for _, o := range c.Options {
		d.Options = append(d.Options, connectorOption{o.Name, o.About, o.Default, o.Must})
	}
	return d
}

// connector tells all of one connector.
func (w *printer) connector(c connectorDocument) {
	fmt.Fprintf(w, "%s: %s\n\n%s\n\n", w.bold(c.Name), c.Title, c.About)
	t := newTable("", "")
	add := func(name, text string) {
		if text != "" {
			t.add(name, text)
		}
	}
	add("publisher", c.Publisher)
	add("licence", c.Licence)
	add("read more", c.URL)
	add("address", cmp.Or(c.Base, "the source says it: url"))
	add("a series is", c.Series)
	add("such as", c.Example)
	if c.Key != "" {
		must := "if you have one"
		if c.KeyMust {
			must = "needed"
		}
		add("key", "the variable "+c.Key+" ("+must+")")
	}
	t.write(w, w.style, "")
	if len(c.Options) == 0 {
		return
	}
	fmt.Fprintln(w, "\nOptions")
	t = newTable("", "")
	for _, o := range c.Options {
		about := o.About
		switch {
		case o.Required:
			about += " (must be given)"
		case o.Default != "":
			about += " (default " + o.Default + ")"
		}
		t.add(o.Name, about)
	}
	t.write(w, w.style, "  ")
}
