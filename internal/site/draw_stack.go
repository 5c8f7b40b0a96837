package site

// stack is a drawing of what every unit has, by supplier, as a bar in parts,
// with the concentration of its suppliers.
type stack struct {
	Class         string
	Width, Height string
	Rows          []stackRow
	Head          stackText
}

// stackRow is a bar with its name and its value.
type stackRow struct {
	Name, HHI stackText
	Key       string
	Title     string
	Parts     []stackPart
	Ground    stackPart
}

// stackText is a text at its place.
type stackText struct{ X, Y, Text, Anchor string }

// stackPart is a part of a bar.
type stackPart struct{ X, Y, Width, Height, Class string }

// stackUnit is what a row of a stack is made of: parts of the whole, each with its
// class in the style sheet, and what is said beside it.
type stackUnit struct {
	Key, Name, Value, Title string
	Parts                   []stackShare
}

// stackShare is a part of a bar: its share of what is known, and how much of the bar
// that is.
type stackShare struct {
	Share float64
	Of    float64
	Class string
}

// stackLook is how a drawing is laid out.
type stackLook struct {
	class             string
	width, row, label float64
	value             float64 // room of the figures
	font              float64
}

var stackLooks = []stackLook{
	{"flow-wide", 940, 23, 170, 64, 14},
	{"flow-narrow", 400, 27, 124, 44, 14},
}

// stacks draws bars, wide and narrow; head stands above the values.
func (h hand) stacks(units []stackUnit, head string) []*stack {
	var list []*stack
	for _, look := range stackLooks {
		list = append(list, h.stack(units, head, look))
	}
	return list
}

func (h hand) stack(units []stackUnit, head string, look stackLook) *stack {
	const above = 26.0
	g := &stack{Class: look.class, Width: coordinate(look.width), Height: coordinate(above + look.row*float64(len(units)) + 4)}
	turn, end := h.turnWide(look.width), h.anchor("end")
	room := look.width - look.label - look.value
	g.Head = stackText{coordinate(turn(look.width-2, 0)), "16", head, end}
	for i, u := range units {
		y := above + look.row*float64(i)
		base := coordinate(y + look.row*0.5 + look.font*0.2)
		r := stackRow{
			Key: u.Key, Name: stackText{coordinate(turn(look.label-8, 0)), base, fitName(u.Name, look.label/look.font-0.8), end},
			HHI:    stackText{coordinate(turn(look.width-2, 0)), base, u.Value, end},
			Ground: stackPart{coordinate(turn(look.label, room)), coordinate(y + 3), coordinate(room), coordinate(look.row - 8), "kn"},
			Title:  u.Title,
		}
		x := look.label
		for _, p := range u.Parts {
			w := room * p.Share * p.Of
			r.Parts = append(r.Parts, stackPart{coordinate(turn(x, w)), coordinate(y + 3), coordinate(w), coordinate(look.row - 8), p.Class})
			x += w
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}
