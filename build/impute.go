package build

import (
	"fmt"

	"mizan"
	"mizan/stat"
)

// Explainer is an Imputer that can say where an imputed value comes from: in is
// what Impute was given, before it; col and row are positions. The text reads
// on from "imputed from": "the mean of 45 values".
type Explainer interface {
	Explain(in *Matrix, col, row int) mizan.Said
}

// columnFill gives the missing values of a column one central value of those
// observed.
type columnFill struct {
	centre func([]float64) float64
	name   string
}

func (f columnFill) Impute(in *Matrix) error {
	for _, x := range in.Columns {
		fill(x, f.centre(x))
	}
	return nil
}

func (f columnFill) Explain(in *Matrix, col, _ int) mizan.Said {
	return f.sentence(fromMean, fromMedian).Say("n", stat.Count(in.Columns[col]))
}

// sentence is that of the fill's centre.
func (f columnFill) sentence(mean, median mizan.Sentence) mizan.Sentence {
	if f.name == "median" {
		return median
	}
	return mean
}

func fill(x []float64, v float64) {
	for i := range x {
		if x[i] != x[i] {
			x[i] = v
		}
	}
}

// groupFill does the same within each group of units. Units of no group, and
// groups without a value, keep their gaps.
type groupFill struct {
	columnFill
	by string
}

func newGroupFill(o Options, centre func([]float64) float64, name string) (Imputer, error) {
	return groupFill{columnFill{centre, name}, o.text("by")}, nil
}

func (f groupFill) Impute(in *Matrix) error {
	rows, err := f.rows(in)
	if err != nil {
		return err
	}
	var values []float64
	for _, x := range in.Columns {
		for _, members := range rows {
			values = gather(values[:0], x, members)
			if n := stat.Count(values); n == 0 || n == len(values) {
				continue
			}
			centre := f.centre(values)
			for _, i := range members {
				if x[i] != x[i] {
					x[i] = centre
				}
			}
		}
	}
	return nil
}

// rows lists the rows of each group, groups in the order of their first unit.
func (f groupFill) rows(in *Matrix) ([][]int, error) {
	labels, known := in.Groups(f.by)
	if !known {
		return nil, &OptionError{
			"bad-option", "by", fmt.Sprintf("no unit has a group variable %q", f.by),
			"name a column of the file of units, such as income or region",
		}
	}
	place := map[string]int{}
	var rows [][]int
	for i, label := range labels {
		if label == "" {
			continue
		}
		g, seen := place[label]
		if !seen {
			g = len(rows)
			place[label] = g
			rows = append(rows, nil)
		}
		rows[g] = append(rows[g], i)
	}
	return rows, nil
}

func gather(dst, x []float64, rows []int) []float64 {
	for _, i := range rows {
		dst = append(dst, x[i])
	}
	return dst
}

func (f groupFill) Explain(in *Matrix, col, row int) mizan.Said {
	labels, _ := in.Groups(f.by)
	n := 0
	for i, v := range in.Columns[col] {
		if v == v && labels[i] == labels[row] {
			n++
		}
	}
	return f.sentence(fromGroupMean, fromGroupMid).Say("n", n, "by", f.by, "group", labels[row])
}

// groupOption names the group variable of a method.
var groupOption = mizan.Option{
	Name: "by", Kind: mizan.GroupOption, Required: true,
	Summary: "the group variable, a column of the file of units",
}
