package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/claim"
	"mizan/dataset"
	"mizan/engine"
	"mizan/internal/source"
	"mizan/internal/store"
	"mizan/spec"
)

// refreshFile says of each series of a project, in its folder, by which connector it
// can be pulled anew, or why it cannot.
const (
	refreshFile   = "refresh.csv"
	refreshFolder = "data/refresh"
)

// refreshRow is a line of that file.
type refreshRow struct{ series, connector, key, options, url, note string }

// refreshRows reads the file.
func (d *dataProject) refreshRows() ([]refreshRow, error) {
	text, err := d.readLocal(refreshFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, problem("no-refresh", d.name(refreshFile), "the project does not say how its series are pulled anew",
			"name the source of a series under `sources` of the project file; `mizan data list` has the connectors")
	}
	if err != nil {
		return nil, fileProblem(d.name(refreshFile), err)
	}
	cells, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(cells) == 0 || !slices.Equal(cells[0], []string{"series", "connector", "key", "options", "url", "note"}) {
		return nil, problem("bad-refresh", d.name(refreshFile), "this is no table of series, connector, key, options, url and note", "take it back from the project that it was copied of")
	}
	var rows []refreshRow
	for _, c := range cells[1:] {
		rows = append(rows, refreshRow{c[0], c[1], c[2], c[3], c[4], c[5]})
	}
	return rows, nil
}

// renew pulls series anew, each as a source of its own. A source that the project does
// not have yet is added to it once its figures are there and the project builds with
// them; what that changes is told.
func (p *puller) renew(ctx context.Context, series []string) error {
	r := &refresher{before: p.dataProject, text: string(p.Text)}
	if err := r.plan(series); err != nil {
		return err
	}
	after, err := r.after()
	if err != nil {
		return err
	}
	q := &puller{after, p.pullFlags, p.client}
	var sources []spec.DataSource
	for _, code := range r.codes {
		i := slices.IndexFunc(after.spec.DataSources, func(s spec.DataSource) bool { return s.Code == code })
		sources = append(sources, after.spec.DataSources[i])
	}
	if err := q.run(ctx, sources); err != nil || len(r.added) == 0 {
		return err
	}
	return r.take(ctx, after, sources, p.top)
}

// refresher adds sources to a project.
type refresher struct {
	before  *dataProject
	past    *mizan.Panel // its figures of all years; nil until they are asked for
	text    string       // of the project file
	origins string       // of the file of origins, "" if nothing is added to it
	codes   []string     // the sources to pull
	added   []spec.DataSource
}

// plan finds the sources of series, and writes those that are new into the texts.
func (r *refresher) plan(series []string) error {
	rows, err := r.before.refreshRows()
	if err != nil {
		return err
	}
	var names []string
	for _, row := range rows {
		names = append(names, row.series)
	}
	var problems mizan.Problems
	for _, code := range series {
		if has := sourceOf(r.before.spec, code); has != "" {
			if !slices.Contains(r.codes, has) {
				r.codes = append(r.codes, has)
			}
			continue
		}
		i := slices.Index(names, code)
		switch {
		case i < 0:
			remedy := "it has " + strings.Join(names, ", ")
			if near, ok := spec.Suggest(code, names); ok {
				remedy = fmt.Sprintf("did you mean %q?", near)
			}
			problems = append(problems, problem("unknown-series", r.before.name(refreshFile), fmt.Sprintf("there is no series %q", code), remedy))
		case rows[i].connector == "":
			problems = append(problems, problem("no-connector", r.before.name(refreshFile), fmt.Sprintf("no connector pulls %s", code), clean(rows[i].note)))
		case slices.ContainsFunc(r.before.spec.Ties, func(t spec.TieTable) bool { return t.Code == code }):
			problems = append(problems, problem("refresh-ties", r.before.name(refreshFile), fmt.Sprintf("%s is a table of ties, which a pull makes as a whole", code),
				fmt.Sprintf("add to the project file `sources: [%s]`, pull it, and name that file under `ties`", sourceText(r.source(rows[i])))))
		case slices.Contains(r.codes, code):
		default:
			if err := r.add(rows[i]); err != nil {
				problems = append(problems, asProblems(err)...)
			}
		}
	}
	return problems.OrNil()
}

// sourceOf is the code of the source that pulls a series already.
func sourceOf(s *spec.Spec, series string) string {
	for _, x := range s.DataSources {
		if slices.ContainsFunc(x.Series, func(y spec.SourceSeries) bool { return y.Code == series }) {
			return x.Code
		}
	}
	return ""
}

// source is the source of a series.
func (r *refresher) source(row refreshRow) spec.DataSource {
	s := spec.DataSource{
		Code: row.series, Connector: row.connector, Series: []spec.SourceSeries{{Code: row.series, Key: row.key}},
		File: path.Join(refreshFolder, row.series+".csv"), URL: row.url,
	}
	for o := range strings.SplitSeq(row.options, ";") {
		if name, value, ok := strings.Cut(o, "="); ok {
			if s.Options == nil {
				s.Options = map[string]string{}
			}
			s.Options[name] = value
		}
	}
	return s
}

// add writes a source into the texts. It asks for all the years of which the project has
// figures, so that nothing gets lost that the publisher still has.
func (r *refresher) add(row refreshRow) error {
	s := r.source(row)
	if r.past == nil {
		past, err := dataset.History(r.before.spec, r.before.Files)
		if err != nil {
			return r.before.relocate(err)
		}
		r.past = past
	}
	origin := ""
	first, last := 0, 0
	for _, o := range r.figures(row.series) {
		if first == 0 || o.Year < first {
			first = o.Year
		}
		last = max(last, o.Year)
		origin = r.past.Origins[o.origin].Code
	}
	if years := r.before.spec.Period.Years(); len(years) > 0 && first > 0 {
		s.From = min(first, max(years[0]-r.before.spec.Period.LookBack, 1))
		s.To = max(last, years[len(years)-1]+r.before.spec.Period.StandIn)
	}
	if s.Origin = origin; row.connector != "table" { // a table is that of the publisher before
		s.Origin = r.originOf(row.connector)
	}
	if row.note != "" {
		r.before.env.note("%s: %s", row.series, clean(row.note))
	}
	text, ok := addItem(r.text, "observations", fmt.Sprintf("{file: %s, replaces: yes}", s.File))
	if ok {
		text, ok = addItem(text, "sources", sourceText(s))
	}
	if !ok {
		return problem("inline-list", r.before.name(r.before.Name), "observations or sources are written in a way that nothing can be added to", "write them as lists, an entry a line")
	}
	r.text, r.added, r.codes = text, append(r.added, s), append(r.codes, s.Code)
	return nil
}

// pastFigure is a figure that the project has.
type pastFigure struct {
	source.Observation
	origin uint16
}

// figures are those that the project has of a series.
func (r *refresher) figures(series string) []pastFigure {
	var list []pastFigure
	c := slices.Index(r.past.Codes, series)
	for y := range r.past.Years {
		for u, unit := range r.past.Units {
			if v := r.past.At(y, c, u); !math.IsNaN(v) {
				list = append(list, pastFigure{source.Observation{Unit: unit, Series: series, Year: r.past.Years[y], Value: v}, r.past.Cell(y, c, u).Origin})
			}
		}
	}
	return list
}

// originOf is the origin of what a connector pulls, written into the file of origins if
// it is not there; "" if the project has no such file.
func (r *refresher) originOf(connector string) string {
	c, file := source.Find(connector), r.before.spec.Origins.File
	if c == nil || file == "" {
		return ""
	}
	code := "pulled_" + strings.ReplaceAll(connector, "-", "_")
	if r.origins == "" {
		text, err := fs.ReadFile(r.before.Files, file)
		if err != nil {
			return ""
		}
		r.origins = string(text)
	}
	if !strings.Contains("\n"+r.origins, "\n"+code+":") {
		if r.origins != "" && !strings.HasSuffix(r.origins, "\n") {
			r.origins += "\n"
		}
		r.origins += fmt.Sprintf("%s:\n  publisher: %s\n  title: %s\n  licence: %s\n  url: %s\n  note: Pulled from the publisher's service; mizan.lock has the addresses and days.\n",
			code, strconv.Quote(c.Publisher), strconv.Quote(c.Title), strconv.Quote(c.Licence), strconv.Quote(c.URL))
	}
	return code
}

// after is the project with the sources added. That nothing else is changed is made sure.
func (r *refresher) after() (*dataProject, error) {
	if len(r.added) == 0 {
		return r.before, nil
	}
	d, p := *r.before, *r.before.project
	p.Text = []byte(r.text)
	s, err := spec.Parse(p.Name, p.Text)
	if err != nil {
		return nil, r.before.relocate(err)
	}
	n := len(r.added)
	if len(s.Observations) != len(r.before.spec.Observations)+n || len(s.DataSources) != len(r.before.spec.DataSources)+n ||
		!reflect.DeepEqual(s.DataSources[len(s.DataSources)-n:], r.added) {
		return nil, problem("inline-list", r.before.name(p.Name), "observations or sources are written in a way that nothing can be added to", "write them as lists, an entry a line")
	}
	if r.origins != "" {
		p.Files = overlay{FS: p.Files, files: map[string][]byte{s.Origins.File: []byte(r.origins)}}
	}
	d.project, d.spec = &p, s
	return &d, nil
}

// take builds the project as it was and with the new figures, and writes it. It tells
// top changes and units at most.
func (r *refresher) take(ctx context.Context, after *dataProject, sources []spec.DataSource, top int) error {
	changes, err := r.changes(after, sources)
	if err != nil {
		return err
	}
	var reports [2]*engine.Report
	for i, p := range []*project{r.before.project, after.project} {
		report, err := p.run(ctx)
		if err != nil {
			if i == 1 && asProblems(err) != nil {
				r.before.env.note("The figures are there, but the project does not build with them and was left as it is.")
			}
			return err
		}
		reports[i] = report
	}
	difference, err := engine.Diff(reports[0], reports[1], 0)
	if err != nil {
		return err
	}
	if err := r.write(ctx, after); err != nil {
		return err
	}
	w := &printer{&bytes.Buffer{}, after.env.style(after.env.Stdout)}
	for _, c := range changes {
		fmt.Fprintf(w, "\n%s the figures of the project, and those that replace them\n", w.bold(c.Source+":"))
		w.changed(c.Changes, top)
	}
	w.movement(reports[0], difference, "en", top)
	fmt.Fprintf(w, "\n%s names %s now. To go back, take away the lines with %s.\n", after.name(after.Name), plural(len(r.added), "further source"), refreshFolder)
	_, err = after.env.Stdout.Write(w.Bytes())
	return err
}

// changes compares the project's figures with those pulled, for the units that have any
// of these: the others keep theirs.
func (r *refresher) changes(after *dataProject, sources []spec.DataSource) ([]sourceChanges, error) {
	var list []sourceChanges
	for _, s := range r.added {
		l := after.lock.Source(s.Code)
		i := slices.IndexFunc(sources, func(x spec.DataSource) bool { return x.Code == s.Code })
		q, now, err := after.harvest(source.Find(s.Connector), sources[i], l.Last())
		if err != nil {
			return nil, err
		}
		if len(now.Observations) == 0 {
			return nil, problem("no-figures", after.name(s.File), "no figure came, so that none is replaced", "is the series the right one, and are the names of the units?")
		}
		has := map[string]bool{}
		for _, o := range now.Observations {
			has[o.Unit] = true
		}
		was := &source.Harvest{}
		for _, o := range r.figures(s.Code) {
			if has[o.Unit] {
				was.Observations = append(was.Observations, o.Observation)
			}
		}
		list = append(list, sourceChanges{Source: s.Code, Changes: source.Compare(q, was, now)})
	}
	return list, nil
}

// write writes the project file and that of origins, both or neither.
func (r *refresher) write(ctx context.Context, after *dataProject) error {
	files := []store.File{{Name: after.Name, Write: texted(ctx, r.text)}}
	if r.origins != "" {
		if err := after.within(after.spec.Origins.File); err != nil {
			return err
		}
		files = append(files, store.File{Name: after.spec.Origins.File, Write: texted(ctx, r.origins)})
	}
	return asFileProblem(filepath.Join(after.Folder, after.Name), store.WriteFiles(after.path("."), files))
}

func texted(ctx context.Context, text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(whileLive(ctx, w), text)
		return err
	}
}

// sourceText is a source on one line, as the project file has it.
func sourceText(s spec.DataSource) string {
	var b strings.Builder
	fmt.Fprintf(&b, "{code: %s, connector: %s, series: {%s: %s}, file: %s", plainText(s.Code), plainText(s.Connector), plainText(s.Series[0].Code), plainText(s.Series[0].Key), plainText(s.File))
	if s.From > 0 {
		fmt.Fprintf(&b, ", from: %d, to: %d", s.From, s.To)
	}
	if s.URL != "" {
		fmt.Fprintf(&b, ", url: %s", plainText(s.URL))
	}
	if len(s.Options) > 0 {
		b.WriteString(", options: {")
		for i, name := range slices.Sorted(maps.Keys(s.Options)) {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "%s: %s", plainText(name), plainText(s.Options[name]))
		}
		b.WriteString("}")
	}
	if s.Origin != "" {
		fmt.Fprintf(&b, ", origin: %s", plainText(s.Origin))
	}
	return b.String() + "}"
}

// unquoted are texts that YAML takes for nothing else.
var unquoted = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9_./-]*[A-Za-z0-9])?$`)

func plainText(s string) string {
	if unquoted.MatchString(s) && !slices.Contains([]string{"yes", "no", "true", "false", "null", "on", "off", "y", "n"}, strings.ToLower(s)) {
		return s
	}
	return strconv.Quote(s)
}

// inline is a list on one line: what is before its items, these, and what follows.
var inline = regexp.MustCompile(`^(\w+:[ \t]*\[)(.*?)([ \t]*\][ \t]*(?:#.*)?\r?\n?)$`)

// addItem adds an item to a list of the project file, as that is written: on one line,
// or an item a line. ok is false where it is written in another way.
func addItem(text, key, item string) (string, bool) {
	lines := strings.SplitAfter(text, "\n")
	indent := "  "
	for i, line := range lines {
		if !strings.HasPrefix(line, key+":") {
			continue
		}
		if m := inline.FindStringSubmatch(line); m != nil {
			if strings.TrimSpace(m[2]) != "" {
				m[2] += ", "
			}
			lines[i] = m[1] + m[2] + item + m[3]
			return strings.Join(lines, ""), true
		}
		for _, next := range lines[i+1:] {
			if at := strings.Index(next, "- "); at > 0 && strings.TrimSpace(next[:at]) == "" {
				indent = next[:at]
				break
			}
		}
	}
	text, _, ok := claim.Insert(text, key, indent+"- "+item+"\n")
	return text, ok
}
