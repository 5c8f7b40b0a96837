package network

import (
	"mizan"
)

// Result is what is known of one table of ties in one year. Values of units
// are parallel to Units; missing is NaN, null in JSON. Intervals hold 90 %.
type Result struct {
	Ties      Table        `json:"ties"`
	Year      int          `json:"year"`
	Since     int          `json:"since,omitempty"` // the year that change is told from; 0 = none
	Partial   string       `json:"partial,omitempty"`
	Threshold float64      `json:"threshold"`
	Counting  string       `json:"counting"` // "full" or "fractional"
	Units     []string     `json:"units"`    // by code
	Lacking   []string     `json:"lacking"`  // of the project, which the source does not cover
	Apart     []string     `json:"apart"`    // without a link
	Links     int          `json:"links"`
	Weight    float64      `json:"weight"`
	Density   mizan.Number `json:"density"`
	Outside   Outside      `json:"outside"`
	Draws     int          `json:"draws"` // of the intervals

	Metrics []MetricValues `json:"metrics"`

	Resolution  float64      `json:"resolution"`
	Modularity  mizan.Number `json:"modularity"`
	Stability   mizan.Number `json:"stability"`
	Communities []Community  `json:"communities"`

	Groups    []GroupResult    `json:"groups"`
	Divisions []DivisionResult `json:"divisions"`

	Model *Model      `json:"model"`
	More  []PairValue `json:"more"` // the pairs most tied beyond what is expected
	Less  []PairValue `json:"less"`

	Series   []YearTotals    `json:"series"`
	Findings []mizan.Finding `json:"findings"`

	graph     *Graph
	before    *Graph
	totals    []float64 // sizes of the nodes
	all       float64   // their sum
	community []int
	gravity   *gravity
}

// Table says what the ties are.
type Table struct {
	Code        string     `json:"code"`
	Name        mizan.Text `json:"name,omitempty"`
	Description mizan.Text `json:"description,omitempty"`
	Measure     string     `json:"measure,omitempty"`
	Directed    bool       `json:"directed"`
	Least       float64    `json:"least,omitempty"`
	Totals      string     `json:"totals,omitempty"` // the indicator of which the ties are a part
	Origin      string     `json:"origin,omitempty"`
	Note        string     `json:"note,omitempty"`
	Years       []int      `json:"years"`
}

// Outside is what of the year's ties is with units that the project does not
// have, and is no part of the network.
type Outside struct {
	Units  int     `json:"units"`
	Links  int     `json:"links"`
	Weight float64 `json:"weight"`
}

// MetricValues are the values of one metric, with their ranks (1 = most, ties
// share the best).
type MetricValues struct {
	Metric
	Values mizan.Column `json:"values"`
	Ranks  mizan.Column `json:"ranks"`
	Low    mizan.Column `json:"low,omitempty"`
	High   mizan.Column `json:"high,omitempty"`
	// Before are the values of Result.Since.
	Before mizan.Column `json:"before,omitempty"`
}

// Community is one part of the division with the greatest modularity.
type Community struct {
	Members []string `json:"members"` // the strongest first
	Within  float64  `json:"within"`  // weight within it
	Across  float64  `json:"across"`  // weight to others
}

// YearTotals is the network of one year.
type YearTotals struct {
	Year    int          `json:"year"`
	Units   int          `json:"units"` // with a link
	Links   int          `json:"links"`
	Weight  float64      `json:"weight"`
	Density mizan.Number `json:"density"`
	// Groups are the E-I indices by weight of Result.Groups in that year.
	Groups mizan.Column `json:"groups"`
}

// Metric returns the values of a metric, nil if the result does not have it.
func (r *Result) Metric(name string) *MetricValues {
	for i := range r.Metrics {
		if r.Metrics[i].Name == name {
			return &r.Metrics[i]
		}
	}
	return nil
}

// Community is the community of a unit, counted from 0; -1 for one without a
// link, and for one that is not in the network.
func (r *Result) Community(unit string) int {
	for i, code := range r.Units {
		if code == unit {
			return r.community[i]
		}
	}
	return -1
}

// remark adds a finding about the ties.
func (r *Result) remark(id string, s mizan.Severity, said mizan.Said) {
	r.Findings = append(r.Findings, mizan.Finding{ID: id, Severity: s, Code: r.Ties.Code, Year: r.Year}.With(said))
}
