package claim

import (
	"fmt"
	"os"
	"testing"
)

func TestZZ(t *testing.T) {
	b, _ := os.ReadFile(os.Getenv("ART"))
	r, err := Read(string(b), Options{})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(r.Language, r.Detected, r.Sentences, len(r.Units))
	for _, c := range r.Claims {
		fmt.Printf("%s %s unit=%s", c.ID, c.Kind, c.Unit)
		if c.Quantity != nil {
			fmt.Printf(" v=%g..%g %s %s ±%g approx=%v %s", c.Quantity.Value, c.Quantity.High, c.Quantity.Measure, c.Quantity.Currency, c.Quantity.Precision, c.Quantity.Approx, c.Quantity.Bound)
		}
		fmt.Printf(" of=%d y=%d-%d al=%s verb=%s other=%s sp=%q base=%s %s neg=%v miss=%v topic=%v\n    | %s\n", c.Of, c.From, c.Year, c.Alliance, c.Verb, c.Other, c.Speaker, c.Baseline, c.Confidence, c.Negated, c.Missing, c.Topic, c.Text)
	}
	fmt.Println("unread", r.Unread)
}
