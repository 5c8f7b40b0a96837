package build

import "mizan"

var treatLog = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "log",
		Summary: "Take the natural logarithm, after adding an offset.",
		Formula: "ln(x + offset)",
		Missing: "Stays missing. A value for which x + offset is not positive is an error.",
		Source:  handbook + ", step 5 (logarithmic transformation); Tukey (1957), On the comparative anatomy of transformations",
		Options: treatOptions("always", mizan.Option{
			Name: "offset", Kind: mizan.NumberOption, Default: 0.0,
			Summary: "what is added to every value, so that zeros have a logarithm",
		}),
	},
	NewTreater: func(o Options) (Treater, error) {
		return newDirect("log", o, func(x []float64) (Transform, error) { return fitLog(x, o.number("offset")) })
	},
}

func fitLog(x []float64, offset float64) (Transform, error) {
	needs := "the logarithm is defined for positive values only"
	if offset != 0 {
		needs = "the logarithm is defined only where the value plus the offset is positive"
	}
	err := notPositive(x, offset, needs, "give a larger `offset`, or use log-coin, which shifts the values by itself, or power")
	if err != nil {
		return nil, err
	}
	return shiftedLog{add: offset, params: []Parameter{{"offset", offset}}}, nil
}
