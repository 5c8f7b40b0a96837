package export

import (
	"cmp"
	"math"
	"slices"
)

// mostUnits bounds the table of units; beyond, those that move least are left
// out.
const mostUnits = 100

// frontierRow sets a unit's rank in the index beside its best case.
type frontierRow struct {
	Unit               string
	Index, Score, Rank float64
	Difference         string // places gained from the index to the best case
}

// frontier sets the index beside the benefit of the doubt.
func (p *auditPage) frontier() {
	f, y := p.Audit.Frontier, slices.Index(p.Report.Years, p.Audit.Year)
	if f == nil || y < 0 {
		return
	}
	index := p.Report.Ranks.Column(y, len(p.Report.Ranks.Codes)-1)
	p.BestCase = shiftPlot("Ranks in the index and under the weights that are best for each unit", "rank in the index", "rank in the best case", index, f.Ranks, p.Audit.Units)
	for u, rank := range index {
		moved := rank - f.Ranks[u]
		if moved != moved || p.Audit.Ranked > mostUnits && f.Ranks[u] > 1 && math.Abs(moved) < p.Limits["shift_places"] {
			continue
		}
		row := frontierRow{Unit: p.Audit.Units[u], Index: rank, Score: f.Scores[u], Rank: f.Ranks[u], Difference: fixed(moved, 0)}
		if moved > 0 {
			row.Difference = "+" + row.Difference
		}
		p.Frontier = append(p.Frontier, row)
	}
	slices.SortStableFunc(p.Frontier, func(a, b frontierRow) int { return cmp.Compare(a.Index, b.Index) })
}
