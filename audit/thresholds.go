package audit

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"mizan"
	"mizan/spec"
)

// Threshold is a limit of a check. A project sets it under audit.thresholds.
type Threshold struct {
	Name    string  `json:"name"`
	Value   float64 `json:"value"` // in effect
	Default float64 `json:"default"`
	Summary string  `json:"summary"`

	low, high float64 // bounds of the value, inclusive
}

// The names of the thresholds.
const (
	minComponents   = "min_components"
	maxComponents   = "max_components"
	maxIndicators   = "max_indicators"
	minCoverage     = "min_coverage"
	failCoverage    = "fail_coverage"
	maxOld          = "max_old"
	maxSkewness     = "max_skewness"
	maxKurtosis     = "max_kurtosis"
	extremeKurtosis = "extreme_kurtosis"
	minNonZero      = "min_nonzero"
	minUnique       = "min_unique"
	sizeCorrelation = "size_correlation"
	parentHigh      = "parent_high"
	parentLow       = "parent_low"
	redundant       = "redundant"
	negativePair    = "negative_pair"
	placementMargin = "placement_margin"
	minAlpha        = "min_alpha"
	maxSecond       = "max_second_eigenvalue"
	minFirst        = "min_first_component"
	importanceRatio = "importance_ratio"
	maxEffective    = "max_effective_weight"
	shiftPlaces     = "shift_places"
	minAddedValue   = "min_added_value"
	maxMoved        = "max_moved"
	maxMeanShift    = "max_mean_shift"
	maxFrontier     = "max_frontier"
)

var inf = math.Inf(1)

// thresholds are all, with their defaults.
var thresholds = []Threshold{
	{Name: minComponents, Default: 3, low: 1, high: inf, Summary: "fewest components of an aggregate"},
	{Name: maxComponents, Default: 7, low: 1, high: inf, Summary: "most components of an aggregate"},
	{Name: maxIndicators, Default: 40, low: 1, high: inf, Summary: "most indicators that stay readable"},
	{Name: minCoverage, Default: 0.65, high: 1, Summary: "least share of figures, of an indicator and of a unit"},
	{Name: failCoverage, Default: 0.5, high: 1, Summary: "share of figures below which a check fails"},
	{Name: maxOld, Default: 0.5, high: 1, Summary: "greatest share of an indicator's figures that are of another year"},
	{Name: maxSkewness, Default: 2, high: inf, Summary: "greatest absolute skewness, where kurtosis is high too"},
	{Name: maxKurtosis, Default: 3.5, low: -inf, high: inf, Summary: "greatest excess kurtosis, where skewness is high too"},
	{Name: extremeKurtosis, Default: 10, low: -inf, high: inf, Summary: "greatest excess kurtosis, whatever the skewness"},
	{Name: minNonZero, Default: 0.5, high: 1, Summary: "least share of an indicator's figures that are not zero"},
	{Name: minUnique, Default: 0.5, high: 1, Summary: "least share of an indicator's figures that are different"},
	{Name: sizeCorrelation, Default: 0.6, high: 1, Summary: "greatest absolute correlation with a denominator"},
	{Name: parentHigh, Default: 0.95, low: -1, high: 1, Summary: "greatest correlation of a component with its parent"},
	{Name: parentLow, Default: 0.3, high: 1, Summary: "least correlation of a component with its parent; below its negative it contradicts"},
	{Name: redundant, Default: 0.9, low: -1, high: 1, Summary: "correlation from which two components of one group are redundant"},
	{Name: negativePair, Default: -0.4, low: -1, high: 1, Summary: "correlation down from which two components of one group are at odds"},
	{Name: placementMargin, Default: 0.1, high: 2, Summary: "by how much a component may correlate more with another aggregate than with its own"},
	{Name: minAlpha, Default: 0.7, low: -inf, high: 1, Summary: "least Cronbach's alpha of a group"},
	{Name: maxSecond, Default: 1, high: inf, Summary: "greatest second eigenvalue of a group"},
	{Name: minFirst, Default: 0.6, high: 1, Summary: "least share of variance of a group's first principal component"},
	{Name: importanceRatio, Default: 2, low: 1, high: inf, Summary: "greatest ratio between a component's share of importance and its weight, either way"},
	{Name: maxEffective, Default: 0.25, high: 1, Summary: "greatest effective weight of one indicator"},
	{Name: shiftPlaces, Default: 10, low: 1, high: inf, Summary: "places that make a shift of rank; a tenth of the units where there are fewer than 100"},
	{Name: minAddedValue, Default: 0.3, high: 1, Summary: "least share of units whose rank in a pillar differs by a shift from that in the index"},
	{Name: maxMoved, Default: 0.1, high: 1, Summary: "greatest share of units that may move by a shift when the mean is changed"},
	{Name: maxFrontier, Default: 30_000, low: 1, high: inf, Summary: "most units times pillars for which the benefit of the doubt is worked out (some seconds)"},
	{Name: maxMeanShift, Default: 0.05, high: 1, Summary: "greatest mean change of rank when a component is left out, as a share of the units"},
}

// Thresholds lists the limits with their defaults.
func Thresholds() []Threshold {
	list := make([]Threshold, len(thresholds))
	for i, t := range thresholds {
		t.Value = t.Default
		list[i] = t
	}
	return list
}

// limits are the thresholds in effect, by name.
type limits map[string]float64

// resolve puts the project's thresholds over the defaults. Errors are
// mizan.Problems: thresholds and findings that do not exist, and values out of
// bounds.
func resolve(s *spec.Spec) (limits, error) {
	var problems mizan.Problems
	add := func(id, path, cause, remedy string) { problems = append(problems, s.Problem(id, path, cause, remedy)) }
	l := limits{}
	names := make([]string, len(thresholds))
	for i, t := range thresholds {
		names[i] = t.Name
		l[t.Name] = t.Default
		v, given := s.Audit.Thresholds[t.Name]
		switch path := "audit.thresholds." + t.Name; {
		case !given:
		case v < t.low || v > t.high || v != v:
			add("bad-threshold", path, fmt.Sprintf("%s is %s", t.Name, number(v)), "give a number "+t.bounds())
		default:
			l[t.Name] = v
		}
	}
	for _, name := range sortedKeys(s.Audit.Thresholds) {
		if _, known := l[name]; !known {
			add("unknown-threshold", "audit.thresholds."+name, fmt.Sprintf("there is no threshold %q", name), hint(name, names, "the thresholds are "))
		}
	}
	for i, silence := range s.Audit.Silence {
		if _, known := kinds[silence.Finding]; !known {
			add("unknown-finding", fmt.Sprintf("audit.silence.%d.finding", i), fmt.Sprintf("the audit has no finding %q", silence.Finding),
				hint(silence.Finding, sortedKeys(kinds), "its findings are "))
		}
	}
	return l, problems.OrNil()
}

func hint(name string, known []string, otherwise string) string {
	if near, ok := spec.Suggest(name, known); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	for _, k := range known {
		if name != "" && strings.HasPrefix(k, name) {
			return fmt.Sprintf("did you mean %q?", k)
		}
	}
	return otherwise + strings.Join(known, ", ")
}

func (t Threshold) bounds() string {
	switch {
	case math.IsInf(t.high, 1):
		return "of at least " + number(t.low)
	case math.IsInf(t.low, -1):
		return "of at most " + number(t.high)
	}
	return "from " + number(t.low) + " to " + number(t.high)
}

// number writes a limit in a rule.
func number(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// percent writes a share in a rule.
func percent(v float64) string { return number(100*v) + " %" }

// list is the thresholds in effect, in their order.
func (l limits) list() []Threshold {
	list := Thresholds()
	for i := range list {
		list[i].Value = l[list[i].Name]
	}
	return list
}
