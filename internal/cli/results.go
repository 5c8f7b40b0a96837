package cli

import (
	"io"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"mizan"
	"mizan/build"
	"mizan/engine"
)

// resultFile is one file that `mizan build -o` writes.
type resultFile struct {
	name    string // below the output folder
	group   string // a word of --only that stands for several files
	word    string // the word of --only for this one
	summary string // what it holds, one clause
	write   func(w io.Writer, r *engine.Report) error
}

// resultFiles are the files that users may build on; their names and columns
// are a promise.
var resultFiles = []resultFile{
	{"scores.csv", "", "scores", "normalised indicators and the scores of aggregates", tableFile(func(r *engine.Report) *mizan.Table { return r.Scores }, true)},
	{"ranks.csv", "", "ranks", "the ranks of all of them, 1 being the highest", tableFile(func(r *engine.Report) *mizan.Table { return r.Ranks }, true)},
	{"stages/raw.csv", "stages", "raw", "the figures as chosen for each year", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Raw }, false)},
	{"stages/denominated.csv", "stages", "denominated", "after denomination", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Denominated }, false)},
	{"stages/imputed.csv", "stages", "imputed", "after imputation", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Imputed }, false)},
	{"stages/screened.csv", "stages", "screened", "units that were screened out left away", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Screened }, true)},
	{"stages/treated.csv", "stages", "treated", "after the treatment of outliers", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Treated }, true)},
	{"stages/normalised.csv", "stages", "normalised", "on one scale, higher being better", tableFile(func(r *engine.Report) *mizan.Table { return r.Stages.Normalised }, true)},
	{"report.json", "", "report", "everything, for programs", func(w io.Writer, r *engine.Report) error { return r.WriteJSON(w) }},
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
	gone := make(map[unitYear]bool, len(removed))
	for _, g := range removed {
		gone[unitYear{g.Unit, g.Year}] = true
	}
	head := []byte("unit")
	if len(t.Years) > 1 {
		head = append(head, ",year"...)
	}
	for _, c := range t.Codes {
		head = appendField(append(head, ','), c)
	}
	if _, err := to.Write(append(head, '\n')); err != nil {
		return err
	}
	if len(t.Units) <= rowsPerBlock {
		return writeRows(to, t, gone)
	}
	// Writing numbers out is most of the work of a large build, so blocks of
	// rows are written by all processors and put together in order.
	blocks := make([][]byte, runtime.GOMAXPROCS(0))
	for first := 0; first < len(t.Units); {
		var wait sync.WaitGroup
		used := 0
		for ; used < len(blocks) && first < len(t.Units); used++ {
			from, until := first, min(first+rowsPerBlock, len(t.Units))
			block := &blocks[used]
			wait.Go(func() { *block = appendRows((*block)[:0], t, from, until, gone) })
			first = until
		}
		wait.Wait()
		for _, b := range blocks[:used] {
			if _, err := to.Write(b); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeRows writes a small table by itself, unit by unit.
func writeRows(to io.Writer, t *mizan.Table, gone map[unitYear]bool) error {
	var b []byte
	for u := range t.Units {
		b = appendRows(b[:0], t, u, u+1, gone)
		if _, err := to.Write(b); err != nil {
			return err
		}
	}
	return nil
}

// rowsPerBlock is how many units one processor writes at a time.
const rowsPerBlock = 1024

// unitYear names a row of a table.
type unitYear struct {
	unit string
	year int
}

// appendRows appends the rows of the units from first to before last.
func appendRows(b []byte, t *mizan.Table, first, last int, gone map[unitYear]bool) []byte {
	for u := first; u < last; u++ {
		for y, year := range t.Years {
			if len(gone) > 0 && gone[unitYear{t.Units[u], year}] {
				continue
			}
			b = appendField(b, t.Units[u])
			if len(t.Years) > 1 {
				b = strconv.AppendInt(append(b, ','), int64(year), 10)
			}
			for c := range t.Codes {
				b = mizan.AppendNumber(append(b, ','), t.At(y, c, u), "")
			}
			b = append(b, '\n')
		}
	}
	return b
}
