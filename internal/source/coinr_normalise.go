package source

import (
	"fmt"
	"strings"

	"mizan"
)

// normalisation is a set of columns of iMeta that COINr's Normalise takes its
// parameters from, and the method of ours that they are for.
type normalisation struct {
	method, title string
	description   string
	needs         []string // number columns, each needed
	flag          string   // a logical column that may be absent, or ""
	// options writes a step, given the numbers and the flag ("" if absent, else
	// "true" or "false"); wrong says why the method does not take them.
	options func(v []float64, flag string) (options, wrong string)
}

const useMeta = "What COINr does when Normalise is told to take its parameters from iMeta."

var normalisations = []normalisation{
	{
		"min-max", "Min-max, ends from iMeta", useMeta, []string{"minmax_lower", "minmax_upper"}, "",
		func(v []float64, _ string) (string, string) {
			return fmt.Sprintf("to: [%s, %s]", number(v[0]), number(v[1])), ascending(v[0], v[1])
		},
	},
	{
		"z-score", "Z-scores, mean and deviation from iMeta", useMeta, []string{"zscore_mean", "zscore_sd"}, "",
		func(v []float64, _ string) (string, string) {
			return fmt.Sprintf("mean: %s, sd: %s", number(v[0]), number(v[1])), positive("zscore_sd", v[1])
		},
	},
	{
		"scaled", "Scaled, interval from iMeta", useMeta, []string{"scaled_lower", "scaled_upper", "scale_factor"}, "",
		func(v []float64, _ string) (string, string) {
			return fmt.Sprintf("from: [%s, %s], to: [0, %s]", number(v[0]), number(v[1]), number(v[2])),
				ascending(v[0], v[1]) + positive("scale_factor", v[2])
		},
	},
	{
		"goalposts", "Goalposts from iMeta", useMeta, []string{"goalpost_lower", "goalpost_upper", "goalpost_scale"}, "goalpost_trunc2posts",
		func(v []float64, flag string) (string, string) {
			options := fmt.Sprintf("posts: [%s, %s], to: [0, %s]", number(v[0]), number(v[1]), number(v[2]))
			if flag == "false" {
				options += ", truncate: false"
			}
			return options, ascending(v[0], v[1]) + positive("goalpost_scale", v[2])
		},
	},
	{
		"distance-to-target", "Distance to the targets of iMeta",
		useMeta + " Targets are compared with the treated figures, so that of a denominated indicator must be per denominator.",
		[]string{"Target"}, "dist2targ_cap_max",
		func(v []float64, flag string) (string, string) {
			options := "target: " + number(v[0])
			if flag == "true" {
				options += ", cap: true"
			}
			return options, ""
		},
	},
}

func ascending(low, high float64) string {
	if low < high {
		return ""
	}
	return fmt.Sprintf("the lower end %s is not below the upper end %s", number(low), number(high))
}

func positive(name string, v float64) string {
	if v > 0 {
		return ""
	}
	return fmt.Sprintf("%s is %s, not above 0", name, number(v))
}

// variants makes a variant of every set of normalisation columns. A set that
// misses figures of an indicator, or that the method does not take, is left out
// with a finding; a cell that is no number is a problem.
func (c *coinr) variants() []variant {
	var out []variant
	for _, n := range normalisations {
		present := 0
		for _, name := range n.needs {
			if c.meta.column(name) >= 0 {
				present++
			}
		}
		if present == 0 {
			continue
		}
		v := variant{code: n.method, title: n.title, description: n.description, method: n.method}
		reason := ""
		if present < len(n.needs) {
			reason = "it takes all of the columns " + strings.Join(n.needs, ", ")
		}
		given := 0
		for _, m := range c.rows {
			if m.kind != indicatorType {
				continue
			}
			options, filled, why := c.stepOf(n, m)
			given += filled
			if reason == "" {
				reason = why
			}
			v.steps = append(v.steps, step{m.code.text, options})
		}
		switch {
		case given == 0:
		case reason != "":
			c.finding("left-out-normalisation", mizan.Warn, fmt.Sprintf("the columns of iMeta for %s are left out: %s", n.method, reason),
				"mend them and import again, or set build.normalise yourself")
		default:
			out = append(out, v)
		}
	}
	return out
}

// stepOf makes the step of one indicator: its options, how many of its figures
// there are, and why there is no step.
func (c *coinr) stepOf(n normalisation, m *metaRow) (options string, filled int, why string) {
	v := make([]float64, len(n.needs))
	for i, name := range n.needs {
		at := c.field(m.cells, name)
		if at.text == "" {
			why = fmt.Sprintf("%s has no %s", quote(m.code.text), name)
			continue
		}
		filled++
		var ok bool
		if v[i], ok = parseNumber(at.text); !ok {
			cause, remedy := badNumber(at.text)
			c.problem("bad-number", at.at, cause+" ("+name+")", remedy)
			why = "not a number"
		}
	}
	flag := ""
	if n.flag != "" {
		if at := c.field(m.cells, n.flag); at.text != "" {
			yes, ok := parseFlag(at.text)
			if !ok {
				c.problem("bad-flag", at.at, quote(at.text)+" is neither TRUE nor FALSE ("+n.flag+")", "write TRUE or FALSE")
			}
			flag = fmt.Sprint(yes)
		}
	}
	if why != "" {
		return "", filled, why
	}
	options, wrong := n.options(v, flag)
	if wrong != "" {
		why = m.code.text + ": " + wrong
	}
	return options, filled, why
}
