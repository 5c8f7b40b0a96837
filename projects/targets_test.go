package projects_test

import (
	"strings"
	"testing"

	"mizan/target"
)

// Every promise says who answers for it and where it can be read, in all
// languages what it is.
func TestAIRaceTargets(t *testing.T) {
	r := run(t, aiRace, "")
	res, err := r.Targets(target.Options{Paths: 200})
	if err != nil {
		t.Fatal(err)
	}
	holders := map[string]bool{}
	for _, tr := range res.Targets {
		holders[tr.Unit+tr.Alliance] = true
		for _, lang := range languages {
			if tr.Title[lang] == "" {
				t.Errorf("%s has no title in %s", tr.ID, lang)
			}
		}
		if len(tr.Body) == 0 || tr.Theme == "" || tr.Source == "" || tr.Place == "" || tr.Measure == "" || len(tr.What) == 0 {
			t.Errorf("%s: body %v, theme %q, source %q, place %q, measure %q", tr.ID, tr.Body, tr.Theme, tr.Source, tr.Place, tr.Measure)
		}
		for _, p := range tr.Series {
			if p.Source == "" {
				t.Errorf("%s: the figure of %d has no source", tr.ID, p.Year)
			}
		}
		if len(tr.Verdicts) > 0 && tr.Latest == nil {
			t.Errorf("%s is judged without figures after its baseline", tr.ID)
		}
	}
	if len(res.Targets) < 12+3 || len(holders) < 10 {
		t.Errorf("%d targets of %d states", len(res.Targets), len(holders))
	}
	var readings []string
	for _, p := range res.Promises {
		readings = append(readings, p.Code+": "+strings.Join(p.Targets, " "))
	}
	want := "ru-ai-gdp: ru-ai-gdp ru-ai-gdp-total, ru-ai-skills: ru-ai-skills ru-ai-skills-decree, eu-enterprises: eu-ai-enterprises eu-cloud-enterprises"
	if got := strings.Join(readings, ", "); got != want {
		t.Errorf("readings %s, want %s", got, want)
	}
}

// The project has enough of a past to say how good its probabilities are.
func TestAIRaceBacktest(t *testing.T) {
	b, err := run(t, aiRace, "").Backtest(target.BacktestOptions{Paths: 100})
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Indicators) < 20 || b.Series < 1000 || b.Targets != 8*b.Series {
		t.Errorf("%d targets, %d series, %d indicators", b.Targets, b.Series, len(b.Indicators))
	}
}
