package network

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"mizan"
)

// SupplyOptions are what a user may choose.
type SupplyOptions struct {
	Year int // 0 = the latest of the table
	// Trust is how far suppliers at home with another member are trusted, from
	// 0 (as little as strangers) to 1 (as much as one's own).
	Trust float64
	// Choke is the share from which one unit holds a good; 0 = DefaultChoke.
	Choke float64
	// Limits are those above which the EU's indicators of dependence tell of
	// one; 0 = DefaultLimits.
	Limits [3]float64
}

// DefaultLimits are the limits of CDI1, CDI2 and CDI3.
//
// Source: European Commission (2021), Strategic dependencies and capacities,
// SWD(2021) 352.
var DefaultLimits = [3]float64{0.4, 0.5, 1}

const (
	// DefaultChoke is the share from which one unit alone holds a good.
	DefaultChoke = 0.5
	// mostOf is the part of the whole that the fewest suppliers together reach.
	mostOf = 0.75
)

// SupplyResult is what is known of a table of supply in one year.
type SupplyResult struct {
	Table    SupplyTable     `json:"table"`
	Year     int             `json:"year"`
	Trust    float64         `json:"trust"`
	Limits   [3]float64      `json:"limits"`          // of CDI1, CDI2 and CDI3
	World    *Dependence     `json:"world,omitempty"` // of use: all units together
	Units    []Dependence    `json:"units,omitempty"` // of use: by quantity, the largest first
	Groups   []Dependence    `json:"groups,omitempty"`
	Chain    *ChainResult    `json:"chain,omitempty"` // of provision
	Findings []mizan.Finding `json:"findings"`
}

// SupplyTable says what the table is.
type SupplyTable struct {
	Code          string     `json:"code"`
	Name          mizan.Text `json:"name,omitempty"`
	Description   mizan.Text `json:"description,omitempty"`
	Measure       string     `json:"measure,omitempty"`
	Provision     bool       `json:"provision"`
	Sample        string     `json:"sample,omitempty"`
	NonCommercial bool       `json:"non_commercial"`
	Origin        string     `json:"origin,omitempty"`
	Note          string     `json:"note,omitempty"`
	Years         []int      `json:"years"`
	Exports       bool       `json:"exports"` // it tells what units export in the year
}

// Dependence is on whom a unit, or several together, depend for what they have.
// Shares and indices are of what is known, unless they say otherwise; all are
// NaN where nothing is.
type Dependence struct {
	Code    string     `json:"code"`
	Name    mizan.Text `json:"name,omitempty"`
	Members []string   `json:"members,omitempty"` // of a group
	Absent  []string   `json:"absent,omitempty"`  // members of a group that have nothing here
	// Quantity is what they have of suppliers that are known or not; Unknown
	// the share of it whose supplier is not known; Without what they have of
	// none.
	Quantity  float64         `json:"quantity"`
	Unknown   mizan.Number    `json:"unknown"`
	Without   float64         `json:"without"`
	Suppliers []SupplierShare `json:"suppliers"` // the largest first
	Homes     []HomeShare     `json:"homes"`
	// HHI is the Herfindahl-Hirschman index over suppliers, from 1/n to 1;
	// HHILow and HHIHigh are what it may be by what is not known.
	HHI     mizan.Number `json:"hhi"`
	HHILow  mizan.Number `json:"hhi_low"`
	HHIHigh mizan.Number `json:"hhi_high"`
	// HHIHomes is the index over the homes of the suppliers.
	HHIHomes mizan.Number `json:"hhi_homes"`
	// To75 is how many suppliers reach 75 %.
	To75 int `json:"to_75"`
	// CDI1 is the concentration of external suppliers, by home; CDI2 the
	// external share; CDI3 what external suppliers supply over what is exported:
	// the core dependency indicators of the European Commission (2021), Strategic
	// dependencies and capacities, SWD(2021) 352, with what is in use in place of
	// imports. Exports are those of all who have something here; CDI3 is NaN
	// where those of one are not known, and where there are none.
	CDI1    mizan.Number `json:"cdi1"`
	CDI2    mizan.Number `json:"cdi2"`
	CDI3    mizan.Number `json:"cdi3"`
	Exports mizan.Number `json:"exports"`
	// Above are the indicators above their limits: cdi1, cdi2, cdi3, which is
	// above where something is supplied from outside and nothing exported. The
	// EU calls dependent what is above all three.
	Above []string `json:"above"`
	// Inside and Outside are the parts of HHI of suppliers at home among the
	// members and elsewhere; Distrusted is HHI weighed by distrust.
	Inside     mizan.Number `json:"inside"`
	Outside    mizan.Number `json:"outside"`
	Distrusted mizan.Number `json:"distrusted"`
}

// SupplierShare is what one supplier supplies.
type SupplierShare struct {
	Supplier string  `json:"supplier"`
	Name     string  `json:"name,omitempty"`
	Home     string  `json:"home,omitempty"`
	External bool    `json:"external"`
	Quantity float64 `json:"quantity"`
	Share    float64 `json:"share"`
}

// HomeShare is what suppliers of one home supply; "" is a home nobody states.
type HomeShare struct {
	Home  string  `json:"home"`
	Share float64 `json:"share"`
}

// HHI is the Herfindahl-Hirschman index of quantities:
//
//	sum over k of (q_k / Q)^2, Q = sum over k of q_k
//
// from 1/n, all equal, to 1, one has all. NaN where all are 0.
//
// Source: Hirschman (1964), The paternity of an index.
func HHI(quantities []float64) float64 {
	total := 0.0
	for _, q := range quantities {
		total += q
	}
	sum := 0.0
	for _, q := range quantities {
		sum += float64(q / total * (q / total))
	}
	if total == 0 {
		return math.NaN()
	}
	return sum
}

// HHIBounds are what the index may be where a quantity's owners are not known:
// the least if it is spread over very many, the most if it belongs to the
// largest.
func HHIBounds(quantities []float64, unknown float64) (low, high float64) {
	if unknown <= 0 {
		h := HHI(quantities)
		return h, h
	}
	if len(quantities) == 0 {
		return 0, 1
	}
	total, largest := unknown, 0
	for k, q := range quantities {
		total += q
		if q > quantities[largest] {
			largest = k
		}
	}
	for k, q := range quantities {
		low += float64(q / total * (q / total))
		if k == largest {
			q += unknown
		}
		high += float64(q / total * (q / total))
	}
	return low, high
}

// Distrusted is the index in which every share counts as far as its owner is
// not trusted:
//
//	sum over k of (s_k (1 - trust_k))^2
//
// with trusts from 0 to 1: with all trusts 0 it is HHI, with all 1 it is 0.
func Distrusted(shares, trusts []float64) float64 {
	sum := 0.0
	for k, s := range shares {
		v := s * (1 - trusts[k])
		sum += float64(v * v)
	}
	return sum
}

// FewestTo is how many of the largest quantities reach a part of the whole, 0
// where all are 0.
func FewestTo(part float64, quantities []float64) int {
	sorted := slices.Clone(quantities)
	slices.SortFunc(sorted, func(a, b float64) int { return cmp.Compare(b, a) })
	total := 0.0
	for _, q := range sorted {
		total += q
	}
	if total == 0 {
		return 0
	}
	sum := 0.0
	for k, q := range sorted {
		// 3 of 4 reach 75 %, rounding or not.
		if sum += q; sum >= part*total*(1-1e-12) {
			return k + 1
		}
	}
	return len(sorted)
}

// RunSupply looks at a table of supply. groups are alliances with their members
// in the year. Errors are mizan.Problems: a year that the table does not have,
// and options out of range.
func RunSupply(t *mizan.Supply, groups func(year int) []Group, o SupplyOptions) (*SupplyResult, error) {
	if o.Choke == 0 {
		o.Choke = DefaultChoke
	}
	if o.Year == 0 && len(t.Years) > 0 {
		o.Year = t.Years[len(t.Years)-1]
	}
	if o.Limits == [3]float64{} {
		o.Limits = DefaultLimits
	}
	var problems mizan.Problems
	// Provision is told as it last was; use only of a year that the table has.
	known := slices.Contains(t.Years, o.Year) || t.Provision && len(t.Years) > 0 && o.Year >= t.Years[0]
	if !known {
		problems = append(problems, &mizan.Problem{ID: "unknown-year", Cause: fmt.Sprintf("the table %s has no year %d", t.Code, o.Year), Remedy: yearsOf(t.Years)})
	}
	if !(o.Trust >= 0 && o.Trust <= 1) {
		problems = append(problems, &mizan.Problem{ID: "bad-trust", Cause: fmt.Sprintf("a trust of %v is out of range", o.Trust), Remedy: "give 0 (as little as strangers) to 1 (as much as one's own)"})
	}
	for _, limit := range o.Limits {
		if !(limit >= 0) || math.IsInf(limit, 0) {
			problems = append(problems, &mizan.Problem{ID: "bad-limit", Cause: fmt.Sprintf("a limit of %v is out of range", limit), Remedy: "give a number of 0 or more"})
		}
	}
	if !(o.Choke > 0 && o.Choke <= 1) {
		problems = append(problems, &mizan.Problem{ID: "bad-choke", Cause: fmt.Sprintf("a choke point of %v is out of range", o.Choke), Remedy: "give a share above 0 and up to 1"})
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	r := &SupplyResult{
		Table: SupplyTable{
			Code: t.Code, Name: t.Name, Description: t.Description, Measure: t.Measure, Provision: t.Provision,
			Sample: t.Sample, NonCommercial: t.NonCommercial, Origin: t.Origin, Note: t.Note, Years: t.Years,
		},
		Year: o.Year, Trust: o.Trust, Limits: o.Limits, Findings: []mizan.Finding{},
	}
	var sets []Group
	if groups != nil {
		sets = groups(o.Year)
	}
	if t.Provision {
		r.Chain = chainResult(NewChain(t, o.Year), sets, o.Choke)
	} else {
		r.use(t, sets)
	}
	r.remarks()
	return r, nil
}

// remarks says what must stand beside every figure.
func (r *SupplyResult) remarks() {
	add := func(id string, s mizan.Severity, said mizan.Said) {
		r.Findings = append(r.Findings, mizan.Finding{ID: id, Severity: s, Code: r.Table.Code, Year: r.Year}.With(said))
	}
	if r.Table.NonCommercial {
		add("non-commercial", mizan.Warn, sayCommerce.Say("table", r.Table.Code))
	}
	if r.Table.Sample != "" {
		add("sample", mizan.Warn, saySample.Say("what", r.Table.Sample))
	}
	if r.World != nil && float64(r.World.Unknown) > 0.01 {
		add("unknown-suppliers", mizan.Warn, sayUnknown.Say("share", fmt.Sprintf("%.0f", 100*float64(r.World.Unknown))))
	}
}

// use looks at a table of use.
func (r *SupplyResult) use(t *mizan.Supply, groups []Group) {
	use := NewUse(t, r.Year)
	r.Table.Exports = use.exports != nil
	everyone, _ := use.sum(t.Units)
	world := r.dependence(t, everyone, nil, nil)
	r.World = &world
	r.Units, r.Groups = []Dependence{}, []Dependence{}
	for u, q := range use.quantities {
		if q != nil {
			d := r.dependence(t, q, t.Units[u:u+1], use)
			d.Code = t.Units[u]
			r.Units = append(r.Units, d)
		}
	}
	slices.SortStableFunc(r.Units, func(a, b Dependence) int {
		return cmp.Or(cmp.Compare(b.Quantity, a.Quantity), cmp.Compare(a.Code, b.Code))
	})
	for _, g := range groups {
		members := slices.Compact(slices.Sorted(slices.Values(g.Members)))
		q, absent := use.sum(members)
		d := r.dependence(t, q, members, use)
		d.Code, d.Name, d.Members, d.Absent = g.Code, g.Name, members, absent
		r.Groups = append(r.Groups, d)
	}
}

// dependence is that of who is at home in some units; of all the world nothing
// is external. A single unit trusts only itself. use tells what they export.
func (r *SupplyResult) dependence(t *mizan.Supply, quantities []float64, homes []string, use *Use) Dependence {
	d := Dependence{Suppliers: []SupplierShare{}, Homes: []HomeShare{}, Above: []string{}}
	unknown := 0.0
	var known, shares, trusts []float64
	byHome := map[string]float64{}
	for k, q := range quantities {
		s := &t.Suppliers[k]
		switch {
		case s.Nobody:
			d.Without += q
		case s.Unknown:
			unknown += q
		case q > 0:
			external := homes != nil && !slices.Contains(homes, s.Home)
			d.Suppliers = append(d.Suppliers, SupplierShare{Supplier: s.Code, Name: s.Name, Home: s.Home, External: external, Quantity: q})
		}
	}
	slices.SortStableFunc(d.Suppliers, func(a, b SupplierShare) int { return cmp.Compare(b.Quantity, a.Quantity) })
	total := 0.0
	for _, s := range d.Suppliers {
		total += s.Quantity
	}
	d.Quantity, d.Unknown = total+unknown, mizan.Number(ratio(unknown, total+unknown))
	inside, outside, external := 0.0, 0.0, 0.0
	for k := range d.Suppliers {
		s := &d.Suppliers[k]
		s.Share = s.Quantity / total
		known, shares = append(known, s.Quantity), append(shares, s.Share)
		byHome[s.Home] += s.Share
		square := float64(s.Share * s.Share)
		switch {
		case s.External:
			outside += square
			external += s.Share
			trusts = append(trusts, 0)
		case len(homes) == 1:
			inside += square
			trusts = append(trusts, 1)
		default:
			inside += square
			trusts = append(trusts, r.Trust)
		}
	}
	low, high := HHIBounds(known, unknown)
	d.HHI, d.HHILow, d.HHIHigh = mizan.Number(HHI(known)), mizan.Number(low), mizan.Number(high)
	d.To75 = FewestTo(mostOf, known)
	var foreign []float64
	for _, home := range sortedByShare(byHome) {
		d.Homes = append(d.Homes, HomeShare{home, byHome[home]})
		if homes != nil && !slices.Contains(homes, home) {
			foreign = append(foreign, byHome[home])
		}
	}
	var homeShares []float64
	for _, h := range d.Homes {
		homeShares = append(homeShares, h.Share)
	}
	d.HHIHomes = mizan.Number(HHI(homeShares))
	nan := mizan.Number(math.NaN())
	d.CDI1, d.CDI2, d.CDI3, d.Exports, d.Inside, d.Outside, d.Distrusted = nan, nan, nan, nan, nan, nan, nan
	if homes != nil && total > 0 {
		d.CDI1, d.CDI2 = mizan.Number(HHI(foreign)), mizan.Number(external)
		d.Exports = mizan.Number(use.exported(homes))
		r.limit(&d, external*total)
		d.Inside, d.Outside, d.Distrusted = mizan.Number(inside), mizan.Number(outside), mizan.Number(Distrusted(shares, trusts))
	}
	return d
}

// limit sets what is supplied from outside against exports, and tells which
// indicators are above their limits.
func (r *SupplyResult) limit(d *Dependence, external float64) {
	exports := float64(d.Exports)
	if exports > 0 {
		d.CDI3 = mizan.Number(external / exports)
	}
	for i, above := range []bool{float64(d.CDI1) > r.Limits[0], float64(d.CDI2) > r.Limits[1], external > r.Limits[2]*exports} {
		if above {
			d.Above = append(d.Above, fmt.Sprintf("cdi%d", i+1))
		}
	}
}

// sortedByShare are the keys by value, the largest first, then by name.
func sortedByShare(m map[string]float64) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b)) })
	return keys
}
