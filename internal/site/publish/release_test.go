package publish

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mizan"
	"mizan/internal/site/language"
)

// rankedOn is a release of a day with units by rank.
func rankedOn(date string, codes ...string) *Release {
	r := &Release{Format: 1, Date: date, Project: "p", Title: mizan.Text{"en": "Index & <b>"}, Year: 2023, Hash: date}
	for i, c := range codes {
		r.Units = append(r.Units, Unit{Code: c, Name: mizan.Text{"en": "Unit " + c}, Rank: i + 1, Score: float64(100 - i)})
	}
	return r
}

// What a release changed is told in sentences; counted by hand.
func TestReleaseSaid(t *testing.T) {
	later := rankedOn("2026-02-01", "B", "A", "D", "E")
	later.Year = 2024
	scores := rankedOn("2026-02-01", "A", "B")
	scores.Units[1].Score = 7
	for name, c := range map[string]struct {
		before, after *Release
		want          []string
	}{
		"all kinds": {rankedOn("2026-01-01", "A", "B", "C", "D"), later, []string{
			"The ranking is now of 2024, and was of 2023.",
			"Unit B is first, in place of Unit A.",
			"3 ranks of 3 changed.",
			"Furthest up: Unit B from 2 to 1; Unit D from 4 to 3.",
			"Furthest down: Unit A from 1 to 2.",
			"One more unit: Unit E.",
			"One unit no longer ranked: Unit C.",
		}},
		"the longest way first": {rankedOn("2026-01-01", "A", "B", "C", "D"), rankedOn("2026-02-01", "D", "A", "B", "C"), []string{
			"Unit D is first, in place of Unit A.", "4 ranks of 4 changed.", "Furthest up: Unit D from 4 to 1.",
			"Furthest down: Unit A from 1 to 2; Unit B from 2 to 3; Unit C from 3 to 4.",
		}},
		"scores alone":      {rankedOn("2026-01-01", "A", "B"), scores, []string{"No rank changed; 1 score did."}},
		"the project alone": {rankedOn("2026-01-01", "A"), rankedOn("2026-02-01", "A"), []string{"The project changed, the ranking did not."}},
		"nobody":            {rankedOn("2026-01-01"), rankedOn("2026-01-01"), []string{"Nothing in the ranking changed."}},
	} {
		if diff := cmp.Diff(c.want, Tell(language.Speak("en"), c.before, c.after, Compare(c.before, c.after))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestParseRelease(t *testing.T) {
	for body, want := range map[string]string{
		`{`:                                      "not the file",
		`[]`:                                     "not the file",
		`{"format":2,"date":"2026-01-01"}`:       "format is 2",
		`{"format":1,"date":"2026-02-30"}`:       "2026-02-30",
		`{"format":1,"date":"../../etc"}`:        "../../etc",
		`{"format":1,"date":"2026-1-1"}`:         "2026-1-1",
		`{"format":1,"date":"2026-01-01","x":1}`: "",
	} {
		_, err := ParseRelease([]byte(body))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", body, err)
		}
	}
}
