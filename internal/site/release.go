package site

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"mizan/internal/site/address"
	"mizan/internal/site/language"
	"mizan/internal/site/publish"
)

// release is what the project as written publishes on a day.
func (s *Site) release(date string) (*publish.Release, error) {
	base, err := s.builds.get("")
	if err != nil {
		return nil, err
	}
	b := base.book
	last := len(b.Years) - 1
	r := &publish.Release{
		Format: publish.ReleaseFormat, Date: date, Project: b.Project.ID, Title: b.Project.Title, Year: b.Years[last], Hash: b.Project.Hash,
		Version: s.config.Version, Units: []publish.Unit{},
	}
	for _, u := range b.byRank(last, b.top) {
		score := b.score(last, b.top, u)
		if math.IsNaN(score) || math.IsInf(score, 0) {
			continue
		}
		r.Units = append(r.Units, publish.Unit{Code: b.Units[u].Code, Name: b.Units[u].Name, Rank: int(b.rank(last, b.top, u)), Score: score})
	}
	return r, nil
}

// Frozen makes the release of the day that the site is of, as files below
// releases/DATE: every page as it is now, the files to load, and release.json.
// Its links stay within it, save those to the newest version and to the list of
// versions. Errors are those of Files.
func (s *Site) Frozen(ctx context.Context) ([]publish.File, error) {
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
	files = append(files, publish.File{Path: publish.ReleaseFile, Body: append(body, '\n')})
	for i := range files {
		files[i].Path = publish.ReleaseFolder(s.config.Release) + "/" + files[i].Path
	}
	slices.SortFunc(files, func(a, b publish.File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// released lists all releases, the newest first, with that which is being made.
func (s *Site) released() ([]*publish.Release, error) {
	list := slices.Clone(s.config.Releases)
	if s.config.Release != "" {
		own, err := s.release(s.config.Release)
		if err != nil {
			return nil, err
		}
		list = append(slices.DeleteFunc(list, func(r *publish.Release) bool { return r.Date == own.Date }), own)
	}
	slices.SortFunc(list, func(a, b *publish.Release) int { return strings.Compare(b.Date, a.Date) })
	return list, nil
}

// hasReleases reports whether the site has a list of releases.
func (s *Site) hasReleases() bool { return s.config.Release != "" || len(s.config.Releases) > 0 }

// archive are the files at the root that list the releases: releases.json, which
// the pages of older ones ask whether there is a newer, and the feeds.
func (s *Site) archive() ([]publish.File, error) {
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
	}{Format: publish.ReleaseFormat}
	for _, r := range list {
		index.Releases = append(index.Releases, entry{r.Date, publish.ReleaseFolder(r.Date) + "/", r.Hash})
	}
	body, err := json.MarshalIndent(index, "", "  ")
	if err != nil {
		return nil, err
	}
	files := []publish.File{{Path: "releases.json", Body: append(body, '\n')}}
	if s.config.Address == "" {
		return files, nil
	}
	for _, code := range language.Codes() {
		f := s.feed(language.Speak(code), list)
		for _, kind := range []struct {
			name  string
			write func(*bytes.Buffer)
		}{{"atom", f.Atom}, {"rss", f.RSS}} {
			var b bytes.Buffer
			kind.write(&b)
			files = append(files, publish.File{Path: code + "/releases." + kind.name, Body: b.Bytes()})
		}
	}
	return files, nil
}

// feed makes the feed of a site whose address is known. list is the newest first.
func (s *Site) feed(l *language.Language, list []*publish.Release) *publish.Feed {
	f := &publish.Feed{Language: l, By: "Mizan", Home: s.absolute(address.Place{Lang: l.Code, Page: "releases"}.Path()), Self: s.absolute(l.Code + "/releases")}
	if base, err := s.builds.get(""); err == nil {
		i := &base.book.Project.Imprint
		f.By, f.Rights = cmp.Or(responsible(l, i), f.By), i.Licence
	}
	f.Add(list,
		func(date string) string { return s.absolute(publish.ReleaseFolder(date) + "/") },
		func(date string) string {
			return s.absolute(publish.ReleaseFolder(date) + "/" + address.Place{Lang: l.Code}.Path())
		},
	)
	return f
}
