package source

// COINToolCells is COINTool for sheets that are no workbook: making one is far
// slower than reading it, too slow for fuzzing.
func COINToolCells(database, framework [][]string, o Options) (*Project, error) {
	t := newCOINTool("tool.xlsx", o)
	t.database, t.framework = grid{databaseSheet, database}, grid{frameworkSheet, framework}
	return t.project()
}
