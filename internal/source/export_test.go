package source

import (
	"net/http"
	"net/netip"
)

// COINToolCells is COINTool for sheets that are no workbook: making one is far
// slower than reading it, too slow for fuzzing.
func COINToolCells(database, framework [][]string, o Options) (*Project, error) {
	t := newCOINTool("tool.xlsx", o)
	t.database, t.framework = grid{databaseSheet, database}, grid{frameworkSheet, framework}
	return t.project()
}

// SheetCells are the cells of a sheet of a workbook of 4 MB and 1 million cells
// at most.
func SheetCells(book []byte, sheet string) ([][]string, error) {
	b, err := openWorkbook(book, limits{bytes: 4 << 20, cells: 1_000_000})
	if err != nil {
		return nil, err
	}
	return b.rows(sheet)
}

// CellPlace is the row and column that the name of a cell stands for, and the
// name that the column then gets.
func CellPlace(name string) (row, column int, letters string, ok bool) {
	row, column, ok = parseCell(name)
	return row, column, columnName(column), ok
}

// Private says whether an address is refused.
func Private(address string) bool { return private(netip.MustParseAddr(address)) }

// Redirect is what a client says of a redirect.
func Redirect(from, to string) error {
	a, _ := http.NewRequest(http.MethodGet, from, http.NoBody)
	b, _ := http.NewRequest(http.MethodGet, to, http.NoBody)
	return (&Client{}).redirect(b, []*http.Request{a})
}

// LimitParquetText changes how much text is made of a Parquet file, and gives the
// function that changes it back.
func LimitParquetText(most int) func() {
	was := parquetTextLimit
	parquetTextLimit = most
	return func() { parquetTextLimit = was }
}
