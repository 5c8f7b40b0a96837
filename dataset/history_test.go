package dataset_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"mizan"
	"mizan/dataset"
	"mizan/spec"
)

// History has every figure in its own year: none stands in, none is assumed,
// and years of which nothing is known are left out.
func TestHistory(t *testing.T) {
	s := &spec.Spec{
		Period:       spec.Period{Year: 2023, LookBack: 9, StandIn: 9},
		Observations: []spec.DataFile{{File: "o.csv"}, {File: "w.csv", Format: "wide", Time: "year"}},
		Indicators:   indicators("a", "b", "c"),
	}
	s.Indicators[0].Absent = value(7)
	h, err := dataset.History(s, folder(
		"o.csv", "unit,indicator,year,value,status\nAUT,a,2018,18,\nAUT,a,2026,26,estimated\nBEL,b,2020,20,\n",
		"w.csv", "unit,year,c\nAUT,2018,1\nBEL,2020,\nBEL,2026,2\n",
	))
	if err != nil {
		t.Fatal(err)
	}
	nan := math.NaN()
	want := &mizan.Table{
		Units: []string{"AUT", "BEL"}, Codes: []string{"a", "b", "c"}, Years: []int{2018, 2020, 2026},
		Values: []float64{18, nan, nan, nan, 1, nan, nan, nan, nan, 20, nan, nan, 26, nan, nan, nan, nan, 2},
	}
	if d := cmp.Diff(want, &h.Table, cmpopts.EquateNaNs()); d != "" {
		t.Error(d)
	}
	if c := h.Cell(2, 0, 0); c != (mizan.Cell{Year: 2026, Line: 3, Status: mizan.Estimated}) {
		t.Errorf("cell %+v", c)
	}
	if _, err = dataset.History(s, folder("o.csv", "unit,indicator,year,value\nAUT,x,2018,18\n", "w.csv", "unit,year,c\n")); err == nil {
		t.Error("an unknown indicator is accepted")
	}
}
