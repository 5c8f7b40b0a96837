package api

import (
	"testing"

	"mizan"
	"mizan/spec"
)

// The page of the API names the publisher, or the authors, and the licence.
func TestCredit(t *testing.T) {
	ada := []spec.Author{{Name: mizan.Text{"en": "Ada Lovelace"}}, {Name: mizan.Text{"": "Plato"}}}
	for _, c := range []struct {
		imprint spec.Imprint
		want    string
	}{
		{spec.Imprint{}, ""},
		{spec.Imprint{Authors: ada}, "Ada Lovelace, Plato"},
		{spec.Imprint{Authors: ada, Publisher: spec.Body{Name: mizan.Text{"": "Index House"}}, Licence: "CC-BY-4.0"}, "Index House. Scores and texts: CC-BY-4.0"},
		{spec.Imprint{Licence: "CC0-1.0"}, "Scores and texts: CC0-1.0"},
	} {
		if got := credit(&c.imprint); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
