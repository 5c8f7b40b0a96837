package site

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/dataset"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/spec"
)

// methodologyView is the page made from the project file and the registry of
// methods: nothing on it is written by hand.
type methodologyView struct {
	Units, Indicators, Level int
	Years                    string
	LookBack                 string
	Tree                     []treeRow
	Stages                   []stageView
	Findings                 []findingGroup
	Commands                 []string
	Edits                    []string
	Hash                     string
	Sparse                   []sparseUnit // units with the fewest figures
	Drivers                  *driversView
	Bounds                   []boundsRow
	Audit                    string // address of the audit
}

// treeRow is a node of the framework, depth first.
type treeRow struct {
	Label, URL, Code  string
	Depth             int
	Aggregate         bool
	Weight, Within    string // declared, and the share within the parent
	Effective, Length string // share in the whole, and its bar
	Method            string
	Direction         string
	Mirror            string // what the parent sees of a reversed aggregate
}

// stageView is one stage of the chain with what the project does there.
type stageView struct {
	Title, Purpose string
	Steps          []stepView
	Each           []stepView // deviations of single indicators
	Pairs          []pair     // denominated indicators
	Others         []stepView // methods that could have been chosen as well
}

// stepView is a method in use, with its description from the registry.
type stepView struct {
	For, URL                          string // level or indicator it holds for; "" = all
	Method, Name                      string
	Summary, Formula, Missing, Source string
	Options                           []optionView
}

type optionView struct {
	Name, Value, Summary string
	Given                bool
}

type findingGroup struct {
	ID, Title, Severity, Grade string
	Remedy                     template.HTML
	Count                      int
	Messages                   []template.HTML
}

type sparseUnit struct {
	Name, URL, Share string
	Length           string
	Available, Of    int
}

func methodologyPage(c *visit) (any, error) {
	b := c.book
	v := &methodologyView{
		Units: len(b.Units), Hash: b.Project.Hash, Edits: b.Project.Edits,
		Tree: c.tree(), Findings: c.findings(), Commands: c.commands(), Sparse: c.sparse(), Drivers: c.allDrivers(),
	}
	for _, n := range b.Nodes {
		v.Level = max(v.Level, n.Level)
		if len(n.Children) == 0 {
			v.Indicators++
		}
	}
	v.Audit = c.to("/audit")
	v.Years = strconv.Itoa(b.Years[0])
	if last := b.Years[len(b.Years)-1]; last != b.Years[0] {
		v.Years = c.T("range", "low", v.Years, "high", strconv.Itoa(last))
	}
	if b.Spec != nil {
		v.LookBack = c.lookBack(b.Spec.Period)
		v.Stages = c.stages(b.Spec)
		v.Bounds = c.bounds()
	}
	return v, nil
}

// lookBack says the rule for figures of other years.
func (c *visit) lookBack(p spec.Period) string {
	switch {
	case p.LookBack > 0 && p.StandIn > 0:
		return c.T("methodology.years.both", "back", p.LookBack, "on", p.StandIn)
	case p.LookBack > 0:
		return c.T("methodology.years.back", "back", p.LookBack)
	case p.StandIn > 0:
		return c.T("methodology.years.on", "on", p.StandIn)
	}
	return c.T("methodology.years.same")
}

// tree lists the framework depth first.
func (c *visit) tree() []treeRow {
	b := c.book
	var rows []treeRow
	var walk func(code string, depth int, siblings float64)
	walk = func(code string, depth int, siblings float64) {
		n := b.nodes[code]
		if n == nil {
			return
		}
		row := treeRow{
			Label: c.label(code), URL: c.codeURL(code), Code: code, Depth: depth, Aggregate: len(n.Children) > 0,
			Effective: c.Percent(n.Effective, 2), Length: draw.Coordinate(100 * n.Effective), Method: c.Word("method", n.Method),
		}
		if depth > 0 {
			row.Weight = c.Figure(n.Weight)
			if siblings > 0 {
				row.Within = c.Percent(n.Weight/siblings, 1)
			}
		}
		if i := b.indicators[code]; i != nil && i.Direction < 0 {
			row.Direction = c.T("less-is-better")
		}
		if n.Reversed {
			row.Direction, row.Mirror = c.T("less-is-better"), c.mirror(n)
		}
		rows = append(rows, row)
		sum := 0.0
		for _, child := range n.Children {
			if k := b.nodes[child]; k != nil {
				sum += k.Weight
			}
		}
		for _, child := range n.Children {
			walk(child, depth+1, sum)
		}
	}
	walk(b.top, 0, 0)
	return rows
}

// stages describes the chain in the order in which it runs.
func (c *visit) stages(s *spec.Spec) []stageView {
	view := func(stage mizan.Stage) stageView {
		return stageView{Title: c.Word("stage", string(stage)), Purpose: c.Word("stage.purpose", string(stage))}
	}
	one := func(stage mizan.Stage, st spec.Step) stageView {
		v := view(stage)
		v.Steps = []stepView{c.step(stage, st)}
		for _, e := range st.Each {
			sv := c.step(stage, e.Step)
			sv.For, sv.URL = c.label(e.Code), c.codeURL(e.Code)
			v.Each = append(v.Each, sv)
		}
		v.Others = c.others(stage, slices.Concat(v.Steps, v.Each))
		return v
	}
	denominate := view(mizan.Denominate)
	for _, d := range s.Build.Denominate {
		denominate.Pairs = append(denominate.Pairs, pair{c.label(d.Code), c.denominated(d)})
	}
	aggregate := view(mizan.Aggregate)
	for i, st := range s.Build.Aggregate {
		sv := c.step(mizan.Aggregate, st)
		sv.For = c.T("methodology.level", "level", i+2)
		if i == len(s.Build.Aggregate)-1 {
			sv.For = c.T("methodology.level.above", "level", i+2)
		}
		aggregate.Steps = append(aggregate.Steps, sv)
	}
	for _, n := range nodesWithOwnStep(s.Framework) {
		sv := c.step(mizan.Aggregate, *n.Aggregate)
		sv.For, sv.URL = c.label(n.Code), c.codeURL(n.Code)
		aggregate.Each = append(aggregate.Each, sv)
	}
	aggregate.Others = c.others(mizan.Aggregate, slices.Concat(aggregate.Steps, aggregate.Each))
	return []stageView{
		denominate, one(mizan.Impute, s.Build.Impute), one(mizan.Screen, s.Build.Screen), one(mizan.Treat, s.Build.Treat),
		one(mizan.Normalise, s.Build.Normalise), one(mizan.Weight, s.Build.Weights), aggregate,
	}
}

// denominated says by what a denominator divides or multiplies.
func (c *visit) denominated(d spec.Denominator) string {
	sign, by := "÷", c.label(d.By)
	if d.Operation == "multiply" {
		sign = "×"
	}
	if d.Scale != 0 && d.Scale != 1 {
		return sign + " (" + by + " / " + c.Figure(d.Scale) + ")"
	}
	return sign + " " + by
}

// others are the methods of a stage that the project does not use.
func (c *visit) others(stage mizan.Stage, used []stepView) []stepView {
	var list []stepView
	for _, m := range build.Methods() {
		if m.Stage == stage && !slices.ContainsFunc(used, func(s stepView) bool { return s.Method == m.Name || s.Method == "" && m.Name == "none" }) {
			list = append(list, stepView{Method: m.Name, Name: c.Word("method", m.Name), Summary: m.Summary})
		}
	}
	return list
}

func nodesWithOwnStep(n spec.Node) []spec.Node {
	var ns []spec.Node
	if n.Aggregate != nil {
		ns = append(ns, n)
	}
	for _, child := range n.Children {
		ns = append(ns, nodesWithOwnStep(child)...)
	}
	return ns
}

// step joins a step as written with what the registry says of its method.
func (c *visit) step(stage mizan.Stage, st spec.Step) stepView {
	v := stepView{Method: st.Method, Name: c.Word("method", st.Method)}
	given := map[string]any{}
	for _, o := range st.Options {
		given[o.Name] = o.Value
	}
	for _, m := range build.Methods() {
		if m.Stage != stage || m.Name != st.Method {
			continue
		}
		v.Summary, v.Formula, v.Missing, v.Source = m.Summary, m.Formula, m.Missing, m.Source
		for _, o := range m.Options {
			value, ok := given[o.Name]
			delete(given, o.Name)
			if !ok {
				value = o.Default
			}
			if value != nil {
				v.Options = append(v.Options, optionView{Name: o.Name, Value: optionText(value), Summary: o.Summary, Given: ok})
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		v.Options = append(v.Options, optionView{Name: name, Value: optionText(given[name]), Given: true})
	}
	return v
}

// optionText writes an option's value as the project file would.
func optionText(v any) string {
	switch x := v.(type) {
	case []any:
		parts := make([]string, len(x))
		for i := range x {
			parts[i] = optionText(x[i])
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case []float64:
		parts := make([]string, len(x))
		for i := range x {
			parts[i] = optionText(x[i])
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(x)) {
			parts = append(parts, k+": "+optionText(x[k]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case float64:
		return language.Exact(x)
	}
	return fmt.Sprint(v)
}

// findings groups the remarks by kind, the gravest first.
func (c *visit) findings() []findingGroup {
	var groups []findingGroup
	at := map[string]int{}
	for _, f := range c.book.Findings {
		key := string(f.Severity) + " " + f.ID
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key] = i
			groups = append(groups, findingGroup{ID: f.ID, Severity: string(f.Severity), Title: c.findingKind(f.ID), Grade: c.Word("severity", string(f.Severity)), Remedy: c.cureOf(&f)})
		}
		groups[i].Count++
		groups[i].Messages = append(groups[i].Messages, c.toldOf(f.Said, f.Message))
	}
	slices.SortStableFunc(groups, func(a, b findingGroup) int {
		return cmp.Compare(gravity[mizan.Severity(a.Severity)], gravity[mizan.Severity(b.Severity)])
	})
	return groups
}

// findingKind is what a kind of finding is called; its ID if no message knows it.
func (c *visit) findingKind(id string) string {
	return c.auditWord("kind", id, c.Word("finding-kind", id))
}

// boundsRow is what treatment did to an indicator and what normalisation learnt
// of it.
type boundsRow struct{ Label, URL, Treated, Learnt string }

// bounds are the figures that the stages have learnt of each indicator in the
// year shown.
func (c *visit) bounds() []boundsRow {
	b := c.book
	order := b.byRank(c.year, b.top)
	if b.Result == nil || len(order) == 0 {
		return nil
	}
	unit := b.Units[order[0]].Code // what is learnt is the same for every unit
	var rows []boundsRow
	for _, code := range c.leaves() {
		trace, err := b.Result.Trace(unit, code, c.yearNumber())
		if err != nil {
			continue
		}
		row := boundsRow{Label: c.label(code), URL: c.codeURL(code)}
		for _, s := range trace.Steps {
			how := c.how(s)
			switch s.Stage {
			case mizan.Treat:
				row.Treated = c.Word("method", s.Method)
				if how != "" {
					row.Treated = c.T("in-brackets", "text", row.Treated, "note", how)
				}
			case mizan.Normalise:
				row.Learnt = how
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// commands says how to make the numbers of this page by hand.
func (c *visit) commands() []string {
	args := c.arguments()
	return []string{"mizan check" + args, "mizan build" + args + " -o out"}
}

// arguments name the project and the variant of the page on a command line.
func (c *visit) arguments() string {
	args := ""
	if c.site.config.Project != "" {
		args = " " + shellWord(c.site.config.Project)
	}
	if c.variant != "" {
		args += " --variant " + shellWord(c.variant)
	}
	return args
}

// shellWord quotes a word for a shell where it needs to be.
func shellWord(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./~", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// sparse lists the ten units with the smallest share of figures, if any lack
// one.
func (c *visit) sparse() []sparseUnit {
	var out []sparseUnit
	for _, y := range c.book.Coverage {
		if y.Year != c.yearNumber() {
			continue
		}
		units := slices.Clone(y.Units)
		slices.SortStableFunc(units, func(a, b dataset.Coverage) int { return cmp.Compare(a.Share, b.Share) })
		for _, u := range units[:min(10, len(units))] {
			i, ok := c.book.units[u.Code]
			if !ok || u.Available == u.Of {
				continue
			}
			out = append(out, sparseUnit{
				Name: c.unitName(i), URL: c.unitURL(u.Code), Share: c.Percent(u.Share, 0),
				Length: draw.Coordinate(100 * u.Share), Available: u.Available, Of: u.Of,
			})
		}
	}
	return out
}
