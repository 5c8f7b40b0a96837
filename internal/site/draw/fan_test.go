package draw

import (
	"strings"
	"testing"
)

// A promise of 80 in 2031 made in 2023, of which 20 were there in 2027.
func promised() Promise {
	return Promise{
		Title: "x", Observed: []Plotted{{2023, 0}, {2027, 20}}, Linear: []Plotted{{2023, 0}, {2031, 80}}, Goal: Plotted{2031, 80}, Limit: none,
		Write: whole, WriteYear: func(y int) string { return whole(float64(y)) }, GoalTitle: "goal", FanTitle: "fan",
	}
}

// 616 units of width from 118 over eight years, 300 of height from 326 up to 26;
// the axis ends at the target of 80.
func TestFan(t *testing.T) {
	p := promised()
	ch := english.Fan(p)
	if ch.Observed != "118.0,326.0 426.0,251.0" || ch.Linear != "118.0,326.0 734.0,26.0" || ch.Goal.X != "734.0" || ch.HasFan || !ch.HasPath || ch.Limit != "" {
		t.Errorf("%+v", ch)
	}
	if ch.Summary != "x; 2023: 0; 2027: 20; goal" {
		t.Errorf("summary %q", ch.Summary)
	}
	p.Fan = []FanYear{{2031, 0, 20, 40, 60, 1e6}}
	// The fan is cut at 1.35 times the target: 108.
	if ch = english.Fan(p); !ch.CutShort || ch.Outer != "426.0,270.4 734.0,26.0 734.0,326.0 426.0,270.4" || !strings.HasSuffix(ch.Summary, "; fan") {
		t.Errorf("outer %s, summary %q", ch.Outer, ch.Summary)
	}
	// A limit of 100, a little above the target, has its line at the top.
	p.Fan, p.Limit, p.LimitLabel = nil, 100, "limit"
	if ch = english.Fan(p); ch.Limit != "26.0" || ch.LimitLabel != "limit" || ch.Observed != "118.0,326.0 426.0,266.0" {
		t.Errorf("limit at %s, observed %s", ch.Limit, ch.Observed)
	}
	if ch = arabic.Fan(promised()); ch.Observed != "642.0,326.0 334.0,251.0" {
		t.Errorf("mirrored %s", ch.Observed)
	}
}

// 100 units of width and 24 of height, five from the edges; the median is cut at
// the target.
func TestPath(t *testing.T) {
	p := promised()
	p.Fan = []FanYear{{2031, 0, 20, 800, 900, 1e6}}
	m := english.Path(p)
	if m.Observed != "5.0,29.0 55.0,23.0" || m.Needed != "5.0,29.0 105.0,5.0" || m.Median != "55.0,23.0 105.0,5.0" || m.GoalX != "105.0" || m.LastX != "55.0" {
		t.Errorf("%+v", m)
	}
	if m = arabic.Path(p); m.Needed != "105.0,29.0 5.0,5.0" {
		t.Errorf("mirrored %+v", m)
	}
	// Without a figure there is no place where a fan begins.
	if p.Observed = nil; english.Path(p).LastX != "" || english.Fan(p).Outer != "" {
		t.Error("a fan begins nowhere")
	}
}
