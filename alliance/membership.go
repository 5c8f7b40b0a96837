package alliance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// Now is the day on which memberships are as the project last tells of them.
const Now = "9999-12-31"

// Membership is one member of an alliance on a day.
type Membership struct {
	Unit   string    `json:"unit"`
	Status string    `json:"status"`
	From   spec.Date `json:"from,omitempty"`
	To     spec.Date `json:"to,omitempty"`
	Source string    `json:"source,omitempty"`
	Note   string    `json:"note,omitempty"`
	// Via is the included alliance by which the unit belongs; "" if by itself.
	Via string `json:"via,omitempty"`
	// Outside tells that the unit is none of the index's: it is not pooled.
	Outside bool `json:"outside,omitempty"`
}

// find gives an alliance of a project by its code; capitals do not count, nor
// do hyphens differ from underscores. Errors, as mizan.Problems: there is none.
func find(s *spec.Spec, code string) (*spec.Alliance, error) {
	fold := func(s string) string { return strings.ReplaceAll(strings.ToLower(s), "_", "-") }
	var codes []string
	for i := range s.Alliances {
		if a := &s.Alliances[i]; fold(a.Code) == fold(code) {
			return a, nil
		}
		codes = append(codes, s.Alliances[i].Code)
	}
	remedy := "the project has no alliances; name units with --members, or declare some under `alliances`"
	if near, ok := spec.Suggest(code, codes); ok {
		remedy = fmt.Sprintf("did you mean %q?", near)
	} else if len(codes) > 0 {
		remedy = "the alliances are " + strings.Join(codes, ", ")
	}
	return nil, mizan.Problems{{ID: "unknown-alliance", Cause: fmt.Sprintf("there is no alliance %q", code), Remedy: remedy}}
}

// Members lists the codes of the full members of an alliance on a day, given as
// 2009-12-31, by unit; those of included alliances too, and those that are none
// of the index's units.
func Members(s *spec.Spec, a *spec.Alliance, day string) []string {
	var codes []string
	for _, m := range memberships(s, a, day, nil) {
		if m.Status == spec.StatusMember {
			codes = append(codes, m.Unit)
		}
	}
	return codes
}

// Spans lists every membership of an alliance, whenever it held and of any
// status, in the order of the project. What belongs by an included alliance, at
// any depth, has the status member there and here the status of the inclusion,
// and belongs as long as both hold. Outside is what the project says.
func Spans(s *spec.Spec, a *spec.Alliance) []Membership {
	var list []Membership
	for _, m := range a.Members {
		if m.Unit != "" {
			list = append(list, Membership{
				Unit: m.Unit, Status: m.Status, From: m.From, To: m.To, Note: m.Note, Source: cmp.Or(m.Source, a.Source), Outside: m.Outside,
			})
			continue
		}
		included, err := find(s, m.Alliance)
		if err != nil {
			continue
		}
		for _, one := range Spans(s, included) {
			if m.From.First() > one.From.First() {
				one.From = m.From
			}
			if m.To.Last() < one.To.Last() {
				one.To = m.To
			}
			if one.Status == spec.StatusMember && one.From.First() <= one.To.Last() {
				one.Status, one.Via = m.Status, included.Code
				list = append(list, one)
			}
		}
	}
	return list
}

// memberships lists who belongs to an alliance on a day, of any status, by unit.
// A unit that belongs by itself and by an included alliance is listed once, as
// what it is by itself.
func memberships(s *spec.Spec, a *spec.Alliance, day string, units []string) []Membership {
	var list []Membership
	for _, m := range Spans(s, a) {
		if m.From.First() <= day && day <= m.To.Last() {
			_, known := slices.BinarySearch(units, m.Unit)
			m.Outside = m.Outside || !known
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b Membership) int {
		firm := func(m Membership) int { return slices.Index(spec.Statuses(), m.Status) }
		direct := func(m Membership) int { return len(m.Via) }
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(min(1, direct(a)), min(1, direct(b))), firm(a)-firm(b), cmp.Compare(a.Via, b.Via))
	})
	return slices.CompactFunc(list, func(a, b Membership) bool { return a.Unit == b.Unit })
}

// positions are the places of the members with one of some statuses among the
// units of the index, ascending.
func positions(list []Membership, statuses, units []string) []int {
	var at []int
	for _, m := range list {
		if u, known := slices.BinarySearch(units, m.Unit); known && !m.Outside && slices.Contains(statuses, m.Status) {
			at = append(at, u)
		}
	}
	return at
}
