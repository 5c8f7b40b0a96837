package network

import (
	"mizan"
)

// Result is what is known of one table of ties in one year. Values of units
// are parallel to Units; missing is NaN, null in JSON.
type Result struct {
	Ties      Table           `json:"ties"`
	Year      int             `json:"year"`
	Years     []int           `json:"years"` // of the table
	Partial   string          `json:"partial,omitempty"`
	Threshold float64         `json:"threshold"`
	Units     []string        `json:"units"`   // by code
	Lacking   []string        `json:"lacking"` // of the project, which the source does not cover
	Apart     []string        `json:"apart"`   // without a link
	Links     int             `json:"links"`
	Weight    float64         `json:"weight"`
	Density   mizan.Number    `json:"density"`
	Outside   Outside         `json:"outside"`
	Metrics   []MetricValues  `json:"metrics"`
	Findings  []mizan.Finding `json:"findings"`

	graph  *Graph
	totals []float64
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
}

// Outside is what of the year's ties is with units that the project does not
// have, and is no part of the network.
type Outside struct {
	Units  int     `json:"units"`
	Links  int     `json:"links"`
	Weight float64 `json:"weight"`
}

// MetricValues are the values of one metric, with their ranks (1 = most, ties
// share the best) and, if asked for, an interval.
type MetricValues struct {
	Metric
	Values mizan.Column `json:"values"`
	Ranks  mizan.Column `json:"ranks"`
	Low    mizan.Column `json:"low,omitempty"`
	High   mizan.Column `json:"high,omitempty"`
	// Before are the values of Result.Since.
	Before mizan.Column `json:"before,omitempty"`
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
