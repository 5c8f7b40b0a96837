// Package publish is what a published site tells programs and those who come back:
// its releases and what each changed, feeds of them, and the sitemap. It knows the
// ranking that was published, and no pages.
package publish

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"mizan"
	"mizan/internal/site/language"
)

// ReleaseFormat is the version of the layout of release.json.
const ReleaseFormat = 1

// ReleaseFile is the name, within the folder of a release, of the file that
// tells the ranking it published.
const ReleaseFile = "release.json"

// Release is the ranking as it was published on a day: what later releases say
// what has changed against.
type Release struct {
	Format  int        `json:"format"`
	Date    string     `json:"date"` // 2026-11-25
	Project string     `json:"project"`
	Title   mizan.Text `json:"title"`
	Year    int        `json:"year"` // the last of the panel
	Hash    string     `json:"hash"` // of the project as built
	Version string     `json:"version"`
	Units   []Unit     `json:"units"` // best first, ties by code
}

// Unit is a unit with a rank.
type Unit struct {
	Code  string     `json:"code"`
	Name  mizan.Text `json:"name"`
	Rank  int        `json:"rank"`
	Score float64    `json:"score"`
}

// ReleaseFolder is where in the site a release is kept.
func ReleaseFolder(date string) string { return "releases/" + date }

// ParseDate reads the date of a release: a day that exists, as 2026-11-25.
func ParseDate(text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return day, errors.New("it is no day written as 2026-11-25")
	}
	return day, nil
}

// ParseRelease reads a release.json.
func ParseRelease(body []byte) (*Release, error) {
	r := &Release{}
	if err := json.Unmarshal(body, r); err != nil {
		return nil, fmt.Errorf("it is not the file that mizan site writes: %w", err)
	}
	if r.Format != ReleaseFormat {
		return nil, fmt.Errorf("its format is %d and not %d", r.Format, ReleaseFormat)
	}
	if _, err := ParseDate(r.Date); err != nil {
		return nil, fmt.Errorf("its date is %q: %w", r.Date, err)
	}
	return r, nil
}

// Changes are what differs between two releases.
type Changes struct {
	Moved  []Move // the longest moves first, ties by rank and code
	New    []Unit
	Gone   []Unit
	Common int // units in both
	Scores int // of them, those whose score differs
}

// Move is a unit in two releases; Up is how many places it went up.
type Move struct {
	Unit
	From, Up int
}

// Compare compares a release with the one before it.
func Compare(before, after *Release) Changes {
	c := Changes{}
	old := map[string]Unit{}
	for _, u := range before.Units {
		old[u.Code] = u
	}
	for _, u := range after.Units {
		was, ok := old[u.Code]
		if !ok {
			c.New = append(c.New, u)
			continue
		}
		delete(old, u.Code)
		c.Common++
		if was.Score != u.Score {
			c.Scores++
		}
		if was.Rank != u.Rank {
			c.Moved = append(c.Moved, Move{u, was.Rank, was.Rank - u.Rank})
		}
	}
	for _, u := range before.Units {
		if _, left := old[u.Code]; left {
			c.Gone = append(c.Gone, u)
		}
	}
	slices.SortFunc(c.Moved, func(a, b Move) int {
		return cmp.Or(cmp.Compare(abs(b.Up), abs(a.Up)), cmp.Compare(a.Rank, b.Rank), strings.Compare(a.Code, b.Code))
	})
	return c
}

func abs(n int) int { return max(n, -n) }

// mostMoves is how many moves a sentence names.
const mostMoves = 5

// TellFirst says what the first release holds.
func TellFirst(l *language.Language, r *Release) []string {
	if len(r.Units) == 0 {
		return []string{l.T("release.first.none")}
	}
	return []string{l.T("release.first", "n", len(r.Units), "first", l.Text(r.Units[0].Name, r.Units[0].Code), "year", strconv.Itoa(r.Year))}
}

// Tell says in sentences what a release changed.
func Tell(l *language.Language, before, after *Release, c Changes) []string {
	var said []string
	say := func(key string, pairs ...any) { said = append(said, l.T(key, pairs...)) }
	if before.Year != after.Year {
		say("release.year", "before", strconv.Itoa(before.Year), "after", strconv.Itoa(after.Year))
	}
	if len(after.Units) > 0 && len(before.Units) > 0 {
		was, is := before.Units[0], after.Units[0]
		if was.Code != is.Code {
			say("release.lead", "unit", l.Text(is.Name, is.Code), "before", l.Text(was.Name, was.Code))
		}
	}
	if len(c.Moved) > 0 {
		say("release.moved", "n", len(c.Moved), "of", c.Common)
		var up, down []string
		for _, m := range c.Moved {
			line := l.T("release.move", "unit", l.Text(m.Name, m.Code), "from", m.From, "to", m.Rank)
			if m.Up > 0 && len(up) < mostMoves {
				up = append(up, line)
			}
			if m.Up < 0 && len(down) < mostMoves {
				down = append(down, line)
			}
		}
		if len(up) > 0 {
			say("release.up", "list", joined(l, up))
		}
		if len(down) > 0 {
			say("release.down", "list", joined(l, down))
		}
	} else if c.Scores > 0 {
		say("release.scores", "n", c.Scores)
	}
	for _, x := range []struct {
		key   string
		units []Unit
	}{{"release.new", c.New}, {"release.gone", c.Gone}} {
		if len(x.units) == 0 {
			continue
		}
		var names []string
		for _, u := range x.units[:min(len(x.units), 2*mostMoves)] {
			names = append(names, l.Text(u.Name, u.Code))
		}
		say(x.key, "n", len(x.units), "list", joined(l, names))
	}
	if len(said) == 0 {
		say("release.same")
		if before.Hash != after.Hash {
			said[0] = l.T("release.same.project")
		}
	}
	return said
}

// joined lists what has commas of its own.
func joined(l *language.Language, words []string) string {
	text := ""
	for i, w := range words {
		if i > 0 {
			text += l.T("list.semicolon")
		}
		text += w
	}
	return text
}
