package reply

import (
	"net/http"
	"sync"
)

// mostKept bounds the bytes that a shelf keeps, mostOfOne those of one answer.
const (
	mostKept  = 64 << 20
	mostOfOne = 16 << 20
)

// Kept is a whole answer of status 200: its body, and its headers beside those that Send
// sets.
type Kept struct {
	Header http.Header
	Body   *Body
}

// Shelf keeps answers as they were sent, each as long as what it was made of is in use.
// There are two generations: when the younger is full, the elder goes, and what was
// asked for meanwhile has moved to the younger. The zero Shelf is empty. It may be used
// by several goroutines.
type Shelf struct {
	mu           sync.Mutex
	young, elder map[string]*shelved
	size         int // of the younger
}

type shelved struct {
	of any
	Kept
}

// Get is the answer of a key, if it was made of the same; of is compared by ==.
func (s *Shelf) Get(key string, of any) (Kept, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, young := s.young[key]
	if !young {
		p = s.elder[key]
	}
	if p == nil || p.of != of {
		return Kept{}, false
	}
	if !young {
		s.keep(key, p)
	}
	return p.Kept, true
}

// Put keeps an answer, unless it is very large.
func (s *Shelf) Put(key string, of any, k Kept) {
	if k.Body.Size() > mostOfOne {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keep(key, &shelved{of, k})
}

// Len is how many answers are kept.
func (s *Shelf) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.young)
	for key := range s.elder {
		if s.young[key] == nil {
			n++
		}
	}
	return n
}

func (s *Shelf) keep(key string, p *shelved) {
	if s.size > mostKept/2 || s.young == nil {
		s.young, s.elder, s.size = map[string]*shelved{}, s.young, 0
	}
	s.young[key] = p
	s.size += p.Body.Size() + len(key)
}
