package build

import (
	"errors"
	"fmt"
	"slices"

	"mizan"
	"mizan/spec"
)

// Plan is a compiled spec, ready to run on any panel with its codes. It may be
// run from several goroutines at once.
type Plan struct {
	spec       *spec.Spec
	indicators []indicator
	nodes      []node // indicators, then aggregates level by level; the top is the last
	screen     stage[Screener]
	impute     eachStage[Imputer]
	treat      eachStage[Treater]
	normalise  eachStage[Normaliser]
	weigh      stage[Weigher]
}

// indicator is an indicator of the framework.
type indicator struct {
	code        string
	direction   int
	parent      string
	denominator *spec.Denominator
}

// stage is one step of the project, compiled.
type stage[M any] struct {
	step    spec.Step
	entry   Entry
	options Options
	method  M
	over    string // "year" or "panel"; "" for stages that have no choice
}

// name is the method's name.
func (s stage[M]) name() string { return s.entry.Name }

// eachStage is a stage whose step may differ from indicator to indicator: one
// per indicator of the framework, and the one for all others.
type eachStage[M any] struct {
	all  stage[M]
	each map[string]stage[M]
}

// of is the step of an indicator.
func (e eachStage[M]) of(code string) stage[M] {
	if s, ok := e.each[code]; ok {
		return s
	}
	return e.all
}

// Compile checks the framework, the methods and their options, before a
// number is touched. It returns mizan.Problems: unknown methods and options,
// values that an option cannot take, names of indicators that do not exist, and
// aggregations that are not defined for scores that the normalisation is sure
// to give.
//
// The step of a single indicator (`each`) replaces the stage's step as a whole,
// save that it inherits `over` where it does not give it: which years belong
// together is a decision about the panel.
func Compile(s *spec.Spec) (*Plan, error) {
	c := &compiler{spec: s}
	p := &Plan{spec: s}
	p.nodes = c.tree()
	p.indicators = c.indicators(p.nodes)
	b := s.Build
	p.impute = compileEach(c, p.indicators, mizan.Impute, b.Impute, func(e Entry) func(Options) (Imputer, error) { return e.NewImputer })
	p.screen = compileStep(c, mizan.Screen, b.Screen, func(e Entry) func(Options) (Screener, error) { return e.NewScreener })
	p.treat = compileEach(c, p.indicators, mizan.Treat, b.Treat, func(e Entry) func(Options) (Treater, error) { return e.NewTreater })
	p.normalise = compileEach(c, p.indicators, mizan.Normalise, b.Normalise, func(e Entry) func(Options) (Normaliser, error) { return e.NewNormaliser })
	p.weigh = compileStep(c, mizan.Weight, b.Weights, func(e Entry) func(Options) (Weigher, error) { return e.NewWeigher })
	c.aggregators(p)
	if len(c.problems) == 0 {
		c.mirrors(p)
		c.refuseZeros(p)
		c.refuseMirrored(p)
	}
	if err := c.problems.OrNil(); err != nil {
		return nil, err
	}
	return p, nil
}

// compiler collects the problems of one Compile.
type compiler struct {
	spec     *spec.Spec
	problems mizan.Problems
}

func (c *compiler) add(id, path, cause, remedy string) {
	c.problems = append(c.problems, c.spec.Problem(id, path, cause, remedy))
}

// compileStep finds a step's method, checks its options and makes it.
func compileStep[M any](c *compiler, at mizan.Stage, step spec.Step, maker func(Entry) func(Options) (M, error)) stage[M] {
	s := stage[M]{step: step}
	e, ok := entry(at, step.Method)
	if !ok {
		c.unknownMethod(at, step)
		return s
	}
	s.entry = e
	options, bad := checkOptions(step, e.Method)
	for _, b := range bad {
		c.option(step, b)
	}
	c.references(step, e.Method, options)
	if len(bad) > 0 {
		return s
	}
	s.options, s.over = options, options.text("over")
	method, err := maker(e)(options)
	if err != nil {
		c.failed(step, err)
		return s
	}
	s.method = method
	if n, names := any(method).(Namer); names {
		c.names(step, n)
	}
	return s
}

func compileEach[M any](c *compiler, inds []indicator, at mizan.Stage, step spec.Step, maker func(Entry) func(Options) (M, error)) eachStage[M] {
	e := eachStage[M]{each: map[string]stage[M]{}}
	over, given := option(step, overOption.Name)
	given = given && slices.Contains(overOption.Choices, fmt.Sprint(over.Value))
	for _, one := range step.Each {
		s := one.Step
		_, own := option(s, overOption.Name)
		if given && !own && choosesOver(at, s.Method) {
			s.Options = append(s.Options[:len(s.Options):len(s.Options)], over)
		}
		e.each[one.Code] = compileStep(c, at, s, maker)
	}
	before := len(c.problems)
	e.all = compileStep(c, at, step, maker)
	if !slices.ContainsFunc(inds, func(i indicator) bool { _, own := e.each[i.code]; return !own }) {
		// A step that serves no indicator may lack what each indicator's has.
		kept := slices.DeleteFunc(slices.Clone(c.problems[before:]), func(p *mizan.Problem) bool { return p.ID == "missing-option" })
		c.problems = append(c.problems[:before], kept...)
	}
	return e
}

// choosesOver reports whether a method can look at a year or at the panel; one
// about years brings an option of its own, which has no choice.
func choosesOver(at mizan.Stage, method string) bool {
	e, ok := entry(at, method)
	return ok && !slices.ContainsFunc(e.Options, func(o mizan.Option) bool { return o.Name == overOption.Name })
}

// option finds an option of a step as it was given.
func option(s spec.Step, name string) (spec.OptionValue, bool) {
	for _, o := range s.Options {
		if o.Name == name {
			return o, true
		}
	}
	return spec.OptionValue{}, false
}

func (c *compiler) unknownMethod(at mizan.Stage, step spec.Step) {
	remedy := fmt.Sprintf("`mizan methods %s` lists those there are", at)
	cause := fmt.Sprintf("unknown method %q", step.Method)
	if near, ok := spec.Suggest(step.Method, methodNames(at)); ok {
		remedy = fmt.Sprintf("did you mean %q?", near)
	} else if i := slices.IndexFunc(registry, func(e Entry) bool { return e.Name == step.Method }); i >= 0 {
		cause = fmt.Sprintf("the method %q belongs to another stage, %s", step.Method, registry[i].Stage)
	} else if step.Method == "" {
		cause = "no method is named"
	}
	c.add("unknown-method", step.Path+".method", cause, remedy)
}

func (c *compiler) option(step spec.Step, e *OptionError) {
	c.add(e.ID, step.Path+"."+e.Option, e.Cause, e.Remedy)
}

// failed makes a problem of what a method's New function says.
func (c *compiler) failed(step spec.Step, err error) {
	var o *OptionError
	if errors.As(err, &o) {
		c.option(step, o)
		return
	}
	c.add("bad-option", step.Path, err.Error(), "")
}

// references checks the codes of indicators that options name. Units and group
// variables are known when the figures are.
func (c *compiler) references(step spec.Step, m mizan.Method, options Options) {
	codes := make([]string, len(c.spec.Indicators))
	known := map[string]bool{}
	for i, ind := range c.spec.Indicators {
		codes[i], known[ind.Code] = ind.Code, true
	}
	for _, o := range m.Options {
		for _, code := range codesOf(o, options) {
			if known[code] {
				continue
			}
			remedy := hint(code, codes, "name an indicator that is declared under `indicators`")
			c.add("unknown-indicator", step.Path+"."+o.Name, fmt.Sprintf("there is no indicator %q", code), remedy)
		}
	}
}

// codesOf are the codes of indicators that an option names.
func codesOf(o mizan.Option, options Options) []string {
	switch v := options[o.Name].(type) {
	case string:
		if o.Kind == mizan.CodeOption {
			return []string{v}
		}
	case []string:
		if o.Kind == mizan.CodesOption {
			return v
		}
	}
	return nil
}

// names checks the codes that options name against those of the framework.
func (c *compiler) names(step spec.Step, n Namer) {
	var codes []string
	var walk func(n spec.Node)
	walk = func(n spec.Node) {
		codes = append(codes, n.Code)
		for _, child := range n.Children {
			walk(child)
		}
	}
	walk(c.spec.Framework)
	for _, o := range n.Names() {
		for _, code := range o.Codes {
			if slices.Contains(codes, code) {
				continue
			}
			remedy := hint(code, codes, "name an indicator or aggregate of the framework")
			c.add("unknown-code", step.Path+"."+o.Option, fmt.Sprintf("%s of %s names %q, which is not in the framework", o.Option, step.Method, code), remedy)
		}
	}
}

// aggregators compiles the aggregation of every aggregate: its own step, else
// that of its level, else that of the highest level which has one.
func (c *compiler) aggregators(p *Plan) {
	maker := func(e Entry) func(Options) (Aggregator, error) { return e.NewAggregator }
	steps := c.spec.Build.Aggregate
	levels := make([]stage[Aggregator], len(steps))
	for i, step := range steps {
		levels[i] = compileStep(c, mizan.Aggregate, step, maker)
	}
	if len(steps) == 0 {
		c.add("missing-method", "build.aggregate", "there is no method of aggregation", "name one, such as arithmetic-mean")
		return
	}
	for i := range p.nodes {
		switch n := &p.nodes[i]; {
		case n.Level == 1:
		case n.step != nil:
			n.aggregate = compileStep(c, mizan.Aggregate, *n.step, maker)
		default:
			n.aggregate = levels[min(n.Level-2, len(levels)-1)]
		}
		p.nodes[i].Method = p.nodes[i].aggregate.name()
	}
}

// refuseZeros refuses an aggregation that needs positive scores over an
// indicator whose lowest unit is sure to get none.
func (c *compiler) refuseZeros(p *Plan) {
	for _, n := range p.nodes {
		e := n.aggregate.entry
		if n.Level == 1 || e.NeedsPositive == nil || !e.NeedsPositive(n.aggregate.options) {
			continue
		}
		for _, i := range n.children {
			child := p.nodes[i]
			if child.Level > 1 || *child.declared == 0 {
				continue
			}
			s := p.normalise.of(child.Code)
			if s.entry.Lowest == nil {
				continue
			}
			if low := s.entry.Lowest(s.options); low <= 0 {
				c.add("not-positive", n.aggregate.step.Path,
					fmt.Sprintf("the %s of %s is defined for positive values only, and %s puts the lowest unit of %s at %s or below",
						e.Name, n.Code, s.name(), child.Code, figure(low)), positiveRemedy)
				break
			}
		}
	}
}
