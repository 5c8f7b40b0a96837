package site

import (
	"strconv"

	"mizan/internal/site/address"
	"mizan/internal/site/language"
)

// releasesView is the page of all versions of the index.
type releasesView struct {
	Releases []releaseRow
	Atom     string // addresses of the feeds; "" without
	RSS      string
	Command  string // that tells why ranks moved, of the newest two; "" if there is one
	Draft    bool   // the pages show a state that is not released
}

// releaseRow is one version, with what it changed.
type releaseRow struct {
	Date, Day string // as text and as 2026-11-25
	URL       string
	Newest    bool
	Hash      string
	Version   string
	Said      []string // sentences
	Moves     []moveRow
}

// moveRow is a unit whose rank changed.
type moveRow struct {
	Name, From, To, Places string
	Up                     bool
}

// mostMoves is how many moves a sentence names.
const mostMoves = 5

func releasesPage(c *visit) (any, error) {
	if !c.site.hasReleases() || c.site.frozen {
		return nil, missing("page", "releases", nil)
	}
	list, err := c.site.released()
	if err != nil {
		return nil, err
	}
	v := &releasesView{Draft: c.site.config.Release == ""}
	if c.site.config.Address != "" {
		v.Atom, v.RSS = "releases.atom", "releases.rss"
	}
	for i, r := range list {
		row := releaseRow{
			Date: c.Date(r.Date), Day: r.Date, Newest: i == 0, Hash: r.Hash, Version: r.Version,
			URL: address.Relative(c.at.Path(), ReleaseFolder(r.Date)+"/"+address.Place{Lang: c.at.Lang}.Path()),
		}
		if i+1 < len(list) {
			was := changed(list[i+1], r)
			row.Said = tell(c.Language, list[i+1], r, was)
			for _, m := range was.Moved {
				row.Moves = append(row.Moves, moveRow{c.Text(m.Name, m.Code), c.Count(m.From), c.Count(m.Rank), c.Count(abs(m.Up)), m.Up > 0})
			}
		} else {
			row.Said = tellFirst(c.Language, r)
		}
		v.Releases = append(v.Releases, row)
	}
	if len(list) > 1 {
		report := func(r *Release) string { return ReleaseFolder(r.Date) + "/download/report.json" }
		v.Command = "mizan diff " + report(list[1]) + " " + report(list[0])
	}
	return v, nil
}

// tellFirst says what the first release holds.
func tellFirst(l *language.Language, r *Release) []string {
	if len(r.Units) == 0 {
		return []string{l.T("release.first.none")}
	}
	return []string{l.T("release.first", "n", len(r.Units), "first", l.Text(r.Units[0].Name, r.Units[0].Code), "year", strconv.Itoa(r.Year))}
}

// tell says in sentences what a release changed.
func tell(l *language.Language, before, after *Release, c changes) []string {
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
		units []ReleasedUnit
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

// releaseNote is what a page says of the release that it belongs to.
type releaseNote struct {
	Date, Day string // "" of a page that is of none
	All       string // address of the list of versions
	Newest    string // of a frozen page: the same page in the newest version
	Home      string // and its first page
	Index     string // and the file that tells whether there is a newer
	Atom      string // the feed; "" without
}

// releaseNote is nil where there are no releases.
func (c *visit) releaseNote() *releaseNote {
	s := c.site
	if !s.hasReleases() || c.base == nil {
		return nil
	}
	n := &releaseNote{Day: s.config.Release}
	if n.Day != "" {
		n.Date = c.Date(n.Day)
	}
	if !s.frozen {
		n.All = c.link(address.Place{Lang: c.at.Lang, Page: "releases"}, nil, nil)
		if s.config.Address != "" {
			n.Atom = s.absolute(c.at.Lang + "/releases.atom")
		}
		return n
	}
	from := ReleaseFolder(n.Day) + "/" + c.at.Path()
	n.All = address.Relative(from, address.Place{Lang: c.at.Lang, Page: "releases"}.Path())
	n.Newest = address.Relative(from, s.shown(c.at).Path())
	n.Home = address.Relative(from, address.Place{Lang: c.at.Lang}.Path())
	n.Index = address.Relative(from, "releases.json")
	return n
}
