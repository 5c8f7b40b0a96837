package engine_test

import (
	"testing"

	"mizan/engine"
	"mizan/spec"
)

// A reader may be told of fewer draws than the project asks for, and is told so;
// more than it asks for are not made.
func TestIntervalsOfSomeDraws(t *testing.T) {
	in := withTables()
	edit, err := spec.ParseEdit("uncertainty={draws: 300, vary: [{choose: build.normalise, from: [as-is, z-score]}]}")
	if err != nil {
		t.Fatal(err)
	}
	in.Edits = append(in.Edits, edit)
	r, err := engine.Run(in)
	if err != nil {
		t.Fatal(err)
	}
	for most, want := range map[int]int{0: 300, 60: 60, 301: 300} {
		u := r.IntervalsOf(most)
		if u == nil || u.Made != want || u.Requested != 300 {
			t.Errorf("of %d at most: %+v", most, u)
		}
	}
}
