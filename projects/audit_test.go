package projects_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"mizan/audit"
)

// TestAIRaceAudit: every finding that weighs is answered in the project, no
// answer is left over, and the README counts them as they are.
func TestAIRaceAudit(t *testing.T) {
	out, err := run(t, aiRace, "").Audit(audit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range out.Findings() {
		if f.ID != "many-indicators" {
			t.Errorf("not answered: %s: %s", f.ID, f.Message)
		}
	}
	bare, err := run(t, aiRace, "", "audit=").Audit(audit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("ai-race/README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(string(readme)), " ")
	for _, want := range []string{
		fmt.Sprintf("asks %d questions", len(out.Checks)),
		fmt.Sprintf("because %d findings are answered", out.Summary.Answered),
		fmt.Sprintf("as it is without answers (%d warnings)", bare.Summary.Warn),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the README does not say %q", want)
		}
	}
	if bare.Summary.Fail > 0 || bare.Summary.Findings != out.Summary.Answered {
		t.Errorf("without answers: %+v", bare.Summary)
	}
}
