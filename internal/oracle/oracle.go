// Package oracle reads the figures that COINr 1.1.14 gave for its example, the
// ASEM Sustainable Connectivity Portal of the European Commission's Joint
// Research Centre, for tests. They lie beside the project where it is developed;
// without them the worked examples decide alone.
package oracle

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// Folder is the path of the figures, from wherever in the project a test runs.
func Folder(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "..", "shared", "oracle", "coinr")
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("the test does not run within the project")
		}
		dir = up
	}
}

// Here reports whether the figures are there, and says so if they are not.
func Here(t testing.TB) bool {
	t.Helper()
	_, err := os.Stat(Folder(t))
	if errors.Is(err, fs.ErrNotExist) {
		t.Log("the figures of COINr are not here")
		return false
	}
	return true
}

// Frame is a table of the figures, cells as R wrote them.
type Frame struct {
	Names []string
	Rows  []map[string]string // by name of the column
}

// Read reads a table by its path within the folder.
func Read(t testing.TB, name string) Frame {
	t.Helper()
	file, err := os.Open(filepath.Join(Folder(t), name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	f := Frame{Names: rows[0]}
	for _, row := range rows[1:] {
		m := map[string]string{}
		for j, s := range row {
			m[rows[0][j]] = s
		}
		f.Rows = append(f.Rows, m)
	}
	return f
}

// Text is a column as R wrote it; nil if there is none.
func (f Frame) Text(name string) []string {
	if !slices.Contains(f.Names, name) {
		return nil
	}
	x := make([]string, len(f.Rows))
	for i, row := range f.Rows {
		x[i] = row[name]
	}
	return x
}

// Numbers is a column of numbers. The test fails if there is none.
func (f Frame) Numbers(t testing.TB, name string) []float64 {
	t.Helper()
	x := f.Text(name)
	if x == nil {
		t.Fatalf("there is no column %s", name)
	}
	return Numbers(t, x)
}

// Row is the first row with a value in a column. The test fails if there is
// none.
func (f Frame) Row(t testing.TB, name, value string) map[string]string {
	t.Helper()
	for _, row := range f.Rows {
		if row[name] == value {
			return row
		}
	}
	t.Fatalf("there is no row with %s %s", name, value)
	return nil
}

// Number reads a number of R's; NA, NaN and nothing are NaN, TRUE is 1.
func Number(t testing.TB, s string) float64 {
	t.Helper()
	switch s {
	case "NA", "NaN", "":
		return math.NaN()
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

// Numbers reads numbers of R's.
func Numbers(t testing.TB, texts []string) []float64 {
	t.Helper()
	x := make([]float64, len(texts))
	for i, s := range texts {
		x[i] = Number(t, s)
	}
	return x
}

// Near is agreement to 1e-9 of the value, or of one where that is larger; NaN
// agrees with NaN.
func Near(got, want float64) bool {
	if got != got || want != want {
		return got != got && want != want
	}
	return got == want || math.Abs(got-want) <= 1e-9*math.Max(1, math.Abs(want))
}
