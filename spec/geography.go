package spec

// LocationFile names the CSV of locations: unit, place, latitude, longitude and,
// with semicolons between them, languages and borders.
type LocationFile struct {
	File   string `yaml:"file"`
	Origin string `yaml:"origin"`
}

func locationKeys() []field[LocationFile] {
	return []field[LocationFile]{
		key("file", fileName, func(p *LocationFile) *string { return &p.File },
			"CSV with the columns unit, place, latitude, longitude, languages and borders (the last two with semicolons within the cell)").must(),
		key("origin", line("the code of an origin"), func(p *LocationFile) *string { return &p.Origin }, "who published it"),
	}
}
