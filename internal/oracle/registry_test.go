// Package oracle_test compares Mizan with COINr 1.1.14, file by file: every
// file of the folder of COINr's figures has an entry here that says by which
// edits Mizan computes the same and, where it means to differ, why. The entries
// are computed, where the folder is there, and docs/coinr.md is the table that
// comes of it; a file without an entry is a failure. Where the folder is not
// there, the table is compared with the list of entries.
package oracle_test

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mizan/internal/oracle"

	"github.com/google/go-cmp/cmp"
)

// verdict says how a file compares.
type verdict string

const (
	// matched: every value that is not NA on both sides is the same within 1e-9
	// of the value, or of one where that is larger, and NA where COINr has NA.
	matched verdict = "matched"
	// differs: on purpose, for COINr errs. The entry shows that values differ,
	// and that ours are right.
	differs verdict = "differs"
	// excepted: the manifest says that the file is no oracle to the last digits.
	excepted verdict = "excepted"
	// input: what the others are computed from.
	input verdict = "input"
)

// entry is one file of the folder.
type entry struct {
	file    string
	verdict verdict
	how     string // what Mizan is told, or what of it is compared
	why     string // of a difference or an exception; else a remark
	// compare computes; nil for inputs alone.
	compare func(c *comparison)
}

// comparison collects values.
type comparison struct {
	*testing.T
	builds *builds
	values int
	worst  float64  // the largest difference, as close measures it
	far    int      // values that differ by more than 1e-9
	first  []string // the first of these
}

const tolerance = 1e-9

// distance is the difference of two numbers, as a part of the second where that
// is larger than one. Missing on both sides is no difference; missing, or
// infinite, on one is an infinite one.
func distance(got, want float64) float64 {
	switch {
	case got != got || want != want:
		if got != got && want != want {
			return 0
		}
		return math.Inf(1)
	case got == want:
		return 0
	}
	return math.Abs(got-want) / math.Max(1, math.Abs(want))
}

// same compares two numbers.
func (c *comparison) same(got, want float64, where ...any) {
	c.add(distance(got, want), got, want, where)
}

// sameRelative compares probabilities, of which the small ones matter: the
// difference as a part of the second.
func (c *comparison) sameRelative(got, want float64, where ...any) {
	d := distance(got, want)
	if got == got && want == want {
		d = math.Abs(got-want) / math.Max(1e-6, math.Abs(want))
	}
	c.add(d, got, want, where)
}

// sameText compares names and words.
func (c *comparison) sameText(got, want string, where ...any) {
	c.values++
	if got != want {
		c.miss(fmt.Sprintf("%v: %q, want %q", where, got, want))
	}
}

func (c *comparison) add(d, got, want float64, where []any) {
	c.values++
	if c.worst = math.Max(c.worst, d); d > tolerance {
		c.miss(fmt.Sprintf("%v: %v, want %v", where, got, want))
	}
}

func (c *comparison) miss(text string) {
	c.worst = math.Inf(1)
	c.far++
	if len(c.first) < 5 {
		c.first = append(c.first, text)
	}
}

// right checks what the table does not count: that ours is the right value
// where COINr errs.
func (c *comparison) right(got, want float64, where ...any) {
	c.Helper()
	if distance(got, want) > tolerance {
		c.Errorf("%v: %v, want %v", where, got, want)
	}
}

// order is a difference rounded up to a power of ten, so that the table does
// not change with every machine.
func order(d float64) string {
	switch {
	case d == 0:
		return "0"
	case d < 1e-15:
		return "1e-15"
	case d > tolerance:
		return "more"
	}
	return fmt.Sprintf("1e%d", int(math.Ceil(math.Log10(d)-1e-9)))
}

// entries are all files, folder by folder.
func entries() []entry {
	return slices.Concat(inputs(), pipelines(), denominations(), imputations(), screenings(), treatments(), normalisations(),
		aggregations(), benefits(), correlations(), components(), statistics(), optimalWeights(), removals(), comparisons(), resultTables(), panels(), draws(), unitCases())
}

const page = "../../docs/coinr.md"

// The table stands between these lines of the page.
const (
	begin = "<!-- the table begins; go test ./internal/oracle makes it -->\n"
	end   = "<!-- the table ends -->\n"
)

// TestTable computes every entry and compares the table with the page.
func TestTable(t *testing.T) {
	list := entries()
	slices.SortStableFunc(list, func(a, b entry) int { return strings.Compare(a.file, b.file) })
	for i := range list[1:] {
		if list[i].file == list[i+1].file {
			t.Errorf("%s has two entries", list[i].file)
		}
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	have, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s has no place for the table", page)
	}
	if !oracle.Here(t) {
		checkForm(t, list, have)
		return
	}
	checkFiles(t, list)
	made, whole := table(t, list)
	if !whole {
		t.Log("only a part of the entries was computed: the page is not looked at")
		return
	}
	if os.Getenv("UPDATE_GOLDEN") != "" && !t.Failed() {
		if err := os.WriteFile(page, []byte(before+begin+made+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		have = made
	}
	checkReadme(t, list)
	if d := cmp.Diff(have, made); d != "" && !t.Failed() {
		t.Errorf("the table of %s is out of date; UPDATE_GOLDEN=1 go test ./internal/oracle writes it (-is +should be):\n%s", page, d)
	}
}

// checkReadme: what the README says of the table is so.
func checkReadme(t *testing.T, list []entry) {
	t.Helper()
	count := map[verdict]int{}
	for _, e := range list {
		count[e.verdict]++
	}
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("Of the %d files of figures that COINr 1.1.14 gives for its own example, %d are matched within 1e-9 and %d differ on purpose",
		len(list)-count[input], count[matched], count[differs])
	if !strings.Contains(strings.Join(strings.Fields(string(text)), " "), want) {
		t.Errorf("README.md should say: %s", want)
	}
}

// checkFiles: every file has its entry, and every entry its file.
func checkFiles(t *testing.T, list []entry) {
	t.Helper()
	known := map[string]bool{"manifest.json": true}
	for _, e := range list {
		known[e.file] = true
		if _, err := os.Stat(filepath.Join(oracle.Folder(t), e.file)); err != nil {
			t.Error(err)
		}
	}
	err := fs.WalkDir(os.DirFS(oracle.Folder(t)), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !known[path] {
			t.Errorf("%s has no entry", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// table computes every entry; whole is false if only some were asked for.
func table(t *testing.T, list []entry) (text string, whole bool) {
	t.Helper()
	o := newBuilds()
	var b strings.Builder
	b.WriteString(tableHead)
	count := map[verdict]int{}
	values, skipped := 0, false
	for _, e := range list {
		count[e.verdict]++
		c := &comparison{builds: o}
		ran := false
		t.Run(strings.TrimSuffix(e.file, ".csv"), func(t *testing.T) {
			c.T, ran = t, true
			if e.compare != nil {
				e.compare(c)
			}
			e.check(c)
		})
		skipped = skipped || !ran
		values += c.values
		b.WriteString(e.row(c))
	}
	return summary(count, values) + b.String(), !skipped
}

const tableHead = "| file | verdict | values | largest difference | how Mizan is told | remark |\n|---|---|---:|---:|---|---|\n"

func summary(count map[verdict]int, values int) string {
	return fmt.Sprintf("%d files are matched, %d differ on purpose, %d are excepted by the manifest; %d values are compared. %d more are inputs.\n\n",
		count[matched], count[differs], count[excepted], values, count[input])
}

// check holds an entry to its verdict.
func (e entry) check(c *comparison) {
	c.Helper()
	switch {
	case e.verdict == input && e.compare == nil:
	case c.values == 0 && e.verdict != excepted && !strings.Contains(e.why, "no rows"):
		c.Errorf("%s: nothing was compared", e.file)
	case e.verdict == matched && c.far > 0:
		c.Errorf("%s: %d of %d values differ:\n%s", e.file, c.far, c.values, strings.Join(c.first, "\n"))
	case e.verdict == differs && c.far == 0:
		c.Errorf("%s: nothing differs", e.file)
	}
}

func (e entry) row(c *comparison) string {
	values, worst := fmt.Sprint(c.values), order(c.worst)
	switch {
	case c.values == 0 && e.compare == nil:
		values, worst = "", ""
	case c.far > 0:
		worst = fmt.Sprintf("%d differ", c.far)
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s |\n", e.file, e.verdict, values, worst, e.how, e.why)
}

// checkForm compares the table with the list where nothing can be computed: the
// same files in the same order with the same words.
func checkForm(t *testing.T, list []entry, have string) {
	t.Helper()
	_, rows, found := strings.Cut(have, tableHead)
	if !found {
		t.Fatalf("%s has no table", page)
	}
	lines := strings.Split(strings.TrimSpace(rows), "\n")
	if len(lines) != len(list) {
		t.Fatalf("the table has %d files, want %d", len(lines), len(list))
	}
	for i, e := range list {
		cells := strings.Split(strings.Trim(lines[i], "|"), " | ")
		for k := range cells {
			cells[k] = strings.TrimSpace(cells[k])
		}
		if len(cells) != 6 || cells[0] != e.file || cells[1] != string(e.verdict) || cells[4] != e.how || cells[5] != e.why {
			t.Errorf("the row of %s is %q", e.file, lines[i])
		} else if e.compare != nil && (cells[2] == "" || cells[3] == "") {
			t.Errorf("the row of %s says nothing: %q", e.file, lines[i])
		}
	}
}
