package build

// Draws are readings of one project that were drawn at random, so that several
// analyses can look at the same ones. They may be used by several goroutines.
type Draws interface {
	// Len is how many there are.
	Len() int
	// Year is the year of the panel that they are about.
	Year() int
	// Draw writes draw k, from 0, to d, whose Weights it reuses. An error says
	// why the draw cannot be built; it belongs to the draw, and others can.
	Draw(k int, d *Draw) error
}

// Draw is one reading of a project.
type Draw struct {
	// Structure numbers the combinations of structural choices (methods,
	// options, indicators left out): draws with the same number share a Result.
	// It is -1 for a draw whose Result no other shares, because its figures
	// were drawn too.
	Structure int
	// Result is the build of the structure: its stage tables, and what its
	// treatments and normalisations learnt.
	Result *Result
	// Weights are those of the draw, of every node within its parent, parallel
	// to Result.Nodes, for an Evaluator of the Result's Kernel.
	Weights []float64
}
