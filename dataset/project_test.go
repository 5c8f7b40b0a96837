package dataset_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mizan/dataset"
	"mizan/spec"
)

// TestBadNames: what cannot be opened is told with cause and remedy.
func TestBadNames(t *testing.T) {
	dir := t.TempDir()
	for name, do := range map[string]func(string) error{
		"loop.csv": func(p string) error { return os.Symlink("loop.csv", p) },
		"dir.csv":  func(p string) error { return os.Mkdir(p, 0o755) },
	} {
		if err := do(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name, want string
		files      fs.FS
	}{
		{"", "no file is named; name a file in the project's folder", nil},
		{"/o.csv", `the file name "/o.csv" is absolute; name it relative to the project's folder`, nil},
		{"C:/o.csv", `the file name "C:/o.csv" is absolute; name it relative to the project's folder`, nil},
		{`data\o.csv`, `the file name "data\\o.csv" has backslashes; write data/o.csv`, nil},
		{"data/../../o.csv", "the file name \"data/../../o.csv\" leaves the project's folder; put the file into the folder, and name it from there, without `..`", nil},
		{"./o.csv", "the file name \"./o.csv\" is not plain; write it as folder/file.csv, without `.`, `//` or an ending `/`", nil},
		{"none.csv", "the file none.csv cannot be read: no such file or directory; is the name right? names are relative to the project's folder", nil},
		{"dir.csv", "the file dir.csv cannot be read: it is a folder; name a file inside it", nil},
		{"loop.csv", "the file loop.csv cannot be read: too many levels of symbolic links; the link leads back to itself: put the file in its place", nil},
		{"shut.csv", "the file shut.csv cannot be read: permission denied; give yourself the right to read it", failing{fs.ErrPermission}},
		{"torn.csv", "the file torn.csv cannot be read: input/output error; is the file whole, and the disk?", failing{errors.New("input/output error")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := c.files
			if files == nil {
				files = os.DirFS(dir)
			}
			for _, kind := range []string{"observations", "units", "origins"} {
				s := sample("")
				s.Observations[0].File = "/"
				switch kind {
				case "observations":
					s.Observations[0].File = c.name
				case "units":
					s.Units.File = c.name
				case "origins":
					s.Origins.File = c.name
				}
				_, _, err := dataset.Load(s, files)
				got := lines(t, err)
				want := strings.TrimPrefix(c.want, "")
				if c.name == "" && kind != "observations" {
					continue
				}
				if !slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, ": "+want) }) {
					t.Errorf("%s: got %q, want %q", kind, got, want)
				}
			}
		})
	}
}

// failing is a folder in which no file can be opened.
type failing struct{ err error }

func (f failing) Open(name string) (fs.File, error) {
	err := f.err
	if errors.Is(err, fs.ErrPermission) {
		err = denied{}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: err}
}

type denied struct{}

func (denied) Error() string        { return "permission denied" }
func (denied) Is(target error) bool { return target == fs.ErrPermission }

// TestBadSpec: what a project lacks altogether.
func TestBadSpec(t *testing.T) {
	s := sample("")
	s.Units.Exclude = []string{"A"}
	_, _, err := dataset.Load(s, folder("o.csv", tidyHead+"A,gdp,2020,1\n"))
	if got := lines(t, err); len(got) != 1 || !strings.HasPrefix(got[0], "no-units") {
		t.Errorf("got %q", got)
	}
	_, _, err = dataset.Load(&spec.Spec{}, folder())
	got := lines(t, err)
	if len(got) != 2 || !strings.HasPrefix(got[0], "bad-period") || !strings.HasPrefix(got[1], "no-observations") {
		t.Errorf("got %q", got)
	}
	s = sample("long")
	_, _, err = dataset.Load(s, folder("o.csv", tidyHead))
	if got := lines(t, err); len(got) != 1 || !strings.HasPrefix(got[0], "unknown-format") {
		t.Errorf("got %q", got)
	}
	for _, period := range []spec.Period{{From: 2020}, {From: 2020, To: 2019}, {From: -1, To: 3}, {From: 1, To: 1 << 40}, {Year: 12020}, {Year: -4}} {
		s = sample("")
		s.Period = period
		_, _, err = dataset.Load(s, folder("o.csv", tidyHead))
		if got := lines(t, err); len(got) != 1 || !strings.HasPrefix(got[0], "bad-period") {
			t.Errorf("%+v: got %q", period, got)
		}
	}
	s = sample("")
	s.Period = spec.Period{From: 1, To: 9999}
	var units strings.Builder
	for i := range 1 << 14 {
		fmt.Fprintf(&units, "U%d,gdp,2020,1\n", i)
	}
	_, _, err = dataset.Load(s, folder("o.csv", tidyHead+units.String()))
	if got := lines(t, err); len(got) != 1 || !strings.HasPrefix(got[0], "too-large") {
		t.Errorf("got %q", got)
	}
}

// TestRange: figures at the ends of the range are in it.
func TestRange(t *testing.T) {
	for _, format := range []string{"tidy", "wide"} {
		s := sample(format)
		s.Indicators[0].Range = []float64{0, 100}
		text := tidyHead + "A,gdp,2020,0\nB,gdp,2020,100\nC,gdp,2020,100.5\nD,pop,2020,-7\nE,gdp,1980,-1\n"
		want := []string{
			"out-of-range o.csv:4:12: 100.5 of gdp is outside its range, 0 to 100; correct the figure, or the indicator's `range`",
			"out-of-range o.csv:6:12: -1 of gdp is outside its range, 0 to 100; correct the figure, or the indicator's `range`",
		}
		if format == "wide" {
			text = "unit,year,gdp,pop\nA,2020,0,\nB,2020,100,\nC,2020,100.5,\nD,2020,,-7\nE,1980,-1,\n"
			for i := range want {
				want[i] = strings.Replace(want[i], ":12:", ":8:", 1)
			}
		}
		_, _, err := dataset.Load(s, folder("o.csv", text))
		equal(t, lines(t, err), want)
	}
}

// TestExcerpt shows the line with a caret below the cell.
func TestExcerpt(t *testing.T) {
	_, _, err := dataset.Load(sample(""), folder("o.csv", tidyHead+"Åland,gdp,2020,1o\n"))
	want := `o.csv:2:16: "1o" is not a number; write a decimal number such as 1234.5, or leave the cell empty for a missing value
  Åland,gdp,2020,1o
                 ^`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

// TestAllFiles: the problems of every file come in one go.
func TestAllFiles(t *testing.T) {
	s := sample("")
	s.Observations = []spec.DataFile{{File: "a.csv"}, {File: "none.csv"}, {File: "b.csv", Format: "wide"}, {File: "c.csv"}}
	s.Units.File, s.Origins.File = "u.csv", "o.yaml"
	_, _, err := dataset.Load(s, folder("u.csv", "unit\nA\nA\n", "o.yaml", "x: 1\n",
		"a.csv", tidyHead+"A,gdp,2020,x\nA,pop,2020,5\n", "b.csv", "unit,year,gdp\nZ,2020,1\n", "c.csv", tidyHead+"A,pop,2020,6\n"))
	var ids []string
	for _, line := range lines(t, err) {
		id, _, _ := strings.Cut(line, " ")
		ids = append(ids, id)
	}
	want := []string{"unreadable-file", "bad-number", "unknown-unit", "conflicting-observations", "not-a-mapping", "duplicate-unit"}
	slices.Sort(ids)
	slices.Sort(want)
	equal(t, ids, want)
}

// TestFindings: remarks on data that are odd and not wrong.
func TestFindings(t *testing.T) {
	s := sample("")
	s.Indicators = indicators("gdp", "pop", "late", "none")
	s.Period.LookBack = 1
	s.Origins.File, s.Units.File = "o.yaml", "u.csv"
	s.Observations = []spec.DataFile{{File: "a.csv", Origin: "un"}, {File: "b.csv", Origin: "un"}}
	_, findings, err := dataset.Load(s, folder("o.yaml", goodOrigins, "u.csv", "unit\nA\nB\nC\n",
		"a.csv", tidyHead+"A,gdp,2020,1\nB,gdp,2019,1\nA,pop,2019,1\nA,late,2022,7\n", "b.csv", tidyHead+"A,gdp,2020,1.00\n"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range findings {
		got = append(got, fmt.Sprintf("%s %s: %s [%s %s %d %s]", f.Severity, f.ID, f.Message, f.Unit, f.Code, f.Year, f.Place))
	}
	equal(t, got, []string{
		"warn duplicate-observation: A, gdp, 2020 occurs twice with the same value, also in a.csv:2 [A gdp 2020 b.csv:2]",
		"warn no-data: late has no figure that may serve for 2020, though 1 figure of other years [ late 2020 ]",
		"warn no-data: none has no figure in any file [ none 0 ]",
		"warn unit-without-data: 1 of 3 units have no figure: C [C  0 ]",
		"info other-years: 66.7 % of the figures are of another year than the one they stand for (66.7 % earlier, 0.0 % later) [  0 ]",
		"info unused-origin: no figure in the panel has the origin wb [  0 o.yaml]",
		"warn no-licence: the origin un has no licence [  0 o.yaml]",
		"info unused-origin: no figure in the panel has the origin own [  0 o.yaml]",
	})
}

// TestCoverage counts a small panel by hand.
func TestCoverage(t *testing.T) {
	s := sample("")
	s.Indicators = indicators("a", "b", "c", "denominator")
	s.Indicators[2].Absent = value(0)
	s.Period = spec.Period{Year: 2020, LookBack: 5, StandIn: 5}
	p, _, err := dataset.Load(s, folder("o.csv", tidyHead+
		"X,a,2020,1\nX,b,2018,1\nX,c,2020,1\nY,a,2022,1\nY,denominator,2020,1\n"))
	if err != nil {
		t.Fatal(err)
	}
	codes := []string{"a", "b", "c"}
	if diff := cmp.Diff([]dataset.Coverage{
		{Code: "X", Available: 3, Of: 3, Share: 1, Exact: 2, Earlier: 1},
		{Code: "Y", Available: 2, Of: 3, Share: 2.0 / 3, Later: 1, Zero: 1},
	}, dataset.CoverageByUnit(p, codes, 0)); diff != "" {
		t.Errorf("by unit (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]dataset.Coverage{
		{Code: "a", Available: 2, Of: 2, Share: 1, Exact: 1, Later: 1},
		{Code: "b", Available: 1, Of: 2, Share: 0.5, Earlier: 1},
		{Code: "c", Available: 2, Of: 2, Share: 1, Exact: 1, Zero: 1},
		{Code: "nowhere", Of: 2},
	}, dataset.CoverageByIndicator(p, append(codes, "nowhere"), 0)); diff != "" {
		t.Errorf("by indicator (-want +got):\n%s", diff)
	}
}

// TestScores reads a published ranking.
func TestScores(t *testing.T) {
	got, err := dataset.ReadScores("p.csv", strings.NewReader("rank,unit,score\n1,RUS,10.5\n2,CHN,NA\n3,BRA,-1\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]dataset.Score{{Unit: "BRA", Value: -1}, {Unit: "RUS", Value: 10.5}}, got); diff != "" {
		t.Errorf("scores differ (-want +got):\n%s", diff)
	}
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", []string{`empty-file p.csv: the file is empty; its first row must name the columns`}},
		{"unit,scores\n", []string{`missing-column p.csv:1:1: the column "score" is missing; is it the column "scores"? rename it to "score"`}},
		{"unit,score\nA,x\nB,1\nB,2\n,3\n", []string{
			`bad-number p.csv:2:3: "x" is not a number; write a decimal number such as 1234.5, or leave the cell empty for a missing value`,
			`duplicate-unit p.csv:4:1: the unit "B" occurs twice, first in line 3; keep one of the rows`,
			`missing-unit p.csv:5:1: the unit is missing; write the unit's code, or remove the row`,
		}},
	} {
		_, err := dataset.ReadScores("p.csv", strings.NewReader(c.text))
		equal(t, lines(t, err), c.want)
	}
}

// TestHDI reads a few real figures: the Human Development Index's components.
func TestHDI(t *testing.T) {
	s := &spec.Spec{
		Period:       spec.Period{From: 2021, To: 2022},
		Observations: []spec.DataFile{{File: "hdi.csv", Format: "wide", Extra: "ignore"}},
		Indicators:   indicators("life_expectancy", "gni_per_head"),
	}
	const text = `unit,year,life_expectancy,expected_schooling,gni_per_head,published_hdi
CHE,2022,84.255,16.579,69432.786,0.967
NOR,2022,83.393,18.65,69189.76165,0.966
ISL,2021,82.678,19.164,55564.90,0.959
`
	p, _, err := dataset.Load(s, folder("hdi.csv", text))
	if err != nil {
		t.Fatal(err)
	}
	nan := math.NaN()
	want := []float64{nan, 82.678, nan, nan, 55564.90, nan, 84.255, nan, 83.393, 69432.786, nan, 69189.76165}
	if diff := cmp.Diff(want, p.Values, cmp.Comparer(func(a, b float64) bool { return a == b || a != a && b != b })); diff != "" {
		t.Errorf("values differ (-want +got):\n%s", diff)
	}
}
