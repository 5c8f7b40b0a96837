package build

import "mizan"

// The sentences of this package: what screening decides, how a figure came about,
// and what a method could not do.
var (
	sayNoFigures  = mizan.Sentence{ID: "no-figures", Text: "no figures"}
	sayCoverage   = mizan.Sentence{ID: "figures-for", Text: "figures for {have} of {all} indicators, {share} % asked for"}
	sayNonzero    = mizan.Sentence{ID: "not-zero", Text: "{have} of {all} figures are not zero, {share} % asked for"}
	sayRemoved    = mizan.Sentence{ID: "removed-by-force", Text: "removed by force"}
	sayForced     = mizan.Sentence{ID: "kept-by-force", Text: "kept by force: {why}"}
	sayKept       = mizan.Sentence{ID: "note.kept", Text: "kept"}
	sayLeftOut    = mizan.Sentence{ID: "note.out", Text: "left out: {why}"}
	sayMultiplied = mizan.Sentence{ID: "by.multiply", Text: "multiply by {code}"}
	sayDivided    = mizan.Sentence{ID: "by.divide", Text: "divide by {code}"}
	sayNoneOf     = mizan.Sentence{ID: "note.no-figure", Text: "there is no figure of {code}"}
	sayLess       = mizan.Sentence{ID: "note.less", Text: "less is better"}
	sayLeft       = mizan.Sentence{ID: "note.left", Text: "left as it is"}
	sayBy         = mizan.Sentence{ID: "note.by", Text: "by {method}"}
	sayPoints     = mizan.Sentence{ID: "note.points", Text: "points {n}"}
	sayMoments    = mizan.Sentence{ID: "note.moments", Text: "skewness {skewness}, kurtosis {kurtosis}"}
	sayMended     = mizan.Sentence{ID: "note.moments-after", Text: "skewness {skewness}, kurtosis {kurtosis} before, skewness {skewness_after}, kurtosis {kurtosis_after} after"}

	sayObserved    = mizan.Sentence{ID: "note.observed", Text: "observed, left alone"}
	sayScreened    = mizan.Sentence{ID: "note.screened", Text: "screened out, not imputed"}
	sayNothing     = mizan.Sentence{ID: "note.nothing", Text: "nothing to impute from"}
	sayImputed     = mizan.Sentence{ID: "note.imputed", Text: "imputed"}
	sayFrom        = mizan.Sentence{ID: "note.from", Text: "imputed from {what}"}
	fromNothing    = mizan.Sentence{ID: "from.nothing", Text: "nothing"}
	fromMean       = mizan.Sentence{ID: "from.mean", Text: "the mean of {n} values"}
	fromMedian     = mizan.Sentence{ID: "from.median", Text: "the median of {n} values"}
	fromGroupMean  = mizan.Sentence{ID: "from.group-mean", Text: "the mean of {n} values of {by} {group}"}
	fromGroupMid   = mizan.Sentence{ID: "from.group-median", Text: "the median of {n} values of {by} {group}"}
	fromOne        = mizan.Sentence{ID: "from.one", Text: "the one value that the indicator has"}
	fromEMMean     = mizan.Sentence{ID: "from.em-mean", Text: "the mean, by EM, since the unit has no other value"}
	fromEM         = mizan.Sentence{ID: "from.em", Text: "{n} other indicators of the unit, by EM over {all} units"}
	fromEMDrawn    = mizan.Sentence{ID: "from.em-drawn", Text: "{n} other indicators of the unit, by EM over {all} units, drawn"}
	fromDonor      = mizan.Sentence{ID: "from.donor", Text: "the value of {unit}, drawn among {n}"}
	fromNeighbours = mizan.Sentence{ID: "from.neighbours", Text: "the mean of its nearest neighbours: {units}"}
	fromRegression = mizan.Sentence{ID: "from.regression", Text: "its {codes}, by a regression over {n} units"}
	fromRowMean    = mizan.Sentence{ID: "from.row-mean", Text: "the mean place of the unit in the ranges of {n} other indicators"}
	fromRowMedian  = mizan.Sentence{ID: "from.row-median", Text: "the median place of the unit in the ranges of {n} other indicators"}
	fromYear       = mizan.Sentence{ID: "from.year", Text: "its value of {year}"}
	fromLine       = mizan.Sentence{ID: "from.line", Text: "the straight line between its values of {first} and {last}"}

	findForced    = mizan.Sentence{ID: "find.forced", Text: "{unit} is {why}"}
	findForcedIn  = mizan.Sentence{ID: "find.forced-in", Text: "{unit} in {year} is {why}"}
	findAllOut    = mizan.Sentence{ID: "find.screened", Text: "no unit passes the screening ({unit}: {why})", Remedy: "lower the limits, or add figures"}
	findNoScore   = mizan.Sentence{ID: "find.no-score", Text: "{code} has no score: {why}"}
	findNoScoreIn = mizan.Sentence{ID: "find.no-score-in", Text: "{code} has no score in {year}: {why}"}
	findWhyIn     = mizan.Sentence{ID: "find.why-in", Text: "{why} in {year}"}
	findNoFinite  = mizan.Sentence{ID: "find.no-finite", Text: "{method} cannot {verb} {code} of {units}", Remedy: "choose another method for this indicator, or correct the figures"}

	noValues       = mizan.Sentence{ID: "lacks.no-values", Text: "there is no value at all", Remedy: "leave the indicator out, or add figures"}
	noSpread       = mizan.Sentence{ID: "lacks.no-spread", Text: "every value is {value}", Remedy: "leave the indicator out, or choose a method that does not need a range"}
	noCommon       = mizan.Sentence{ID: "lacks.common-weights", Text: "no unit has values for all children of {code}, so there are no common weights", Remedy: "impute what is missing, or use weights: own"}
	noShare        = mizan.Sentence{ID: "lacks.shares", Text: "the common weights of {code} are 0 for every child that {units} has", Remedy: "impute what is missing, or give a min_share above 0"}
	noDifference   = mizan.Sentence{ID: "lacks.difference", Text: "no two units differ in the children of {code} that {units} has", Remedy: "compare more units, or use arithmetic-mean"}
	noInfluence    = mizan.Sentence{ID: "lacks.influence", Text: "the children of {code} run against one another, so that none has an influence on it that can be shared", Remedy: "check directions, or use other weights, such as equal"}
	noDistance     = mizan.Sentence{ID: "lacks.distance", Text: "{unit}, the unit of reference, has the worst value, {value}, from which there is no distance", Remedy: "name another unit of reference for this indicator, or use min-max"}
	noReference    = mizan.Sentence{ID: "lacks.reference", Text: "{unit}, the unit of reference, has no value", Remedy: "name another unit of reference for this indicator, or impute its value"}
	noFractionMax  = mizan.Sentence{ID: "lacks.fraction-max", Text: "the max is {value}, of which there is no fraction", Remedy: "use min-max or z-score for this indicator"}
	noFractionMin  = mizan.Sentence{ID: "lacks.fraction-min", Text: "the min is {value}, of which there is no fraction", Remedy: "use min-max or z-score for this indicator"}
	noRange        = mizan.Sentence{ID: "lacks.range", Text: "the range from {low} to {high} is empty", Remedy: "give another min or max, or leave it out"}
	noChildValues  = mizan.Sentence{ID: "lacks.child-values", Text: "{code} in {with} has no values, so no weights can be learnt", Remedy: "use other weights, such as equal, or take the child out"}
	noChildSpread  = mizan.Sentence{ID: "lacks.child-spread", Text: "every value of {code} in {with} is {value}, so no weights can be learnt", Remedy: "use other weights, such as equal, or take the child out"}
	tooFewUnits    = mizan.Sentence{ID: "lacks.units", Text: "{code} has {have} units with values for all its children, and learning weights needs {need}", Remedy: "impute what is missing, or use other weights, such as equal"}
	noPair         = mizan.Sentence{ID: "lacks.pair", Text: "{first} and {second} in {code} have too few values in common for a correlation", Remedy: "use other weights, such as equal, or take the child out"}
	allAgree       = mizan.Sentence{ID: "lacks.disagreement", Text: "all children of {code} say the same, so no weights can be learnt", Remedy: "use other weights, such as equal"}
	allSame        = mizan.Sentence{ID: "lacks.entropy", Text: "all children of {code} are the same in all units, so no weights can be learnt", Remedy: "use other weights, such as equal"}
	negativeWeight = mizan.Sentence{ID: "lacks.positive-weight", Text: "the first component of {code} runs against {with}, whose weight would be {value}", Remedy: "check the direction of {with}, take it out, or use form: squared-loadings"}
	dependentChild = mizan.Sentence{ID: "lacks.independence", Text: "{code} in {with} can be made of the children before it, so their weights cannot be told apart", Remedy: "take one of them out, or use other weights, such as equal"}
	dependentAll   = mizan.Sentence{ID: "lacks.independence-of-all", Text: "the children of {code} can be made of one another", Remedy: "take one of them out, or use other weights, such as equal"}
	noOutcome      = mizan.Sentence{ID: "lacks.outcome", Text: "no child of {code} goes with the outcome {with}", Remedy: "check directions, name another outcome, or use other weights, such as equal"}
)

// learnsNothing is what a method says that can learn nothing.
func learnsNothing(id string, s mizan.Said) *Degenerate {
	return &Degenerate{ID: id, Cause: s.Text, Remedy: s.Remedy, Said: s.Saying}
}

// said is the cause with its identity.
func (e *Degenerate) said() mizan.Said {
	return mizan.Said{Text: e.Cause, Remedy: e.Remedy, Saying: e.Said}
}

// reason is a verdict with why it came about.
func reason(keep bool, why mizan.Said) Verdict {
	return Verdict{Keep: keep, Reason: why.Text, Said: why.Saying}
}

// why is the reason with its identity.
func (v Verdict) why() mizan.Said { return mizan.Said{Text: v.Reason, Saying: v.Said} }
