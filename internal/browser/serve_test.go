package browser

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mizan/internal/cli"
)

// serving starts `mizan serve` and gives its address.
func serving(t *testing.T, dir string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- cli.Run(ctx, &cli.Env{Args: append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), Dir: dir, Stdin: strings.NewReader(""), Stdout: w, Stderr: io.Discard})
		_ = w.Close()
	}()
	t.Cleanup(func() {
		cancel()
		if status := <-done; status != 0 {
			t.Errorf("mizan serve ended with status %d", status)
		}
	})
	line := make([]byte, 300)
	n, err := r.Read(line)
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(string(line[:n]))
	if url == "" {
		t.Fatalf("no address was printed: %q, %v", line[:n], err)
	}
	return url
}

// TestServeFollows: an open page shows a change of the project without being asked
// to, stays where it was, tells of a mistake, and forgets it when it is mended.
func TestServeFollows(t *testing.T) {
	browser(t)
	dir := t.TempDir()
	if err := command(dir, "new", "myindex"); err != nil {
		t.Fatal(err)
	}
	url := serving(t, dir, "myindex")
	file := filepath.Join(dir, "myindex", "mizan.yaml")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rewrite := func(old, new string) {
		t.Helper()
		if !strings.Contains(string(text), old) {
			t.Fatalf("the project has no %q", old)
		}
		if err := os.WriteFile(file, []byte(strings.Replace(string(text), old, new, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b := open(t)
	b.goTo(url + "/en/methodology.html?a=b#main")
	const title = `document.querySelector(".brand-title").textContent`
	b.await(title + ` === "My index"`)
	b.run(`scrollTo(0, 200)`)
	rewrite("My index", "Index of the reader")
	b.await(title + ` === "Index of the reader"`)
	b.await(`scrollY > 100`)
	if at := ask[string](b, `location.search + location.hash`); at != "?a=b#main" {
		t.Errorf("the page is now at %s", at)
	}
	rewrite("min-max", "minmax")
	b.await(`document.querySelector(".notice") !== null`)
	rewrite("My index", "A third name")
	b.await(title + ` === "A third name" && document.querySelector(".notice") === null`)
	b.quiet(url + "/")
}
