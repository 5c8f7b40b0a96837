package audit

import (
	"math"
	"strconv"

	"mizan"
	"mizan/stat"
)

// statistics describe every indicator.
func (a *auditor) statistics() []Statistics {
	r := a.result
	list := make([]Statistics, len(r.Indicators))
	stat.InParallel(len(list), func(c int) {
		s := &list[c]
		s.Code = r.Indicators[c]
		s.Raw = moments(a.pick(r.Raw.Column(a.y, c)))
		s.Untreated = moments(a.pick(r.Screened.Column(a.y, c)))
		s.Treated = moments(a.pick(r.Treated.Column(a.y, c)))
		s.Outlier = a.isOutlier(s.Treated)
		of := a.panel.Code(s.Code)
		for _, u := range a.kept {
			if v := r.Denominated.At(a.y, c, u); v != v && !math.IsNaN(r.Imputed.At(a.y, c, u)) {
				s.Imputed++
			}
			year := int(a.panel.Cell(a.y, of, u).Year)
			if year == 0 || math.IsNaN(r.Raw.At(a.y, c, u)) {
				continue
			}
			if year != a.year() {
				s.OtherYear++
			}
			if s.EarliestAt == 0 || year < s.EarliestAt {
				s.EarliestAt = year
			}
			s.LatestAt = max(s.LatestAt, year)
		}
	})
	return list
}

func moments(x []float64) Moments {
	s := stat.Summarise(x)
	n := func(v float64) mizan.Number { return mizan.Number(v) }
	return Moments{
		N: s.N, Available: s.Available, NonZero: s.NonZero, Unique: s.Unique, Same: s.Same,
		Min: n(s.Min), Lower: n(stat.Quantile(x, 0.25)), Median: n(s.Median), Upper: n(stat.Quantile(x, 0.75)), Max: n(s.Max),
		Mean: n(s.Mean), SD: n(s.SD), Skewness: n(s.Skewness), Kurtosis: n(s.Kurtosis),
	}
}

// isOutlier is the rule of the check of outliers.
func (a *auditor) isOutlier(m Moments) bool {
	skew, kurt := math.Abs(float64(m.Skewness)), float64(m.Kurtosis)
	return skew > a.limits[maxSkewness] && kurt > a.limits[maxKurtosis] || kurt > a.limits[extremeKurtosis]
}

// availability counts what is known of every kept unit.
func (a *auditor) availability() []Availability {
	r := a.result
	groups := a.aggregates()
	list := make([]Availability, len(a.kept))
	for i, u := range a.kept {
		row := Availability{Unit: r.Units[u]}
		zero := 0
		for c := range r.Indicators {
			switch v := r.Raw.At(a.y, c, u); {
			case v != v:
				row.Missing++
			case v == 0:
				zero++
			}
		}
		n := len(r.Indicators)
		row.Zero = zero
		row.Share = mizan.Number(1 - float64(row.Missing)/float64(n))
		row.NonZero = mizan.Number(1 - float64(zero)/float64(n-row.Missing))
		for _, g := range groups {
			row.Groups = append(row.Groups, mizan.Number(a.known(g, u)))
		}
		list[i] = row
	}
	return list
}

// known is the share of raw figures of a unit below an aggregate.
func (a *auditor) known(group, unit int) float64 {
	there, all := 0, 0
	for _, i := range a.below(group) {
		all++
		if v := a.result.Raw.At(a.y, i, unit); v == v {
			there++
		}
	}
	return float64(there) / float64(all)
}

func (a *auditor) components() {
	for _, i := range a.aggregates() {
		a.check.Looked++
		n := len(a.children[i])
		of := about{code: a.code(i), figure: float64(n)}
		switch {
		case float64(n) < a.limits[minComponents]:
			a.find("few-components", of, "%s has %s", a.code(i), count(n, "component"))
		case float64(n) > a.limits[maxComponents]:
			a.find("many-components", of, "%s has %s", a.code(i), count(n, "component"))
		}
	}
	if n := len(a.result.Indicators); float64(n) > a.limits[maxIndicators] {
		a.find("many-indicators", about{code: a.code(a.top()), figure: float64(n)}, "the framework has %s", count(n, "indicator"))
	}
}

func (a *auditor) coverageOfIndicators() {
	for _, s := range a.out.Statistics {
		a.check.Looked++
		share := float64(s.Raw.Available) / float64(s.Raw.N)
		if id := a.coverageKind(share, ""); id != "" {
			a.find(id, about{code: s.Code, figure: share}, "%s has figures of %d of %s (%s)", s.Code, s.Raw.Available, count(s.Raw.N, "unit"), part(share))
		}
	}
}

// coverageKind is the finding that a share of figures calls for, "" if none.
func (a *auditor) coverageKind(share float64, of string) string {
	switch {
	case share < a.limits[failCoverage]:
		return "poor-coverage" + of
	case share < a.limits[minCoverage]:
		return "low-coverage" + of
	}
	return ""
}

func (a *auditor) coverageOfUnits() {
	groups := a.aggregates()
	n := len(a.result.Indicators)
	for i, row := range a.out.Availability {
		a.check.Looked++
		share := float64(row.Share)
		if id := a.coverageKind(share, "-of-unit"); id != "" {
			a.find(id, about{unit: row.Unit, figure: share}, "%s has %d of %s (%s)", row.Unit, n-row.Missing, count(n, "figure"), part(share))
		}
		for k, g := range groups {
			score := a.scores[g][i]
			if row.Groups[k] == 0 && score == score {
				a.find("imputed-aggregate", about{unit: row.Unit, code: a.code(g)},
					"%s has none of the %s below %s; its score there is imputed", row.Unit, count(len(a.below(g)), "figure"), a.code(g))
			}
		}
	}
}

func (a *auditor) timeliness() {
	for _, s := range a.out.Statistics {
		if s.Raw.Available == 0 {
			continue
		}
		a.check.Looked++
		share := float64(s.OtherYear) / float64(s.Raw.Available)
		if share > a.limits[maxOld] {
			span := strconv.Itoa(s.EarliestAt)
			if s.LatestAt != s.EarliestAt {
				span += " to " + strconv.Itoa(s.LatestAt)
			}
			a.find("old-figures", about{code: s.Code, figure: share}, "%s of the figures of %s are not of %d; they are of %s", part(share), s.Code, a.year(), span)
		}
	}
}

func (a *auditor) outliers() {
	for _, s := range a.out.Statistics {
		if s.Treated.Kurtosis != s.Treated.Kurtosis {
			continue
		}
		a.check.Looked++
		if s.Outlier {
			a.find("outlier", about{code: s.Code, figure: float64(s.Treated.Kurtosis)}, "%s has, after treatment, skewness %s and excess kurtosis %s (before, %s and %s)",
				s.Code, figure(float64(s.Treated.Skewness)), figure(float64(s.Treated.Kurtosis)), figure(float64(s.Untreated.Skewness)), figure(float64(s.Untreated.Kurtosis)))
		}
	}
}

func (a *auditor) zeros() {
	for _, s := range a.out.Statistics {
		if s.Raw.Available == 0 {
			continue
		}
		a.check.Looked++
		if share := float64(s.Raw.NonZero) / float64(s.Raw.Available); share < a.limits[minNonZero] {
			a.find("many-zeros", about{code: s.Code, figure: share}, "%s of the figures of %s are not zero", part(share), s.Code)
		}
	}
}

func (a *auditor) fewValues() {
	for _, s := range a.out.Statistics {
		if s.Raw.Available == 0 {
			continue
		}
		a.check.Looked++
		if share := float64(s.Raw.Unique) / float64(s.Raw.Available); share < a.limits[minUnique] {
			a.find("few-values", about{code: s.Code, figure: share}, "%s has %s among %s (%s); one of them %s",
				s.Code, count(s.Raw.Unique, "different value"), count(s.Raw.Available, "figure"), part(share), count(s.Raw.Same, "time"))
		}
	}
}

// sizeBias correlates every score with every denominator: what others are
// divided by, and indicators outside of the framework.
func (a *auditor) sizeBias() {
	for _, by := range a.denominators() {
		d := a.pick(a.panel.Column(a.y, a.panel.Code(by)))
		for i, x := range a.scores {
			if a.code(i) == by {
				continue
			}
			pair := stat.Correlate([][]float64{x, d}, stat.ByPearson)
			r, p, n := pair.At(0, 1)
			if r != r {
				continue
			}
			a.check.Looked++
			a.out.Size = append(a.out.Size, SizeCorrelation{a.code(i), by, mizan.Number(r), mizan.Number(p), n})
			if math.Abs(r) > a.limits[sizeCorrelation] {
				a.find("size-bias", about{code: a.code(i), with: by, figure: r}, "%s correlates at %s with %s", a.code(i), figure(r), by)
			}
		}
	}
	if a.check.Looked == 0 {
		a.check.Note = "no indicator serves as a denominator, and none stands outside of the framework"
	}
}

// denominators are in the order in which indicators are declared.
func (a *auditor) denominators() []string {
	wanted := map[string]bool{}
	for _, d := range a.spec.Build.Denominate {
		wanted[d.By] = true
	}
	var list []string
	for _, ind := range a.spec.Indicators {
		_, inside := a.at[ind.Code]
		if (wanted[ind.Code] || !inside) && a.panel.Code(ind.Code) >= 0 {
			list = append(list, ind.Code)
		}
	}
	return list
}
