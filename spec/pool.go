package spec

import (
	"slices"
)

// The pooling rules.
const (
	PoolSum          = "sum"
	PoolMean         = "mean"
	PoolMax          = "max"
	PoolMin          = "min"
	PoolNone         = "none"
	PoolWeightedMean = "weighted_mean" // names the indicator of the weights
)

const poolRemedy = "write sum, mean, max, min, none, {weighted_mean: CODE} or {sum: {joint: TIES}}"

var poolRules = []string{PoolSum, PoolMean, PoolMax, PoolMin, PoolNone}

// pooling is the name of a rule, {weighted_mean: CODE}, or a sum with ties.
var pooling = codec[Pool]{
	read: func(r *reader, n *node, p *Pool) {
		sole := func(key string) bool { return n.kind == mapping && len(n.entries) == 1 && n.entries[0].key == key }
		switch {
		case sole(PoolWeightedMean):
			r.within(PoolWeightedMean, func() {
				if codeWord.read(r, n.entries[0].value, &p.By); p.By != "" {
					p.Rule = PoolWeightedMean
				}
			})
		case sole(PoolSum) && n.entries[0].value.kind == mapping:
			r.within(PoolSum, func() { readTiedSum(r, n.entries[0].value, p) })
		case n.kind == mapping:
			r.fault("bad-pool", n.at, "the pooling rule is not understood", poolRemedy)
		case n.kind == text && n.text == PoolWeightedMean:
			r.fault("bad-pool", n.at, "weighted_mean does not say by what", "write {weighted_mean: CODE}")
		case r.want(n, text, "the name of a rule, {weighted_mean: CODE} or {sum: {joint: TIES}}"):
			if !slices.Contains(poolRules, n.text) {
				r.fault("bad-pool", n.at, "unknown pooling rule "+quote(n.text), didYouMean(n.text, poolRules, poolRemedy))
				return
			}
			p.Rule = n.text
		}
	},
	write: func(p Pool) *node {
		switch {
		case p.Rule == PoolWeightedMean:
			return mapNode(pair(PoolWeightedMean, textNode(p.By)))
		case p.Joint != "" || p.Internal != "":
			return mapNode(pair(PoolSum, writeFields(&p, tiedSumKeys())))
		}
		return writeText(p.Rule)
	},
	schema: func(b *schemaMaker) object {
		form := func(key string, value object) object {
			return object{"type": "object", "properties": object{key: value}, "required": []string{key}, "additionalProperties": false}
		}
		return object{"oneOf": []object{
			{"enum": poolRules},
			form(PoolWeightedMean, codeWord.schema(b)),
			form(PoolSum, fieldsSchema(b, tiedSumKeys()).with("minProperties", 1).with("maxProperties", 1)),
		}}
	},
}

// readTiedSum reads what a sum takes off: one of the two kinds of ties.
func readTiedSum(r *reader, n *node, p *Pool) {
	readFields(r, n, p, tiedSumKeys())
	if len(n.entries) != 1 {
		r.fault("bad-pool", n.at, "the sum takes off either what is joint or what is internal", "write {sum: {joint: TIES}} or {sum: {internal: TIES}}")
		return
	}
	if p.Joint != "" || p.Internal != "" {
		p.Rule = PoolSum
	}
}

func tiedSumKeys() []field[Pool] {
	return []field[Pool]{
		key("joint", codeWord, func(p *Pool) *string { return &p.Joint },
			"ties that count works of two members together, which the sum of both would count twice"),
		key("internal", codeWord, func(p *Pool) *string { return &p.Internal },
			"ties between members, which are counted for both and are none of the alliance as one unit"),
	}
}
