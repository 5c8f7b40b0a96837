package site

// topRows is how many units the first page lists.
const topRows = 10

// overviewView is the first page: what the index finds, in short.
type overviewView struct {
	About   []string // paragraphs of the project's description
	Chart   *mapChart
	World   figureFrame
	Rows    []rankRow
	Ranking string // address of the whole ranking
}

func overviewPage(c *visit) (any, error) {
	b := c.book
	v := &overviewView{About: paragraphs(c.text(b.Project.Description, "")), Chart: c.mapOf(b.top), Ranking: c.to("/ranking")}
	if v.Chart != nil {
		v.World = c.worldFrame(b.top, v.Chart)
	}
	order := b.byRank(c.year, b.top)
	for _, u := range order[:min(topRows, len(order))] {
		v.Rows = append(v.Rows, c.row(u))
	}
	return v, nil
}
