package dataset

import (
	"slices"

	"mizan"
)

// columns are the columns of a small table: those it must have and those it
// may have.
type columns struct {
	must, may []string
}

// readTable reads a table of the project and visits its rows; at gives the
// positions of the columns in the order of must and may, -1 for one that is
// absent. Other columns are passed over. It is false if the table cannot be
// read.
func (l *loader) readTable(name, path string, c columns, empty string, visit func(r *row, at []int)) bool {
	bs, b, h, rep, done := l.openFile(name, path)
	if h == nil {
		return false
	}
	defer done()
	known := slices.Concat(c.must, c.may)
	h.distinct(func(n string) bool { return slices.Contains(known, n) })
	var at []int
	for _, n := range c.must {
		at = append(at, h.need(n, known...))
	}
	for _, n := range c.may {
		i := -1
		if n != "" {
			i = h.find(n)
		}
		at = append(at, i)
	}
	if h.bad {
		return false
	}
	rows := 0
	for ok := true; ok; b, ok = bs.next(nil) {
		b.rows(len(h.names), rep, func(r *row) {
			rows++
			visit(r, at)
		})
	}
	if bs.fault != nil {
		rep.add(bs.fault)
	}
	if rows == 0 && len(rep.problems) == 0 {
		rep.add(&mizan.Problem{ID: "empty-table", Place: mizan.Place{File: name}, Cause: "the file has no rows", Remedy: empty})
	}
	return len(rep.problems) == 0
}
