package stat

import (
	"math"
	"sync"
)

// Logs and Exps work on many values at a time, which is about twice as quick as
// one call after another. They agree with math.Log and math.Exp to within
// 1e-15, in the logarithm absolutely where it is below 1, else relatively.

const (
	logBits = 7 // the first bits of the mantissa choose an entry of the table
	logSize = 1 << logBits

	mantissaBits = 52
	oneBits      = 1023 << mantissaBits
	minNormal    = 1 << mantissaBits // bits of the smallest number in full precision
	infBits      = 2047 << mantissaBits
)

// logTables are, for each part of the mantissas from 1 to 2, one over its
// middle and the logarithm of that middle, and 2^(i/128).
type logTables struct {
	inverse, log, power [logSize]float64
}

var tables = sync.OnceValue(func() *logTables {
	t := &logTables{}
	for i := range logSize {
		t.inverse[i] = 1 / (1 + (float64(i)+0.5)/logSize)
		t.log[i] = -math.Log(t.inverse[i])
		t.power[i] = math.Exp2(float64(i) / logSize)
	}
	return t
})

// Logs writes the natural logarithm of every value of x to dst, which has its
// length and may be x itself. The values must be above 0.
//
//	x = 2^k m, c near m from a table: k ln 2 + ln c + ln(1 + r), r = m / c - 1
//
// Source: Tang (1990), Table-driven implementation of the logarithm function in
// IEEE floating-point arithmetic, ACM Transactions on Mathematical Software 16.
func Logs(dst, x []float64) {
	t := tables()
	dst = dst[:len(x)]
	for i, v := range x {
		b := math.Float64bits(v)
		if b-minNormal >= infBits-minNormal {
			dst[i] = math.Log(v)
			continue
		}
		k := float64(int(b>>mantissaBits) - 1023)
		at := b >> (mantissaBits - logBits) & (logSize - 1)
		m := math.Float64frombits(b&(minNormal-1) | oneBits)
		r := float64(m*t.inverse[at]) - 1
		p := 1.0/5 - float64(r*(1.0/6))
		p = 1.0/4 - float64(r*p)
		p = 1.0/3 - float64(r*p)
		p = 1.0/2 - float64(r*p)
		p = r - float64(float64(r*r)*p)
		dst[i] = float64(k*math.Ln2) + (t.log[at] + p)
	}
}

const (
	// expShift added to a number leaves its whole part in the lowest bits.
	expShift = 0x1.8p52
	// ln2High and ln2Low are ln 2 / 128 in two parts, the first of few digits.
	ln2High = 0x1.62e42fef00000p-8
	ln2Low  = 0x1.473de6af278edp-41
	expMost = 700 // beyond it math.Exp says what there is to say
)

// Exps writes e to the power of every value of x to dst, which has its length
// and may be x itself.
//
//	x = (n + f) ln 2 / 128: 2^(n / 128), its fraction from a table, times e^r
//
// Source: Tang (1989), Table-driven implementation of the exponential function
// in IEEE floating-point arithmetic, ACM Transactions on Mathematical Software
// 15.
func Exps(dst, x []float64) {
	t := tables()
	dst = dst[:len(x)]
	for i, v := range x {
		if !(v > -expMost && v < expMost) {
			dst[i] = math.Exp(v)
			continue
		}
		z := float64(v*(logSize/math.Ln2)) + expShift
		n := math.Float64bits(z) // the whole part, above it what is shifted out below
		k := z - expShift
		r := v - float64(k*ln2High) - float64(k*ln2Low)
		p := 1.0/24 + float64(r*(1.0/120))
		p = 1.0/6 + float64(r*p)
		p = 1.0/2 + float64(r*p)
		p = r + float64(float64(r*r)*p)
		s := math.Float64frombits(math.Float64bits(t.power[n&(logSize-1)]) + n>>logBits<<mantissaBits)
		dst[i] = s + float64(s*p)
	}
}
