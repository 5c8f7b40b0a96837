package build

import (
	"mizan"
	"mizan/stat"
)

// coinShare is the share of the range that the COIN Tool adds below the
// minimum, so that the lowest value has a logarithm.
const coinShare = 0.01

var treatLogCoin = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "log-coin",
		Summary: "Take the logarithm of the distance from the minimum, plus a hundredth of the range.",
		Formula: "ln(x - min + 0.01 (max - min))",
		Missing: "Stays missing. Values that are all equal are left as they are.",
		Source:  coinTool,
		Options: treatOptions("always"),
	},
	NewTreater: func(o Options) (Treater, error) { return newDirect("log-coin", o, fitLogCoin) },
}

func fitLogCoin(x []float64) (Transform, error) {
	lo, hi := stat.MinMax(x)
	if !(lo < hi) {
		return nil, nil
	}
	return shiftedLog{from: lo, add: coinShare * (hi - lo), params: []Parameter{{"min", lo}, {"max", hi}}}, nil
}
