package oracle_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// folder holds the figures that COINr 1.1.14 gave for its example, the ASEM
// Sustainable Connectivity Portal of the European Commission's Joint Research
// Centre, with a manifest of the calls that made them. It lies beside the
// project where it is developed.
const folder = "../../../shared/oracle/coinr"

var nan = math.NaN()

// frame is a table of the folder.
type frame struct {
	names []string
	rows  []map[string]string
}

func read(t testing.TB, name string) frame {
	t.Helper()
	file, err := os.Open(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	f := frame{names: rows[0]}
	for _, row := range rows[1:] {
		m := map[string]string{}
		for j, s := range row {
			m[rows[0][j]] = s
		}
		f.rows = append(f.rows, m)
	}
	return f
}

// figure reads a number of R's.
func figure(t testing.TB, s string) float64 {
	t.Helper()
	switch s {
	case "NA", "NaN", "":
		return nan
	case "TRUE":
		return 1
	case "FALSE":
		return 0
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (f frame) column(t testing.TB, name string) []float64 {
	t.Helper()
	if !slices.Contains(f.names, name) {
		t.Fatalf("there is no column %s", name)
	}
	x := make([]float64, len(f.rows))
	for i, row := range f.rows {
		x[i] = figure(t, row[name])
	}
	return x
}

// value finds the figure of a unit and a code.
func (f frame) value(t testing.TB, unit, name string) float64 {
	t.Helper()
	for _, row := range f.rows {
		if row["uCode"] == unit {
			return figure(t, row[name])
		}
	}
	t.Fatalf("there is no row of %s", unit)
	return nan
}

// codes are the columns that are neither units nor years nor names.
func (f frame) codes() []string {
	return slices.DeleteFunc(slices.Clone(f.names), func(name string) bool {
		return slices.Contains([]string{"uCode", "uName", "Time"}, name) || strings.HasSuffix(name, "_group")
	})
}
