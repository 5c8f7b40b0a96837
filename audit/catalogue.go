package audit

import (
	"fmt"
	"maps"
	"slices"

	"mizan"
)

// check is a question of the audit as data.
type check struct {
	id, part, title string
	rule            func(a *auditor) string
	source          string
	run             func(a *auditor)
}

// kind is a kind of finding: how grave it is, and what can be done about it.
type kind struct {
	severity mizan.Severity
	remedy   string
}

// The parts of an audit.
const (
	partData       = "Data"
	partCoherence  = "Coherence"
	partWeights    = "Weights and means"
	partRobustness = "Robustness"
	partTime       = "Over time"
	partAnswers    = "Answers"
)

const handbook = "OECD/JRC (2008), Handbook on Constructing Composite Indicators"

const (
	paruolo  = "Paruolo, Saisana and Saltelli (2013), Ratings and rankings: voodoo or science?"
	doubt    = "Cherchye, Moesen, Rogge and Van Puyenbroeck (2007), An introduction to ‘benefit of the doubt’ composite indicators"
	practice = "practice of the statistical audits of the Joint Research Centre"
)

// kinds are the findings by ID.
var kinds = map[string]kind{
	"few-components":        {mizan.Warn, "add components, or merge the aggregate with its neighbour"},
	"many-components":       {mizan.Warn, "divide the aggregate, or drop components that tell the same"},
	"many-indicators":       {mizan.Info, "ask of each indicator what would be lost without it"},
	"low-coverage":          {mizan.Warn, "find another source, widen `look_back`, or leave the indicator out"},
	"poor-coverage":         {mizan.Fail, "find another source, or leave the indicator out"},
	"low-coverage-of-unit":  {mizan.Warn, "find figures, or screen the unit out by `build.screen.min_coverage`"},
	"poor-coverage-of-unit": {mizan.Fail, "screen the unit out by `build.screen.min_coverage`"},
	"imputed-aggregate":     {mizan.Warn, "do not publish the unit's score there, or mark it as imputed"},
	"old-figures":           {mizan.Warn, "say so beside the ranking, or look for newer figures"},
	"outlier":               {mizan.Warn, "treat the indicator (`build.treat`), or say why the extremes are real and wanted"},
	"many-zeros":            {mizan.Warn, "measure it so that units can be told apart, or leave the indicator out"},
	"few-values":            {mizan.Warn, "use a finer measure, or leave the indicator out"},
	"size-bias":             {mizan.Warn, "divide by a measure of size (`build.denominate`), or say that size is meant"},
	"dominates-parent":      {mizan.Warn, "lower its weight, or add components that tell something else"},
	"weak-in-parent":        {mizan.Warn, "raise its weight, move it to where it belongs, or leave it out"},
	"contradicts-parent":    {mizan.Fail, "check the direction; if it is right, move the component or leave it out"},
	"redundant-pair":        {mizan.Warn, "drop one, or let each count half"},
	"negative-pair":         {mizan.Warn, "check the directions; where both are right, a mean hides a trade-off: show them apart"},
	"nearer-to-another":     {mizan.Warn, "move the component there, or say why it belongs here"},
	"low-alpha":             {mizan.Warn, "look for components that do not go with the others; say so if they are meant to tell different things"},
	"negative-alpha":        {mizan.Fail, "check the directions of the components"},
	"several-components":    {mizan.Warn, "divide the aggregate along its components, or say that it joins different things"},
	"weak-first-component":  {mizan.Warn, "look for components that do not go with the others, or divide the aggregate"},
	"importance-off-weight": {mizan.Warn, "say that weights are not importance, or choose weights by what they bring about"},
	"heavy-indicator":       {mizan.Warn, "lower its weight, or give its aggregate more components"},
	"no-weight":             {mizan.Warn, "give it a weight, or take it out of the framework"},
	"no-added-value":        {mizan.Warn, "give the others more weight, or publish the aggregate alone"},
	"shadow-imputation":     {mizan.Warn, "impute in the open (`build.impute`), or ask for more children by `min_available` of the aggregation"},
	"compensable":           {mizan.Warn, "choose the mean by whether weaknesses may be made up for, and say so"},
	"on-frontier":           {mizan.Info, "say by which strength it stands out; that the index does not show it is a choice of weights"},
	"frontier-left-out":     {mizan.Info, "audit a part of the units (`units.only`)"},
	"rank-driver":           {mizan.Warn, "make sure of this component's figures and weight before all others"},
	"not-rebuilt":           {mizan.Info, ""},
	"rank-jump":             {mizan.Warn, "look at the unit's figures of both years (`mizan trace`)"},
	"years-not-comparable":  {mizan.Warn, "normalise with `over: panel`, or by goalposts"},
	"unused-answer":         {mizan.Info, "take it out of the project, or correct what it is about"},
}

func kindOf(id string) kind {
	k, known := kinds[id]
	if !known {
		panic("audit: no kind of finding " + id)
	}
	return k
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// checks are the questions in their order.
func checks() []check {
	return slices.Concat(dataChecks(), coherenceChecks(), weightChecks(), robustnessChecks())
}

func dataChecks() []check {
	return []check{
		{"components", partData, "Does every aggregate have enough components, and not too many?", func(a *auditor) string {
			return fmt.Sprintf("%s to %s components; five to seven are good; at most %s indicators stay readable",
				number(a.limits[minComponents]), number(a.limits[maxComponents]), number(a.limits[maxIndicators]))
		}, handbook + ", step 1", (*auditor).components},
		{"coverage-of-indicators", partData, "Is every indicator known of most units?", func(a *auditor) string {
			return fmt.Sprintf("figures of at least %s of the ranked units; fails below %s", percent(a.limits[minCoverage]), percent(a.limits[failCoverage]))
		}, practice, (*auditor).coverageOfIndicators},
		{"coverage-of-units", partData, "Is every ranked unit known by most indicators?", func(a *auditor) string {
			return fmt.Sprintf("figures for at least %s of the indicators, fails below %s; some figure in every aggregate", percent(a.limits[minCoverage]), percent(a.limits[failCoverage]))
		}, practice, (*auditor).coverageOfUnits},
		{"timeliness", partData, "Are the figures those of the year?", func(a *auditor) string {
			return fmt.Sprintf("at most %s of an indicator's figures are of another year", percent(a.limits[maxOld]))
		}, handbook + ", step 2 (timeliness)", (*auditor).timeliness},
		{"outliers", partData, "Are there indicators in which a few units outweigh all others, after treatment?", func(a *auditor) string {
			return fmt.Sprintf("not |skewness| > %s with excess kurtosis > %s, nor excess kurtosis > %s",
				number(a.limits[maxSkewness]), number(a.limits[maxKurtosis]), number(a.limits[extremeKurtosis]))
		}, practice, (*auditor).outliers},
		{"zeros", partData, "Do indicators consist of zeros?", func(a *auditor) string {
			return fmt.Sprintf("at least %s of the figures are not zero", percent(a.limits[minNonZero]))
		}, practice, (*auditor).zeros},
		{"few-values", partData, "Can indicators tell units apart?", func(a *auditor) string {
			return fmt.Sprintf("at least %s of the figures are different", percent(a.limits[minUnique]))
		}, practice, (*auditor).fewValues},
		{"size-bias", partData, "Do scores follow the size of the unit?", func(a *auditor) string {
			return fmt.Sprintf("|correlation| with each denominator at most %s", number(a.limits[sizeCorrelation]))
		}, handbook + ", step 5", (*auditor).sizeBias},
	}
}

func coherenceChecks() []check {
	return []check{
		{"parents", partCoherence, "Does every component go with its own parent, without being it?", func(a *auditor) string {
			return fmt.Sprintf("correlation with the parent from %s to %s; fails below %s", number(a.limits[parentLow]), number(a.limits[parentHigh]), number(-a.limits[parentLow]))
		}, practice, (*auditor).parents},
		{"pairs", partCoherence, "Do components of one group tell the same, or the opposite?", func(a *auditor) string {
			return fmt.Sprintf("correlation of two components below %s and above %s", number(a.limits[redundant]), number(a.limits[negativePair]))
		}, practice, (*auditor).pairs},
		{"placement", partCoherence, "Does every component stand in the aggregate with which it goes best?", func(a *auditor) string {
			return fmt.Sprintf("no aggregate of the parent's level correlates with it by more than %s above its own", number(a.limits[placementMargin]))
		}, practice, (*auditor).placement},
		{"reliability", partCoherence, "Do the components of a group measure one thing?", func(a *auditor) string {
			return fmt.Sprintf("Cronbach's alpha of at least %s; fails below 0", number(a.limits[minAlpha]))
		}, "Cronbach (1951), Coefficient alpha and the internal structure of tests; the limit is a convention", (*auditor).reliability},
		{"principal-components", partCoherence, "Has every group one dimension?", func(a *auditor) string {
			return fmt.Sprintf("one eigenvalue above %s, and a first component with at least %s of the variance", number(a.limits[maxSecond]), percent(a.limits[minFirst]))
		}, handbook + ", step 4; the limits are conventions", (*auditor).principalComponents},
	}
}

func weightChecks() []check {
	return []check{
		{"importance", partWeights, "Do weights say how important components are?", func(a *auditor) string {
			return fmt.Sprintf("a component's share of importance is between 1/%s and %s times its weight", number(a.limits[importanceRatio]), number(a.limits[importanceRatio]))
		}, paruolo, (*auditor).importance},
		{"effective-weights", partWeights, "Does one indicator weigh too much, or nothing, in the whole?", func(a *auditor) string {
			return fmt.Sprintf("effective weight above 0 and at most %s", percent(a.limits[maxEffective]))
		}, practice, (*auditor).effectiveWeights},
		{"added-value", partWeights, "Does the index say more than its pillars?", func(a *auditor) string {
			return fmt.Sprintf("for every pillar, at least %s of the units have a rank that differs by %s or more",
				percent(a.limits[minAddedValue]), count(a.places(), "place"))
		}, practice, (*auditor).addedValue},
		{"shadow-imputation", partWeights, "Are means taken over what happens to be there?", func(*auditor) string {
			return "every child of an aggregate has a score, or the aggregate has none"
		}, handbook + ", step 3", (*auditor).shadowImputation},
	}
}

func robustnessChecks() []check {
	return []check{
		{"compensability", partRobustness, "Does it matter that strengths make up for weaknesses?", func(a *auditor) string {
			return fmt.Sprintf("from the arithmetic to the geometric mean at the top, at most %s of the units move by %s or more",
				percent(a.limits[maxMoved]), count(a.places(), "place"))
		}, handbook + ", step 6", (*auditor).compensability},
		{"frontier", partRobustness, "Who would lead under the weights that are best for them?", func(*auditor) string {
			return "each unit is weighed in its own favour (benefit of the doubt over the pillars); on the frontier no other does better"
		}, doubt, (*auditor).frontier},
		{"leave-one-out", partRobustness, "Do the ranks hang on one component?", func(a *auditor) string {
			return fmt.Sprintf("without a component, ranks change by at most %s places on average (%s of the units)", figure(a.limits[maxMeanShift]*float64(a.out.Ranked)), percent(a.limits[maxMeanShift]))
		}, handbook + ", step 7", (*auditor).leaveOneOut},
		{"trends", partTime, "Do ranks jump from year to year, and can years be compared?", func(a *auditor) string {
			return fmt.Sprintf("no unit moves by %s or more from the year before; scores of different years can be compared", count(a.places(), "place"))
		}, practice, (*auditor).trends},
	}
}

// answers is asked when all others have been.
var answers = check{"answers", partAnswers, "Are all answers of the project still needed?", func(*auditor) string {
	return "every answer fits a finding"
}, "this program", nil}
