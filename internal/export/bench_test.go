package export_test

import (
	"os"
	"strconv"
	"testing"
	"time"

	"mizan"
	"mizan/internal/export"
)

// BenchmarkParquetDraws writes draws of the AI race as Parquet, a row per draw and unit.
// export/read is how many times as long that takes as to read the same rows, which makes
// the draws. MIZAN_DRAWS says how many draws.
func BenchmarkParquetDraws(b *testing.B) {
	draws := 1000
	if text := os.Getenv("MIZAN_DRAWS"); text != "" {
		var err error
		if draws, err = strconv.Atoi(text); err != nil || draws < 1 {
			b.Fatalf("MIZAN_DRAWS is %q, not a number of draws", text)
		}
	}
	r := report(b, embedded(b, "ai-race"))
	var read, written time.Duration
	var size counter
	rows := 0
	for b.Loop() {
		t, err := r.DrawRelation(draws)
		if err != nil {
			b.Fatal(err)
		}
		rows = t.Rows
		start := time.Now()
		readAll(t)
		read += time.Since(start)
		if t, err = r.DrawRelation(draws); err != nil {
			b.Fatal(err)
		}
		size = 0
		start = time.Now()
		if err := export.Parquet(&size, t); err != nil {
			b.Fatal(err)
		}
		written += time.Since(start)
	}
	b.ReportMetric(written.Seconds()/float64(b.N), "s/export")
	b.ReportMetric(float64(rows)*float64(b.N)/written.Seconds()/1e6, "Mrows/s")
	b.ReportMetric(float64(size)/1e6, "MB")
	b.ReportMetric(written.Seconds()/read.Seconds(), "export/read")
	b.ReportMetric(0, "ns/op")
}

type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

var sink float64

// readAll reads every cell.
func readAll(t *mizan.Relation) {
	for i := range t.Rows {
		for k := range t.Columns {
			if c := &t.Columns[k]; c.Kind == mizan.TextColumn {
				sink += float64(len(c.Text(i)))
			} else {
				sink += c.Number(i)
			}
		}
	}
}
