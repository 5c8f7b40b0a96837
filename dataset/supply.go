package dataset

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// LoadSupply reads the tables of supply that a spec names from a project's
// folder, in the order of the spec. units are the codes of the project's units,
// sorted.
//
// In a table of provision a quantity may be missing: the unit then provides an
// amount that is not known. A row that stands twice, a negative quantity and,
// in a table of use, a missing one are problems; they come all at once, as
// mizan.Problems. Suppliers without a home, and figures that may not serve
// commerce, are findings.
func LoadSupply(s *spec.Spec, files fs.FS, units []string) ([]*mizan.Supply, []mizan.Finding, error) {
	l := &loader{spec: s, files: files}
	l.checkOrigin("", "")
	return loadTables(l, s.Supply, func(st *spec.SupplyTable) *mizan.Supply { return l.loadSupply(st, units) })
}

// supplyKey is what may stand once in a table.
type supplyKey struct {
	year                 int
	unit, supplier, good string
}

type supplyEntry struct {
	supplyKey
	quantity float64
}

// supplyReader reads one table.
type supplyReader struct {
	*loader
	spec  *spec.SupplyTable
	path  string
	rows  []supplyEntry
	lines map[supplyKey]int
	names map[string]string // of goods
}

func (l *loader) loadSupply(st *spec.SupplyTable, units []string) *mizan.Supply {
	r := &supplyReader{loader: l, spec: st, path: "supply." + st.Code, lines: map[supplyKey]int{}, names: map[string]string{}}
	t := &mizan.Supply{
		Code: st.Code, Name: st.Name, Description: st.Description, Measure: st.Measure, Origin: st.Origin, Note: st.Note, Sample: st.Sample,
		NonCommercial: st.Terms == spec.TermsNonCommercial, Provision: st.Kind == spec.SupplyProvision, Inside: len(units),
	}
	l.checkTableOrigin(st.Origin, r.path)
	whole := r.read()
	if t.Units = units; whole {
		r.number(t, units)
	}
	r.home(t) // even then, for what is wrong with the other files
	r.exports(t)
	if !whole {
		return t
	}
	r.stage(t)
	r.remarks(t)
	return t
}

// read reads the rows of the table.
func (r *supplyReader) read() bool {
	c := r.spec.Columns
	cols := columns{must: []string{cmp.Or(c.Unit, "unit"), cmp.Or(c.Quantity, "quantity")}}
	third := cmp.Or(c.Supplier, "supplier")
	if r.spec.Kind == spec.SupplyProvision {
		third = cmp.Or(c.Good, "good")
	}
	cols.must = append(cols.must, third)
	if r.spec.Year == 0 {
		cols.must = append(cols.must, cmp.Or(c.Year, "year"))
	}
	if r.spec.Kind == spec.SupplyUse {
		cols.may = append(cols.may, cmp.Or(c.Good, "good"))
	}
	// A name of goods is taken only if the project names its column, since
	// tables often have a name of the unit.
	cols.may = append(cols.may, c.Name)
	return r.readTable(r.spec.File, r.path+".file", cols, "write a row for every unit and supplier below the header", r.row)
}

// row reads one row. at are the columns unit, quantity, supplier or good, year
// if there is one, then in a table of use good, and the good's name.
func (r *supplyReader) row(row *row, at []int) {
	use := r.spec.Kind == spec.SupplyUse
	e := supplyEntry{supplyKey: supplyKey{unit: strings.Clone(row.cell(at[0])), year: r.spec.Year}}
	fine := true
	fault := func(i int, id, cause, remedy string) {
		row.problem(i, id, cause, remedy)
		fine = false
	}
	if e.unit == "" {
		fault(at[0], "missing-unit", "the unit is missing", "write the unit's code, or remove the row")
	}
	third := strings.Clone(row.cell(at[2]))
	if third == "" {
		what := "good"
		if use {
			what = "supplier"
		}
		fault(at[2], "missing-"+what, "the "+what+" is missing", "write its name, or remove the row")
	}
	rest := at[3:]
	if r.spec.Year == 0 {
		y, ok := row.year(rest[0])
		e.year, rest, fine = y, rest[1:], fine && ok
	}
	if e.good = third; use {
		e.supplier, e.good = third, ""
		if rest[0] >= 0 {
			e.good = strings.Clone(row.cell(rest[0]))
		}
		rest = rest[1:]
	}
	words := quantityWords
	words.optional = !use
	v, ok := row.amount(at[1], words)
	e.quantity, fine = v, fine && ok
	if line, twice := r.lines[e.supplyKey]; twice && fine {
		fault(at[0], "duplicate-supply", fmt.Sprintf("%s occurs twice, first in line %d", e.supplyKey, line), "keep one of the rows, or add them up")
	}
	if !fine {
		return
	}
	r.lines[e.supplyKey] = row.line
	if rest[0] >= 0 && r.names[e.good] == "" {
		r.names[e.good] = strings.Clone(row.cell(rest[0]))
	}
	r.rows = append(r.rows, e)
}

// String names the key in a message.
func (k supplyKey) String() string {
	s := k.unit
	for _, part := range []string{k.supplier, k.good} {
		if part != "" {
			s += ", " + part
		}
	}
	return fmt.Sprintf("%s, %d", s, k.year)
}

// number gives units, suppliers and goods their positions, and makes the rows.
func (r *supplyReader) number(t *mizan.Supply, units []string) {
	suppliers, goods, outside := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, e := range r.rows {
		goods[e.good] = true
		if e.supplier != "" {
			suppliers[e.supplier] = true
		}
		if _, inside := slices.BinarySearch(units, e.unit); !inside {
			outside[e.unit] = true
		}
		t.Years = append(t.Years, e.year)
	}
	slices.Sort(t.Years)
	t.Years = slices.Compact(t.Years)
	t.Units = slices.Concat(units, slices.Sorted(maps.Keys(outside)))
	for _, code := range slices.Sorted(maps.Keys(suppliers)) {
		t.Suppliers = append(t.Suppliers, mizan.Supplier{
			Code: code, Unknown: slices.Contains(r.spec.Unknown, code), Nobody: slices.Contains(r.spec.Without, code),
		})
	}
	for _, code := range slices.Sorted(maps.Keys(goods)) {
		t.Goods = append(t.Goods, mizan.Good{Code: code, Name: r.names[code]})
	}
	for _, e := range r.rows {
		good, _ := slices.BinarySearchFunc(t.Goods, e.good, func(g mizan.Good, code string) int { return strings.Compare(g.Code, code) })
		supplier := -1
		if e.supplier != "" {
			supplier, _ = findSupplier(t, e.supplier)
		}
		t.Rows = append(t.Rows, mizan.SupplyRow{
			Year: e.year, Unit: int32(t.Unit(e.unit)), Supplier: int32(supplier), Good: int32(good), Quantity: e.quantity,
			Unknown: t.Provision && slices.Contains(r.spec.Unknown, e.unit),
		})
	}
	slices.SortFunc(t.Rows, func(a, b mizan.SupplyRow) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Supplier, b.Supplier), cmp.Compare(a.Good, b.Good))
	})
}

func findSupplier(t *mizan.Supply, code string) (int, bool) {
	return slices.BinarySearchFunc(t.Suppliers, code, func(s mizan.Supplier, code string) int { return strings.Compare(s.Code, code) })
}

// home reads where suppliers are at home.
func (r *supplyReader) home(t *mizan.Supply) {
	if r.spec.Suppliers == "" {
		return
	}
	lines := map[string]int{}
	cols := columns{must: []string{"supplier", "home"}, may: []string{"name"}}
	r.readTable(r.spec.Suppliers, r.path+".suppliers", cols, "write a row for every supplier below the header", func(row *row, at []int) {
		code := strings.Clone(row.cell(at[0]))
		if line, twice := lines[code]; twice {
			row.problem(at[0], "duplicate-supplier", fmt.Sprintf("the supplier %q occurs twice, first in line %d", code, line), "keep one of the rows")
			return
		}
		lines[code] = row.line
		i, ok := findSupplier(t, code)
		if !ok {
			return // the file may serve several tables
		}
		s := &t.Suppliers[i]
		s.Home = strings.Clone(row.cell(at[1]))
		if at[2] >= 0 {
			s.Name = strings.Clone(row.cell(at[2]))
		}
		if (s.Unknown || s.Nobody) && s.Home != "" {
			row.problem(at[1], "bad-home", fmt.Sprintf("%q stands for nobody in particular and has a home", code), "leave it out, or take it out of `unknown` or `without`")
		}
	})
}

// exports reads what units export. Those that the table does not have are passed
// over.
func (r *supplyReader) exports(t *mizan.Supply) {
	if r.spec.Exports == "" {
		return
	}
	cols := columns{must: []string{"unit", "quantity"}}
	if r.spec.Year == 0 {
		cols.must = append(cols.must, "year")
	}
	lines := map[supplyKey]int{}
	r.readTable(r.spec.Exports, r.path+".exports", cols, "write a row for every unit below the header", func(row *row, at []int) {
		k := supplyKey{unit: strings.Clone(row.cell(at[0])), year: r.spec.Year}
		if k.unit == "" {
			row.problem(at[0], "missing-unit", "the unit is missing", "write the unit's code, or remove the row")
			return
		}
		v, fine := row.amount(at[1], quantityWords)
		if r.spec.Year == 0 {
			y, ok := row.year(at[2])
			k.year, fine = y, fine && ok
		}
		if line, twice := lines[k]; twice {
			row.problem(at[0], "duplicate-supply", fmt.Sprintf("%s occurs twice, first in line %d", k, line), "keep one of the rows, or add them up")
			return
		}
		lines[k] = row.line
		if u := t.Unit(k.unit); fine && u >= 0 {
			t.Exports = append(t.Exports, mizan.SupplyExport{Year: k.year, Unit: int32(u), Quantity: v})
		}
	})
	slices.SortFunc(t.Exports, func(a, b mizan.SupplyExport) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Unit, b.Unit))
	})
}

// stage makes the stages of a table of provision.
func (r *supplyReader) stage(t *mizan.Supply) {
	for i, st := range r.spec.Stages {
		stage := mizan.SupplyStage{Code: st.Code, Name: st.Name, Any: st.Any}
		for k, code := range st.Goods {
			g, ok := slices.BinarySearchFunc(t.Goods, code, func(g mizan.Good, code string) int { return strings.Compare(g.Code, code) })
			if !ok {
				var codes []string
				for _, g := range t.Goods {
					codes = append(codes, g.Code)
				}
				r.problem("unknown-good", fmt.Sprintf("%s.stages.%d.goods.%d", r.path, i, k), fmt.Sprintf("the table has no good %q", code), suggestion(code, codes))
				continue
			}
			stage.Goods = append(stage.Goods, g)
		}
		t.Stages = append(t.Stages, stage)
	}
	if t.Provision && len(r.spec.Stages) == 0 {
		for g, good := range t.Goods {
			s := mizan.SupplyStage{Code: good.Code, Goods: []int{g}}
			if good.Name != "" {
				s.Name = mizan.Text{"": good.Name}
			}
			t.Stages = append(t.Stages, s)
		}
	}
}

// remarks tells what a reader of the table must know.
func (r *supplyReader) remarks(t *mizan.Supply) {
	at := mizan.Place{File: r.spec.File}
	add := func(id string, s mizan.Severity, message, remedy string) {
		r.findings = append(r.findings, mizan.Finding{ID: id, Severity: s, Code: t.Code, Message: message, Remedy: remedy, Place: at})
	}
	var homeless, strangers []string
	for _, s := range t.Suppliers {
		if s.Home == "" && !s.Unknown && !s.Nobody {
			homeless = append(homeless, s.Code)
		}
	}
	for _, code := range t.Units[t.Inside:] {
		if !slices.Contains(r.spec.Unknown, code) {
			strangers = append(strangers, code)
		}
	}
	if len(homeless) > 0 {
		add("homeless-supplier", mizan.Warn, fmt.Sprintf("of %s in %s nobody says where they are at home: %s", plural(len(homeless), "supplier"), t.Code, shorten(homeless)),
			"name a file of `suppliers` with the columns supplier and home; until then they count as foreign to all")
	}
	if len(strangers) > 0 {
		add("supply-outside", mizan.Info, fmt.Sprintf("%s has %s that the project does not have: %s", t.Code, plural(len(strangers), "unit"), shorten(strangers)), "")
	}
	licence := ""
	for _, o := range r.origins.list {
		if o.Code == t.Origin {
			licence = o.Licence
		}
	}
	says := strings.Contains(strings.ToUpper(licence), "-NC") || strings.Contains(strings.ToLower(licence), "non-commercial") || strings.Contains(strings.ToLower(licence), "noncommercial")
	switch {
	case t.NonCommercial:
		add("non-commercial", mizan.Warn, fmt.Sprintf("the figures of %s may not serve commerce%s", t.Code, inBrackets(licence)), "ask the publisher before you sell, or publish for pay, what is made of them")
	case says:
		r.problem("non-commercial", r.path+".origin", fmt.Sprintf("the licence of %s is %s", t.Origin, licence), "write `terms: non-commercial` for the table, so that every output says so")
	}
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}
