package stat

import "slices"

// SelectQuantiles writes the quantiles q of x into dst, as QuantileOfSorted
// would of x sorted, without sorting more of it than it must: on average the
// time grows with len(x) times the logarithm of len(q). x is rearranged; none
// of its values may be missing. q must ascend from 0 to 1.
//
// Source: Hoare (1961), Algorithm 65: find, for several places at once.
func SelectQuantiles(dst, x, q []float64) {
	if len(x) == 0 {
		for i := range q {
			dst[i] = QuantileOfSorted(nil, q[i])
		}
		return
	}
	places := make([]int, 0, 2*len(q))
	for _, p := range q {
		at := int(float64(len(x)-1) * p)
		places = append(places, at)
		if at+1 < len(x) {
			places = append(places, at+1)
		}
	}
	slices.Sort(places)
	settle(x, 0, slices.Compact(places))
	for i, p := range q {
		dst[i] = QuantileOfSorted(x, p)
	}
}

// shortRun is the length below which a run is sorted whole.
const shortRun = 48

// settle puts the values of the places into those that they would have if x
// were sorted. Places count from x[0] as first.
func settle(x []float64, first int, places []int) {
	for len(places) > 0 {
		if len(x) <= shortRun {
			slices.Sort(x)
			return
		}
		low, high := partition(x)
		// x[:low] lies below the pivot, x[high:] above, what is between equals it.
		under, _ := slices.BinarySearch(places, first+low)
		over, _ := slices.BinarySearch(places, first+high)
		settle(x[:low], first, places[:under])
		x, first, places = x[high:], first+high, places[over:]
	}
}

// partition parts x into what is below, equal to and above the median of nine
// of its values, and returns where the second and the third part begin.
func partition(x []float64) (low, high int) {
	n := len(x)
	step := n / 8
	middle := func(i int) float64 {
		a, b, c := x[i], x[i+step], x[min(i+2*step, n-1)]
		return max(min(a, b), min(max(a, b), c))
	}
	a, b, c := middle(0), middle(3*step), middle(min(5*step, n-1-step))
	pivot := max(min(a, b), min(max(a, b), c))
	low, high = 0, n
	for i := 0; i < high; {
		switch v := x[i]; {
		case v < pivot:
			x[i], x[low] = x[low], v
			low++
			i++
		case v > pivot:
			high--
			x[i], x[high] = x[high], v
		default:
			i++
		}
	}
	return low, high
}
