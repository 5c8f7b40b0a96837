package site

import (
	"context"
	"net/http"
	"time"

	"mizan/internal/site/language"
)

// chore is an analysis that pages find on first demand, and keep: whoever asks for
// it while it is being found waits for it, and for nothing else.
type chore struct {
	name string
	find func(c *visit)
}

// chores are in the order in which a first reader asks: what stands on the first
// page and on that of a unit, then what single pages show.
var chores = []chore{
	{"intervals", func(c *visit) { c.book.intervals() }},
	{"scenarios at the middle", func(c *visit) { c.book.quickScenarios() }},
	{"targets", func(c *visit) { _, _ = c.book.targets() }}, // an error is told where it is asked for
	{"drivers", func(c *visit) { c.book.findDrivers() }},
	{"scenarios", func(c *visit) { _, _ = c.book.scenarios() }},
	{"supply", func(c *visit) { c.book.dependence() }},
	{"alliances", func(c *visit) {
		if c.book.Spec != nil && len(c.book.Spec.Alliances) > 0 {
			if st, err := c.study(); err == nil {
				c.overview(st)
			}
		}
	}},
	{"readings", func(c *visit) {
		for _, variant := range c.book.variantCodes() {
			_, _ = c.site.builds.get(variant) // its own page says why it cannot be built
		}
	}},
	{"course", func(c *visit) {
		if b, _ := c.trendBook(); b != nil {
			b.courseOf()
		}
	}},
}

// quiet is how often Warm looks whether readers have been answered.
const quiet = 20 * time.Millisecond

// Warm finds ahead of readers what their first pages would wait for, until ctx is
// done: after every build of the project as written, one analysis at a time, each
// begun only while no page is being made. When the project is built anew the rest of
// the old build is dropped.
func (s *Site) Warm(ctx context.Context) {
	for {
		select {
		case <-s.builds.fresh: // it is the build that comes now
		default:
		}
		if b := s.builds.current(); b != nil {
			s.warm(ctx, b)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.builds.fresh:
		}
	}
}

// warm finds what is kept with a build.
func (s *Site) warm(ctx context.Context, b *book) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	if err != nil {
		return // the request is written above
	}
	c := &visit{Language: language.Speak("en"), r: r, site: s, base: b, book: b, year: len(b.Years) - 1}
	for _, one := range s.chores {
		if !s.whenQuiet(ctx) || s.builds.current() != b {
			return
		}
		one.find(c)
	}
}

// whenQuiet waits until no page is being made; false if ctx is done before.
func (s *Site) whenQuiet(ctx context.Context) bool {
	tick := time.NewTicker(quiet)
	defer tick.Stop()
	for s.busy.Load() > 0 {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
	}
	return ctx.Err() == nil
}
