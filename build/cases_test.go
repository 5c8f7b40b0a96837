package build_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"mizan"
	"mizan/build"
	"mizan/dataset"
	"mizan/spec"
)

// TestCases runs the cases of testdata/cases: whole projects worked by hand.
// README.md there tells how a case is written.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d cases found, %v", len(files), err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { runCase(t, a) })
	}
}

func runCase(t *testing.T, a *txtar.Archive) {
	files, err := txtar.FS(a)
	if err != nil {
		t.Fatal(err)
	}
	r, err := project(files)
	wants := 0
	for _, f := range a.Files {
		what, ok := strings.CutPrefix(f.Name, "want/")
		if !ok {
			continue
		}
		wants++
		want := strings.TrimRight(string(f.Data), "\n")
		if what == "problems" {
			if got := text(err); got != want {
				t.Errorf("problems:\n%s\nwant:\n%s", got, want)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		expect(t, r, what, want)
	}
	if wants == 0 {
		t.Error("the case expects nothing")
	}
}

// project builds the project of a folder.
func project(files fs.FS) (*build.Result, error) {
	source, err := fs.ReadFile(files, "mizan.yaml")
	if err != nil {
		return nil, err
	}
	s, err := spec.Parse("mizan.yaml", source)
	if err != nil {
		return nil, err
	}
	plan, err := build.Compile(s)
	if err != nil {
		return nil, err
	}
	panel, _, err := dataset.Load(s, files)
	if err != nil {
		return nil, err
	}
	return plan.Run(panel)
}

// text is the problems without excerpts, a line each.
func text(err error) string {
	if err == nil {
		return ""
	}
	var lines []string
	var ps mizan.Problems
	if errors.As(err, &ps) {
		for _, p := range ps {
			bare := *p
			bare.Excerpt = ""
			lines = append(lines, bare.Error())
		}
		return strings.Join(lines, "\n")
	}
	return err.Error()
}

func expect(t *testing.T, r *build.Result, what, want string) {
	t.Helper()
	tables := map[string]*mizan.Table{
		"raw": r.Raw, "denominated": r.Denominated, "imputed": r.Imputed, "screened": r.Screened,
		"treated": r.Treated, "normalised": r.Normalised, "scores": r.Scores, "ranks": r.Ranks,
	}
	words := strings.Fields(what)
	switch {
	case tables[strings.TrimSuffix(what, ".csv")] != nil:
		sameTable(t, what, tables[strings.TrimSuffix(what, ".csv")], want)
	case what == "nodes":
		var lines []string
		for _, n := range r.Nodes {
			line := strings.TrimSpace(fmt.Sprintf("%s level %d weight %.4g effective %.4g %s", n.Code, n.Level, n.Weight, n.Effective, n.Method))
			if n.Reversed {
				line += fmt.Sprintf(" reversed about %.4g/2", n.Mirror)
			}
			lines = append(lines, line)
		}
		sameText(t, what, lines, want)
	case what == "findings":
		var lines []string
		for _, f := range r.Findings {
			lines = append(lines, fmt.Sprintf("%s %s: %s; %s", f.Severity, f.ID, f.Message, f.Remedy))
		}
		sameText(t, what, lines, want)
	case what == "removed":
		var lines []string
		for _, g := range r.Removed {
			lines = append(lines, fmt.Sprintf("%s %d: %s", g.Unit, g.Year, g.Reason))
		}
		sameText(t, what, lines, want)
	case words[0] == "trace" && len(words) == 4:
		year, _ := strconv.Atoi(words[3])
		sameText(t, what, traceLines(t, r, words[1], words[2], year), want)
	case words[0] == "contributions" && len(words) == 3:
		year, _ := strconv.Atoi(words[2])
		parts, err := r.Contributions(words[1], year)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for c, v := range parts {
			lines = append(lines, fmt.Sprintf("%s %.6g", r.Indicators[c], v))
		}
		sameText(t, what, lines, want)
	default:
		t.Errorf("a case cannot expect %q", what)
	}
}

func sameText(t *testing.T, what string, lines []string, want string) {
	t.Helper()
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}

func traceLines(t *testing.T, r *build.Result, unit, code string, year int) []string {
	t.Helper()
	tr, err := r.Trace(unit, code, year)
	if err != nil {
		t.Fatal(err)
	}
	number := func(v mizan.Number) string {
		if math.IsNaN(float64(v)) {
			return "missing"
		}
		return fmt.Sprintf("%.6g", float64(v))
	}
	var lines []string
	for _, s := range tr.Steps {
		line := fmt.Sprintf("%s %s: %s -> %s", s.Stage, s.Method, number(s.Before), number(s.After))
		for _, p := range s.Parameters {
			line += fmt.Sprintf(", %s %.6g", p.Name, p.Value)
		}
		if s.Note != "" {
			line += ", " + s.Note
		}
		lines = append(lines, line)
	}
	seen := func(v *mizan.Number) string {
		if v == nil {
			return ""
		}
		return " seen as " + number(*v)
	}
	for _, p := range tr.Parts {
		lines = append(lines, fmt.Sprintf("part %s: %s%s weight %.6g contributes %s", p.Code, number(p.Value), seen(p.Seen), p.Weight, number(p.Contribution)))
	}
	lines = append(lines, fmt.Sprintf("score %s rank %s of %d", number(tr.Score), number(tr.Rank), tr.Of))
	for _, l := range tr.Path {
		lines = append(lines, fmt.Sprintf("to %s by %s:%s weight %.6g contributes %s of %s", l.Code, l.Method, seen(l.Seen), l.Weight, number(l.Contribution), number(l.Score)))
	}
	return lines
}

// sameTable compares a table with its CSV: a column unit, perhaps one year, and
// one per code; "…" in the head lets codes be left out. Units that a CSV does
// not have must be missing throughout.
func sameTable(t *testing.T, what string, table *mizan.Table, want string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(want)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	head := rows[0]
	first := 1
	if len(head) > 1 && head[1] == "year" {
		first = 2
	}
	seen := map[[2]int]bool{}
	for _, row := range rows[1:] {
		y := 0
		if first == 2 {
			year, _ := strconv.Atoi(row[1])
			y = table.Year(year)
		}
		u := table.Unit(row[0])
		if u < 0 || y < 0 {
			t.Fatalf("%s: there is no row %v", what, row[:first])
		}
		seen[[2]int{y, u}] = true
		for i := first; i < len(row); i++ {
			c := table.Code(head[i])
			if c < 0 {
				t.Fatalf("%s: there is no code %s", what, head[i])
			}
			x := math.NaN()
			if row[i] != "" {
				if x, err = strconv.ParseFloat(row[i], 64); err != nil {
					t.Fatal(err)
				}
			}
			if got := table.At(y, c, u); !close(got, x) {
				t.Errorf("%s of %v: %s is %v, want %v", what, row[:first], head[i], got, x)
			}
		}
	}
	for y := range table.Years {
		for u, unit := range table.Units {
			for c := 0; c < len(table.Codes) && !seen[[2]int{y, u}]; c++ {
				if v := table.At(y, c, u); v == v {
					t.Errorf("%s: %s %d is not expected, and has %v", what, unit, table.Years[y], v)
				}
			}
		}
	}
}

func close(a, b float64) bool {
	if a != a || b != b {
		return a != a && b != b
	}
	return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(b))
}
