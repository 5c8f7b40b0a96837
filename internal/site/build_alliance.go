package site

import (
	"encoding/json"
	"html/template"
	"sync"

	"mizan/alliance"
	"mizan/engine/live"
)

// builder is the part of a page on which readers put an alliance together.
type builder struct {
	Alive   bool   // the program has the engine for pages in it, and the page the figures
	Whole   bool   // all figures may be shown, so that a page can carry them
	Action  string // of the form; "" where nobody answers
	Members string // what was asked for
	Example string // of codes
	Command string
	Units   []builderUnit
	Starts  []builderUnit // alliances to start from
	Pillars []builderUnit
	Bundle  template.JS // for the engine
	Ties    template.JS
	Facts   template.JS // for the script
}

// builderUnit is a unit, an alliance or an aggregate that can be named.
type builderUnit struct {
	Code, Name, URL string
	Depth           int
}

// gathering is what the engine in the page pools from, by year, made when first
// asked for.
type gathering struct {
	mutex sync.Mutex
	made  map[int]gathered
}

type gathered struct{ bundle, ties []byte }

// gather makes what the engine in the page pools from.
func (b *book) gather(st *alliance.Study) (gathered, error) {
	g := &b.gathering
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if made, known := g.made[st.Year()]; known {
		return made, nil
	}
	var made gathered
	var err error
	if made.bundle, err = live.PoolBundle(b.Spec, b.Panel, b.Result, st.Year()); err != nil {
		return made, err
	}
	if made.ties, err = json.Marshal(st.TieTable()); err != nil {
		return made, err
	}
	if g.made == nil {
		g.made = map[int]gathered{}
	}
	g.made[st.Year()] = made
	return made, nil
}

// builderFacts are what the script must know to speak of an alliance.
type builderFacts struct {
	Locale  string              `json:"locale"`
	Command string              `json:"command"`
	Full    string              `json:"full"` // address of the page that tells all; "" = none
	Names   map[string]string   `json:"names"`
	Starts  map[string][]string `json:"starts"`
	Nodes   []string            `json:"nodes"` // aggregates in the order of the table
	Digits  int                 `json:"digits"`
	Words   map[string]string   `json:"words"`
}

// newBuilder makes the part for the year that is shown.
func (c *visit) newBuilder(st *alliance.Study, list []alliance.Brief) (*builder, error) {
	b := &builder{
		Alive: c.site.alive(), Members: clip(c.query.Get("members")), Example: c.exampleOf(st.Units()), Command: "mizan alliance" + c.arguments() + " --members",
	}
	f := builderFacts{
		Locale: locale(c.Code), Command: b.Command, Names: map[string]string{}, Starts: map[string][]string{}, Digits: c.book.scale.digits, Words: map[string]string{},
	}
	if !c.site.config.Written {
		b.Action = c.to("/alliance")
		f.Full = b.Action
	}
	for u, unit := range c.book.Units {
		f.Names[unit.Code] = c.unitName(u)
		b.Units = append(b.Units, builderUnit{Code: unit.Code, Name: c.unitName(u)})
	}
	for _, a := range list {
		if len(a.Members) > 0 {
			b.Starts = append(b.Starts, builderUnit{Code: a.Code, Name: c.Text(a.Name, a.Code)})
			f.Starts[a.Code] = a.Members
		}
	}
	var down func(code string, depth int)
	down = func(code string, depth int) {
		n := c.book.nodes[code]
		if n == nil || len(n.Children) == 0 {
			return
		}
		b.Pillars = append(b.Pillars, builderUnit{Code: code, Name: c.label(code), URL: c.codeURL(code), Depth: depth})
		f.Nodes = append(f.Nodes, code)
		for _, child := range n.Children {
			down(child, depth+1)
		}
	}
	down(c.book.top, 0)
	for _, name := range []string{"loading", "failed", "folder", "empty", "unknown", "all", "unscored", "ahead", "behind", "best"} {
		f.Words[name] = c.T("build.says." + name)
	}
	f.Words["remove"], f.Words["copied"] = c.T("build.remove"), c.T("build.copied")
	b.Whole = c.book.weighable()
	if !b.Alive || !b.Whole {
		b.Alive = false
		return b, nil
	}
	made, err := c.book.gather(st)
	if err != nil {
		return nil, err
	}
	facts, err := json.Marshal(f)
	b.Bundle, b.Ties, b.Facts = template.JS(made.bundle), template.JS(made.ties), template.JS(facts) //nolint:gosec // encoding/json writes <, > and & so that no tag can end
	return b, err
}
