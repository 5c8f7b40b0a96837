package draw

import "testing"

// By hand: from 0 to 100 over 2000 to 2010 the middle of the axis is half way
// up; from 1 to 10,000 it is 100 on an axis of logarithms.
func TestSeriesScale(t *testing.T) {
	s := seriesScale{first: 2000, last: 2010, low: 0, high: 100}
	middle := (seriesTop + seriesHeight - seriesBottom) / 2
	if got := s.y(50); got != middle {
		t.Errorf("50 stands at %v, want %v", got, middle)
	}
	if left, right := s.x(2000), s.x(2010); left != seriesLeft || right != seriesWidth-seriesRight {
		t.Errorf("from %v to %v", left, right)
	}
	s.mirrored = true
	if got := s.x(2000); got != seriesWidth-seriesLeft {
		t.Errorf("in Arabic the first year stands at %v", got)
	}
	s = seriesScale{low: 1, high: 10000, logarithmic: true}
	if got := s.y(100); got != middle {
		t.Errorf("100 stands at %v, want %v", got, middle)
	}
}
