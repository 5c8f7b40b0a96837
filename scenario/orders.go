package scenario

import (
	"math"
	"slices"

	"mizan"
	"mizan/spec"
)

// orders finds the pairs of edits that lead elsewhere when they change places,
// by making them in both orders, alone. Edits of the project file are made
// before all others, whatever their place.
func (c *compiled) orders(o *Outcome) {
	for i := range c.Edits {
		for k := i + 1; k < len(c.Edits); k++ {
			if (c.Edits[i].Kind() == spec.EditProject) != (c.Edits[k].Kind() == spec.EditProject) {
				continue
			}
			says, err := c.differ(i, k)
			if err != nil || says.Text == "" {
				continue // an order that cannot be made is told where it is made
			}
			o.Orders = append(o.Orders, Order{First: c.EditID(i), Second: c.EditID(k), Says: says.Text})
			o.Findings = append(o.Findings, mizan.Finding{
				ID: "order-matters", Severity: mizan.Warn,
			}.With(sayOrder.Say("first", c.EditID(i), "second", c.EditID(k), "what", says)))
		}
	}
}

// nearly is the relative difference up to which two figures are the same.
const nearly = 1e-12

// differ says how two edits differ by their order; nothing if they do not.
func (c *compiled) differ(i, k int) (mizan.Said, error) {
	var none mizan.Said
	if c.Edits[i].Kind() == spec.EditProject {
		one, err := c.st.o.Baseline.Spec.Apply(c.Edits[i].Edit, c.Edits[k].Edit)
		if err != nil {
			return none, err
		}
		other, err := c.st.o.Baseline.Spec.Apply(c.Edits[k].Edit, c.Edits[i].Edit)
		if err != nil {
			return none, err
		}
		if string(one.Canonical()) == string(other.Canonical()) {
			return none, nil
		}
		return sayOtherFile.Say(), nil
	}
	s, a, err := c.world([]int{i, k})
	if err != nil {
		return none, err
	}
	_, b, err := c.world([]int{k, i})
	if err != nil {
		return none, err
	}
	panel := s.Result.Panel()
	x, y := a.apply(panel, c.middle, false), b.apply(panel, c.middle, false)
	for at, v := range x.Values {
		w := y.Values[at]
		if v != w && (v == v || w == w) && !(math.Abs(v-w) <= nearly*max(math.Abs(v), math.Abs(w))) {
			return sayOtherCell.Say("cell", a.cell(at), "value", figure(v), "other", figure(w)), nil
		}
	}
	for g := range a.told {
		h := slices.IndexFunc(b.told, func(t group) bool { return t.code == a.told[g].code })
		if h < 0 || !slices.Equal(a.told[g].members, b.told[h].members) {
			return sayOtherWho.Say("alliance", a.told[g].code), nil
		}
	}
	return none, nil
}
