package source

import (
	"fmt"
	"slices"

	"mizan"
)

// levelNames are the levels of the COIN Tool from the top down, rows topRow to
// lowestRow of Database.
var levelNames = [...]string{"index", "sub-index", "pillar", "sub-pillar"}

// readTree builds the framework from the rows of Database that say where an
// indicator belongs. Names and weights of aggregates stand in Framework.
func (t *coinTool) readTree(x *index, columns []int, weights []float64) {
	levels := t.usedLevels(columns)
	rows := t.frameworkRows()
	for i, c := range columns {
		var above *node
		for _, row := range levels {
			code := t.database.text(row, c)
			if absent(code) {
				if row == topRow {
					t.fault("missing-parent", t.database, row, c, "the index is missing", "write its code, Index")
					break
				}
				continue
			}
			n := t.aggregate(code, row, c, above, rows)
			if n == nil {
				above = nil
				break
			}
			if x.root == nil {
				x.root = n
			} else if row == topRow && n != x.root {
				t.fault("several-tops", t.database, row, c, fmt.Sprintf("the index is %s here and %s elsewhere", quote(code), quote(x.root.code)),
					"keep one index a workbook")
				above = nil
				break
			}
			above = n
		}
		if above != nil {
			above.children = append(above.children, &node{code: x.series[i].code, weight: weights[i]})
		}
	}
	if x.root != nil {
		x.title = x.root.name
		t.checkWeights(x.root, rows)
		t.checkCodes(x)
	}
}

// usedLevels are the rows of the levels that are used: the index, and those on
// which not all indicators belong to the same aggregate.
func (t *coinTool) usedLevels(columns []int) []int {
	rows := []int{topRow}
	for row := topRow + 1; row <= lowestRow; row++ {
		first := t.database.text(row, columns[0])
		if slices.ContainsFunc(columns, func(c int) bool { return t.database.text(row, c) != first }) {
			rows = append(rows, row)
		}
	}
	return rows
}

// frameworkRows finds the aggregates in Framework by their codes.
func (t *coinTool) frameworkRows() map[string]int {
	rows := map[string]int{}
	for r := range t.framework.rows {
		code := t.framework.text(r+1, aggregateCodeColumn)
		if _, twice := rows[code]; !twice && !absent(code) {
			rows[code] = r + 1
		}
	}
	return rows
}

// aggregate finds or makes the aggregate with a code below another; nil if it
// cannot be.
func (t *coinTool) aggregate(code string, row, column int, above *node, rows map[string]int) *node {
	parent := ""
	if above != nil {
		parent = above.code
	}
	if n, known := t.nodes[code]; known {
		if t.parents[code] != parent {
			t.fault("two-parents", t.database, row, column, fmt.Sprintf("the %s %s stands below %s here and below %s elsewhere",
				levelNames[row-topRow], quote(code), quote(parent), quote(t.parents[code])), "give one of them another code")
			return nil
		}
		return n
	}
	n := &node{code: code, weight: 1, level: row}
	at, known := rows[code]
	if !known {
		remedy := "add it there, with its weight in column E and its name in column H"
		t.fault("unknown-aggregate", t.database, row, column, fmt.Sprintf("the %s %s is not in column C of the sheet %s",
			levelNames[row-topRow], quote(code), frameworkSheet), remedy)
	} else {
		if above != nil {
			n.weight = t.weight(t.framework, at, aggregateWeightColumn)
		}
		if name := t.framework.text(at, aggregateNameColumn); !absent(name) {
			n.name = tidy(name)
		}
	}
	t.nodes[code], t.parents[code] = n, parent
	if above != nil {
		above.children = append(above.children, n)
	}
	return n
}

// checkWeights reports aggregates whose children weigh nothing.
func (t *coinTool) checkWeights(n *node, rows map[string]int) {
	if n.allZero() {
		at := max(rows[n.code], 1)
		t.fault("weights-all-zero", t.framework, at, aggregateCodeColumn, fmt.Sprintf("all weights below %s are zero", quote(n.code)),
			"give at least one of them a weight above 0")
	}
	for _, c := range n.children {
		t.checkWeights(c, rows)
	}
}

// checkCodes reports an indicator that has the code of an aggregate.
func (t *coinTool) checkCodes(x *index) {
	for _, s := range x.series {
		if n, clash := t.nodes[s.code]; clash {
			t.fault("duplicate-code", t.database, n.level, firstDataColumn, fmt.Sprintf("%s is the code of an indicator and of a %s",
				quote(s.code), levelNames[n.level-topRow]), "give one of them another code")
		}
	}
}

// readGoalposts makes a variant of the goalposts if every indicator has them.
func (t *coinTool) readGoalposts(x *index, columns []int) {
	v := variant{
		code: "goalposts", title: "Goalposts of the COIN Tool", method: "goalposts",
		description: "Min-max between the goalposts on the sheet Database, on 0 to 100. Scores beyond the posts are cut, which is Mizan's rule.",
	}
	var lacking []string
	for i, c := range columns {
		var ends [2]float64
		whole := true
		for k, row := range []int{lowerRow, upperRow} {
			text := t.database.text(row, c)
			if absent(text) {
				whole = false
				continue
			}
			var ok bool
			if ends[k], ok = parseNumber(text); !ok {
				cause, remedy := badNumber(text)
				t.fault("bad-number", t.database, row, c, cause, remedy)
			}
		}
		if !whole || ends[0] >= ends[1] {
			lacking = append(lacking, x.series[i].code)
			continue
		}
		v.steps = append(v.steps, step{x.series[i].code, fmt.Sprintf("posts: [%s, %s], to: [0, 100]", number(ends[0]), number(ends[1]))})
	}
	switch {
	case len(lacking) == 0:
		x.variant = append(x.variant, v)
	case len(v.steps) > 0:
		t.finding("left-out-normalisation", mizan.Warn, "the goalposts are left out, since these have none, or a lower one that is not below the upper: "+some(lacking),
			"complete them and import again, or set build.normalise yourself")
	}
}
