package site

import (
	"encoding/json"
	"html/template"
	"sync"

	"mizan"
	"mizan/build"
	"mizan/engine/live"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
	"mizan/spec"
)

// weighView is the page on which readers set the weights and methods.
type weighView struct {
	Known   bool // the book can be built anew: it was not read from a document
	Alive   bool // the program has the engine for pages in it
	Rows    []weighRow
	Tree    *weighNode
	Choices []weighChoice
	Bundle  template.JS // for the engine
	Facts   template.JS // for the script
	Command string
	Large   bool // too large to be weighed in a page
	Of      int  // units with a rank
}

// weighRow is a unit as it is published.
type weighRow struct {
	Code, Name, URL string
	Rank, Score     string
	Length          string
}

// weighNode is a node of the framework with the weight that it is given.
type weighNode struct {
	Code, Name string
	Weight     string // as a number of HTML
	Most       string
	Share      string // of its siblings, as published
	Below      []*weighNode
}

// weighChoice is a stage whose method can be switched.
type weighChoice struct {
	Path, Label string
	Methods     []weighMethod
}

type weighMethod struct{ Name, Label, About string }

// weighing is what the page needs of a book whoever reads it, made when first
// asked for.
type weighing struct {
	once    sync.Once
	choices []methodChoice
	mutex   sync.Mutex
	bundles map[int][]byte // by year
}

// methodChoice is a path of the project with the methods that build there.
type methodChoice struct {
	path    string
	stage   mizan.Stage
	methods []mizan.Method
}

// offered are the stages that readers can switch and the methods, in order,
// that need nothing but their name.
var offered = []struct {
	path  string
	stage mizan.Stage
	names []string
}{
	{"build.impute", mizan.Impute, []string{"none", "mean", "median", "nearest-neighbours", "em"}},
	{"build.treat", mizan.Treat, []string{"none", "winsorise", "log-coin", "yeo-johnson"}},
	{"build.normalise", mizan.Normalise, []string{"min-max", "z-score", "rank", "percentile-rank", "distance-to-max", "fraction-of-max"}},
	{"build.weights", mizan.Weight, []string{"equal", "principal-components", "entropy", "critic", "equal-influence"}},
	{"build.aggregate", mizan.Aggregate, []string{"arithmetic-mean", "geometric-mean", "harmonic-mean", "median", "minimum"}},
	{"framework.aggregate", mizan.Aggregate, []string{"arithmetic-mean", "geometric-mean", "harmonic-mean", "mazziotta-pareto", "median", "minimum"}},
}

// methodChoices lists what can be switched in a book: methods with which the
// project compiles.
func (b *book) methodChoices() []methodChoice {
	b.weighing.once.Do(func() {
		known := map[mizan.Stage]map[string]mizan.Method{}
		for _, m := range build.Methods() {
			if known[m.Stage] == nil {
				known[m.Stage] = map[string]mizan.Method{}
			}
			known[m.Stage][m.Name] = m
		}
		top := b.nodes[b.top]
		for _, o := range offered {
			if o.path == "build.aggregate" && top != nil && top.Level < 3 {
				continue // there is one mean, and framework.aggregate sets it
			}
			c := methodChoice{path: o.path, stage: o.stage}
			for _, name := range o.names {
				edited, err := b.Spec.Apply(spec.Edit{Set: o.path, To: name})
				if err == nil {
					_, err = build.Compile(edited)
				}
				if err == nil {
					c.methods = append(c.methods, known[o.stage][name])
				}
			}
			if len(c.methods) > 0 {
				b.weighing.choices = append(b.weighing.choices, c)
			}
		}
	})
	return b.weighing.choices
}

// bundle is what the engine in the page needs of a year.
func (b *book) bundle(year int) ([]byte, error) {
	w := &b.weighing
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if text, made := w.bundles[year]; made {
		return text, nil
	}
	text, err := live.Bundle(b.Spec, b.Panel, b.Result, year)
	if err != nil {
		return nil, err
	}
	if w.bundles == nil {
		w.bundles = map[int][]byte{}
	}
	w.bundles[year] = text
	return text, nil
}

// weighable reports whether a book can be built anew in the page, which would need all
// figures.
func (b *book) weighable() bool {
	return b.Spec != nil && b.Panel != nil && b.Result != nil && len(b.Withholds()) == 0
}

// mostWeighed is how many figures a page holds for its reader to weigh: about a
// megabyte of them.
const mostWeighed = 60_000

func weighPage(c *visit) (any, error) {
	b := c.book
	v := &weighView{Known: b.weighable(), Alive: c.site.alive(), Command: "mizan build" + c.arguments()}
	if v.Large = len(b.Units)*len(b.Indicators) > mostWeighed; v.Large {
		v.Alive = false
	}
	order := b.byRank(c.year, b.top)
	if v.Of = len(order); v.Large {
		order = order[:min(len(order), rowsPerPage)]
	}
	for _, u := range order {
		score := b.score(c.year, b.top, u)
		v.Rows = append(v.Rows, weighRow{
			Code: b.Units[u].Code, Name: c.unitName(u), URL: c.unitURL(b.Units[u].Code),
			Rank: c.Whole(b.rank(c.year, b.top, u)), Score: c.scored(score), Length: draw.Coordinate(b.scale.percent(score)),
		})
	}
	if !v.Known {
		return v, nil
	}
	v.Tree = c.weighTree(b.top, 1, 1, 1)
	for _, choice := range b.methodChoices() {
		w := weighChoice{Path: choice.path, Label: c.T(weighStages[choice.path])}
		for _, m := range choice.methods {
			w.Methods = append(w.Methods, weighMethod{m.Name, c.T("weigh.method." + m.Name), c.Said(m.Summary)})
		}
		v.Choices = append(v.Choices, w)
	}
	if v.Large {
		return v, nil
	}
	bundle, err := b.bundle(c.yearNumber())
	if err != nil {
		return nil, err
	}
	v.Bundle = template.JS(bundle) //nolint:gosec // encoding/json writes <, > and & so that no tag can end
	facts, err := json.Marshal(c.weighFacts(v.Command))
	v.Facts = template.JS(facts) //nolint:gosec // as above
	return v, err
}

// weighTree is a node with those below it; sum and count are of its siblings.
func (c *visit) weighTree(code string, weight, sum float64, count int) *weighNode {
	n := c.book.nodes[code]
	w := &weighNode{Code: code, Name: c.label(code), Weight: language.Exact(weight), Most: language.Exact(max(4*sum/float64(count), 2*weight)), Share: c.Percent(weight/sum, 0)}
	if n == nil {
		return w
	}
	total := 0.0
	for _, child := range n.Children {
		total += c.book.nodes[child].Weight
	}
	for _, child := range n.Children {
		w.Below = append(w.Below, c.weighTree(child, c.book.nodes[child].Weight, total, len(n.Children)))
	}
	return w
}

// weighFacts are what the script must know to speak of the build.
type weighFacts struct {
	Locale  string            `json:"locale"` // of numbers
	Command string            `json:"command"`
	Names   map[string]string `json:"names"` // of units, for sentences
	Ranks   map[string]int    `json:"ranks"` // as published
	Digits  int               `json:"digits"`
	Low     float64           `json:"low"`
	High    float64           `json:"high"`
	Words   map[string]string `json:"words"`
}

// locale is how scripts write numbers in a language of the pages: with the
// digits that the pages have.
func locale(code string) string { return code + "-u-nu-latn" }

func (c *visit) weighFacts(command string) weighFacts {
	b := c.book
	f := weighFacts{
		Locale: locale(c.Code), Command: command, Names: map[string]string{}, Ranks: map[string]int{},
		Digits: b.scale.digits, Low: b.scale.low, High: b.scale.high, Words: c.weighWords(),
	}
	for u, unit := range b.Units {
		f.Names[unit.Code] = c.unitName(u)
	}
	for _, u := range b.byRank(c.year, b.top) {
		f.Ranks[b.Units[u].Code] = int(b.rank(c.year, b.top, u))
	}
	return f
}

// weighStages are the keys of what can be switched.
var weighStages = map[string]string{
	"build.impute":        "weigh.stage.impute",
	"build.treat":         "weigh.stage.treat",
	"build.normalise":     "weigh.stage.normalise",
	"build.weights":       "weigh.stage.weights",
	"build.aggregate":     "weigh.stage.aggregate",
	"framework.aggregate": "weigh.stage.top",
}

// weighWords are the words of the script: the messages "weigh.says.…", their
// gaps left open, and those that it shares with the page.
func (c *visit) weighWords() map[string]string {
	words := map[string]string{"copied": c.T("weigh.copied")}
	for _, name := range []string{
		"loading", "failed", "folder", "published", "changed", "same", "nobody", "move", "drawing", "drawn", "up", "down", "stay", "new",
	} {
		words[name] = c.T("weigh.says." + name)
	}
	return words
}
