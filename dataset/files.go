package dataset

import (
	"fmt"
	"io"

	"mizan"
	"mizan/spec"
)

// defaultOrigin stands in a figure whose row names no origin.
const defaultOrigin = 0

// figure is one observation of a tidy file.
type figure struct {
	value  float64
	unit   int32 // position of the unit; -1 if the figure is not used
	line   int32
	code   uint16 // position of the indicator
	year   int16
	origin uint16 // index into the origins
	file   uint8
	status mizan.Status
}

// openFile opens the file that the spec names at path and reads its header.
// What cannot be opened is a problem of the project file.
func (l *loader) openFile(name, path string) (*blocks, block, *header, *report, func()) {
	if cause, remedy := checkName(name); cause != "" {
		l.problem("bad-file-name", path, cause, remedy)
		return nil, block{}, nil, nil, nil
	}
	f, size, err := open(l.files, name)
	if err != nil {
		l.problem("unreadable-file", path, fmt.Sprintf("the file %s cannot be read: %s", name, reason(err)), remedyFor(err))
		return nil, block{}, nil, nil, nil
	}
	bs, b, h, rep := begin(name, f, size)
	l.reports = append(l.reports, rep)
	if h == nil {
		_ = f.Close()
		return nil, block{}, nil, nil, nil
	}
	return bs, b, h, rep, func() { _ = f.Close() }
}

// begin reads the header of a file; it is nil if there is none to go on with.
func begin(name string, r io.Reader, size int64) (*blocks, block, *header, *report) {
	rep := &report{file: name}
	bs := newBlocks(name, r, size)
	b, ok := bs.next(nil)
	if !ok {
		if bs.fault == nil {
			bs.fault = emptyFile(name)
		}
		rep.add(bs.fault)
		return bs, b, nil, rep
	}
	h, ok := readHeader(&b, rep)
	if !ok {
		return bs, b, nil, rep
	}
	return bs, b, h, rep
}

// loadFile reads the observations of one file.
func (l *loader) loadFile(i int) {
	df := l.spec.Observations[i]
	path := fmt.Sprintf("observations.%d", i)
	if i > 255 {
		return
	}
	if df.Unit == "" {
		df.Unit = "unit"
	}
	origin := uint16(defaultOrigin)
	if df.Origin != "" {
		var ok bool
		if origin, ok = l.origins.resolve(df.Origin); !ok {
			l.unknownOrigin(df.Origin, path+".origin")
		}
	}
	bs, b, h, rep, done := l.openFile(df.File, path+".file")
	if h == nil {
		return
	}
	defer done()
	switch df.Format {
	case "", "tidy":
		l.loadTidy(uint8(i), df, origin, bs, b, h, rep)
	case "wide":
		l.loadWide(uint8(i), df, origin, bs, b, h, rep)
	default:
		l.problem("unknown-format", path+".format", fmt.Sprintf("unknown format %q", df.Format), suggestion(df.Format, []string{"tidy", "wide"}))
	}
	if bs.fault != nil {
		rep.add(bs.fault)
	}
}

// suggestion is a remedy for a misspelt name.
func suggestion(name string, known []string) string {
	if near, ok := spec.Suggest(name, known); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "known are: " + shorten(known)
}

// units numbers the units of a block in the whole project: the result turns a
// number of the block into one of the unit table, -1 if the unit is unknown.
func (l *loader) unitsOf(ws *words, us *unknowns) []int32 {
	ids := make([]int32, len(ws.list))
	for i, w := range ws.list {
		id, ok := l.units.resolve(w.text)
		if !ok {
			us.add(w)
			id = -1
		}
		ids[i] = id
	}
	return ids
}

// tellUnits reports unknown units; those that are given by name are told their
// code.
func (l *loader) tellUnits(us *unknowns, rep *report) {
	us.remedies = map[string]string{}
	for _, u := range l.units.list {
		for _, name := range u.Name {
			us.remedies[name] = fmt.Sprintf("write its code, %q", u.Code)
		}
	}
	us.tell(rep, "unit", l.units.codes(), fmt.Sprintf("add it to %s, or remove its rows", l.units.file))
}

// inRange reports a value outside the indicator's range.
func inRange(r *row, i int, v float64, ind *spec.Indicator) bool {
	if len(ind.Range) != 2 || v >= ind.Range[0] && v <= ind.Range[1] {
		return true
	}
	r.problem(i, "out-of-range", fmt.Sprintf("%s of %s is outside its range, %s to %s",
		number(v), ind.Code, number(ind.Range[0]), number(ind.Range[1])), "correct the figure, or the indicator's `range`")
	return false
}

func number(v float64) string { return string(mizan.AppendNumber(nil, v, "NaN")) }
