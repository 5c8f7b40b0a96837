package draw

import "math"

// PooledChart is a drawing of alliances one below the other: each as one unit, with
// its interval, beside its best member.
type PooledChart struct {
	Class         string
	Width, Height string
	Rows          []pooledRow
	Ticks         []Tick
	Top, Bottom   string
	Best          string // where the best unit of the ranking stands
}

// pooledRow is an alliance.
type pooledRow struct {
	Name, Value              stackText
	Title, URL               string
	Y, Band                  string
	Low, Length, Score, Ring string // places; "" = none
	From, To                 string // of the line from the best member to the alliance
	Down                     bool   // the alliance stands below its best member
}

// Pooled is what a row is made of; figures are missing where there are none.
type Pooled struct {
	Name, Value, Title, URL string
	Score, Best             float64 // of all together, of the best member
	Low, High               float64 // the interval
}

// pooledLook is how a drawing is laid out.
type pooledLook struct {
	class                    string
	width, row, label, value float64
	font                     float64
}

var pooledLooks = []pooledLook{
	{"flow-wide", 940, 30, 240, 60, 14},
	{"flow-narrow", 400, 34, 130, 58, 14},
}

// Pooled draws the alliances that have a score, in the order given, wide and
// narrow; best is the score of the best unit of all, or missing. There are none
// where no alliance has a score.
func (h Hand) Pooled(list []Pooled, best float64, write func(float64) string) []*PooledChart {
	var charts []*PooledChart
	for _, look := range pooledLooks {
		if g := h.pooledIn(list, best, write, look); g != nil {
			charts = append(charts, g)
		}
	}
	return charts
}

func (h Hand) pooledIn(list []Pooled, best float64, write func(float64) string, look pooledLook) *PooledChart {
	high, low := best, 0.0
	var shown []Pooled
	for _, p := range list {
		if math.IsNaN(p.Score) {
			continue
		}
		shown = append(shown, p)
		high, low = math.Max(high, p.Score), math.Min(low, p.Score)
		if !math.IsNaN(p.High) {
			high, low = math.Max(high, p.High), math.Min(low, p.Low)
		}
	}
	if len(shown) == 0 || math.IsNaN(high) || high <= low {
		return nil
	}
	const head, foot = 8.0, 24.0
	turn, end := h.turn(look.width), h.anchor("end")
	room := look.width - look.label - look.value
	x := func(v float64) float64 { return turn(look.label + room*(v-low)/(high-low)) }
	bottom := head + look.row*float64(len(shown))
	g := &PooledChart{Class: look.class, Width: Coordinate(look.width), Height: Coordinate(bottom + foot), Top: Coordinate(head), Bottom: Coordinate(bottom)}
	if !math.IsNaN(best) {
		g.Best = Coordinate(x(best))
	}
	step := niceStep((high - low) / 5)
	for v := math.Ceil(low/step) * step; v <= high; v += step {
		g.Ticks = append(g.Ticks, Tick{Coordinate(x(v)), write(v)})
	}
	for k, p := range shown {
		y := head + look.row*(float64(k)+0.5)
		row := pooledRow{
			Name:  stackText{Coordinate(turn(look.label - 12)), Coordinate(y + look.font*0.34), fitName(p.Name, look.label/look.font-1.2), end},
			Value: stackText{Coordinate(turn(look.width - 4)), Coordinate(y + look.font*0.34), p.Value, end},
			URL:   p.URL, Y: Coordinate(y), Band: Coordinate(y - 5), Score: Coordinate(x(p.Score)), Title: p.Title,
		}
		if !math.IsNaN(p.Best) {
			row.Ring, row.From, row.To, row.Down = Coordinate(x(p.Best)), Coordinate(x(p.Best)), Coordinate(x(p.Score)), p.Score < p.Best
		}
		if !math.IsNaN(p.Low) {
			a, b := x(p.Low), x(p.High)
			row.Low, row.Length = Coordinate(min(a, b)), Coordinate(math.Abs(b-a))
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// Adding is a drawing of what the members of an alliance add to it.
type Adding struct {
	Class         string
	Width, Height string
	Rows          []addingRow
	Zero, Bottom  string
}

// addingRow is a member.
type addingRow struct {
	Name, Value stackText
	Title       string
	Bar         stackPart
	Low, High   string // of the standard error, 0 wide where it is exact
	Y           string
}

// Added is what a row is made of.
type Added struct {
	Name, Text, Title string
	Value, Error      float64 // what a member adds, and the standard error of that
}

// Addings draws what each adds, in the order given, wide and narrow.
func (h Hand) Addings(list []Added) []*Adding {
	var charts []*Adding
	for _, look := range pooledLooks {
		charts = append(charts, h.adding(list, look))
	}
	return charts
}

func (h Hand) adding(list []Added, look pooledLook) *Adding {
	high, low := 0.0, 0.0
	for _, m := range list {
		high, low = math.Max(high, m.Value+m.Error), math.Min(low, m.Value-m.Error)
	}
	if high <= low {
		high = low + 1
	}
	turn, end := h.turnWide(look.width), h.anchor("end")
	row := look.row - 5
	room := look.width - look.label - look.value
	x := func(v float64) float64 { return look.label + room*(v-low)/(high-low) }
	g := &Adding{
		Class: look.class, Width: Coordinate(look.width), Height: Coordinate(row*float64(len(list)) + 8),
		Zero: Coordinate(turn(x(0), 0)), Bottom: Coordinate(row*float64(len(list)) + 6),
	}
	for k, m := range list {
		y := 4 + row*float64(k)
		from, to := math.Min(x(0), x(m.Value)), math.Max(x(0), x(m.Value))
		class := "k0"
		if m.Value < 0 {
			class = "k1"
		}
		base := Coordinate(y + row/2 + look.font*0.32)
		r := addingRow{
			Name:  stackText{Coordinate(turn(look.label-10, 0)), base, fitName(m.Name, look.label/look.font-1), end},
			Value: stackText{Coordinate(turn(look.width-4, 0)), base, m.Text, end},
			Title: m.Title, Y: Coordinate(y + row/2),
			Bar: stackPart{Coordinate(turn(from, to-from)), Coordinate(y + 4), Coordinate(to - from), Coordinate(row - 8), class},
		}
		if m.Error > 0 {
			r.Low, r.High = Coordinate(turn(x(m.Value-m.Error), 0)), Coordinate(turn(x(m.Value+m.Error), 0))
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}
