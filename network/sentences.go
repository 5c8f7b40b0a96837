package network

import "mizan"

// The sentences of this package.
var (
	sayNoModel   = mizan.Sentence{ID: "ties.no-model", Text: "what size and distance let one expect cannot be told: there are too few pairs, or they do not differ"}
	sayUnsettled = mizan.Sentence{ID: "ties.unsettled", Text: "the model of ties has not settled", Remedy: "read its figures as rough"}
	sayUnlisted  = mizan.Sentence{ID: "ties.unlisted", Text: "pairs that the source does not list, below {n}, count as 0 in the model of ties"}
	sayPartial   = mizan.Sentence{ID: "ties.partial", Text: "the source has not got {year} whole: {why}", Remedy: "compare it with no other year"}
	sayNoLinks   = mizan.Sentence{ID: "ties.no-links", Text: "no tie of {year} is a link at the threshold {n}", Remedy: "lower the threshold"}
	sayCommerce  = mizan.Sentence{ID: "supply.commerce", Text: "the figures of {table} may not serve commerce", Remedy: "ask the publisher before you sell, or publish for pay, what is made of them"}
	saySample    = mizan.Sentence{ID: "supply.sample", Text: "the table is a sample: {what}", Remedy: "read shares as those of the sample"}
	sayUnknown   = mizan.Sentence{ID: "supply.unknown", Text: "of {share} % of all the supplier is not known", Remedy: "shares are of what is known; the bounds of the index say what it may be"}
)
