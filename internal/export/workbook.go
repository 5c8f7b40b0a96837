package export

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/engine"
)

var excel = Format{
	Name:    "excel",
	Summary: "A workbook: ranking, a sheet per stage, weights, origins, findings",
	About: `Write the whole index as one Excel workbook (.xlsx), with nothing to compute
anew: numbers are numbers at full precision, missing is an empty cell, and no
cell is a formula.

  Cover            what this is, how to cite it, what each sheet and colour means
  Ranking          the units by rank, with their pillars and groups
  Score by year, Rank by year
                   the index as a table of units by years, where there are several
  Scores, Ranks    of every indicator and aggregate
  Contributions    points of the index that are due to each indicator
  Raw, Denominated, Imputed, Screened, Treated, Normalised
                   the stages; an indicator stands in the same column of all of
                   them and of Year used, a unit and year in the same row
  Year used        the year of each raw figure
  Other series     denominators and other series beside the framework
  Framework        the tree with declared, used and effective weights
  Indicators, Units, Origins, Findings
  Figures          a row per raw figure with year, status, origin, file and line;
                   saved as CSV its first six columns are a file of observations
  Project          the project file as it was built
  Files            the tables of ties, supply and published rankings, where there are
                   any; ` + "`mizan import excel`" + ` makes a project of the workbook again

Several years stand below one another, with a column year. Imputed figures,
figures of another year, stand-ins and estimates are coloured, and units that
were screened out are grey. The same project gives the same bytes.`,
	Suffix: ".xlsx",
	Write:  Excel,
}

// The bounds of a sheet, and of the notes that a spreadsheet bears.
const (
	mostRows     = 1 << 20
	mostColumns  = 1 << 14
	mostComments = 4000
)

// Excel writes an index as a workbook: what excel.About says. Every number is
// written as the shortest text that reads back to the same double; NaN and
// infinities are empty cells. Text is never a formula, whatever it begins with.
// Names are in o.Lang. Errors: those of w; an unknown year, and an index with
// more rows or columns than a sheet has, as a mizan.Problem.
func Excel(w io.Writer, r *engine.Report, o Options) error {
	b, err := newWorkbook(r, o)
	if err != nil {
		return err
	}
	sheets := b.plan()
	for _, s := range sheets {
		if err := b.list(s); err != nil {
			return err
		}
	}
	b.cover()
	for _, s := range sheets {
		if s.room() == nil {
			b.add(s)
		}
	}
	return b.file.write(w)
}

// workbook is one export.
type workbook struct {
	*engine.Report
	file   bookFile
	lang   string
	years  []int // positions of the years that are written
	sheets []contents
	names  map[string]string            // of codes
	units  []string                     // names
	gone   map[rowKey]string            // why a unit was screened out
	scores string                       // how scores are shown
	parts  string                       // how contributions to them are shown
	series []int                        // positions in the panel of the framework's indicators
	traces map[string][]build.TraceStep // of one unit, by indicator
}

// rowKey is a unit in a year, by position.
type rowKey struct{ unit, year int }

// contents is a line of the cover's table of sheets.
type contents struct {
	name, about string
	left        string // why the sheet was left out; "" if it is there
}

func newWorkbook(r *engine.Report, o Options) (*workbook, error) {
	b := &workbook{Report: r.Complete(), lang: cmp.Or(o.Lang, "en"), names: map[string]string{}, gone: map[rowKey]string{}, traces: map[string][]build.TraceStep{}}
	if o.Year != 0 {
		if err := r.HasYear(o.Year); err != nil {
			return nil, err
		}
	}
	for y, year := range r.Years {
		if o.Year == 0 || o.Year == year {
			b.years = append(b.years, y)
		}
	}
	for _, i := range r.Indicators {
		b.names[i.Code] = i.Name.In(b.lang)
	}
	for _, n := range r.Nodes {
		b.names[n.Code] = cmp.Or(n.Name.In(b.lang), b.names[n.Code])
	}
	for _, u := range r.Units {
		b.units = append(b.units, u.Name.In(b.lang))
	}
	for _, g := range r.Removed {
		b.gone[rowKey{slices.IndexFunc(r.Units, func(u mizan.Unit) bool { return u.Code == g.Unit }), slices.Index(r.Years, g.Year)}] = g.Reason
	}
	for _, code := range r.Result.Indicators {
		b.series = append(b.series, r.Panel.Code(code))
	}
	var top []float64
	for _, y := range b.years {
		top = append(top, r.Scores.Column(y, r.Scores.Code(r.Top()))...)
	}
	b.scores, b.parts = scoreFormat(top, 0), scoreFormat(top, 1)
	b.file.creator = cmp.Or(strings.Join(r.Project.Imprint.Names(o.Lang), "; "), r.Project.Imprint.Publisher.Name.In(o.Lang), "Mizan")
	b.file.title, b.file.identifier = b.title(), fmt.Sprintf("%s sha256:%s", r.Project.ID, r.Project.Hash)
	return b, nil
}

// plan is the sheets after the cover, in order.
func (b *workbook) plan() []*sheet {
	list := []*sheet{b.ranking()}
	if len(b.years) > 1 {
		list = append(list, b.byYear("Score by year", "Scores of the index: a row per unit, a column per year.", b.Scores, ""),
			b.byYear("Rank by year", "Ranks of the index: a row per unit, a column per year.", b.Ranks, wholeFormat))
	}
	list = append(list, b.results()...)
	list = append(list, b.stages()...)
	list = append(list, b.yearUsed())
	if s := b.otherSeries(); s != nil {
		list = append(list, s)
	}
	list = append(list, b.framework(), b.indicators(), b.unitList(), b.origins(), b.findings(), b.figures(), b.projectFile())
	if s := b.otherFiles(); s != nil {
		list = append(list, s)
	}
	return list
}

// sheet is a table to write: lines above the heads, the heads, the rows.
type sheet struct {
	name, about string
	columns     []column
	freeze      int // columns that stay when one scrolls
	count       int // rows
	row         func(i int) []any
	comments    func(yield func(row, column int, text string)) // nil = none
	links       func(yield func(row, column int, url string))  // nil = none
	optional    string                                         // what serves instead where the sheet cannot hold it all
}

// column is a column of a sheet.
type column struct {
	head    string
	above   []string // lines above the head
	width   float64  // in characters
	numbers bool
}

func textColumn(head string, width float64, above ...string) column {
	return column{head, above, width, false}
}

func numberColumn(head string, width float64, above ...string) column {
	return column{head, above, width, true}
}

// header is the row of the heads.
func (s *sheet) header() int {
	most := 0
	for _, c := range s.columns {
		most = max(most, len(c.above))
	}
	return most + 1
}

// room reports a sheet that a workbook cannot hold.
func (s *sheet) room() error {
	what, have, most := "rows", s.header()+s.count, mostRows
	if len(s.columns) > mostColumns {
		what, have, most = "columns", len(s.columns), mostColumns
	}
	if have <= most {
		return nil
	}
	return &mizan.Problem{
		ID: "too-large", Cause: fmt.Sprintf("the sheet %s would have %d %s, and a workbook holds %d", s.name, have, what, most),
		Remedy: "export one year with --year, or write CSV with `mizan build -o FOLDER`",
	}
}

// list puts a sheet into the cover's table of sheets.
func (b *workbook) list(s *sheet) error {
	err := s.room()
	if err != nil && s.optional == "" {
		return err
	}
	c := contents{name: s.name, about: s.about}
	if err != nil {
		c.left = fmt.Sprintf("Left out, for it has %d rows; %s.", s.count, s.optional)
	}
	b.sheets = append(b.sheets, c)
	return nil
}

// add writes a sheet.
func (b *workbook) add(s *sheet) {
	head := s.header()
	rows := b.sheet(s.name, s.columns)
	rows.sheet.frozenColumns, rows.sheet.frozenRows, rows.sheet.filtered = s.freeze, head, head
	b.heads(rows, s)
	for i := range s.count {
		rows.add(s.row(i)...)
	}
	if s.comments != nil {
		s.comments(func(row, column int, text string) {
			rows.sheet.comments = append(rows.sheet.comments, comment{head + 1 + row, column + 1, text})
		})
	}
	if s.links != nil {
		s.links(func(row, column int, url string) {
			rows.sheet.links = append(rows.sheet.links, bookLink{cell: cellName(head+1+row, column+1), url: url})
		})
	}
}

// heads writes the lines above the heads and the heads.
func (b *workbook) heads(rows *rowWriter, s *sheet) {
	head := s.header()
	for line := range head {
		kind := aboveHead
		if line == head-1 {
			kind = inHead
		}
		cells := make([]any, len(s.columns))
		for i, c := range s.columns {
			text := c.head
			if kind == aboveHead {
				text = ""
				if line < len(c.above) {
					text = c.above[line]
				}
			}
			cells[i] = cell{text, look{kind: kind, right: c.numbers, wrap: kind == aboveHead}}
		}
		rows.add(cells...)
	}
}
