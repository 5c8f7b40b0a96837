package dataset_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"mizan"
	"mizan/dataset"
	"mizan/spec"
)

// fact is an observation as the properties below know it.
type fact struct {
	unit, code string
	year       int
}

// naive finds the figure of a cell by trying the years in the order of the
// rule, one after the other.
func naive(facts map[fact]float64, s *spec.Spec, unit string, ind spec.Indicator, year int) (float64, mizan.Cell) {
	back, ahead := s.Period.LookBack, s.Period.StandIn
	if ind.LookBack != nil {
		back = *ind.LookBack
	}
	if ind.StandIn != nil {
		ahead = *ind.StandIn
	}
	for y := year; y >= year-back; y-- {
		if v, ok := facts[fact{unit, ind.Code, y}]; ok {
			return v, observed(y)
		}
	}
	for y := year + 1; y <= year+ahead; y++ {
		if v, ok := facts[fact{unit, ind.Code, y}]; ok {
			return v, standingIn(y)
		}
	}
	if ind.Absent != nil {
		return *ind.Absent, mizan.Cell{Year: int16(year), Status: mizan.StructuralZero}
	}
	return math.NaN(), mizan.Cell{}
}

// drawProject draws a project without files, and the facts to put into them.
func drawProject(t *rapid.T) (*spec.Spec, map[fact]float64) {
	from := rapid.IntRange(2000, 2004).Draw(t, "from")
	s := &spec.Spec{Period: spec.Period{
		From: from, To: from + rapid.IntRange(0, 3).Draw(t, "more"),
		LookBack: rapid.IntRange(0, 4).Draw(t, "back"), StandIn: rapid.IntRange(0, 4).Draw(t, "ahead"),
	}}
	s.Indicators = indicators("a", "b", "c")
	if rapid.Bool().Draw(t, "override") {
		s.Indicators[0].LookBack, s.Indicators[1].StandIn = whole(1), whole(1)
		s.Indicators[2].Absent = value(-1)
	}
	facts := map[fact]float64{{"U0", "a", 2000}: 0}
	n := rapid.IntRange(1, 60).Draw(t, "facts")
	for range n {
		f := fact{
			"U" + strconv.Itoa(rapid.IntRange(0, 5).Draw(t, "unit")),
			rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "code"), rapid.IntRange(1996, 2010).Draw(t, "year"),
		}
		facts[f] = rapid.Float64Range(-1e9, 1e9).Draw(t, "value")
	}
	return s, facts
}

// rows writes the facts as the rows of a tidy and of a wide file.
func rows(facts map[fact]float64) (tidy, wide []string) {
	table := map[fact][3]string{}
	for f, v := range facts {
		text := strconv.FormatFloat(v, 'g', -1, 64)
		tidy = append(tidy, fmt.Sprintf("%s,%s,%d,%s", f.unit, f.code, f.year, text))
		row := table[fact{unit: f.unit, year: f.year}]
		row[f.code[0]-'a'] = text
		table[fact{unit: f.unit, year: f.year}] = row
	}
	for f, row := range table {
		wide = append(wide, fmt.Sprintf("%s,%d,%s", f.unit, f.year, strings.Join(row[:], ",")))
	}
	slices.Sort(tidy)
	slices.Sort(wide)
	return tidy, wide
}

func text(head string, rows []string) string { return head + "\n" + strings.Join(rows, "\n") + "\n" }

// TestSamePanel: a tidy file, a wide file, and a part in each, in any order of
// rows, give the panel that the rule asks for.
func TestSamePanel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, facts := drawProject(t)
		tidy, wide := rows(facts)
		tidy = rapid.Permutation(tidy).Draw(t, "tidy")
		wide = rapid.Permutation(wide).Draw(t, "wide")
		const tidyHead, wideHead = "unit,indicator,year,value", "unit,year,a,b,c"
		cut := rapid.IntRange(0, len(tidy)).Draw(t, "cut")
		for name, files := range map[string][]string{
			"tidy":     {"tidy", text(tidyHead, tidy)},
			"wide":     {"wide", text(wideHead, wide)},
			"in parts": {"tidy", text(tidyHead, tidy[:cut]), "tidy", text(tidyHead, tidy[cut:])},
			"twice":    {"wide", text(wideHead, wide), "tidy", text(tidyHead, tidy[cut:]), "wide", text(wideHead, wide)},
		} {
			var pairs []string
			s.Observations = nil
			for i := 0; i < len(files); i += 2 {
				file := fmt.Sprintf("%d.csv", i)
				s.Observations = append(s.Observations, spec.DataFile{File: file, Format: files[i]})
				pairs = append(pairs, file, files[i+1])
			}
			p, _, err := dataset.Load(s, folder(pairs...))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			check(t, name, p, s, facts)
		}
	})
}

func check(t *rapid.T, name string, p *mizan.Panel, s *spec.Spec, facts map[fact]float64) {
	if !slices.IsSorted(p.Units) {
		t.Fatalf("%s: units are not sorted: %v", name, p.Units)
	}
	for y, year := range p.Years {
		for c, ind := range s.Indicators {
			for u, unit := range p.Units {
				want, cell := naive(facts, s, unit, ind, year)
				got, from := p.At(y, c, u), p.Cell(y, c, u)
				if (from.Line > 0) != (cell.Status == mizan.Observed || cell.Status == mizan.StandIn) {
					t.Fatalf("%s: %s %s %d is from line %d", name, unit, ind.Code, year, from.Line)
				}
				from.Line, from.File = 0, 0
				if got != want && !(math.IsNaN(got) && math.IsNaN(want)) || from != cell {
					t.Fatalf("%s: %s %s %d is %v %+v, want %v %+v", name, unit, ind.Code, year, got, from, want, cell)
				}
			}
		}
	}
}

// TestBlocks reads a file of several MiB whose rows end at odd places: each
// figure must know the line on which its row begins.
func TestBlocks(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, end := range []string{"\n", "\r\n"} {
		var b strings.Builder
		b.WriteString("unit,indicator,year,value,origin" + end)
		line := 2
		var want []int32
		for i := range 60_000 {
			want = append(want, int32(line))
			fmt.Fprintf(&b, "U%05d,gdp,2020,%d,", i, i)
			if n := r.IntN(5); n > 0 {
				b.WriteString(`"o` + strings.Repeat(`""`, r.IntN(3)) + strings.Repeat(end, n) + strings.Repeat("x", r.IntN(90)) + `"`)
				line += n
			}
			b.WriteString(end)
			line++
		}
		p, _, err := dataset.Load(sample(""), folder("o.csv", b.String()))
		if err != nil {
			t.Fatal(err)
		}
		for u := range want {
			if p.At(0, 0, u) != float64(u) || p.Cell(0, 0, u).Line != want[u] {
				t.Fatalf("unit %d is %v from line %d, want line %d", u, p.At(0, 0, u), p.Cell(0, 0, u).Line, want[u])
			}
		}
	}
}
