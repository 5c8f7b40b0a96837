package export

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"mizan"
	"mizan/engine"
)

// origins lists who published the figures, under which licence, and how many
// of the figures that are written are theirs.
func (b *workbook) origins() *sheet {
	list, count := b.usedOrigins()
	return &sheet{
		name: "Origins", about: "Who published the figures, where, and under which licence they may be used.",
		freeze: 1, count: len(list),
		columns: []column{
			textColumn("origin", 18),
			textColumn("publisher", 40),
			textColumn("title", 50),
			textColumn("licence", 30),
			textColumn("url", 50),
			numberColumn("year", 7),
			numberColumn("figures", 9),
			textColumn("note", 90),
		},
		row: func(i int) []any {
			o := b.Panel.Origins[list[i]]
			url, year := cell{o.URL, look{}}, any(nil)
			if isLink(o.URL) {
				url.look.link = true
			}
			if o.Year != 0 {
				year = o.Year
			}
			return []any{o.Code, o.Publisher, o.Title, o.Licence, url, year, count[list[i]], cell{o.Note, look{wrap: true}}}
		},
		links: func(yield func(int, int, string)) {
			for i, at := range list {
				if url := b.Panel.Origins[at].URL; isLink(url) {
					yield(i, 4, url)
				}
			}
		},
	}
}

// isLink says whether an address may be followed from a sheet.
func isLink(url string) bool {
	return (strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")) && len(url) < 2000 && !strings.ContainsAny(url, " \t\r\n\"<>")
}

// usedOrigins lists the origins in the order of the project, by position, and
// counts the figures of each that are written. Those without any are there too:
// targets, ties and indicators may name them.
func (b *workbook) usedOrigins() (list []int, count map[int]int) {
	count = map[int]int{}
	for _, y := range b.years {
		for c := range b.Panel.Codes {
			for u := range b.Units {
				if !missing(b.Panel.At(y, c, u)) {
					count[int(b.Panel.Cell(y, c, u).Origin)]++
				}
			}
		}
	}
	for at := 1; at < len(b.Panel.Origins); at++ {
		list = append(list, at)
	}
	return list, count
}

// findings lists what was noticed in data and methods.
func (b *workbook) findings() *sheet {
	var list []mizan.Finding
	for _, f := range b.Findings {
		if f.Year == 0 || len(b.years) == len(b.Years) || f.Year == b.Years[b.years[0]] {
			list = append(list, f)
		}
	}
	return &sheet{
		name: "Findings", about: "What was noticed in the data and the methods, with remedies. `mizan audit` asks much more.",
		freeze: 2, count: len(list),
		columns: []column{
			textColumn("severity", 9),
			textColumn("id", 28),
			textColumn("unit", 8),
			textColumn("code", 20),
			numberColumn("year", 7),
			textColumn("message", 80),
			textColumn("remedy", 60),
			textColumn("place", 34),
		},
		row: func(i int) []any {
			f := list[i]
			year := any(nil)
			if f.Year != 0 {
				year = f.Year
			}
			return []any{string(f.Severity), f.ID, f.Unit, f.Code, year, cell{f.Message, look{wrap: true}}, cell{f.Remedy, look{wrap: true}}, f.Place.String()}
		},
	}
}

// figures lists every raw figure with where it comes from. The first six
// columns are those of a file of observations.
func (b *workbook) figures() *sheet {
	type at struct{ y, c, u int }
	var list []at
	for c := range b.Panel.Codes {
		for u := range b.Units {
			for _, y := range b.years {
				if !missing(b.Panel.At(y, c, u)) {
					list = append(list, at{y, c, u})
				}
			}
		}
	}
	formats := make([]string, len(b.Panel.Codes))
	for c := range b.Panel.Codes {
		var columns [][]float64
		for _, y := range b.years {
			columns = append(columns, b.Panel.Column(y, c))
		}
		formats[c], _ = formatOf(columns...)
	}
	return &sheet{
		name: "Figures", about: "Every raw figure with its year, status, origin and the line it was read from. The first six columns, saved as CSV, are a file of observations.",
		freeze: 2, count: len(list), optional: "`mizan build -o FOLDER` writes them into report.json",
		columns: []column{
			textColumn("unit", 8),
			textColumn("indicator", 20),
			numberColumn("year", 7),
			numberColumn("value", 20),
			textColumn("status", 14),
			textColumn("origin", 16),
			numberColumn("year_used", 11),
			textColumn("measure", 24),
			textColumn("unit_name", 26),
			textColumn("indicator_name", 34),
			textColumn("publisher", 34),
			textColumn("licence", 24),
			textColumn("file", 26),
			numberColumn("line", 9),
		},
		row: func(i int) []any {
			p := list[i]
			f := b.Panel.Cell(p.y, p.c, p.u)
			o, code := b.Panel.Origins[f.Origin], b.Panel.Codes[p.c]
			m := markOf(f, b.Years[p.y])
			used, line, file := any(nil), any(nil), ""
			if f.Year != 0 {
				used = cell{int(f.Year), look{mark: m}}
			}
			if f.Line != 0 {
				line, file = int(f.Line), b.Panel.Files[f.File]
			}
			return []any{
				b.Units[p.u].Code, code, b.Years[p.y],
				cell{b.Panel.At(p.y, p.c, p.u), look{format: formats[p.c], mark: m}},
				f.Status.String(), o.Code, used, b.measureOf(code), b.units[p.u], b.names[code], o.Publisher, o.Licence, file, line,
			}
		},
	}
}

// projectFile is the project as it was built, a line a row.
func (b *workbook) projectFile() *sheet {
	lines := strings.Split(strings.TrimRight(b.Canonical, "\n"), "\n")
	return &sheet{
		name: "Project", about: "The project file as it was built, with the variant and the edits applied; copied into a mizan.yaml it builds the same index of the same data.",
		freeze: 1, count: len(lines), columns: []column{numberColumn("line", 7), textColumn("text", 140)},
		row: func(i int) []any { return []any{i + 1, cell{lines[i], look{fixed: true}}} },
	}
}

// otherFiles are the tables of ties, supply and published rankings, a line a row;
// nil if the project has none, or they are no text.
func (b *workbook) otherFiles() *sheet {
	_, files, err := b.Portable()
	if err != nil {
		return nil
	}
	type at struct{ file, line int }
	var rows []at
	var names []string
	var lines [][]string
	for i, f := range files {
		if !utf8.Valid(f.Text) || bytes.IndexByte(f.Text, '\r') >= 0 && !bytes.Contains(f.Text, []byte("\r\n")) {
			return nil
		}
		text := strings.TrimSuffix(strings.ReplaceAll(string(f.Text), "\r\n", "\n"), "\n")
		names, lines = append(names, strings.TrimPrefix(f.Name, engine.PortableOthers)), append(lines, strings.Split(text, "\n"))
		for k := range lines[i] {
			rows = append(rows, at{i, k})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return &sheet{
		name: "Files", about: "The project's other tables (ties, supply, published rankings), a line a row, so that the workbook is the whole project.",
		freeze: 2, count: len(rows), optional: "`mizan export csv` writes them as they are",
		columns: []column{textColumn("file", 34), numberColumn("line", 9), textColumn("text", 140)},
		row: func(i int) []any {
			return []any{names[rows[i].file], rows[i].line + 1, cell{lines[rows[i].file][rows[i].line], look{fixed: true}}}
		},
	}
}
