package engine_test

import (
	"strings"
	"testing"

	"mizan/audit"
	"mizan/engine"
)

// The tiny project has two pillars, one of them with one indicator; what is
// said of names that do not exist is told with the problems of the methods.
func TestAudit(t *testing.T) {
	r := run(t, input())
	out, err := r.Audit(audit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if out.Year != 2023 || out.Ranked != 3 || out.ID != "tiny" || out.Hash != r.Project.Hash {
		t.Errorf("audit of %s %s, %d units in %d", out.ID, out.Hash, out.Ranked, out.Year)
	}
	few := map[string]bool{}
	for _, f := range out.Findings() {
		if f.ID == "few-components" {
			few[f.Code] = true
		}
	}
	if len(few) != 3 || !few["food"] || !few["peace"] || !few["top"] {
		t.Errorf("too few components have %v", few)
	}
	if _, err := r.Audit(audit.Options{Year: 1999}); err == nil || !strings.Contains(err.Error(), "1999") {
		t.Errorf("a year that is not there: %v", err)
	}
	read, err := engine.ReadReport(document(t, r))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := read.Audit(audit.Options{}); err == nil || !strings.Contains(err.Error(), "audit the project") {
		t.Errorf("a report without figures is audited: %v", err)
	}
	_, err = engine.Run(input("audit.thresholds.min_alfa=1", "build.treat=winsorize"))
	for _, want := range []string{`unknown method "winsorize"`, `no threshold "min_alfa"; did you mean "min_alpha"?`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the problem %s is not told: %v", want, err)
		}
	}
}
