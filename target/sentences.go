package target

import "mizan"

// The sentences of this package.
var (
	sayDisagree      = mizan.Sentence{ID: "target.disagree", Text: "the methods disagree: {verdicts}", Remedy: "say which method is meant when you call it on track or not"}
	sayOneChange     = mizan.Sentence{ID: "target.one-change", Text: "the paths are made of 1 change; how far changes spread is assumed, not measured"}
	sayFewChanges    = mizan.Sentence{ID: "target.few-changes", Text: "the paths are made of {n} changes; how far changes spread is assumed, not measured"}
	sayNoBaseline    = mizan.Sentence{ID: "target.no-baseline", Text: "there is no baseline, so that neither path nor verdict can be given", Remedy: "add `baseline` if the source has it"}
	sayNoDataAfter   = mizan.Sentence{ID: "target.no-data-after", Text: "nothing is known after the baseline of {year}: the required path only, no verdict", Remedy: "add what was observed since"}
	sayImpliedBase   = mizan.Sentence{ID: "target.implied-baseline", Text: "the baseline of {value} is implied by the target and the multiple, not stated"}
	sayImpliedTarget = mizan.Sentence{ID: "target.implied-target", Text: "the target of {value} is implied by the baseline and the multiple, not stated"}
	sayZeroBaseline  = mizan.Sentence{ID: "target.zero-baseline", Text: "the baseline is zero, from which no growth rate leads anywhere; methods of growth rates take 0.001 in its place", Remedy: "take a later baseline, or judge by the linear methods"}
	sayZeroTarget    = mizan.Sentence{ID: "target.zero-target", Text: "the target is zero, to which no growth rate leads; methods of growth rates take 0.001 in its place", Remedy: "judge by the linear methods"}
	sayOtherSign     = mizan.Sentence{ID: "target.other-sign", Text: "baseline and target differ in sign, so that there is no growth rate and no verdict by one", Remedy: "judge by the linear methods, or restate both as a ratio"}
	sayBehindBelow   = mizan.Sentence{ID: "target.behind-baseline-below", Text: "the target is not beyond the baseline: it stands to keep it from falling below", Remedy: "check the values and the direction"}
	sayBehindAbove   = mizan.Sentence{ID: "target.behind-baseline-above", Text: "the target is not beyond the baseline: it stands to keep it from falling above", Remedy: "check the values and the direction"}
	sayShareLimit    = mizan.Sentence{ID: "target.share-limit", Text: "a share without `natural_limit` has no logistic path", Remedy: "add `natural_limit: 100` if it is a percentage"}
	sayNoSumPath     = mizan.Sentence{ID: "target.no-sum-path", Text: "no yearly growth of the baseline makes the total", Remedy: "give the baseline as the flow of one year, above 0"}
	sayFilled        = mizan.Sentence{ID: "target.filled", Text: "years of the total without a figure are put between their neighbours: {years}", Remedy: "add the figures of these years"}
	sayConvertedBase = mizan.Sentence{ID: "target.converted-baseline", Text: "the baseline of {year} was converted: {given} {currency} at {rate} {to} = 1 {from} of {date} makes {converted} {own}"}
	sayConvertedAim  = mizan.Sentence{ID: "target.converted-target", Text: "the target of {year} was converted: {given} {currency} at {rate} {to} = 1 {from} of {date} makes {converted} {own}"}
	sayConverted     = mizan.Sentence{ID: "target.converted-figure", Text: "the observation of {year} was converted: {given} {currency} at {rate} {to} = 1 {from} of {date} makes {converted} {own}"}
	sayPrices        = mizan.Sentence{ID: "target.prices", Text: "the price base is not stated, so that inflation may be part of the growth", Remedy: "add `prices: current`, or of which year"}
	sayMixedPrices   = mizan.Sentence{ID: "target.mixed-prices", Text: "figures have different price bases, and none is converted", Remedy: "give all figures at one price base"}
	sayNarrow        = mizan.Sentence{ID: "target.narrow", Text: "only {share} % of what came lay between the quantiles that hold 90 % of the paths", Remedy: "take the probabilities for rougher than they look"}

	saySign       = mizan.Sentence{ID: "target.sign", Text: "growth rates need values of one sign"}
	sayNoGrowth   = mizan.Sentence{ID: "target.no-growth", Text: "the baseline is the target: no growth is required"}
	sayNoWay      = mizan.Sentence{ID: "target.no-way", Text: "the baseline is the target: there is no way to go"}
	sayNoStep     = mizan.Sentence{ID: "target.no-step", Text: "the baseline is the target: no step is required"}
	sayNoOthers   = mizan.Sentence{ID: "target.no-others", Text: "there are no figures of other units to measure by"}
	sayFewUnits   = mizan.Sentence{ID: "target.few-units", Text: "only {n} units have a figure"}
	sayAllSame    = mizan.Sentence{ID: "target.same", Text: "all units have the same figure"}
	sayNoLimit    = mizan.Sentence{ID: "target.no-limit", Text: "no upper natural limit is declared"}
	sayTouches    = mizan.Sentence{ID: "target.touches", Text: "a logistic path runs between 0 and the limit, and touches neither"}
	sayNoFigure   = mizan.Sentence{ID: "target.no-figure", Text: "there is no figure"}
	sayEurostat   = mizan.Sentence{ID: "target.eurostat", Text: "{observed} a year observed, {required} required; the ratio of logarithms is {ratio}"}
	sayESCAP      = mizan.Sentence{ID: "target.escap", Text: "current status {status} of 10, {value} anticipated in {year}"}
	sayOECD       = mizan.Sentence{ID: "target.oecd", Text: "standard deviation {sd} of {n} units in {year}"}
	saySDSN       = mizan.Sentence{ID: "target.sdsn", Text: "{observed} a year observed, {required} required; trend score {score} of 4"}
	sayOnTheCurve = mizan.Sentence{ID: "target.curve", Text: "{value} expected in {year} on the curve"}
	sayExpected   = mizan.Sentence{ID: "target.expected", Text: "{value} expected in {year}"}
)

// without is a verdict that cannot be given, and why.
func without(why mizan.Said) Verdict { return Verdict{Why: why.Text, Said: why.Saying} }

// told adds the figures on the way to a verdict.
func (v Verdict) told(detail mizan.Said) Verdict {
	v.Detail, v.Said = detail.Text, detail.Saying
	return v
}
