// Package network looks at ties between units as a network: who is tied to
// whom and how strongly for their sizes, who stands in the middle, which units
// hang together, how that agrees with alliances, and how much of it size and
// distance would let one expect.
//
// All kernels work on flat arrays in a fixed order, so that their results are
// the same to the last bit in every run.
package network
