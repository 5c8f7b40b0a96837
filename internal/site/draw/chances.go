package draw

import "strings"

// ChancesChart is how often something takes each of some ranks.
type ChancesChart struct {
	Width, Height float64
	Summary       string
	Bars          []chanceBar
	Ticks         []Tick
	Foot, Base    string
	Left, Right   string
}

// chanceBar is the share of a rank.
type chanceBar struct {
	X, Y, Width, Height, Title string
	Label, LabelX, LabelY      string
	Here                       bool // set off
}

// Chances are the shares of ranks from a first one on, each between 0 and 1.
type Chances struct {
	First  int
	Shares []float64
	Here   float64 // the rank that is set off, missing if there is none
	Share  func(float64) string
	Rank   func(int) string
	Title  func(rank int, share float64) string
}

const (
	chancesWidth, chancesHeight = 460.0, 190.0
	chancesTop, chancesBottom   = 24.0, 28.0
	chancesMargin               = 10.0
)

// Chances draws a bar for each rank; the largest is as high as there is room.
func (h Hand) Chances(of Chances) *ChancesChart {
	ch := &ChancesChart{
		Width: chancesWidth, Height: chancesHeight, Base: Coordinate(chancesHeight - chancesBottom), Foot: Coordinate(chancesHeight - 8),
		Left: Coordinate(chancesMargin), Right: Coordinate(chancesWidth - chancesMargin),
	}
	most := 0.0
	for _, share := range of.Shares {
		most = max(most, share)
	}
	n := len(of.Shares)
	step := (chancesWidth - 2*chancesMargin) / float64(max(n, 6))
	start := (chancesWidth - step*float64(n)) / 2
	turn := h.turn(chancesWidth)
	every := max(1, (n+11)/12)
	var words []string
	for i, share := range of.Shares {
		rank := of.First + i
		height := (chancesHeight - chancesTop - chancesBottom) * share / most
		left := start + step*float64(i)
		centre := turn(left + step/2)
		gap := min(step*.15, 3)
		b := chanceBar{
			X: Coordinate(centre - step/2 + gap), Width: Coordinate(step - 2*gap), Height: Coordinate(height), Y: Coordinate(chancesHeight - chancesBottom - height),
			Title: of.Title(rank, share), Here: float64(rank) == of.Here,
		}
		if step > 30 || share == most {
			b.Label, b.LabelX, b.LabelY = of.Share(share), Coordinate(centre), Coordinate(chancesHeight-chancesBottom-height-6)
		}
		ch.Bars = append(ch.Bars, b)
		if i%every == 0 {
			ch.Ticks = append(ch.Ticks, Tick{Coordinate(centre), of.Rank(rank)})
		}
		if share >= 0.01 {
			words = append(words, b.Title)
		}
	}
	ch.Summary = strings.Join(words, h.Semicolon)
	return ch
}
