package mizan_test

import (
	"encoding/json"
	"testing"

	"mizan"
)

// A sentence is said in English, and by identity with what stands in its gaps; a
// sentence in a gap keeps its own.
func TestSay(t *testing.T) {
	why := mizan.Sentence{ID: "few", Text: "figures for {have} of {all}"}.Say("have", 1, "all", 3)
	said := mizan.Sentence{ID: "out", Text: "{unit} is out: {why}", Remedy: "add figures of {unit}, or write `units: {exclude: […]}`"}.Say("unit", "A{why}", "why", why)
	if said.Text != "A{why} is out: figures for 1 of 3" || said.Remedy != "add figures of A{why}, or write `units: {exclude: […]}`" {
		t.Errorf("said %q, %q", said.Text, said.Remedy)
	}
	f := mizan.Finding{ID: "x", Unit: "A"}.With(said)
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"x","severity":"","message":"A{why} is out: figures for 1 of 3","remedy":"add figures of A{why}, or write ` + "`units: {exclude: […]}`" +
		`","unit":"A","said":{"id":"out","values":{"unit":"A{why}","why":"figures for 1 of 3"},"parts":{"why":{"id":"few","values":{"all":"3","have":"1"}}}}}`
	if string(text) != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	if plain, _ := json.Marshal(mizan.Finding{ID: "x", Message: "m"}); string(plain) != `{"id":"x","severity":"","message":"m"}` {
		t.Errorf("a finding without identity is %s", plain)
	}
	if got := mizan.Sayings(why, mizan.Said{Text: "text alone"}); len(got) != 1 || got[0].ID != "few" {
		t.Errorf("sayings: %+v", got)
	}
}
