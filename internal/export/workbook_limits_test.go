package export

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"mizan"
)

// TestSheetHasRoom: a sheet has 1,048,576 rows and 16,384 columns.
func TestSheetHasRoom(t *testing.T) {
	columns := func(n int) []column { return slices.Repeat([]column{numberColumn("a", 9, "a name")}, n) }
	for _, tt := range []struct {
		columns, rows int
		fits          bool
	}{{3, 1_048_574, true}, {3, 1_048_575, false}, {16_384, 9, true}, {16_385, 9, false}} {
		err := (&sheet{name: "Raw", columns: columns(tt.columns), count: tt.rows}).room()
		var p *mizan.Problem
		if tt.fits != (err == nil) || err != nil && (!errors.As(err, &p) || !strings.Contains(p.Remedy, "--year")) {
			t.Errorf("%d columns, %d rows: %v", tt.columns, tt.rows, err)
		}
	}
}

// TestNumbersAreShown: formats by the size of the figures.
func TestNumbersAreShown(t *testing.T) {
	for _, tt := range []struct {
		x      []float64
		format string
		width  float64
	}{
		{nil, "General", 0},
		{[]float64{0, 0}, "General", 0},
		{[]float64{1, 2, 1234567}, "#,##0", 11},
		{[]float64{0.5, 1.25, 12}, "#,##0.00", 7},
		{[]float64{1000.5, 2000.25}, "#,##0", 7},
		{[]float64{0.0012, 0.0034}, "#,##0.00000", 9},
		{[]float64{1e-9, 2e-9}, "0.00E+00", 10},
		{[]float64{1e17}, "0.00E+00", 10},
	} {
		if format, width := formatOf(tt.x); format != tt.format || width != tt.width {
			t.Errorf("%v: %s %v, want %s %v", tt.x, format, width, tt.format, tt.width)
		}
	}
}
