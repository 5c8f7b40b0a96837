package claim_test

import (
	"math"
	"testing"

	"mizan/claim"
)

// A promise that is told as a multiple has no figure of its own: a claim of a
// sum finds nothing to be held against, and the reading can be written as JSON.
func TestPromiseWithoutFigure(t *testing.T) {
	reading := &claim.Reading{Claims: []claim.Claim{{
		ID: "c1", Kind: claim.Level, Unit: "RUS", Year: 2023, Topic: []string{"spending"},
		Quantity: &claim.Quantity{Value: 240e9, High: 240e9, Measure: claim.Money, Currency: "RUB"},
	}}}
	claim.Check(reading, &claim.Facts{Targets: []claim.TargetFact{{
		ID: "seven-fold", Unit: "RUS", Topics: []string{"spending"}, Measure: claim.Money, Currency: "RUB", Year: 2023, Value: math.NaN(), Multiple: 7,
	}}})
	if v := reading.Claims[0].Verdict; v == nil || v.Outcome != claim.Nothing || v.Ours != nil {
		t.Errorf("got %+v, want nothing to check against", v)
	}
}
