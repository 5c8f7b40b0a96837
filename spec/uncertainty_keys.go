package spec

import "mizan"

func uncertaintyKeys() []field[Uncertainty] {
	factors := listOf("a list of factors such as [{weights: {spread: 0.25}}]", factor)
	tops := listOf("a list of whole numbers such as [3, 10]", whole(1, 1<<20))
	return []field[Uncertainty]{
		key("draws", whole(1, 1_000_000_000), func(u *Uncertainty) *int { return &u.Draws }, "how many draws; default 10000, with a preset 4000"),
		key("seed", whole(0, 1<<53-1), func(u *Uncertainty) *int { return &u.Seed }, "another seed draws others; default 1"),
		key("year", year, func(u *Uncertainty) *int { return &u.Year }, "the year of the panel that is looked at; the latest if left out"),
		key("top", tops, func(u *Uncertainty) *[]int { return &u.Top }, "how likely a unit is among so many best; default [1, 3, 10]"),
		key("preset", choice(Presets()...), func(u *Uncertainty) *string { return &u.Preset }, "the factors of a known kind of study, before those of `vary`"),
		key("failed", orDefault("refuse", choice("refuse", "count")), func(u *Uncertainty) *string { return &u.Failed },
			"combinations of choices that cannot be built: refuse to begin (default), or count the draws that meet them"),
		key("vary", factors, func(u *Uncertainty) *[]Factor { return &u.Vary }, "what varies"),
	}
}

// Presets are the names of the presets.
func Presets() []string { return []string{"jrc-25", "gii"} }

// uncertain reads the section with its defaults filled in.
var uncertain = codec[*Uncertainty]{
	read: func(r *reader, n *node, v **Uncertainty) {
		u := &Uncertainty{Draws: DefaultDraws, Seed: DefaultSeed, Failed: "refuse"}
		if r.want(n, mapping, "a mapping such as {preset: jrc-25} or {vary: […]}") {
			readFields(r, n, u, uncertaintyKeys())
			if u.Preset != "" && n.get("draws") == nil {
				u.Draws = PresetDraws
			}
			*v = u
		}
	},
	write: func(v *Uncertainty) *node {
		if v == nil {
			return nil
		}
		return writeFields(v, uncertaintyKeys())
	},
	schema: func(b *schemaMaker) object { return fieldsSchema(b, uncertaintyKeys()) },
}

var factor = codec[Factor]{
	read: func(r *reader, n *node, f *Factor) {
		f.at = n.at
		if r.want(n, mapping, "a mapping such as {weights: {spread: 0.25}}") {
			readFields(r, n, f, factorKeys())
		}
	},
	write:  func(f Factor) *node { return writeFields(&f, factorKeys()) },
	schema: func(b *schemaMaker) object { return fieldsSchema(b, factorKeys()) },
}

func factorKeys() []field[Factor] {
	chances := listOf("a list of numbers such as [3, 1]", positive)
	return []field[Factor]{
		key("id", codeWord, func(f *Factor) *string { return &f.ID }, "a name for the factor; made of what it varies if left out"),
		key("title", labels, func(f *Factor) *mizan.Text { return &f.Title }, "what it is, in one or several languages"),
		key("weights", weightsFactor, func(f *Factor) **VaryWeights { return &f.Weights }, "vary weights: {spread: 0.25}, {within: 0.1}, {dirichlet: 20}, {bounds: {…}} or simplex"),
		key("choose", pathWord, func(f *Factor) *string { return &f.Choose }, "the path whose value is one of `from`, such as build.normalise"),
		key("from", listOf("a list of values", alternative), func(f *Factor) *[]Alternative { return &f.From },
			"the values to choose from; `as-is` leaves the project as it stands, {edits: […]} is any change"),
		key("chances", chances, func(f *Factor) *[]float64 { return &f.Chances }, "the chances of the values of `from`, in proportion; equal if left out"),
		key("range", pathWord, func(f *Factor) *string { return &f.Range }, "the path of a number, such as build.treat.max_points"),
		key("between", interval, func(f *Factor) *[]float64 { return &f.Between }, "[low, high] of `range`"),
		key("whole", flag, func(f *Factor) *bool { return &f.Whole }, "whether the number of `range` is a whole one"),
		key("drop", oneOrMore("a list of codes", codeWord), func(f *Factor) *[]string { return &f.Drop },
			"leave out one of these at a time: codes, or `indicators`, or `pillars`"),
		key("nothing", optional(share), func(f *Factor) **float64 { return &f.Nothing }, "with `drop`: the chance that nothing is left out; as great as that of each if left out"),
		key("error", optional(record("a mapping such as {relative: 0.05}", figuresFactorKeys)), func(f *Factor) **VaryFigures { return &f.Error },
			"the error of measurement of the figures"),
		key("redraw", pathWord, func(f *Factor) *string { return &f.Redraw }, "the path of a step with a seed, such as build.impute, whose seed is drawn"),
	}
}

// weightsFactor is a mapping, or the word simplex.
var weightsFactor = codec[*VaryWeights]{
	read: func(r *reader, n *node, v **VaryWeights) {
		w := &VaryWeights{}
		if n.kind == text && n.text == "simplex" {
			w.Simplex = "siblings"
			*v = w
			return
		}
		if r.want(n, mapping, "a mapping such as {spread: 0.25}, or simplex") {
			readFields(r, n, w, varyWeightsKeys())
			*v = w
		}
	},
	write: func(v *VaryWeights) *node {
		if v == nil {
			return nil
		}
		return writeFields(v, varyWeightsKeys())
	},
	schema: func(b *schemaMaker) object {
		return object{"oneOf": []object{{"const": "simplex"}, fieldsSchema(b, varyWeightsKeys())}}
	},
}

func varyWeightsKeys() []field[VaryWeights] {
	bounds := codec[WeightBounds]{
		read:   func(r *reader, n *node, v *WeightBounds) { interval.read(r, n, &v.Between) },
		write:  func(v WeightBounds) *node { return interval.write(v.Between) },
		schema: interval.schema,
	}
	return []field[VaryWeights]{
		key("spread", unlessZero(share), func(w *VaryWeights) *float64 { return &w.Spread }, "every weight times a number from 1 - spread to 1 + spread"),
		key("within", unlessZero(share), func(w *VaryWeights) *float64 { return &w.Within }, "the share among siblings moves by up to this to either side"),
		key("dirichlet", unlessZero(positive), func(w *VaryWeights) *float64 { return &w.Dirichlet },
			"Dirichlet around the project's shares; the greater, the nearer to them"),
		key("simplex", choice("siblings", "indicators"), func(w *VaryWeights) *string { return &w.Simplex },
			"any weights at all: among the children of each aggregate, or among all indicators"),
		key("bounds", keyed("a mapping from code to [low, high]", bounds, func(w *WeightBounds) *string { return &w.Code }, checkCode),
			func(w *VaryWeights) *[]WeightBounds { return &w.Bounds }, "the weight itself, between bounds, by code"),
		key("levels", listOf("a list of levels such as [2, 3]", whole(1, maxDepth)), func(w *VaryWeights) *[]int { return &w.Levels },
			"only weights of these levels; 1 is the indicators"),
		key("codes", oneOrMore("a list of codes", codeWord), func(w *VaryWeights) *[]string { return &w.Codes }, "only weights of these nodes"),
	}
}

var alternative = codec[Alternative]{
	read: func(r *reader, n *node, a *Alternative) {
		a.at = n.at
		switch {
		case n.kind == text && n.text == AsIs:
			a.AsIs = true
		case n.kind == mapping && n.get("edits") != nil:
			readFields(r, n, a, alternativeKeys())
			if a.Edits == nil {
				a.Edits = []Edit{}
			}
		default:
			a.value, a.To = n, n.plain()
		}
	},
	write: func(a Alternative) *node {
		switch {
		case a.AsIs:
			return textNode(AsIs)
		case a.Edits != nil:
			n := writeFields(&a, alternativeKeys())
			if len(a.Edits) == 0 {
				n.entries = append(n.entries, pair("edits", listNode(nil)))
			}
			return n
		}
		return Edit{To: a.To, value: a.value}.node()
	},
	schema: func(b *schemaMaker) object {
		s := fieldsSchema(b, alternativeKeys())
		s["required"] = []string{"edits"}
		return object{"anyOf": []object{{"const": AsIs}, s, {}}}
	},
}

func alternativeKeys() []field[Alternative] {
	return []field[Alternative]{
		key("title", labels, func(a *Alternative) *mizan.Text { return &a.Title }, "what it is, in one or several languages"),
		key("edits", listOf("a list of edits", edit), func(a *Alternative) *[]Edit { return &a.Edits }, "changes to the project: {set: PATH, to: VALUE} or {remove: PATH}"),
	}
}

func figuresFactorKeys() []field[VaryFigures] {
	return []field[VaryFigures]{
		key("sd", numberOrNumbers, func(v *VaryFigures) *map[string]float64 { return &v.SD }, "standard deviation in the indicator's measure, for all or by indicator"),
		key("relative", numberOrNumbers, func(v *VaryFigures) *map[string]float64 { return &v.Relative }, "standard deviation as a share of the figure, for all or by indicator"),
		key("rounding", numberOrNumbers, func(v *VaryFigures) *map[string]float64 { return &v.Rounding }, "the step to which figures were rounded, for all or by indicator"),
		key("data", flag, func(v *VaryFigures) *bool { return &v.Data }, "the standard deviation that stands beside the figure in the data, in a column sd"),
	}
}

// share is a number from 0 to 1.
var share = codec[float64]{
	read: func(r *reader, n *node, v *float64) {
		if !r.want(n, number, "a number from 0 to 1") {
			return
		}
		if n.num < 0 || n.num > 1 {
			r.fault("out-of-range", n.at, show(n.num)+" is out of range", "give a number from 0 to 1")
			return
		}
		*v = n.num
	},
	write:  numberNode,
	schema: func(*schemaMaker) object { return object{"type": "number", "minimum": 0, "maximum": 1} },
}

// unlessZero leaves a zero out.
func unlessZero(c codec[float64]) codec[float64] {
	write := c.write
	c.write = func(v float64) *node {
		if v == 0 {
			return nil
		}
		return write(v)
	}
	return c
}

// numberOrNumbers is a number above 0 for all, or one by name.
var numberOrNumbers = codec[map[string]float64]{
	read: func(r *reader, n *node, v *map[string]float64) {
		if n.kind == number {
			x := 0.0
			if positive.read(r, n, &x); x > 0 {
				*v = map[string]float64{"": x}
			}
			return
		}
		numbers("a number, or a mapping from indicator to number").read(r, n, v)
		for _, e := range n.entries {
			if x, ok := (*v)[e.key]; ok && x < 0 {
				r.within(e.key, func() { r.fault("out-of-range", e.value.at, show(x)+" is out of range", "give a number of at least 0") })
			}
		}
	},
	write: func(v map[string]float64) *node {
		if x, all := v[""]; all && len(v) == 1 {
			return numberNode(x)
		}
		return numbers("").write(v)
	},
	schema: func(b *schemaMaker) object {
		return object{"oneOf": []object{positive.schema(b), numbers("").schema(b)}}
	},
}
