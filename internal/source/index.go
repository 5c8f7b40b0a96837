package source

import "math"

// index is what an import has understood, ready to be written as a project.
// Codes are those of the other tool until name has been called.
type index struct {
	tool    string   // for the first line of the project file
	from    []string // the files it comes from
	title   string
	years   []int // of the figures, ascending; one if the files name none
	dated   bool  // whether the figures carry their year
	units   []unit
	groups  []string // group variables
	series  []*series
	root    *node
	denoms  []denominator
	methods []string // lines of comment on what the tables do not say
	variant []variant
	figures []figures
}

// unit is a unit with its name and its groups' labels.
type unit struct {
	code, name string
	labels     []string // parallel to index.groups
}

// series is an indicator, or a denominator outside the framework.
type series struct {
	code          string
	name, measure string
	direction     int // 1 or -1
	outside       bool
}

// node is an aggregate, or a leaf that stands for a series.
type node struct {
	code, name string
	weight     float64
	level      int
	children   []*node
}

// denominator divides one series by another.
type denominator struct{ code, by string }

// figures are one row of figures: the text of each series as it was read, ""
// where missing.
type figures struct {
	unit   string
	year   int
	values []string // parallel to index.series
}

// variant is another normalisation that the tables describe: a step per
// indicator.
type variant struct {
	code, title string
	description string
	method      string
	steps       []step
}

// step is the step of one indicator: the options as YAML, `to: [0, 100]`.
type step struct{ code, options string }

// aggregates counts the aggregates below and including a node.
func (n *node) aggregates() int {
	if len(n.children) == 0 {
		return 0
	}
	count := 1
	for _, c := range n.children {
		count += c.aggregates()
	}
	return count
}

// deepest is the deepest framework that a project file can hold.
const deepest = 40

// most is the largest number of indicators, with denominators, that a project
// file is sure to hold.
const most = 3000

// allZero says whether the children of a node weigh nothing together.
func (n *node) allZero() bool {
	for _, c := range n.children {
		if c.weight != 0 || math.IsNaN(c.weight) {
			return false
		}
	}
	return len(n.children) > 0
}

// rename gives every code its name in the project.
func (x *index) rename(n *namer) {
	for _, s := range x.series {
		s.code = n.names[s.code]
	}
	for i, d := range x.denoms {
		x.denoms[i] = denominator{n.names[d.code], n.names[d.by]}
	}
	for i := range x.variant {
		for k, s := range x.variant[i].steps {
			x.variant[i].steps[k].code = n.names[s.code]
		}
	}
	x.root.rename(n)
}

func (n *node) rename(to *namer) {
	n.code = to.names[n.code]
	for _, c := range n.children {
		c.rename(to)
	}
}
