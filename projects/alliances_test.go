package projects_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"mizan/alliance"
	"mizan/spec"
)

// Every membership of the AI race names who says so, by an address that can be
// looked up, and so does every date.
func TestAlliancesHaveSources(t *testing.T) {
	s := parse(t)
	if len(s.Alliances) < 11 {
		t.Errorf("%d alliances, 11 at least", len(s.Alliances))
	}
	for _, a := range s.Alliances {
		for _, lang := range languages {
			if a.Name[lang] == "" {
				t.Errorf("%s has no name in %s", a.Code, lang)
			}
		}
		if a.Description["en"] == "" {
			t.Errorf("%s has no description", a.Code)
		}
		for _, m := range a.Members {
			source := m.Source
			if source == "" {
				source = a.Source
			}
			u, err := url.Parse(source)
			if err != nil || u.Host == "" || !strings.HasPrefix(u.Scheme, "http") {
				t.Errorf("%s%s in %s, from %q to %q: the source is %q", m.Unit, m.Alliance, a.Code, m.From, m.To, source)
			}
		}
	}
}

// How many members there are, as the organisations say of themselves: by status
// and day. BRICS had four members in 2009, five from the end of 2010, nine in
// 2024 and ten in 2025, with ten partners in the end; the European Union had 28
// from 2013 and 27 after January 2020.
func TestAllianceMembers(t *testing.T) {
	r := run(t, aiRace, "")
	for _, tt := range []struct {
		code, day, status string
		members           int // those outside the project too
	}{
		{"brics", "2009-12-31", "member", 4},
		{"brics", "2010-12-31", "member", 5},
		{"brics", "2023-12-31", "member", 5},
		{"brics", "2023-10-01", "invited", 2},
		{"brics", "2024-01-01", "invited", 0},
		{"brics", "2024-12-31", "member", 9},
		{"brics", "2025-06-30", "member", 10},
		{"brics", alliance.Now, "member", 10},
		{"brics", alliance.Now, "disputed", 1},
		{"brics", alliance.Now, "partner", 10},
		{"g7", "1975-12-31", "member", 6},
		{"g7", alliance.Now, "member", 7},
		{"eu", "1958-01-01", "member", 6},
		{"eu", "2019-12-31", "member", 28},
		{"eu", "2020-02-01", "member", 27},
		{"oecd", alliance.Now, "member", 38},
		{"sco", "2001-12-31", "member", 6},
		{"sco", alliance.Now, "member", 10},
		{"asean", alliance.Now, "member", 11},
		{"quad", alliance.Now, "member", 4},
		{"gcc", alliance.Now, "member", 6},
		{"nato", "1949-12-31", "member", 12},
		{"nato", alliance.Now, "member", 32},
		{"us-allies", alliance.Now, "member", 37}, // NATO and five in Asia and the Pacific
		{"russia-china", alliance.Now, "member", 2},
		{"ai-alliance-network", alliance.Now, "member", 11},
	} {
		day := tt.day
		if day == alliance.Now {
			day = ""
		}
		st, err := r.Alliances(alliance.Options{Day: day, Statuses: []string{spec.StatusMember}})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, m := range st.Memberships(tt.code) {
			if m.Status == tt.status {
				n++
			}
		}
		if n != tt.members {
			t.Errorf("%s on %s has %d of the status %s, want %d", tt.code, tt.day, n, tt.status, tt.members)
		}
	}
	for _, a := range r.Spec.Alliances {
		if (a.Code == "ai-alliance-network") != a.Incomplete {
			t.Errorf("%s is marked incomplete: %v", a.Code, a.Incomplete)
		}
	}
}

// Every indicator says how it is pooled and why.
func TestPoolingIsArgued(t *testing.T) {
	s := parse(t)
	rules := map[string]int{}
	for _, i := range s.Indicators {
		rules[i.Pool.Rule]++
		if i.Pool.Rule == "" || i.PoolReason == "" {
			t.Errorf("%s is pooled by %q because of %q", i.Code, i.Pool.Rule, i.PoolReason)
		}
		// A rate weighted by another rate, or by itself, would be a slip.
		if by := i.Pool.By; by != "" && !slices.Contains([]string{"pop", "gdp_usd"}, by) {
			t.Errorf("%s is weighted by %s", i.Code, by)
		}
		rate := strings.HasPrefix(i.Measure, "%") || strings.HasPrefix(i.Measure, "per ") || strings.Contains(i.Measure, "per person") ||
			strings.HasPrefix(i.Measure, "0 to 1") || strings.HasPrefix(i.Measure, "estimate") || i.Measure == "years"
		if rate != (i.Pool.Rule == spec.PoolWeightedMean) {
			t.Errorf("%s, in %s, is pooled by %s", i.Code, i.Measure, i.Pool.Rule)
		}
	}
	if rules[spec.PoolSum] == 0 || rules[spec.PoolWeightedMean] == 0 {
		t.Errorf("rules: %v", rules)
	}
}
