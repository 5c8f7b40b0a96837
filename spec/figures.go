package spec

import (
	"math"
	"strconv"

	"mizan"
)

// Figure is a figure in place of the one that the files give for a cell of the
// panel.
type Figure struct {
	Code string // of the indicator
	Unit string
	Year int // 0 = every year that is built
	// Value is the figure; NaN takes the figure away.
	Value float64
}

const (
	figuresWant = "a mapping from indicator to figures by unit, such as {gdp: {FRA: 3.1}}"
	unitsWant   = "a mapping from unit to figure, such as {FRA: 3.1, DEU: {2022: 4, 2023: 4.1}}"
)

// figures is a mapping from indicator to unit to figure, or to a figure a year.
var figures = codec[[]Figure]{
	read: func(r *reader, n *node, v *[]Figure) {
		*v = nil
		if !r.want(n, mapping, figuresWant) {
			return
		}
		for _, code := range n.entries {
			r.within(code.key, func() {
				checkCode(r, code)
				if !r.want(code.value, mapping, unitsWant) {
					return
				}
				for _, unit := range code.value.entries {
					r.within(unit.key, func() { readFigures(r, unit.value, Figure{Code: code.key, Unit: unit.key}, v) })
				}
			})
		}
	},
	write: writeFigures,
	schema: func(b *schemaMaker) object {
		figure := object{"type": []string{"number", "null"}}
		year := object{"type": "object", "additionalProperties": figure, "propertyNames": object{"pattern": "^[0-9]{1,4}$"}}
		units := object{"type": "object", "additionalProperties": object{"anyOf": []object{figure, year}}}
		return object{"type": "object", "additionalProperties": units, "propertyNames": b.code()}
	},
}

// readFigures reads a figure, or one for each of some years.
func readFigures(r *reader, n *node, f Figure, v *[]Figure) {
	if n.kind != mapping {
		readFigure(r, n, f, v)
		return
	}
	for _, e := range n.entries {
		r.within(e.key, func() {
			y, err := strconv.Atoi(e.key)
			if err != nil || y < minYear || y > maxYear {
				r.fault("bad-year", e.at, quote(e.key)+" is not a year", "give a figure, or a mapping from year to figure, such as {2023: 4.1}")
				return
			}
			f.Year = y
			readFigure(r, e.value, f, v)
		})
	}
}

func readFigure(r *reader, n *node, f Figure, v *[]Figure) {
	switch {
	case n.kind == nothing:
		f.Value = math.NaN()
	case r.want(n, number, "a number, or null for no figure"):
		f.Value = n.num
	default:
		return
	}
	*v = append(*v, f)
}

func writeFigures(v []Figure) *node {
	if len(v) == 0 {
		return nil
	}
	out := mapNode()
	for _, f := range v {
		units := below(out, f.Code)
		value := &node{}
		if !math.IsNaN(f.Value) {
			value = numberNode(f.Value)
		}
		if f.Year == 0 {
			units.entries = append(units.entries, pair(f.Unit, value))
			continue
		}
		years := below(units, f.Unit)
		years.entries = append(years.entries, pair(strconv.Itoa(f.Year), value))
	}
	return out
}

// below is the mapping under a key, made where there is none; figures stand
// together by indicator and unit, so that it is the last.
func below(n *node, key string) *node {
	if last := len(n.entries) - 1; last >= 0 && n.entries[last].key == key && n.entries[last].value.kind == mapping {
		return n.entries[last].value
	}
	if i := n.find(key); i >= 0 && n.entries[i].value.kind == mapping {
		return n.entries[i].value
	}
	n.entries = append(n.entries, pair(key, mapNode()))
	return n.entries[len(n.entries)-1].value
}

// figures checks that figures are of indicators that exist, of years that are
// built, and within the range of the indicator.
func (c *checker) figures() {
	if len(c.codes) == 0 {
		return
	}
	ranges := map[string][]float64{}
	for _, i := range c.spec.Indicators {
		ranges[i.Code] = i.Range
	}
	built := map[int]bool{0: true}
	for _, y := range c.spec.Period.Years() {
		built[y] = true
	}
	told := map[string]bool{}
	for _, f := range c.spec.Figures {
		path := "figures." + f.Code
		if !c.known[f.Code] {
			if !told[f.Code] {
				c.add("unknown-indicator", path, "there is no indicator "+quote(f.Code), c.nearest(f.Code))
			}
			told[f.Code] = true
			continue
		}
		at := c.spec.FigurePlace(f)
		if !built[f.Year] {
			c.report("bad-year", path+"."+f.Unit, at, strconv.Itoa(f.Year)+" is not a year that is built", "give a year of `period`")
		}
		if r := ranges[f.Code]; r != nil && (f.Value < r[0] || f.Value > r[1]) {
			c.report("out-of-range", path+"."+f.Unit, at, show(f.Value)+" is outside of the range of "+quote(f.Code),
				"give a figure from "+show(r[0])+" to "+show(r[1]))
		}
	}
}

// FigurePlace says where a figure stands in the file. Units may have any name,
// so that a path would not do.
func (s *Spec) FigurePlace(f Figure) mizan.Place {
	if s.doc == nil {
		return mizan.Place{}
	}
	n, at := s.doc.root, mizan.Place{}
	for _, key := range []string{"figures", f.Code, f.Unit, strconv.Itoa(f.Year)} {
		i := n.find(key)
		if i < 0 {
			break
		}
		at, n = n.entries[i].at, n.entries[i].value
	}
	return at
}

// FiguresEdit is the edit that gives figures in place of those of the data, and
// of all that the project gave before.
func FiguresEdit(list []Figure) Edit {
	n := writeFigures(list)
	if n == nil {
		n = mapNode()
	}
	return Edit{Set: "figures", To: n.plain(), value: n}
}
