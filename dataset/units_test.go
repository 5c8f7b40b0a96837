package dataset_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mizan"
	"mizan/dataset"
	"mizan/spec"
)

const goodUnits = "unit,name:en,name:ru,region,income\nRUS,Russia,Россия,Europe,high\nCHN,China,,Asia,\nBRA,Brazil,Бразилия,America,upper\n"

// TestUnits reads names and groups, and leaves out whom the project leaves out.
func TestUnits(t *testing.T) {
	const text = tidyHead + "RUS,gdp,2020,1\nCHN,gdp,2020,2\nBRA,gdp,2020,3\n"
	load := func(u spec.Units) *mizan.Panel {
		t.Helper()
		s := sample("")
		s.Units = u
		p, _, err := dataset.Load(s, folder("u.csv", goodUnits, "o.csv", text))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := load(spec.Units{File: "u.csv"})
	if diff := cmp.Diff([]mizan.Unit{
		{Code: "BRA", Name: mizan.Text{"en": "Brazil", "ru": "Бразилия"}, Groups: map[string]string{"region": "America", "income": "upper"}},
		{Code: "CHN", Name: mizan.Text{"en": "China"}, Groups: map[string]string{"region": "Asia"}},
		{Code: "RUS", Name: mizan.Text{"en": "Russia", "ru": "Россия"}, Groups: map[string]string{"region": "Europe", "income": "high"}},
	}, p.Info); diff != "" {
		t.Errorf("units differ (-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		units spec.Units
		want  []string
	}{
		{spec.Units{}, []string{"BRA", "CHN", "RUS"}},
		{spec.Units{Only: []string{"RUS", "BRA"}}, []string{"BRA", "RUS"}},
		{spec.Units{File: "u.csv", Exclude: []string{"CHN"}}, []string{"BRA", "RUS"}},
		{spec.Units{File: "u.csv", Only: []string{"RUS", "BRA"}, Exclude: []string{"BRA"}}, []string{"RUS"}},
	} {
		if p := load(c.units); !slices.Equal(p.Units, c.want) || len(p.Info) != len(c.want) {
			t.Errorf("%+v: %v, want %v", c.units, p.Units, c.want)
		}
	}
}

// TestBadUnits gives a file of units and all that must be said of it.
func TestBadUnits(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{`empty-file u.csv: the file is empty; its first row must name the columns`}},
		{"no unit column", "code,name\nA,x\n", []string{`missing-column u.csv:1:1: the column "unit" is missing; add it; the columns are: code, name`}},
		{"misspelt", "units,name\nA,x\n", []string{`missing-column u.csv:1:1: the column "unit" is missing; is it the column "units"? rename it to "unit"`}},
		{"twice", "unit,name\nA,x\nB,y\nA,z\n", []string{`duplicate-unit u.csv:4:1: the unit "A" occurs twice, first in line 2; keep one of the rows`}},
		{"nameless", "unit,name,\nA,x,y\n,z,\n", []string{`unnamed-column u.csv:1:11: column 3 has no name; name it after what it groups by, or remove it`}},
		{"blank around code", "unit,name\nA\u00a0,x\n", []string{"bad-unit u.csv:2:1: the code of the unit, \"A\\u00a0\", begins or ends with a blank; delete the blank"}},
		{"hidden in code", "unit,name\nA\u200f\u2066B,x\n", []string{`bad-unit u.csv:2:1: the code of the unit, "A\u200f\u2066B", has characters that are not seen; delete them`}},
		{"without code", "unit,name\nA,x\n,z\n", []string{`missing-unit u.csv:3:1: the unit is missing; write the unit's code, or remove the row`}},
		{"ragged", "unit,name\nA,x,y\n", []string{
			`ragged-row u.csv:2:5: the row has 3 cells, the header has 2; put a cell that holds a comma in quotes, or remove what is too much`,
		}},
		{"header alone", "unit,name\n", []string{`no-units u.csv: the file names no unit; write a row for every unit below the header`}},
		{"by name", "unit,name:en,name:ru\nA,x9,RUSS\n", []string{
			`unknown-unit o.csv:2:1: unknown unit "RUSS" (in 2 rows); write its code, "A"`,
			`unknown-unit o.csv:4:1: unknown unit "x9"; write its code, "A"`,
		}},
		{"unknown", "unit,name\nRUS,x\n", []string{
			`unknown-unit o.csv:2:1: unknown unit "RUSS" (in 2 rows); did you mean "RUS"?`,
			`unknown-unit o.csv:4:1: unknown unit "x9"; add it to u.csv, or remove its rows`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sample("")
			s.Units.File = "u.csv"
			text := tidyHead
			if c.name == "unknown" || c.name == "by name" {
				text += "RUSS,gdp,2020,1\nRUSS,pop,2020,1\nx9,pop,2020,1\n"
			}
			_, _, err := dataset.Load(s, folder("u.csv", c.text, "o.csv", text))
			equal(t, lines(t, err), c.want)
		})
	}
}

// TestChosenUnits names units that there are not.
func TestChosenUnits(t *testing.T) {
	s := sample("")
	s.Units = spec.Units{Only: []string{"RUS", "CHHN"}, Exclude: []string{"nobody"}}
	_, _, err := dataset.Load(s, folder("o.csv", tidyHead+"RUS,gdp,2020,1\nCHN,gdp,2020,1\n"))
	got := lines(t, err)
	if len(got) != 2 || !strings.HasSuffix(got[0], `unknown unit "CHHN"; did you mean "CHN"?`) ||
		!strings.HasSuffix(got[1], `unknown unit "nobody"; known are: CHN, RUS`) {
		t.Errorf("got %q", got)
	}
}
