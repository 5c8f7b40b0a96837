package uncertainty

import (
	"fmt"
	"slices"
	"strings"

	"mizan"
	"mizan/spec"
)

// sensitivityInput is one of the numbers from 0 to 1 that make up a draw.
type sensitivityInput struct {
	id     string
	factor int    // of sensitivityModel.factors
	code   string // of the node whose weight it is
	level  int    // of that node; 0 = no weight
	// ends are the upper ends of the parts of 0 to 1 that stand for
	// alternatives, the last of them 1; nil = the input is continuous.
	ends []float64
}

// choice is the alternative for which u stands.
func (in *sensitivityInput) choice(u float64) int {
	for c, end := range in.ends {
		if u < end {
			return c
		}
	}
	return len(in.ends) - 1
}

// middle is a number that stands for an alternative.
func (in *sensitivityInput) middle(choice int) float64 {
	if choice == 0 {
		return in.ends[0] / 2
	}
	return (in.ends[choice-1] + in.ends[choice]) / 2
}

// sensitivityModel is what an analysis looks at: outputs as a function of
// inputs.
type sensitivityModel struct {
	inputs  []sensitivityInput
	factors []SensitivityFactor
	outputs int
	seed    uint64
	// worker makes the function for one goroutine. It writes one number an
	// output to dst, NaN where there is none; an error tells that there is no
	// output at all, and why.
	worker func() func(dst, u []float64) error
	// plain writes the inputs of draw k of a plain sample.
	plain func(k int, u []float64)
}

// group makes factors of the inputs as asked, in the order of the project.
func (m *sensitivityModel) group(by string) (factors []SensitivityFactor, of []int) {
	of = make([]int, len(m.inputs))
	at := map[string]int{}
	for k := range m.factors {
		for i, in := range m.inputs {
			if in.factor != k {
				continue
			}
			f := m.part(in, by)
			n, known := at[f.ID]
			if !known {
				n = len(factors)
				at[f.ID] = n
				factors = append(factors, f)
			}
			factors[n].Inputs++
			of[i] = n
		}
	}
	return factors, of
}

// part is the factor to which an input belongs.
func (m *sensitivityModel) part(in sensitivityInput, by string) SensitivityFactor {
	f := m.factors[in.factor]
	whole := f.Inputs
	f.Inputs = 0
	switch {
	case by == ByInput && whole > 1:
		return SensitivityFactor{ID: f.ID + "." + in.id, Kind: f.Kind, Of: f.ID, Code: in.code}
	case by == ByLevel && in.level > 0:
		said := sayAtLevel.Say("what", mizan.Said{Text: f.About, Saying: f.Said}, "level", in.level)
		return SensitivityFactor{ID: fmt.Sprintf("%s.level-%d", f.ID, in.level), Kind: f.Kind, Of: f.ID, About: said.Text, Said: said.Saying}
	}
	return f
}

// shiftOutputs turns ranks into outputs: R_S, then the shift of each unit from
// its reference rank. Shifts are whole numbers, so that their sums are exact.
// As in Shift, R_S is the mean over the units that have a rank in the project as
// it stands; one without a rank in the draw counts as not moved.
//
//	R_S = mean over units of |rank - reference|
func shiftOutputs(dst []float64, ranks, reference []int32) {
	sum, n := 0.0, 0
	for u, r := range ranks {
		shift := missing
		if reference[u] > 0 {
			n++
			if r > 0 {
				shift = float64(r - reference[u])
				sum += max(shift, -shift)
			}
		}
		dst[1+u] = shift
	}
	dst[0] = sum / float64(n)
}

// checkSensitivity refuses options that mean nothing.
func checkSensitivity(o *SensitivityOptions) error {
	var ps mizan.Problems
	oneOf := func(what, value string, values ...string) {
		if value != "" && !slices.Contains(values, value) {
			remedy := "name one of " + strings.Join(values, ", ")
			if near, ok := spec.Suggest(value, values); ok {
				remedy = fmt.Sprintf("did you mean %q?", near)
			}
			ps.Add("unknown-"+what, mizan.Place{}, fmt.Sprintf("unknown %s %q", what, value), remedy)
		}
	}
	oneOf("method", o.Method, Sobol, Morris, PAWN)
	oneOf("grouping", o.By, ByFactor, ByLevel, ByInput)
	if o.Draws < 0 {
		ps.Add("out-of-range", mizan.Place{}, fmt.Sprintf("%d draws", o.Draws), "ask for a positive number of draws")
	}
	if o.SecondOrder && o.Method != "" && o.Method != Sobol {
		ps.Add("no-second-order", mizan.Place{}, "the method "+o.Method+" has no interactions of pairs", "use the method sobol")
	}
	if o.Method == "" {
		o.Method = Sobol
	}
	if o.By == "" {
		o.By = ByFactor
	}
	return ps.OrNil()
}

// account adds up what became of the draws.
type account struct {
	kept, failed int
	causes       map[string]int
}

func (a *account) count(err error) {
	if err == nil {
		a.kept++
		return
	}
	a.failed++
	if a.causes == nil {
		a.causes = map[string]int{}
	}
	a.causes[err.Error()]++
}

func (a *account) merge(b *account) {
	a.kept += b.kept
	a.failed += b.failed
	for cause, n := range b.causes {
		if a.causes == nil {
			a.causes = map[string]int{}
		}
		a.causes[cause] += n
	}
}
