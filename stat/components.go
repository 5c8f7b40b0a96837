package stat

import "math"

// Components are the principal components of k columns, those with the most
// variance first.
type Components struct {
	N int // rows of which no value is missing
	// Values are the eigenvalues of the correlation matrix, which add up to k.
	Values []float64
	// Loadings hold a unit vector per component, an entry per column. They add up
	// to more than 0; where they add up to nothing the first that is not 0 is
	// positive. So the sign is determined.
	Loadings [][]float64
}

// Share is the part of the variance that the first m components hold.
func (c *Components) Share(m int) float64 {
	sum := 0.0
	for _, v := range c.Values[:m] {
		sum += v
	}
	return sum / float64(len(c.Values))
}

// PrincipalComponents are those of the correlation matrix over the rows of
// which no value is missing:
//
//	R v = lambda v, |v| = 1
//
// There are none (false) with fewer than 2 columns or 3 such rows, or where a
// column has no spread over them.
//
// Source: Pearson (1901); Hotelling (1933), Analysis of a complex of
// statistical variables into principal components.
func PrincipalComponents(columns [][]float64) (*Components, bool) {
	k := len(columns)
	rows := CompleteRows(columns)
	if k < 2 || len(rows) == 0 || len(rows[0]) < 3 {
		return nil, false
	}
	for _, x := range rows {
		if !spread(x) {
			return nil, false
		}
	}
	r := Correlate(rows, ByPearson)
	c := &Components{N: len(rows[0])}
	c.Values, c.Loadings = SymmetricEigen(r.R, k)
	for i := range k {
		c.Values[i] = math.Max(0, c.Values[i])
		orient(c.Loadings[i])
	}
	return c, true
}

// Covariance is the sample covariance over the pairs of which neither value is
// missing; NaN for fewer than 2.
//
//	sum (x - mx)(y - my) / (n - 1)
func Covariance(x, y []float64) float64 {
	a, b := complete(x, y)
	if len(a) < 2 {
		return math.NaN()
	}
	ma, mb := Mean(a), Mean(b)
	sum := 0.0
	for i := range a {
		sum += float64((a[i] - ma) * (b[i] - mb))
	}
	return sum / float64(len(a)-1)
}

// Cronbach is the coefficient alpha of k columns taken for measures of one
// thing: how much of the variance of their sum they have in common.
//
//	k^2 c / V,  c = mean covariance of different columns, V = sum of all
//
// Each covariance is over the rows in which neither value is missing, so that
// alpha can leave [0, 1] where much is missing; below 0 it tells of columns
// that contradict each other. NaN for fewer than 2 columns or where V is 0.
//
// Source: Cronbach (1951), Coefficient alpha and the internal structure of
// tests.
func Cronbach(columns [][]float64) float64 {
	k := len(columns)
	if k < 2 {
		return math.NaN()
	}
	var between, all float64
	for i, x := range columns {
		for j := range i {
			c := 2 * Covariance(x, columns[j])
			between += c
			all += c
		}
		all += Variance(x)
	}
	if all == 0 {
		return math.NaN()
	}
	return float64(k) / float64(k-1) * between / all
}

// CronbachComplete is Cronbach over the rows of which no value is missing.
func CronbachComplete(columns [][]float64) float64 { return Cronbach(CompleteRows(columns)) }
