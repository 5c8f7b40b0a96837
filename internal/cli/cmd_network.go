package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"mizan"
	"mizan/engine"
	"mizan/network"
)

// networkFlags are the flags of `mizan network` alone.
type networkFlags struct {
	ties       string
	year       int
	threshold  float64
	everyone   bool
	top        int
	unit       string
	since      int
	members    []string
	fractions  bool
	pairs      bool
	resolution float64
	draws      int
	seed       uint64
	supply     string
	trust      float64
	choke      float64
	limits     []float64
}

func newNetwork(env *Env) *cobra.Command {
	in, out, own := &projectFlags{}, &outputFlags{}, &networkFlags{}
	cmd := &cobra.Command{
		Use:   "network [PROJECT]",
		Short: "Look at the ties between units as a network",
		Long: `Look at a table of ties (joint articles, work on one another's projects) as a network:
how strongly each unit is tied, to how many, and how often it stands between others; which
units hang together, and whether alliances do; which pairs are tied more, and which less,
than their sizes, distance and language let one expect; and what has changed.

With --unit the partners of one unit are printed. A tie counts as a link from the threshold
up. Alliances are taken with their full members at the end of the year; --members puts a
group of your own in their place.

With --supply a table of supply is looked at in place of ties: on whom each unit and each
alliance depends for what it has, how concentrated that is, and how much of it is at home;
or, of a table of provision, who holds which part of a chain, and what an alliance could
make alone.

As CSV a row per unit is printed; with --unit a row per partner, with --pairs a row per
link. As JSON there is all.`,
		Example: `  mizan network
  mizan network --unit RUS
  mizan network --ties ai_articles --year 2020 --since 2016
  mizan network --members RUS,CHN,IND
  mizan network --supply=accelerators
  mizan network --ties ncses_articles --pairs --format csv -o pairs.csv`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cmp.Or(out.check(), own.check(out)); err != nil {
				return err
			}
			if !cmd.Flags().Changed("threshold") {
				own.threshold = -1
			}
			p, err := in.open(env, args...)
			if err != nil {
				return err
			}
			return own.run(cmd.Context(), env, p, out)
		},
	}
	in.add(env, cmd)
	out.add(cmd, textFormat, jsonFormat, csvFormat)
	flags := cmd.Flags()
	flags.StringVar(&own.ties, "ties", "", "the `CODE` of the table of ties (default: the project's first)")
	flags.IntVar(&own.year, "year", 0, "the year (default: the latest that the source has whole)")
	flags.Float64Var(&own.threshold, "threshold", 0, "count a tie as a link from this `WEIGHT` up (default: as the project says)")
	flags.BoolVar(&own.everyone, "everyone", false, "take in the units that the project does not have")
	flags.IntVar(&own.top, "top", 20, "print this many units at most as text; 0 means all")
	flags.StringVar(&own.unit, "unit", "", "print the partners of this unit")
	flags.IntVar(&own.since, "since", 0, "tell what has changed since this year (default: 2015, or the first after it)")
	flags.StringSliceVar(&own.members, "members", nil, "look at these `UNITS` as a group, in place of the alliances: RUS,CHN")
	flags.BoolVar(&own.fractions, "fractional", false, "count a work once for each of its units, however many they are")
	flags.BoolVar(&own.pairs, "pairs", false, "print every link with its normalisations (csv, json)")
	flags.Float64Var(&own.resolution, "resolution", 1, "of communities: more makes smaller ones")
	flags.IntVar(&own.draws, "draws", 200, "how often ties are drawn anew for the intervals; 0 for none")
	flags.Uint64Var(&own.seed, "seed", 1, "another seed draws others")
	flags.StringVar(&own.supply, "supply", "", "look at this table of supply, `CODE`; alone, at the project's first")
	flags.Lookup("supply").NoOptDefVal = firstSupply
	flags.Float64Var(&own.trust, "trust", 1, "how far suppliers at home with another member are trusted, 0 to 1 (with --supply)")
	flags.Float64Var(&own.choke, "choke", network.DefaultChoke, "the share from which one unit holds a good (with --supply)")
	flags.Float64SliceVar(&own.limits, "limits", network.DefaultLimits[:], "the limits of CDI1, CDI2 and CDI3, the EU's indicators of dependence (with --supply)")
	complete(cmd, "ties", func(cmd *cobra.Command, args []string) []string {
		p, err := in.open(quiet(env), positional(cmd, args)...)
		if err != nil {
			return nil
		}
		s, err := engine.Parse(p.Input)
		if err != nil {
			return nil
		}
		var codes []string
		for _, t := range s.Ties {
			codes = append(codes, t.Code)
		}
		return codes
	})
	return cmd
}

// check refuses what cannot be meant.
func (f *networkFlags) check(out *outputFlags) error {
	switch {
	case f.threshold < 0:
		return usage("--threshold cannot be negative; give 0 or more")
	case f.top < 0:
		return usage("--top cannot be negative; 0 means all")
	case f.draws < 0 || f.draws > mostDraws:
		return usage("--draws is from 0 to %d", mostDraws)
	case f.resolution <= 0:
		return usage("--resolution must be above 0; 1 is the usual one")
	case len(f.limits) != len(network.DefaultLimits):
		return usage("--limits are of CDI1, CDI2 and CDI3; give three numbers, such as 0.4,0.5,1")
	case f.pairs && out.format == textFormat:
		return usage("--pairs are for csv and json; the text has those that stand out")
	case f.pairs && f.unit != "":
		return usage("--pairs and --unit do not go together; with --unit the partners are printed")
	}
	return nil
}

// firstSupply is what --supply alone means.
const firstSupply = "first"

// mostDraws bounds the time and memory of a slip.
const mostDraws = 100_000

func (f *networkFlags) run(ctx context.Context, env *Env, p *project, out *outputFlags) error {
	r, err := p.run(ctx)
	if err != nil {
		return err
	}
	own, err := f.groups(r)
	if err != nil {
		return err
	}
	if f.unit != "" {
		if err := r.HasUnit(f.unit); err != nil {
			return err
		}
	}
	if f.supply != "" {
		return f.dependence(ctx, env, p, r, out, own)
	}
	n, err := whileWaiting(ctx, func() (*network.Result, error) {
		return r.Network(f.ties, network.Options{
			Year: f.year, Since: f.since, Threshold: f.threshold, Everyone: f.everyone, Fractional: f.fractions,
			Resolution: f.resolution, Draws: f.draws, Seed: f.seed,
		}, own...)
	})
	if err != nil {
		return p.relocate(err)
	}
	var partners []network.Partner
	if f.unit != "" {
		if partners, err = n.Partners(f.unit); err != nil {
			return err
		}
	}
	return out.print(ctx, env, func(w *printer) error {
		switch {
		case f.unit != "" && out.format == jsonFormat:
			return w.json(partnersDocument{n.Ties, n.Year, n.Since, f.unit, network.MeasureNames(), partners})
		case f.unit != "" && out.format == csvFormat:
			return w.partnersCSV(n, partners)
		case f.unit != "":
			w.partners(r, n, f.unit, partners, out.lang, f.top)
			return nil
		case f.pairs && out.format == jsonFormat:
			return w.json(pairsOf(n))
		case f.pairs:
			return w.pairsCSV(n)
		case out.format == jsonFormat:
			return w.json(n)
		case out.format == csvFormat:
			return w.networkCSV(n)
		}
		w.network(r, n, out.lang, f.top)
		return nil
	})
}

// groups is the group that --members names.
func (f *networkFlags) groups(r *engine.Report) ([]network.Group, error) {
	if len(f.members) == 0 {
		return nil, nil
	}
	var problems mizan.Problems
	seen := map[string]bool{}
	for _, code := range f.members {
		var p *mizan.Problem
		switch err := r.HasUnit(code); {
		case errors.As(err, &p):
			problems = append(problems, p)
		case seen[code]:
			problems = append(problems, problem("duplicate-member", "", fmt.Sprintf("%q is named twice in --members", code), "name it once"))
		}
		seen[code] = true
	}
	if err := problems.OrNil(); err != nil {
		return nil, err
	}
	return []network.Group{{Code: strings.Join(f.members, "+"), Members: f.members}}, nil
}

// partnersDocument is what `mizan network --unit CODE --format json` prints.
type partnersDocument struct {
	Ties       network.Table     `json:"ties"`
	Year       int               `json:"year"`
	Since      int               `json:"since,omitempty"`
	Unit       string            `json:"unit"`
	Normalised []string          `json:"normalised"` // names of the normalisations
	Partners   []network.Partner `json:"partners"`
}

// pairsDocument is what `mizan network --pairs --format json` prints.
type pairsDocument struct {
	Ties       network.Table `json:"ties"`
	Year       int           `json:"year"`
	Since      int           `json:"since,omitempty"`
	Normalised []string      `json:"normalised"`
	Pairs      []onePair     `json:"pairs"`
}

type onePair struct {
	A string `json:"a"`
	B string `json:"b"`
	network.Partner
}

func pairsOf(n *network.Result) pairsDocument {
	d := pairsDocument{Ties: n.Ties, Year: n.Year, Since: n.Since, Normalised: network.MeasureNames(), Pairs: []onePair{}}
	n.Pairs(func(a, b string, p network.Partner) {
		p.Unit = b
		d.Pairs = append(d.Pairs, onePair{a, b, p})
	})
	return d
}
