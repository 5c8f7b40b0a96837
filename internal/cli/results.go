package cli

import (
	"bufio"
	"io"
	"slices"
	"strconv"

	"mizan"
	"mizan/build"
	"mizan/engine"
)

// resultFile is one file that `mizan build -o` writes.
type resultFile struct {
	name  string // below the output folder
	group string // a word of --only that stands for several files
	word  string // the word of --only for this one
	write func(w io.Writer, r *engine.Report) error
}

// resultFiles are the files that users may build on; their names and columns
// are a promise.
var resultFiles = []resultFile{
	{"scores.csv", "", "scores", tableFile(func(r *engine.Report) *mizan.Table { return r.Scores }, true)},
	{"ranks.csv", "", "ranks", tableFile(func(r *engine.Report) *mizan.Table { return r.Ranks }, true)},
	{"stages/raw.csv", "stages", "raw", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Raw }, false)},
	{"stages/denominated.csv", "stages", "denominated", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Denominated }, false)},
	{"stages/imputed.csv", "stages", "imputed", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Imputed }, false)},
	{"stages/screened.csv", "stages", "screened", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Screened }, true)},
	{"stages/treated.csv", "stages", "treated", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Treated }, true)},
	{"stages/normalised.csv", "stages", "normalised", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Normalised }, true)},
	{"report.json", "", "report", func(w io.Writer, r *engine.Report) error { return r.WriteJSON(w) }},
}

// resultWords are the words of --only.
func resultWords() []string {
	var words []string
	for _, f := range resultFiles {
		if f.group != "" && !slices.Contains(words, f.group) {
			words = append(words, f.group)
		}
		words = append(words, f.word)
	}
	return words
}

// tableFile writes a table of the report; screened tells whether the units
// that were screened out are left away.
func tableFile(table func(*engine.Report) *mizan.Table, screened bool) func(io.Writer, *engine.Report) error {
	return func(w io.Writer, r *engine.Report) error {
		var gone []build.Removal
		if screened {
			gone = r.Removed
		}
		return writeTable(w, table(r), gone)
	}
}

// writeTable writes a table as CSV: the column unit, in a panel of several
// years the column year, then a column per code. A row per unit and year, in
// order; those that were removed are left out. Numbers are the shortest text
// that reads back to the same double, missing is an empty cell.
func writeTable(to io.Writer, t *mizan.Table, removed []build.Removal) error {
	type row struct {
		unit string
		year int
	}
	gone := make(map[row]bool, len(removed))
	for _, g := range removed {
		gone[row{g.Unit, g.Year}] = true
	}
	w := bufio.NewWriterSize(to, 1<<16)
	b := []byte("unit")
	if len(t.Years) > 1 {
		b = append(b, ",year"...)
	}
	for _, c := range t.Codes {
		b = appendField(append(b, ','), c)
	}
	_, _ = w.Write(append(b, '\n'))
	for u, unit := range t.Units {
		for y, year := range t.Years {
			if len(gone) > 0 && gone[row{unit, year}] {
				continue
			}
			b = appendField(b[:0], unit)
			if len(t.Years) > 1 {
				b = strconv.AppendInt(append(b, ','), int64(year), 10)
			}
			for c := range t.Codes {
				b = mizan.AppendNumber(append(b, ','), t.At(y, c, u), "")
			}
			if _, err := w.Write(append(b, '\n')); err != nil {
				return err
			}
		}
	}
	return w.Flush()
}
