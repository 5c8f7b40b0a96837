package source_test

import (
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"mizan"
	"mizan/dataset"
	"mizan/internal/source"
	"mizan/spec"
)

// A small pair of tables in COINr's form, with all it may have.
const (
	goodData = `"uName","uCode","income","Time","pop","gdp","co2","note"
"Åland, the isles","ALA","High",2020,2,10,3.50,"a"
"Bonaire","BES",NA,2020,4,30,NA,"b"
`
	goodMeta = `"Level","iCode","iName","Direction","Weight","Unit","Denominator","Parent","Type"
1,"gdp","Gross domestic product",1,2,"USD, current","pop","prosperity","Indicator"
1,"co2","Emissions",-1,1,"t",NA,"nature","Indicator"
2,"prosperity","Prosperity",1,0.5,NA,NA,"top","Aggregate"
2,"nature","Nature",1,1,NA,NA,"top","Aggregate"
3,"top","How they fare",1,NA,NA,NA,NA,"Aggregate"
NA,"income","Income group",NA,NA,NA,NA,NA,"Group"
NA,"pop","Population",NA,NA,"people",NA,NA,"Denominator"
NA,"note","A note",NA,NA,NA,NA,NA,"Other"
`
)

func importCOINr(data, meta string) (*source.Project, error) {
	return source.COINr(source.Input{Name: "iData.csv", Text: []byte(data)}, source.Input{Name: "iMeta.csv", Text: []byte(meta)},
		source.Options{ID: "small", Year: 2021, Guessed: true})
}

// load reads an imported project as the program would.
func load(t *testing.T, p *source.Project) (*spec.Spec, *mizan.Panel) {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range p.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Text}
	}
	s, err := spec.Parse("mizan.yaml", files["mizan.yaml"].Data)
	if err != nil {
		t.Fatalf("%v\n%s", err, files["mizan.yaml"].Data)
	}
	panel, _, err := dataset.Load(s, files)
	if err != nil {
		t.Fatalf("%v\n%s", err, files["data/observations.csv"].Data)
	}
	return s, panel
}

func text(p *source.Project, name string) string {
	for _, f := range p.Files {
		if f.Name == name {
			return string(f.Text)
		}
	}
	return ""
}

func TestCOINr(t *testing.T) {
	p, err := importCOINr(goodData, goodMeta)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"mizan.yaml": `# Imported from iData.csv and iMeta.csv of COINr.
mizan: 1
id: small
title: How they fare
period: {year: 2020}
units: {file: data/units.csv}
observations:
  - {file: data/observations.csv, format: wide}

indicators:
  gdp: {name: Gross domestic product, measure: "USD, current"}
  co2: {name: Emissions, measure: t, direction: -1}
  # Denominators; they are not part of the framework.
  pop: {name: Population, measure: people}

framework:
  code: top
  name: How they fare
  children:
    - code: prosperity
      name: Prosperity
      weight: 0.5
      children:
        - {code: gdp, weight: 2}
    - code: nature
      name: Nature
      children:
        - {code: co2}

build:
  denominate:
    gdp: pop
  # The tables do not hold the methods, which COINr is told in calls. These are its
  # defaults; ` + "`mizan methods`" + ` lists the others, for example
  #   impute: {method: group-mean, by: income}
  #   treat: {method: winsorise, max_points: 5}
  impute: {method: none}
  screen: {method: none}
  treat: {method: none}
  normalise: {method: min-max, to: [0, 100]}
  weights: {method: declared}
  aggregate: {method: arithmetic-mean}
`,
		"data/units.csv":        "unit,name,income\nALA,\"Åland, the isles\",High\nBES,Bonaire,\n",
		"data/observations.csv": "unit,year,gdp,co2,pop\nALA,2020,10,3.50,2\nBES,2020,30,,4\n",
	}
	for name, text := range want {
		if d := cmp.Diff(text, string(p.Files[slices.IndexFunc(p.Files, func(f source.File) bool { return f.Name == name })].Text)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
	if len(p.Findings) != 1 || p.Findings[0].Message != "columns of Type Other are left out: note" {
		t.Errorf("findings: %+v", p.Findings)
	}
	if p.Units != 2 || p.Indicators != 2 || p.Aggregates != 3 || !slices.Equal(p.Years, []int{2020}) {
		t.Errorf("counts: %+v", p)
	}
	s, panel := load(t, p)
	if got := panel.At(0, panel.Code("co2"), panel.Unit("ALA")); got != 3.5 {
		t.Errorf("co2 of ALA is %v", got)
	}
	if !math.IsNaN(panel.At(0, panel.Code("co2"), panel.Unit("BES"))) {
		t.Error("co2 of BES is not missing")
	}
	if d := s.Build.Denominate; len(d) != 1 || d[0].Code != "gdp" || d[0].By != "pop" {
		t.Errorf("denominate: %+v", d)
	}
}

// TestCOINrReads: ways in which the same tables may be written.
func TestCOINrReads(t *testing.T) {
	want, err := importCOINr(goodData, goodMeta)
	if err != nil {
		t.Fatal(err)
	}
	numbered := func(text string) string {
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		for i := range lines {
			lines[i] = fmt.Sprintf("%q,%s", []string{"", "1", "7"}[min(i, 2)], lines[i])
		}
		return strings.Join(lines, "\n")
	}
	lines := strings.Split(strings.TrimSuffix(goodData, "\n"), "\n")
	for name, tables := range map[string][2]string{
		"byte order mark":    {"\ufeff" + goodData, "\ufeff" + goodMeta},
		"CRLF":               {strings.ReplaceAll(goodData, "\n", "\r\n"), strings.ReplaceAll(goodMeta, "\n", "\r\n")},
		"no last line end":   {strings.TrimSuffix(goodData, "\n"), strings.TrimSuffix(goodMeta, "\n")},
		"empty for NA":       {strings.ReplaceAll(goodData, "NA", ""), strings.ReplaceAll(goodMeta, "NA", "")},
		"NaN for NA":         {strings.ReplaceAll(goodData, ",NA,", ",NaN,"), goodMeta},
		"row names":          {numbered(goodData), numbered(goodMeta)},
		"empty rows":         {goodData + ",,,,,,,\n\n", goodMeta + ",,,,,,,,\n"},
		"empty columns":      {strings.ReplaceAll(goodData, "\n", ",\n"), strings.ReplaceAll(goodMeta, "\n", ",,\n")},
		"rows out of order":  {lines[0] + "\n" + lines[2] + "\n" + lines[1] + "\n", goodMeta},
		"quotes everywhere":  {strings.Replace(goodData, "2020,2,10,3.50", `"2020","2","10"," 3.50 "`, 1), goodMeta},
		"Time of iMeta":      {goodData, goodMeta + "NA,\"Time\",NA,NA,NA,NA,NA,NA,\"Other\"\n"},
		"direction not said": {goodData, strings.Replace(goodMeta, `"How they fare",1`, `"How they fare",NA`, 1)},
	} {
		got, err := importCOINr(tables[0], tables[1])
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// TestCOINrPanel: several years, with a gap; groups that change.
func TestCOINrPanel(t *testing.T) {
	p, err := importCOINr(goodData+"\"Aland\",\"ALA\",\"Low\",2022,3,20,4,\"\"\n\"Zed\",\"BES\",NA,2022.0,5,1e+01,5,\"\"\n", goodMeta)
	if err != nil {
		t.Fatal(err)
	}
	if got := text(p, "data/units.csv"); got != "unit,name,income\nALA,Aland,Low\nBES,Zed,\n" {
		t.Errorf("units:\n%s", got)
	}
	if got := text(p, "data/observations.csv"); got != "unit,year,gdp,co2,pop\nALA,2020,10,3.50,2\nALA,2022,20,4,3\nBES,2020,30,,4\nBES,2022,1e+01,5,5\n" {
		t.Errorf("observations:\n%s", got)
	}
	var ids []string
	for _, f := range p.Findings {
		ids = append(ids, f.ID)
	}
	if !slices.Equal(ids, []string{"left-out", "changing-groups", "years-without-figures"}) {
		t.Errorf("findings: %v", ids)
	}
	s, panel := load(t, p)
	if s.Period.From != 2020 || s.Period.To != 2022 {
		t.Errorf("period: %+v", s.Period)
	}
	if got := panel.At(2, panel.Code("gdp"), panel.Unit("BES")); got != 10 {
		t.Errorf("gdp of BES in 2022 is %v", got)
	}
}

// TestCOINrWithoutTime: the year is the user's, or a guess that is told.
func TestCOINrWithoutTime(t *testing.T) {
	data := strings.ReplaceAll(strings.ReplaceAll(goodData, `"Time",`, ""), "2020,", "")
	p, err := importCOINr(data, goodMeta)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(p.Findings, func(f mizan.Finding) bool { return f.ID == "guessed-year" })
	if i < 0 || !strings.Contains(p.Findings[i].Message, "2021") {
		t.Errorf("findings: %+v", p.Findings)
	}
	if _, panel := load(t, p); !slices.Equal(panel.Years, []int{2021}) {
		t.Errorf("years: %v", panel.Years)
	}
	p, err = source.COINr(source.Input{Name: "d", Text: []byte(data)}, source.Input{Name: "m", Text: []byte(goodMeta)}, source.Options{Year: 1999})
	if err != nil || len(p.Findings) != 1 || !strings.Contains(string(p.Files[0].Text), "period: {year: 1999}\n") {
		t.Errorf("with a year: %v, %+v", err, p)
	}
}

// TestCOINrCodes: codes with what Mizan does not take are changed, all others
// stay, and nothing collides.
func TestCOINrCodes(t *testing.T) {
	change := func(s string) string {
		return strings.NewReplacer(`"gdp"`, `"a.b"`, `"co2"`, `"a_b"`, `"nature"`, `"R&D"`, `"prosperity"`, `"year"`, `"top"`, `"children"`,
			`"income"`, `"name"`, `"pop"`, `"2020x"`).Replace(s)
	}
	p, err := importCOINr(change(goodData), change(goodMeta))
	if err != nil {
		t.Fatal(err)
	}
	s, panel := load(t, p)
	if !slices.Equal(panel.Codes, []string{"a_b_2", "a_b", "2020x"}) {
		t.Errorf("codes: %v", panel.Codes)
	}
	f := s.Framework
	if f.Code != "children_2" || f.Children[0].Code != "year_2" || f.Children[1].Code != "R_D" {
		t.Errorf("framework: %+v", f)
	}
	if _, known := panel.Group("name_2"); !known {
		t.Errorf("units:\n%s", text(p, "data/units.csv"))
	}
	said := fmt.Sprint(p.Findings)
	for _, want := range []string{"a.b is now a_b_2", "year is now year_2", "R&D is now R_D", "children is now children_2", `"name" is called "name_2"`} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %s\n%s", want, said)
		}
	}
}

// TestCOINrNamibia: NA is a missing value everywhere but in the code of a unit.
func TestCOINrNamibia(t *testing.T) {
	p, err := importCOINr(strings.ReplaceAll(strings.ReplaceAll(goodData, `"BES"`, `"NA"`), `"Bonaire"`, "NA"), goodMeta)
	if err != nil {
		t.Fatal(err)
	}
	if got := text(p, "data/units.csv"); got != "unit,name,income\nALA,\"Åland, the isles\",High\nNA,,\n" {
		t.Errorf("units:\n%s", got)
	}
	if _, panel := load(t, p); panel.At(0, panel.Code("gdp"), panel.Unit("NA")) != 30 {
		t.Error("the gdp of NA is lost")
	}
}

// TestCOINrLevels: Mizan takes a parent on any level above.
func TestCOINrLevels(t *testing.T) {
	meta := strings.Replace(goodMeta, `"t",NA,"nature"`, `"t",NA,"top"`, 1)
	meta = strings.Replace(meta, "2,\"nature\",\"Nature\",1,1,NA,NA,\"top\",\"Aggregate\"\n", "", 1)
	p, err := importCOINr(goodData, meta)
	if err != nil {
		t.Fatal(err)
	}
	if p.Findings[0].ID != "level-skipped" {
		t.Errorf("findings: %+v", p.Findings)
	}
	if s, _ := load(t, p); len(s.Framework.Children) != 2 || s.Framework.Children[0].Code != "co2" {
		t.Errorf("framework: %+v", s.Framework)
	}
}

// TestCOINrReversed: COINr takes no notice of the Direction of an aggregate, so
// its numbers are kept, and how to turn it is said.
func TestCOINrReversed(t *testing.T) {
	p, err := importCOINr(goodData, strings.Replace(goodMeta, `2,"nature","Nature",1,1,`, `2,"nature","Nature",-1,1,`, 1))
	if err != nil {
		t.Fatal(err)
	}
	if f := p.Findings[0]; f.ID != "direction-of-aggregate" || f.Severity != mizan.Warn || !strings.Contains(f.Remedy, "set `framework.nature.direction` to -1") {
		t.Errorf("findings: %+v", p.Findings)
	}
	s, _ := load(t, p)
	turned, err := s.Apply(spec.Edit{Set: "framework.nature.direction", To: -1.0})
	if err != nil {
		t.Fatal(err)
	}
	direction := func(s *spec.Spec) int {
		return s.Framework.Children[slices.IndexFunc(s.Framework.Children, func(n spec.Node) bool { return n.Code == "nature" })].Direction
	}
	if direction(s) != 1 || direction(turned) != -1 {
		t.Errorf("directions %d, and %d turned", direction(s), direction(turned))
	}
	p, err = importCOINr(goodData, strings.Replace(goodMeta, `3,"top","How they fare",1,`, `3,"top","How they fare",-1,`, 1))
	if err != nil {
		t.Fatal(err)
	}
	if f := p.Findings[0]; f.ID != "direction-of-aggregate" || f.Remedy != "turn the indicators below, if it was meant" {
		t.Errorf("findings for the top: %+v", p.Findings)
	}
}

// TestCOINrNormalisation: iMeta's columns for use_iMeta become variants.
func TestCOINrNormalisation(t *testing.T) {
	const head = `,"Target","dist2targ_cap_max","minmax_lower","minmax_upper","zscore_mean","zscore_sd","scaled_lower","scaled_upper","scale_factor","goalpost_lower","goalpost_upper","goalpost_scale","goalpost_trunc2posts"`
	lines := strings.Split(strings.TrimSuffix(goodMeta, "\n"), "\n")
	lines[0] += head
	lines[1] += `,4.5,TRUE,0,10,10,2,0,50,10,1,9,100,FALSE`
	lines[2] += `,-1,TRUE,0,10,10,2,0,1,10,NA,9,100,TRUE`
	for i := 3; i < len(lines); i++ {
		lines[i] += strings.Repeat(",NA", 13)
	}
	p, err := importCOINr(goodData, strings.Join(lines, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, variants, _ := strings.Cut(text(p, "mizan.yaml"), "\nvariants:\n")
	for _, want := range []string{
		"        to: {method: min-max, to: [0, 10]}\n",
		"        to: {method: z-score, mean: 10, sd: 2}\n",
		"            gdp: {method: scaled, from: [0, 50], to: [0, 10]}\n            co2: {method: scaled, from: [0, 1], to: [0, 10]}\n",
		"            gdp: {method: distance-to-target, target: 4.5, cap: true}\n",
	} {
		if !strings.Contains(variants, want) {
			t.Errorf("no %q in\n%s", want, variants)
		}
	}
	if strings.Contains(variants, "goalposts:") || !strings.Contains(fmt.Sprint(p.Findings), `"co2" has no goalpost_lower`) {
		t.Errorf("goalposts without posts: %v", p.Findings)
	}
	s, _ := load(t, p)
	if len(s.Variants) != 4 {
		t.Errorf("variants: %+v", s.Variants)
	}
	for _, v := range s.Variants {
		if _, err := s.Variant(v.Code); err != nil {
			t.Errorf("%s: %v", v.Code, err)
		}
	}
}

// TestASEM: the example of COINr, where it is at hand, comes over whole and
// with the same codes.
func TestASEM(t *testing.T) {
	const folder = "../../../shared/oracle/coinr/inputs/"
	data, err := os.ReadFile(folder + "ASEM_iData_p.csv")
	if errors.Is(err, os.ErrNotExist) {
		t.Log("the tables of COINr are not here")
		return
	}
	meta, err2 := os.ReadFile(folder + "iMetaN.csv")
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	p, err := importCOINr(string(data), string(meta))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Findings) > 0 || p.Units != 51 || p.Indicators != 49 || p.Aggregates != 11 || len(p.Years) != 5 {
		t.Errorf("%+v, %d units, %d indicators, %d aggregates, years %v", p.Findings, p.Units, p.Indicators, p.Aggregates, p.Years)
	}
	s, _ := load(t, p)
	if len(s.Variants) != 5 || len(s.Build.Denominate) != 17 {
		t.Errorf("%d variants, %d denominators", len(s.Variants), len(s.Build.Denominate))
	}
}
