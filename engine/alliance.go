package engine

import (
	"mizan"
	"mizan/alliance"
	"mizan/build"
)

// Alliances makes ready to look at sets of units as one. The ties that rules of
// pooling name are read from the project, unless the options have some. Errors
// are mizan.Problems: those of alliance.New and of the files of ties, and a
// report that was read from a document, which does not hold the figures that
// are pooled.
func (r *Report) Alliances(o alliance.Options) (*alliance.Study, error) {
	if r.Spec == nil || r.Panel == nil || r.Result == nil {
		return nil, mizan.Problems{{
			ID: "not-a-build", Cause: "a report that was read from a document has no figures to pool",
			Remedy: "pool those of the project it was built from",
		}}
	}
	if o.Year != 0 {
		if err := r.HasYear(o.Year); err != nil {
			return nil, err
		}
	}
	if o.Ties == nil && r.poolsTies() {
		all, _, err := r.Ties()
		if err != nil {
			return nil, err
		}
		o.Ties = tieTables(all)
	}
	if o.Supply == nil {
		o.Supply = r.FindSupply
	}
	o.Hidden = r.derived()
	r = r.inside()
	return alliance.New(r.Spec, r.Panel, r.Result, o)
}

// poolsTies reports whether a rule of pooling names ties.
func (r *Report) poolsTies() bool {
	for _, i := range r.Spec.Indicators {
		if i.Pool.Joint+i.Pool.Internal != "" {
			return true
		}
	}
	return false
}

// Draws are the readings of the project of a year that its section
// `uncertainty` makes, for intervals of alliances; nil if it has no such
// section. Year 0 is the latest. Errors, as mizan.Problems, are those of the
// section.
func (r *Report) Draws(year int) (build.Draws, error) {
	if r.Spec == nil || r.Spec.Uncertainty == nil {
		return nil, nil
	}
	r = r.inside()
	s, u := *r.Spec, *r.Spec.Uncertainty
	if u.Year = year; year == 0 {
		u.Year = r.Years[len(r.Years)-1]
	}
	s.Uncertainty = &u
	of := Report{Spec: &s, Panel: r.Panel, Result: r.Result, files: r.files}
	m, err := of.Uncertain()
	if err != nil {
		return nil, err
	}
	return m, m.Check()
}

// allied is the standing of every alliance of the project in every year, year
// by year; nil if it has none, or if the ties that rules of pooling name cannot
// be read, which `mizan check` tells.
func allied(r *Report) []alliance.Brief {
	if len(r.Spec.Alliances) == 0 {
		return nil
	}
	var list []alliance.Brief
	for _, year := range r.Years {
		st, err := r.Alliances(alliance.Options{Year: year})
		if err != nil {
			return nil
		}
		list = append(list, st.Overview()...)
	}
	return list
}
