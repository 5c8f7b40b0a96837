package mizan_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the path under which our own packages are imported.
const module = "mizan"

var (
	analyses = []string{"audit", "uncertainty", "alliance", "network", "target", "scenario", "claim"}
	pure     = append([]string{"", "stat", "spec", "dataset", "build", "engine", "engine/live"}, analyses...)
	outputs  = []string{"internal/site", "internal/api", "internal/export"}
	adapters = []string{"internal/source", "internal/store", "internal/sql"}
	// rooms are what internal/site is made of beside its pages. They know neither
	// pages nor engine (docs/decisions/0014-rooms-of-the-site.md).
	rooms = []string{"internal/site/language", "internal/site/draw", "internal/site/address", "internal/site/card", "internal/site/publish"}
)

// allowed is the house's plan: which of our packages each package may import.
// Imports go down only. The list is never relaxed to mend a build; a change
// of the plan is a decision note in docs/decisions.
var allowed = map[string][]string{
	"":            {},
	"stat":        {},
	"projects":    {},
	"spec":        {""},
	"dataset":     {"", "spec", "stat"},
	"build":       {"", "spec", "stat"},
	"audit":       {"", "spec", "stat", "build"},
	"uncertainty": {"", "spec", "stat", "build"},
	"alliance":    {"", "spec", "stat", "build", "network"},
	"network":     {"", "spec", "stat", "build"},
	"target":      {"", "spec", "stat", "build"},
	"scenario":    {"", "spec", "stat", "build"},
	"claim":       {"", "spec", "stat", "build"},
	"engine":      without(pure, "engine"),
	"engine/live": {"", "spec", "stat", "build", "uncertainty"},

	"internal/oracle": {}, // reads reference figures for tests
	"internal/reply":  {}, // sends answers over HTTP (docs/decisions/0025-answers.md)
	// Opens Parquet files that may come from anybody (docs/decisions/0027-foreign-files.md).
	"internal/parquetfile": {},

	"internal/source": {"", "internal/parquetfile"},
	"internal/store":  {""},
	"internal/sql":    {"", "internal/parquetfile"},
	"internal/export": pure,
	"internal/api":    slices.Concat(pure, []string{"internal/reply"}),
	"internal/site":   slices.Concat(pure, rooms, []string{"internal/reply"}),
	"internal/cli":    slices.Concat(pure, outputs, adapters, []string{"projects", "internal/site/publish"}),

	"internal/site/messages": {},
	"internal/site/language": {"", "internal/site/messages"},
	"internal/site/draw":     {"stat"}, // numbers and words in, marks at their places out
	"internal/site/address":  {"internal/site/language"},
	"internal/site/card":     {"internal/site/language"},
	"internal/site/publish":  {"", "internal/site/language", "internal/site/address"},

	// The publishers' services in small, for tests (docs/decisions/0016-connectors.md).
	"internal/source/replay": {},
	// A ClickHouse server for tests (docs/decisions/0024-figures-by-sql.md).
	"internal/sql/sqltest": {},

	"cmd/mizan":      slices.Concat(pure, outputs, adapters, []string{"projects", "internal/cli"}),
	"cmd/mizan-wasm": pure,
}

// banned are the standard packages that a pure package may not import: they
// reach the disk, the network, a log, the page or another process.
var banned = []string{
	"os", "os/exec", "os/signal", "net", "net/http", "log", "log/slog", "syscall", "syscall/js", "plugin", "testing",
}

// heavy are the modules that take long to set themselves up, which every
// command would pay for (docs/decisions/0008-start.md): only tests use them.
var heavy = []string{"github.com/xuri/excelize/", "github.com/chromedp/"}

// large are the modules that cost more than a millisecond at start and are in the
// program all the same, each with the packages that may import it
// (docs/decisions/0017-one-binary.md).
var large = map[string][]string{
	"github.com/parquet-go/":           {"internal/export", "internal/parquetfile", "internal/source", "internal/sql"},
	"modernc.org/sqlite":               {"internal/sql"},
	"github.com/ClickHouse/":           {"internal/sql"},
	"github.com/danielgtaylor/huma/":   {"internal/api"},
	"github.com/modelcontextprotocol/": {"internal/api"},
}

// clock are the names in package time that read or wait on the clock.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}

// seeded are the names in math/rand and math/rand/v2 that do not draw from the
// global source.
var seeded = []string{"New", "NewPCG", "NewChaCha8", "NewSource", "NewZipf", "Rand", "Source", "Source64", "PCG", "ChaCha8", "Zipf"}

func TestLayers(t *testing.T) {
	seen := map[string]bool{}
	eachSource(t, func(folder, name string, set *token.FileSet, file *ast.File) {
		seen[folder] = true
		may, known := allowed[folder]
		if !known {
			t.Errorf("%s: the package is not in the plan; add a line to the layer test with a decision note", name)
			return
		}
		isPure := slices.Contains(pure, folder)
		local := map[string]string{}
		for _, imp := range file.Imports {
			path, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			at := set.Position(imp.Pos())
			if own, ours := ownPackage(path); ours && !slices.Contains(may, own) {
				t.Errorf("%s: %s may not import %s: imports go down only", at, or(folder), or(own))
			}
			if slices.ContainsFunc(heavy, func(module string) bool { return strings.HasPrefix(path, module) }) {
				t.Errorf("%s: %s slows every start; only tests may import it", at, path)
			}
			for module, may := range large {
				if strings.HasPrefix(path, module) && !slices.Contains(may, folder) {
					t.Errorf("%s: %s is for %s alone", at, path, strings.Join(may, ", "))
				}
			}
			if isPure && slices.Contains(banned, path) {
				t.Errorf("%s: %s is pure and may not import %s", at, or(folder), path)
			}
			key := path[strings.LastIndex(path, "/")+1:]
			if key == "v2" {
				key = "rand"
			}
			if imp.Name != nil {
				key = imp.Name.Name
			}
			local[key] = path
		}
		if isPure {
			checkSelectors(t, set, file, local)
		}
	})
	for _, folder := range []string{"", "stat", "spec", "dataset", "build", "engine", "internal/cli", "cmd/mizan"} {
		if !seen[folder] {
			t.Errorf("no source found in %s: is the test looking at the right tree?", or(folder))
		}
	}
}

// checkSelectors reports uses of the clock and of global random numbers.
func checkSelectors(t *testing.T, set *token.FileSet, file *ast.File, local map[string]string) {
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := sel.X.(*ast.Ident)
		if !ok || x.Obj != nil {
			return true
		}
		switch local[x.Name] {
		case "time":
			if slices.Contains(clock, sel.Sel.Name) {
				t.Errorf("%s: a pure package may not read the clock (time.%s)", set.Position(n.Pos()), sel.Sel.Name)
			}
		case "math/rand", "math/rand/v2":
			if !slices.Contains(seeded, sel.Sel.Name) {
				t.Errorf("%s: a pure package may not draw from the global source (rand.%s)", set.Position(n.Pos()), sel.Sel.Name)
			}
		}
		return true
	})
}

// TestSizes keeps files readable: about 300 lines, 500 at most.
func TestSizes(t *testing.T) {
	eachSource(t, func(_, name string, set *token.FileSet, file *ast.File) {
		if n := set.File(file.Pos()).LineCount(); n > 500 {
			t.Errorf("%s has %d lines, 500 at most: divide it by subject", name, n)
		}
	})
}

// eachSource parses every Go file of the tree that is not a test.
func eachSource(t *testing.T, visit func(folder, name string, set *token.FileSet, file *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(name))
		if folder == "." {
			folder = ""
		}
		visit(folder, name, set, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ownPackage gives the folder of an import path that is ours.
func ownPackage(path string) (folder string, ours bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

func without(list []string, name string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == name })
}

func or(folder string) string {
	if folder == "" {
		return "the root package"
	}
	return folder
}
