// Package build turns a spec and a panel into scores and ranks: Compile checks
// the meaning of every method and option, Plan.Run computes, and Result keeps
// every stage table, so that the history of a cell is a look-up.
package build

import "mizan"

// Result is every stage of one build. All tables share the panel's axes of
// units and years. Units that were screened out keep their row, missing from
// the screened table onward.
type Result struct {
	Units      []string
	Years      []int
	Indicators []string // indicators of the framework, in the order of the spec
	Nodes      []Node   // indicators, then aggregates level by level

	Raw, Denominated, Imputed, Screened, Treated, Normalised *mizan.Table // codes = Indicators

	Scores *mizan.Table // codes = all nodes: normalised indicators, then aggregates
	Ranks  *mizan.Table // same codes; 1 = highest score, ties share the smaller rank

	Removed  []Removal // units that were screened out
	Findings []mizan.Finding

	// What the trace is told from.
	plan           *Plan
	panel          *mizan.Panel
	verdicts       [][]Verdict              // [year][unit]; nil if nothing was screened
	imputations    map[string][]*imputation // by indicator
	treatments     [][]fitted               // by indicator
	normalisations [][]fitted               // by indicator
	weights        [][]float64              // of the children of each node
	told           map[int]bool             // nodes of whose scores there are findings
	withheld       map[string]bool          // indicators whose figures are not shown; nil if all are
}

// Node is an indicator or aggregate with its place in the framework.
type Node struct {
	Code      string     `json:"code"`
	Name      mizan.Text `json:"name,omitempty"`
	Level     int        `json:"level"` // 1 = indicator; a parent is above its highest child
	Parent    string     `json:"parent,omitempty"`
	Children  []string   `json:"children,omitempty"`
	Weight    float64    `json:"weight"`           // declared, within the parent
	Effective float64    `json:"effective_weight"` // product of shares down from the top; 1 at the top
	Method    string     `json:"method,omitempty"` // of aggregation
	// Reversed is an aggregate of direction -1: a high score is bad for its
	// parent, which sees Mirror less the score. Mirror is the sum of the ends of
	// the scale of the node's scores, 0 where none is known.
	Reversed bool    `json:"reversed,omitempty"`
	Mirror   float64 `json:"mirror,omitempty"`
	// Learnt is what the method of weighting tells of the weights of the
	// children: an eigenvalue, a consistency ratio.
	Learnt []Parameter `json:"learnt,omitempty"`
}

// Removal is a unit that was screened out in a year, and why.
type Removal struct {
	Unit   string       `json:"unit"`
	Year   int          `json:"year"`
	Reason string       `json:"reason"`
	Said   mizan.Saying `json:"said,omitzero"` // Reason by identity
}

// Top returns the code of the root of the framework.
func (r *Result) Top() string { return r.Nodes[len(r.Nodes)-1].Code }

// Trace is the way of one cell from observation to the top of the framework.
type Trace struct {
	Unit  string      `json:"unit"`
	Code  string      `json:"code"`
	Year  int         `json:"year"`
	Steps []TraceStep `json:"steps,omitempty"` // for an indicator
	// Parts are the children of an aggregate with their shares of its score.
	Parts []Part `json:"parts,omitempty"`
	// Path leads from the code up to the top: the share of the code's score
	// in each ancestor's.
	Path  []Link       `json:"path"`
	Score mizan.Number `json:"score"`
	Rank  mizan.Number `json:"rank"`
	Of    int          `json:"of"` // units with a rank
}

// TraceStep is what one stage did to the cell.
type TraceStep struct {
	Stage      mizan.Stage    `json:"stage"`
	Method     string         `json:"method"`
	Before     mizan.Number   `json:"before"`
	After      mizan.Number   `json:"after"`
	Parameters []Parameter    `json:"parameters,omitempty"`
	Said       []mizan.Saying `json:"said,omitempty"` // the parts of Note by identity
	How        mizan.Saying   `json:"how,omitzero"`   // Method by identity, where it is none of the registry
	Note       string         `json:"note,omitempty"` // "imputed from the mean of 12 units of group High income"
}

// Part is one child's share of an aggregate's score.
type Part struct {
	Code  string       `json:"code"`
	Value mizan.Number `json:"value"`
	// Seen is the value of a reversed aggregate as its parent sees it.
	Seen         *mizan.Number `json:"seen,omitempty"`
	Weight       float64       `json:"weight"`       // rescaled over the children that have a value
	Contribution mizan.Number  `json:"contribution"` // adds up to the score over the children
}

// Link is one step up the tree.
type Link struct {
	Code   string `json:"code"`
	Method string `json:"method"`
	// Seen is the score of the child below as this ancestor sees it, where that
	// child is a reversed aggregate.
	Seen         *mizan.Number `json:"seen,omitempty"`
	Weight       float64       `json:"weight"`       // of the child below, rescaled
	Contribution mizan.Number  `json:"contribution"` // of the traced code to this ancestor's score
	Score        mizan.Number  `json:"score"`
}

// Panel is the figures from which the result was built.
func (r *Result) Panel() *mizan.Panel { return r.panel }
