package spec

import (
	"fmt"
	"strconv"

	"mizan"
)

// TieTable is a table of weighted links between units, such as joint articles.
// Its CSV has the columns a, b, year and weight; of works it has units, year
// and works.
type TieTable struct {
	Code        string     `yaml:"code"`
	Name        mizan.Text `yaml:"name"`
	Description mizan.Text `yaml:"description"`
	File        string     `yaml:"file"`
	// Form says what a row is: FormPairs (default), FormBoth, FormDirected or
	// FormWorks.
	Form    string `yaml:"form"`
	Measure string `yaml:"measure"`
	// Columns are the names of the file's columns, where they differ.
	Columns TieColumns `yaml:"columns"`
	// Year is that of all rows, in a file without a column of years.
	Year int `yaml:"year"`
	// Totals is the indicator of which the ties are a part.
	Totals string `yaml:"totals"`
	// Least is the smallest weight that the source lists.
	Least float64 `yaml:"least"`
	// Threshold is the weight from which a tie counts as a link.
	Threshold float64 `yaml:"threshold"`
	// Covers says which units the source covers: CoversAll (default), so that a
	// unit which is not listed has no ties, or CoversListed.
	Covers string `yaml:"covers"`
	// Lacks are units that the source does not cover.
	Lacks   []string      `yaml:"lacks"`
	Partial []PartialYear `yaml:"partial"`
	Origin  string        `yaml:"origin"`
	Note    string        `yaml:"note"`
}

// TieColumns are the names of the columns of a table of ties; "" = a, b,
// units, year, weight.
type TieColumns struct {
	A      string `yaml:"a"`
	B      string `yaml:"b"`
	Units  string `yaml:"units"`
	Year   string `yaml:"year"`
	Weight string `yaml:"weight"`
}

// PartialYear is a year that the source has not got whole.
type PartialYear struct {
	Year int    `yaml:"year"`
	Note string `yaml:"note"` // how far it goes
}

// The forms of a table of ties.
const (
	FormPairs    = "pairs"    // each pair of units once
	FormBoth     = "both"     // each pair twice, both ways, with the same weight
	FormDirected = "directed" // from a to b
	FormWorks    = "works"    // the units of a work, and the number of such works
)

// Which units the source of a table of ties covers.
const (
	CoversAll    = "all"    // a unit that is not listed has no ties
	CoversListed = "listed" // of a unit that is not listed nothing is known
)

func tieKeys() []field[TieTable] {
	notNegative := atLeast(0)
	columns := optionalRecord(record("a mapping such as {a: from, b: to}", tieColumnKeys))
	return []field[TieTable]{
		key("code", codeWord, func(t *TieTable) *string { return &t.Code }, "the code of the table").must(),
		key("name", labels, func(t *TieTable) *mizan.Text { return &t.Name }, "the name, in one or several languages"),
		key("description", labels, func(t *TieTable) *mizan.Text { return &t.Description }, "what a tie is, and what it is not"),
		key("file", fileName, func(t *TieTable) *string { return &t.File }, "CSV with the columns a, b, year and weight").must(),
		key("form", orDefault(FormPairs, choice(FormPairs, FormBoth, FormDirected, FormWorks)), func(t *TieTable) *string { return &t.Form },
			"pairs: each pair of units once; both: each pair both ways, with the same weight; directed: from a to b; works: a row per set of units (columns units, year, weight)"),
		key("measure", line("a unit of measurement"), func(t *TieTable) *string { return &t.Measure }, "unit of measurement of the weights, such as articles"),
		key("columns", columns, func(t *TieTable) *TieColumns { return &t.Columns }, "the names of the file's columns, where they are others"),
		key("year", year, func(t *TieTable) *int { return &t.Year }, "the year of all rows, in a file without a column of years"),
		key("totals", codeWord, func(t *TieTable) *string { return &t.Totals }, "the indicator that counts all of a unit, of which its ties are a part"),
		key("least", notNegative, func(t *TieTable) *float64 { return &t.Least }, "the smallest weight that the source lists; a pair not listed has less"),
		key("threshold", notNegative, func(t *TieTable) *float64 { return &t.Threshold }, "the weight from which a tie counts as a link of the network"),
		key("covers", orDefault(CoversAll, choice(CoversAll, CoversListed)), func(t *TieTable) *string { return &t.Covers },
			"all: a unit that is not listed has no ties; listed: nothing is known of it"),
		key("lacks", listOf("a list of units", line("the code of a unit")), func(t *TieTable) *[]string { return &t.Lacks }, "units that the source does not cover"),
		key("partial", listOf("a list such as [{year: 2025, note: three quarters}]", record("a mapping with year and note", partialKeys)),
			func(t *TieTable) *[]PartialYear { return &t.Partial }, "years that the source has not got whole"),
		key("origin", line("the code of an origin"), func(t *TieTable) *string { return &t.Origin }, "who published it"),
		key("note", line("a note"), func(t *TieTable) *string { return &t.Note }, "what a reader must know of it"),
	}
}

func tieColumnKeys() []field[TieColumns] {
	column := line("the name of a column")
	return []field[TieColumns]{
		key("a", column, func(c *TieColumns) *string { return &c.A }, "the column of the one unit, or of that from which a tie leads (default a)"),
		key("b", column, func(c *TieColumns) *string { return &c.B }, "the column of the other unit, or of that to which a tie leads (default b)"),
		key("units", column, func(c *TieColumns) *string { return &c.Units }, "of works: the column of the units, with semicolons between them (default units)"),
		key("year", column, func(c *TieColumns) *string { return &c.Year }, "the column of the year (default year)"),
		key("weight", column, func(c *TieColumns) *string { return &c.Weight }, "the column of the weight, or of the number of works (default weight)"),
	}
}

func partialKeys() []field[PartialYear] {
	return []field[PartialYear]{
		key("year", year, func(p *PartialYear) *int { return &p.Year }, "the year").must(),
		key("note", line("a note"), func(p *PartialYear) *string { return &p.Note }, "how far it goes").must(),
	}
}

// atLeast is a number that is not below a bound; 0 is left out when writing.
func atLeast(low float64) codec[float64] {
	return codec[float64]{
		read: func(r *reader, n *node, v *float64) {
			if !r.want(n, number, "a number") {
				return
			}
			if n.num < low {
				r.fault("out-of-range", n.at, show(n.num)+" is out of range", "give a number from "+show(low)+" up")
				return
			}
			*v = n.num
		},
		write: func(v float64) *node {
			if v == 0 {
				return nil
			}
			return numberNode(v)
		},
		schema: func(*schemaMaker) object { return object{"type": "number", "minimum": low} },
	}
}

// ties checks what can be known of tables of ties without them.
func (c *checker) ties() {
	var codes []string
	for i, t := range c.spec.Ties {
		codes = append(codes, t.Code)
		path := "ties." + strconv.Itoa(i)
		if t.Totals != "" && !c.known[t.Totals] {
			c.add("unknown-indicator", path+".totals", "there is no indicator "+quote(t.Totals), c.nearest(t.Totals))
		}
		if t.Year != 0 && t.Columns.Year != "" {
			c.add("bad-year", path+".year", "the table "+quote(t.Code)+" has both a year and a column of years", "give one of them")
		}
		if t.Form == FormWorks && (t.Columns.A != "" || t.Columns.B != "") || t.Form != FormWorks && t.Columns.Units != "" {
			c.add("bad-columns", path+".columns", "the columns do not fit the form "+quote(t.Form), "pairs have the columns a and b, works the column units")
		}
		seen := map[int]bool{}
		for _, p := range t.Partial {
			if seen[p.Year] && p.Year != 0 {
				c.add("duplicate-year", path+".partial", fmt.Sprintf("the year %d is listed twice", p.Year), "keep one")
			}
			seen[p.Year] = true
		}
	}
	c.distinct("duplicate-code", "the table of ties", "ties", codes)
	for _, i := range c.spec.Indicators {
		if i.Pool.Joint == "" || i.Pool.Internal == "" {
			c.refersToTies(i.Code, "joint", i.Pool.Joint, codes)
			c.refersToTies(i.Code, "internal", i.Pool.Internal, codes)
		}
	}
}

// refersToTies checks a pooling rule that names a table of ties.
func (c *checker) refersToTies(indicator, kind, table string, codes []string) {
	for _, known := range codes {
		if known == table {
			return
		}
	}
	if table != "" {
		c.add("unknown-ties", "indicators."+indicator+".pool."+PoolSum+"."+kind, "there is no table of ties "+quote(table),
			c.hint(table, codes, "declare it under `ties`"))
	}
}
