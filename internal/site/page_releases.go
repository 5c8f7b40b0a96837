package site

import (
	"mizan/internal/site/address"
	"mizan/internal/site/publish"
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
			URL: address.Relative(c.at.Path(), publish.ReleaseFolder(r.Date)+"/"+address.Place{Lang: c.at.Lang}.Path()),
		}
		if i+1 < len(list) {
			was := publish.Compare(list[i+1], r)
			row.Said = publish.Tell(c.Language, list[i+1], r, was)
			for _, m := range was.Moved {
				row.Moves = append(row.Moves, moveRow{c.Text(m.Name, m.Code), c.Count(m.From), c.Count(m.Rank), c.Count(max(m.Up, -m.Up)), m.Up > 0})
			}
		} else {
			row.Said = publish.TellFirst(c.Language, r)
		}
		v.Releases = append(v.Releases, row)
	}
	if len(list) > 1 {
		report := func(r *publish.Release) string { return publish.ReleaseFolder(r.Date) + "/download/report.json" }
		v.Command = "mizan diff " + report(list[1]) + " " + report(list[0])
	}
	return v, nil
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
	from := publish.ReleaseFolder(n.Day) + "/" + c.at.Path()
	n.All = address.Relative(from, address.Place{Lang: c.at.Lang, Page: "releases"}.Path())
	n.Newest = address.Relative(from, s.shown(c.at).Path())
	n.Home = address.Relative(from, address.Place{Lang: c.at.Lang}.Path())
	n.Index = address.Relative(from, "releases.json")
	return n
}
