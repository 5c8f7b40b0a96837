package projects_test

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"mizan/engine"
	"mizan/projects"
	"mizan/spec"
	"mizan/uncertainty"
)

// draws makes the draws of the flagship project.
func draws(t *testing.T, variant string, edits ...spec.Edit) *uncertainty.Result {
	t.Helper()
	files, _ := projects.FS("ai-race")
	text, err := fs.ReadFile(files, "mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: text, Files: files, Variant: variant, Edits: edits})
	if err != nil {
		t.Fatal(err)
	}
	m, err := r.Uncertain()
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Check(); err != nil {
		t.Fatal(err)
	}
	s, err := m.Run(uncertainty.RunOptions{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m.Result(s)
}

// TestHowSure: the README tells ranks, medians and intervals as they are drawn.
func TestHowSure(t *testing.T) {
	files, _ := projects.FS("ai-race")
	text, err := fs.ReadFile(files, "README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, readme, _ := strings.Cut(string(text), "## How sure the ranks are")
	told := regexp.MustCompile(`(?m)^\| ([A-Z][A-Za-z ]+) \| (\d+) \| (.+) \| (\d+) \| (.+) \| (\d+) \| (.+) \|$`).FindAllStringSubmatch(readme, -1)
	codes := map[string]string{"United States": "USA", "China": "CHN", "India": "IND", "Russia": "RUS", "Brazil": "BRA"}
	if len(told) != len(codes) {
		t.Fatalf("%d rows are told of %d", len(told), len(codes))
	}
	for i, variant := range []string{"scale", "intensity", "trend"} {
		u := draws(t, variant)
		if u.Made != 10000 || u.Kept != 10000 || u.Failed != 0 {
			t.Errorf("%s: %d kept and %d failed of %d", variant, u.Kept, u.Failed, u.Made)
		}
		if u.Stability.Places > 1 {
			t.Errorf("%s: %s is known to %v places", variant, u.Stability.Unit, u.Stability.Places)
		}
		for _, row := range told {
			for _, x := range u.Units {
				got := fmt.Sprintf("%v | %v, %v–%v", x.Rank, x.Median, x.Low, x.High)
				if want := row[2+2*i] + " | " + row[3+2*i]; x.Unit == codes[row[1]] && got != want {
					t.Errorf("%s: %s is %s, the README says %s", variant, x.Unit, got, want)
				}
			}
		}
	}
}

// TestPresets: every one of 4,000 draws is accounted for.
func TestPresets(t *testing.T) {
	for _, preset := range spec.Presets() {
		u := draws(t, "", spec.Edit{Set: "uncertainty", To: map[string]any{"preset": preset}})
		failed := 0
		for _, f := range u.Failures {
			failed += f.Draws
		}
		if u.Requested != 4000 || u.Made != 4000 || u.Kept+u.Failed != 4000 || failed != u.Failed || u.Kept < 3900 {
			t.Errorf("%s: %d requested, %d made, %d kept, %d failed, of which %d are named", preset, u.Requested, u.Made, u.Kept, u.Failed, failed)
		}
		for f, n := 0, 0; f < len(u.Factors); f++ {
			sum := 0
			for range u.Factors[f].Choices {
				sum += u.Choices[n].Draws
				n++
			}
			if sum != 4000 && u.Factors[f].Choices != nil {
				t.Errorf("%s: the choices of %s were drawn %d times", preset, u.Factors[f].ID, sum)
			}
		}
	}
}
