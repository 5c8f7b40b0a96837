package alliance

import "mizan"

// The sentences of this package.
var (
	sayBest    = mizan.Sentence{ID: "value.best", Text: "the score of an alliance in which each member does what it does best: the mean of the best scores by pillar"}
	sayScore   = mizan.Sentence{ID: "value.score", Text: "the score of the pooled alliance"}
	sayReach   = mizan.Sentence{ID: "value.reach", Text: "the share of the weights, in per cent, of the indicators in which the pooled alliance stands among the first {count}"}
	sayPillar  = mizan.Sentence{ID: "value.pillar", Text: "the score of the pooled alliance in {code}"}
	sayHome    = mizan.Sentence{ID: "value.home", Text: "the share, in per cent, of what the members have of {table} whose suppliers are at home with one of them"}
	sayPasses  = mizan.Sentence{ID: "value.passes", Text: "1 if the pooled alliance passes {unit}, else 0"}
	sayChain   = mizan.Sentence{ID: "value.chain", Text: "the mean of the members' shares, in per cent, over the stages of {table}"}
	sayWeakest = mizan.Sentence{ID: "value.weakest", Text: "the members' share, in per cent, of the stage of {table} in which they are weakest: what they could make alone"}

	sayCarriedOne = mizan.Sentence{ID: "beyond.one", Text: "in 1 indicator of {all} the pooled figure is beyond that of the best unit, and the scale, which the units of the index made, is carried on"}
	sayCarried    = mizan.Sentence{ID: "beyond.carried", Text: "in {n} indicators of {all} the pooled figure is beyond that of the best unit, and the scale, which the units of the index made, is carried on"}
	sayHeldOne    = mizan.Sentence{ID: "beyond.held-one", Text: "in 1 indicator of {all} the pooled figure is beyond that of the best unit, and the score is held at that of the bound"}
	sayHeld       = mizan.Sentence{ID: "beyond.held", Text: "in {n} indicators of {all} the pooled figure is beyond that of the best unit, and the score is held at that of the bound"}
	sayPlacedOne  = mizan.Sentence{ID: "beyond.placed-one", Text: "in 1 indicator of {all} the pooled figure is beyond that of the best unit, and the alliance is placed before all units"}
	sayPlaced     = mizan.Sentence{ID: "beyond.placed", Text: "in {n} indicators of {all} the pooled figure is beyond that of the best unit, and the alliance is placed before all units"}

	sayImputed     = mizan.Sentence{ID: "figures.imputed", Text: "{some} of {all} figures of members are imputed"}
	sayMissing     = mizan.Sentence{ID: "figures.missing", Text: "{some} of {all} figures of members are missing and count for nothing", Remedy: "add figures, or read what is pooled as that of the other members"}
	sayNotPooled1  = mizan.Sentence{ID: "not-pooled.one", Text: "1 indicator does not pool and has no score of the alliance"}
	sayNotPooled   = mizan.Sentence{ID: "not-pooled", Text: "{n} indicators does not pool and has no score of the alliance"}
	sayNoTies      = mizan.Sentence{ID: "ties-missing", Text: "what members have in common is counted for each of them, because there are no ties of {year}", Remedy: "give the ties that the rule names, of this year"}
	sayUncovered   = mizan.Sentence{ID: "ties-uncovered", Text: "the ties {code} do not cover some members, so that what these have in common with others is counted for both"}
	sayIncomplete  = mizan.Sentence{ID: "incomplete", Text: "the list of members is incomplete: {note}", Remedy: "read the standing as that of the members listed"}
	sayOutside1    = mizan.Sentence{ID: "outside.one", Text: "1 member is not among the units and not pooled", Remedy: "add figures of them to count them"}
	sayOutside     = mizan.Sentence{ID: "outside.some", Text: "{n} members are not among the units and not pooled", Remedy: "add figures of them to count them"}
	sayUnranked1   = mizan.Sentence{ID: "unranked.one", Text: "1 member has no score in the index; what figures there are, are pooled"}
	sayUnranked    = mizan.Sentence{ID: "unranked.some", Text: "{n} members have no score in the index; what figures there are, are pooled"}
	sayNotCounted  = mizan.Sentence{ID: "not-counted", Text: "not counted, of the status {status}"}
	sayDrawsFailed = mizan.Sentence{ID: "draws-failed", Text: "{n} of {all} draws could not be built, or give no score, and are left out", Remedy: "`mizan uncertainty` tells why"}

	sayTableYear       = mizan.Sentence{ID: "table.covers", Text: "the table of supply {table}: figures of {year}, beside an index of {index}"}
	sayTableCommerce   = mizan.Sentence{ID: "table.commerce", Text: "the table of supply {table}: the figures may not serve commerce", Remedy: "ask the publisher before you sell, or publish for pay, what is made of them"}
	sayTableSample     = mizan.Sentence{ID: "table.sample", Text: "the table of supply {table}: a sample: {what}", Remedy: "read shares as those of the sample"}
	sayTableNote       = mizan.Sentence{ID: "table.note", Text: "the table of supply {table}: {note}"}
	sayTableSilent1    = mizan.Sentence{ID: "table.stage-passed", Text: "the table of supply {table}: no shares are known of 1 stage, which is passed over: {stages}", Remedy: "add rows of these stages"}
	sayTableSilent     = mizan.Sentence{ID: "table.stages-passed", Text: "the table of supply {table}: no shares are known of {n} stages, which are passed over: {stages}", Remedy: "add rows of these stages"}
	sayTableNobody     = mizan.Sentence{ID: "table.nobody", Text: "the table of supply {table}: of up to {share} % ({good}) nobody says who provides it, and it counts for no member"}
	sayTableProvides   = mizan.Sentence{ID: "table.provides-nothing", Text: "the table of supply {table}: it names nothing that these provide, which counts as nothing"}
	sayTableUnmeasured = mizan.Sentence{ID: "table.unmeasured", Text: "the table of supply {table}: these provide some goods in amounts that nobody states, which count as nothing"}
	sayTableUnknown    = mizan.Sentence{ID: "table.unknown", Text: "the table of supply {table}: of {share} % of what the members have the supplier is not known", Remedy: "read shares as those of what is known"}
	sayTableWithout    = mizan.Sentence{ID: "table.silent", Text: "the table of supply {table}: it says nothing of what these have"}
)

// counted says a sentence of a number: one of 1, or one of several.
func counted(n int, one, several mizan.Sentence, pairs ...any) mizan.Said {
	pairs = append([]any{"n", n}, pairs...)
	if n == 1 {
		return one.Say(pairs...)
	}
	return several.Say(pairs...)
}
