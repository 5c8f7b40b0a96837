package draw

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"

	"golang.org/x/text/language"
)

// World is the outlines of countries in one projection.
type World struct {
	Width    int       `json:"width"`
	Height   int       `json:"height"`
	Shapes   []Outline `json:"shapes"`
	Disputed []struct {
		Name string `json:"name"`
		Path string `json:"d"`
	} `json:"disputed"`
	byNumber map[int]*Outline
}

// Outline is that of a country, without a path if it is too small for one, and the
// heart of its largest piece.
type Outline struct {
	ID   string  `json:"id"` // number of ISO 3166-1; "" if it has none
	Name string  `json:"name"`
	Path string  `json:"d"`
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
}

// ReadWorld reads outlines from JSON; nil if that is not what it is.
func ReadWorld(body []byte) *World {
	w := &World{byNumber: map[int]*Outline{}}
	if json.Unmarshal(body, w) != nil {
		return nil
	}
	for i := range w.Shapes {
		if n, err := strconv.Atoi(w.Shapes[i].ID); err == nil {
			w.byNumber[n] = &w.Shapes[i]
		}
	}
	return w
}

// Of finds the shape of a unit whose code is a country's of ISO 3166-1; nil if
// there is none.
func (w *World) Of(code string) *Outline {
	if len(code) != 2 && len(code) != 3 {
		return nil
	}
	r, err := language.ParseRegion(code)
	if err != nil || !r.IsCountry() {
		return nil
	}
	return w.byNumber[r.M49()]
}

// MapChart is a code on the map: a world map and a grid with one tile for each
// unit.
type MapChart struct {
	Width, Height int
	Title         string
	Land          []string // outlines of countries without a figure
	Shapes, Dots  []mapMark
	Disputed      []string
	Legend        []LegendStep
	Tiles         []mapTile
	TileBox       string
	Missing       []string // names of units that are on no map
}

// mapMark is a unit on the map with its class of colour.
type mapMark struct {
	Path, X, Y       string
	Class, URL, Says string
}

// mapTile is a unit as a square of the grid.
type mapTile struct {
	X, Y, TextX, TextY     string
	Code, Class, URL, Says string
}

// LegendStep is a class of colour with its bounds.
type LegendStep struct{ Class, From, To string }

const (
	mapClasses = 6
	tileSize   = 30
	mostTiles  = 300
)

// MapUnit is what is to be set on a map: a unit with its figure.
type MapUnit struct {
	Code, Name string
	V          float64
}

// MapWords is what a map says and where it leads; the units are told by their
// position.
type MapWords struct {
	Title string
	Says  func(i int) string
	URL   func(i int) string
	Write func(v float64, digits int) string // a bound of a class
}

// WorldMap sets units on a map; nil where there are fewer than two, or where fewer
// than half of them are countries.
func WorldMap(w *World, units []MapUnit, words MapWords) *MapChart {
	if w == nil || len(units) < 2 {
		return nil
	}
	low, high := math.Inf(1), math.Inf(-1)
	places := map[int]*Outline{}
	for i, u := range units {
		low, high = math.Min(low, u.V), math.Max(high, u.V)
		if s := w.Of(u.Code); s != nil {
			places[i] = s
		}
	}
	if 2*len(places) < len(units) {
		return nil
	}
	scale := newMapScale(low, high)
	m := &MapChart{Width: w.Width, Height: w.Height, Title: words.Title, Legend: scale.legend(func(v float64) string { return words.Write(v, scale.digits()) })}
	drawn := map[*Outline]bool{}
	for i, u := range units {
		s := places[i]
		if s == nil {
			m.Missing = append(m.Missing, u.Name)
			continue
		}
		drawn[s] = true
		mark := mapMark{Path: s.Path, X: Coordinate(s.X), Y: Coordinate(s.Y), Class: scale.class(u.V), URL: words.URL(i), Says: words.Says(i)}
		if s.Path == "" {
			m.Dots = append(m.Dots, mark)
		} else {
			m.Shapes = append(m.Shapes, mark)
		}
	}
	for i := range w.Shapes {
		if s := &w.Shapes[i]; s.Path != "" && !drawn[s] {
			m.Land = append(m.Land, s.Path)
		}
	}
	for _, d := range w.Disputed {
		m.Disputed = append(m.Disputed, d.Path)
	}
	m.tiles(units, places, scale, words)
	return m
}

// mapScale parts a range into equal classes with round bounds.
type mapScale struct {
	from, step float64
	count      int
}

func newMapScale(low, high float64) mapScale {
	if high <= low {
		return mapScale{low, 1, 1}
	}
	step := roundStep((high - low) / mapClasses)
	from := math.Floor(low/step) * step
	return mapScale{from, step, max(1, min(mapClasses+1, int(math.Ceil((high-from)/step-1e-9))))}
}

func (s mapScale) class(v float64) string {
	i := int((v - s.from) / s.step)
	return "q" + strconv.Itoa(s.colour(min(max(i, 0), s.count-1)))
}

// colour spreads the classes over the seven colours of the scale.
func (s mapScale) colour(i int) int {
	if s.count == 1 {
		return mapClasses / 2
	}
	return i * mapClasses / (s.count - 1)
}

// digits are the decimals that the bounds need.
func (s mapScale) digits() int {
	return max(0, -int(math.Floor(math.Log10(s.step)+1e-9)))
}

func (s mapScale) legend(write func(float64) string) []LegendStep {
	steps := make([]LegendStep, s.count)
	for i := range steps {
		steps[i] = LegendStep{"q" + strconv.Itoa(s.colour(i)), write(s.from + float64(i)*s.step), write(s.from + float64(i+1)*s.step)}
	}
	return steps
}

// tiles gives each unit a square of the same size, near where it lies.
func (m *MapChart) tiles(all []MapUnit, places map[int]*Outline, scale mapScale, words MapWords) {
	if len(places) > mostTiles {
		return
	}
	type cell struct{ x, y int }
	var units []int
	for u := range all {
		if places[u] != nil {
			units = append(units, u)
		}
	}
	wanted := func(u int) (x, y float64) { return places[u].X / tileSize, places[u].Y / tileSize * 1.15 }
	// From the west: a row that is full pushes those who come later further on.
	slices.SortStableFunc(units, func(a, b int) int {
		ax, ay := wanted(a)
		bx, by := wanted(b)
		switch {
		case ax+ay/4 < bx+by/4:
			return -1
		case ax+ay/4 > bx+by/4:
			return 1
		}
		return 0
	})
	taken := map[cell]bool{}
	low, high := cell{math.MaxInt, math.MaxInt}, cell{math.MinInt, math.MinInt}
	for _, u := range units {
		x, y := wanted(u)
		best, least := cell{}, math.Inf(1)
		for dy := -6; dy <= 6; dy++ {
			for dx := -8; dx <= 8; dx++ {
				at := cell{int(math.Round(x)) + dx, int(math.Round(y)) + dy}
				far := math.Hypot(float64(at.x)-x, 1.2*(float64(at.y)-y))
				if !taken[at] && far < least {
					best, least = at, far
				}
			}
		}
		taken[best] = true
		low = cell{min(low.x, best.x), min(low.y, best.y)}
		high = cell{max(high.x, best.x), max(high.y, best.y)}
		m.Tiles = append(m.Tiles, mapTile{
			X: strconv.Itoa(best.x * tileSize), Y: strconv.Itoa(best.y * tileSize),
			TextX: Coordinate((float64(best.x) + 0.47) * tileSize), TextY: Coordinate((float64(best.y) + 0.6) * tileSize),
			Code: all[u].Code, Class: scale.class(all[u].V), URL: words.URL(u), Says: words.Says(u),
		})
	}
	m.TileBox = fmt.Sprintf("%d %d %d %d", low.x*tileSize, low.y*tileSize, (high.x-low.x+1)*tileSize, (high.y-low.y+1)*tileSize)
}
