package draw

// Stack is a drawing of what every unit has, by supplier, as a bar in parts,
// with the concentration of its suppliers.
type Stack struct {
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

// StackUnit is what a row of a stack is made of: parts of the whole, each with its
// class in the style sheet, and what is said beside it.
type StackUnit struct {
	Key, Name, Value, Title string
	Parts                   []StackShare
}

// StackShare is a part of a bar: its share of what is known, and how much of the bar
// that is.
type StackShare struct {
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

// Stacks draws bars, wide and narrow; head stands above the values.
func (h Hand) Stacks(units []StackUnit, head string) []*Stack {
	var list []*Stack
	for _, look := range stackLooks {
		list = append(list, h.stack(units, head, look))
	}
	return list
}

func (h Hand) stack(units []StackUnit, head string, look stackLook) *Stack {
	const above = 26.0
	g := &Stack{Class: look.class, Width: Coordinate(look.width), Height: Coordinate(above + look.row*float64(len(units)) + 4)}
	turn, end := h.turnWide(look.width), h.anchor("end")
	room := look.width - look.label - look.value
	g.Head = stackText{Coordinate(turn(look.width-2, 0)), "16", head, end}
	for i, u := range units {
		y := above + look.row*float64(i)
		base := Coordinate(y + look.row*0.5 + look.font*0.2)
		r := stackRow{
			Key: u.Key, Name: stackText{Coordinate(turn(look.label-8, 0)), base, fitName(u.Name, look.label/look.font-0.8), end},
			HHI:    stackText{Coordinate(turn(look.width-2, 0)), base, u.Value, end},
			Ground: stackPart{Coordinate(turn(look.label, room)), Coordinate(y + 3), Coordinate(room), Coordinate(look.row - 8), "kn"},
			Title:  u.Title,
		}
		x := look.label
		for _, p := range u.Parts {
			w := room * p.Share * p.Of
			r.Parts = append(r.Parts, stackPart{Coordinate(turn(x, w)), Coordinate(y + 3), Coordinate(w), Coordinate(look.row - 8), p.Class})
			x += w
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}
