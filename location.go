package mizan

import (
	"math"
	"slices"
	"strings"
)

// Location says where a unit lies and whom it is near to: its chief place, the
// languages that are official there, and its neighbours by land.
type Location struct {
	Unit      string
	Name      string  // of the chief place: the capital
	Latitude  float64 // degrees north, NaN if not known
	Longitude float64 // degrees east
	Languages []string
	Borders   []string // codes of units
}

// Locations are those of units, sorted by unit.
type Locations []Location

// EarthRadius is the mean radius of the Earth in kilometres.
//
// Source: International Union of Geodesy and Geophysics, (2a + b) / 3.
const EarthRadius = 6371.0088

// Of is the location of a unit, nil if none is known.
func (ps Locations) Of(unit string) *Location {
	i, ok := slices.BinarySearchFunc(ps, unit, func(p Location, code string) int { return strings.Compare(p.Unit, code) })
	if !ok {
		return nil
	}
	return &ps[i]
}

// Distance is the great-circle distance of two locations in kilometres:
//
//	2 R asin sqrt(sin^2((u2-u1)/2) + cos u1 cos u2 sin^2((v2-v1)/2))
//
// with latitudes u and longitudes v. NaN where a coordinate is missing.
func (p *Location) Distance(o *Location) float64 {
	const degree = math.Pi / 180
	u1, u2 := p.Latitude*degree, o.Latitude*degree
	du, dv := (u2-u1)/2, (o.Longitude-p.Longitude)*degree/2
	h := math.Sin(du)*math.Sin(du) + float64(math.Cos(u1)*math.Cos(u2)*math.Sin(dv)*math.Sin(dv))
	return 2 * EarthRadius * math.Asin(math.Sqrt(min(1, h)))
}

// Touches reports whether the two are neighbours by land.
func (p *Location) Touches(o *Location) bool { return slices.Contains(p.Borders, o.Unit) }

// Speaks reports whether a language is official in both.
func (p *Location) Speaks(o *Location) bool {
	return slices.ContainsFunc(p.Languages, func(l string) bool { return slices.Contains(o.Languages, l) })
}
