package uncertainty

import "mizan"

// The sentences of this package.
var (
	sayAllWeights = mizan.Sentence{ID: "weights.all", Text: "all weights"}
	sayWeightsOf  = mizan.Sentence{ID: "weights.of", Text: "weights of {codes}"}
	sayLevel      = mizan.Sentence{ID: "weights.level", Text: "weights of level {levels}"}
	sayLevelOf    = mizan.Sentence{ID: "weights.level-of", Text: "weights of level {levels} of {codes}"}
	saySpread     = mizan.Sentence{ID: "weights.spread", Text: "{of} times {low} to {high}"}
	sayWithin     = mizan.Sentence{ID: "weights.within", Text: "shares of {of} among siblings up to {share} more or less"}
	sayDirichlet  = mizan.Sentence{ID: "weights.dirichlet", Text: "{of} by Dirichlet with concentration {a}"}
	sayShares     = mizan.Sentence{ID: "weights.shares", Text: "any shares of {of}"}
	sayBounds     = mizan.Sentence{ID: "weights.bounds", Text: "weights between bounds"}
	sayAnyWeights = mizan.Sentence{ID: "weights.any", Text: "any weights of indicators"}

	saySeed          = mizan.Sentence{ID: "factor.seed", Text: "the seed of {path}"}
	sayChanges       = mizan.Sentence{ID: "factor.changes", Text: "changes to the project"}
	sayRange         = mizan.Sentence{ID: "factor.range", Text: "{path} from {low} to {high}"}
	sayWholeRange    = mizan.Sentence{ID: "factor.whole-range", Text: "{path}, a whole number from {low} to {high}"}
	sayDropIndicator = mizan.Sentence{ID: "factor.drop-indicator", Text: "leave out an indicator"}
	sayDropPillar    = mizan.Sentence{ID: "factor.drop-pillar", Text: "leave out a pillar"}
	sayDropOne       = mizan.Sentence{ID: "factor.drop-one-of", Text: "leave out one of {codes}"}
	sayAtLevel       = mizan.Sentence{ID: "factor.at-level", Text: "{what}, level {level}"}
	sayMeasurement   = mizan.Sentence{ID: "factor.measurement", Text: "error of measurement: {what}"}

	sayBoth       = mizan.Sentence{ID: "noise.both", Text: "{what}, {more}"}
	saySD         = mizan.Sentence{ID: "noise.sd", Text: "standard deviation {by}"}
	saySDOf       = mizan.Sentence{ID: "noise.sd-of", Text: "standard deviation of {n} indicators"}
	sayRelative   = mizan.Sentence{ID: "noise.relative", Text: "relative {by}"}
	sayRelativeOf = mizan.Sentence{ID: "noise.relative-of", Text: "relative of {n} indicators"}
	sayRounding   = mizan.Sentence{ID: "noise.rounding", Text: "rounding {by}"}
	sayRoundingOf = mizan.Sentence{ID: "noise.rounding-of", Text: "rounding of {n} indicators"}
	sayOfData     = mizan.Sentence{ID: "noise.of-data", Text: "standard deviations of the data"}

	sayConstant     = mizan.Sentence{ID: "sensitivity.constant", Text: "the ranks are the same in every draw: nothing that varies moves them", Remedy: "let more vary, or vary it more"}
	sayFailed       = mizan.Sentence{ID: "sensitivity.failed", Text: "{failed} of {all} draws failed; what they would have shown is left out, so that the indices are those of the draws that can be built", Remedy: "take the alternatives that cannot be built out of the factors"}
	sayStopped      = mizan.Sentence{ID: "sensitivity.stopped", Text: "the analysis was stopped; the indices rest on what was done", Remedy: "let it run to its end"}
	sayNotConverged = mizan.Sentence{ID: "sensitivity.not-converged", Text: "the intervals are wider than the rule asks for", Remedy: "allow more draws with --draws"}
	sayOneFactor    = mizan.Sentence{ID: "sensitivity.one-factor", Text: "a single factor varies, so that all that moves is due to it", Remedy: "name further factors, or take the analysis apart with --by level or --by input"}
)

// tell says what a factor does.
func (f *Factor) tell(s mizan.Said) { f.About, f.Said = s.Text, s.Saying }
