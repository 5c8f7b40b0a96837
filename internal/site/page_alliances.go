package site

import (
	"cmp"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mizan"
	"mizan/alliance"
	"mizan/claim"
	"mizan/internal/site/draw"
	"mizan/internal/site/language"
)

// studies keeps what was found out of alliances in one build.
type studies struct {
	lock    sync.Mutex
	byYear  map[int]*alliance.Study
	briefs  map[int][]alliance.Brief
	details map[string]*alliance.Detail
}

// mostDetails bounds how many alliances that visitors put together are kept.
const mostDetails = 200

// study looks at the alliances of a build in the year that is shown.
func (c *visit) study() (*alliance.Study, error) {
	s := &c.book.studies
	s.lock.Lock()
	defer s.lock.Unlock()
	if st := s.byYear[c.yearNumber()]; st != nil {
		return st, nil
	}
	o := alliance.Options{Year: c.yearNumber(), Whole: c.site.config.Written && c.variant == ""}
	var err error
	if o.Draws, err = c.book.Draws(c.yearNumber()); err != nil {
		return nil, err
	}
	st, err := c.book.Alliances(o)
	if err != nil {
		return nil, err
	}
	if s.byYear == nil {
		s.byYear, s.briefs, s.details = map[int]*alliance.Study{}, map[int][]alliance.Brief{}, map[string]*alliance.Detail{}
	}
	s.byYear[c.yearNumber()] = st
	return st, nil
}

// overview is the standing of every alliance in the year that is shown, found
// out once.
func (c *visit) overview(st *alliance.Study) []alliance.Brief {
	s := &c.book.studies
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.briefs[c.yearNumber()] == nil {
		s.briefs[c.yearNumber()] = st.Overview()
	}
	return s.briefs[c.yearNumber()]
}

// detail looks at one alliance from all sides, once.
func (c *visit) detail(st *alliance.Study, g *alliance.Group) (*alliance.Detail, error) {
	s := &c.book.studies
	key := fmt.Sprintf("%d %s %s", c.yearNumber(), g.Code, strings.Join(st.Pooled(g), " "))
	s.lock.Lock()
	defer s.lock.Unlock()
	if d := s.details[key]; d != nil {
		return d, nil
	}
	// A visitor can ask for any members, so not all coalitions of many.
	d, err := st.Detail(g, alliance.Sampling{MaxExact: 14})
	if err != nil {
		return nil, err
	}
	if len(s.details) >= mostDetails {
		clear(s.details)
	}
	s.details[key] = d
	return d, nil
}

// alliancesView is the page of all alliances.
type alliancesView struct {
	Year       int
	Rows       []allianceRow
	Incomplete bool
	Drawn      int // draws of the intervals; 0 = none
	Build      *builder
	Pooled     []*draw.PooledChart // a wide and a narrow drawing of the same
	Frame      figureFrame
	BestUnit   string // of the ranking
}

// exampleOf shows how units are named: by the codes of two of them.
func (c *visit) exampleOf(units []string) string {
	return strings.Join(units[:min(2, len(units))], c.T("list.comma"))
}

// allianceRow is one alliance in the list.
type allianceRow struct {
	Name, URL    string
	Members      string
	Incomplete   bool
	Score        gauge
	Rank, Of     string
	Range, Ranks string // in which 90 % of the draws lie; "" without
	Gap, Leader  string
	Gain, Best   string
	score        float64
	brief        alliance.Brief
}

func alliancesPage(c *visit) (any, error) {
	st, err := c.study()
	if err != nil {
		return nil, err
	}
	v := &alliancesView{Year: c.yearNumber()}
	list := c.overview(st)
	if v.Build, err = c.newBuilder(st, list); err != nil {
		return nil, err
	}
	highest := 0.0
	for _, b := range list {
		if b.Score == b.Score {
			highest = math.Max(highest, float64(b.Score))
		}
	}
	for _, b := range list {
		v.Rows = append(v.Rows, c.allianceRow(b, highest))
		v.Incomplete = v.Incomplete || b.Incomplete
		if b.Interval != nil {
			v.Drawn = max(v.Drawn, b.Interval.Draws)
		}
	}
	slices.SortStableFunc(v.Rows, func(a, b allianceRow) int {
		switch {
		case math.IsNaN(a.score):
			return 1
		case math.IsNaN(b.score):
			return -1
		}
		return cmp.Compare(b.score, a.score)
	})
	c.addPooledChart(v)
	return v, nil
}

func (c *visit) allianceRow(b alliance.Brief, highest float64) allianceRow {
	r := allianceRow{
		Name: c.Text(b.Name, b.Code), URL: c.allianceURL(b.Code), Members: c.Count(len(b.Members)), Incomplete: b.Incomplete,
		Score: c.pooledGauge(b.Score, highest), Rank: c.rankText(b.Rank), Of: c.Count(b.Of), score: float64(b.Score), brief: b,
		Gap: c.gained(float64(b.Gap)), Leader: c.nameOf(b.Leader), Gain: c.gained(float64(b.Gain)), Best: c.nameOf(b.Best),
	}
	if i := b.Interval; i != nil {
		r.Range, r.Ranks = c.range90(&i.Score), c.ranks90(&i.Rank)
	}
	if n := len(b.Outside); n > 0 {
		r.Members = c.T("alliances.members.of", "n", len(b.Members), "of", len(b.Members)+n)
	}
	return r
}

// range90 writes the range in which 90 % of the draws lie; "" where there are
// none.
func (c *visit) range90(s *alliance.Spread) string {
	if s == nil || s.Low != s.Low {
		return ""
	}
	return c.T("range", "low", c.points(s.Low), "high", c.points(s.High))
}

func (c *visit) ranks90(s *alliance.Spread) string {
	switch {
	case s == nil || s.Low != s.Low:
		return ""
	case s.Low == s.High:
		return c.Whole(float64(s.Low))
	}
	return c.T("range", "low", c.Whole(float64(s.Low)), "high", c.Whole(float64(s.High)))
}

// pooledGauge draws a pooled score, which may lie beyond the scale of the units.
func (c *visit) pooledGauge(v mizan.Number, highest float64) gauge {
	s := c.book.scale
	s.high = math.Max(s.high, highest)
	return gauge{Text: c.scored(float64(v)), Length: draw.Coordinate(s.percent(float64(v)))}
}

func (c *visit) allianceURL(code string) string { return c.to("/alliance/" + url.PathEscape(code)) }

// yearText is the year shown as part of a name.
func (c *visit) yearText() string { return strconv.Itoa(c.yearNumber()) }

// rankText is a rank, or the sign that there is none.
func (c *visit) rankText(rank int) string {
	if rank == 0 {
		return language.Gap
	}
	return c.Count(rank)
}

// nameOf is the name of a unit by its code: of one that the project does not
// have the name that the CLDR gives its territory, else the code.
func (c *visit) nameOf(code string) string {
	if u, ok := c.book.units[code]; ok {
		return c.unitName(u)
	}
	return cmp.Or(claim.Territory(c.Code, code), code)
}

// namesOf joins the names of units as a sentence does.
func (c *visit) namesOf(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = c.nameOf(code)
	}
	return c.List(names)
}

// points writes a score; missing has its sign.
func (c *visit) points(v mizan.Number) string { return c.scored(float64(v)) }
