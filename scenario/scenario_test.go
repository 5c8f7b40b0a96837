package scenario_test

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"mizan"
	"mizan/engine"
	"mizan/scenario"
)

// three is a project of three units whose every number can be reckoned by hand:
// scores are the means of two indicators on a scale from 0 to 100.
//
//	      chips  papers   chips on the scale   papers on the scale   score   rank
//	AAA   80     10       100                  0                     50      2
//	BBB   40     50       (40-20)/60 = 1/3     100                   66.67   1
//	CCC   20     30       0                    50                    25      3
const three = `mizan: 1
id: three
period: {year: 2023}
observations: [{file: data.csv}]
indicators:
  chips: {pool: sum}
  papers: {pool: sum, range: [0, 100]}
framework: {code: top, children: [{code: chips}, {code: papers}]}
build: {normalise: {method: min-max, to: [0, 100]}}
`

const threeData = `unit,indicator,year,value
AAA,chips,2023,80
BBB,chips,2023,40
CCC,chips,2023,20
AAA,papers,2023,10
BBB,papers,2023,50
CCC,papers,2023,30
`

// report builds a project; files are pairs of a name and a text.
func report(t testing.TB, text string, files ...string) *engine.Report {
	t.Helper()
	fs := fstest.MapFS{"data.csv": {Data: []byte(threeData)}}
	for i := 0; i+1 < len(files); i += 2 {
		fs[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: []byte(text), Files: fs})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// try runs all scenarios of a project.
func try(t testing.TB, r *engine.Report, o scenario.Options) *scenario.Result {
	t.Helper()
	st, err := r.Scenarios(o)
	if err != nil {
		t.Fatal(err)
	}
	list, err := scenario.Find(r.Spec, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := st.Run(list)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func near(t testing.TB, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > 1e-9 {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// lines joins lines of a project file.
func lines(l ...string) string { return strings.Join(l, "\n") + "\n" }

func TestFiguresByHand(t *testing.T) {
	// CCC's chips are doubled to 40, which is the new lowest with BBB's: on the
	// scale AAA has 100, BBB and CCC 0. Scores: AAA 50, BBB 50, CCC 25; AAA and
	// BBB share the first rank.
	r := report(t, three+lines("scenarios:", "  - {id: double, edits: [{indicators: chips, units: CCC, op: scale, value: 2}]}"))
	o := try(t, r, scenario.Options{}).Scenarios[0]
	for i, want := range []struct{ before, after, rank, rankAfter float64 }{{50, 50, 2, 1}, {200.0 / 3, 50, 1, 1}, {25, 25, 3, 3}} {
		m := o.Units[i]
		near(t, m.Code+" before", float64(m.Before.Score), want.before)
		near(t, m.Code+" after", float64(m.After.Score), want.after)
		near(t, m.Code+" rank", float64(m.Before.Rank), want.rank)
		near(t, m.Code+" rank after", float64(m.After.Rank), want.rankAfter)
	}
	if o.Unit != "CCC" || o.Draws != 0 {
		t.Errorf("unit %s, %d draws; want CCC and none, since nothing varies", o.Unit, o.Draws)
	}
}

type finding = mizan.Finding
