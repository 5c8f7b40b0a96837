package dataset_test

import (
	"math"
	"testing"
	"testing/fstest"

	"mizan"
	"mizan/dataset"
	"mizan/spec"
)

// indicators are bare indicators of the given codes.
func indicators(codes ...string) []spec.Indicator {
	var list []spec.Indicator
	for _, c := range codes {
		list = append(list, spec.Indicator{Code: c, Direction: 1})
	}
	return list
}

// folder makes a project's folder of name and text pairs.
func folder(pairs ...string) fstest.MapFS {
	files := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		files[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return files
}

func whole(n int) *int            { return &n }
func value(v float64) *float64    { return &v }
func observed(y int) mizan.Cell   { return mizan.Cell{Year: int16(y), Status: mizan.Observed} }
func standingIn(y int) mizan.Cell { return mizan.Cell{Year: int16(y), Status: mizan.StandIn} }

// TestYears goes through the rule for figures of other years by hand.
func TestYears(t *testing.T) {
	const text = `unit,indicator,year,value,status
AUT,a,2018,18,
AUT,a,2020,20,
AUT,a,2023,23,
BEL,a,2024,24,estimated
BEL,a,2025,25,
CZE,a,2017,17,provisional
CZE,a,2026,26,
DNK,b,2022,1,
AUT,b,2021,NA,
`
	s := &spec.Spec{
		Period:       spec.Period{From: 2021, To: 2022, LookBack: 3, StandIn: 2},
		Observations: []spec.DataFile{{File: "o.csv"}},
		Indicators:   indicators("a", "b"),
	}
	s.Indicators[1].LookBack, s.Indicators[1].StandIn, s.Indicators[1].Absent = whole(0), whole(0), value(0)
	p, _, err := dataset.Load(s, folder("o.csv", text))
	if err != nil {
		t.Fatal(err)
	}
	zero := func(y int) mizan.Cell { return mizan.Cell{Year: int16(y), Status: mizan.StructuralZero} }
	nan := math.NaN()
	for _, want := range []struct {
		unit, code string
		year       int
		value      float64
		cell       mizan.Cell
		line       int32
	}{
		{"AUT", "a", 2021, 20, observed(2020), 3},   // the latest within three years
		{"AUT", "a", 2022, 20, observed(2020), 3},   // an earlier one goes before a nearer later one
		{"BEL", "a", 2021, nan, mizan.Cell{}, 0},    // 2024 is three years ahead
		{"BEL", "a", 2022, 24, standingIn(2024), 5}, // the earliest within two years, its status replaced
		{"CZE", "a", 2021, nan, mizan.Cell{}, 0},    // 2017 is four years back
		{"CZE", "a", 2022, nan, mizan.Cell{}, 0},
		{"DNK", "b", 2021, 0, zero(2021), 0}, // no look-back for b
		{"DNK", "b", 2022, 1, observed(2022), 9},
		{"AUT", "b", 2021, 0, zero(2021), 0}, // NA is no figure
		{"DNK", "a", 2021, nan, mizan.Cell{}, 0},
	} {
		y, c, u := p.Year(want.year), p.Code(want.code), p.Unit(want.unit)
		want.cell.Line = want.line
		if got := p.At(y, c, u); got != want.value && !(math.IsNaN(got) && math.IsNaN(want.value)) {
			t.Errorf("%s %s %d is %v, want %v", want.unit, want.code, want.year, got, want.value)
		}
		if got := p.Cell(y, c, u); got != want.cell {
			t.Errorf("%s %s %d comes from %+v, want %+v", want.unit, want.code, want.year, got, want.cell)
		}
	}
}
