package spec

import (
	"math"
	"slices"
	"strconv"

	"mizan"
)

// Target is a promise: a value aimed at, by a date.
//
// Its figures are those of an indicator of the project, or a series of its
// own. Alternative readings of one promise are targets that share Promise.
type Target struct {
	ID       string     `yaml:"id"`
	Unit     string     `yaml:"unit"`     // the code of a unit; or
	Alliance string     `yaml:"alliance"` // the code of an alliance
	Outside  bool       `yaml:"outside"`  // the unit is not among those of the project
	Title    mizan.Text `yaml:"title"`
	// Promise and Reading tell that the same words can be understood in another
	// way: targets of one promise are shown together. "" stands alone.
	Promise string     `yaml:"promise"`
	Reading mizan.Text `yaml:"reading"`

	Indicator string     `yaml:"indicator"` // of the project; or
	What      mizan.Text `yaml:"what"`      // what is measured, of a series of its own
	Measure   string     `yaml:"measure"`   // unit of measurement
	// Kind is "stock", "flow" (default), "cumulative" (a sum of flows from the
	// year From through the target year) or "share".
	Kind     string `yaml:"kind"`
	From     int    `yaml:"from"`
	Currency string `yaml:"currency"` // ISO 4217
	Prices   string `yaml:"prices"`   // "current", or of which year
	// RateDate is the date of the exchange rate by which figures in other
	// currencies are converted.
	RateDate Date `yaml:"rate_date"`

	// Baseline is what the promise starts from. Its value may be left out where
	// the indicator has it or Multiple implies it.
	Baseline     TargetFigure   `yaml:"baseline"`
	Observations []TargetFigure `yaml:"observations"` // of any years, a mapping in the file
	// Target has the value aimed at and, before it, milestones. The value may
	// be left out where Multiple implies it.
	Target []TargetFigure `yaml:"target"`
	// Multiple is how many times the baseline the target is; 0 = not given.
	Multiple     float64  `yaml:"multiple"`
	Direction    int      `yaml:"direction"`     // +1 (default): at least the target; -1: at most
	NaturalLimit *float64 `yaml:"natural_limit"` // that cannot be passed, such as 100 %

	Body   mizan.Text `yaml:"body"`  // that answers for it
	Theme  string     `yaml:"theme"` // for grouping
	Source string     `yaml:"source"`
	Place  string     `yaml:"place"` // where in the source it is said
	Note   mizan.Text `yaml:"note"`
}

// TargetFigure is a value of a year. In the file it is `2023: 1.9e9`, or `2023:
// {value: 170e9, currency: RUB, …}`, or the year alone where the value follows
// from elsewhere.
type TargetFigure struct {
	Year     int     `yaml:"-"`         // the key in the file
	Value    float64 `yaml:"value"`     // NaN where the year stands alone
	Currency string  `yaml:"currency"`  // in place of the target's
	RateDate Date    `yaml:"rate_date"` // in place of the target's
	Prices   string  `yaml:"prices"`    // in place of the target's
	Source   string  `yaml:"source"`    // in place of the target's
	Note     string  `yaml:"note"`
}

// Given reports whether a figure has a value.
func (f TargetFigure) Given() bool { return f.Year != 0 && !math.IsNaN(f.Value) }

// The kinds of targets.
const (
	KindStock      = "stock"
	KindFlow       = "flow"
	KindCumulative = "cumulative"
	KindShare      = "share"
)

// Goal is the last of the target's figures: the zero TargetFigure if there is none.
func (t *Target) Goal() TargetFigure {
	if len(t.Target) == 0 {
		return TargetFigure{}
	}
	return t.Target[len(t.Target)-1]
}

// Group is the promise that a target reads: its own id if it stands alone.
func (t *Target) Group() string { return or(t.Promise, t.ID) }

// Projections are how targets are followed: the ensemble of paths and the
// limits of verdicts. Names of models and thresholds are checked by package
// target, which knows them.
type Projections struct {
	Paths      int                `yaml:"paths"` // per target; 0 = 10,000
	Seed       int                `yaml:"seed"`
	Models     []string           `yaml:"models"`  // nil = all
	Damping    float64            `yaml:"damping"` // share of a year's drift that is left the year after; 0 = 0.9
	Thresholds map[string]float64 `yaml:"thresholds"`
}

const (
	sourceWords = "the code of an origin, or an address"
	maxPaths    = 10_000_000
)

func targetKeys() []field[Target] {
	money := currencyWord()
	return []field[Target]{
		key("id", targetID, func(t *Target) *string { return &t.ID }, "the id: small letters, digits and hyphens").must(),
		key("unit", line("the code of a unit"), func(t *Target) *string { return &t.Unit }, "who promises: the code of a unit"),
		key("alliance", codeWord, func(t *Target) *string { return &t.Alliance }, "in place of a unit: the code of an alliance"),
		key("outside", flag, func(t *Target) *bool { return &t.Outside }, "true where the unit is not among those of the project"),
		key("title", labels, func(t *Target) *mizan.Text { return &t.Title }, "the promise in a few words, in one or several languages"),
		key("promise", codeWord, func(t *Target) *string { return &t.Promise }, "a code that alternative readings of one promise share"),
		key("reading", labels, func(t *Target) *mizan.Text { return &t.Reading }, "which reading of the promise this is"),
		key("indicator", codeWord, func(t *Target) *string { return &t.Indicator }, "the indicator of the project whose figures count"),
		key("what", labels, func(t *Target) *mizan.Text { return &t.What }, "what is measured, where it is no indicator of the project"),
		key("measure", line("a unit of measurement"), func(t *Target) *string { return &t.Measure }, "unit of measurement, such as \"USD a year\" or \"% of enterprises\""),
		key("kind", orDefault(KindFlow, choice(KindStock, KindFlow, KindCumulative, KindShare)), func(t *Target) *string { return &t.Kind },
			"stock, flow (default), cumulative (a sum of flows) or share"),
		key("from", year, func(t *Target) *int { return &t.From }, "cumulative: the first year that counts (default: the year after the baseline)"),
		key("currency", money, func(t *Target) *string { return &t.Currency }, "ISO 4217 code of the currency, such as USD"),
		key("prices", line("`current`, or of which year"), func(t *Target) *string { return &t.Prices }, "the price base: `current`, or `constant 2020`"),
		key("rate_date", date, func(t *Target) *Date { return &t.RateDate }, "the date of the rates by which figures in other currencies are converted"),
		key("baseline", soleFigure, func(t *Target) *TargetFigure { return &t.Baseline }, "the year and the value that the promise starts from: {2023: 1.9e9}, or the year alone"),
		key("observations", targetFigures, func(t *Target) *[]TargetFigure { return &t.Observations }, "what was observed, by year"),
		key("target", targetFigures, func(t *Target) *[]TargetFigure { return &t.Target }, "the value aimed at, by year; earlier years are milestones").must(),
		key("multiple", zeroable(positive), func(t *Target) *float64 { return &t.Multiple }, "how many times the baseline the target is"),
		key("direction", direction, func(t *Target) *int { return &t.Direction }, "1 if at least the target is wanted (default), -1 if at most"),
		key("natural_limit", optional(real), func(t *Target) **float64 { return &t.NaturalLimit }, "a limit that cannot be passed, such as 100 for a percentage"),
		key("body", labels, func(t *Target) *mizan.Text { return &t.Body }, "the body that answers for it"),
		key("theme", codeWord, func(t *Target) *string { return &t.Theme }, "a theme, for grouping"),
		key("source", line(sourceWords), func(t *Target) *string { return &t.Source }, "who says so: "+sourceWords),
		key("place", line("a place in the source"), func(t *Target) *string { return &t.Place }, "where in the source it is said, such as \"section 3, paragraph 2\""),
		key("note", labels, func(t *Target) *mizan.Text { return &t.Note }, "what a reader must know of it"),
	}
}

var targetID = word("the id of a target", object{"type": "string", "pattern": idPattern, "maxLength": 64}, func(s string) (string, string) {
	if len(s) > 64 || !idRule().MatchString(s) {
		return "the id " + quote(s) + " is not in the form of an id", "use small letters a to z, digits and hyphens, such as `ru-ai-gdp`"
	}
	return "", ""
})

func projectionKeys() []field[Projections] {
	return []field[Projections]{
		key("paths", given(whole(100, maxPaths)), func(p *Projections) *int { return &p.Paths }, "paths drawn per target (default 10000)"),
		key("seed", given(whole(0, math.MaxInt32)), func(p *Projections) *int { return &p.Seed }, "seed of the random numbers (default 0)"),
		key("models", listOf("a list of models", line("the name of a model")), func(p *Projections) *[]string { return &p.Models },
			"the models of the ensemble (default: linear, growth, damped, logistic)"),
		key("damping", zeroable(fraction), func(p *Projections) *float64 { return &p.Damping }, "share of a year's drift that is left the year after, in the damped model (default 0.9)"),
		key("thresholds", numbers("a mapping from threshold to number"), func(p *Projections) *map[string]float64 { return &p.Thresholds },
			"limits of verdicts in place of the published ones; `mizan target --thresholds` lists them"),
	}
}

// zeroable leaves out a number that is 0, which means not given.
func zeroable(c codec[float64]) codec[float64] {
	write := c.write
	c.write = func(v float64) *node {
		if v == 0 {
			return nil
		}
		return write(v)
	}
	return c
}

// fraction is a number above 0 and at most 1.
var fraction = codec[float64]{
	read: func(r *reader, n *node, v *float64) {
		if !r.want(n, number, "a number above 0 and at most 1") {
			return
		}
		if n.num <= 0 || n.num > 1 {
			r.fault("out-of-range", n.at, show(n.num)+" is out of range", "give a number above 0 and at most 1")
			return
		}
		*v = n.num
	},
	write:  numberNode,
	schema: func(*schemaMaker) object { return object{"type": "number", "exclusiveMinimum": 0, "maximum": 1} },
}

const figuresWords = "a mapping from year to value, such as {2023: 1.9e9}"

// targetFigures is a mapping from year to value, or a year alone.
var targetFigures = codec[[]TargetFigure]{
	read: func(r *reader, n *node, fs *[]TargetFigure) {
		*fs = nil
		if n.kind == number {
			var f TargetFigure
			if whole(minYear, maxYear).read(r, n, &f.Year); f.Year != 0 {
				f.Value = math.NaN()
				*fs = []TargetFigure{f}
			}
			return
		}
		if !r.want(n, mapping, figuresWords) {
			return
		}
		for _, e := range n.entries {
			r.within(e.key, func() {
				f := TargetFigure{Value: math.NaN()}
				y, err := strconv.Atoi(e.key)
				if err != nil || y < minYear || y > maxYear {
					r.fault("bad-year", e.at, quote(e.key)+" is not a year", "write the year before the value, as in {2030: 80}")
					return
				}
				f.Year = y
				before := len(r.problems)
				if e.value.kind == mapping {
					readFields(r, e.value, &f, targetFigureKeys())
				} else {
					real.read(r, e.value, &f.Value)
				}
				if len(r.problems) == before {
					*fs = append(*fs, f)
				}
			})
		}
		sortFigures(*fs)
	},
	write: func(fs []TargetFigure) *node {
		switch {
		case len(fs) == 0:
			return nil
		case len(fs) == 1 && !fs[0].Given():
			return numberNode(float64(fs[0].Year))
		}
		n := mapNode()
		for _, f := range fs {
			value := numberNode(f.Value)
			if (f != TargetFigure{Year: f.Year, Value: f.Value}) {
				value = writeFields(&f, targetFigureKeys())
			}
			n.entries = append(n.entries, pair(strconv.Itoa(f.Year), value))
		}
		return n
	},
	schema: func(b *schemaMaker) object {
		return object{"oneOf": []object{
			{"type": "integer", "minimum": minYear, "maximum": maxYear},
			{
				"type": "object", "propertyNames": object{"pattern": "^[0-9]{1,4}$"},
				"additionalProperties": object{"oneOf": []object{{"type": "number"}, fieldsSchema(b, targetFigureKeys())}},
			},
		}}
	},
}

// soleFigure is a mapping from one year to its value, or a year alone.
var soleFigure = codec[TargetFigure]{
	read: func(r *reader, n *node, f *TargetFigure) {
		if n.kind == mapping && len(n.entries) != 1 {
			r.fault("bad-baseline", n.at, "the baseline has "+strconv.Itoa(len(n.entries))+" years", "give one year; others go under `observations`")
			return
		}
		var fs []TargetFigure
		if targetFigures.read(r, n, &fs); len(fs) == 1 {
			*f = fs[0]
		}
	},
	write: func(f TargetFigure) *node {
		if f.Year == 0 {
			return nil
		}
		return targetFigures.write([]TargetFigure{f})
	},
	schema: targetFigures.schema,
}

func targetFigureKeys() []field[TargetFigure] {
	return []field[TargetFigure]{
		key("value", real, func(f *TargetFigure) *float64 { return &f.Value }, "the value").must(),
		key("currency", currencyWord(), func(f *TargetFigure) *string { return &f.Currency }, "its currency, where it is not the target's"),
		key("rate_date", date, func(f *TargetFigure) *Date { return &f.RateDate }, "the date of the rate that converts it, in place of the target's"),
		key("prices", line("`current`, or of which year"), func(f *TargetFigure) *string { return &f.Prices }, "its price base, where it is not the target's"),
		key("source", line(sourceWords), func(f *TargetFigure) *string { return &f.Source }, "who says so, where it is not the target's source"),
		key("note", line("a note"), func(f *TargetFigure) *string { return &f.Note }, "what a reader must know of it"),
	}
}

// Sources lists the sources that alliances, targets, rates and scenarios name, each once,
// in order of the alphabet: codes of origins, and addresses.
func (s *Spec) Sources() []string {
	var list []string
	for _, a := range s.Alliances {
		list = append(list, a.Source)
		for _, m := range a.Members {
			list = append(list, m.Source)
		}
	}
	for _, t := range s.Targets {
		list = append(list, t.Source, t.Baseline.Source)
		for _, f := range slices.Concat(t.Observations, t.Target) {
			list = append(list, f.Source)
		}
	}
	for _, r := range s.Rates {
		list = append(list, r.Source)
	}
	for _, s := range s.Scenarios {
		for _, a := range s.Assumptions {
			list = append(list, a.Source)
		}
		for _, l := range s.Links {
			list = append(list, l.Source)
		}
	}
	slices.Sort(list)
	list = slices.Compact(list)
	return slices.DeleteFunc(list, func(source string) bool { return source == "" })
}
