package dataset_test

import (
	"encoding/csv"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"testing"

	"mizan"
	"mizan/dataset"
	"mizan/spec"
)

// plainRows reads a CSV without any of the code under test.
func plainRows(t *testing.T, files fs.FS, name string) [][]string {
	t.Helper()
	f, err := files.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// figureAt checks one figure and its line, and says whether it is there.
func figureAt(t *testing.T, p *mizan.Panel, unit, code, year, text string, line int) bool {
	t.Helper()
	y, err := strconv.Atoi(year)
	if err != nil {
		t.Fatal(err)
	}
	if text == "" || p.Year(y) < 0 {
		return false
	}
	want, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	yi, c, u := p.Year(y), p.Code(code), p.Unit(unit)
	if got, cell := p.At(yi, c, u), p.Cell(yi, c, u); got != want || int(cell.Year) != y || int(cell.Line) != line {
		t.Errorf("%s %s %s is %v %+v, want %s from line %d", unit, code, year, got, cell, text, line)
	}
	return true
}

func figures(p *mizan.Panel) int {
	n := 0
	for _, c := range p.Cells {
		if c.Status != mizan.Missing {
			n++
		}
	}
	return n
}

// TestHDIFile: every figure of the embedded wide file stands in the panel.
func TestHDIFile(t *testing.T) {
	files := os.DirFS("../projects/hdi")
	rows := plainRows(t, files, "data/hdi.csv")
	s := &spec.Spec{
		Period:       spec.Period{From: 1990, To: 2022},
		Units:        spec.Units{File: "data/units.csv"},
		Observations: []spec.DataFile{{File: "data/hdi.csv", Format: "wide", Origin: "undp"}},
		Origins:      spec.OriginFile{File: "data/origins.yaml"},
		Indicators:   indicators(rows[0][2:]...),
	}
	p, _, err := dataset.Load(s, files)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i, row := range rows[1:] {
		for c, text := range row[2:] {
			if figureAt(t, p, row[0], rows[0][c+2], row[1], text, i+2) {
				n++
			}
		}
	}
	if got := figures(p); got != n || n == 0 {
		t.Errorf("%d figures in the panel, %d in the file", got, n)
	}
}

// TestAIRaceFile: every figure of the embedded tidy file stands in the panel,
// with its origin.
func TestAIRaceFile(t *testing.T) {
	files := os.DirFS("../projects/ai-race")
	rows := plainRows(t, files, "data/observations.csv")
	var codes []string
	for _, row := range rows[1:] {
		codes = append(codes, row[1])
	}
	slices.Sort(codes)
	s := &spec.Spec{
		Period:       spec.Period{From: 2010, To: 2026},
		Units:        spec.Units{File: "data/units.csv"},
		Observations: []spec.DataFile{{File: "data/observations.csv"}},
		Origins:      spec.OriginFile{File: "data/origins.yaml"},
		Indicators:   indicators(slices.Compact(codes)...),
	}
	p, _, err := dataset.Load(s, files)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i, row := range rows[1:] {
		if !figureAt(t, p, row[0], row[1], row[2], row[3], i+2) {
			continue
		}
		n++
		year, _ := strconv.Atoi(row[2])
		cell := p.Cell(p.Year(year), p.Code(row[1]), p.Unit(row[0]))
		if got := p.Origins[cell.Origin]; got.Code != row[5] || got.Publisher == "" || got.Licence == "" {
			t.Errorf("%v has the origin %+v", row, got)
		}
	}
	if got := figures(p); got != n || n == 0 {
		t.Errorf("%d figures in the panel, %d in the file", got, n)
	}
}
