package build

import (
	"slices"

	"mizan"
)

// registry lists every method, stage by stage in the order of the chain; a
// new method is its own file and a line here.
var registry = []Entry{
	imputeNone, imputeMean, imputeMedian, imputeGroupMean, imputeGroupMedian, imputeRowMean, imputeRowMedian,
	imputeEM, imputeRegression, imputeNearestNeighbours, imputeHotDeck,
	imputeLastObservation, imputeNextObservation, imputeConstant, imputeLinear, imputeLinearConstant,
	screenNone, screenCoverage, screenNonzero, screenCoverageAndNonzero,
	treatNone, treatWinsorise, treatTrimPercentiles, treatLog, treatLogCoin, treatLogCoinOriginal, treatLogCoinSigned, treatLogGII,
	treatInverseHyperbolicSine, treatPower, treatBoxCox, treatYeoJohnson,
	normaliseNone, normaliseMinMax, normaliseZScore, normaliseScaled, normaliseRank, normaliseBorda, normalisePercentileRank,
	normaliseDistanceToMax, normaliseDistanceToTarget, normaliseDistanceToUnit, normaliseFractionOfMax, normaliseGoalposts,
	normaliseMazziottaPareto, normaliseAdjustedMazziottaPareto,
	weighDeclared, weighEqual, weighPrincipal, weighFactors, weighEqualInfluence, weighInfomax, weighEntropy, weighCritic, weighRegression,
	weighAHP, weighBudget, weighSwing,
	aggregateArithmetic, aggregateGeometric, aggregateHarmonic, aggregateGeneralised, aggregateMedian, aggregateMinimum,
	aggregateOrdered, aggregateMeanMin, aggregateMazziottaPareto, aggregateChoquet,
	aggregateBorda, aggregateCopeland, aggregatePromethee, aggregateTopsis, aggregateBenefit,
}

// entries lists the registry. The caller may not change it.
func entries() []Entry { return registry }

// Methods lists the registry as data, stage by stage, in the order of the
// chain.
func Methods() []mizan.Method {
	list := make([]mizan.Method, len(registry))
	for i, e := range registry {
		list[i] = e.Method
		list[i].Options = slices.Clone(e.Options)
	}
	return list
}

// entry finds a method of a stage by its name.
func entry(stage mizan.Stage, name string) (Entry, bool) {
	for _, e := range registry {
		if e.Stage == stage && e.Name == name {
			return e, true
		}
	}
	return Entry{}, false
}

// methodNames are the names of a stage's methods, for hints.
func methodNames(stage mizan.Stage) []string {
	var names []string
	for _, e := range registry {
		if e.Stage == stage {
			names = append(names, e.Name)
		}
	}
	return names
}

// Works that several methods come from.
const (
	handbook = "OECD/JRC (2008), Handbook on Constructing Composite Indicators"
	coinTool = "Becker, Benavente, Dominguez Torreiro, Moura, Neves, Saisana and Vertesy (2019), COIN Tool User Guide (JRC)"
	means    = "Hardy, Littlewood and Pólya (1934), Inequalities, chapter 2"
)
