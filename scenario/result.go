package scenario

import "mizan"

// Result is what some scenarios lead to, side by side.
type Result struct {
	Year int `json:"year"`
	// Draws is how often each scenario was drawn; 0 if nothing varies.
	Draws     int       `json:"draws"`
	Seed      uint64    `json:"seed"`
	Scenarios []Outcome `json:"scenarios"`
}

// Spread is the middle of many values and the range in which 90 % of them lie.
type Spread struct {
	Low    mizan.Number `json:"low"` // 5 % are lower
	Median mizan.Number `json:"median"`
	High   mizan.Number `json:"high"` // 5 % are higher
}

// Outcome is what one scenario leads to.
type Outcome struct {
	ID          string     `json:"id"`
	Title       mizan.Text `json:"title,omitempty"`
	Description mizan.Text `json:"description,omitempty"`
	Limits      mizan.Text `json:"limits,omitempty"`
	// Unit is the one of whom Nodes and Attribution tell, and of whose movement
	// the assumptions are the drivers.
	Unit string `json:"unit"`
	// Draws could be built on both sides; Failed could not.
	Draws  int     `json:"draws"`
	Failed int     `json:"failed"`
	Causes []Cause `json:"causes,omitempty"` // why some failed

	Assumptions []Assumed   `json:"assumptions"`
	Edits       []Edited    `json:"edits"`
	Links       []Linked    `json:"links,omitempty"`
	Units       []Move      `json:"units"` // parallel to the units of the index
	Nodes       []Move      `json:"nodes"` // of Unit, parallel to the nodes of the index
	Alliances   []Allied    `json:"alliances,omitempty"`
	Figures     []FigureNow `json:"figures"` // that change, at the middle of the assumptions

	Attribution Attribution     `json:"attribution"`
	Orders      []Order         `json:"orders,omitempty"` // pairs of edits that do not commute
	Findings    []mizan.Finding `json:"findings"`
}

// Cause is why draws failed, and how many.
type Cause struct {
	Cause string `json:"cause"`
	Draws int    `json:"draws"`
}

// Standing is a score with its rank; both missing where there is none.
type Standing struct {
	Score mizan.Number `json:"score"`
	Rank  mizan.Number `json:"rank"`
}

// Move is how a unit, or the unit that a scenario is about in one node, moves.
type Move struct {
	Code   string   `json:"code"`
	Before Standing `json:"before"`
	After  Standing `json:"after"`
	// In is the alliance as a part of which the unit stands after.
	In string `json:"in,omitempty"`
	// Over the draws; nil if nothing varies.
	Over *MoveOver `json:"over,omitempty"`
}

// Score is by how much the score moves.
func (m *Move) Score() float64 { return float64(m.After.Score - m.Before.Score) }

// Places is by how many places the unit rises; less than 0 where it falls.
func (m *Move) Places() float64 { return float64(m.Before.Rank - m.After.Rank) }

// MoveOver is a movement over the draws, which both sides share.
type MoveOver struct {
	ScoreBefore Spread  `json:"score_before"`
	ScoreAfter  Spread  `json:"score_after"`
	RankBefore  Spread  `json:"rank_before"`
	RankAfter   Spread  `json:"rank_after"`
	Score       Spread  `json:"score"`  // after less before, draw by draw
	Places      Spread  `json:"places"` // risen
	Rises       float64 `json:"rises"`  // share of draws in which it gains a place or more
	Falls       float64 `json:"falls"`  // share in which it loses one or more
}

// Allied is the standing of an alliance in place of its members.
type Allied struct {
	Code          string       `json:"code"`
	MembersBefore []string     `json:"members_before"`
	MembersAfter  []string     `json:"members_after"`
	United        bool         `json:"united"` // acts as one in the scenario
	Before        Standing     `json:"before"` // as it would stand as one with the members before
	After         Standing     `json:"after"`
	ScoreAfter    *Spread      `json:"score_after,omitempty"`
	RankAfter     *Spread      `json:"rank_after,omitempty"`
	First         mizan.Number `json:"first"` // share of draws in which it is first
}

// Assumed is an assumption, with what hangs on it.
type Assumed struct {
	ID           string     `json:"id"`
	Text         mizan.Text `json:"text"`
	Distribution string     `json:"distribution"`
	// Source is the code of an origin or an address; "" = it is assumed.
	Source string       `json:"source"`
	Low    mizan.Number `json:"low"` // of its support
	Middle mizan.Number `json:"middle"`
	High   mizan.Number `json:"high"`
	// Correlation is Spearman's between the assumption and the movement of the
	// unit's score over the draws; missing where one of them does not vary.
	// Drives is its square: the share of the movement's variance, by ranks, that
	// goes with it.
	Correlation mizan.Number `json:"correlation"`
	Drives      mizan.Number `json:"drives"`
}

// Edited is an edit with what it does.
type Edited struct {
	ID   string     `json:"id"`
	Kind string     `json:"kind"`
	Text mizan.Text `json:"text,omitempty"`
	Says string     `json:"says"` // the edit in words
	// Assumptions are the IDs of those on which it hangs.
	Assumptions []string `json:"assumptions,omitempty"`
	// Dependence of each unit that a loss concerns, by the tables.
	Dependence []Share `json:"dependence,omitempty"`
}

// Share is the share of one unit.
type Share struct {
	Unit  string       `json:"unit"`
	Share mizan.Number `json:"share"`
}

// Linked is a link in words, with its source.
type Linked struct {
	Says       string       `json:"says"`
	Said       mizan.Saying `json:"said,omitzero"` // Says by identity
	Text       mizan.Text   `json:"text,omitempty"`
	Source     string       `json:"source"`
	Assumption string       `json:"assumption,omitempty"`
}

// FigureNow is a raw figure before and after.
type FigureNow struct {
	Unit      string       `json:"unit"`
	Indicator string       `json:"indicator"`
	Year      int          `json:"year"`
	Before    mizan.Number `json:"before"`
	After     mizan.Number `json:"after"`
	Link      bool         `json:"link"` // no edit changes it, a link does
}

// Attribution is how much of the unit's movement is due to each edit: Shapley
// values, which add up to it.
type Attribution struct {
	Parts []Part `json:"parts"`
	// Score and Places are the whole movement.
	Score  mizan.Number `json:"score"`
	Places mizan.Number `json:"places"`
	// Orders is in how many orders the edits were made, where they are too many
	// for all sets; 0 = exact.
	Orders int `json:"orders"`
}

// Part is what is due to one edit.
type Part struct {
	Edit   string       `json:"edit"`
	Score  mizan.Number `json:"score"`
	Places mizan.Number `json:"places"`
	// ScoreOver is the part over some of the draws; nil if nothing varies.
	ScoreOver *Spread `json:"score_over,omitempty"`
}

// Order is a pair of edits that lead elsewhere when they change places.
type Order struct {
	First  string `json:"first"`
	Second string `json:"second"`
	Says   string `json:"says"`
}

// Find gives the outcome of a scenario; nil if it is not there.
func (r *Result) Find(id string) *Outcome {
	for i := range r.Scenarios {
		if r.Scenarios[i].ID == id {
			return &r.Scenarios[i]
		}
	}
	return nil
}

// Move gives the movement of a unit; nil if there is no such unit.
func (o *Outcome) Move(unit string) *Move {
	for i := range o.Units {
		if o.Units[i].Code == unit {
			return &o.Units[i]
		}
	}
	return nil
}
