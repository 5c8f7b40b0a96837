package mizan_test

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"mizan"

	"pgregory.net/rapid"
)

func TestTextIn(t *testing.T) {
	tests := []struct {
		text mizan.Text
		lang string
		want string
	}{
		{mizan.Text{"en": "Russia", "ar": "روسيا"}, "ar", "روسيا"},
		{mizan.Text{"en": "Russia", "ar": "روسيا"}, "ru", "Russia"},
		{mizan.Text{"": "Score", "en": "Points"}, "zh", "Score"},
		{mizan.Text{"zh": "俄罗斯", "ru": "Россия"}, "fr", "Россия"},
		{mizan.Text{"ar": "", "en": "Russia"}, "ar", "Russia"},
		{nil, "en", ""},
	}
	for _, tt := range tests {
		if got := tt.text.In(tt.lang); got != tt.want {
			t.Errorf("%v in %q = %q, want %q", tt.text, tt.lang, got, tt.want)
		}
	}
}

func TestProblemText(t *testing.T) {
	p := &mizan.Problem{
		ID: "unknown-method", Place: mizan.Place{File: "mizan.yaml", Line: 12, Column: 7},
		Cause: `unknown method "minmax"`, Remedy: `did you mean "min-max"?`,
	}
	want := `mizan.yaml:12:7: unknown method "minmax"; did you mean "min-max"?`
	if got := p.Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	var ps mizan.Problems
	if ps.OrNil() != nil {
		t.Error("no problems must be a nil error")
	}
	ps.Add("b", mizan.Place{File: "b.csv", Line: 2}, "second", "")
	ps.Add("a", mizan.Place{File: "a.csv", Line: 9}, "first", "")
	if got, want := ps.OrNil().Error(), "a.csv:9: first\nb.csv:2: second"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Every double is written so that it reads back to itself, and the text is
// valid JSON.
func TestAppendNumberRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64().Draw(t, "v")
		text := mizan.AppendNumber(nil, v, "null")
		var back float64
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if back != v {
			t.Fatalf("%v became %v", v, back)
		}
		if again, err := strconv.ParseFloat(string(text), 64); err != nil || again != v {
			t.Fatalf("%s read as %v, %v", text, again, err)
		}
	})
}

func TestAppendNumberForms(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", math.Copysign(0, -1): "0", 1.5: "1.5", -2: "-2", 1e20: "100000000000000000000",
		1e21: "1e+21", 1e-7: "1e-07", math.Inf(1): "", 0.1: "0.1",
	} {
		if got := string(mizan.AppendNumber(nil, v, "")); got != want {
			t.Errorf("%v is written %q, want %q", v, got, want)
		}
	}
	if got := string(mizan.AppendNumber(nil, math.NaN(), "")); got != "" {
		t.Errorf("missing is written %q, want an empty cell", got)
	}
}

func TestTableAxes(t *testing.T) {
	tab := mizan.NewTable([]string{"A", "B", "C"}, []string{"x", "y"}, []int{2020, 2021})
	tab.Column(1, 0)[2] = 7
	if got := tab.At(1, 0, 2); got != 7 {
		t.Errorf("At = %v, want 7", got)
	}
	if got := tab.Values[1*6+0*3+2]; got != 7 {
		t.Errorf("the layout is not year, code, unit: %v", tab.Values)
	}
	if n := len(append(tab.Column(0, 0), 1)); n != 4 || !math.IsNaN(tab.At(0, 1, 0)) {
		t.Error("appending to a column must not write into the next one")
	}
	text, err := json.Marshal(tab)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"codes":["x","y"],"values":[[[null,null,null],[null,null,null]],[[null,null,7],[null,null,null]]]}`
	if string(text) != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
	var back mizan.Table
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	back.Units, back.Years = tab.Units, tab.Years
	if got := back.At(1, 0, 2); got != 7 || !math.IsNaN(back.At(0, 0, 0)) {
		t.Errorf("read back %v", back.Values)
	}
}
