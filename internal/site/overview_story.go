package site

import (
	"math"
	"net/url"
	"slices"
	"sync"

	"mizan/alliance"
	"mizan/internal/site/language"
	"mizan/network"
	"mizan/scenario"
	"mizan/target"
)

// storyCard is one of the five figures in which the first page tells the story.
type storyCard struct {
	Label, Figure, Says string
	URL, More           string
}

// story picks the five figures by rules, from what the project has: who leads
// and by how much, which alliance comes nearest to the leader, on whose supply
// all depend, what becomes of what was promised, and which what-if moves most.
// Those that hang on a build are told of the build shown; the others stand with
// the project as written.
func (c *visit) story() []storyCard {
	tellers := []func() (storyCard, bool){c.storyOfLeader, c.storyOfAlliance}
	if c.variant == "" && c.year == len(c.book.Years)-1 {
		tellers = append(tellers, c.storyOfSupply, c.storyOfTargets, c.storyOfScenario)
	}
	var cards []storyCard
	for _, tell := range tellers {
		if card, ok := tell(); ok {
			cards = append(cards, card)
		}
	}
	return cards
}

func (c *visit) storyOfLeader() (storyCard, bool) {
	b := c.book
	order := b.byRank(c.year, b.top)
	if len(order) < 2 {
		return storyCard{}, false
	}
	one, two := b.score(c.year, b.top, order[0]), b.score(c.year, b.top, order[1])
	return storyCard{
		Label: c.T("story.lead"), Figure: c.scored(math.Abs(one - two)),
		Says: c.T("story.lead.says", "first", c.inText(order[0]), "second", c.inText(order[1]), "score", c.scored(one), "other", c.scored(two)),
		URL:  c.to("/ranking"), More: c.T("overview.all"),
	}, true
}

// inText is the name of a unit as it stands in a sentence: with its article where
// the language gives it one, if need be cut.
func (c *visit) inText(u int) string { return c.Definite(c.unitName(u)) }

// storyOfAlliance is about the alliance with the highest score of those that
// the leader is not in.
func (c *visit) storyOfAlliance() (storyCard, bool) {
	if !menuHas(c.book, "alliances") {
		return storyCard{}, false
	}
	order := c.book.byRank(c.year, c.book.top)
	st, err := c.study()
	if err != nil || len(order) == 0 {
		return storyCard{}, false
	}
	leader := c.book.Units[order[0]].Code
	var best *alliance.Brief
	list := c.overview(st)
	for i := range list {
		a := &list[i]
		against := len(a.Members) > 1 && !math.IsNaN(float64(a.Gap)) && !slices.Contains(a.Members, leader)
		if against && (best == nil || a.Score > best.Score) {
			best = a
		}
	}
	if best == nil {
		return storyCard{}, false
	}
	key := "story.alliance.behind"
	if best.Gap >= 0 {
		key = "story.alliance.ahead"
	}
	pairs := []any{
		"alliance", language.Shorten(c.Text(best.Name, best.Code), 60), "n", len(best.Members), "leader", c.Definite(c.nameOf(best.Leader)),
		"rank", best.Rank, "gap", c.scored(math.Abs(float64(best.Gap))),
	}
	says := c.T(key, pairs...)
	if best.Interval != nil {
		says += " " + c.T("story.alliance.chance", append(pairs, "share", c.chance(best.Interval.Passes))...)
	}
	return storyCard{
		Label: c.T("story.alliance"), Figure: c.gained1(float64(best.Gap)), Says: says,
		URL: c.to("/alliance/" + url.PathEscape(best.Code)), More: c.T("story.alliance.more"),
	}, true
}

// gained1 writes a difference of scores with the decimals of scores.
func (c *visit) gained1(v float64) string { return c.Signed(v, c.book.scale.digits) }

// storyOfSupply is about the first table that tells who uses whose goods.
func (c *visit) storyOfSupply() (storyCard, bool) {
	if !menuHas(c.book, "supply") {
		return storyCard{}, false
	}
	tables, _, err := c.book.Supply()
	if err != nil {
		return storyCard{}, false
	}
	var of *network.SupplyResult
	for _, t := range tables {
		d, err := c.book.Dependence(t.Code, network.SupplyOptions{Trust: 1})
		if err == nil && d.World != nil && len(d.World.Homes) > 0 && len(d.World.Suppliers) > 0 {
			of = d
			break
		}
	}
	if of == nil {
		return storyCard{}, false
	}
	home, first := of.World.Homes[0], of.World.Suppliers[0]
	supplier := first.Name
	if supplier == "" {
		supplier = first.Supplier
	}
	return storyCard{
		Label: c.T("story.supply"), Figure: c.Percent(home.Share, 0),
		Says: c.T("story.supply.says", "what", c.Text(of.Table.Name, of.Table.Code), "home", c.Definite(c.nameOf(home.Home)),
			"supplier", language.Shorten(supplier, 60), "share", c.Percent(first.Share, 0)),
		URL: c.to("/supply/" + of.Table.Code), More: c.T("story.supply.more"),
	}, true
}

// storyOfTargets counts what will more likely than not be kept.
func (c *visit) storyOfTargets() (storyCard, bool) {
	r, err := c.book.targets()
	if err != nil || r == nil {
		return storyCard{}, false
	}
	likely, told := 0, 0
	var least *target.Track
	for i := range r.Targets {
		t := &r.Targets[i]
		if t.Ensemble == nil || math.IsNaN(float64(t.Ensemble.Probability)) {
			continue
		}
		told++
		if t.Ensemble.Probability >= 0.5 {
			likely++
		}
		if least == nil || t.Ensemble.Probability < least.Ensemble.Probability {
			least = t
		}
	}
	if least == nil {
		return storyCard{}, false
	}
	return storyCard{
		Label: c.T("story.targets"), Figure: c.T("story.targets.figure", "n", likely, "of", told),
		Says: c.T("story.targets.says", "all", len(r.Targets), "n", likely, "of", told, "share", c.chance(float64(least.Ensemble.Probability)),
			"target", language.Shorten(c.Text(least.Title, least.ID), 90)),
		URL: c.to("/targets"), More: c.T("story.targets.more"),
	}, true
}

// quickly are the scenarios at the middle of their assumptions: without draws,
// they take little time.
type quickly struct {
	once   sync.Once
	result *scenario.Result
}

func (b *book) quickScenarios() *scenario.Result {
	q := &b.hurried
	q.once.Do(func() {
		if !b.hasScenarios() {
			return
		}
		st, err := b.Scenarios(scenario.Options{Draws: -1})
		if err != nil {
			return
		}
		if list, err := scenario.Find(b.Spec, nil); err == nil {
			q.result, _ = st.Run(list)
		}
	})
	return q.result
}

// storyOfScenario is about the what-if that moves its unit by most places. A unit
// that stands as part of an alliance is no subject for it.
func (c *visit) storyOfScenario() (storyCard, bool) {
	r := c.book.quickScenarios()
	if r == nil {
		return storyCard{}, false
	}
	var most *scenario.Outcome
	far, points := 0.0, 0.0
	for i := range r.Scenarios {
		o := &r.Scenarios[i]
		m := o.Move(o.Unit)
		if m == nil || m.In != "" || math.IsNaN(m.Places()) {
			continue
		}
		d, p := math.Abs(m.Places()), math.Abs(m.Score())
		if d > far || d == far && d > 0 && p > points {
			most, far, points = o, d, p
		}
	}
	if most == nil {
		return storyCard{}, false
	}
	m := most.Move(most.Unit)
	key := "story.scenario.rises"
	if m.Places() < 0 {
		key = "story.scenario.falls"
	}
	before, after := c.Whole(float64(m.Before.Rank)), c.Whole(float64(m.After.Rank))
	return storyCard{
		Label: c.T("story.scenario"), Figure: c.T("story.scenario.figure", "before", before, "after", after),
		Says: c.T(key, "scenario", language.Shorten(c.Text(most.Title, most.ID), 90), "unit", c.Definite(c.nameOf(most.Unit)), "before", before, "after", after, "n", int(far)),
		URL:  c.scenarioURL(most.ID), More: c.T("story.scenario.more"),
	}, true
}

// menuHas reports whether a book has what a page of the menu shows.
func menuHas(b *book, page string) bool {
	for _, m := range menu {
		if m.page == page {
			return m.there == nil || m.there(b)
		}
	}
	return false
}
