package dataset

import "mizan"

// Coverage is the share of indicators for which a unit has a figure, or of
// units for which an indicator has one, over the framework's indicators.
type Coverage struct {
	Code      string  `json:"code"`
	Available int     `json:"available"`
	Of        int     `json:"of"`
	Share     float64 `json:"share"` // Available / Of; 0 if Of is 0
	// Exact, Earlier, Later and Zero count the figures of the wanted year, of
	// earlier years, of later years and structural zeros. Together they are
	// Available.
	Exact   int `json:"exact"`
	Earlier int `json:"earlier"`
	Later   int `json:"later"`
	Zero    int `json:"zero"`
}

// count adds a cell that is wanted for a year.
func (c *Coverage) count(cell mizan.Cell, year int) {
	c.Of++
	switch {
	case cell.Status == mizan.Missing:
		return
	case cell.Status == mizan.StructuralZero:
		c.Zero++
	case int(cell.Year) < year:
		c.Earlier++
	case int(cell.Year) > year:
		c.Later++
	default:
		c.Exact++
	}
	c.Available++
}

// CoverageByUnit counts, for every unit of the panel, the cells of one year (a
// position) over the given codes. A code that the panel does not have counts
// as missing.
func CoverageByUnit(p *mizan.Panel, codes []string, year int) []Coverage {
	list := make([]Coverage, len(p.Units))
	for u, unit := range p.Units {
		list[u].Code = unit
	}
	for _, code := range codes {
		c := p.Code(code)
		for u := range list {
			list[u].count(cellAt(p, year, c, u), p.Years[year])
		}
	}
	return shares(list)
}

// CoverageByIndicator counts, for every given code, the cells of one year (a
// position) over the units of the panel.
func CoverageByIndicator(p *mizan.Panel, codes []string, year int) []Coverage {
	list := make([]Coverage, len(codes))
	for i, code := range codes {
		list[i].Code = code
		c := p.Code(code)
		for u := range p.Units {
			list[i].count(cellAt(p, year, c, u), p.Years[year])
		}
	}
	return shares(list)
}

func cellAt(p *mizan.Panel, y, c, u int) mizan.Cell {
	if c < 0 {
		return mizan.Cell{}
	}
	return p.Cell(y, c, u)
}

func shares(list []Coverage) []Coverage {
	for i := range list {
		if c := &list[i]; c.Of > 0 {
			c.Share = float64(c.Available) / float64(c.Of)
		}
	}
	return list
}
