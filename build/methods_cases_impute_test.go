package build

import (
	"fmt"
	"testing"

	"mizan/stat"
)

// MatrixExample is what an example of imputation says of rows and columns.
type MatrixExample struct {
	Units      []string `yaml:"units"`
	Years      []int    `yaml:"years"`
	Codes      []string `yaml:"codes"`
	Parents    []string `yaml:"parents"`
	Directions []int    `yaml:"directions"`
	Means      []any    `yaml:"means"`
}

func (ex example) impute(t *testing.T, e Entry, o Options) error {
	im, err := e.NewImputer(o)
	if err != nil {
		return err
	}
	m := ex.matrix(t)
	if err := im.Impute(m); err != nil {
		return err
	}
	if ex.X != nil {
		ex.sameFigures(t, "imputed", m.Columns[0], ex.Want)
		return nil
	}
	if len(ex.Want) != len(m.Columns) {
		t.Fatalf("%d lines in want, want %d", len(ex.Want), len(m.Columns))
	}
	for c, x := range m.Columns {
		want, ok := ex.Want[c].([]any)
		if !ok {
			t.Fatalf("line %d of want is %v", c+1, ex.Want[c])
		}
		ex.sameFigures(t, "imputed "+m.Codes[c], x, want)
	}
	if ex.Means == nil {
		return nil
	}
	means := make([]float64, len(m.Columns))
	for c, x := range m.Columns {
		means[c] = stat.MomentsOf(x).Mean
	}
	ex.sameFigures(t, "means", means, ex.Means)
	return nil
}

// matrix has one column x, or columns.
func (ex example) matrix(t *testing.T) *Matrix {
	t.Helper()
	m := &Matrix{Units: ex.Units, Years: ex.Years, Codes: ex.Codes, Parents: ex.Parents, Directions: ex.Directions}
	if ex.X != nil {
		m.Columns = [][]float64{figures(t, ex.X)}
	} else {
		m.Columns = table(t, ex.Columns)
	}
	if m.Units == nil {
		m.Units = letters(len(m.Columns[0]))
	}
	for c := len(m.Codes); c < len(m.Columns); c++ {
		m.Codes = append(m.Codes, fmt.Sprint("x", c+1))
	}
	labels, known := make([]string, len(m.Units)), false
	for i, g := range ex.Groups {
		if g != "NA" {
			labels[i], known = g, true
		}
	}
	m.Groups = func(string) ([]string, bool) { return labels, known }
	return m
}
