package spec

import (
	"fmt"
	"slices"
	"strings"

	"mizan"
)

// TryEdit reads an edit of a scenario from a command line, and gives the edit of
// the project that adds it to one of its scenarios, or to a new one of that ID.
// These forms are read:
//
//	CODE.UNIT=3      set the figures of an indicator, for a unit or an alliance
//	CODE.UNIT*=0.5   scale them; CODE may be an aggregate, for all below it
//	CODE.UNIT+=10    add to them
//	PATH=VALUE       an edit of the project file
//	{unite: brics}   any edit, as a scenario in a project file has it
//
// Errors are mizan.Problems.
func (s *Spec) TryEdit(scenario, text string) (Edit, error) {
	at := mizan.Place{File: "--edit " + visible(text)}
	value, err := s.readTry(at, strings.TrimSpace(text))
	if err != nil {
		return Edit{}, err
	}
	i := slices.IndexFunc(s.Scenarios, func(x Scenario) bool { return x.ID == scenario })
	e := Edit{Set: fmt.Sprintf("scenarios.%d", len(s.Scenarios)), at: at}
	if i >= 0 {
		e.Set = fmt.Sprintf("scenarios.%s.edits.%d", scenario, len(s.Scenarios[i].Edits))
	} else {
		whole := mapNode(pair("id", textNode(scenario)), pair("edits", listNode([]*node{value})))
		value = whole.placed(at)
	}
	e.value, e.To = value, value.plain()
	return e, nil
}

func (s *Spec) readTry(at mizan.Place, text string) (*node, error) {
	const remedy = "write CODE.UNIT=3, CODE.UNIT*=0.5, CODE.UNIT+=10, PATH=VALUE or a mapping such as {unite: brics}"
	if strings.HasPrefix(text, "{") {
		n, ps := readFlow(at, text)
		if len(ps) > 0 {
			return nil, ps
		}
		return n, nil
	}
	path, value, ok := strings.Cut(text, "=")
	if !ok || strings.TrimSpace(value) == "" {
		return nil, mizan.Problems{{ID: "bad-edit", Place: at, Cause: "the edit has no value", Remedy: remedy}}
	}
	op := OpSet
	if p, is := strings.CutSuffix(path, "*"); is {
		path, op = p, OpScale
	}
	if p, is := strings.CutSuffix(path, "+"); is {
		path, op = p, OpAdd
	}
	path = strings.TrimSpace(path)
	n, ps := readFlow(at, strings.TrimSpace(value))
	if len(ps) > 0 {
		return nil, ps
	}
	code, whose, _ := strings.Cut(path, ".")
	var key string
	switch {
	case slices.ContainsFunc(s.Indicators, func(i Indicator) bool { return i.Code == code }):
		key = "indicators"
	case slices.Contains(aggregatesOf(&s.Framework, nil), code):
		key = "nodes"
	case op != OpSet:
		known := aggregatesOf(&s.Framework, nil)
		for _, i := range s.Indicators {
			known = append(known, i.Code)
		}
		return nil, mizan.Problems{{ID: "unknown-indicator", Place: at, Cause: "there is no indicator or aggregate " + quote(code), Remedy: didYouMean(code, known, remedy)}}
	default:
		return mapNode(pair("set", textNode(path)), pair("to", n)).placed(at), nil
	}
	if whose == "" {
		return nil, mizan.Problems{{ID: "bad-edit", Place: at, Cause: "the edit does not say whose " + code + " changes", Remedy: "write " + code + ".UNIT, with the code of a unit or an alliance"}}
	}
	group := "units"
	if slices.ContainsFunc(s.Alliances, func(a Alliance) bool { return a.Code == whose }) {
		group = "alliance"
	}
	return mapNode(pair(key, textNode(code)), pair(group, textNode(whose)), pair("op", textNode(op)), pair("value", n)).placed(at), nil
}
