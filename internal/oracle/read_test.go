package oracle_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"mizan/internal/oracle"
)

var nan = math.NaN()

// valueOf is the figure of a unit and a code.
func valueOf(t testing.TB, f oracle.Frame, unit, name string) float64 {
	t.Helper()
	return oracle.Number(t, f.Row(t, "uCode", unit)[name])
}

// codesOf are the columns that are neither units nor years nor names.
func codesOf(f oracle.Frame) []string {
	return slices.DeleteFunc(slices.Clone(f.Names), func(name string) bool {
		return slices.Contains([]string{"uCode", "uName", "Time"}, name) || strings.HasSuffix(name, "_group")
	})
}
