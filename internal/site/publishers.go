package site

import (
	"cmp"
	"maps"
	"slices"
	"sync"
)

// publishers keeps who published the figures of codes, for every chart names them.
type publishers struct{ known sync.Map } // publishersOf -> []string

// publishersOf is the code and the year of some figures.
type publishersOf struct {
	code string
	year int
}

// publishers lists the publishers, with their licences, of the figures of a code
// and of what lies below it, those of most figures first. The list is shared.
func (b *book) publishers(year int, code string) []string {
	key := publishersOf{code, year}
	if names, ok := b.published.known.Load(key); ok {
		return names.([]string)
	}
	figures := make([]int, len(b.Origins))
	b.countOrigins(year, code, figures)
	counts := map[string]int{}
	for i, n := range figures {
		o := &b.Origins[i]
		if n == 0 || o.Publisher == "" {
			continue
		}
		name := o.Publisher
		if o.Licence != "" {
			name += " (" + o.Licence + ")"
		}
		counts[name] += n
	}
	names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b))
	})
	b.published.known.Store(key, names)
	return names
}

// countOrigins counts the figures of a code, and of what lies below it, by origin.
func (b *book) countOrigins(year int, code string, figures []int) {
	if n := b.nodes[code]; n != nil && len(n.Children) > 0 {
		for _, child := range n.Children {
			b.countOrigins(year, child, figures)
		}
		return
	}
	c := slices.Index(b.Cells.Codes, code)
	if c < 0 {
		return
	}
	for _, o := range b.Cells.Origin[year][c] {
		if o > 0 && o < len(figures) {
			figures[o]++
		}
	}
}
