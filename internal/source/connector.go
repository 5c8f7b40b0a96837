package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"mizan"
)

// Connector reads the service of one publisher. Its functions are pure: they
// say what to ask for, and make figures of the answers; asking is the Client's.
type Connector struct {
	Name      string // in the project file
	Title     string
	Publisher string
	Licence   string // of the figures, as far as one holds for all of them
	URL       string // where people read about the service
	Base      string // the address of the service; "" = each source gives its own
	Series    string // what the key of a series is
	Example   string // such a key
	About     string // what a user has to know, in one or two sentences
	Options   []Option
	Key       *Key          // the key of an account, nil where none is used
	Pause     time.Duration // the least time between two requests
	Pairs     bool          // whether it can give pairs of units
	Computed  bool          // an engine computes the answers by SQL, nobody is asked by HTTP

	// Requests are the first requests for the series.
	Requests func(q *Query) ([]Request, error)
	// Next is the request for what follows an answer, nil at its end; the
	// function is nil where answers are whole.
	Next func(q *Query, p *Part) (*Request, error)
	// Parse makes figures of all answers. What is wrong in them is a
	// mizan.Problem whose place is the address.
	Parse func(q *Query, parts []Part) (*Harvest, error)
	// Describe says by which requests, and how, names and measures of series and
	// units are found; nil where the service has none.
	Describe *Describer
}

// Describer finds out what series are called.
type Describer struct {
	Requests func(q *Query) ([]Request, error)
	Parse    func(q *Query, parts []Part) (*Harvest, error)
}

// Option is what a connector has to know beside the series.
type Option struct {
	Name, About string
	Default     string
	Must        bool
}

// Key says how the key of an account reaches the service. It comes from the
// environment and stands in no file, message or snapshot.
type Key struct {
	Env    string // the variable of the environment
	Header string // the header that carries it, or
	Query  string // the parameter of the address
	Prefix string // what stands before it in the header
	Must   bool   // without it the service does not answer
}

// Query is what a project asks of a connector.
type Query struct {
	Source  string            `json:"source"` // the code of the source in the project
	Series  []Series          `json:"series"`
	From    int               `json:"from"` // the first year
	To      int               `json:"to"`   // the last year
	Base    string            `json:"base,omitempty"`
	Options map[string]string `json:"options,omitempty"`
	// Tables are the raw tables of figures that are computed, files or folders of the
	// project by their names in the queries.
	Tables map[string]string `json:"tables,omitempty"`
	// Units turns names of the publisher into the project's codes.
	Units map[string]string `json:"-"`
	// Known are the codes of the project's units; nil takes every country.
	Known []string `json:"-"`
}

// Series is a series of the publisher and the code that it has in the project.
type Series struct {
	Code string `json:"code"`
	Key  string `json:"key"`
}

// Request is a question to a service: a GET of an address without any key.
type Request struct {
	URL    string
	Accept string // the media type that is asked for; "" takes any
	Role   string // what the answer is, for Parse; "" = figures
	Series int    // position of the series in the query, where it is about one
}

// Part is an answer.
type Part struct {
	Request
	Type string // its media type
	Body []byte
}

// Harvest is what the answers hold.
type Harvest struct {
	Observations []Observation
	Pairs        []Pair
	Units        []UnitInfo
	Series       []SeriesInfo
	Findings     []mizan.Finding
}

// Observation is a figure.
type Observation struct {
	Unit, Series string // codes of the project
	Year         int
	Value        float64
	Status       mizan.Status // Missing stands for observed
}

// Pair is a figure of two units.
type Pair struct {
	A, B, Series string
	Year         int
	Weight       float64
}

// UnitInfo is what the publisher says of a unit.
type UnitInfo struct{ Code, Name, Region, Income string }

// SeriesInfo is what the publisher says of a series.
type SeriesInfo struct{ Code, Key, Name, Measure, Source, Note string }

// All lists the connectors by name. A new one is its file and a line here.
func All() []*Connector {
	list := append(sdmxServices(),
		computed(),
		comtrade(),
		epochAI(),
		innovationGraph(),
		openAlex(),
		ourWorldInData(),
		table(),
		top500(),
		undp(),
		wgi(),
		worldBank(),
	)
	slices.SortFunc(list, func(a, b *Connector) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// Find gives the connector of a name; nil if there is none.
func Find(name string) *Connector {
	for _, c := range All() {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Names lists the names of all connectors.
func Names() []string {
	var names []string
	for _, c := range All() {
		names = append(names, c.Name)
	}
	return names
}

// Check looks at what a source says before anything is asked: unknown and
// missing options, and a missing address. Problems have no place.
func (c *Connector) Check(q *Query) error {
	var problems mizan.Problems
	for _, name := range sortedNames(q.Options) {
		if !slices.ContainsFunc(c.Options, func(o Option) bool { return o.Name == name }) {
			problems.Add("unknown-option", mizan.Place{}, fmt.Sprintf("the source %s has the option %s, which the connector %s does not know", quote(q.Source), quote(name), c.Name),
				cmp.Or(c.optionNames(), "remove it"))
		}
	}
	for _, o := range c.Options {
		if o.Must && q.Options[o.Name] == "" {
			problems.Add("missing-option", mizan.Place{}, fmt.Sprintf("the source %s lacks the option %s", quote(q.Source), quote(o.Name)), "give it: "+o.About)
		}
	}
	switch {
	case c.Computed && q.Base == "" && len(q.Tables) == 0:
		problems.Add("missing-address", mizan.Place{}, fmt.Sprintf("the source %s says not where the raw tables are", quote(q.Source)),
			"give `tables: {works: raw/works}`, or as `url` an SQLite file or clickhouse://USER@HOST:9000/DATABASE")
	case c.Computed: // checkEngine looks at the address
	case c.Base == "" && q.Base == "":
		problems.Add("missing-address", mizan.Place{}, fmt.Sprintf("the source %s says no address", quote(q.Source)), "give `url`")
	}
	if q.From > q.To {
		problems.Add("bad-period", mizan.Place{}, fmt.Sprintf("the source %s would begin in %d and end in %d", quote(q.Source), q.From, q.To), "give `from` and `to`")
	}
	if len(problems) > 0 {
		return problems.OrNil()
	}
	_, err := c.Requests(q)
	if err == nil {
		return nil
	}
	for _, p := range asProblemList(err) {
		problems.Add(p.ID, mizan.Place{}, "the source "+quote(q.Source)+": "+p.Cause, or(p.Remedy, "a series is "+c.Series))
	}
	return problems.OrNil()
}

func (c *Connector) optionNames() string {
	var names []string
	for _, o := range c.Options {
		names = append(names, o.Name)
	}
	if names == nil {
		return ""
	}
	return "it knows " + strings.Join(names, ", ")
}

func sortedNames(m map[string]string) []string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// option is the value of an option, or its default.
func (c *Connector) option(q *Query, name string) string {
	if v := q.Options[name]; v != "" {
		return v
	}
	for _, o := range c.Options {
		if o.Name == name {
			return o.Default
		}
	}
	return ""
}

// base is the address of the service without a slash at its end.
func (q *Query) base(own string) string { return strings.TrimRight(cmp.Or(q.Base, own), "/") }

// settle brings a harvest into its order: series as the query has them, then
// units and years; other years than those asked for are left out, and a figure
// without a status is an observed one. A figure that stands twice with the same value is one; with
// two values it is a problem.
func (h *Harvest) settle(q *Query) error {
	place := map[string]int{}
	for i, s := range q.Series {
		place[s.Code] = i
	}
	h.Observations = slices.DeleteFunc(h.Observations, func(o Observation) bool { return o.Year < q.From || o.Year > q.To })
	h.Pairs = slices.DeleteFunc(h.Pairs, func(p Pair) bool { return p.Year < q.From || p.Year > q.To })
	for i := range h.Observations {
		if h.Observations[i].Status == mizan.Missing {
			h.Observations[i].Status = mizan.Observed
		}
	}
	slices.SortStableFunc(h.Observations, func(a, b Observation) int {
		return cmp.Or(cmp.Compare(place[a.Series], place[b.Series]), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Year, b.Year))
	})
	slices.SortStableFunc(h.Pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(place[a.Series], place[b.Series]), cmp.Compare(a.Year, b.Year), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	slices.SortFunc(h.Units, func(a, b UnitInfo) int { return cmp.Compare(a.Code, b.Code) })
	var problems mizan.Problems
	kept := h.Observations[:0]
	for i, o := range h.Observations {
		if i > 0 {
			last := kept[len(kept)-1]
			if last.Series == o.Series && last.Unit == o.Unit && last.Year == o.Year {
				if last.Value != o.Value && len(problems) < listed {
					problems.Add("two-figures", mizan.Place{}, fmt.Sprintf("the publisher gives two figures of %s for %s in %d, %s and %s",
						o.Series, o.Unit, o.Year, number(last.Value), number(o.Value)), "narrow the series down to one")
				}
				continue
			}
		}
		kept = append(kept, o)
	}
	h.Observations = kept
	counts := map[string]int{}
	for _, o := range h.Observations {
		counts[o.Series]++
	}
	for _, p := range h.Pairs {
		counts[p.Series]++
	}
	for _, s := range q.Series {
		if counts[s.Code] == 0 {
			h.Findings = append(h.Findings, mizan.Finding{
				ID: "no-figures", Severity: mizan.Warn, Code: s.Code,
				Message: fmt.Sprintf("%s: the publisher has no figure of %s from %d to %d for the project's units", s.Code, quote(s.Key), q.From, q.To),
				Remedy:  "is the series the right one, and are the years?",
			})
		}
	}
	return problems.OrNil()
}

// Harvest makes figures of the answers, in order and each once.
func (c *Connector) Harvest(q *Query, parts []Part) (*Harvest, error) {
	h, err := c.Parse(q, parts)
	if err != nil {
		return nil, err
	}
	return h, h.settle(q)
}

// Table is the CSV of a harvest: of figures (unit, indicator, year, value,
// and status where one is not observed), or of pairs (a, b, year, weight).
// Numbers are the shortest text that reads back as the same number.
func (h *Harvest) Table(origin string) []byte {
	if len(h.Pairs) > 0 {
		rows := [][]string{{"a", "b", "year", "weight"}}
		for _, p := range h.Pairs {
			rows = append(rows, []string{p.A, p.B, fmt.Sprint(p.Year), number(p.Weight)})
		}
		return csvText(rows)
	}
	marked := slices.ContainsFunc(h.Observations, func(o Observation) bool { return o.Status != mizan.Observed })
	head := []string{"unit", "indicator", "year", "value"}
	if marked {
		head = append(head, "status")
	}
	if origin != "" {
		head = append(head, "origin")
	}
	rows := [][]string{head}
	for _, o := range h.Observations {
		row := []string{o.Unit, o.Series, fmt.Sprint(o.Year), number(o.Value)}
		if marked {
			row = append(row, o.Status.String())
		}
		if origin != "" {
			row = append(row, origin)
		}
		rows = append(rows, row)
	}
	return csvText(rows)
}

// badAnswer is a problem of an answer.
func badAnswer(url, cause, remedy string) error {
	return mizan.Problems{{ID: "bad-answer", Place: mizan.Place{File: url}, Cause: cause, Remedy: remedy}}
}
