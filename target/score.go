package target

import (
	"fmt"
	"math"
	"slices"

	"mizan"
)

const bins = 10

// tally adds up what was stated and what was reached.
type tally struct {
	n, reached     int
	stated, square float64
}

func (a *tally) add(p float64, reached bool) {
	a.n++
	a.stated += p
	o := 0.0
	if reached {
		a.reached++
		o = 1
	}
	a.square += float64((p - o) * (p - o))
}

func (a *tally) mean(sum float64) mizan.Number {
	if a.n == 0 {
		return mizan.Number(math.NaN())
	}
	return mizan.Number(sum / float64(a.n))
}

func (a *tally) share() mizan.Number  { return a.mean(float64(a.reached)) }
func (a *tally) brier() mizan.Number  { return a.mean(a.square) }
func (a *tally) meanOf() mizan.Number { return a.mean(a.stated) }

// score works out all tables of a back-test from its replays.
//
//	Brier       = mean (p - o)^2                       Brier (1950)
//	reliability = sum n_k (mean p_k - share_k)^2 / n   over bins k, Murphy (1973)
//	resolution  = sum n_k (share_k - share)^2 / n
//	uncertainty = share (1 - share)
func (b *Backtest) score(list []Method, used []Model) {
	var all tally
	byBin := make([]tally, bins)
	byStep := make([]tally, len(steps))
	inside50, inside90 := 0, 0
	for _, r := range b.Replays {
		p := float64(r.Probability)
		all.add(p, r.Reached)
		byBin[min(int(p*bins), bins-1)].add(p, r.Reached)
		byStep[slices.Index(steps, r.Step)].add(p, r.Reached)
		inside50 += count(r.inside50)
		inside90 += count(r.inside90)
	}
	n := float64(all.n)
	b.Targets, b.Reached = all.n, all.reached
	b.Brier = all.brier()
	b.Inside50, b.Inside90 = all.mean(float64(inside50)), all.mean(float64(inside90))
	share := float64(all.share())
	b.Uncertainty = mizan.Number(share * (1 - share))
	for k := range byBin {
		t := &byBin[k]
		b.Bins = append(b.Bins, Bin{From: float64(k) / bins, To: float64(k+1) / bins, Targets: t.n, Stated: t.meanOf(), Reached: t.share()})
		if t.n > 0 {
			b.Reliability += mizan.Number(float64(t.n) * math.Pow(float64(t.meanOf()-t.share()), 2) / n)
			b.Resolution += mizan.Number(float64(t.n) * math.Pow(float64(t.share())-share, 2) / n)
		}
	}
	for k := range byStep {
		t := &byStep[k]
		b.Steps = append(b.Steps, StepScore{Step: steps[k], Targets: t.n, Stated: t.meanOf(), Reached: t.share()})
		b.Base += mizan.Number(float64(t.n) * float64(t.share()) * (1 - float64(t.share())) / n)
	}
	b.Skill = 1 - b.Brier/b.Base
	b.scoreModels(used)
	b.scoreMethods(list)
	b.scoreIndicators()
	if short := 100 * float64(b.Inside90); short < 85 {
		b.Findings = append(b.Findings, mizan.Finding{
			ID: "paths-too-narrow", Severity: mizan.Warn,
		}.With(sayNarrow.Say("share", fmt.Sprintf("%.0f", short))))
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// scoreModels scores each model alone, on the series that it fits.
func (b *Backtest) scoreModels(used []Model) {
	for _, m := range used {
		var t tally
		for _, r := range b.Replays {
			if p, ok := r.models[m.Name]; ok {
				t.add(p, r.Reached)
			}
		}
		b.Models = append(b.Models, ModelScore{Model: m.Name, Targets: t.n, Brier: t.brier()})
	}
}

// scoreMethods counts what became of each grade of each method.
func (b *Backtest) scoreMethods(list []Method) {
	for i, m := range list {
		for _, grade := range []Grade{Met, OnTrack, Behind, Away} {
			var t tally
			for _, r := range b.Replays {
				if len(r.grades) > 0 && r.grades[i] == grade {
					t.add(0, r.Reached)
				}
			}
			if t.n > 0 {
				b.Verdicts = append(b.Verdicts, MethodScore{Method: m.Name, Grade: grade, Targets: t.n, Reached: t.share()})
			}
		}
	}
}

// scoreIndicators scores the series of each indicator, in the order of the
// project.
func (b *Backtest) scoreIndicators() {
	for i := 0; i < len(b.Replays); {
		s := SeriesScore{Indicator: b.Replays[i].Indicator}
		var t tally
		inside := 0
		units := map[string]bool{}
		for ; i < len(b.Replays) && b.Replays[i].Indicator == s.Indicator; i++ {
			r := b.Replays[i]
			t.add(float64(r.Probability), r.Reached)
			inside += count(r.inside90)
			units[r.Unit] = true
		}
		s.Series, s.Targets, s.Brier, s.Inside90 = len(units), t.n, t.brier(), t.mean(float64(inside))
		b.Indicators = append(b.Indicators, s)
	}
}
