package engine_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"mizan/claim"
	"mizan/engine"
	"mizan/projects"
)

// TestReport reads the news report that the project starts from, where it is
// at hand, and looks for every fact that a person found in it.
func TestReport(t *testing.T) {
	const folder = "../../shared/articles"
	names, err := fs.Glob(os.DirFS(folder), "*.txt")
	if err != nil || len(names) == 0 {
		t.Skip("the report is not at hand")
	}
	text, err := os.ReadFile(folder + "/" + names[0])
	if err != nil {
		t.Fatal(err)
	}
	r := build(t, "ai-race")
	reading, err := r.ReadArticle(string(text), claim.Options{Year: 2024})
	if err != nil {
		t.Fatal(err)
	}
	if reading.Language != "ar" {
		t.Fatalf("read as %q", reading.Language)
	}
	find := func(what string, fits func(c *claim.Claim) bool) *claim.Claim {
		for i := range reading.Claims {
			if c := &reading.Claims[i]; fits(c) {
				return c
			}
		}
		t.Errorf("not found: %s", what)
		return nil
	}
	quantity := func(kind claim.Kind, value float64, m claim.Measure, currency string, year int, words string) {
		c := find(words, func(c *claim.Claim) bool {
			return c.Kind == kind && c.Unit == "RUS" && c.Quantity != nil && c.Quantity.Value == value && c.Quantity.Measure == m &&
				c.Quantity.Currency == currency && c.Year == year && strings.Contains(c.Text, words)
		})
		if c != nil && kind != claim.Rank && c.Verdict.Outcome != claim.Agrees {
			t.Errorf("%s: %+v", words, c.Verdict)
		}
	}
	quantity(claim.Rank, 31, claim.Place, "", 0, "31")
	quantity(claim.Target, 109e9, claim.Money, "USD", 2030, "109")
	quantity(claim.Level, 1.9e9, claim.Money, "USD", 2023, "1.9")
	quantity(claim.Target, 80, claim.Percent, "", 2030, "80")
	quantity(claim.Level, 5, claim.Percent, "", 2023, "5")
	quantity(claim.Change, 7, claim.Times, "", 0, "سبعة")
	quantity(claim.Target, 850e9, claim.Money, "RUB", 0, "850")
	find("31 of 83", func(c *claim.Claim) bool { return c.Kind == claim.Rank && c.Of == 83 })
	members := map[string]map[string]bool{}
	for _, c := range reading.Claims {
		if c.Kind == claim.Membership && c.Verb != "outside" {
			if members[c.Alliance] == nil {
				members[c.Alliance] = map[string]bool{}
			}
			members[c.Alliance][c.Unit] = true
		}
	}
	for alliance, units := range map[string]string{"brics": "BRA CHN IND ZAF", "ai-alliance-network": "BRA CHN IND ZAF SRB IDN"} {
		for u := range strings.FieldsSeq(units) {
			if !members[alliance][u] {
				t.Errorf("%s is not read as of %s", u, alliance)
			}
		}
		if len(members[alliance]) != len(strings.Fields(units)) {
			t.Errorf("%s: %v", alliance, members[alliance])
		}
	}
	for _, other := range []string{"USA", "CHN", "IND", "BRA"} {
		find("behind "+other, func(c *claim.Claim) bool {
			return c.Kind == claim.Relation && c.Verb == "behind" && c.Unit == "RUS" && c.Other == other
		})
	}
	find("cooperation", func(c *claim.Claim) bool { return c.Verb == "cooperate" && c.Unit+c.Other == "RUSCHN" })
	find("no exports to Russia", func(c *claim.Claim) bool { return c.Verb == "restrict" && c.Other == "RUS" })
	find("restrictions on China", func(c *claim.Claim) bool { return c.Verb == "restrict" && c.Unit == "USA" && c.Other == "CHN" })
	find("the bank's chief", func(c *claim.Claim) bool { return c.Kind == claim.Quotation && strings.Contains(c.Speaker, "جريف") })
}

// TestReadChecks reads claims of invented articles and looks at the verdicts.
func TestReadChecks(t *testing.T) {
	r := build(t, "ai-race")
	for _, tt := range []struct {
		name, text string
		year       int
		outcome    claim.Outcome
		note       string
	}{
		{"rank", "The United States ranks first of 88 countries in 2023.", 0, claim.Agrees, "at 1"},
		{"wrong rank", "Brazil ranks second in 2023.", 0, claim.Differs, "BRA"},
		{"order", "Brazil comes behind China.", 0, claim.Agrees, "CHN at 2"},
		{"member", "Iran joined BRICS in 2024.", 0, claim.Agrees, "since 2024"},
		{"wrong year", "Iran joined BRICS in 2019.", 0, claim.Differs, "since 2024"},
		{"before it joined", "Indonesia is not a member of BRICS.", 2024, claim.Agrees, "since 2025"},
		{"since it joined", "Indonesia is not a member of BRICS.", 2026, claim.Differs, "since 2025"},
		{"promise", "Russia wants 80% of workers to have AI skills by 2030.", 0, claim.Agrees, "80"},
		{"wrong promise", "Russia wants 60% of workers to have AI skills by 2030.", 0, claim.Differs, "80"},
		{"nothing", "Chad planted 5,000 trees in 2020.", 0, claim.Nothing, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reading, err := r.ReadArticle(tt.text, claim.Options{Year: tt.year})
			if err != nil {
				t.Fatal(err)
			}
			if tt.outcome == claim.Nothing && len(reading.Claims) == 0 {
				return
			}
			if len(reading.Claims) != 1 {
				t.Fatalf("%d claims", len(reading.Claims))
			}
			if v := reading.Claims[0].Verdict; v.Outcome != tt.outcome || !strings.Contains(v.Note, tt.note) {
				t.Errorf("%+v", v)
			}
		})
	}
}

// build builds an embedded project.
func build(t *testing.T, name string) *engine.Report {
	t.Helper()
	files, ok := projects.FS(name)
	if !ok {
		t.Fatalf("there is no project %s", name)
	}
	text, err := fs.ReadFile(files, "mizan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r, err := engine.Run(engine.Input{Name: "mizan.yaml", Text: text, Files: files})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
