package audit

import (
	"math"

	"mizan"
	"mizan/stat"
)

// groups describe how the children of every aggregate go together.
func (a *auditor) groups() []Group {
	aggregates := a.aggregates()
	list := make([]Group, len(aggregates))
	stat.InParallel(len(list), func(i int) { list[i] = a.group(aggregates[i]) })
	return list
}

func (a *auditor) group(node int) Group {
	k := len(a.children[node])
	columns := append(a.columnsOf(a.children[node]), a.facing[node])
	c := stat.Correlate(columns, stat.ByPearson)
	g := Group{
		Code: a.code(node), Children: a.node(node).Children, Alpha: mizan.Number(stat.Cronbach(columns[:k])),
		Eigenvalues: mizan.Column{}, Loadings: mizan.Column{},
	}
	for i := range k {
		r, p, n := make(mizan.Column, k), make(mizan.Column, k), make([]int, k)
		for j := range k {
			r[j], p[j], n[j] = c.At(i, j)
		}
		g.R, g.P, g.N = append(g.R, r), append(g.P, p), append(g.N, n)
		up, upP, _ := c.At(i, k)
		g.Parent, g.ParentP = append(g.Parent, up), append(g.ParentP, upP)
	}
	if pc, ok := stat.PrincipalComponents(columns[:k]); ok {
		g.Eigenvalues, g.Loadings, g.Complete = pc.Values, pc.Loadings[0], pc.N
	}
	return g
}

// across correlates every node with every aggregate.
func (a *auditor) across() Across {
	aggregates := a.aggregates()
	x := Across{Nodes: make([]string, len(a.scores)), Aggregates: make([]string, len(aggregates)), R: make([]mizan.Column, len(a.scores))}
	for j, g := range aggregates {
		x.Aggregates[j] = a.code(g)
	}
	stat.InParallel(len(a.scores), func(i int) {
		x.Nodes[i] = a.code(i)
		x.R[i] = make(mizan.Column, len(aggregates))
		for j, g := range aggregates {
			x.R[i][j] = stat.Pearson(a.facing[i], a.facing[g])
		}
	})
	return x
}

// parents looks at the correlation of every component with its own parent.
func (a *auditor) parents() {
	low, high := a.limits[parentLow], a.limits[parentHigh]
	for _, g := range a.out.Groups {
		if len(g.Children) < 2 {
			continue // an only child is its parent
		}
		for i, child := range g.Children {
			r := g.Parent[i]
			if r != r {
				continue
			}
			a.check.Looked++
			of := about{code: child, with: g.Code, figure: r}
			switch {
			case r < -low:
				a.find("contradicts-parent", of, "%s correlates at %s with its parent %s", child, figure(r), g.Code)
			case r < low:
				a.find("weak-in-parent", of, "%s correlates at %s with its parent %s", child, figure(r), g.Code)
			case r > high:
				a.find("dominates-parent", of, "%s correlates at %s with its parent %s", child, figure(r), g.Code)
			}
		}
	}
}

// pairs looks at every two components of a group.
func (a *auditor) pairs() {
	for _, g := range a.out.Groups {
		for i, child := range g.Children {
			for j := range i {
				r := g.R[i][j]
				if r != r {
					continue
				}
				a.check.Looked++
				other := g.Children[j]
				of := about{code: other, with: child, figure: r}
				switch {
				case r >= a.limits[redundant]:
					a.find("redundant-pair", of, "%s and %s below %s correlate at %s", other, child, g.Code, figure(r))
				case r <= a.limits[negativePair]:
					a.find("negative-pair", of, "%s and %s below %s correlate at %s", other, child, g.Code, figure(r))
				}
			}
		}
	}
}

// placement sets a component's correlation with its parent beside those with
// the other aggregates of the parent's level.
func (a *auditor) placement() {
	column := map[int]int{} // of an aggregate in the table
	for j, g := range a.aggregates() {
		column[g] = j
	}
	for i, up := range a.parent {
		if up < 0 || len(a.children[up]) < 2 {
			continue
		}
		own := a.out.Across.R[i][column[up]]
		best, other := math.Inf(-1), -1
		for _, g := range a.aggregates() {
			if r := a.out.Across.R[i][column[g]]; g != up && a.node(g).Level == a.node(up).Level && !a.isBelow(g, i) && r > best {
				best, other = r, g
			}
		}
		if other < 0 || own != own {
			continue
		}
		a.check.Looked++
		if best > own+a.limits[placementMargin] {
			a.find("nearer-to-another", about{code: a.code(i), with: a.code(other), figure: best},
				"%s correlates at %s with %s, and at %s with its own parent %s", a.code(i), figure(best), a.code(other), figure(own), a.code(up))
		}
	}
	if a.check.Looked == 0 {
		a.check.Note = "no level has two aggregates"
	}
}

// isBelow reports whether a node stands somewhere below another.
func (a *auditor) isBelow(node, above int) bool {
	for up := a.parent[node]; up >= 0; up = a.parent[up] {
		if up == above {
			return true
		}
	}
	return false
}

func (a *auditor) reliability() {
	for _, g := range a.out.Groups {
		alpha := float64(g.Alpha)
		if alpha != alpha {
			continue
		}
		a.check.Looked++
		of := about{code: g.Code, figure: alpha}
		switch {
		case alpha < 0:
			a.find("negative-alpha", of, "alpha of %s is %s", count(len(g.Children), "component")+" below "+g.Code, figure(alpha))
		case alpha < a.limits[minAlpha]:
			a.find("low-alpha", of, "alpha of %s is %s", count(len(g.Children), "component")+" below "+g.Code, figure(alpha))
		}
	}
	a.noGroups()
}

func (a *auditor) noGroups() {
	if a.check.Looked == 0 {
		a.check.Note = "no aggregate has two components with figures that differ"
	}
}

func (a *auditor) principalComponents() {
	for _, g := range a.out.Groups {
		if len(g.Eigenvalues) == 0 {
			continue
		}
		a.check.Looked++
		first := g.Eigenvalues[0] / float64(len(g.Eigenvalues))
		if second := g.Eigenvalues[1]; second > a.limits[maxSecond] {
			n := 0
			for _, v := range g.Eigenvalues {
				if v > a.limits[maxSecond] {
					n++
				}
			}
			a.find("several-components", about{code: g.Code, figure: second}, "%d principal components below %s have an eigenvalue above %s; the second has %s",
				n, g.Code, number(a.limits[maxSecond]), figure(second))
		}
		if first < a.limits[minFirst] {
			a.find("weak-first-component", about{code: g.Code, figure: first}, "the first principal component below %s holds %s of the variance", g.Code, part(first))
		}
	}
	a.noGroups()
}
