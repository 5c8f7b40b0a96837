package spec

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"mizan"
)

// scenarios checks what can be known of scenarios without the figures: that
// every edit does one thing and says to what, that assumptions are there, used
// and possible, that links do not go round in a circle.
func (c *checker) scenarios() {
	seen := map[string]int{}
	for i := range c.spec.Scenarios {
		s := &scenarioCheck{checker: c, Scenario: &c.spec.Scenarios[i], index: i, used: map[string]bool{}}
		if first, twice := seen[s.ID]; twice && s.ID != "" {
			s.fault("duplicate-code", "id", "the scenario "+quote(s.ID)+" is given twice"+lineOf(c.elementPlace("scenarios", first)), "give one of them another id")
		} else {
			seen[s.ID] = i
		}
		s.all()
	}
}

// scenarioCheck looks at one scenario.
type scenarioCheck struct {
	*checker
	*Scenario
	index int
	used  map[string]bool // assumptions
	// unknown tells that an assumption is named that is not there, which may be
	// meant by one that is not used.
	unknown bool
}

// fault reports a problem at a path below the scenario, as far as it stands.
// Parts of lists are named by their positions.
func (s *scenarioCheck) fault(id, path, cause, remedy string) {
	n := follow(s.doc.root, []hop{keyHop("scenarios"), itemHop(s.index)})
	place, whole := n.at, "scenarios."+strconv.Itoa(s.index)
	for _, key := range splitPath(path) {
		at, err := strconv.Atoi(key)
		switch {
		case n.kind == list && err == nil && at < len(n.items):
			n = n.items[at]
			place = n.at
		case n.kind == mapping && n.find(key) >= 0:
			e := n.entries[n.find(key)]
			n, place = e.value, e.at
		default:
			s.report(id, whole, place, cause, remedy)
			return
		}
		whole += "." + key
	}
	s.report(id, whole, place, cause, remedy)
}

// stands reports whether the scenario has a path.
func (s *scenarioCheck) stands(path string) bool {
	n := follow(s.doc.root, []hop{keyHop("scenarios"), itemHop(s.index)})
	for _, key := range splitPath(path) {
		at, err := strconv.Atoi(key)
		switch {
		case n.kind == list && err == nil && at < len(n.items):
			n = n.items[at]
		case n.kind == mapping && n.find(key) >= 0:
			n = n.get(key)
		default:
			return false
		}
	}
	return true
}

func (s *scenarioCheck) all() {
	var ids, edits []string
	for _, a := range s.Assumptions {
		ids = append(ids, a.ID)
	}
	s.twice(ids, "assumptions", "the assumption")
	for i := range s.Edits {
		edits = append(edits, s.EditID(i))
		s.edit(i)
	}
	s.twice(edits, "edits", "the edit")
	for i := range s.Links {
		s.link(i)
	}
	s.circle()
	for i, a := range s.Assumptions {
		if a.ID != "" && !s.used[a.ID] && !s.unknown && a.Distribution.Kind != "" {
			s.fault("unused-assumption", fmt.Sprintf("assumptions.%d.id", i), "no edit and no link uses the assumption "+quote(a.ID), "name it in an edit or a link, or remove it")
		}
	}
}

func (s *scenarioCheck) twice(ids []string, list, what string) {
	for i, id := range ids {
		if id != "" && slices.Index(ids, id) < i {
			s.fault("duplicate-code", fmt.Sprintf("%s.%d", list, i), what+" "+quote(id)+" is given twice", "give one of them another id")
		}
	}
}

// groupsOfKeys are the keys that make an edit of a kind.
var groupsOfKeys = []struct {
	kind string
	keys []string
}{
	{EditProject, []string{"set", "remove"}},
	{EditMembership, []string{"join", "leave", "unite"}},
	{EditLoss, []string{"supply", "ties", "dependence"}},
	{EditFigures, []string{"op", "value"}},
}

// edit checks one edit.
func (s *scenarioCheck) edit(i int) {
	e := &s.Edits[i]
	path := fmt.Sprintf("edits.%d", i)
	var given []string
	kinds := map[string]bool{}
	for _, g := range groupsOfKeys {
		for _, key := range g.keys {
			if s.stands(path + "." + key) {
				given = append(given, key)
				kinds[g.kind] = true
			}
		}
	}
	node := follow(s.doc.root, []hop{keyHop("scenarios"), itemHop(s.index), keyHop("edits"), itemHop(i)})
	switch {
	case node.kind != mapping:
		return
	case len(given) == 0:
		s.fault("bad-edit", path, "the edit does not say what changes",
			"write {indicators: …, units: …, op: scale, value: …}, {set: PATH, to: VALUE}, {join: ALLIANCE, units: …}, {unite: ALLIANCE} or {supply: TABLE, …}")
		return
	case len(kinds) > 1:
		s.fault("bad-edit", path+"."+given[1], "the edit does several things ("+strings.Join(given, ", ")+")", "make several edits of it")
		return
	}
	switch e.Kind() {
	case EditMembership:
		s.membership(e, path, given)
	case EditFigures:
		s.whose(e, path)
		if !s.stands(path + ".op") {
			s.fault("missing-key", path, "the edit does not say whether its value is set, scales the figures or is added", "add `op: set`, `op: scale` or `op: add`")
		}
		if !s.stands(path + ".value") {
			s.fault("missing-key", path, "the edit has no value", "add `value:`, a number or the id of an assumption")
		}
	case EditLoss:
		s.whose(e, path)
		s.loss(e, path, given)
	}
	list, keys := e.Quantities()
	for k, q := range list {
		s.quantity(q, path+"."+keys[k], keys[k])
	}
}

// membership checks an edit of who belongs to an alliance.
func (s *scenarioCheck) membership(e *ScenarioEdit, path string, given []string) {
	if len(given) > 1 {
		s.fault("bad-edit", path+"."+given[1], "the edit does several things ("+strings.Join(given, ", ")+")", "make several edits of it")
		return
	}
	s.alliance(e.Join+e.Leave+e.Unite, path+"."+given[0])
	switch {
	case e.Unite == "" && len(e.Units) == 0:
		s.fault("missing-key", path, "the edit does not say who comes or goes", "add `units:`")
	case e.Unite != "" && len(e.Units)+len(e.Indicators)+len(e.Nodes) > 0:
		s.fault("bad-edit", path, "an alliance acts as one with all its members and all their figures", "take `units`, `indicators` and `nodes` away, or let units `join` and `leave` before")
	}
}

func (s *scenarioCheck) alliance(code, path string) {
	var codes []string
	for _, a := range s.spec.Alliances {
		codes = append(codes, a.Code)
	}
	if code != "" && !slices.Contains(codes, code) {
		s.fault("unknown-alliance", path, "there is no alliance "+quote(code), s.hint(code, codes, "declare it under `alliances`"))
	}
}

// whose checks of what and of whom the figures are.
func (s *scenarioCheck) whose(e *ScenarioEdit, path string) {
	if len(e.Indicators)+len(e.Nodes) == 0 {
		s.fault("missing-key", path, "the edit does not say which figures change", "add `indicators:` or `nodes:`")
	}
	for k, code := range e.Indicators {
		if !s.known[code] {
			s.fault("unknown-indicator", s.element(path+".indicators", k), "there is no indicator "+quote(code), s.nearest(code))
		}
	}
	aggregates := aggregatesOf(&s.spec.Framework, nil)
	for k, code := range e.Nodes {
		if !slices.Contains(aggregates, code) {
			s.fault("unknown-code", s.element(path+".nodes", k), "there is no aggregate "+quote(code), s.hint(code, aggregates, "name an aggregate of the framework"))
		}
	}
	switch {
	case len(e.Units) > 0 && e.Alliance != "":
		s.fault("bad-edit", path+".alliance", "the edit names both units and an alliance", "make two edits of it")
	case len(e.Units) == 0 && e.Alliance == "":
		s.fault("missing-key", path, "the edit does not say whose figures change", "add `units:` or `alliance:`")
	}
	s.alliance(e.Alliance, path+".alliance")
	built := s.spec.Period.Years()
	for k, y := range e.Years {
		if y != 0 && len(built) > 0 && !slices.Contains(built, y) {
			s.fault("bad-year", s.element(path+".years", k), strconv.Itoa(y)+" is not a year that is built", "give a year of `period`")
		}
	}
}

// element is the path of an entry of a list that may stand as one word.
func (s *scenarioCheck) element(path string, k int) string {
	if s.stands(path + "." + strconv.Itoa(k)) {
		return path + "." + strconv.Itoa(k)
	}
	return path
}

func aggregatesOf(n *Node, list []string) []string {
	if len(n.Children) == 0 {
		return list
	}
	list = append(list, n.Code)
	for i := range n.Children {
		list = aggregatesOf(&n.Children[i], list)
	}
	return list
}

// loss checks an edit of what is no longer given.
func (s *scenarioCheck) loss(e *ScenarioEdit, path string, given []string) {
	var supplies, ties []string
	for _, t := range s.spec.Supply {
		supplies = append(supplies, t.Code)
	}
	for _, t := range s.spec.Ties {
		ties = append(ties, t.Code)
	}
	switch {
	case len(given) > 1:
		s.fault("bad-edit", path+"."+given[1], "the dependence is given twice, by "+strings.Join(given, " and "), "keep one of them")
	case e.Supply != "" && !slices.Contains(supplies, e.Supply):
		s.fault("unknown-supply", path+".supply", "there is no table of supply "+quote(e.Supply), s.hint(e.Supply, supplies, "declare it under `supply`"))
	case e.Supply != "" && s.spec.Supply[slices.Index(supplies, e.Supply)].Kind == SupplyProvision:
		s.fault("bad-edit", path+".supply", "the table "+quote(e.Supply)+" tells who provides, and not from whom anybody has it", "name a table of use, or give `dependence`")
	case e.Supply != "" && len(e.Suppliers)+len(e.Homes) == 0:
		s.fault("missing-key", path, "the edit does not say who no longer delivers", "add `suppliers:` or `homes:`")
	case e.Ties != "" && !slices.Contains(ties, e.Ties):
		s.fault("unknown-ties", path+".ties", "there are no ties "+quote(e.Ties), s.hint(e.Ties, ties, "declare them under `ties`"))
	case e.Ties != "" && s.spec.Ties[slices.Index(ties, e.Ties)].Totals == "":
		s.fault("bad-edit", path+".ties", "the ties "+quote(e.Ties)+" have no `totals`, so that shares cannot be told", "add `totals:` to them, or give `dependence`")
	case e.Ties != "" && len(e.With) == 0 && e.Partners == "":
		s.fault("missing-key", path, "the edit does not say with whom joint work ends", "add `with:` or `partners:`")
	}
	s.alliance(e.Partners, path+".partners")
}

// quantity checks a number or the assumption that gives it.
func (s *scenarioCheck) quantity(q Quantity, path, key string) {
	low, high, what := q.Number, q.Number, show(q.Number)
	if q.Assumption != "" {
		a := s.Assumed(q.Assumption)
		if a == nil {
			s.unknown = true
			var ids []string
			for _, a := range s.Assumptions {
				ids = append(ids, a.ID)
			}
			s.fault("unknown-assumption", path, "there is no assumption "+quote(q.Assumption), s.hint(q.Assumption, ids, "declare it under `assumptions` of the scenario, or give a number"))
			return
		}
		s.used[a.ID] = true
		low, high = a.Distribution.Support()
		what = quote(a.ID) + ", which goes from " + show(low) + " to " + show(high)
		if math.IsInf(low, 0) {
			what = quote(a.ID) + ", which has no bounds"
		}
		if a.Distribution.Kind == "" {
			return // it was not understood, which is told
		}
	}
	switch {
	case key == "value":
	case key == "elasticity" && low < 0:
		s.fault("negative-elasticity", path, "the elasticity is "+what, elasticityRemedy(path))
	case key != "elasticity" && (low < 0 || high > 1):
		s.fault("out-of-range", path, "the share is "+what, "give a share from 0 to 1; bound a normal distribution by `within: [0, 1]`")
	}
}

func elasticityRemedy(path string) string {
	if strings.HasPrefix(path, "links") {
		return "give one of at least 0, and `inverse: true` where more of one makes less of the other"
	}
	return "give one of at least 0"
}

// link checks one link.
func (s *scenarioCheck) link(i int) {
	l := &s.Links[i]
	path := fmt.Sprintf("links.%d", i)
	for _, end := range []struct{ key, code string }{{"from", l.From}, {"to", l.To}} {
		if end.code != "" && !s.known[end.code] {
			s.fault("unknown-indicator", path+"."+end.key, "there is no indicator "+quote(end.code), s.nearest(end.code))
		}
	}
	if years := s.spec.Period.Years(); l.Lag > 0 && l.Lag >= len(years) && len(years) > 0 {
		s.fault("bad-lag", path+".lag", fmt.Sprintf("the lag is %s, and the years from %d to %d are built", yearsOf(l.Lag), years[0], years[len(years)-1]),
			"shorten the lag, or build more years")
	}
	s.quantity(l.Elasticity, path+".elasticity", "elasticity")
}

func yearsOf(n int) string {
	if n == 1 {
		return "1 year"
	}
	return strconv.Itoa(n) + " years"
}

// circle reports links that lead back to where they began.
func (s *scenarioCheck) circle() {
	done := map[string]bool{}
	var visit func(code string, way []string, at int)
	visit = func(code string, way []string, at int) {
		if i := slices.Index(way, code); i >= 0 {
			s.fault("circular-links", fmt.Sprintf("links.%d", at), "the links go round in a circle ("+strings.Join(append(slices.Clone(way[i:]), code), " > ")+")",
				"take one of them away")
			return
		}
		if done[code] {
			return
		}
		for k, l := range s.Links {
			if l.From == code && l.To != "" {
				visit(l.To, append(slices.Clone(way), code), k)
			}
		}
		done[code] = true
	}
	for k, l := range s.Links {
		if l.From != "" {
			visit(l.From, nil, k)
		}
	}
}

// checkScenarios applies the edits of the project that scenarios make.
func checkScenarios(s *Spec) mizan.Problems {
	var out mizan.Problems
	for i := range s.Scenarios {
		var edits []Edit
		for _, e := range s.Scenarios[i].Edits {
			if e.Kind() == EditProject {
				edits = append(edits, e.Edit)
			}
		}
		if len(edits) == 0 {
			continue
		}
		_, err := s.Apply(edits...)
		var ps mizan.Problems
		if errors.As(err, &ps) {
			for _, p := range ps {
				p.Cause = "scenario " + quote(s.Scenarios[i].ID) + ": " + p.Cause
				out = append(out, p)
			}
		}
	}
	return out
}
