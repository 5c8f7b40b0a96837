package target

import (
	"fmt"
	"math"

	"mizan"
	"mizan/stat"
)

// substitute stands for zero where growth rates are worked out, as Statistics
// Canada does.
const substitute = 0.001

// growthValues are the values of baseline, latest and aim with zero replaced;
// ok says whether there can be a growth rate.
func (t *Track) growthValues() (base, latest, aim float64, ok bool) {
	v := [3]float64{float64(t.Baseline.Value), float64(t.Latest.Value), float64(t.aim.Value)}
	for i := range v {
		if v[i] == 0 {
			v[i] = substitute
		}
	}
	if !(v[0]*v[1] > 0) || !(v[0]*v[2] > 0) {
		return 0, 0, 0, false
	}
	return v[0], v[1], v[2], true
}

// years are those from the baseline to the latest and to the aim.
func (t *Track) years() (seen, all float64) {
	return float64(t.Latest.Year - t.Baseline.Year), float64(t.aim.Year - t.Baseline.Year)
}

// met is the verdict of all methods on a target whose latest figure meets it.
func met(figure float64, says string) Verdict {
	return Verdict{Figure: mizan.Number(figure), Says: says, Grade: Met, Rule: "the latest figure meets the target"}
}

// eurostat compares compound growth rates.
//
//	R = d * sign(y0) * CAGR(y0, yt) / abs(CAGR(y0, yT))
func eurostat(t *Track, l limits) Verdict {
	base, latest, aim, ok := t.growthValues()
	if !ok {
		return without(saySign.Say())
	}
	seen, all := t.years()
	observed, required := CompoundGrowth(base, latest, seen), CompoundGrowth(base, aim, all)
	r := float64(t.Direction) * math.Copysign(1, base) * observed / math.Abs(required)
	if t.reached(float64(t.Latest.Value)) {
		return met(r, "target achieved")
	}
	if required == 0 {
		return without(sayNoGrowth.Say())
	}
	high, middle := l[eurostatOnTrack], l[eurostatModerate]
	v := band(
		r,
		verdictBand{high, "on track", OnTrack, "at least " + percent(high)},
		verdictBand{middle, "moderate progress", Behind, fmt.Sprintf("%s to %s", percent(middle), percent(high))},
		verdictBand{0, "insufficient progress", Behind, "0 to " + percent(middle)},
		verdictBand{math.Inf(-1), "moving away", Away, "below 0"},
	)
	return v.told(sayEurostat.Say("observed", rate(observed), "required", rate(required),
		"ratio", fmt.Sprintf("%.2f", math.Log(latest/base)/seen/(math.Log(aim/base)/all))))
}

// unDESA extrapolates the latest figure at the observed growth rate.
//
//	ve = yt * (1 + CAGR(y0, yt))^(T - t)
//	(ve - y0) / (yT - y0)
func unDESA(t *Track, l limits) Verdict {
	base, latest, aim, ok := t.growthValues()
	if !ok {
		return without(saySign.Say())
	}
	seen, all := t.years()
	expected := latest * math.Pow(1+CompoundGrowth(base, latest, seen), all-seen)
	share := (expected - base) / (aim - base)
	switch {
	case t.reached(float64(t.Latest.Value)):
		return met(share, "met")
	case aim == base:
		return without(sayNoWay.Say())
	}
	high, low := l[desaMet], l[desaProgress]
	v := band(
		share,
		verdictBand{high, "met or on track", OnTrack, "at least " + number(high)},
		verdictBand{low, "fair progress, to be accelerated", Behind, number(low) + " to " + number(high)},
		verdictBand{0, "stagnation or regression", Behind, "below " + number(low)},
		verdictBand{math.Inf(-1), "stagnation or regression", Away, "below " + number(low)},
	)
	return v.told(sayExpected.Say("value", Words(expected), "year", t.aim.Year))
}

// unESCAP anticipates the value of the target year by a weighted line.
//
//	current status      10 * D * (yt - y0) / abs(yT - y0)
//	anticipated gap    100 * D * (yT - v)  / abs(yT - y0)
//
// v is the value in the target year of the least-squares line through the
// figures since the baseline, in which a figure of year s weighs
// (s - t0 + 1): our reading of "recent data are given more weight".
func unESCAP(t *Track, l limits) Verdict {
	base, latest, aim := float64(t.Baseline.Value), float64(t.Latest.Value), float64(t.aim.Value)
	way := math.Abs(aim - base)
	d := float64(t.Direction)
	switch {
	case t.reached(latest):
		return met(0, "maintain")
	case way == 0:
		return without(sayNoWay.Say())
	}
	v := t.weightedLine(float64(t.aim.Year))
	gap := max(100*d*(aim-v)/way, 0)
	low, high := l[escapMaintain], l[escapAccelerate]
	out := band(
		-gap,
		verdictBand{-low, "maintain", OnTrack, "a gap of at most " + number(low)},
		verdictBand{-high, "accelerate", Behind, number(low) + " to " + number(high)},
		verdictBand{math.Inf(-1), "reverse", Away, "above " + number(high)},
	)
	out.Figure = mizan.Number(gap)
	return out.told(sayESCAP.Say("status", fmt.Sprintf("%.1f", 10*d*(latest-base)/way), "value", Words(v), "year", t.aim.Year))
}

// weightedLine is the value at a year of the line through the figures since
// the baseline, weighted by recency.
func (t *Track) weightedLine(at float64) float64 {
	var w, wx, wy float64
	start := float64(t.Baseline.Year)
	since := func(visit func(weight, x, y float64)) {
		for _, p := range t.Series {
			if p.Year >= t.Baseline.Year {
				x := float64(p.Year) - start
				visit(x+1, x, float64(p.Value))
			}
		}
	}
	since(func(weight, x, y float64) { w, wx, wy = w+weight, wx+float64(weight*x), wy+float64(weight*y) })
	mx, my := wx/w, wy/w
	var xx, xy float64
	since(func(weight, x, y float64) {
		xx += float64(weight * (x - mx) * (x - mx))
		xy += float64(weight * (x - mx) * (y - my))
	})
	return my + float64(xy/xx*(at-start-mx))
}

// oecd measures the distance from the target among the units.
//
//	D * (yT - yt) / sd
func oecd(t *Track, l limits) Verdict {
	if t.Indicator == "" {
		return without(sayNoOthers.Say())
	}
	if n := stat.Count(t.reference); n < 3 {
		return without(sayFewUnits.Say("n", n))
	}
	sd := stat.SD(t.reference)
	if !(sd > 0) {
		return without(sayAllSame.Say())
	}
	distance := float64(t.Direction) * float64(t.aim.Value-t.Latest.Value) / sd
	low, high := l[oecdSmall], l[oecdLarge]
	v := band(
		-max(distance, 0),
		verdictBand{-low, "small distance", Distance, "at most " + number(low)},
		verdictBand{-high, "medium distance", Distance, number(low) + " to " + number(high)},
		verdictBand{math.Inf(-1), "large distance", Distance, "above " + number(high)},
	)
	v.Figure = mizan.Number(max(distance, 0))
	return v.told(sayOECD.Say("sd", Words(sd), "n", stat.Count(t.reference), "year", t.referenceYear))
}

// sdsn compares linear rates.
//
//	((yt - y0) / (t - t0)) / ((yT - y0) / (T - t0))
func sdsn(t *Track, l limits) Verdict {
	base, latest, aim := float64(t.Baseline.Value), float64(t.Latest.Value), float64(t.aim.Value)
	seen, all := t.years()
	observed, required := LinearGrowth(base, latest, seen), LinearGrowth(base, aim, all)
	r := observed / required
	switch {
	case t.reached(latest):
		return met(r, "on track or maintaining achievement")
	case required == 0:
		return without(sayNoStep.Say())
	}
	// Where the baseline was better than the target the required step points
	// the wrong way.
	r = float64(t.Direction) * observed / math.Abs(required)
	high, middle := l[sdsnOnTrack], l[sdsnImproving]
	v := band(
		r,
		verdictBand{high, "on track", OnTrack, "at least " + number(high)},
		verdictBand{middle, "moderately improving", Behind, number(middle) + " to " + number(high)},
		verdictBand{0, "stagnating", Behind, "0 to " + number(middle)},
		verdictBand{math.Inf(-1), "decreasing", Away, "below 0"},
	)
	return v.told(saySDSN.Say("observed", Words(observed), "required", Words(required), "score", fmt.Sprintf("%.2f", trendScore(r, middle, high))))
}

// trendScore puts the ratio of linear rates on the scale of 0 to 4 on which 1,
// 2 and 3 part decreasing, stagnating, moderately improving and on track. The
// ends, a ratio of -1 and one of twice the required rate, are ours.
func trendScore(r, middle, high float64) float64 {
	x := []float64{-1, 0, middle, high, 2 * high}
	if r <= x[0] {
		return 0
	}
	for i := 1; i < len(x); i++ {
		if r < x[i] {
			return float64(i-1) + (r-x[i-1])/(x[i]-x[i-1])
		}
	}
	return 4
}

// logisticPath compares the rates of the log-odds.
//
//	(logit(yt/L) - logit(y0/L)) / (t - t0)  over  (logit(yT/L) - logit(y0/L)) / (T - t0)
func logisticPath(t *Track, l limits) Verdict {
	limit, ok := t.ceiling()
	if !ok {
		return without(sayNoLimit.Say())
	}
	base, latest, aim := float64(t.Baseline.Value), float64(t.Latest.Value), float64(t.aim.Value)
	seen, all := t.years()
	r := LogisticGrowth(base, latest, limit, seen) / LogisticGrowth(base, aim, limit, all)
	switch {
	case t.reached(latest):
		return met(r, "target achieved")
	case math.IsNaN(r) || math.IsInf(r, 0):
		return without(sayTouches.Say())
	}
	high, middle := l[logisticOnTrack], l[logisticModerate]
	v := band(
		r,
		verdictBand{high, "on track", OnTrack, "at least " + percent(high)},
		verdictBand{middle, "moderate progress", Behind, fmt.Sprintf("%s to %s", percent(middle), percent(high))},
		verdictBand{0, "insufficient progress", Behind, "0 to " + percent(middle)},
		verdictBand{math.Inf(-1), "moving away", Away, "below 0"},
	)
	expected := limit * logistic(logit(latest/limit)+LogisticGrowth(base, latest, limit, seen)*(all-seen))
	return v.told(sayOnTheCurve.Say("value", Words(expected), "year", t.aim.Year))
}
