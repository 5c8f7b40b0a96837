package build

import "mizan"

var screenNone = Entry{
	Method: mizan.Method{
		Stage: mizan.Screen, Name: "none",
		Summary: "Keep every unit.",
		Formula: "keep",
		Missing: "Plays no part.",
		Source:  handbook + ", step 2",
	},
	NewScreener: func(Options) (Screener, error) { return keepAll{}, nil },
}

type keepAll struct{}

func (keepAll) Screen(in *Matrix) ([]Verdict, error) {
	verdicts := make([]Verdict, len(in.Units))
	for i := range verdicts {
		verdicts[i].Keep = true
	}
	return verdicts, nil
}
