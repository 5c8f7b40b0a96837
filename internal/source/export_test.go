package source

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
