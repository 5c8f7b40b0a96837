package target_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mizan/spec"
	"mizan/target"
)

// FRA goes on as before, by 2 a year; BEL turns round when the five years that
// are foretold begin. A straight line foretells the same of both: all targets
// up to one average movement (six of eight) are sure, the two beyond are not.
// FRA reaches the six; BEL falls to just one movement below and reaches one.
//
//	Brier        5/16, for five targets of BEL that were sure and not reached
//	bin of 1     12 targets, 7 reached; bin of 0: 4 targets, none reached
//	reliability  12/16 (5/12)^2                         = 0.1302083
//	resolution   12/16 (7/12 - 7/16)^2 + 4/16 (7/16)^2  = 0.0638021
//	uncertainty  7/16 * 9/16                            = 0.2460938
//	base         five steps reached by one of two: 5 * 2 * 1/4 / 16 = 0.15625
func TestBacktestByHand(t *testing.T) {
	var figures strings.Builder
	for k := range 12 {
		up := 10 + 2*k
		turned := up
		if k > 6 {
			turned = 22 - 2*(k-6)
		}
		fmt.Fprintf(&figures, "FRA,a,%d,%d\nBEL,a,%d,%d\nDNK,a,%d,7\n", 2010+k, up, 2010+k, turned, 2010+k)
	}
	figures.WriteString("CZE,a,2015,1\nCZE,a,2016,2\nCZE,a,2021,3\n")
	s, h := project(t, "projections: {models: [linear]}\n", figures.String())
	b, err := target.RunBacktest(s, h, target.BacktestOptions{Paths: 100})
	if err != nil {
		t.Fatal(err)
	}
	// CZE, and FRA with one figure of b, are too short; DNK stands still.
	if b.Series != 2 || b.Short != 2 || b.Still != 1 || b.Targets != 16 || b.Reached != 7 || b.Horizon != 5 {
		t.Errorf("%d series, %d short, %d still, %d targets, %d reached, horizon %d", b.Series, b.Short, b.Still, b.Targets, b.Reached, b.Horizon)
	}
	for _, c := range []struct {
		what      string
		got, want float64
	}{
		{"Brier", float64(b.Brier), 5.0 / 16},
		{"reliability", float64(b.Reliability), 0.1302083},
		{"resolution", float64(b.Resolution), 0.0638021},
		{"uncertainty", float64(b.Uncertainty), 0.2460938},
		{"base", float64(b.Base), 0.15625},
		{"skill", float64(b.Skill), -1},
		{"inside 90", float64(b.Inside90), 0.5},
		{"inside 50", float64(b.Inside50), 0.5},
		{"Brier of the linear model", float64(b.Models[0].Brier), 5.0 / 16},
	} {
		near(t, c.what, c.got, c.want, 1e-7)
	}
	if last := b.Bins[9]; last.Targets != 12 || last.Stated != 1 {
		t.Errorf("last bin %+v", last)
	}
	near(t, "reached of the last bin", float64(b.Bins[9].Reached), 7.0/12, 1e-12)
	if first := b.Bins[0]; first.Targets != 4 || first.Reached != 0 {
		t.Errorf("first bin %+v", first)
	}
	// 0.25, 0.5 and 1 movement: observed 2 a year, required less or as much.
	want := []target.MethodScore{{Method: "sdsn", Grade: target.OnTrack, Targets: 6, Reached: 0.5}, {Method: "sdsn", Grade: target.Behind, Targets: 4, Reached: 0}}
	var got []target.MethodScore
	for _, v := range b.Verdicts {
		if v.Method == "sdsn" {
			got = append(got, v)
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(b.Findings) != 1 || b.Findings[0].ID != "paths-too-narrow" {
		t.Errorf("findings %v", b.Findings)
	}
}

func TestBacktestWithoutHistory(t *testing.T) {
	s, h := project(t, "", "FRA,a,2010,1\nFRA,a,2020,2\n")
	_, err := target.RunBacktest(s, h, target.BacktestOptions{Horizon: 3})
	if err == nil || !strings.Contains(err.Error(), "no series has 4 figures, and one of 3 years later") {
		t.Errorf("%v", err)
	}
	if s, err = s.Apply(spec.Edit{Set: "projections.models", To: []any{"lineer"}}); err != nil {
		t.Fatal(err)
	}
	if _, err = target.RunBacktest(s, h, target.BacktestOptions{}); err == nil || !strings.Contains(err.Error(), `did you mean "linear"`) {
		t.Errorf("%v", err)
	}
}
