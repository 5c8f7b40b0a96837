package dataset_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mizan"
	"mizan/dataset"
	"mizan/spec"
)

// wellFormed checks what must hold whatever the files are: a panel whose parts
// fit together, or problems that say where and why.
func wellFormed(t *testing.T, p *mizan.Panel, err error) {
	t.Helper()
	if err != nil {
		var ps mizan.Problems
		if !errors.As(err, &ps) || len(ps) == 0 || p != nil {
			t.Fatalf("%T with a panel %v", err, p != nil)
		}
		for _, q := range ps {
			if q.ID == "" || q.Cause == "" || !utf8.ValidString(q.Error()) || q.Place.Line < 0 || q.Place.Column < 0 {
				t.Fatalf("bad problem: %+v", *q)
			}
		}
		return
	}
	if len(p.Cells) != len(p.Values) || len(p.Info) != len(p.Units) || !slices.IsSorted(p.Units) ||
		len(slices.Compact(slices.Clone(p.Units))) != len(p.Units) || len(p.Values) != len(p.Units)*len(p.Codes)*len(p.Years) {
		t.Fatalf("the panel does not fit together: %+v", p)
	}
	for i, c := range p.Cells {
		if v := p.Values[i]; (v != v) != (c.Status == mizan.Missing) || v-v != 0 && v == v || int(c.Origin) >= len(p.Origins) {
			t.Fatalf("value %v has the cell %+v", v, c)
		}
	}
}

func fuzzData(f *testing.F, format string, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := sample(format)
		s.Period = spec.Period{From: 2019, To: 2020, LookBack: 2, StandIn: 1}
		s.Indicators[1].Range = []float64{0, 10}
		files := folder("o.csv", text)
		p, findings, err := dataset.Load(s, files)
		wellFormed(t, p, err)
		if err != nil {
			return
		}
		// The same file again says the same, but for the repetition.
		s.Observations = append(s.Observations, s.Observations[0])
		s.Observations[1].File = "p.csv"
		files["p.csv"] = files["o.csv"]
		q, again, err := dataset.Load(s, files)
		if err != nil || !slices.EqualFunc(p.Values, q.Values, func(a, b float64) bool { return a == b || a != a && b != b }) ||
			!slices.Equal(p.Cells, q.Cells) || len(again) < len(findings) {
			t.Fatalf("reading twice: %v", err)
		}
	})
}

func FuzzTidy(f *testing.F) {
	fuzzData(f, "tidy", tidyHead+"A,gdp,2020,1\nB,pop,2018,2.5\n", "unit,indicator,year,value,status,origin\r\nA,gdp,2020,,missing,x\r\n",
		"\ufeff"+tidyHead+"\"A \"\"x\"\"\nB\",gdp,2020,\"1,5\"\n", "unit;indicator\n", "\xff\xfea\x00", tidyHead+"A,gdp,2020,1\nA,gdp,2020,2\n", tidyHead+"A\"")
}

func FuzzWide(f *testing.F) {
	fuzzData(f, "wide", "unit,year,gdp,pop\nA,2020,1,2\nB,2019,,NA\n", "unit,year,pop\nA,2020,11\nA,2020,1\n",
		"year,gdp,unit\n2020,1e400,A\n", "unit,year,gdp\nA,2020\n", "unit,year,gdp,gdp\n", "\"unit\",\"year\",\"gdp\"\r\n\"A\",2020,0x1\r\n")
}

func FuzzUnits(f *testing.F) {
	for _, s := range []string{goodUnits, "unit\nA\nA\n", "unit,name,name:\nA,x,y\n", "\ufeffunit,,x\n", "unit,name:ar\nA,\"م\n\"\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := sample("")
		s.Units = spec.Units{File: "u.csv", Exclude: []string{"CHN"}}
		p, _, err := dataset.Load(s, folder("u.csv", text, "o.csv", tidyHead+"RUS,gdp,2020,1\n"))
		wellFormed(t, p, err)
	})
}

func FuzzOrigins(f *testing.F) {
	for _, s := range []string{goodOrigins, "wb: {year: 2020, title: [x]}\n", "- a\n", "a: &x {title: 1}\nb: *x\n", "a: !!binary x\n", "? {a: b}\n: c\n", "<<: {a: b}\n", "a: |\n  b\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := sample("")
		s.Origins.File = "o.yaml"
		p, _, err := dataset.Load(s, folder("o.yaml", text, "o.csv", "unit,indicator,year,value,origin\nA,gdp,2020,1,wb\n"))
		wellFormed(t, p, err)
	})
}

func FuzzScores(f *testing.F) {
	for _, s := range []string{"unit,score\nA,1\nB,NA\n", "rank,score,unit\n1,2,A\n1,3,A\n", "unit\tscore\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, err := dataset.ReadScores("p.csv", strings.NewReader(text))
		if err != nil {
			return
		}
		for i, s := range list {
			if s.Value-s.Value != 0 || i > 0 && list[i-1].Unit >= s.Unit {
				t.Fatalf("bad scores: %v", list)
			}
		}
	})
}
