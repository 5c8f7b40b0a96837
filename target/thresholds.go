package target

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan"
	"mizan/spec"
)

// Threshold is a limit of a verdict. A project sets it under
// projections.thresholds.
type Threshold struct {
	Name    string  `json:"name"`
	Value   float64 `json:"value"` // in effect
	Default float64 `json:"default"`
	Summary string  `json:"summary"`
}

// The names of the thresholds.
const (
	eurostatOnTrack  = "eurostat_on_track"
	eurostatModerate = "eurostat_moderate"
	desaMet          = "un_desa_met"
	desaProgress     = "un_desa_progress"
	escapMaintain    = "un_escap_maintain"
	escapAccelerate  = "un_escap_accelerate"
	oecdSmall        = "oecd_small"
	oecdLarge        = "oecd_large"
	sdsnImproving    = "sdsn_improving"
	sdsnOnTrack      = "sdsn_on_track"
	logisticOnTrack  = "logistic_on_track"
	logisticModerate = "logistic_moderate"
)

var thresholds = []Threshold{
	{Name: eurostatOnTrack, Default: 0.95, Summary: "Eurostat, Statistics Canada: least share of the required growth rate that is on track"},
	{Name: eurostatModerate, Default: 0.60, Summary: "Eurostat, Statistics Canada: least share that is moderate progress"},
	{Name: desaMet, Default: 0.95, Summary: "UN DESA: least share of the way that the extrapolated value goes, to be on track"},
	{Name: desaProgress, Default: 0.10, Summary: "UN DESA: least share that is progress at all"},
	{Name: escapMaintain, Default: 10, Summary: "UN ESCAP: greatest gap, in per cent of the way, at which progress need only be maintained"},
	{Name: escapAccelerate, Default: 100, Summary: "UN ESCAP: greatest gap at which progress is to be accelerated; above it the trend is to be reversed"},
	{Name: oecdSmall, Default: 0.5, Summary: "OECD: greatest distance, in standard deviations of the units, that is small"},
	{Name: oecdLarge, Default: 1.5, Summary: "OECD: distance above which it is large"},
	{Name: sdsnImproving, Default: 0.5, Summary: "SDSN: share of the required linear rate above which a trend is moderately improving"},
	{Name: sdsnOnTrack, Default: 1, Summary: "SDSN: least share that is on track"},
	{Name: logisticOnTrack, Default: 0.95, Summary: "logistic path: least share of the required rate of the log-odds that is on track"},
	{Name: logisticModerate, Default: 0.60, Summary: "logistic path: least share that is moderate progress"},
}

type limits map[string]float64

// resolve puts the project's thresholds over the defaults.
func resolve(s *spec.Spec) (limits, mizan.Problems) {
	var problems mizan.Problems
	l := limits{}
	var names []string
	for _, t := range thresholds {
		names = append(names, t.Name)
		l[t.Name] = t.Default
		if v, given := s.Projections.Thresholds[t.Name]; given {
			l[t.Name] = v
			if !(v >= 0) || math.IsInf(v, 0) {
				problems = append(problems, s.Problem("bad-threshold", "projections.thresholds."+t.Name, fmt.Sprintf("%s is %s", t.Name, number(v)), "give a number of at least 0"))
			}
		}
	}
	for _, pair := range [][2]string{{eurostatModerate, eurostatOnTrack}, {desaProgress, desaMet}, {escapMaintain, escapAccelerate}, {oecdSmall, oecdLarge}, {sdsnImproving, sdsnOnTrack}, {logisticModerate, logisticOnTrack}} {
		if l[pair[0]] > l[pair[1]] {
			path := "projections.thresholds." + pair[0]
			if _, given := s.Projections.Thresholds[pair[0]]; !given {
				path = "projections.thresholds." + pair[1]
			}
			problems = append(problems, s.Problem("bad-threshold", path, fmt.Sprintf("%s is %s and %s is %s", pair[0], number(l[pair[0]]), pair[1], number(l[pair[1]])), "the first may not be above the second"))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Projections.Thresholds)) {
		if !slices.Contains(names, name) {
			problems = append(problems, s.Problem("unknown-threshold", "projections.thresholds."+name, fmt.Sprintf("there is no threshold %q", name), hint(name, names)))
		}
	}
	return l, problems
}

func hint(name string, known []string) string {
	if near, ok := spec.Suggest(name, known); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "there are " + strings.Join(known, ", ")
}

// list is the thresholds in effect, in their order.
func (l limits) list() []Threshold {
	list := slices.Clone(thresholds)
	for i := range list {
		list[i].Value = l[list[i].Name]
	}
	return list
}

// number writes a limit in a rule.
func number(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// percent writes a share in a rule.
func percent(v float64) string { return number(100*v) + " %" }
