package language

import "testing"

func TestFormula(t *testing.T) {
	for in, want := range map[string]string{
		"(d x - min) / (max - min)":                "(d x − min) / (max − min)",
		"w_i = v_i^2 / sum v^2":                    "w<sub>i</sub> = v<sub>i</sub><sup>2</sup> / ∑ v<sup>2</sup>",
		"(sum w x^p / sum w)^(1/p)":                "(∑ w x<sup>p</sup> / ∑ w)<sup>1/p</sup>",
		"S_oo^-1 (x_o - mu_o)":                     "S<sub>oo</sub><sup>−1</sup> (x<sub>o</sub> − μ<sub>o</sub>)",
		"keep if values / indicators >= min_share": "keep if values / indicators ≥ min_share",
		"sum of observed x < 3":                    "sum of observed x &lt; 3",
		"x_(1) >= x_(2), s_{j-1}":                  "x<sub>(1)</sub> ≥ x<sub>(2)</sub>, s<sub>j-1</sub>",
		"<b>":                                      "&lt;b&gt;",
	} {
		if got := string(Formula(in)); got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
}

func TestQuoted(t *testing.T) {
	for text, want := range map[string]string{
		"no code":                    "no code",
		"write `a: <b>` or `c`, now": `write <code dir="ltr">a: &lt;b&gt;</code> or <code dir="ltr">c</code>, now`,
		"one ` alone & <i>":          "one ` alone &amp; &lt;i&gt;",
		"``":                         `<code dir="ltr"></code>`,
	} {
		if got := string(Quoted(text)); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
