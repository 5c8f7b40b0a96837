package cli

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
)

// csvWriter writes CSV in which no spreadsheet finds a formula: text that it would take
// for one is set off by an apostrophe, numbers are left as they are. Names and codes come
// from projects, and a project may come from anybody.
type csvWriter struct{ *csv.Writer }

func newCSV(w io.Writer) csvWriter { return csvWriter{csv.NewWriter(w)} }

// Write writes a row.
func (c csvWriter) Write(row []string) error {
	if !slices.ContainsFunc(row, func(s string) bool { return guarded(s) != s }) {
		return c.Writer.Write(row)
	}
	safe := make([]string, len(row))
	for i, s := range row {
		safe[i] = guarded(s)
	}
	return c.Writer.Write(safe)
}

// guarded is text that no spreadsheet computes.
func guarded(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}
