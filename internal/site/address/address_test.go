package address

import (
	"testing"

	"pgregory.net/rapid"
)

func TestPlaces(t *testing.T) {
	for path, p := range map[string]Place{
		"en/index.html":                       {Lang: "en"},
		"ar/unit/RUS.html":                    {Lang: "ar", Page: "unit/RUS"},
		"zh/variant/scale/2022/unit/RUS.html": {Lang: "zh", Variant: "scale", Year: "2022", Page: "unit/RUS"},
		"ru/1990/index.html":                  {Lang: "ru", Year: "1990"},
		"variant/scale/download/scores.csv":   {Variant: "scale", Page: "download/scores.csv"},
		"en/unit/~2e.~2f~3c.html":             {Lang: "en", Page: "unit/~2e.~2f~3c"},
	} {
		if got := p.Path(); got != path {
			t.Errorf("%+v has the path %q, want %q", p, got, path)
		}
		if got := Parse(path); got != p {
			t.Errorf("%q is %+v, want %+v", path, got, p)
		}
	}
	for in, want := range map[string]Place{
		"en/":         {Lang: "en"},
		"en":          {Lang: "en"},
		"":            {},
		"unit/C%2fD":  {Page: "unit/C~2fD"},
		"en/variant/": {Lang: "en", Page: "variant/"},
	} {
		if got := Parse(in); got != want {
			t.Errorf("%q is %+v, want %+v", in, got, want)
		}
	}
	for _, c := range [][3]string{
		{"en/index.html", "en/unit/A.html", "unit/A.html"},
		{"en/unit/A.html", "en/unit/B.html", "B.html"},
		{"en/unit/A.html", "ar/unit/A.html", "../../ar/unit/A.html"},
		{"en/variant/x/2020/index.html", "en/data.html", "../../../data.html"},
		{"", "en/a b.html", "en/a%20b.html"},
	} {
		if got := Relative(c[0], c[1]); got != c[2] {
			t.Errorf("from %q to %q the way is %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// Whatever a code is, its part of a path reads back to it.
func TestSegment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"con", "COM1.x", "..", ".", "~2e", "a/b", "%", "\xff", ""})).Draw(t, "code")
		if got := unsegment(Segment(code)); got != code {
			t.Fatalf("%q is read back as %q", code, got)
		}
	})
	for code, want := range map[string]string{"RUS": "RUS", "C/D": "C~2fD", "con": "~63on", "\xff": "~ff", ".x.": "~2ex~2e", "Côte d’Ivoire": "Côte~20d~e2~80~99Ivoire"} {
		if got := Segment(code); got != want {
			t.Errorf("%q is the part %q, want %q", code, got, want)
		}
	}
}
