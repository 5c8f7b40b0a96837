package build

import (
	"fmt"
	"math"
	"slices"

	"mizan"
	"mizan/stat"
)

// defaultElse is the second step when winsorising does not help.
const defaultElse = "log-coin"

var treatWinsorise = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "winsorise",
		Summary: "Pull the most extreme values in to the next one, a few at most, until the outlier test is passed; if that does not help, transform the original values.",
		Formula: "while |skewness| >= limit and kurtosis >= limit and points < max_points (any number if unlimited): " +
			"every x = max becomes the next lower value (skewness >= 0), or every x = min the next higher one; " +
			"if the test still fails: else applied to the original x",
		Missing: "Stays missing and plays no part. Values too few to test (fewer than 4) or all equal are left as they are.",
		Source: coinTool + "; limits: Groeneveld and Meeden (1984), Measuring skewness and kurtosis, " +
			"the one of skewness relaxed from 1 to 2 as the JRC does",
		Options: treatOptions("outliers", append([]mizan.Option{
			{
				Name: "max_points", Kind: mizan.WholeOption, Default: 5, Min: new(0.0),
				Summary: "the most values that are pulled in; values that are equal are pulled in together and can exceed it",
			},
			{
				Name: "unlimited", Kind: mizan.BoolOption, Default: false,
				Summary: "whether values are pulled in until the test is passed, however many; max_points is then not looked at",
			},
			{
				Name: "else", Kind: mizan.ChoiceOption, Default: defaultElse, Choices: elseNames(),
				Summary: "the method for an indicator that winsorising does not mend",
			},
			{
				Name: "combine", Kind: mizan.BoolOption, Default: false,
				Summary: "whether that method works on the winsorised values in place of the original ones",
			},
		}, elseOptions()...)...),
	},
	NewTreater: newWinsoriser,
}

// elses are the methods that can follow winsorising.
func elses() []Entry {
	return []Entry{
		treatLogCoin, treatLogCoinOriginal, treatLogCoinSigned, treatLogGII, treatLog, treatPower,
		treatBoxCox, treatYeoJohnson, treatInverseHyperbolicSine,
	}
}

func elseNames() []string {
	names := []string{"none"}
	for _, e := range elses() {
		names = append(names, e.Name)
	}
	return names
}

// ownOptions are the options of a method but those of when to treat, which
// winsorise has itself.
func ownOptions(e Entry) []mizan.Option {
	when := treatOptions("always")
	return slices.DeleteFunc(slices.Clone(e.Options), func(o mizan.Option) bool {
		return slices.ContainsFunc(when, func(w mizan.Option) bool { return w.Name == o.Name })
	})
}

// elseOptions are the options of the methods that can follow, each once; which
// method has one of them the summary says.
func elseOptions() []mizan.Option {
	var options []mizan.Option
	for _, e := range elses() {
		for _, o := range ownOptions(e) {
			at := slices.IndexFunc(options, func(known mizan.Option) bool { return known.Name == o.Name })
			if at >= 0 {
				options[at].Summary += " or " + e.Name
				continue
			}
			o.Default, o.Summary = nil, "the option "+o.Name+" of the method after it, for else: "+e.Name
			options = append(options, o)
		}
	}
	return options
}

type winsoriser struct {
	test      outlierTest
	maxPoints int
	always    bool
	combine   bool
	elseName  string
	second    Treater // nil for none
}

func newWinsoriser(o Options) (Treater, error) {
	w := winsoriser{newOutlierTest(o), o.whole("max_points"), o.text("when") == "always", o.flag("combine"), o.text("else"), nil}
	if o.flag("unlimited") {
		if w.always {
			return nil, badReference("unlimited", "with `when: always` no test ends the winsorising, so that all values would become one",
				"leave out one of the two")
		}
		w.maxPoints = math.MaxInt
	}
	taken := map[string]bool{}
	for _, e := range elses() {
		if e.Name != w.elseName {
			continue
		}
		opts := Options{}
		for _, option := range e.Options {
			opts[option.Name] = option.Default
		}
		for _, option := range ownOptions(e) {
			taken[option.Name] = true
			if o.given(option.Name) {
				opts[option.Name] = o[option.Name]
			}
		}
		var err error
		if w.second, err = e.NewTreater(opts); err != nil {
			return nil, err
		}
	}
	for _, option := range elseOptions() {
		if o.given(option.Name) && !taken[option.Name] {
			return nil, badReference(option.Name, "%q is an option of another method than else: %s", "leave it out, or choose the method in `else` that has it",
				option.Name, w.elseName)
		}
	}
	return w, nil
}

func (w winsoriser) FitTreat(x []float64) (Treatment, error) {
	before, known := w.test.check(x)
	t := Treatment{Transform: identity{}, Applied: "none", Checks: []Check{before}}
	if !known || before.Pass && !w.always {
		return t, nil
	}
	y := stat.Present(make([]float64, 0, len(x)), x)
	caps, points := w.pullIn(y)
	first, _ := w.test.check(y)
	t = Treatment{
		Transform: caps, Applied: "winsorise", Checks: []Check{before, first},
		Details: map[string]string{"points": fmt.Sprint(points)},
	}
	if first.Pass || w.second == nil {
		return t, nil
	}
	source := x
	if w.combine {
		source = make([]float64, len(x))
		applyTo(caps, source, x)
	}
	second, err := w.second.FitTreat(source)
	if err != nil || second.Applied == "none" {
		return t, err
	}
	t.Transform, t.Applied = second.Transform, second.Applied
	if w.combine {
		t.Transform, t.Applied = chain{caps, second.Transform}, "winsorise+"+second.Applied
	}
	t.Checks = append(t.Checks, second.Checks[len(second.Checks)-1])
	return t, nil
}

// pullIn winsorises y in place and returns the caps with the number of values
// pulled in. Those of a high step count anew at the next high step, because
// they are then tied at the maximum; likewise below.
func (w winsoriser) pullIn(y []float64) (clip, int) {
	caps := clip{math.Inf(-1), math.Inf(1)}
	var high, low int
	for high+low < w.maxPoints {
		m := stat.MomentsOf(y)
		check, known := w.test.checkMoments(m)
		if !(m.Min < m.Max) || !w.always && (check.Pass || !known) {
			break
		}
		if check.Skewness >= 0 {
			caps.high, high = pull(y, m.Max, -1)
		} else {
			caps.low, low = pull(y, m.Min, 1)
		}
	}
	return caps, high + low
}

// pull sets every value equal to end to the next one: the greatest below it
// (side -1) or the least above it (side +1).
func pull(y []float64, end, side float64) (next float64, count int) {
	next = math.Inf(int(side))
	for _, v := range y {
		if v == end {
			count++
		} else if side*v < side*next {
			next = v
		}
	}
	for i, v := range y {
		if v == end {
			y[i] = next
		}
	}
	return next, count
}

// clip keeps values within two caps.
type clip struct{ low, high float64 }

func (c clip) Apply(x float64) float64 {
	switch {
	case x < c.low:
		return c.low
	case x > c.high:
		return c.high
	}
	return x
}

func (c clip) ApplyTo(dst, src []float64) {
	for i, v := range src {
		dst[i] = c.Apply(v)
	}
}

func (c clip) Parameters() []Parameter {
	var ps []Parameter
	if !math.IsInf(c.low, 0) {
		ps = append(ps, Parameter{"low cap", c.low})
	}
	if !math.IsInf(c.high, 0) {
		ps = append(ps, Parameter{"high cap", c.high})
	}
	return ps
}
