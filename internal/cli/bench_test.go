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
	"time"
)

// program builds a program as a user runs it.
func program(b *testing.B, source string) string {
	b.Helper()
	bin := filepath.Join(b.TempDir(), "program")
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", bin, source)
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// process times a command from its start to its end. Beside the mean it reports
// the shortest run and the least time on the processors, which say more where
// other programs run, and the most memory that the command held.
func process(b *testing.B, dir, bin string, args ...string) {
	b.Helper()
	most, shortest, least := int64(0), time.Hour, time.Hour
	for b.Loop() {
		cmd := exec.Command(bin, args...)
		cmd.Dir = dir
		start := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		shortest = min(shortest, time.Since(start))
		least = min(least, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		most = max(most, peak(cmd.ProcessState))
	}
	b.ReportMetric(float64(shortest)/1e6, "shortest-ms")
	b.ReportMetric(float64(least)/1e6, "cpu-ms")
	b.ReportMetric(float64(most)/1024, "peak-MB")
}

// BenchmarkProcess is whole commands, as processes of their own: a program that
// does nothing, for the floor; the start of this one; the embedded project to
// all files; the example of COINr, imported, to the screen and to all files;
// and the same with 100,000 units, to scores and ranks. Those of the example
// need its tables beside the project.
func BenchmarkProcess(b *testing.B) {
	nothing := filepath.Join(b.TempDir(), "main.go")
	if err := os.WriteFile(nothing, []byte("package main\n\nfunc main() {}\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	bin := program(b, nothing)
	b.Run("nothing", func(b *testing.B) { process(b, b.TempDir(), bin) })
	bin = program(b, "../../cmd/mizan")
	b.Run("version", func(b *testing.B) { process(b, b.TempDir(), bin, "version") })
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
		// As a process: what this one holds would count as the memory of those it starts.
		imported := exec.Command(bin, "import", "coinr", "--data", source, "--meta", metaPath, "project")
		imported.Dir = dir
		if out, err := imported.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		args := []string{"build", "project", "-o", "out", "--set", "build.treat.method=winsorise", "--set", "build.impute.method=mean"}
		if units > 0 {
			args = append(args, "--only", "scores,ranks")
		} else {
			b.Run(name+"-screen", func(b *testing.B) { process(b, dir, bin, "build", "project") })
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
