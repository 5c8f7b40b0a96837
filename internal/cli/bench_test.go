package cli

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// program builds mizan as a user runs it.
func program(b *testing.B) string {
	b.Helper()
	bin := filepath.Join(b.TempDir(), "mizan")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", bin, "../../cmd/mizan")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// process times a command from its start to its end, and reports the most
// memory it held.
func process(b *testing.B, dir, bin string, args ...string) {
	b.Helper()
	most := int64(0)
	for b.Loop() {
		cmd := exec.Command(bin, args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		most = max(most, peak(cmd.ProcessState))
	}
	b.ReportMetric(float64(most)/1024, "peak-MB")
}

// BenchmarkProcess is whole commands, as processes of their own: the embedded
// project to all files; the example of COINr, imported, to all files; and the
// same with 100,000 units, to scores and ranks. The latter two need the
// example's tables beside the project.
func BenchmarkProcess(b *testing.B) {
	bin := program(b)
	b.Run("ai-race", func(b *testing.B) { process(b, b.TempDir(), bin, "build", "ai-race", "-o", "out") })
	const inputs = "../../../shared/oracle/coinr/inputs"
	data, meta := filepath.Join(inputs, "ASEM_iData.csv"), filepath.Join(inputs, "ASEM_iMeta.csv")
	if _, err := os.Stat(data); err != nil {
		b.Log("the example's tables are not here")
		return
	}
	for _, units := range []int{0, 100_000} {
		name, dir := "asem", b.TempDir()
		source, err := filepath.Abs(data)
		if err != nil {
			b.Fatal(err)
		}
		if units > 0 {
			name = fmt.Sprintf("asem-%d", units)
			source = manyUnits(b, data, dir, units)
		}
		metaPath, _ := filepath.Abs(meta)
		if status, _, msg := typed(b.Context(), dir, "import", "coinr", "--data", source, "--meta", metaPath, "--year", "2018", "project"); status != 0 {
			b.Fatal(msg)
		}
		args := []string{"build", "project", "-o", "out", "--set", "build.treat.method=winsorise", "--set", "build.impute.method=mean"}
		if units > 0 {
			args = append(args, "--only", "scores,ranks")
		}
		b.Run(name, func(b *testing.B) { process(b, dir, bin, args...) })
	}
}

// manyUnits repeats the rows of iData, each figure times 1 + 0.001 noise.
func manyUnits(b *testing.B, from, dir string, units int) string {
	b.Helper()
	f, err := os.Open(from)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	name := filepath.Join(dir, "iData.csv")
	to, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	defer to.Close()
	w := bufio.NewWriter(to)
	defer w.Flush()
	out := csv.NewWriter(w)
	defer out.Flush()
	_ = out.Write(rows[0])
	noise := rand.New(rand.NewPCG(1, 2))
	for u := range units {
		row := append([]string(nil), rows[1+u%(len(rows)-1)]...)
		for i, head := range rows[0] {
			if head == "uCode" {
				row[i] = fmt.Sprintf("U%06d", u)
			} else if v, err := strconv.ParseFloat(row[i], 64); err == nil && head != "Time" {
				row[i] = strconv.FormatFloat(v*(1+0.001*noise.NormFloat64()), 'g', -1, 64)
			}
		}
		_ = out.Write(row)
	}
	return name
}
