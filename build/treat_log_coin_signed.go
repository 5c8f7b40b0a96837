package build

import (
	"mizan"
	"mizan/stat"
)

var treatLogCoinSigned = Entry{
	Method: mizan.Method{
		Stage: mizan.Treat, Name: "log-coin-signed",
		Summary: "Like log-coin for a long tail of high values; mirrored for a long tail of low values.",
		Formula: "ln(x - min + a) if skewness > 0, else -ln(max - x + a); a = 0.01 (max - min)",
		Missing: "Stays missing. Values that are all equal are left as they are.",
		Source:  coinTool + "; Becker, Caperna, Del Sorbo, Norlén, Papadimitriou and Saisana (2022), COINr, Journal of Open Source Software",
		Options: treatOptions("always"),
	},
	NewTreater: func(o Options) (Treater, error) { return newDirect("log-coin-signed", o, fitLogCoinSigned) },
}

func fitLogCoinSigned(x []float64) (Transform, error) {
	m := stat.MomentsOf(x)
	if !(m.Min < m.Max) {
		return nil, nil
	}
	l := shiftedLog{from: m.Min, add: coinShare * (m.Max - m.Min), params: []Parameter{{"min", m.Min}, {"max", m.Max}}}
	if !(m.Skewness() > 0) {
		l.from, l.mirror = m.Max, true
	}
	return l, nil
}
