package target

import (
	"math"

	"mizan"
)

// Method is a published way to judge the progress towards a target.
type Method struct {
	Name   string `json:"name"`
	Title  string `json:"title"`
	Figure string `json:"figure"` // what the figure of its verdicts is
	Rule   string `json:"rule"`   // with the limits in effect
	Source string `json:"source"`

	judge func(t *Track, l limits) Verdict
}

// Verdict is what one method says of one target.
type Verdict struct {
	Method string       `json:"method"`
	Figure mizan.Number `json:"figure"`
	Says   string       `json:"says"` // in the words of the method; "" = no verdict
	// Grade is what it says in words that all methods share.
	Grade  Grade  `json:"grade"`
	Rule   string `json:"rule"`             // the part of the rule that gave it
	Detail string `json:"detail,omitempty"` // figures on the way
	Why    string `json:"why,omitempty"`    // why there is no verdict
	// Said is Detail or Why by identity.
	Said mizan.Saying `json:"said,omitzero"`
}

// Grade is a verdict in words that all methods share.
type Grade string

// The grades. Distance is that of a method that says how far it is and nothing
// of the pace.
const (
	Met      Grade = "met"
	OnTrack  Grade = "on-track"
	Behind   Grade = "behind"
	Away     Grade = "away"
	Distance Grade = "distance"
	None     Grade = "none"
)

// methods lists the methods under the limits in effect.
func methods(l limits) []Method {
	p := func(name string) string { return percent(l[name]) }
	n := func(name string) string { return number(l[name]) }
	return []Method{
		{
			Name: "eurostat", Title: "Eurostat, Statistics Canada", Figure: "observed over required yearly growth",
			Rule:   "from " + p(eurostatOnTrack) + " on track; from " + p(eurostatModerate) + " moderate progress; from 0 insufficient progress; below 0 moving away. Zero counts as 0.001.",
			Source: "Eurostat, Sustainable development in the European Union: monitoring report, annex on the method; Statistics Canada, Progress measurement methodology (Open SDG documentation)",
			judge:  eurostat,
		},
		{
			Name: "un-desa", Title: "UN DESA", Figure: "share of the way from baseline to target that the value extrapolated at observed growth goes",
			Rule:   "from " + n(desaMet) + " met or on track; from " + n(desaProgress) + " fair progress, to be accelerated; below stagnation or regression",
			Source: "UN DESA Statistics Division (2023), SDG Progress Chart: technical note",
			judge:  unDESA,
		},
		{
			Name: "un-escap", Title: "UN ESCAP", Figure: "gap between target and anticipated value, in per cent of the way from the baseline",
			Rule:   "to " + n(escapMaintain) + " maintain; to " + n(escapAccelerate) + " accelerate; above reverse. The anticipated value is that of a line through the figures since the baseline in which recent years weigh more.",
			Source: "Bidarbakht Nia (2017), A weighted extrapolation method for measuring the SDGs progress, ESCAP Statistics Division working paper 4; UNECE (2023), technical notes on the progress assessment",
			judge:  unESCAP,
		},
		{
			Name: "oecd", Title: "OECD", Figure: "distance of the latest figure from the target, in standard deviations of the units",
			Rule:   "to " + n(oecdSmall) + " small; to " + n(oecdLarge) + " medium; above large. It says nothing of the pace.",
			Source: "OECD (2019, 2022), Measuring Distance to the SDG Targets",
			judge:  oecd,
		},
		{
			Name: "sdsn", Title: "SDSN (linear)", Figure: "observed over required yearly step",
			Rule:   "from " + n(sdsnOnTrack) + " on track; above " + n(sdsnImproving) + " moderately improving; from 0 stagnating; below decreasing",
			Source: "Sachs, Lafortune, Fuller and Drumm, Sustainable Development Report: methods summary",
			judge:  sdsn,
		},
		{
			Name: "logistic", Title: "Logistic path", Figure: "observed over required yearly step of the log-odds",
			Rule:   "from " + p(logisticOnTrack) + " on track; from " + p(logisticModerate) + " moderate progress; from 0 insufficient progress; below 0 moving away",
			Source: "the curve of diffusion (Griliches, 1957) with the bands of Eurostat",
			judge:  logisticPath,
		},
	}
}

// judge has all methods judge a target.
func (t *Track) judge(list []Method, l limits) {
	t.Agree = true
	first := Grade("")
	for _, m := range list {
		v := m.judge(t, l)
		v.Method = m.Name
		if v.Says == "" {
			v.Grade, v.Figure = None, mizan.Number(math.NaN())
		}
		t.Verdicts = append(t.Verdicts, v)
		pace := v.Grade
		if pace == Met {
			pace = OnTrack
		}
		if pace == None || pace == Distance {
			continue
		}
		if first == "" {
			first = pace
		}
		t.Agree = t.Agree && pace == first
	}
}

// reached reports whether a value meets the aim.
func (t *Track) reached(v float64) bool {
	if t.Direction < 0 {
		return v <= float64(t.aim.Value)
	}
	return v >= float64(t.aim.Value)
}

// Reached reports whether the latest figure meets the target.
func (t *Track) Reached() bool { return t.Latest != nil && t.reached(float64(t.Latest.Value)) }

// band chooses among three or four bands from above.
func band(x float64, bands ...verdictBand) Verdict {
	for _, b := range bands {
		if x >= b.from {
			return Verdict{Figure: mizan.Number(x), Says: b.says, Grade: b.grade, Rule: b.rule}
		}
	}
	return without(sayNoFigure.Say())
}

type verdictBand struct {
	from  float64
	says  string
	grade Grade
	rule  string
}
