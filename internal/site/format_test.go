package site

import (
	"math"
	"testing"

	"mizan"
)

func TestFigure(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want string
	}{
		{0, "0"},
		{1, "1"},
		{0.5, "0.5"},
		{12.3456, "12.35"},
		{-3.25, "−3.25"},
		{999.96, "1,000"},
		{1234, "1,234"},
		{12345.6, "12,346"},
		{1234567, "1,234,567"},
		{2.345e9, "2.345 billion"},
		{-1.5e12, "−1.5 trillion"},
		{0.00001234, "1.234\u00a0×\u00a010⁻⁵"},
		{0.01234, "0.01234"},
		{math.NaN(), gap},
		{math.Inf(1), gap},
	} {
		if got := speak("en").figure(c.v); got != c.want {
			t.Errorf("figure(%v) = %q, want %q", c.v, got, c.want)
		}
	}
}

func TestFixed(t *testing.T) {
	for _, c := range []struct {
		v      float64
		digits int
		want   string
	}{{-0.04, 1, "0.0"}, {-0.06, 1, "−0.1"}, {56.25, 1, "56.2"}, {100, 0, "100"}, {math.NaN(), 2, gap}} {
		if got := speak("en").fixed(c.v, c.digits); got != c.want {
			t.Errorf("fixed(%v, %d) = %q, want %q", c.v, c.digits, got, c.want)
		}
	}
}

func TestScale(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   scale
	}{
		{[]float64{0.2, 0.9, math.NaN()}, scale{0, 1, 3}},
		{[]float64{1, 88}, scale{0, 100, 1}},
		{[]float64{-2, 3}, scale{-2, 3, 2}},
		{[]float64{-50, 50}, scale{-50, 50, 1}},
		{nil, scale{0, 1, 3}},
	} {
		if got := newScale(&mizan.Table{Values: c.values}); got != c.want {
			t.Errorf("newScale(%v) = %v, want %v", c.values, got, c.want)
		}
	}
	s := scale{-2, 2, 2}
	if s.percent(0) != 50 || s.percent(9) != 100 || s.percent(math.NaN()) != 0 {
		t.Error("percent should be the place on the scale, within it")
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"Côte  d’IVOIRE ": "cote d’ivoire", "Türkiye": "turkiye", "STRASSE ß": "strasse ss", "Россия": "россия"} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestShellWord(t *testing.T) {
	for in, want := range map[string]string{"hdi": "hdi", "my index": "'my index'", "it's; rm": `'it'\''s; rm'`, "": "''"} {
		if got := shellWord(in); got != want {
			t.Errorf("shellWord(%q) = %s, want %s", in, got, want)
		}
	}
}
