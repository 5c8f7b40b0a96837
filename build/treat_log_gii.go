package build

import (
	"math"

	"mizan"
	"mizan/stat"
)

var treatLogGII = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "log-gii",
		Summary: "Take the logarithm as the Global Innovation Index does: of the place in the range, stretched to the maximum.",
		Formula: "ln((f max - 1) (x - min) / (max - min) + 1), f = factor; min becomes 0 and max becomes ln(f max)",
		Missing: "Stays missing. Values that are all equal are left as they are; a maximum for which factor x max is not above 1 is an error.",
		Source:  "Cornell University, INSEAD and WIPO, The Global Innovation Index, appendix of technical notes, whose text was not at hand: the formula is that of Becker et al. (2022), COINr, the factor the index's own. (COINr 1.1.14's log_GII is meant to be this and returns its input.)",
		Options: treatOptions("always", mizan.Option{
			Name: "factor", Kind: mizan.NumberOption, Default: 1.0,
			Summary: "what the maximum is multiplied by, above 0; a power of ten for an indicator of small figures",
		}),
	},
	NewTreater: func(o Options) (Treater, error) {
		f := o.number("factor")
		if !(f > 0) {
			return nil, badReference("factor", "the factor must be above 0", "give a power of ten, or leave it out")
		}
		return newDirect("log-gii", o, func(x []float64) (Transform, error) { return fitLogGII(x, f) })
	},
}

func fitLogGII(x []float64, factor float64) (Transform, error) {
	lo, hi := stat.MinMax(x)
	if !(lo < hi) {
		return nil, nil
	}
	if !(hi*factor > 1) {
		at := 0
		for x[at] != hi {
			at++
		}
		return nil, &BadValue{
			ID: "not-above-one", Row: at, Value: hi,
			Needs:  "the logarithm of the Global Innovation Index is defined where the maximum times the factor is above 1",
			Remedy: "give a larger `factor`, or use log-coin",
		}
	}
	return logGII{lo, hi, factor}, nil
}

type logGII struct{ min, max, factor float64 }

func (l logGII) Apply(x float64) float64 {
	y := float64((float64(l.factor*l.max)-1)*((x-l.min)/(l.max-l.min))) + 1
	if y > 0 {
		return math.Log(y)
	}
	return math.NaN()
}

func (l logGII) Parameters() []Parameter {
	return []Parameter{{"min", l.min}, {"max", l.max}, {"factor", l.factor}}
}
