package dataset

import (
	"fmt"
	"strconv"

	"mizan"
)

// remarks are the findings on a panel as a whole.
func (l *loader) remarks(p *mizan.Panel) []mizan.Finding {
	var fs []mizan.Finding
	used := make([]bool, len(p.Origins))
	hasUnit := make([]bool, len(p.Units))
	var exact, earlier, later int
	i := 0
	for _, year := range p.Years {
		for c := range p.Codes {
			usable := false
			for u := range p.Units {
				cell := p.Cells[i]
				i++
				used[cell.Origin] = true
				if cell.Line == 0 {
					continue
				}
				usable = true
				hasUnit[u] = true
				switch {
				case int(cell.Year) == year:
					exact++
				case int(cell.Year) < year:
					earlier++
				default:
					later++
				}
			}
			if !usable && len(p.Years) == 1 && l.seen[c] > 0 {
				fs = append(fs, mizan.Finding{
					ID: "no-data", Severity: mizan.Warn, Code: p.Codes[c], Year: year,
					Message: fmt.Sprintf("%s has no figure that may serve for %d, though %s of other years", p.Codes[c], year, plural(l.seen[c], "figure")),
					Remedy:  "allow more by look_back or stand_in, or drop the indicator",
				})
			}
		}
	}
	for c, n := range l.seen {
		if n == 0 {
			fs = append(fs, mizan.Finding{
				ID: "no-data", Severity: mizan.Warn, Code: p.Codes[c],
				Message: p.Codes[c] + " has no figure in any file", Remedy: "add figures, or drop the indicator",
			})
		}
	}
	fs = append(fs, emptyUnits(p, hasUnit)...)
	if all := exact + earlier + later; earlier+later > 0 {
		fs = append(fs, mizan.Finding{
			ID: "other-years", Severity: mizan.Info,
			Message: fmt.Sprintf("%s of the figures are of another year than the one they stand for (%s earlier, %s later)",
				percent(earlier+later, all), percent(earlier, all), percent(later, all)),
		})
	}
	return append(fs, l.originRemarks(p, used)...)
}

// emptyUnits tells of units without any figure.
func emptyUnits(p *mizan.Panel, has []bool) []mizan.Finding {
	var empty []string
	for u, ok := range has {
		if !ok {
			empty = append(empty, p.Units[u])
		}
	}
	if len(empty) == 0 {
		return nil
	}
	f := mizan.Finding{
		ID: "unit-without-data", Severity: mizan.Warn,
		Message: fmt.Sprintf("%d of %d units have no figure: %s", len(empty), len(has), shorten(empty)),
		Remedy:  "add figures, or name the units under `units: {exclude: […]}`",
	}
	if len(empty) == 1 {
		f.Unit = empty[0]
	}
	return []mizan.Finding{f}
}

// originRemarks tells of origins that are declared and not used, used and not
// declared, or used without a licence.
func (l *loader) originRemarks(p *mizan.Panel, used []bool) []mizan.Finding {
	var fs []mizan.Finding
	named := set(l.spec.Sources())
	elsewhere := map[string]bool{l.spec.Locations.Origin: true} // figures that are not in the panel
	for _, t := range l.spec.Ties {
		elsewhere[t.Origin] = true
	}
	for _, t := range l.spec.Supply {
		elsewhere[t.Origin] = true
	}
	for i, o := range p.Origins[1:] {
		switch {
		case l.origins.file == "":
			fs = append(fs, mizan.Finding{
				ID: "undescribed-origin", Severity: mizan.Info,
				Message: fmt.Sprintf("of the origin %s nothing is known but its name", o.Code),
				Remedy:  "describe it in a file, and name that as `origins: {file: data/origins.yaml}`",
			})
		case !used[i+1] && !elsewhere[o.Code] && !named[o.Code]:
			fs = append(fs, mizan.Finding{
				ID: "unused-origin", Severity: mizan.Info,
				Message: fmt.Sprintf("no figure in the panel has the origin %s", o.Code), Place: mizan.Place{File: l.origins.file},
			})
		case (used[i+1] || elsewhere[o.Code]) && o.Licence == "":
			fs = append(fs, mizan.Finding{
				ID: "no-licence", Severity: mizan.Warn,
				Message: fmt.Sprintf("the origin %s has no licence", o.Code),
				Remedy:  "find out whether its figures may be used, and write its `licence`", Place: mizan.Place{File: l.origins.file},
			})
		}
	}
	return fs
}

// percent is a share of whole numbers with one decimal.
func percent(n, of int) string {
	return strconv.FormatFloat(100*float64(n)/float64(of), 'f', 1, 64) + " %"
}
