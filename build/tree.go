package build

import (
	"slices"

	"mizan"
	"mizan/spec"
)

// node is a node of the framework with what Run needs of it.
type node struct {
	Node
	declared  *float64
	children  []int      // positions in Plan.nodes
	parent    int        // position, -1 for the top
	step      *spec.Step // its own aggregation; nil = that of its level
	aggregate stage[Aggregator]
}

// tree lists the nodes of the framework: indicators in the order in which they
// are declared, then aggregates level by level in the order of the framework.
// A parent stands one level above its highest child, so that unbalanced trees
// have one order in which all can be computed.
func (c *compiler) tree() []node {
	names := map[string]mizan.Text{}
	place := map[string]int{}
	for i, ind := range c.spec.Indicators {
		names[ind.Code], place[ind.Code] = ind.Name, i
	}
	var list []node
	var walk func(n *spec.Node, parent string) int
	walk = func(n *spec.Node, parent string) int {
		level := 1
		var children []string
		for i := range n.Children {
			level = max(level, 1+walk(&n.Children[i], n.Code))
			children = append(children, n.Children[i].Code)
		}
		one := node{
			Node:     Node{Code: n.Code, Name: n.Name, Level: level, Parent: parent, Children: children, Weight: 1, Reversed: level > 1 && n.Direction == -1},
			declared: n.Weight, step: n.Aggregate, parent: -1,
		}
		if one.declared == nil {
			one.declared = new(1.0)
		}
		one.Weight = *one.declared
		if level == 1 && len(one.Name) == 0 {
			one.Name = names[n.Code]
		}
		list = append(list, one)
		return level
	}
	walk(&c.spec.Framework, "")
	slices.SortStableFunc(list, func(a, b node) int {
		if a.Level != b.Level {
			return a.Level - b.Level
		}
		if a.Level == 1 {
			return place[a.Code] - place[b.Code]
		}
		return 0
	})
	link(list)
	return list
}

// link fills in the positions of parents and children.
func link(list []node) {
	at := make(map[string]int, len(list))
	for i, n := range list {
		at[n.Code] = i
	}
	for i := range list {
		for _, code := range list[i].Children {
			list[i].children = append(list[i].children, at[code])
			list[at[code]].parent = i
		}
	}
}

// indicators lists the indicators of the framework.
func (c *compiler) indicators(nodes []node) []indicator {
	declared := map[string]spec.Indicator{}
	for _, ind := range c.spec.Indicators {
		declared[ind.Code] = ind
	}
	var list []indicator
	for _, n := range nodes {
		if n.Level > 1 {
			break
		}
		ind, known := declared[n.Code]
		if !known {
			c.add("unknown-indicator", "framework."+n.Code, "there is no indicator "+n.Code, "declare it under `indicators`")
			continue
		}
		one := indicator{code: n.Code, direction: ind.Direction, parent: n.Parent}
		for i, d := range c.spec.Build.Denominate {
			if d.Code == n.Code {
				one.denominator = &c.spec.Build.Denominate[i]
			}
		}
		list = append(list, one)
	}
	return list
}
