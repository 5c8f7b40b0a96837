package site

// withheldView says who has figures that are not shown.
type withheldView struct{ Publisher, Title, Licence, URL string }

// withheld tells of a series whose figures may not be published again; nil where they
// are shown.
func (c *visit) withheld(code string) *withheldView {
	for _, i := range c.book.Withholds() {
		if w := i.Withheld; i.Code == code {
			return &withheldView{Publisher: w.Publisher, Title: w.Title, Licence: w.Licence, URL: webAddress(w.URL)}
		}
	}
	return nil
}
