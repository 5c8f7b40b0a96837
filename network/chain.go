package network

import (
	"cmp"
	"math"
	"slices"

	"mizan"
)

// Chain is a chain of goods all of which are needed, with the share of each
// unit in the world's provision. It is made once and asked often; it may be
// asked by several goroutines.
type Chain struct {
	supply *mizan.Supply
	// shares [good][unit], NaN in goods of which no share is known.
	shares [][]float64
	// known says of a good that shares of it are known; unknown is the share of
	// providers who are not; unmeasured are the units that provide an amount
	// nobody states.
	known      []bool
	unknown    []float64
	unmeasured [][]string
	years      []int // of each good
}

// NewChain makes the chain of a table of provision: of every good the latest
// year that is not after the given one. Shares are of all that is provided of
// the good, by unknown providers too.
func NewChain(t *mizan.Supply, year int) *Chain {
	n := len(t.Goods)
	c := &Chain{
		supply: t, shares: make([][]float64, n), known: make([]bool, n), unknown: make([]float64, n),
		unmeasured: make([][]string, n), years: make([]int, n),
	}
	for _, row := range t.Rows {
		if row.Year <= year {
			c.years[row.Good] = max(c.years[row.Good], row.Year)
		}
	}
	for g := range c.shares {
		c.shares[g] = make([]float64, len(t.Units))
	}
	total := make([]float64, n)
	for _, row := range t.Rows {
		g := row.Good
		switch {
		case row.Year != c.years[g]:
		case math.IsNaN(row.Quantity):
			c.unmeasured[g] = append(c.unmeasured[g], t.Units[row.Unit])
		case row.Unknown:
			c.unknown[g] += row.Quantity
			total[g] += row.Quantity
		default:
			c.shares[g][row.Unit] += row.Quantity
			total[g] += row.Quantity
		}
	}
	for g, sum := range total {
		if c.known[g] = sum > 0; !c.known[g] {
			continue
		}
		c.unknown[g] /= sum
		for u := range c.shares[g] {
			c.shares[g][u] /= sum
		}
	}
	return c
}

// Units are the codes of the units that a chain may be asked about.
func (c *Chain) Units() []string { return c.supply.Units }

// Stages are the stages of the chain.
func (c *Chain) Stages() []mizan.SupplyStage { return c.supply.Stages }

// positions are those of the units that the table knows, each once.
func (c *Chain) positions(members []string) []int {
	var at []int
	for _, code := range members {
		if u := c.supply.Unit(code); u >= 0 && !slices.Contains(at, u) {
			at = append(at, u)
		}
	}
	return at
}

// Held are the shares of a unit in every good, in the order of the table's
// goods, NaN in goods of which no share is known; of a unit that the table does
// not know they are 0.
func (c *Chain) Held(unit string) []float64 {
	at := c.positions([]string{unit})
	return c.sums(at)
}

// sums adds up the shares of units in every good.
func (c *Chain) sums(at []int) []float64 {
	held := make([]float64, len(c.shares))
	for g := range held {
		if !c.known[g] {
			held[g] = math.NaN()
			continue
		}
		for _, u := range at {
			held[g] += c.shares[g][u]
		}
	}
	return held
}

// stage is the share in a stage of those who hold shares of the goods.
func (c *Chain) stage(stage int, held []float64) float64 {
	s := &c.supply.Stages[stage]
	out := math.NaN()
	for _, g := range s.Goods {
		sum := held[g]
		if c.known[g] && (math.IsNaN(out) || (sum < out) != s.Any && sum != out) {
			out = sum
		}
	}
	return out
}

// Share is the share that units have together in a stage: of a stage that needs
// all its goods the smallest, of one that needs any the largest. Goods of which
// no share is known are passed over; NaN where none is known.
func (c *Chain) Share(stage int, members []string) float64 {
	return c.stage(stage, c.sums(c.positions(members)))
}

// SelfSufficiency is what units can make together of the end of the chain, as
// a share of what the world makes: what their weakest stage allows,
//
//	min over stages of the share in the stage
//
// from 0 to 1. Stages of which nothing is known are passed over; NaN where none
// is known. Of the world without what unknown providers make it may be below 1.
func (c *Chain) SelfSufficiency(members []string) float64 {
	return c.SelfSufficiencyOf(c.sums(c.positions(members)))
}

// SelfSufficiencyOf is that of those who hold shares of the goods, which are
// the sums of Held.
func (c *Chain) SelfSufficiencyOf(held []float64) float64 {
	out := math.NaN()
	for s := range c.supply.Stages {
		if v := c.stage(s, held); !(v >= out) && !math.IsNaN(v) {
			out = v
		}
	}
	return out
}

// Coverage is the mean of the shares of units over the stages of which
// something is known, from 0 to 1. Unlike SelfSufficiency it adds up over units
// where every stage has one good.
func (c *Chain) Coverage(members []string) float64 {
	return c.CoverageOf(c.sums(c.positions(members)))
}

// CoverageOf is that of those who hold shares of the goods, which are the sums
// of Held.
func (c *Chain) CoverageOf(held []float64) float64 {
	sum, n := 0.0, 0
	for s := range c.supply.Stages {
		if v := c.stage(s, held); !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	return ratio(sum, float64(n))
}

// Silent are the codes of the stages of which no share is known.
func (c *Chain) Silent() []string {
	list := []string{}
	for s, stage := range c.supply.Stages {
		if math.IsNaN(c.stage(s, c.sums(nil))) {
			list = append(list, stage.Code)
		}
	}
	return list
}

// MostUnknown is the largest share of a good that unknown providers have, and
// the code of the good; 0 and "" where all are known.
func (c *Chain) MostUnknown() (share float64, good string) {
	for g, v := range c.unknown {
		if c.known[g] && v > share {
			share, good = v, c.supply.Goods[g].Code
		}
	}
	return share, good
}

// Unmeasured reports whether a unit provides some good in an amount that nobody
// states.
func (c *Chain) Unmeasured(unit string) bool {
	return slices.ContainsFunc(c.unmeasured, func(units []string) bool { return slices.Contains(units, unit) })
}

// ChainResult is a chain, good by good, and what units and alliances make of it.
type ChainResult struct {
	Choke  float64       `json:"choke"`
	Goods  []GoodResult  `json:"goods"`
	Units  []ChainHolder `json:"units"` // by coverage, the largest first
	Groups []ChainHolder `json:"groups"`
	Silent []string      `json:"silent"` // stages of which no share is known
	stages []mizan.SupplyStage
}

// GoodResult is who provides a good.
type GoodResult struct {
	Good    string       `json:"good"`
	Name    string       `json:"name,omitempty"`
	Year    int          `json:"year"`
	Holders []UnitShare  `json:"holders"`        // the largest first
	Unknown float64      `json:"unknown"`        // share of providers who are not known
	Also    []string     `json:"also,omitempty"` // providers of an amount that nobody states
	HHI     mizan.Number `json:"hhi"`
	HHILow  mizan.Number `json:"hhi_low"`
	HHIHigh mizan.Number `json:"hhi_high"`
	To75    int          `json:"to_75"`
	// Choke is the unit that has the share of a choke point; "" if none has.
	Choke string `json:"choke,omitempty"`
}

// UnitShare is the share of a unit.
type UnitShare struct {
	Unit  string  `json:"unit"`
	Share float64 `json:"share"`
}

// ChainHolder is a unit, or several together, against the chain.
type ChainHolder struct {
	Code            string       `json:"code"`
	Name            mizan.Text   `json:"name,omitempty"`
	Members         []string     `json:"members,omitempty"`
	SelfSufficiency mizan.Number `json:"self_sufficiency"`
	Coverage        mizan.Number `json:"coverage"`
	// Holds are the goods of which they have the share of a choke point.
	Holds []string `json:"holds"`
	// Weakest are the stages where they are weakest, the weakest first, and who
	// else holds most there.
	Weakest []WeakStage `json:"weakest"`
}

// WeakStage is a stage in which others must be relied on.
type WeakStage struct {
	Stage  string     `json:"stage"`
	Name   mizan.Text `json:"name,omitempty"`
	Share  float64    `json:"share"`
	Good   string     `json:"good"` // that is lacking most
	Holder string     `json:"holder"`
	Held   float64    `json:"held"` // share of the holder
}

// listedWeak is how many weak stages are listed of each holder.
const listedWeak = 8

func chainResult(c *Chain, groups []Group, choke float64) *ChainResult {
	r := &ChainResult{Choke: choke, Goods: []GoodResult{}, Units: []ChainHolder{}, Groups: []ChainHolder{}, Silent: c.Silent(), stages: c.supply.Stages}
	for g := range c.supply.Goods {
		r.Goods = append(r.Goods, c.good(g, choke))
	}
	for u, code := range c.supply.Units {
		if !slices.ContainsFunc(c.shares, func(of []float64) bool { return of[u] > 0 }) {
			continue
		}
		h := c.holder([]int{u}, choke)
		h.Code = code
		r.Units = append(r.Units, h)
	}
	slices.SortStableFunc(r.Units, func(a, b ChainHolder) int { return cmp.Compare(b.Coverage, a.Coverage) })
	for _, gr := range groups {
		members := slices.Compact(slices.Sorted(slices.Values(gr.Members)))
		h := c.holder(c.positions(members), choke)
		h.Code, h.Name, h.Members = gr.Code, gr.Name, members
		r.Groups = append(r.Groups, h)
	}
	return r
}

// good is who provides one good.
func (c *Chain) good(g int, choke float64) GoodResult {
	good := c.supply.Goods[g]
	r := GoodResult{Good: good.Code, Name: good.Name, Year: c.years[g], Holders: []UnitShare{}, Also: c.unmeasured[g]}
	nan := mizan.Number(math.NaN())
	r.HHI, r.HHILow, r.HHIHigh = nan, nan, nan
	if !c.known[g] {
		return r
	}
	var shares []float64
	for u, s := range c.shares[g] {
		if s > 0 {
			r.Holders = append(r.Holders, UnitShare{c.supply.Units[u], s})
		}
	}
	slices.SortStableFunc(r.Holders, func(a, b UnitShare) int { return cmp.Compare(b.Share, a.Share) })
	for _, h := range r.Holders {
		shares = append(shares, h.Share)
		if h.Share >= choke && r.Choke == "" {
			r.Choke = h.Unit
		}
	}
	r.Unknown = c.unknown[g]
	low, high := HHIBounds(shares, r.Unknown)
	r.HHI, r.HHILow, r.HHIHigh = mizan.Number(HHI(shares)), mizan.Number(low), mizan.Number(high)
	r.To75 = FewestTo(mostOf, shares)
	return r
}

// holder is some units together against the chain.
func (c *Chain) holder(at []int, choke float64) ChainHolder {
	held := c.sums(at)
	h := ChainHolder{
		SelfSufficiency: mizan.Number(c.SelfSufficiencyOf(held)), Coverage: mizan.Number(c.CoverageOf(held)), Holds: []string{}, Weakest: []WeakStage{},
	}
	for g, good := range c.supply.Goods {
		if c.known[g] && held[g] >= choke {
			h.Holds = append(h.Holds, good.Code)
		}
	}
	for s, stage := range c.supply.Stages {
		share := c.stage(s, held)
		if math.IsNaN(share) || share >= choke {
			continue
		}
		w := WeakStage{Stage: stage.Code, Name: stage.Name, Share: share}
		w.Good, w.Holder, w.Held = c.lacking(s, at, held, share)
		h.Weakest = append(h.Weakest, w)
	}
	slices.SortStableFunc(h.Weakest, func(a, b WeakStage) int { return cmp.Compare(a.Share, b.Share) })
	h.Weakest = h.Weakest[:min(len(h.Weakest), listedWeak)]
	return h
}

// lacking is the good of a stage that decides the share in it of units that
// hold shares of the goods, and who else has most of it.
func (c *Chain) lacking(stage int, at []int, held []float64, share float64) (good, holder string, most float64) {
	for _, g := range c.supply.Stages[stage].Goods {
		if !c.known[g] || held[g] != share {
			continue
		}
		for u, s := range c.shares[g] {
			if s > most && !slices.Contains(at, u) {
				holder, most = c.supply.Units[u], s
			}
		}
		return c.supply.Goods[g].Code, holder, most
	}
	return "", "", 0
}
