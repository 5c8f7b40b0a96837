package cli

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// serving starts `mizan serve` in a folder on a free port, and gives its address
// and a function that stops it and gives the exit status.
func serving(t *testing.T, dir string, stderr io.Writer, args ...string) (url string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- Run(ctx, &Env{Args: append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), Dir: dir, Stdin: strings.NewReader(""), Stdout: w, Stderr: stderr})
		_ = w.Close()
	}()
	line := make([]byte, 200)
	n, _ := r.Read(line)
	url = regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(string(line[:n]))
	if url == "" {
		cancel()
		t.Fatalf("no address was printed: %q", line[:n])
	}
	return url, func() int { cancel(); return <-done }
}

func page(t *testing.T, url string) (int, string) {
	t.Helper()
	client := http.Client{Timeout: 30 * time.Second}
	resp, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// TestServe: the pages show the project, every file of a build can be had, a
// change of the project shows at the next visit, a mistake is told with the
// last good build still there, and Ctrl-C ends it well.
func TestServe(t *testing.T) {
	dir := folder(t)
	var msg strings.Builder
	url, stop := serving(t, dir, &msg, "tiny")
	if status, body := page(t, url+"/ranking"); status != 200 || !strings.Contains(body, "Beta") || !strings.Contains(body, "68.8") {
		t.Errorf("the ranking: status %d", status)
	}
	if _, body := page(t, url+"/unit/BBB"); !strings.Contains(body, "Office of Statistics") || !strings.Contains(body, "CC BY 4.0") {
		t.Error("the page of BBB does not say where its figures come from")
	}
	if status, _, out := typed(t.Context(), dir, "build", "tiny", "-o", "out"); status != 0 {
		t.Fatal(out)
	}
	for name, text := range contents(t, filepath.Join(dir, "out")) {
		if status, body := page(t, url+"/download/"+strings.ReplaceAll(name, "/", "-")); status != 200 || body != text {
			t.Errorf("%s is not what `mizan build` writes (status %d)", name, status)
		}
	}
	file := filepath.Join(dir, "tiny", "mizan.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rewrite := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rewrite(strings.Replace(string(text), "weight: 3", "weight: 1", 1))
	if _, body := page(t, url+"/"); !strings.Contains(body, "62.5") {
		t.Error("the changed weight does not show")
	}
	rewrite(strings.Replace(string(text), "min-max", "minmax", 1))
	if _, body := page(t, url+"/"); !strings.Contains(body, "last good build") || !strings.Contains(body, "62.5") {
		t.Error("a mistake takes the last good build away")
	}
	if _, body := page(t, url+"/problems"); !strings.Contains(body, "tiny/mizan.yaml:") || !strings.Contains(body, "did you mean") {
		t.Error("the mistake is not told with its place")
	}
	rewrite(string(text))
	if _, body := page(t, url+"/"); !strings.Contains(body, "68.8") || strings.Contains(body, "last good build") {
		t.Error("the mended project does not show")
	}
	if status := stop(); status != 0 {
		t.Errorf("Ctrl-C ends it with status %d", status)
	}
	if msg.String() != "" {
		t.Errorf("it said %q", msg.String())
	}
}

// TestServeWatches: every file that the build reads is watched, also one that
// only an edit names, one that is not there yet, and the project file when it
// goes and comes back.
func TestServeWatches(t *testing.T) {
	dir := folder(t)
	units := filepath.Join(dir, "tiny", "data", "units.csv")
	mine := filepath.Join(dir, "tiny", "data", "mine.csv")
	text, err := os.ReadFile(units)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var msg strings.Builder
	url, stop := serving(t, dir, &msg, "tiny", "--set", "units.file=data/mine.csv")
	defer stop()
	if status, body := page(t, url+"/"); status != 500 || !strings.Contains(body, "mine.csv") {
		t.Errorf("status %d without the file that is missing", status)
	}
	write(mine, string(text))
	if status, body := page(t, url+"/"); status != 200 || !strings.Contains(body, "Beta") {
		t.Errorf("status %d once the file is there", status)
	}
	write(mine, strings.ReplaceAll(string(text), "Beta", "Better"))
	if _, body := page(t, url+"/unit/BBB"); !strings.Contains(body, "Better") {
		t.Error("the changed name does not show")
	}
	file := filepath.Join(dir, "tiny", "mizan.yaml")
	if err := os.Rename(file, file+".away"); err != nil {
		t.Fatal(err)
	}
	if status, body := page(t, url+"/"); status != 200 || !strings.Contains(body, "last good build") {
		t.Errorf("status %d without the project file", status)
	}
	if _, body := page(t, url+"/problems"); !strings.Contains(body, "the folder has no mizan.yaml") {
		t.Error("that the project file is gone is not told")
	}
	if err := os.Rename(file+".away", file); err != nil {
		t.Fatal(err)
	}
	if _, body := page(t, url+"/"); !strings.Contains(body, "Better") || strings.Contains(body, "last good build") {
		t.Error("the project file is back and does not show")
	}
}

// TestServeEverywhere: who listens to other machines is told so, and gets an
// address that this one can visit.
func TestServeEverywhere(t *testing.T) {
	var msg strings.Builder
	url, stop := serving(t, folder(t), &msg, "tiny", "--addr", ":0")
	if status, _ := page(t, url+"/healthz"); status != 200 {
		t.Errorf("%s answers with status %d", url, status)
	}
	stop()
	if want := "The pages can be read from other machines, for --addr :0 is not this machine alone.\n"; msg.String() != want {
		t.Errorf("it said %q, want %q", msg.String(), want)
	}
}

// TestServeStopped: a stop during the first build ends it at once.
func TestServeStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if status, out, msg := typed(ctx, folder(t), "serve", "tiny", "--addr", "127.0.0.1:0"); status != statusFailed || out != "" || !strings.Contains(msg, "stopped") {
		t.Errorf("status %d, %q, %q", status, out, msg)
	}
}

// TestServeBroken: a project that does not build is served with its problems.
func TestServeBroken(t *testing.T) {
	dir := folder(t)
	file := filepath.Join(dir, "tiny", "data", "figures.csv")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), "AAA,a,2023,0", "AAA,a,2023,much", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	var msg strings.Builder
	url, stop := serving(t, dir, &msg, "tiny")
	if status, body := page(t, url+"/"); status != 500 || !strings.Contains(body, "tiny/data/figures.csv:2") {
		t.Errorf("status %d without the place of the mistake", status)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
	if status, body := page(t, url+"/"); status != 200 || !strings.Contains(body, "68.8") {
		t.Errorf("status %d once it is mended", status)
	}
	stop()
	if !strings.Contains(msg.String(), "tiny/data/figures.csv:2") {
		t.Errorf("it said %q", msg.String())
	}
}

func TestServeRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for line, want := range map[string]string{
		"serve tiny --addr " + taken.Addr().String(): "another program listens there; choose another port",
		"serve tiny --addr 127.0.0.1":                "HOST:PORT",
		"serve tiny --addr 127.0.0.1:99999":          "HOST:PORT",
		"serve nowhere":                              `there is no project "nowhere"`,
		"serve tiny --variant even":                  "--variant is chosen on the pages",
	} {
		status, _, msg := typed(t.Context(), folder(t), strings.Fields(line)...)
		if status == 0 || !strings.Contains(msg, want) {
			t.Errorf("%s: status %d, %q", line, status, msg)
		}
	}
}
