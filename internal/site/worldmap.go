package site

import (
	"io/fs"
	"strconv"
	"sync"

	"mizan/internal/site/draw"
	"mizan/internal/site/language"
)

// worldFile holds the outlines that `make assets` draws.
const worldFile = "world.json"

// theWorld reads the outlines; nil if the program was built without them.
var theWorld = sync.OnceValue(func() *draw.World {
	body, err := fs.ReadFile(builtFiles, "assets/"+worldFile)
	if err != nil {
		return nil
	}
	return draw.ReadWorld(body)
})

// mappable reports whether the program has outlines and the units of a book are
// countries.
func (b *book) mappable() bool {
	w := theWorld()
	if w == nil {
		return false
	}
	placed := 0
	for _, u := range b.Units {
		if w.Of(u.Code) != nil {
			placed++
		}
	}
	return 2*placed >= len(b.Units)
}

// mapOf draws a code; nil where there are no outlines, or where fewer than half
// of the units are countries.
func (c *visit) mapOf(code string) *draw.MapChart {
	order := c.book.byRank(c.year, code)
	if theWorld() == nil || len(order) < 2 {
		return nil
	}
	units := make([]draw.MapUnit, len(order))
	for i, u := range order {
		units[i] = draw.MapUnit{Code: c.book.Units[u].Code, Name: c.unitName(u), V: c.book.score(c.year, code, u)}
	}
	return draw.WorldMap(theWorld(), units, draw.MapWords{
		Title: c.mapTitle(code, order), Write: c.Fixed,
		Says: func(i int) string { return c.mapSays(code, order[i]) },
		URL:  func(i int) string { return c.unitURL(units[i].Code) },
	})
}

func (c *visit) mapSays(code string, u int) string {
	return c.T("map.says", "unit", c.unitName(u), "score", c.scored(c.book.score(c.year, code, u)), "rank", int(c.book.rank(c.year, code, u)))
}

// mapTitle says what the map shows: who is at the head.
func (c *visit) mapTitle(code string, order []int) string {
	return language.Capital(c.T("map.leads", "unit", c.inText(order[0]), "what", c.label(code),
		"score", c.scored(c.book.score(c.year, code, order[0])), "count", len(order), "year", strconv.Itoa(c.yearNumber())))
}
