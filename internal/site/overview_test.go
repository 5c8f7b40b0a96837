package site

import (
	"html"
	"net/http"
	"strings"
	"testing"

	"mizan/engine"
)

// The first page says who leads and by how much, who moved, what the project is,
// and leads to the whole ranking. In the sample Brazil has 58 and Austria 56; the
// year before Austria was first. Nothing there is uncertain.
func TestOverviewTellsTheFinding(t *testing.T) {
	status, body, _ := get(t, newSample(t), "/")
	if status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	for _, want := range []string{
		"<h1>Brazil leads by 2.0 points</h1>", "Brazil scores 58.0, 2.0 points more than Austria; 4 units are ranked.",
		"treatment of totals moves ranks", `href="/ranking"`, `<a href="/unit/BRA">`,
		"The story in one figure", "points lie between Brazil (58.0) and Austria (56.0).",
		"Brazil rose furthest: by 1 place, from rank 2 in 2022 to 1", "Austria: rank 1, then 2",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the overview lacks %q", want)
		}
	}
	for _, unwanted := range []string{"draws", "least certain", "NaN"} {
		if strings.Contains(body, unwanted) {
			t.Errorf("the overview has %q, but nothing is uncertain", unwanted)
		}
	}
	if _, body, _ := get(t, newSample(t), "/?year=2022"); !strings.Contains(body, "<h1>Austria leads by 20.0 points</h1>") || strings.Contains(body, "rose furthest") {
		t.Error("the first year does not say that Austria leads, or who moved since a year that there is not")
	}
}

// The strongest alliance is one that the leader is not in. A and C together live
// 50.909 years on average (1 and 10 million people), which is 2.27 of 100, and
// have 10 works of 30, which is 33.33: 17.8 together, 69.7 below B with 87.5, and
// third after B and D.
func TestOverviewTellsOfTheStrongestAlliance(t *testing.T) {
	_, body, _ := get(t, newAllied(t, alliedProject), "/")
	if strings.Contains(body, "strongest alliance") {
		t.Error("an alliance that the leader is in stands against it")
	}
	apart := strings.Replace(alliedProject, "{unit: B, from: 2023", "{unit: C}, {unit: B, to: 2003", 1)
	apart = strings.Replace(apart, "- {unit: C}, {unit: B", "- {unit: C}\n      - {unit: B", 1)
	apart = strings.Replace(apart, "      - {unit: C, status: disputed, note: \"<img src=x onerror=alert(1)>\"}\n", "", 1)
	_, body, _ = get(t, newAllied(t, apart), "/")
	body = html.UnescapeString(body)
	for _, want := range []string{"−69.7", "2 members as one, would hold rank 3, behind", "/alliance/pact"} {
		if !strings.Contains(body, want) {
			t.Errorf("the overview lacks %q", want)
		}
	}
}

// Each figure of the story stands where its page says so too.
func TestOverviewOfTheRace(t *testing.T) {
	s, err := New(Config{Load: func(variant string) (*engine.Report, error) { return embedded(t, "ai-race", variant).Complete(), nil }})
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := get(t, s, "/")
	for _, want := range []string{
		"The United States leads, and the lead holds", "The story in 5 figures", `href="/alliance/`, `href="/supply/accelerators"`, `href="/targets"`, `href="/scenario/`,
		"Least certain is", `<svg class="ladder"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the overview lacks %q", want)
		}
	}
	if _, body, _ := get(t, s, "/?variant=trend"); !strings.Contains(body, "rose furthest") || strings.Contains(body, "Least certain") {
		t.Error("a reading of several years does not say who moved")
	}
}
