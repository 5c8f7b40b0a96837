package build

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/rogpeppe/go-internal/txtar"

	"mizan"
)

const evidenceIntro = `# What each method rests on

%d methods have %d worked examples, which ` + "`go test ./build -run WorkedExamples`" + ` computes:

- **by hand**: nobody printed them. Most were worked with pencil and paper or
  follow from a rule, such as what happens to a missing value; each says so.
- **published**: the figures that go in and those that come out were printed by
  somebody else: a paper, a handbook, or the documentation or the tests of other
  software. They agree to the digits that were printed, or the example says why not.
- **COINr**: files of the reference figures of COINr 1.1.14 that name the method
  and are matched within 1e-9, number by number ([coinr.md](coinr.md)).

%d methods have a published example. Those that have none are listed at the end,
with the reason.

The examples are the files of build/testdata/methods, and what their keys mean
is said there. This page is made by ` + "`UPDATE_GOLDEN=1 go test ./build -run TestEvidence`" + `.
`

// unpublished says why a method has no published example.
var unpublished = map[string]string{
	"impute none":                         "it does nothing.",
	"screen none":                         "it does nothing.",
	"treat none":                          "it does nothing.",
	"normalise none":                      "it does nothing.",
	"weight declared":                     "it passes on the weights of the framework.",
	"impute hot-deck":                     "which donor is drawn hangs on the generator of random numbers, so other software draws others.",
	"treat log-gii":                       "reports of the Global Innovation Index print the formula and the scores, not what lies between them.",
	"normalise adjusted-mazziotta-pareto": "the papers that print tables were not at hand; the packages Compind, Indicator and giniCI document it without results.",
	"weight infomax":                      "no example in figures was found.",
	"aggregate mean-min":                  "the paper (Casadio Tarabusi and Guarini 2013) was not at hand; Compind documents it without results.",
}

// tried are the examples of one method.
type tried struct {
	Entry
	byHand    int
	published []string // the name of each example and whose it is
	coinr     []string
}

// TestEvidence counts the examples of each method and compares the counts with
// docs/methods-evidence.md; a method without a published example must say why.
func TestEvidence(t *testing.T) {
	list := evidence(t)
	examples, with := 0, 0
	var none bytes.Buffer
	for _, m := range list {
		examples += m.byHand + len(m.published)
		reason, excused := unpublished[string(m.Stage)+" "+m.Name]
		switch {
		case len(m.published) > 0:
			if with++; excused {
				t.Errorf("%s has a published example and needs no excuse", m.Name)
			}
		case excused:
			fmt.Fprintf(&none, "- **%s** (%s): %s\n", m.Name, m.Stage, reason)
		default:
			t.Errorf("%s %s has neither a published example nor a reason why not", m.Stage, m.Name)
		}
	}
	var page bytes.Buffer
	fmt.Fprintf(&page, evidenceIntro, len(list), examples, with)
	for _, part := range []struct {
		stage mizan.Stage
		title string
	}{
		{mizan.Impute, "Imputation"},
		{mizan.Screen, "Screening"},
		{mizan.Treat, "Treatment"},
		{mizan.Normalise, "Normalisation"},
		{mizan.Weight, "Weights"},
		{mizan.Aggregate, "Aggregation"},
	} {
		fmt.Fprintf(&page, "\n## %s\n\n| method | by hand | published | COINr |\n|---|---:|---:|---|\n", part.title)
		var sources bytes.Buffer
		for _, m := range list {
			if m.Stage != part.stage {
				continue
			}
			fmt.Fprintf(&page, "| %s | %d | %d | %s |\n", m.Name, m.byHand, len(m.published), some(m.coinr))
			for _, p := range m.published {
				fmt.Fprintf(&sources, "- %s, %s\n", m.Name, p)
			}
		}
		if sources.Len() > 0 {
			fmt.Fprintf(&page, "\nPublished:\n\n%s", sources.Bytes())
		}
	}
	fmt.Fprintf(&page, "\n## Without a published example\n\n%s", none.Bytes())
	golden(t, "../docs/methods-evidence.md", page.Bytes())
}

// evidence reads the files of examples and the table of COINr's files.
func evidence(t *testing.T) []tried {
	t.Helper()
	table, err := os.ReadFile("../docs/coinr.md")
	if err != nil {
		t.Fatal(err)
	}
	var list []tried
	for _, e := range entries() {
		m := tried{Entry: e, coinr: matchedFiles(string(table), e)}
		data, err := os.ReadFile(examplesOf(e))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			var ex example
			if err := yaml.UnmarshalWithOptions(file.Data, &ex, yaml.Strict()); err != nil {
				t.Fatal(err)
			}
			if ex.Published {
				m.published = append(m.published, file.Name+": "+strings.Join(strings.Fields(ex.Source), " "))
			} else {
				m.byHand++
			}
		}
		list = append(list, m)
	}
	return list
}

// examplesOf is the file of a method's examples.
func examplesOf(e Entry) string {
	stage := string(e.Stage)
	if e.Stage == mizan.Weight {
		stage = "weigh"
	}
	return filepath.Join("testdata", "methods", stage+"_"+strings.ReplaceAll(e.Name, "-", "_")+".txtar")
}

// matchedFiles are the matched rows of the table that tell Mizan, in code, to
// use the method.
func matchedFiles(table string, e Entry) []string {
	key := string(e.Stage)
	if e.Stage == mizan.Weight {
		key = "weights"
	}
	named := regexp.MustCompile("`build\\." + key + `(\.each|)=[^` + "`" + `]*[^a-z_-]` + regexp.QuoteMeta(e.Name) + "[^a-z_-]")
	plain := regexp.MustCompile("`build\\." + key + "=" + regexp.QuoteMeta(e.Name) + "`")
	var files []string
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, " | ")
		if len(cells) > 4 && cells[1] == "matched" && (named.MatchString(line) || plain.MatchString(line)) {
			files = append(files, strings.TrimPrefix(cells[0], "| "))
		}
	}
	slices.Sort(files)
	return files
}

// some names the first of many.
func some(list []string) string {
	const named = 3
	if len(list) <= named+1 {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:named], ", "), len(list)-named)
}
