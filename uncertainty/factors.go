package uncertainty

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"mizan"
	"mizan/build"
	"mizan/spec"
)

// Factor is one thing that varies, as it is told.
type Factor struct {
	ID    string       `json:"id"`
	Kind  string       `json:"kind"` // weights, choose, range, drop, error or redraw
	Title mizan.Text   `json:"title,omitempty"`
	About string       `json:"about"`         // in a few words
	Said  mizan.Saying `json:"said,omitzero"` // About by identity
	// Choices are those of a factor that chooses one of several.
	Choices []Choice `json:"choices,omitempty"`
}

// Choice is one alternative of a factor.
type Choice struct {
	Label  string  `json:"label"`
	Chance float64 `json:"chance"`
}

// Input is one number from 0 to 1 on which a draw hangs.
type Input struct {
	ID     string // the code of the weight, or the factor's id
	Factor int    // position in Factors
	Code   string // of the node whose weight it is, else ""
	Level  int    // of that node, else 0
	// Choices is how many alternatives the input chooses from; 0 if it is
	// continuous.
	Choices int
}

// factor is a factor with what drawing needs of it.
type factor struct {
	Factor
	spec    *spec.Factor
	path    string // in the project, for messages
	first   int    // position of its first input
	choices []choice
	upTo    []float64 // sums of the chances of the choices
	light   bool      // its choices only take weights away, so that no build hangs on it
	rule    *weightRule
	noise   *noise
}

// choice is an alternative with what it changes.
type choice struct {
	edits   []spec.Edit
	dropped []string // codes that are left out by a weight of 0
}

// structural reports whether the factor chooses between builds that draws can
// share.
func (f *factor) structural() bool { return f.choices != nil && !f.light }

// choose is the choice at a number from 0 to 1.
func (f *factor) choose(u float64) int {
	for i, up := range f.upTo[:len(f.upTo)-1] {
		if u < up {
			return i
		}
	}
	return len(f.upTo) - 1
}

// mostWhole is how many whole numbers a range may have for each to be a choice
// whose build is kept.
const mostWhole = 64

// compiler makes a model of what a project says of its uncertainty.
type compiler struct {
	*Model
	problems mizan.Problems
}

func (c *compiler) add(f *factor, id, cause, remedy string) {
	c.problems = append(c.problems, c.spec.Problem(id, f.path, cause, remedy))
}

// compile lists the factors and the inputs, those that choose the structure
// first.
func (c *compiler) compile(list []spec.Factor, paths []string) {
	for i := range list {
		f := &factor{spec: &list[i], path: paths[i]}
		f.Kind, f.Title = f.spec.Kind(), f.spec.Title
		c.describe(f)
		c.factors = append(c.factors, f)
	}
	c.name()
	for _, structural := range []bool{true, false} {
		for i, f := range c.factors {
			if f.structural() == structural {
				f.first = len(c.inputs)
				c.inputs = append(c.inputs, c.inputsOf(i, f)...)
			}
		}
		if structural {
			c.structural = len(c.inputs)
		}
	}
}

func (c *compiler) inputsOf(at int, f *factor) []Input {
	if f.rule == nil {
		return []Input{{ID: f.ID, Factor: at, Choices: len(f.choices)}}
	}
	list := make([]Input, len(f.rule.nodes))
	for i, n := range f.rule.nodes {
		node := c.base.Nodes[n]
		list[i] = Input{ID: node.Code, Factor: at, Code: node.Code, Level: node.Level}
	}
	return list
}

// describe fills in what a factor does.
func (c *compiler) describe(f *factor) {
	switch f.Kind {
	case spec.FactorWeights:
		f.rule = c.weights(f, f.spec.Weights)
	case spec.FactorChoose:
		c.alternatives(f)
	case spec.FactorRange:
		c.ranged(f)
	case spec.FactorDrop:
		c.drops(f)
	case spec.FactorError:
		f.noise = c.noiseOf(f)
	case spec.FactorRedraw:
		f.tell(saySeed.Say("path", f.spec.Redraw))
	}
}

// name gives every factor that has none an id of its own.
func (c *compiler) name() {
	taken := map[string]bool{}
	for _, f := range c.factors {
		f.ID = f.spec.ID
		taken[f.ID] = true
	}
	for _, f := range c.factors {
		if f.ID != "" {
			continue
		}
		stem := f.Kind
		for _, path := range []string{f.spec.Choose, f.spec.Range, f.spec.Redraw} {
			if path != "" {
				stem = strings.ReplaceAll(strings.TrimPrefix(strings.TrimPrefix(path, "build."), "framework."), ".", "-")
			}
		}
		f.ID = stem
		for n := 2; taken[f.ID]; n++ {
			f.ID = fmt.Sprintf("%s-%d", stem, n)
		}
		taken[f.ID] = true
	}
}

func (f *factor) setChances(chances []float64) {
	total := 0.0
	for _, v := range chances {
		total += v
	}
	sum := 0.0
	for i, v := range chances {
		sum += v
		f.upTo = append(f.upTo, sum/total)
		f.Choices[i].Chance = v / total
	}
}

func ones(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 1
	}
	return x
}

func (c *compiler) alternatives(f *factor) {
	switch {
	case f.spec.Choose != "":
		f.About = f.spec.Choose
	case len(f.Title) > 0:
		f.About = f.Title.In("en")
	default:
		f.tell(sayChanges.Say())
	}
	for i := range f.spec.From {
		f.Choices = append(f.Choices, Choice{Label: f.spec.From[i].Label()})
		f.choices = append(f.choices, choice{edits: f.spec.EditsOf(i)})
	}
	chances := f.spec.Chances
	if len(chances) != len(f.choices) {
		chances = ones(len(f.choices))
	}
	f.setChances(chances)
}

// ranged makes choices of a range of few whole numbers, and a rule of a range
// of a weight.
func (c *compiler) ranged(f *factor) {
	lo, hi := f.spec.Between[0], f.spec.Between[1]
	f.tell(sayRange.Say("path", f.spec.Range, "low", figure(lo), "high", figure(hi)))
	if f.spec.Whole {
		f.tell(sayWholeRange.Say("path", f.spec.Range, "low", figure(math.Ceil(lo)), "high", figure(math.Floor(hi))))
		if math.Floor(hi) < math.Ceil(lo) {
			c.add(f, "bad-factor", "there is no whole number between "+figure(lo)+" and "+figure(hi), "widen `between`")
			return
		}
		if n := math.Floor(hi) - math.Ceil(lo) + 1; n <= mostWhole {
			for x := math.Ceil(lo); x <= hi; x++ {
				f.Choices = append(f.Choices, Choice{Label: figure(x)})
				f.choices = append(f.choices, choice{edits: []spec.Edit{f.spec.RangeEdit(x)}})
			}
			f.setChances(ones(len(f.choices)))
		}
		return
	}
	if n, is := c.weightAt(f.spec.Range); is {
		f.rule = &weightRule{kind: weightBounds, nodes: []int{n}, low: []float64{lo}, high: []float64{hi}}
	}
}

// weightAt is the node whose weight a path names.
func (c *compiler) weightAt(path string) (node int, is bool) {
	rest, in := strings.CutPrefix(path, "framework.")
	rest, weight := strings.CutSuffix(rest, ".weight")
	if !in || !weight {
		return 0, false
	}
	code := rest[strings.LastIndexByte(rest, '.')+1:]
	node = c.node(code)
	return node, node >= 0 && node < len(c.base.Nodes)-1
}

// value is the number of a range at a number from 0 to 1.
func (f *factor) value(u float64) float64 {
	lo, hi := f.spec.Between[0], f.spec.Between[1]
	if !f.spec.Whole {
		return lo + float64(u*(hi-lo))
	}
	lo, hi = math.Ceil(lo), math.Floor(hi)
	return min(lo+math.Floor(u*(hi-lo+1)), hi)
}

// drops makes a choice of each code that may be left out, after the choice to
// leave out none.
func (c *compiler) drops(f *factor) {
	codes := f.spec.Drop
	switch {
	case len(codes) == 1 && codes[0] == "indicators" && c.node("indicators") < 0:
		f.tell(sayDropIndicator.Say())
		codes = slices.Clone(c.base.Indicators)
	case len(codes) == 1 && codes[0] == "pillars" && c.node("pillars") < 0:
		f.tell(sayDropPillar.Say())
		codes = slices.Clone(c.base.Nodes[len(c.base.Nodes)-1].Children)
	default:
		f.tell(sayDropOne.Say("codes", strings.Join(codes, ", ")))
	}
	f.Choices, f.choices = []Choice{{Label: "none"}}, []choice{{}}
	f.light = c.declared()
	for _, code := range codes {
		one, cause, remedy := c.without(code)
		if cause != "" {
			c.add(f, "bad-factor", cause, remedy)
			continue
		}
		f.Choices = append(f.Choices, Choice{Label: code})
		f.choices = append(f.choices, one)
	}
	chances := ones(len(f.choices))
	if p := f.spec.Nothing; p != nil {
		chances[0] = *p
		for i := range chances[1:] {
			chances[i+1] = (1 - *p) / float64(len(chances)-1)
		}
	}
	f.setChances(chances)
}

// without is the choice that leaves out a node, with its parent if it alone
// has weight there. Where weights are declared its weight becomes 0, so that
// all else stays as it is; where they are found from the data it leaves the
// framework.
func (c *compiler) without(code string) (one choice, cause, remedy string) {
	n := c.node(code)
	if n < 0 {
		return one, fmt.Sprintf("there is no %q in the framework", code), c.nearest(code)
	}
	for n < len(c.base.Nodes)-1 && c.alone(n) {
		n = c.node(c.base.Nodes[n].Parent)
	}
	if n == len(c.base.Nodes)-1 {
		return one, "without " + code + " nothing is left of the index", "take it out of `drop`"
	}
	code = c.base.Nodes[n].Code
	if c.declared() {
		return choice{edits: []spec.Edit{{Set: "framework." + code + ".weight", To: 0.0}}, dropped: []string{code}}, "", ""
	}
	return choice{edits: []spec.Edit{{Remove: "framework." + code}}}, "", ""
}

// alone reports whether no sibling of a node has weight.
func (c *compiler) alone(n int) bool {
	for _, code := range c.base.Nodes[c.node(c.base.Nodes[n].Parent)].Children {
		if s := c.node(code); s != n && c.base.Nodes[s].Weight != 0 {
			return false
		}
	}
	return true
}

// declared reports whether weights are those of the framework in every draw.
func (c *compiler) declared() bool {
	if c.spec.Build.Weights.Method != "declared" {
		return false
	}
	for i := range c.list {
		for k := range c.list[i].From {
			for _, e := range c.list[i].EditsOf(k) {
				if e.Touches("build.weights") {
					return false
				}
			}
		}
	}
	return true
}

func (c *compiler) nearest(code string) string {
	codes := make([]string, len(c.base.Nodes))
	for i, n := range c.base.Nodes {
		codes[i] = n.Code
	}
	if near, ok := spec.Suggest(code, codes); ok {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "name a node of the framework"
}

// node is the position of a code in the framework, or -1.
func (m *Model) node(code string) int {
	return slices.IndexFunc(m.base.Nodes, func(n build.Node) bool { return n.Code == code })
}

func figure(v float64) string { return string(mizan.AppendNumber(nil, v, "missing")) }
