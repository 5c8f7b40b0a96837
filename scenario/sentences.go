package scenario

import "mizan"

// The sentences of this package.
var (
	sayOfEdit      = mizan.Sentence{ID: "scenario.of-edit", Text: "edit {edit}: {what}"}
	sayNoSupplier  = mizan.Sentence{ID: "scenario.no-supplier", Text: "the table {table} has no supplier {names}", Remedy: "correct it, or take it away"}
	sayUnknown     = mizan.Sentence{ID: "scenario.unknown", Text: "{share} % of what {unit} has in the table {table} comes from suppliers who are not known or whose home is not; they go on delivering", Remedy: "give the dependence as an assumption, if they would not"}
	sayNoUse       = mizan.Sentence{ID: "scenario.no-use", Text: "the table {table} has nothing of {units}, who lose nothing", Remedy: "give the dependence as an assumption"}
	saySample      = mizan.Sentence{ID: "scenario.sample", Text: "the table {table} is a sample: {what}", Remedy: "read the dependence as that of the sample"}
	sayNoTies      = mizan.Sentence{ID: "scenario.no-ties", Text: "the ties {table} tell nothing of {units} with {with} in {year}, who lose nothing", Remedy: "give the dependence as an assumption"}
	sayJointTwice  = mizan.Sentence{ID: "scenario.joint-twice", Text: "works with several of the partners count for each of them, so that the dependence is an upper bound", Remedy: "read the loss as a bound, or bound it by `exposure`"}
	sayNoMember    = mizan.Sentence{ID: "scenario.no-member", Text: "{unit} is no member of {alliance}, and cannot leave it", Remedy: "take it out of the edit"}
	sayNoFigure    = mizan.Sentence{ID: "scenario.no-figure", Text: "there is no figure of {units} to change, and what the index imputes there is left to it", Remedy: "set the figures, or leave them out of the edit"}
	sayNobody      = mizan.Sentence{ID: "scenario.nobody", Text: "no unit of the index is changed", Remedy: "name units that are in the index"}
	sayHeld        = mizan.Sentence{ID: "scenario.held", Text: "{cell} would be {value}, and is held at the end of its range", Remedy: "is the edit what you mean?"}
	sayNoRatio     = mizan.Sentence{ID: "scenario.no-ratio", Text: "the link from {code} to {with} does nothing for {unit}, since {code} was {was} and is {is}", Remedy: "edit {with} itself"}
	sayUnchanged   = mizan.Sentence{ID: "scenario.unchanged", Text: "no figure changes at the middle of the assumptions", Remedy: "does the edit name figures that are there?"}
	sayWeightsHeld = mizan.Sentence{ID: "scenario.weights-held", Text: "weights are found from the data by {method}, and are held at those of the index as it stands", Remedy: "declare the weights, or read the movement as one under the same weights"}
	sayIdle        = mizan.Sentence{ID: "scenario.idle", Text: "the link from {code} to {with} carries nothing, since {code} does not change", Remedy: "edit {code}, or take the link away"}
	sayOrder       = mizan.Sentence{ID: "scenario.order", Text: "edits {first} and {second} do not commute: {what}", Remedy: "keep them in the order that is meant"}
	sayOtherFile   = mizan.Sentence{ID: "scenario.other-file", Text: "the project file becomes another"}
	sayOtherCell   = mizan.Sentence{ID: "scenario.other-cell", Text: "{cell} is {value}, or {other} the other way round"}
	sayOtherWho    = mizan.Sentence{ID: "scenario.other-members", Text: "{alliance} has other members"}
	sayTooMany     = mizan.Sentence{ID: "scenario.too-many", Text: "the movement cannot be divided among the edits: there are {n}", Remedy: "make scenarios of fewer edits"}
	sayApart       = mizan.Sentence{ID: "scenario.apart", Text: "the movement cannot be divided among the edits: some of them cannot be built without the others ({cause})", Remedy: "make scenarios of fewer edits"}
	sayLink        = mizan.Sentence{ID: "scenario.link", Text: "1 % more of {code} makes {share} % more of {with}"}
	sayLinkLess    = mizan.Sentence{ID: "scenario.link.less", Text: "1 % more of {code} makes {share} % less of {with}"}
	sayLag         = mizan.Sentence{ID: "scenario.link.lag", Text: "1 % more of {code} makes {share} % more of {with}, {lag} years later"}
	sayLagLess     = mizan.Sentence{ID: "scenario.link.lag-less", Text: "1 % more of {code} makes {share} % less of {with}, {lag} years later"}
)
