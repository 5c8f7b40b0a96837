package build

import (
	"slices"

	"mizan"
	"mizan/stat"
)

var treatTrimPercentiles = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "trim-percentiles",
		Summary: "Pull values beyond two percentiles in to the percentiles.",
		Formula: "min(max(x, P_low), P_high); P_p = x_(i) + (h - i) (x_(i+1) - x_(i)), h = 1 + (n - 1) p / 100, i = floor h",
		Missing: "Stays missing and plays no part in the percentiles.",
		Source:  handbook + ", step 3 (trimming at the 2.5th and the 97.5th percentile, as the Environmental Sustainability Index does); Hyndman and Fan (1996), definition 7",
		Options: treatOptions("always",
			mizan.Option{
				Name: "low", Kind: mizan.NumberOption, Default: 2.5, Min: new(0.0), Max: new(100.0),
				Summary: "the lower percentile, from 0 to 100; 0 leaves low values alone",
			},
			mizan.Option{
				Name: "high", Kind: mizan.NumberOption, Default: 97.5, Min: new(0.0), Max: new(100.0),
				Summary: "the upper percentile; 100 leaves high values alone",
			}),
	},
	NewTreater: func(o Options) (Treater, error) {
		low, high := o.number("low"), o.number("high")
		if !(low < high) {
			return nil, badReference("high", "the high percentile %s is not above the low one, %s", "swap them", figure(high), figure(low))
		}
		return newDirect("trim-percentiles", o, func(x []float64) (Transform, error) {
			s := stat.Present(make([]float64, 0, len(x)), x)
			if len(s) == 0 {
				return nil, nil
			}
			slices.Sort(s)
			return clip{stat.QuantileOfSorted(s, low/100), stat.QuantileOfSorted(s, high/100)}, nil
		})
	},
}
