package claim

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Outcome is what a check of a claim came to.
type Outcome string

// The outcomes. Nothing means that the project holds nothing to check the
// claim against, or that the claim lacks what the check would need.
const (
	Agrees  Outcome = "agrees"
	Differs Outcome = "differs"
	Nothing Outcome = "nothing"
)

// Verdict is the outcome of checking a claim against a project, with what it
// was checked against.
type Verdict struct {
	Outcome Outcome `json:"outcome"`
	// Against names it: "rank", "indicator rd_gdp", "membership brics",
	// "target ru-ai-gdp".
	Against string `json:"against,omitempty"`
	// Ours is the project's figure, with its interval where it has one, in the
	// claim's own measure.
	Ours *float64 `json:"ours,omitempty"`
	Low  *float64 `json:"low,omitempty"`
	High *float64 `json:"high,omitempty"`
	// By is the claim's figure less ours.
	By   *float64 `json:"by,omitempty"`
	Note string   `json:"note"`
}

// Facts are what a project holds to check claims against.
type Facts struct {
	Ranks   []RankFact
	Levels  []LevelFact
	Members []MemberFact
	Targets []TargetFact
}

// RankFact is the place of a unit in a year, with the interval that the
// uncertainty analysis gives it; Low and High are 0 where there is none.
type RankFact struct {
	Unit      string
	Year      int
	Rank      float64
	Low, High float64
	Of        int
}

// LevelFact is a figure of an indicator, as published.
type LevelFact struct {
	Code, Unit string
	Year       int // of the figure
	Value      float64
	Measure    string // of the indicator: "% of GDP"
}

// MemberFact is a membership; From and To are years, 0 = unknown or lasting.
type MemberFact struct {
	Alliance, Unit, Status string
	From, To               int
	Incomplete             bool // the list of members is known to lack some
}

// TargetFact is a value of a promise or of its baseline.
type TargetFact struct {
	ID, Unit string
	Topics   []string // words of its titles, folded
	Measure  Measure
	Currency string
	Year     int
	Value    float64
	Baseline bool
	Multiple float64 // of the baseline, where the promise is told so; 0 = it is not
}

// Check gives every claim of a reading its verdict. A claimed figure agrees
// where ours lies within the claim's own rounding (half a unit of the last
// digit that the text wrote), or within a twentieth of it where the text says
// "about"; a claimed rank agrees where it lies in the interval of ours, or is
// ours where there is no interval. A negated claim is turned round.
//
// A membership of which the text gives no year is held against that of the
// year in which the article appeared, if that is known.
func Check(r *Reading, f *Facts) {
	for i := range r.Claims {
		c := &r.Claims[i]
		dated := *c
		if c.Kind == Membership && c.Year == 0 && c.Verb != "join" {
			dated.Year = r.Year
		}
		v := f.verdict(&dated)
		if c.Negated && c.Kind != Membership && v.Outcome != Nothing {
			v.Note += "; the text denies it"
			if v.Outcome == Agrees {
				v.Outcome = Differs
			} else {
				v.Outcome = Agrees
			}
		}
		c.Verdict = &v
	}
}

func (f *Facts) verdict(c *Claim) Verdict {
	switch c.Kind {
	case Rank:
		return f.rank(c)
	case Membership:
		return f.membership(c)
	case Level, Target:
		return f.level(c)
	case Change:
		return f.change(c)
	case Relation:
		if c.Verb == "behind" || c.Verb == "ahead" {
			return f.order(c)
		}
	}
	return Verdict{Outcome: Nothing, Note: "the project holds nothing of this kind"}
}

// latest gives the fact of a unit in a year, or the latest where no year is
// asked for.
func (f *Facts) place(unit string, year int) *RankFact {
	var best *RankFact
	for i := range f.Ranks {
		p := &f.Ranks[i]
		if p.Unit == unit && (p.Year == year || year == 0 && (best == nil || p.Year > best.Year)) {
			best = p
		}
	}
	return best
}

func (f *Facts) rank(c *Claim) Verdict {
	p := f.place(c.Unit, c.Year)
	if p == nil || math.IsNaN(p.Rank) {
		return Verdict{Outcome: Nothing, Note: fmt.Sprintf("the project has no rank of %s%s", cmp.Or(c.Unit, "a unit that is not named"), inYear(c.Year))}
	}
	v := Verdict{Outcome: Differs, Against: "rank", Ours: &p.Rank}
	by := c.Quantity.Value - p.Rank
	v.By = &by
	low, high := p.Rank, p.Rank
	if p.Low > 0 {
		low, high = p.Low, p.High
		v.Low, v.High = &p.Low, &p.High
	}
	if c.Quantity.Value >= low && c.Quantity.Value <= high {
		v.Outcome = Agrees
	}
	v.Note = fmt.Sprintf("this index has %s at %s of %d in %d", c.Unit, place(p), p.Of, p.Year)
	if c.Of > 0 && c.Of != p.Of {
		v.Note += fmt.Sprintf("; the text counts %d units, so the ranking that it cites is another", c.Of)
	}
	return v
}

func place(p *RankFact) string {
	if p.Low > 0 {
		return fmt.Sprintf("%g (%g to %g)", p.Rank, p.Low, p.High)
	}
	return fmt.Sprintf("%g", p.Rank)
}

// order checks who stands before whom.
func (f *Facts) order(c *Claim) Verdict {
	a, b := f.place(c.Unit, c.Year), f.place(c.Other, c.Year)
	if a == nil || b == nil || math.IsNaN(a.Rank) || math.IsNaN(b.Rank) {
		return Verdict{Outcome: Nothing, Note: "the project does not rank both"}
	}
	v := Verdict{Outcome: Differs, Against: "rank", Note: fmt.Sprintf("this index has %s at %s and %s at %s of %d in %d", c.Unit, place(a), c.Other, place(b), a.Of, a.Year)}
	if (a.Rank > b.Rank) == (c.Verb == "behind") && a.Rank != b.Rank {
		v.Outcome = Agrees
	}
	return v
}

func (f *Facts) membership(c *Claim) Verdict {
	known := false
	incomplete := false
	for _, m := range f.Members {
		if m.Alliance != c.Alliance {
			continue
		}
		known, incomplete = true, incomplete || m.Incomplete
		if m.Unit != c.Unit {
			continue
		}
		return memberVerdict(c, &m)
	}
	switch against := "membership " + c.Alliance; {
	case !known:
		return Verdict{Outcome: Nothing, Note: "the project does not hold the members of this alliance"}
	case c.Verb == "outside":
		return Verdict{Outcome: Agrees, Against: against, Note: c.Unit + " is not among its members"}
	case incomplete:
		return Verdict{Outcome: Nothing, Against: against, Note: c.Unit + " is not among its members, but the list is marked as incomplete"}
	default:
		return Verdict{Outcome: Differs, Against: against, Note: c.Unit + " is not among its members"}
	}
}

// memberVerdict holds a claimed membership against a known one.
func memberVerdict(c *Claim, m *MemberFact) Verdict {
	v := Verdict{Outcome: Agrees, Against: "membership " + c.Alliance}
	v.Note = fmt.Sprintf("%s is recorded as %s", m.Unit, cmp.Or(m.Status, "member"))
	if m.From > 0 {
		v.Note += fmt.Sprintf(" since %d", m.From)
	}
	if m.To > 0 {
		v.Note += fmt.Sprintf(" until %d", m.To)
	}
	full := m.Status == "" || m.Status == "member"
	switch c.Verb {
	case "outside", "leave":
		if m.To == 0 && full && (c.Verb != "outside" || c.Year == 0 || c.Year >= m.From) {
			v.Outcome = Differs
		}
	case "join":
		if c.Year > 0 && m.From > 0 && c.Year != m.From || !full {
			v.Outcome = Differs
		}
	default:
		if m.To > 0 || !full {
			v.Outcome = Differs
		}
	}
	return v
}

// level checks a level against the targets of the project, which name their
// year, and the indicators that the text names.
func (f *Facts) level(c *Claim) Verdict {
	if c.Unit == "" || c.Year == 0 && c.Kind == Level && len(c.Topic) == 0 {
		return Verdict{Outcome: Nothing, Note: "the text does not say of whom or of what"}
	}
	if t := f.promise(c); t != nil {
		what := "target "
		if t.Baseline {
			what = "baseline of target "
		}
		return figure(c, what+t.ID, t.Value, fmt.Sprintf("the project holds %g for %d", t.Value, t.Year))
	}
	var best *LevelFact
	for i := range f.Levels {
		l := &f.Levels[i]
		if l.Unit != c.Unit || !slices.Contains(c.Topic, "indicator:"+l.Code) || !comparable(c.Quantity, l.Measure) {
			continue
		}
		if l.Year == c.Year || best == nil && c.Year == 0 {
			best = l
		}
	}
	if best == nil {
		return Verdict{Outcome: Nothing, Note: "the project holds no such figure"}
	}
	return figure(c, "indicator "+best.Code, best.Value, fmt.Sprintf("the project holds %g %s for %d", best.Value, best.Measure, best.Year))
}

// change checks a multiple against the promises that are told as one.
func (f *Facts) change(c *Claim) Verdict {
	if c.Quantity.Measure == Times {
		for _, t := range f.Targets {
			if t.Unit == c.Unit && t.Multiple > 0 && (c.Year == 0 || c.Year == t.Year) && shared(c.Topic, t.Topics) > 0 {
				return figure(c, "target "+t.ID, t.Multiple, fmt.Sprintf("the project holds %g times the baseline", t.Multiple))
			}
		}
	}
	return Verdict{Outcome: Nothing, Note: "the project holds no such change"}
}

// shared counts the topics that two lists share.
func shared(a, b []string) int {
	n := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			n++
		}
	}
	return n
}

// comparable says whether a quantity can be held against a figure of a
// measure: shares against shares, and nothing else against shares.
func comparable(q *Quantity, measure string) bool {
	return (q.Measure == Percent) == strings.HasPrefix(measure, "%")
}

// promise finds the target of a claim: the same unit, year and measure; where
// there are several, the one that shares most words with the claim, then the
// one with the nearest value.
func (f *Facts) promise(c *Claim) *TargetFact {
	var best *TargetFact
	bestShared, bestGap := -1, math.Inf(1)
	for i := range f.Targets {
		t := &f.Targets[i]
		if math.IsNaN(t.Value) { // told as a multiple alone
			continue
		}
		if t.Unit != c.Unit || t.Measure != c.Quantity.Measure || t.Currency != c.Quantity.Currency || c.Year != 0 && t.Year != c.Year || c.Year == 0 && t.Baseline {
			continue
		}
		n := shared(c.Topic, t.Topics)
		gap := math.Abs(t.Value - c.Quantity.Value)
		if n > bestShared || n == bestShared && gap < bestGap {
			best, bestShared, bestGap = t, n, gap
		}
	}
	if best != nil && bestShared == 0 && bestGap > math.Abs(best.Value)/2 {
		return nil // same unit, year and measure, but plainly something else
	}
	return best
}

// figure holds a claimed value against ours.
func figure(c *Claim, against string, ours float64, note string) Verdict {
	q := c.Quantity
	tolerance := q.Precision
	if q.Approx {
		tolerance = math.Max(tolerance, math.Abs(q.Value)/20)
	}
	by := q.Value - ours
	v := Verdict{Outcome: Differs, Against: against, Ours: &ours, By: &by, Note: note}
	low, high := q.Value-tolerance, q.High+tolerance
	if q.Bound == "at-least" {
		high = math.Inf(1)
	}
	if q.Bound == "at-most" {
		low = math.Inf(-1)
	}
	slack := 1e-9 * math.Abs(ours)
	if ours >= low-slack && ours <= high+slack {
		v.Outcome = Agrees
	}
	return v
}

func inYear(year int) string {
	if year == 0 {
		return ""
	}
	return fmt.Sprintf(" in %d", year)
}
