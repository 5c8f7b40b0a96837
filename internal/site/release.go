package site

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"mizan"
	"mizan/internal/site/language"
)

// releaseFormat is the version of the layout of release.json.
const releaseFormat = 1

// ReleaseFile is the name, within the folder of a release, of the file that
// tells the ranking it published.
const ReleaseFile = "release.json"

// Release is the ranking as it was published on a day: what later releases say
// what has changed against.
type Release struct {
	Format  int            `json:"format"`
	Date    string         `json:"date"` // 2026-11-25
	Project string         `json:"project"`
	Title   mizan.Text     `json:"title"`
	Year    int            `json:"year"` // the last of the panel
	Hash    string         `json:"hash"` // of the project as built
	Version string         `json:"version"`
	Units   []ReleasedUnit `json:"units"` // best first, ties by code
}

// ReleasedUnit is a unit with a rank.
type ReleasedUnit struct {
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
	if r.Format != releaseFormat {
		return nil, fmt.Errorf("its format is %d and not %d", r.Format, releaseFormat)
	}
	if _, err := ParseDate(r.Date); err != nil {
		return nil, fmt.Errorf("its date is %q: %w", r.Date, err)
	}
	return r, nil
}

// release is what the project as written publishes on a day.
func (s *Site) release(date string) (*Release, error) {
	base, err := s.builds.get("")
	if err != nil {
		return nil, err
	}
	b := base.book
	last := len(b.Years) - 1
	r := &Release{
		Format: releaseFormat, Date: date, Project: b.Project.ID, Title: b.Project.Title, Year: b.Years[last], Hash: b.Project.Hash,
		Version: s.config.Version, Units: []ReleasedUnit{},
	}
	for _, u := range b.byRank(last, b.top) {
		score := b.score(last, b.top, u)
		if math.IsNaN(score) || math.IsInf(score, 0) {
			continue
		}
		r.Units = append(r.Units, ReleasedUnit{b.Units[u].Code, b.Units[u].Name, int(b.rank(last, b.top, u)), score})
	}
	return r, nil
}

// Frozen makes the release of the day that the site is of, as files below
// releases/DATE: every page as it is now, the files to load, and release.json.
// Its links stay within it, save those to the newest version and to the list of
// versions. Errors are those of Files.
func (s *Site) Frozen(ctx context.Context) ([]File, error) {
	twin, err := New(s.config)
	if err != nil {
		return nil, err
	}
	twin.builds, twin.frozen = s.builds, true
	files, err := twin.Files(ctx)
	if err != nil {
		return nil, err
	}
	r, err := s.release(s.config.Release)
	if err != nil {
		return nil, err
	}
	body, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, err
	}
	files = append(files, File{ReleaseFile, append(body, '\n')})
	for i := range files {
		files[i].Path = ReleaseFolder(s.config.Release) + "/" + files[i].Path
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// released lists all releases, the newest first, with that which is being made.
func (s *Site) released() ([]*Release, error) {
	list := slices.Clone(s.config.Releases)
	if s.config.Release != "" {
		own, err := s.release(s.config.Release)
		if err != nil {
			return nil, err
		}
		list = append(slices.DeleteFunc(list, func(r *Release) bool { return r.Date == own.Date }), own)
	}
	slices.SortFunc(list, func(a, b *Release) int { return strings.Compare(b.Date, a.Date) })
	return list, nil
}

// hasReleases reports whether the site has a list of releases.
func (s *Site) hasReleases() bool { return s.config.Release != "" || len(s.config.Releases) > 0 }

// archive are the files at the root that list the releases: releases.json, which
// the pages of older ones ask whether there is a newer, and the feeds.
func (s *Site) archive() ([]File, error) {
	if !s.hasReleases() || s.frozen {
		return nil, nil
	}
	list, err := s.released()
	if err != nil {
		return nil, err
	}
	type entry struct {
		Date   string `json:"date"`
		Folder string `json:"folder"`
		Hash   string `json:"hash"`
	}
	index := struct {
		Format   int     `json:"format"`
		Releases []entry `json:"releases"`
	}{Format: releaseFormat}
	for _, r := range list {
		index.Releases = append(index.Releases, entry{r.Date, ReleaseFolder(r.Date) + "/", r.Hash})
	}
	body, err := json.MarshalIndent(index, "", "  ")
	if err != nil {
		return nil, err
	}
	files := []File{{"releases.json", append(body, '\n')}}
	if s.config.Address == "" {
		return files, nil
	}
	for _, code := range language.Codes() {
		f := s.feed(language.Speak(code), list)
		for _, kind := range []struct {
			name  string
			write func(*bytes.Buffer)
		}{{"atom", f.atom}, {"rss", f.rss}} {
			var b bytes.Buffer
			kind.write(&b)
			files = append(files, File{code + "/releases." + kind.name, b.Bytes()})
		}
	}
	return files, nil
}

// changes are what differs between two releases.
type changes struct {
	Moved  []move // the longest moves first, ties by rank and code
	New    []ReleasedUnit
	Gone   []ReleasedUnit
	Common int // units in both
	Scores int // of them, those whose score differs
}

// move is a unit in two releases; Up is how many places it went up.
type move struct {
	ReleasedUnit
	From, Up int
}

// changed compares a release with the one before it.
func changed(before, after *Release) changes {
	c := changes{}
	old := map[string]ReleasedUnit{}
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
			c.Moved = append(c.Moved, move{u, was.Rank, was.Rank - u.Rank})
		}
	}
	for _, u := range before.Units {
		if _, left := old[u.Code]; left {
			c.Gone = append(c.Gone, u)
		}
	}
	slices.SortFunc(c.Moved, func(a, b move) int {
		return cmp.Or(cmp.Compare(abs(b.Up), abs(a.Up)), cmp.Compare(a.Rank, b.Rank), strings.Compare(a.Code, b.Code))
	})
	return c
}

func abs(n int) int { return max(n, -n) }
