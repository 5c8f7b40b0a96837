package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/engine"
	"mizan/internal/export"
	"mizan/internal/sql"
)

const parquetFormat = "parquet"

// What an assistant may ask for at once.
const (
	longestQuery = 20 * time.Second
	mostAnswer   = 20_000 // rows
)

// sqlFlags are the flags of `mizan data sql` alone.
type sqlFlags struct {
	tables []string
	draws  int
	engine string
	origin string
}

func newDataSQL(env *Env) *cobra.Command {
	in, out, own := &projectFlags{}, &outputFlags{}, &sqlFlags{}
	cmd := &cobra.Command{
		Use:   "sql QUERY [PROJECT]",
		Short: "Ask the index in SQL: figures, stages, results, draws, and tables of your own",
		Long: `Answer one SELECT in SQL (SQLite) over the tables of the index:

  units         unit, name_en, …, a column per group
  origins       origin, publisher, title, licence, url, year, note
  indicators    indicator, name, measure, direction, in_framework, denominator, …
  framework     code, name, level, parent, weight, effective_weight, direction, method
  observations  unit, indicator, year, value, status, origin: figures of all years
  stages        unit, year, indicator, raw, year_used, status, origin, denominated,
                imputed, screened, treated, normalised, contribution
  results       unit, year, code, level, score, rank
  draws         draw, unit, score, rank: of the project's uncertainty

and over files of your own, CSV or Parquet or folders of them, that --table names.
Only tables that the query names are loaded, into memory; the query can only read.
Missing is NULL. Numbers are doubles, and are printed with full precision.

With --engine the query goes to a ClickHouse server or cluster as it is, over the
tables there; the password comes from the variable MIZAN_CLICKHOUSE_PASSWORD. With
--origin CODE and -o FILE the answer gets a column origin, and the entry for the file
of origins is printed: the query and the engine by which the figures were computed. A
query that gives unit, indicator, year and value so makes a file of observations.`,
		Example: `  mizan data sql "select unit, score, rank from results where code = 'ai_race' order by rank limit 5"
  mizan data sql "select publisher, count(*) as figures from observations join origins using (origin) group by 1"
  mizan data sql "select unit, avg(rank) as mean from draws group by unit" --draws 1000 --format csv -o ranks.csv
  mizan data sql "select country, sum(works) as works from works group by country" --table works=raw/works
  mizan data sql "select country as unit, 'works' as indicator, year, count(distinct work) as value from authorships group by 1, 3" \
    --engine clickhouse://default@db.example.org:9000/openalex --origin openalex_works --format csv -o data/works.csv`,
		Args: arguments(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := out.check(); err != nil {
				return err
			}
			if out.format == parquetFormat && out.file == "" {
				return usage("Parquet is no text; write -o FILE.parquet")
			}
			if own.origin != "" && out.file == "" {
				return usage("--origin is for figures that are kept; write them to a file with -o FILE")
			}
			t, engine, err := own.answer(cmd, env, in, out, args)
			if err != nil {
				return err
			}
			if own.origin != "" {
				t = withOrigin(t, own.origin)
				defer func() { fmt.Fprint(env.Stdout, own.entry(engine, args[0])) }()
			}
			if t.Rows == 0 && out.format == textFormat {
				env.note("No row answers the query.")
			}
			return out.print(cmd.Context(), env, func(p *printer) error { return printRelation(p, out.format, t) })
		},
	}
	in.add(env, cmd)
	out.add(cmd, textFormat, jsonFormat, csvFormat, parquetFormat)
	flags := cmd.Flags()
	flags.StringArrayVar(&own.tables, "table", nil, "a table of your own: `NAME=PATH` of a CSV or Parquet file, or a folder of them (may repeat)")
	flags.StringVar(&own.engine, "engine", "", "ask a ClickHouse server in place of the index: `clickhouse://USER@HOST:PORT/DATABASE`")
	flags.StringVar(&own.origin, "origin", "", "give the figures this `CODE` of an origin, and print its entry")
	flags.IntVar(&own.draws, "draws", 0, "make this many draws for the table draws (default: as many as the project asks for)")
	return cmd
}

// answer asks the index, or the server that --engine names, and tells the engine.
func (f *sqlFlags) answer(cmd *cobra.Command, env *Env, in *projectFlags, out *outputFlags, args []string) (*mizan.Relation, string, error) {
	ctx := cmd.Context()
	if f.engine != "" {
		if len(f.tables) > 0 || cmd.Flags().Changed("draws") || len(args) > 1 {
			return nil, "", usage("--engine asks the tables of the server alone; leave --table, --draws and the project out")
		}
		password := ""
		if env.Getenv != nil {
			password = env.Getenv("MIZAN_CLICKHOUSE_PASSWORD")
		}
		t, version, err := sql.Remote(ctx, f.engine, password, args[0], sql.Options{})
		return t, sql.RemoteEngine + " " + version, err
	}
	sources, err := f.sources(env)
	if err != nil {
		return nil, "", err
	}
	p, err := in.open(env, args[1:]...)
	if err != nil {
		return nil, "", err
	}
	r, err := p.run(ctx)
	if err != nil {
		return nil, "", err
	}
	list, err := reportSources(r, out.lang, f.draws)
	if err != nil {
		return nil, "", err
	}
	e, err := sql.Open(ctx, append(list, sources...), args[:1], sql.Options{})
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = e.Close() }()
	t, err := e.Query(ctx, args[0])
	return t, e.Name(), err
}

// withOrigin is a table with a column origin, the same in every row.
func withOrigin(t *mizan.Relation, code string) *mizan.Relation {
	out := *t
	out.Columns = append(slices.Clone(t.Columns), mizan.RelationColumn{Name: "origin", Kind: mizan.TextColumn, Text: func(int) string { return code }})
	return &out
}

// entry is the origin of figures that a query computed, as the file of origins has
// it. Text is in double quotes as JSON has it, which YAML reads the same.
func (f *sqlFlags) entry(engine, query string) string {
	text := func(s string) string {
		b, _ := json.Marshal(s) // a string does not fail
		return string(b)
	}
	from := ""
	if len(f.tables) > 0 {
		from = " over " + strings.Join(f.tables, ", ")
	}
	if u, err := url.Parse(f.engine); err == nil && f.engine != "" {
		from = " at " + u.Host + u.Path
	}
	return fmt.Sprintf("%s:\n  publisher: \"\"  # who published what was asked\n  title: %s\n  licence: \"\"\n  note: %s\n",
		text(f.origin), text("Figures computed by SQL"), text("Computed by "+engine+from+": "+strings.Join(strings.Fields(query), " ")))
}

// sources are the tables of --table.
func (f *sqlFlags) sources(env *Env) ([]sql.Source, error) {
	if f.draws < 0 {
		return nil, usage("--draws is negative; give 1 or more, or leave it out")
	}
	var list []sql.Source
	for _, t := range f.tables {
		name, path, ok := strings.Cut(t, "=")
		if !ok || name == "" || path == "" {
			return nil, usage("--table %s: write NAME=PATH, such as works=raw/works.parquet", t)
		}
		list = append(list, sql.Files(name, env.path(path)))
	}
	return list, nil
}

// reportSources are the tables of a report, and its draws.
func reportSources(r *engine.Report, lang string, draws int) ([]sql.Source, error) {
	relations, err := r.Relations(lang)
	if err != nil {
		return nil, err
	}
	var list []sql.Source
	for _, t := range relations {
		list = append(list, sql.Relation(t))
	}
	return append(list, sql.Source{Name: "draws", Load: func(ctx context.Context, create func([]mizan.RelationColumn) error, add func([]any) error) error {
		t, err := r.DrawRelation(draws)
		if err != nil {
			return err
		}
		return sql.Relation(t).Load(ctx, create, add)
	}}), nil
}

// printRelation prints a table in one of the forms.
func printRelation(p *printer, format string, t *mizan.Relation) error {
	switch format {
	case csvFormat:
		return export.CSV(p, t, false)
	case parquetFormat:
		return export.Parquet(p, t)
	case jsonFormat:
		rows := make([]map[string]any, t.Rows)
		for i := range rows {
			rows[i] = map[string]any{}
			for k := range t.Columns {
				switch c := &t.Columns[k]; {
				case c.Missing(i):
					rows[i][c.Name] = nil
				case c.Kind == mizan.TextColumn:
					rows[i][c.Name] = c.Text(i)
				default:
					rows[i][c.Name] = mizan.Number(c.Number(i))
				}
			}
		}
		return p.json(rows)
	}
	var heads []string
	for _, c := range t.Columns {
		mark := ">"
		if c.Kind == mizan.TextColumn {
			mark = ""
		}
		heads = append(heads, mark+c.Name)
	}
	table := newTable(heads...)
	for i := range t.Rows {
		row := make([]string, len(t.Columns))
		for k := range t.Columns {
			if row[k] = string(t.Columns[k].Append(nil, i)); t.Columns[k].Missing(i) {
				row[k] = noValue
			}
		}
		table.add(row...)
	}
	table.write(p, p.style, "")
	return nil
}

// queryReport answers an assistant's question in SQL.
func queryReport(ctx context.Context, r *engine.Report, query string) (*mizan.Relation, error) {
	ctx, cancel := context.WithTimeout(ctx, longestQuery)
	defer cancel()
	sources, err := reportSources(r, "en", 200)
	if err != nil {
		return nil, err
	}
	t, err := sql.Query(ctx, sources, query, sql.Options{MostRows: mostAnswer})
	if ctx.Err() != nil && err != nil {
		return nil, &mizan.Problem{ID: "slow-query", Cause: "the query takes more than " + longestQuery.String(), Remedy: "ask for less of it"}
	}
	return t, err
}
