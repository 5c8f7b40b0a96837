package stat_test

import (
	"math"
	"slices"
	"testing"

	"mizan/internal/oracle"
	"mizan/stat"
)

func readLineage(t *testing.T) (members [5]map[string][]string) {
	t.Helper()
	f := oracle.Read(t, "inputs/ASEM_iMeta.csv")
	parent, level := map[string]string{}, map[string]string{}
	for _, row := range f.Rows {
		if row["Type"] == "Indicator" || row["Type"] == "Aggregate" {
			parent[row["iCode"]], level[row["iCode"]] = row["Parent"], row["Level"]
		}
	}
	for l := range members {
		members[l] = map[string][]string{}
	}
	for _, row := range f.Rows {
		code := row["iCode"]
		if _, ok := parent[code]; !ok {
			continue
		}
		l := int(level[code][0] - '0')
		for up := parent[code]; up != "NA" && up != ""; up = parent[up] {
			members[l][up] = append(members[l][up], code)
		}
	}
	return members
}

func pick(t *testing.T, f oracle.Frame, codes []string) [][]float64 {
	t.Helper()
	columns := make([][]float64, len(codes))
	for i, c := range codes {
		columns[i] = f.Numbers(t, c)
	}
	return columns
}

func TestOracleCronbach(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	members := readLineage(t)
	tables := map[string]oracle.Frame{
		"Raw": oracle.Read(t, "pipeline/01_Raw.csv"), "Normalised": oracle.Read(t, "pipeline/06_Normalised.csv"),
		"Aggregated": oracle.Read(t, "pipeline/07_Aggregated.csv"),
	}
	for _, row := range oracle.Read(t, "analysis/cronbach.csv").Rows {
		level := int(oracle.Number(t, row["item_level"]))
		columns := pick(t, tables[row["dset"]], members[level][row["group"]])
		got := stat.Cronbach(columns)
		if row["use"] == "complete.obs" {
			got = stat.CronbachComplete(columns)
		}
		if want := oracle.Number(t, row["alpha"]); !oracle.Near(got, want) {
			t.Errorf("%v: %v, want %v", row, got, want)
		}
	}
}

func TestOraclePrincipalComponents(t *testing.T) {
	if !oracle.Here(t) {
		return
	}
	members := readLineage(t)
	for _, tt := range []struct {
		name, input string
		level       int
	}{
		{"Raw_L1", "01_Raw", 1},
		{"Treated_L1", "05_Treated", 1},
		{"Normalised_L1", "06_Normalised", 1},
		{"Normalised_allinds", "06_Normalised", 1},
		{"Aggregated_L2", "07_Aggregated", 2},
		{"Aggregated_L3", "07_Aggregated", 3},
	} {
		in := oracle.Read(t, "pipeline/"+tt.input+".csv")
		groups := members[tt.level]
		if tt.name == "Normalised_allinds" {
			groups = map[string][]string{"All": in.Names[1:]}
		}
		found := map[string]*stat.Components{}
		codes := map[string][]string{}
		for _, row := range oracle.Read(t, "analysis/pca_"+tt.name+"_eigen.csv").Rows {
			group := row["group"]
			if len(codes) == 0 && tt.name == "Normalised_allinds" {
				groups = map[string][]string{group: in.Names[1:]}
			}
			c := found[group]
			if c == nil {
				var ok bool
				codes[group] = groups[group]
				if c, ok = stat.PrincipalComponents(pick(t, in, codes[group])); !ok {
					t.Fatalf("%s %s: no components", tt.name, group)
				}
				found[group] = c
			}
			m := int(oracle.Number(t, row["PC"]))
			got := []float64{c.Values[m-1], c.Values[m-1] / float64(len(c.Values)), c.Share(m), float64(c.N)}
			want := []float64{oracle.Number(t, row["eigenvalue"]), oracle.Number(t, row["prop"]), oracle.Number(t, row["cum"]), oracle.Number(t, row["n"])}
			if !slices.EqualFunc(got, want, oracle.Near) {
				t.Errorf("%s %s component %d: %v, want %v", tt.name, group, m, got, want)
			}
		}
		if tt.name == "Aggregated_L2" {
			continue // of this one there are no loadings
		}
		checkLoadings(t, tt.name, found, codes)
	}
}

// checkLoadings compares up to the sign of a component.
func checkLoadings(t *testing.T, name string, found map[string]*stat.Components, codes map[string][]string) {
	t.Helper()
	sign := map[string]float64{}
	for _, row := range oracle.Read(t, "analysis/pca_"+name+"_loadings.csv").Rows {
		group, pc := row["group"], row["PC"]
		c := found[group]
		got := c.Loadings[int(oracle.Number(t, pc[2:]))-1][slices.Index(codes[group], row["iCode"])]
		want := oracle.Number(t, row["loading"])
		key := group + pc
		if sign[key] == 0 && math.Abs(want) > 1e-3 {
			sign[key] = math.Copysign(1, got) * math.Copysign(1, want)
		}
		if s := sign[key]; s != 0 && math.Abs(got-s*want) > 1e-9 || s == 0 && math.Abs(math.Abs(got)-math.Abs(want)) > 1e-9 {
			t.Errorf("%s %s %s %s: %v, want %v", name, group, pc, row["iCode"], got, want)
		}
	}
}
