package reply

import (
	"fmt"
	"testing"
)

// TestShelf: however many answers are kept, they take a bounded amount, and one that is
// asked for again and again stays; one made of something else is not given.
func TestShelf(t *testing.T) {
	var s Shelf
	of, other := new(int), new(int)
	big := make([]byte, 1<<20)
	s.Put("often", of, Kept{Body: New([]byte("often"), 1)})
	for i := range 300 {
		s.Put(fmt.Sprint(i), of, Kept{Body: New(big, 1)})
		if k, ok := s.Get("often", of); !ok || string(k.Body.plain) != "often" {
			t.Fatalf("the answer that is asked for often went after %d others", i)
		}
		size := 0
		for _, of := range []map[string]*shelved{s.young, s.elder} {
			for _, p := range of {
				size += p.Body.Size()
			}
		}
		if size > mostKept+4<<20 {
			t.Fatalf("%d bytes are kept after %d answers", size, i)
		}
	}
	if _, ok := s.Get("0", of); ok {
		t.Error("the first answer is still kept")
	}
	if _, ok := s.Get("often", other); ok {
		t.Error("an answer made of something else is given")
	}
	was := s.Len()
	s.Put("huge", of, Kept{Body: New(make([]byte, mostOfOne), 1)})
	if s.Len() != was {
		t.Error("one answer may push out all others")
	}
}
