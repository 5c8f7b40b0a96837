package alliance

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/network"
	"mizan/spec"
)

// valued is the value functions by which the contributions to an alliance are
// told, the declared ones first, then the score of every pillar.
type valued struct {
	games     []game
	summaries []mizan.Said
	declared  int // of games
	findings  []Finding
}

// add takes up a value function.
func (v *valued) add(g game, summary mizan.Said) {
	v.games, v.summaries = append(v.games, g), append(v.summaries, summary)
}

// values are the value functions for the members of a group. Errors are
// mizan.Problems: those of the tables of supply that they name.
func (st *Study) values(g *Group) (*valued, error) {
	p, v := st.pooler, &valued{}
	pillars := pillarsOf(p.result.Nodes)
	for _, f := range st.spec.Values() {
		switch f.Of {
		case spec.ValueScore:
			v.add(scoreGame(f.Of, p.top), sayScore.Say())
		case spec.ValueBestOf:
			v.add(bestOfGame(p, pillars), sayBest.Say())
		case spec.ValueReach:
			v.add(reachGame(p, f.Top), sayReach.Say("count", inWords(f.Top), "n", f.Top))
		default:
			if err := st.supplied(v, f, g); err != nil {
				return nil, err
			}
		}
	}
	v.declared = len(v.games)
	for _, n := range pillars {
		v.add(scoreGame(p.result.Nodes[n].Code, n), sayPillar.Say("code", p.result.Nodes[n].Code))
	}
	return v, nil
}

// inWords writes a small number as a word.
func inWords(n int) string {
	words := []string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}

// supplied adds a value function of a table of supply, with what must be known
// of it.
func (st *Study) supplied(v *valued, f spec.ValueFunction, g *Group) error {
	if st.options.Supply == nil {
		return mizan.Problems{{
			ID: "no-supply", Cause: fmt.Sprintf("the value function %s needs the table of supply %s, which was not given", f.Of, f.Supply),
			Remedy: "give the tables of supply with the options",
		}}
	}
	t, err := st.options.Supply(f.Supply)
	if err != nil {
		return err
	}
	year := network.NearestYear(t, st.options.Year)
	members := st.pooler.codes(g.at)
	name := t.Code
	if n := t.Name.In("en"); n != "" {
		name = fmt.Sprintf("%s (%s)", n, t.Code)
	}
	first := !slices.ContainsFunc(v.games, func(one game) bool { return one.supply == t.Code })
	var chain *network.Chain
	switch {
	case !t.Provision:
		v.add(homeGame(st.pooler, t, network.NewUse(t, year)), sayHome.Say("table", name))
	default:
		chain = network.NewChain(t, year)
		one, summary := chainGame(st.pooler, t, chain, f.Of), sayChain.Say("table", name)
		if f.Of == spec.ValueSelfSufficiency {
			summary = sayWeakest.Say("table", name)
		}
		v.add(one, summary)
	}
	if first {
		v.findings = append(v.findings, st.supplyFindings(t, chain, year, members)...)
	}
	return nil
}

// chainGame is what members can do together along a chain, in per cent. Nobody
// has 0.
func chainGame(p *pooler, t *mizan.Supply, c *network.Chain, of string) game {
	held := make([][]float64, len(p.result.Units))
	value := c.CoverageOf
	if of == spec.ValueSelfSufficiency {
		value = c.SelfSufficiencyOf
	}
	for u, code := range p.result.Units {
		held[u] = c.Held(code)
	}
	return game{code: of, supply: t.Code, set: &setGame{
		start: make([]float64, len(t.Goods)),
		add: func(state []float64, u int) {
			for g, s := range held[u] {
				state[g] += s
			}
		},
		value: func(state []float64) float64 { return perCent(value(state)) },
	}}
}

// homeGame is the share, in per cent, of what members use that is supplied from
// their homes. The state is the quantities by supplier, then 1 for every unit
// that belongs.
func homeGame(p *pooler, t *mizan.Supply, use *network.Use) game {
	n := len(t.Suppliers)
	quantities := make([][]float64, len(p.result.Units))
	at := map[string]int{}
	for u, code := range p.result.Units {
		quantities[u], at[code] = use.Of(code), n+u
	}
	return game{code: spec.ValueCoverage, supply: t.Code, set: &setGame{
		start: make([]float64, n+len(p.result.Units)),
		add: func(state []float64, u int) {
			for k, q := range quantities[u] {
				state[k] += q
			}
			state[n+u] = 1
		},
		value: func(state []float64) float64 {
			return perCent(use.Coverage(state[:n], func(home string) bool {
				i, known := at[home]
				return known && state[i] == 1
			}))
		},
	}}
}

// perCent is a share in per cent; of what is not known 0.
func perCent(share float64) float64 {
	if math.IsNaN(share) {
		return 0
	}
	return 100 * share
}

// supplyFindings are the remarks on a table by which contributions are told.
func (st *Study) supplyFindings(t *mizan.Supply, chain *network.Chain, year int, members []string) []Finding {
	var list []Finding
	add := func(id string, severity mizan.Severity, units []string, said mizan.Said) {
		list = append(list, Finding{Finding: mizan.Finding{ID: id, Severity: severity, Code: t.Code}.With(said), Units: units})
	}
	if year != st.options.Year {
		add("supply-of-another-year", mizan.Info, nil, sayTableYear.Say("table", t.Code, "year", year, "index", st.options.Year))
	}
	if t.NonCommercial {
		add("supply-non-commercial", mizan.Warn, nil, sayTableCommerce.Say("table", t.Code))
	}
	if t.Sample != "" {
		add("supply-sample", mizan.Warn, nil, sayTableSample.Say("table", t.Code, "what", t.Sample))
	}
	if t.Note != "" {
		add("supply-note", mizan.Info, nil, sayTableNote.Say("table", t.Code, "note", strings.TrimSuffix(t.Note, ".")))
	}
	if chain == nil {
		st.useFindings(t, year, members, add)
		return list
	}
	if silent := chain.Silent(); len(silent) > 0 {
		add("supply-silent", mizan.Warn, nil, counted(len(silent), sayTableSilent1, sayTableSilent, "table", t.Code, "stages", strings.Join(silent, ", ")))
	}
	if share, good := chain.MostUnknown(); share > 0 {
		add("supply-unknown", mizan.Info, nil, sayTableNobody.Say("table", t.Code, "share", fmt.Sprintf("%.0f", 100*share), "good", good))
	}
	var without, unmeasured []string
	for _, m := range members {
		if chain.Unmeasured(m) {
			unmeasured = append(unmeasured, m)
		} else if !slices.ContainsFunc(chain.Held(m), func(s float64) bool { return s > 0 }) {
			without = append(without, m)
		}
	}
	if len(without) > 0 {
		add("supply-without", mizan.Info, without, sayTableProvides.Say("table", t.Code))
	}
	if len(unmeasured) > 0 {
		add("supply-unmeasured", mizan.Info, unmeasured, sayTableUnmeasured.Say("table", t.Code))
	}
	return list
}

// useFindings are the remarks on a table of use.
func (st *Study) useFindings(t *mizan.Supply, year int, members []string, add func(string, mizan.Severity, []string, mizan.Said)) {
	use := network.NewUse(t, year)
	known, unknown := 0.0, 0.0
	var without []string
	for _, m := range members {
		of := use.Of(m)
		if of == nil {
			without = append(without, m)
		}
		for k, q := range of {
			switch s := &t.Suppliers[k]; {
			case s.Nobody:
			case s.Unknown:
				unknown += q
			default:
				known += q
			}
		}
	}
	if unknown > 0 {
		add("supply-unknown", mizan.Warn, nil, sayTableUnknown.Say("table", t.Code, "share", fmt.Sprintf("%.0f", 100*unknown/(known+unknown))))
	}
	if len(without) > 0 {
		add("supply-without", mizan.Info, without, sayTableWithout.Say("table", t.Code))
	}
}
