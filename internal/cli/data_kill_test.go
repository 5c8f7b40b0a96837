package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mizan/internal/cli"
	"mizan/internal/source/replay"
	"mizan/internal/store"
)

// pulling is a project of two series and a server that takes its time.
type pulling struct {
	dir, url, program string
}

func newPulling(t *testing.T) *pulling {
	t.Helper()
	server := replay.New()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(3 * time.Millisecond)
		server.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// A test binary called mizan is mizan, as in the scripts.
	p := &pulling{dir: t.TempDir(), url: web.URL, program: filepath.Join(t.TempDir(), "mizan")}
	if err := os.Symlink(self, p.program); err != nil {
		t.Fatal(err)
	}
	if status, out := p.run(t, "", "new", "x", "--from", "worldbank:GB.XPD.RSDV.GD.ZS,IT.NET.BBND.P2"); status != 0 {
		t.Fatal(out)
	}
	return p
}

// run runs a command within this process.
func (p *pulling) run(t *testing.T, vintage string, args ...string) (int, string) {
	t.Helper()
	var out bytes.Buffer
	status := cli.Run(t.Context(), &cli.Env{
		Args: args, Dir: p.dir, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: func() time.Time { return time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC) },
		Getenv: func(n string) string { return map[string]string{"MIZAN_MIRROR": p.url + vintage}[n] }, IsTerminal: func(io.Writer) bool { return false },
	})
	return status, out.String()
}

// command is a pull as a process of its own.
func (p *pulling) command(ctx context.Context, vintage string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.program, "data", "pull", "-p", "x")
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), "MIZAN_MIRROR="+p.url+vintage)
	return cmd
}

// check looks at what is on the disk after a stop: the lock file is valid, all
// that it names is there and whole, and so is every other snapshot.
func (p *pulling) check(t *testing.T) {
	t.Helper()
	lock, err := store.ReadLock(filepath.Join(p.dir, "x", "mizan.lock"))
	if err != nil {
		t.Fatalf("the lock file: %v", err)
	}
	snaps := store.OpenSnapshots(filepath.Join(p.dir, "x", "data", "snapshots"))
	for _, s := range lock.Sources {
		for _, v := range s.Vintages {
			for _, a := range v.Answers {
				if _, err := snaps.Get(a.SHA256, a.Size); err != nil {
					t.Fatalf("a snapshot of the lock file: %v", err)
				}
			}
		}
	}
	list, err := snaps.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, sum := range list {
		text, err := os.ReadFile(snaps.Path(sum))
		if err != nil || store.Sum(text) != sum {
			t.Fatalf("the snapshot %s is not whole: %v", sum, err)
		}
	}
}

// TestKilledPull: a pull is killed at a hundred random moments of its life,
// from its start to beyond its end, while two vintages alternate. What is on
// the disk is always whole, and the next pull finishes.
func TestKilledPull(t *testing.T) {
	p := newPulling(t)
	began := time.Now()
	if out, err := p.command(t.Context(), "").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	life := time.Since(began)
	tables := map[string]string{}
	for _, vintage := range []string{"", "/next"} {
		if status, out := p.run(t, vintage, "data", "pull", "-p", "x"); status != 0 {
			t.Fatal(out)
		}
		text, err := os.ReadFile(filepath.Join(p.dir, "x/data/worldbank.csv"))
		if err != nil {
			t.Fatal(err)
		}
		tables[vintage] = string(text)
	}
	if tables[""] == tables["/next"] {
		t.Fatal("the vintages do not differ")
	}
	moments := 100
	if testing.Short() {
		moments = 10
	}
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	killed := 0
	for i := range moments {
		if i%10 == 0 { // from nothing, too
			for _, name := range []string{"x/mizan.lock", "x/data/snapshots", "x/data/worldbank.csv"} {
				if err := os.RemoveAll(filepath.Join(p.dir, name)); err != nil {
					t.Fatal(err)
				}
			}
		}
		vintage := []string{"", "/next"}[i%2]
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.Float64()*1.1*float64(life)))
		out, err := p.command(ctx, vintage).CombinedOutput()
		if err != nil && ctx.Err() == nil {
			t.Fatalf("seed %d, moment %d: the pull itself failed: %v: %s", seed, i, err, out)
		}
		if err != nil {
			killed++
		}
		cancel()
		p.check(t)
		text, err := os.ReadFile(filepath.Join(p.dir, "x/data/worldbank.csv"))
		if err == nil && string(text) != tables[""] && string(text) != tables["/next"] {
			t.Fatalf("seed %d, moment %d: the file of figures is neither the old nor the new one", seed, i)
		}
		if i%3 == 0 {
			continue // a stop after a stop
		}
		if status, out := p.run(t, vintage, "data", "pull", "-p", "x"); status != 0 {
			t.Fatalf("seed %d, moment %d: the next pull: %s", seed, i, out)
		}
		if status, out := p.run(t, vintage, "data", "verify", "-p", "x"); status != 0 {
			t.Fatalf("seed %d, moment %d: %s", seed, i, out)
		}
		if text, _ := os.ReadFile(filepath.Join(p.dir, "x/data/worldbank.csv")); string(text) != tables[vintage] {
			t.Fatalf("seed %d, moment %d: the next pull made another file", seed, i)
		}
	}
	t.Logf("seed %d: %d of %d pulls were killed within %v", seed, killed, moments, life)
	if killed == 0 {
		t.Error("no pull was killed")
	}
}

// TestPullsAtOnce: pulls of one project wait for one another.
func TestPullsAtOnce(t *testing.T) {
	p := newPulling(t)
	for round := range 3 {
		var all sync.WaitGroup
		errs := make([]error, 3)
		for i := range errs {
			all.Go(func() {
				vintage := []string{"", "/next"}[(round+i)%2]
				if out, err := p.command(t.Context(), vintage).CombinedOutput(); err != nil {
					errs[i] = fmt.Errorf("%w: %s", err, out)
				}
			})
		}
		all.Wait()
		for _, err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		p.check(t)
		if status, out := p.run(t, "", "data", "verify", "-p", "x"); status != 0 {
			t.Error(out)
		}
	}
}
