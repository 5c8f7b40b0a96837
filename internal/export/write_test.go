package export

import (
	"math"
	"testing"
)

func TestFiguresAreWritten(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct{ got, want string }{
		{fixed(1.005, 1), "1.0"},
		{fixed(-0.04, 1), "0.0"},
		{fixed(-2.5, 1), "−2.5"},
		{fixed(nan, 2), "–"},
		{fixed(math.Inf(1), 2), "–"},
		{correlation(1), "1.00"},
		{correlation(0.9959), "1.00"},
		{correlation(-0.994), "−0.99"},
		{correlation(nan), "–"},
		{percent(0), "0 %"},
		{percent(0.001), "< 1 %"},
		{percent(0.999), "99 %"},
		{percent(1), "100 %"},
		{percent(nan), "–"},
		{percent(-0.2), "−20 %"},
		{probability(0.0004), "< 0.001"},
		{probability(0.05), "0.050"},
		{probability(nan), "–"},
		{number(0, 5), "0"},
		{number(123456.7, 5), "123457"},
		{number(-0.00012345678, 5), "−0.00012346"},
		{number(1.5e-7, 5), "1.5e−07"},
		{number(nan, 5), "–"},
		{number(2, 3), "2"},
		{brief(9999), "9999"},
		{brief(12345), "12.3 k"},
		{brief(-2.4e6), "−2400 k"},
		{brief(2.949e9), "2949 M"},
		{brief(3.42e14), "342 T"},
		{brief(0.123456), "0.123"},
		{brief(nan), "–"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}

func TestShade(t *testing.T) {
	for r, want := range map[float64]string{0: "#ffffff", 1: "#0b5d68", -1: "#9c3323", 0.5: "#85aeb4", 2: "#0b5d68"} {
		if got := shade(r); got != want {
			t.Errorf("shade of %v is %s, want %s", r, got, want)
		}
	}
	if got := shade(math.NaN()); got != "#eceff0" {
		t.Errorf("shade of nothing is %s", got)
	}
}

func TestFurthest(t *testing.T) {
	nan := math.NaN()
	got := furthest([]float64{1, 2, 3, 4, 5, nan}, []float64{1, 5, 2, 3, nan, 4}, 2)
	if len(got) != 2 || got[0] != 1 || got[1] != 2 {
		t.Errorf("furthest are %v", got)
	}
}

func TestMarked(t *testing.T) {
	if got := string(marked("use `a < b` & <c>")); got != "use <code>a &lt; b</code> &amp; &lt;c&gt;" {
		t.Errorf("got %s", got)
	}
}
