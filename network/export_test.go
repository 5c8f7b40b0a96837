package network

// PoissonOf is the generator of the intervals, for tests of its distribution.
var PoissonOf = poissonOf
