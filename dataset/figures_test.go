package dataset_test

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"mizan"
	"mizan/dataset"
	"mizan/spec"
)

const edited = `mizan: 1
id: x
period: {from: 2020, to: 2021, look_back: 1}
observations: [{file: o.csv}]
figures:
  gdp: {FRA: {2021: 7}, DEU: null}
  pop: {DEU: 5}
indicators: {gdp: {}, pop: {absent: 0}}
framework: {code: t, children: [{code: gdp}, {code: pop}]}
`

const spreadOut = `unit,indicator,year,value,sd
FRA,gdp,2020,3,0.5
FRA,gdp,2021,4,0.25
DEU,gdp,2020,6,0.1
ITA,gdp,2020,2,
ITA,pop,2021,9,1
`

func load(t *testing.T, text, data string) (*mizan.Panel, error) {
	t.Helper()
	s, err := spec.Parse("mizan.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := dataset.Load(s, fstest.MapFS{"o.csv": {Data: []byte(data)}})
	return p, err
}

// A figure of the project file stands in place of the data's, with its status;
// of another year, or of every year.
func TestFigures(t *testing.T) {
	p, err := load(t, edited, spreadOut)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		year       int
		code, unit string
		value, sd  float64
		status     mizan.Status
	}{
		{2020, "gdp", "FRA", 3, 0.5, mizan.Observed},
		{2021, "gdp", "FRA", 7, math.NaN(), mizan.Edited},
		{2020, "gdp", "DEU", math.NaN(), math.NaN(), mizan.Missing},
		{2021, "gdp", "DEU", math.NaN(), math.NaN(), mizan.Missing},
		{2021, "gdp", "ITA", 2, math.NaN(), mizan.Observed},
		{2020, "pop", "DEU", 5, math.NaN(), mizan.Edited},
		{2021, "pop", "DEU", 5, math.NaN(), mizan.Edited},
		{2021, "pop", "ITA", 9, 1, mizan.Observed},
		{2020, "pop", "ITA", 0, math.NaN(), mizan.StructuralZero},
	} {
		y, n, u := p.Year(c.year), p.Code(c.code), p.Unit(c.unit)
		i := (y*len(p.Codes)+n)*len(p.Units) + u
		if got := p.Values[i]; got != c.value && (got == got || c.value == c.value) {
			t.Errorf("%s of %s in %d is %v, want %v", c.code, c.unit, c.year, got, c.value)
		}
		if got := p.SDs[i]; got != c.sd && (got == got || c.sd == c.sd) {
			t.Errorf("the standard deviation of %s of %s in %d is %v, want %v", c.code, c.unit, c.year, got, c.sd)
		}
		if got := p.Cells[i].Status; got != c.status {
			t.Errorf("%s of %s in %d is %s, want %s", c.code, c.unit, c.year, got, c.status)
		}
	}
}

func TestBadFigures(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"DEU: null", "DEUX: 1", `mizan.yaml:6:25: the figure of gdp is of "DEUX", which is not a unit of the project; did you mean "DEU"?`},
		{"pop: {DEU: 5}", "pop: {Mars: 5}", `mizan.yaml:7:9: the figure of pop is of "Mars", which is not a unit of the project; name a unit of the project`},
	} {
		_, err := load(t, strings.Replace(edited, c.old, c.new, 1), spreadOut)
		if got := first(err); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
	for _, c := range []struct{ old, new, want string }{
		{"0.25", "x", `o.csv:3:16: "x" is not a number; `},
		{"0.25", "-1", "o.csv:3:16: the standard deviation -1 is negative; give the standard deviation of the figure, or leave it empty"},
	} {
		_, err := load(t, edited, strings.Replace(spreadOut, c.old, c.new, 1))
		if got := first(err); !strings.HasPrefix(got, c.want) {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func first(err error) string {
	if err == nil {
		return ""
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
