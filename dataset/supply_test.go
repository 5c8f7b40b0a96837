package dataset_test

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"mizan"
	"mizan/dataset"
	"mizan/network"
	"mizan/spec"

	"github.com/google/go-cmp/cmp"
)

func loadSupply(t *testing.T, table string, files fs.FS, units ...string) (*mizan.Supply, []mizan.Finding, error) {
	t.Helper()
	s, err := spec.Parse("mizan.yaml", []byte(`mizan: 1
id: x
period: {year: 2020}
observations: [{file: o.csv}]
origins: {file: origins.yaml}
indicators: {a: {}}
framework: {code: t, children: [{code: a}]}
supply: [`+table+`]
`))
	if err != nil {
		t.Fatal(err)
	}
	all, findings, err := dataset.LoadSupply(s, files, units)
	if err != nil {
		return nil, nil, err
	}
	return all[0], findings, nil
}

const supplyOrigins = "lab: {publisher: A laboratory, licence: CC BY-NC 4.0}\n"

func TestSupplyOfUse(t *testing.T) {
	files := fstest.MapFS{
		"origins.yaml": {Data: []byte(supplyOrigins)},
		"u.csv":        {Data: []byte("unit,supplier,quantity,year\nB,x,2,2020\nA,y,1,2020\nA,?,3,2020\nZ,x,1,2019\n")},
		"s.csv":        {Data: []byte("supplier,home,name\nx,A,Ex\nw,B,\n")},
		"e.csv":        {Data: []byte("unit,quantity,year\nB,4,2020\nA,0,2020\nQ,9,2020\nB,3,2019\n")},
	}
	got, findings, err := loadSupply(t, `{code: k, file: u.csv, suppliers: s.csv, exports: e.csv, unknown: ["?"]}`, files, "A", "B")
	if err != nil {
		t.Fatal(err)
	}
	want := []mizan.SupplyRow{
		{Year: 2019, Unit: 2, Supplier: 1, Quantity: 1},
		{Year: 2020, Unit: 0, Supplier: 0, Quantity: 3},
		{Year: 2020, Unit: 0, Supplier: 2, Quantity: 1},
		{Year: 2020, Unit: 1, Supplier: 1, Quantity: 2},
	}
	if d := cmp.Diff(want, got.Rows); d != "" {
		t.Errorf("rows (-want +got)\n%s", d)
	}
	exports := []mizan.SupplyExport{{Year: 2019, Unit: 1, Quantity: 3}, {Year: 2020, Unit: 0}, {Year: 2020, Unit: 1, Quantity: 4}}
	if d := cmp.Diff(exports, got.Exports); d != "" {
		t.Errorf("exports (-want +got)\n%s", d)
	}
	if d := cmp.Diff([]mizan.Supplier{{Code: "?", Unknown: true}, {Code: "x", Name: "Ex", Home: "A"}, {Code: "y"}}, got.Suppliers); d != "" {
		t.Errorf("suppliers (-want +got)\n%s", d)
	}
	said := ""
	for _, f := range findings {
		said += f.ID + ": " + f.Message + "\n"
	}
	if said != "homeless-supplier: of 1 supplier in k nobody says where they are at home: y\nsupply-outside: k has 1 unit that the project does not have: Z\n" {
		t.Errorf("findings\n%s", said)
	}
}

func TestSupplyProblems(t *testing.T) {
	files := fstest.MapFS{
		"origins.yaml": {Data: []byte(supplyOrigins)},
		"u.csv":        {Data: []byte("unit,supplier,quantity,year\nB,x,-2,2020\n,x,1,2020\nA,,3,2020\nA,x,,2020\nA,x,1,20x\nB,y,1,2020\nB,y,2,2020\n")},
		"v.csv":        {Data: []byte("unit,supplier,quantity,year\nB,x,2,2020\n")},
		"s.csv":        {Data: []byte("supplier,home\nx,A\nx,B\n")},
		"e.csv":        {Data: []byte("unit,quantity,year\nA,1,2020\nB,,2020\nA,2,2020\n,2,2020\nB,-1,2020\nB,1,\nQ,7,2020\n")},
		"p.csv":        {Data: []byte("unit,good,quantity,year\nB,g,,2020\n")},
	}
	for table, want := range map[string]string{
		`{code: k, file: u.csv}`: `u.csv:2:5: the quantity -2 is negative; a quantity is 0 or more
u.csv:3:1: the unit is missing; write the unit's code, or remove the row
u.csv:4:3: the supplier is missing; write its name, or remove the row
u.csv:5:5: the quantity is missing; write 0 where there is none, or remove the row
u.csv:6:7: "20x" is not a year; write the year alone, such as 2023
u.csv:8:1: B, y, 2020 occurs twice, first in line 7; keep one of the rows, or add them up`,
		`{code: k, file: v.csv, suppliers: s.csv}`:               `s.csv:3:1: the supplier "x" occurs twice, first in line 2; keep one of the rows`,
		`{code: k, file: v.csv, unknown: [x], suppliers: s.csv}`: `s.csv:2:3: "x" stands for nobody in particular and has a home; leave it out, or take it out of ` + "`unknown` or `without`",
		`{code: k, file: v.csv, exports: e.csv}`: `e.csv:3:3: the quantity is missing; write 0 where there is none, or remove the row
e.csv:4:1: A, 2020 occurs twice, first in line 2; keep one of the rows, or add them up
e.csv:5:1: the unit is missing; write the unit's code, or remove the row
e.csv:6:3: the quantity -1 is negative; a quantity is 0 or more`,
		`{code: k, file: v.csv, origin: lab}`:                                      "the licence of lab is CC BY-NC 4.0; write `terms: non-commercial` for the table, so that every output says so",
		`{code: k, file: p.csv, kind: provision, stages: [{code: s, goods: [h]}]}`: `the table has no good "h"`,
	} {
		_, _, err := loadSupply(t, table, files, "A", "B")
		if err == nil {
			t.Errorf("%s is accepted", table)
			continue
		}
		var ps mizan.Problems
		if !errors.As(err, &ps) {
			t.Fatal(err)
		}
		said := ""
		for _, p := range ps {
			said += p.Place.String() + ": " + p.Cause + "; " + p.Remedy + "\n"
		}
		for line := range strings.SplitSeq(want, "\n") {
			if !strings.Contains(said, line) {
				t.Errorf("%s: want\n%s\nfound\n%s", table, line, said)
			}
		}
	}
}

// The table of chip inputs that users may load for themselves; it is not part
// of the project, since its licence bars commerce. The figures here are few and
// public: all lithography by extreme ultraviolet comes from the Netherlands, and
// in no good do shares add up to other than 100, but for rounding.
func TestChipSupplyShares(t *testing.T) {
	const shared = "../../shared/data/chip-supply-shares-NONCOMMERCIAL.csv"
	text, err := os.ReadFile(shared)
	if errors.Is(err, fs.ErrNotExist) {
		t.Log("the table of chip inputs is not here")
		return
	}
	files := fstest.MapFS{"origins.yaml": {Data: []byte(supplyOrigins)}, "chips.csv": {Data: text}}
	const table = `{code: chips, kind: provision, file: chips.csv, origin: lab, terms: non-commercial, unknown: [Various countries],
  columns: {unit: iso3, good: input_id, name: input, quantity: share_pct},
  stages: [{code: light, goods: [N20]}, {code: all, goods: [N19, N36, N55]}]}`
	got, findings, err := loadSupply(t, table, files, "CHN", "JPN", "NLD", "USA")
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Goods) != 113 || !got.NonCommercial {
		t.Errorf("%d goods, non-commercial %v", len(got.Goods), got.NonCommercial)
	}
	found := false
	for _, f := range findings {
		found = found || f.ID == "non-commercial" && f.Severity == mizan.Warn
	}
	if !found {
		t.Errorf("nothing says that the figures may not serve commerce: %v", findings)
	}
	sums := map[int32]float64{}
	for _, r := range got.Rows {
		if !math.IsNaN(r.Quantity) {
			sums[r.Good] += r.Quantity
		}
	}
	for g, sum := range sums {
		if math.Abs(sum-100) > 2.5 {
			t.Errorf("%s adds up to %v", got.Goods[g].Code, sum)
		}
	}
	c := network.NewChain(got, 2025)
	if v := c.Share(0, []string{"NLD"}); v != 1 {
		t.Errorf("the Netherlands have %v of the scanners", v)
	}
	three := c.SelfSufficiency([]string{"JPN", "NLD", "USA"})
	two := c.SelfSufficiency([]string{"JPN", "USA"})
	if !(three > 0.5) || two != 0 {
		t.Errorf("with the Netherlands %v, without %v", three, two)
	}
}
