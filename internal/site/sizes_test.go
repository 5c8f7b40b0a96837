package site

import (
	"fmt"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// budget is how many bytes, packed, a page may load before it can be used.
const budget = 300_000

// sized are the pages of the table in docs/site.md: one of each kind.
var sized = []string{
	"index", "ranking", "map", "compare", "unit/RUS", "weigh", "alliances", "alliance/brics", "network", "supply", "targets", "target/ru-ai-gdp",
	"scenarios", "scenario/chip-embargo", "indicator/innovation", "uncertainty", "audit", "methodology", "data", "about",
}

// TestSizes holds every kind of page to the budget of its first load, and the
// table in docs/site.md to what is loaded: a fifth more or less is news there.
// UPDATE_GOLDEN=1 writes the table.
func TestSizes(t *testing.T) {
	s := living(t, "ai-race")
	var table strings.Builder
	table.WriteString("| page | document | styles and scripts | all, KB |\n|---|---:|---:|---:|\n")
	totals := map[string]int{}
	for _, page := range sized {
		address := "/en/" + page + ".html"
		if w := request(s, address); w.Code != 200 {
			t.Errorf("%s answers %d", address, w.Code)
			continue
		}
		total, files := firstLoad(t, s, address)
		if total > budget {
			t.Errorf("%s loads %d bytes: %v", address, total, files)
		}
		totals[page] = total
		fmt.Fprintf(&table, "| `%s` | %.1f | %.1f | %.1f |\n", page, kilo(files[address]), kilo(total-files[address]), kilo(total))
	}
	const name = "../../docs/site.md"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- sizes: made by TestSizes -->\n", "<!-- end of sizes -->"
	before, rest, ok := strings.Cut(string(text), begin)
	old, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no place for the table", path.Base(name))
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(name, []byte(before+begin+table.String()+end+after), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	written := map[string]float64{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|.* ([0-9.]+) \\|$").FindAllStringSubmatch(old, -1) {
		written[m[1]], _ = strconv.ParseFloat(m[2], 64)
	}
	for page, total := range totals {
		if was := written[page]; was < 0.8*kilo(total) || was > 1.2*kilo(total) {
			t.Errorf("docs/site.md has %.1f KB for %s, which loads %.1f: run UPDATE_GOLDEN=1 go test ./internal/site -run TestSizes", was, page, kilo(total))
		}
	}
}

// kilo is a number of bytes in kilobytes.
func kilo(n int) float64 { return float64(n) / 1000 }
