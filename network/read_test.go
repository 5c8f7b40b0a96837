package network_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"mizan"
	"mizan/network"
)

// table reads a CSV of the test data by column.
func table(t testing.TB, name string) map[string][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]string{}
	for i, head := range rows[0] {
		for _, r := range rows[1:] {
			columns[head] = append(columns[head], r[i])
		}
	}
	return columns
}

func numbers(t testing.TB, texts []string) []float64 {
	t.Helper()
	x := make([]float64, len(texts))
	for i, s := range texts {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		x[i] = v
	}
	return x
}

// numbered reads a graph whose nodes are numbered from 1 to n.
func numbered(t testing.TB, name string, n int, directed bool) *network.Graph {
	t.Helper()
	c := table(t, name)
	a, b, w := numbers(t, c["a"]), numbers(t, c["b"]), numbers(t, c["weight"])
	links := mizan.Ties{}
	for i := range a {
		links.Links = append(links.Links, mizan.Tie{A: int32(a[i]) - 1, B: int32(b[i]) - 1, Weight: w[i]})
	}
	links.Sort()
	return network.NewGraph(n, directed, links.Links, 0)
}

// drawn is an undirected graph of pairs, each {a, b, weight}, from 0.
func drawn(n int, pairs ...[3]float64) *network.Graph {
	t := mizan.Ties{}
	for _, p := range pairs {
		t.Links = append(t.Links, mizan.Tie{A: int32(min(p[0], p[1])), B: int32(max(p[0], p[1])), Weight: p[2]})
	}
	t.Sort()
	return network.NewGraph(n, false, t.Links, 0)
}
