package build

import "mizan"

var normaliseNone = Entry{
	Method: mizan.Method{
		Stage: mizan.Normalise, Name: "none",
		Summary: "Keep the values; those of an indicator of direction -1 change their sign.",
		Formula: "direction x",
		Missing: "Stays missing.",
		Source:  handbook + ", step 5",
	},
	NewNormaliser: func(Options) (Normaliser, error) { return noNormaliser{}, nil },
}

type noNormaliser struct{}

func (noNormaliser) FitNormalise(_ []float64, direction int) (Transform, error) {
	if direction < 0 {
		return negation{}, nil
	}
	return identity{}, nil
}

type negation struct{}

func (negation) Apply(x float64) float64 { return 0 - x }
func (negation) Parameters() []Parameter { return nil }
