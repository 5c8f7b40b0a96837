package spec

import (
	"slices"
	"strconv"

	"mizan"
)

// SupplyTable is a table of who depends on whom for goods.
type SupplyTable struct {
	Code        string     `yaml:"code"`
	Name        mizan.Text `yaml:"name"`
	Description mizan.Text `yaml:"description"`
	File        string     `yaml:"file"`
	// Kind is SupplyUse (default) or SupplyProvision.
	Kind    string        `yaml:"kind"`
	Measure string        `yaml:"measure"`
	Columns SupplyColumns `yaml:"columns"`
	// Year is that of all rows, in a file without a column of years.
	Year int `yaml:"year"`
	// Suppliers is a file that says where suppliers are at home.
	Suppliers string `yaml:"suppliers"`
	// Exports is a file of what units export, in the measure of the table.
	Exports string `yaml:"exports"`
	// Unknown are the suppliers, or in a table of provision the units, that
	// stand for somebody who is not known.
	Unknown []string `yaml:"unknown"`
	// Without are the suppliers that stand for nobody: rows of who has none.
	Without []string `yaml:"without"`
	// Stages are the steps of the chain; none = every good is a stage.
	Stages []SupplyStage `yaml:"stages"`
	// Sample says how much of the whole the table holds.
	Sample string `yaml:"sample"`
	// Terms is TermsNonCommercial where the figures may not serve commerce.
	Terms  string `yaml:"terms"`
	Origin string `yaml:"origin"`
	Note   string `yaml:"note"`
}

// SupplyColumns are the names of the columns of a table of supply; "" = unit,
// supplier, good, name, quantity, year.
type SupplyColumns struct {
	Unit     string `yaml:"unit"`
	Supplier string `yaml:"supplier"`
	Good     string `yaml:"good"`
	Name     string `yaml:"name"`
	Quantity string `yaml:"quantity"`
	Year     string `yaml:"year"`
}

// SupplyStage is a step that the chain needs: all of its goods, or any of them.
type SupplyStage struct {
	Code  string     `yaml:"code"`
	Name  mizan.Text `yaml:"name"`
	Goods []string   `yaml:"goods"`
	Any   bool       `yaml:"any"` // one of the goods is enough
}

// The kinds of a table of supply.
const (
	SupplyUse       = "use"       // what each unit has of each supplier
	SupplyProvision = "provision" // what each unit provides of each good
)

// TermsNonCommercial are the terms of figures that may not serve commerce.
const TermsNonCommercial = "non-commercial"

func supplyKeys() []field[SupplyTable] {
	columns := optionalRecord(record("a mapping such as {unit: iso3}", supplyColumnKeys))
	names := listOf("a list of names", line("a name"))
	return []field[SupplyTable]{
		key("code", codeWord, func(t *SupplyTable) *string { return &t.Code }, "the code of the table").must(),
		key("name", labels, func(t *SupplyTable) *mizan.Text { return &t.Name }, "the name, in one or several languages"),
		key("description", labels, func(t *SupplyTable) *mizan.Text { return &t.Description }, "what is counted, and what is not"),
		key("file", fileName, func(t *SupplyTable) *string { return &t.File }, "CSV with the columns unit, supplier, quantity and year, or unit, good, quantity and year").must(),
		key("kind", orDefault(SupplyUse, choice(SupplyUse, SupplyProvision)), func(t *SupplyTable) *string { return &t.Kind },
			"use: what each unit has of each supplier; provision: what each unit provides of each good"),
		key("measure", line("a unit of measurement"), func(t *SupplyTable) *string { return &t.Measure }, "unit of measurement of the quantities"),
		key("columns", columns, func(t *SupplyTable) *SupplyColumns { return &t.Columns }, "the names of the file's columns, where they are others"),
		key("year", year, func(t *SupplyTable) *int { return &t.Year }, "the year of all rows, in a file without a column of years"),
		key("suppliers", fileName, func(t *SupplyTable) *string { return &t.Suppliers }, "CSV with the columns supplier, home (the code of a unit) and name"),
		key("exports", fileName, func(t *SupplyTable) *string { return &t.Exports },
			"of use: CSV with the columns unit, quantity and year: what units export, in the same measure; without it imports cannot be set against exports"),
		key("unknown", names, func(t *SupplyTable) *[]string { return &t.Unknown }, "the names that stand for a supplier who is not known"),
		key("without", names, func(t *SupplyTable) *[]string { return &t.Without }, "the names that stand for no supplier, such as none"),
		key("stages", listOf("a list of stages", record("a mapping such as {code: light, goods: [scanners]}", stageKeys)),
			func(t *SupplyTable) *[]SupplyStage { return &t.Stages }, "the steps that the chain needs (default: every good)"),
		key("sample", line("a note"), func(t *SupplyTable) *string { return &t.Sample }, "how much of the whole the table holds, where it is a part"),
		key("terms", choice(TermsNonCommercial), func(t *SupplyTable) *string { return &t.Terms }, "non-commercial where the licence does not let the figures serve commerce"),
		key("origin", line("the code of an origin"), func(t *SupplyTable) *string { return &t.Origin }, "who published it"),
		key("note", line("a note"), func(t *SupplyTable) *string { return &t.Note }, "what a reader must know of it"),
	}
}

func supplyColumnKeys() []field[SupplyColumns] {
	column := line("the name of a column")
	return []field[SupplyColumns]{
		key("unit", column, func(c *SupplyColumns) *string { return &c.Unit }, "the column of who uses, or provides (default unit)"),
		key("supplier", column, func(c *SupplyColumns) *string { return &c.Supplier }, "of use: the column of the supplier (default supplier)"),
		key("good", column, func(c *SupplyColumns) *string { return &c.Good }, "the column of the good (default good)"),
		key("name", column, func(c *SupplyColumns) *string { return &c.Name }, "the column of the good's name"),
		key("quantity", column, func(c *SupplyColumns) *string { return &c.Quantity }, "the column of the quantity or share (default quantity)"),
		key("year", column, func(c *SupplyColumns) *string { return &c.Year }, "the column of the year (default year)"),
	}
}

func stageKeys() []field[SupplyStage] {
	return []field[SupplyStage]{
		key("code", codeWord, func(s *SupplyStage) *string { return &s.Code }, "the code of the stage").must(),
		key("name", labels, func(s *SupplyStage) *mizan.Text { return &s.Name }, "the name, in one or several languages"),
		key("goods", listOf("a list of goods", line("a good")), func(s *SupplyStage) *[]string { return &s.Goods }, "the goods that it needs").must(),
		key("any", flag, func(s *SupplyStage) *bool { return &s.Any }, "true if any of the goods is enough"),
	}
}

// supply checks what can be known of tables of supply without them.
func (c *checker) supply() {
	var codes []string
	for i, t := range c.spec.Supply {
		codes = append(codes, t.Code)
		path := "supply." + strconv.Itoa(i)
		if t.Year != 0 && t.Columns.Year != "" {
			c.add("bad-year", path+".year", "the table "+quote(t.Code)+" has both a year and a column of years", "give one of them")
		}
		if t.Kind == SupplyProvision && (t.Columns.Supplier != "" || t.Suppliers != "" || t.Exports != "" || len(t.Without) > 0) {
			c.add("bad-columns", path+".kind", "a table of provision has units in place of suppliers", "take `suppliers`, `exports`, `without` and the column of suppliers away, or write `kind: use`")
		}
		if t.Kind == SupplyUse && len(t.Stages) > 0 {
			c.add("bad-columns", path+".stages", "stages are of a table of provision", "take them away, or write `kind: provision`")
		}
		for _, name := range t.Without {
			if slices.Contains(t.Unknown, name) {
				c.add("bad-value", path+".without", quote(name)+" stands for nobody and for somebody who is not known", "take it out of one of the lists")
			}
		}
		var stages []string
		for k, s := range t.Stages {
			stages = append(stages, s.Code)
			if len(s.Goods) == 0 && s.Code != "" {
				c.add("empty-stage", path+".stages."+strconv.Itoa(k), "the stage "+quote(s.Code)+" needs no good", "list its goods, or remove it")
			}
		}
		c.distinct("duplicate-code", "the stage", path+".stages", stages)
	}
	c.distinct("duplicate-code", "the table of supply", "supply", codes)
}
