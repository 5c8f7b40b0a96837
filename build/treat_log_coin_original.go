package build

import (
	"mizan"
	"mizan/stat"
)

var treatLogCoinOriginal = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "log-coin-original",
		Summary: "Take the logarithm of the distance from the minimum, plus one.",
		Formula: "ln(x - min + 1)",
		Missing: "Stays missing.",
		Source:  coinTool + "; the form of the tool's first editions",
		Options: treatOptions("always"),
	},
	NewTreater: func(o Options) (Treater, error) { return newDirect("log-coin-original", o, fitLogCoinOriginal) },
}

func fitLogCoinOriginal(x []float64) (Transform, error) {
	lo, _ := stat.MinMax(x)
	if lo != lo {
		return nil, nil
	}
	return shiftedLog{from: lo, add: 1, params: []Parameter{{"min", lo}}}, nil
}
