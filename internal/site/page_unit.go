package site

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"mizan/internal/site/draw"
	"mizan/stat"
)

// unitView is the page of one unit.
type unitView struct {
	Name, Code string
	Year       string
	Ranked     bool
	Rank       string
	Of         int
	Interval   string // of the rank; "" if nothing is uncertain
	Score      string
	Removed    string // why it has no rank
	Groups     []pair
	Facts      []string // sentences
	Standings  []standing
	Strengths  []effect
	Weaknesses []effect
	Neighbours []neighbour
	Readings   []reading
	Drivers    *driversView
	Trails     []trailGroup
	Sum        string // of the contributions
	SumKnown   bool

	Peers        *draw.PeersChart
	PeersFrame   *figureFrame
	Allied       []allianceRow
	Radar        *draw.Radar
	RadarFrame   *figureFrame
	Charts       []*framedCurve
	Banded       bool // some chart has a band
	CourseDraws  int
	CourseOf     string // the reading that the years are of, if it is not that of the page
	CourseURL    string
	Chances      *draw.ChancesChart
	ChancesFrame *figureFrame
	Tops         []pair
	Draws        int
	Sure         string
	Ties         []tiesOf
	Supply       []supplyOf
	Promises     []targetRow
	Scenarios    []touched
	Weigh        string
	Pages        map[string]string // addresses that sections lead on to
	Contents     []link
	Lacks        []string // what the page has not got, and why
}

// standing is a unit's score in an aggregate, against the median and the best.
type standing struct {
	Label, URL   string
	Depth        int
	LessIsBetter bool
	Score        gauge
	Rank, Of     string
	Median, Best gauge
	BestName     string
	rank         float64 // from the best
}

// effect is what an indicator gives the unit over the unit in the middle.
type effect struct {
	Label, Anchor string
	Rank          string
	Of            int
	Points        string
	points        float64
}

type neighbour struct {
	Rank, Name, URL string
	Score           gauge
	Gap             string
	Self            bool
}

// reading is the unit's rank in another variant.
type reading struct {
	Label, URL, Note string
	Rank             string
	Of               int
	Self             bool
}

func unitPage(c *visit) (any, error) {
	b := c.book
	code := c.r.PathValue("code")
	u, ok := b.units[code]
	if !ok {
		return nil, missing("unit", code, b.unitNames())
	}
	rank := b.rank(c.year, b.top, u)
	v := &unitView{
		Name: c.unitName(u), Code: code, Year: strconv.Itoa(c.yearNumber()), Ranked: !math.IsNaN(rank),
		Rank: c.Whole(rank), Of: len(b.byRank(c.year, b.top)),
		Score: c.scored(b.score(c.year, b.top, u)), Interval: c.interval(u),
	}
	for _, g := range b.groups {
		l := c.GroupValue(b.Units[u].Groups[g])
		said := func(p pair) bool { return p.Value == l } // as an income band says what the income says
		if l != "" && !slices.ContainsFunc(v.Groups, said) {
			v.Groups = append(v.Groups, pair{c.GroupName(g), l})
		}
	}
	for _, r := range b.Removed {
		if r.Unit == code && r.Year == c.yearNumber() {
			v.Removed = c.saying(r.Said, r.Reason)
		}
	}
	v.Standings = c.standings(u)
	v.Strengths, v.Weaknesses = c.effects(u)
	v.Neighbours = c.neighbours(u)
	v.Readings = c.readings(code)
	v.Drivers = c.drivers(code)
	v.Facts = c.facts(v)
	c.addTrails(v, u)
	allied, why := c.belongs(code)
	if why != "" {
		v.Lacks = append(v.Lacks, why)
	}
	for _, a := range allied {
		v.Allied = append(v.Allied, c.allianceRow(a, 0))
	}
	c.addPeers(v, u, allied)
	c.addRadar(v, u)
	c.addTrend(v)
	c.addChances(v, u)
	c.addTies(v)
	c.addSupply(v)
	c.addTargets(v, allied)
	c.addScenarios(v)
	c.addContents(v)
	return v, nil
}

// addContents lists the sections that the page has, says why others are not
// there, and finds where they lead on to.
func (c *visit) addContents(v *unitView) {
	if len(v.Charts) == 0 {
		v.Lacks = append(v.Lacks, c.T("unit.lacks.years"))
	}
	if v.Chances == nil {
		v.Lacks = append(v.Lacks, c.T("unit.lacks.draws"))
	}
	if v.Drivers == nil {
		v.Lacks = append(v.Lacks, c.T("unit.lacks.drivers"))
	}
	v.Pages = map[string]string{}
	for page, there := range map[string]bool{
		"ranking": true, "weigh": true, "methodology": true,
		"alliances": len(v.Allied) > 0, "targets": len(v.Promises) > 0, "scenarios": len(v.Scenarios) > 0,
	} {
		if there { // a link alone makes a written site hold the page
			v.Pages[page] = c.to("/" + page)
		}
	}
	for _, s := range []struct {
		id, key string
		there   bool
	}{
		{"peers", "unit.peers", v.Peers != nil},
		{"pillars", "pillars", len(v.Standings) > 0},
		{"effects", "unit.effects", len(v.Strengths)+len(v.Weaknesses) > 0},
		{"years", "over-the-years", len(v.Charts) > 0},
		{"ranks", "unit.chances", v.Chances != nil},
		{"drivers", "drivers.one", v.Drivers != nil},
		{"ties", "unit.ties", len(v.Ties) > 0},
		{"chips", "unit.supply", len(v.Supply) > 0},
		{"promises", "unit.promises", len(v.Promises) > 0},
		{"scenarios", "unit.scenarios", len(v.Scenarios) > 0},
		{"trails", "unit.trails", len(v.Trails) > 0},
		{"lacks", "unit.lacks", len(v.Lacks) > 0},
	} {
		if s.there {
			v.Contents = append(v.Contents, link{Label: c.T(s.key), URL: "#" + s.id})
		}
	}
}

// standings goes through the aggregates below the top, depth first.
func (c *visit) standings(u int) []standing {
	var out []standing
	var walk func(code string, depth int)
	walk = func(code string, depth int) {
		for _, child := range c.book.nodes[code].Children {
			n := c.book.nodes[child]
			if n == nil || depth > 0 && len(n.Children) == 0 {
				continue
			}
			out = append(out, c.standing(child, u, depth))
			walk(child, depth+1)
		}
	}
	if c.book.nodes[c.book.top] != nil {
		walk(c.book.top, 0)
	}
	return out
}

func (c *visit) standing(code string, u, depth int) standing {
	b := c.book
	order := b.byRank(c.year, code)
	rank := b.rank(c.year, code, u)
	s := standing{
		rank: rank, Label: c.label(code), URL: c.codeURL(code), Depth: depth,
		Score: c.gauge(b.score(c.year, code, u)), Rank: c.Whole(rank), Of: c.Count(len(order)),
		Median: c.gauge(stat.Median(b.column(b.Scores, c.year, code))), Best: c.gauge(math.NaN()),
	}
	if s.LessIsBetter = b.facing[code] < 0; s.LessIsBetter {
		slices.Reverse(order)
		s.rank = float64(1 + count(b.column(b.Scores, c.year, code), func(v float64) bool { return v < b.score(c.year, code, u) }))
		if math.IsNaN(rank) {
			s.rank = rank
		}
	}
	if len(order) > 0 {
		s.Best = c.gauge(b.score(c.year, code, order[0]))
		s.BestName = c.unitName(order[0])
	}
	return s
}

// count is how many values are of a kind.
func count(x []float64, of func(float64) bool) int {
	n := 0
	for _, v := range x {
		if of(v) {
			n++
		}
	}
	return n
}

// effects weighs, for every indicator, the distance of the unit's normalised
// value from the median by the indicator's effective weight, with the opposite
// sign where less is better, and returns the five largest above zero and the five largest below.
func (c *visit) effects(u int) (strengths, weaknesses []effect) {
	b := c.book
	var all []effect
	for _, n := range b.Nodes {
		if len(n.Children) > 0 {
			continue
		}
		points := float64(b.facing[n.Code]) * n.Effective * (b.score(c.year, n.Code, u) - stat.Median(b.column(b.Scores, c.year, n.Code)))
		if math.IsNaN(points) || points == 0 {
			continue
		}
		all = append(all, effect{
			Label: c.label(n.Code), Anchor: anchor(n.Code), points: points, Points: c.gained(points),
			Rank: c.Whole(b.rank(c.year, n.Code, u)), Of: len(b.byRank(c.year, n.Code)),
		})
	}
	slices.SortStableFunc(all, func(i, j effect) int { return cmp.Compare(j.points, i.points) })
	for _, e := range all {
		if e.points > 0 && len(strengths) < 5 {
			strengths = append(strengths, e)
		}
	}
	for _, e := range slices.Backward(all) {
		if e.points < 0 && len(weaknesses) < 5 {
			weaknesses = append(weaknesses, e)
		}
	}
	return strengths, weaknesses
}

func anchor(code string) string { return "i-" + code }

// neighbours are the three units above and the three below.
func (c *visit) neighbours(u int) []neighbour {
	b := c.book
	order := b.byRank(c.year, b.top)
	i := slices.Index(order, u)
	if i < 0 {
		return nil
	}
	own := b.score(c.year, b.top, u)
	var ns []neighbour
	for _, v := range order[max(0, i-3):min(len(order), i+4)] {
		score := b.score(c.year, b.top, v)
		n := neighbour{
			Rank: c.Whole(b.rank(c.year, b.top, v)), Name: c.unitName(v), URL: c.unitURL(b.Units[v].Code),
			Score: c.gauge(score), Self: v == u,
		}
		if !n.Self {
			n.Gap = c.gained(score - own)
		}
		ns = append(ns, n)
	}
	return ns
}

// readings gives the unit's rank in the project as written and in every
// variant, in the same year where that is built, else in the last. A variant
// that cannot be built is left out here; its own page says why.
func (c *visit) readings(code string) []reading {
	var out []reading
	for _, variant := range append([]string{""}, c.base.variantCodes()...) {
		made, _ := c.site.builds.get(variant)
		if made.book == nil {
			continue
		}
		other := &visit{Language: c.Language, r: c.r, site: c.site, at: c.at, query: c.query, variant: variant, base: c.base, book: made.book, way: c.way}
		other.year = len(made.book.Years) - 1
		if y := slices.Index(made.book.Years, c.yearNumber()); y >= 0 {
			other.year = y
		}
		u, ok := made.book.units[code]
		if !ok {
			continue
		}
		r := reading{
			Label: c.T("variant.published"), URL: other.unitURL(code), Self: variant == c.variant,
			Rank: c.Whole(made.book.rank(other.year, made.book.top, u)), Of: len(made.book.byRank(other.year, made.book.top)),
		}
		for _, v := range c.base.Project.Variants {
			if v.Code == variant {
				r.Label, r.Note = c.Text(v.Title, v.Code), c.Text(v.Description, "")
			}
		}
		if c.site.config.Written {
			r.URL = other.to("/ranking")
		}
		if other.yearNumber() != c.yearNumber() {
			r.Label = c.T("in-brackets", "text", r.Label, "note", strconv.Itoa(other.yearNumber()))
		}
		out = append(out, r)
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// facts says in sentences what the figures below show.
func (c *visit) facts(v *unitView) []string {
	b := c.book
	order := b.byRank(c.year, b.top)
	if !v.Ranked || len(order) == 0 {
		return nil
	}
	middle := c.scored(stat.Median(b.column(b.Scores, c.year, b.top)))
	facts := []string{c.T("unit.median", "median", middle)}
	if best := order[0]; b.Units[best].Code != v.Code {
		facts[0] = c.T("unit.median.best", "median", middle, "best", c.unitName(best), "score", c.scored(b.score(c.year, b.top, best)))
	}
	var high, low *standing
	for k := range v.Standings {
		s := &v.Standings[k]
		if s.Depth > 0 || math.IsNaN(s.rank) {
			continue
		}
		if high == nil || s.rank < high.rank {
			high = s
		}
		if low == nil || s.rank > low.rank {
			low = s
		}
	}
	if high != nil && high.rank < low.rank {
		key := "unit.stands"
		if high.LessIsBetter || low.LessIsBetter {
			key = "unit.stands.turned"
		}
		facts = append(facts, c.T(key, "high", high.Label, "highRank", int(high.rank), "highOf", high.Of, "low", low.Label, "lowRank", int(low.rank), "lowOf", low.Of))
	}
	return facts
}
