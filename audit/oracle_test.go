package audit_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"mizan"
	"mizan/audit"
	"mizan/build"
	"mizan/internal/oracle"
	"mizan/spec"
	"mizan/stat"
)

// asem is the example as a project of ours, with its figures.
func asem(t *testing.T, edits ...spec.Edit) (*spec.Spec, *mizan.Panel, *build.Result) {
	t.Helper()
	meta := oracle.Read(t, "inputs/ASEM_iMeta.csv")
	// COINr orders indicators by parent, which decides ties of strengths.
	slices.SortStableFunc(meta.Rows, func(a, b map[string]string) int { return cmp.Compare(a["Parent"], b["Parent"]) })
	var b strings.Builder
	b.WriteString("mizan: 1\nid: asem\nperiod: {year: 2018}\nobservations: [{file: x.csv}]\nindicators:\n")
	children := map[string][]map[string]string{}
	var codes, denominate []string
	top := ""
	for _, row := range meta.Rows {
		switch code := row["iCode"]; row["Type"] {
		case "Indicator", "Denominator":
			codes = append(codes, code)
			direction := row["Direction"]
			if direction == "NA" {
				direction = "1"
			}
			fmt.Fprintf(&b, "  %s: {direction: %s}\n", code, direction)
			if row["Denominator"] != "NA" {
				denominate = append(denominate, code+": "+row["Denominator"])
			}
		}
		switch {
		case row["Type"] == "Aggregate" && row["Parent"] == "NA":
			top = row["iCode"]
		case row["Parent"] != "NA":
			children[row["Parent"]] = append(children[row["Parent"]], row)
		}
	}
	b.WriteString("framework:\n")
	writeNode(&b, top, "", children, "  ")
	fmt.Fprintf(&b, "build:\n  denominate: {%s}\n", strings.Join(denominate, ", "))
	b.WriteString("  impute: {method: group-mean, by: continent}\n  treat: {method: winsorise, max_points: 5, else: log-coin}\n" +
		"  normalise: {method: min-max, to: [0, 100]}\n  aggregate: arithmetic-mean\n")
	s, err := spec.Parse("mizan.yaml", []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if len(edits) > 0 {
		if s, err = s.Apply(edits...); err != nil {
			t.Fatal(err)
		}
	}
	panel := asemPanel(t, codes)
	return s, panel, run(t, s, panel)
}

func writeNode(b *strings.Builder, code, weight string, children map[string][]map[string]string, indent string) {
	fmt.Fprintf(b, "%scode: %s\n", indent, code)
	if weight != "" {
		fmt.Fprintf(b, "%sweight: %s\n", indent, weight)
	}
	if len(children[code]) == 0 {
		return
	}
	fmt.Fprintf(b, "%schildren:\n", indent)
	for _, c := range children[code] {
		fmt.Fprintf(b, "%s  -\n", indent)
		writeNode(b, c["iCode"], c["Weight"], children, indent+"    ")
	}
}

func asemPanel(t *testing.T, codes []string) *mizan.Panel {
	t.Helper()
	data := oracle.Read(t, "inputs/ASEM_iData.csv")
	var units []string
	for _, row := range data.Rows {
		units = append(units, row["uCode"])
	}
	slices.Sort(units)
	panel := &mizan.Panel{Table: *mizan.NewTable(units, codes, []int{2018}), Origins: []mizan.Origin{{}}}
	panel.Cells = make([]mizan.Cell, len(panel.Values))
	for u, unit := range units {
		row := data.Row(t, "uCode", unit)
		panel.Info = append(panel.Info, mizan.Unit{Code: unit, Groups: map[string]string{"continent": row["EurAsia_group"]}})
		for c, code := range codes {
			if v := oracle.Number(t, row[code]); v == v {
				panel.Values[c*len(units)+u] = v
				panel.Cells[c*len(units)+u] = mizan.Cell{Year: 2018, Status: mizan.Observed}
			}
		}
	}
	return panel
}

func run(t testing.TB, s *spec.Spec, panel *mizan.Panel) *build.Result {
	t.Helper()
	plan, err := build.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	r, err := plan.Run(panel)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func audited(t testing.TB, s *spec.Spec, panel *mizan.Panel, r *build.Result) *audit.Result {
	t.Helper()
	out, err := audit.Run(s, panel, r, audit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestOracleIsRebuilt: what is audited is what COINr computed.
func TestOracleIsRebuilt(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	_, _, r := asem(t)
	want := oracle.Read(t, "pipeline/07_Aggregated.csv")
	for u, unit := range r.Units {
		row := want.Row(t, "uCode", unit)
		for c, n := range r.Nodes {
			if got, w := r.Scores.At(0, c, u), oracle.Number(t, row[n.Code]); !oracle.Near(got, w) {
				t.Errorf("%s of %s is %v, want %v", n.Code, unit, got, w)
			}
		}
	}
}

// TestOracleLeaveOneOut: scores, ranks and shifts without each component.
func TestOracleLeaveOneOut(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	s, panel, r := asem(t)
	out := audited(t, s, panel, r)
	row := map[string]audit.LeftOut{}
	for _, l := range out.LeaveOneOut {
		row[l.Code] = l
	}
	nominal := r.Ranks.Column(0, len(r.Nodes)-1)
	for _, level := range []string{"L1", "L2"} {
		scores, ranks := oracle.Read(t, "analysis/remove_"+level+"_Scores.csv"), oracle.Read(t, "analysis/remove_"+level+"_Ranks.csv")
		diffs := oracle.Read(t, "analysis/remove_"+level+"_RankAbsDiffs.csv")
		for _, code := range scores.Names[2:] {
			l, ok := row[code]
			if !ok {
				t.Fatalf("%s was not left out", code)
			}
			for u, unit := range r.Units {
				if got, want := l.Scores[u], oracle.Number(t, scores.Row(t, "uCode", unit)[code]); !oracle.Near(got, want) {
					t.Errorf("without %s the score of %s is %v, want %v", code, unit, got, want)
				}
				if got, want := l.Ranks[u], oracle.Number(t, ranks.Row(t, "uCode", unit)[code]); !oracle.Near(got, want) {
					t.Errorf("without %s %s ranks %v, want %v", code, unit, got, want)
				}
				if got, want := math.Abs(l.Ranks[u]-nominal[u]), oracle.Number(t, diffs.Row(t, "uCode", unit)[code]); !oracle.Near(got, want) {
					t.Errorf("without %s %s moves by %v, want %v", code, unit, got, want)
				}
			}
		}
	}
	for _, level := range []string{"L1", "L3"} {
		for _, w := range oracle.Read(t, "analysis/remove_"+level+"_MeanAbsDiff.csv").Rows[1:] {
			if got, want := float64(row[w["iCode"]].Mean), oracle.Number(t, w["MeanAbsDiff"]); !oracle.Near(got, want) {
				t.Errorf("without %s ranks change by %v on average, want %v", w["iCode"], got, want)
			}
		}
	}
	for u, unit := range r.Units {
		w := oracle.Read(t, "analysis/remove_L3_Scores.csv").Row(t, "uCode", unit)
		for _, code := range []string{"Conn", "Sust"} {
			if got, want := row[code].Scores[u], oracle.Number(t, w[code]); !oracle.Near(got, want) {
				t.Errorf("without %s the score of %s is %v, want %v", code, unit, got, want)
			}
		}
	}
}

func TestOracleAvailability(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	s, panel, r := asem(t)
	want := oracle.Read(t, "analysis/data_avail_summary_Raw.csv")
	for _, a := range audited(t, s, panel, r).Availability {
		row := want.Row(t, "uCode", a.Unit)
		got := []float64{float64(a.Missing), float64(a.Zero), float64(a.Missing + a.Zero), float64(a.Share), float64(a.NonZero)}
		for i, name := range []string{"N_missing", "N_zero", "N_miss_or_zero", "Dat_Avail", "Non_Zero"} {
			if w := oracle.Number(t, row[name]); !oracle.Near(got[i], w) {
				t.Errorf("%s of %s is %v, want %v", name, a.Unit, got[i], w)
			}
		}
	}
}

// TestOracleFlags: the indicators that COINr flags for outliers and few values.
// It counts zeros and values among all units, this audit among the figures that
// are there; they agree where nothing is missing.
func TestOracleFlags(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	none := spec.Edit{Set: "build.treat", To: "none"}
	s, panel, r := asem(t, none, spec.Edit{Remove: "build.denominate"}, spec.Edit{Set: "audit.thresholds.extreme_kurtosis", To: 1e9})
	out := audited(t, s, panel, r)
	found := map[string]bool{}
	for _, f := range out.Findings() {
		found[f.ID+" "+f.Code] = true
	}
	for _, row := range oracle.Read(t, "analysis/stats_Raw.csv").Rows {
		code := row["iCode"]
		whole := row["Frc.Avail"] == "1"
		if whole && found["outlier "+code] != (row["Flag.SkewKurt"] == "OUT") {
			t.Errorf("outlier of %s: %t", code, found["outlier "+code])
		}
		if whole && found["few-values "+code] != (row["Flag.Unique"] == "LOW") || whole && found["many-zeros "+code] != (row["Flag.NonZero"] == "LOW") {
			t.Errorf("zeros and values of %s: %t, %t", code, found["many-zeros "+code], found["few-values "+code])
		}
	}
}

// TestOracleCoherence: correlations with parents, alpha and components of the
// groups, as the audit's tables have them.
func TestOracleCoherence(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	s, panel, r := asem(t)
	out := audited(t, s, panel, r)
	groups := map[string]audit.Group{}
	for _, g := range out.Groups {
		groups[g.Code] = g
	}
	for _, row := range oracle.Read(t, "analysis/corr_L1_L2_parent_Aggregated_pearson_pval0.csv").Rows {
		g := groups[row["Var1"]]
		i := slices.Index(g.Children, row["Var2"])
		if got, want := g.Parent[i], oracle.Number(t, row["Correlation"]); !oracle.Near(got, want) {
			t.Errorf("%s correlates with its parent at %v, want %v", row["Var2"], got, want)
		}
	}
	for _, row := range oracle.Read(t, "analysis/cronbach.csv").Rows {
		if row["dset"] == "Aggregated" && oracle.Number(t, row["group_level"])-oracle.Number(t, row["item_level"]) == 1 {
			if got, want := float64(groups[row["group"]].Alpha), oracle.Number(t, row["alpha"]); !oracle.Near(got, want) {
				t.Errorf("alpha of %s is %v, want %v", row["group"], got, want)
			}
		}
	}
	for _, file := range []string{"pca_Normalised_L1_eigen", "pca_Aggregated_L2_eigen", "pca_Aggregated_L3_eigen"} {
		for _, row := range oracle.Read(t, "analysis/"+file+".csv").Rows {
			g := groups[row["group"]]
			if got, want := g.Eigenvalues[int(oracle.Number(t, row["PC"]))-1], oracle.Number(t, row["eigenvalue"]); !oracle.Near(got, want) {
				t.Errorf("%s: eigenvalue %s of %s is %v, want %v", file, row["PC"], row["group"], got, want)
			}
		}
	}
}

func TestOracleStrengths(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	s, _, r := asem(t)
	u := slices.Index(r.Units, "GBR")
	directions := make([]int, len(r.Indicators))
	for i, code := range r.Indicators {
		for _, ind := range s.Indicators {
			if ind.Code == code {
				directions[i] = ind.Direction
			}
		}
	}
	for file, o := range map[string]audit.StrengthOptions{
		"Raw":               {Table: r.Raw, Directions: directions, Most: 5},
		"Normalised_unq0.2": {Table: r.Normalised, Most: 8, Unique: 0.2},
	} {
		up, down := audit.Strengths(r, u, 0, o)
		for kind, got := range map[string][]audit.Standing{"strengths": up, "weaknesses": down} {
			want := oracle.Read(t, "results/"+kind+"_GBR_"+file+".csv").Rows
			if len(got) != len(want) {
				t.Fatalf("%d %s, want %d", len(got), kind, len(want))
			}
			for i, row := range want {
				g := got[i]
				if g.Code != row["Code"] || g.Parent != row["Pillar"] || float64(g.Rank) != oracle.Number(t, row["Rank"]) || !oracle.Near(float64(g.Value), oracle.Number(t, row["Value"])) {
					t.Errorf("%s of %s: %+v, want %v", kind, file, g, row)
				}
			}
		}
	}
}

// TestOracleComparisons: other methods beside the index, as COINr compares
// them.
func TestOracleComparisons(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	_, _, nominal := asem(t)
	top := len(nominal.Nodes) - 1
	values, diffs, abs := oracle.Read(t, "compare/multi_Values.csv"), oracle.Read(t, "compare/multi_Diffs.csv"), oracle.Read(t, "compare/multi_AbsDiffs.csv")
	for name, edits := range map[string][]spec.Edit{
		"Prank":     {{Set: "build.normalise", To: "percentile-rank"}},
		"Zscore":    {{Set: "build.normalise", To: map[string]any{"method": "z-score", "mean": 10.0, "sd": 2.0}}},
		"Geometric": {{Set: "build.normalise", To: map[string]any{"method": "min-max", "to": []any{1.0, 100.0}}}, {Set: "build.aggregate", To: "geometric-mean"}},
	} {
		_, _, other := asem(t, edits...)
		for u, unit := range nominal.Units {
			rank, before := other.Ranks.At(0, top, u), nominal.Ranks.At(0, top, u)
			for table, got := range map[*oracle.Frame]float64{&values: rank, &diffs: rank - before, &abs: math.Abs(rank - before)} {
				if w := oracle.Number(t, table.Row(t, "uCode", unit)[name]); !oracle.Near(got, w) {
					t.Errorf("%s of %s: %v, want %v", name, unit, got, w)
				}
			}
		}
		if name != "Prank" {
			continue
		}
		for _, row := range oracle.Read(t, "compare/corr_ranks.csv").Rows {
			c := nominal.Scores.Code(row["iCode"])
			if got, want := stat.Pearson(nominal.Ranks.Column(0, c), other.Ranks.Column(0, c)), oracle.Number(t, row["Correlation"]); !oracle.Near(got, want) {
				t.Errorf("ranks of %s correlate at %v, want %v", row["iCode"], got, want)
			}
		}
	}
}
