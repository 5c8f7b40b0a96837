package cli

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mizan/internal/site"
)

// secrets are the figures that may not be published again, of the year that is built,
// of one before, and of the project file; all other figures are far smaller.
var secrets = []float64{73194.25, 84205.5, 95316.75, 61427.125, 58163.5, 47291.75}

// secretProject has a series that its origin does not let be published, one that is
// divided by it, an alliance, a target, a scenario and what varies.
var secretProject = map[string]string{
	"mizan.yaml": `mizan: 1
id: closed
title: Closed
period: {from: 2022, to: 2023, look_back: 1}
units: {file: units.csv}
observations: [{file: figures.csv, origin: open}, {file: closed.csv, origin: closed}]
origins: {file: origins.yaml}
figures: {c: {DDD: {2023: 47291.75}}}
indicators:
  a: {name: Apples, measure: kg, pool: sum}
  c: {name: Crime, measure: cases, direction: -1, pool: sum}
  r: {name: Reports, measure: reports, pool: sum}
framework: {code: top, children: [{code: a}, {code: c}, {code: r}]}
build:
  denominate: {r: c}
  treat: {method: winsorise, max_points: 1}
  normalise: {method: min-max, to: [0, 100]}
uncertainty: {draws: 50, seed: 1, vary: [{id: weights, weights: {spread: 0.2}}]}
alliances:
  - {code: pair, name: Pair, members: [{unit: AAA, from: 2000-01-01, source: x}, {unit: BBB, from: 2000-01-01, source: x}]}
  - {code: alone, name: Alone, members: [{unit: CCC, from: 2000-01-01, source: x}]}
targets:
  - {id: less-crime, unit: AAA, title: Less crime, indicator: c, kind: stock, measure: cases, target: {2030: 50000}, source: open}
scenarios:
  - id: calm
    title: Calm
    unit: BBB
    edits: [{id: half, text: Half the crime, indicators: [c], units: [BBB], op: scale, value: 0.5}]
`,
	"units.csv":    "unit,name\nAAA,Alpha\nBBB,Beta\nCCC,Gamma\nDDD,Delta\n",
	"figures.csv":  "unit,indicator,year,value\nAAA,a,2023,1\nBBB,a,2023,5\nCCC,a,2023,10\nDDD,a,2023,4\nAAA,r,2023,3\nBBB,r,2023,5\nCCC,r,2023,8\nDDD,r,2023,9\n",
	"closed.csv":   "unit,indicator,year,value\nAAA,c,2023,73194.25\nBBB,c,2023,84205.5\nCCC,c,2023,95316.75\nDDD,c,2023,61427.125\nAAA,c,2022,58163.5\n",
	"origins.yaml": "open: {publisher: Office of Statistics}\nclosed: {publisher: The Closed Institute, licence: All rights reserved, url: https://closed.example.org, redistribute: no}\n",
}

func secretFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"closed", "out"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range secretProject {
		if err := os.WriteFile(filepath.Join(dir, "closed", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// separators are what stands between the digits of a number for people.
var separators = regexp.MustCompile(`(\d)[,.'\x{a0}\x{2009}\x{202f}\x{66c}٬](\d{3})`)

// arabic turns Arabic-Indic digits into ours.
var arabic = strings.NewReplacer("٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9")

// leaks looks for secrets in a file, in all forms in which files keep numbers, and in
// what it packs.
func leaks(t *testing.T, name string, body []byte) {
	t.Helper()
	switch {
	case bytes.HasPrefix(body, []byte("PK\x03\x04")):
		z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			inner, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			leaks(t, name+"!"+f.Name, inner)
		}
	case bytes.HasPrefix(body, []byte{0x1f, 0x8b}):
		r, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		inner, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		leaks(t, name+"!", inner)
	}
	text := separators.ReplaceAllString(arabic.Replace(string(body)), "$1$2")
	for _, v := range secrets {
		whole := fmt.Sprint(math.Floor(v))
		at := strings.Index(text, whole)
		if at < 0 {
			var bits [8]byte
			binary.LittleEndian.PutUint64(bits[:], math.Float64bits(v))
			at = bytes.Index(body, bits[:])
		}
		if at >= 0 {
			t.Errorf("%s holds %v: …%q", name, v, text[max(0, at-80):min(len(text), at+30)])
		}
	}
}

// TestWithheldFromFiles: no byte of a figure that may not be published again is in a
// written site or an export; the scores are.
func TestWithheldFromFiles(t *testing.T) {
	dir := secretFolder(t)
	run := func(args ...string) string {
		t.Helper()
		status, out, msg := typed(t.Context(), dir, args...)
		if status != 0 {
			t.Fatalf("%v: %s", args, msg)
		}
		return out + msg
	}
	exports := map[string]string{
		"excel": "out/x.xlsx", "csv": "out/csv", "parquet": "out/parquet", "coinr": "out/coinr", "frictionless": "out/frictionless", "csvw": "out/csvw",
		"open-data": "out/open-data", "sdmx": "out/sdmx", "dcat": "out/dcat.jsonld", "schema-org": "out/schema.jsonld", "bibtex": "out/x.bib", "ris": "out/x.ris",
	}
	for format, file := range exports {
		if said := run("export", format, "closed", "-o", file); !strings.Contains(said, "Left out, for their licence does not let them be published again: the figures of c (--all") {
			t.Errorf("export %s says nothing of it: %s", format, said)
		}
	}
	run("site", "closed", "-o", "out/site")
	tables, err := filepath.Glob(filepath.Join(dir, "out/parquet/data/*.parquet"))
	if err != nil || len(tables) < 5 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	for _, file := range tables { // packed: read them too
		leaks(t, file, []byte(run("data", "sql", "select * from x", "closed", "--table", "x="+file, "--format", "csv")))
	}
	files := 0
	err = filepath.WalkDir(filepath.Join(dir, "out"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		body, err := os.ReadFile(name)
		leaks(t, name, body)
		return err
	})
	if err != nil || files < 100 {
		t.Fatalf("%d files, %v", files, err)
	}
	scores, err := os.ReadFile(filepath.Join(dir, "out/site/download/scores.csv"))
	run("build", "closed", "-o", "own")
	own, err2 := os.ReadFile(filepath.Join(dir, "own/scores.csv"))
	if err != nil || err2 != nil || !bytes.Equal(scores, own) {
		t.Errorf("the scores differ: %s, %s, %v, %v", scores, own, err, err2)
	}
	for _, page := range []string{"indicator/c.html", "unit/AAA.html"} {
		text, err := os.ReadFile(filepath.Join(dir, "out/site/en", page))
		if err != nil || !strings.Contains(string(text), "They are to be had from The Closed Institute.") || !strings.Contains(string(text), "https://closed.example.org") {
			t.Errorf("%s says not who has the figures: %v", page, err)
		}
	}

	// For one's own use all figures are there, with a warning.
	if said := run("export", "csv", "closed", "--all", "-o", "mine"); !strings.Contains(said, "The file has figures that may not be published again: c. Keep it to yourself.") {
		t.Errorf("no warning: %s", said)
	}
	mine, err := os.ReadFile(filepath.Join(dir, "mine/data/observations.csv"))
	if err != nil || !strings.Contains(string(mine), "73194.25") {
		t.Errorf("--all leaves figures out: %v", err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "own/report.json")); err != nil || !strings.Contains(string(text), "73194.25") {
		t.Errorf("a build for oneself leaves figures out: %v", err)
	}
}

// TestWithheldFromServer: nor does a public server tell them, on any page, to programs
// or to assistants; this machine's own does.
func TestWithheldFromServer(t *testing.T) {
	dir := secretFolder(t)
	env := &Env{Dir: dir, Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard}
	handler := func(public bool) http.Handler {
		in := &projectFlags{}
		p, err := in.open(env, "closed")
		if err != nil {
			t.Fatal(err)
		}
		s := newServed(env, in, p)
		s.public = public
		pages, err := site.New(s.config(t.Context(), false))
		if err != nil {
			t.Fatal(err)
		}
		return front(pages, apiConfig(pages.Report))
	}
	ask := func(h http.Handler, method, path, body string) []byte {
		t.Helper()
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		if body != "" {
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept", "application/json, text/event-stream")
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
		return w.Body.Bytes()
	}
	public, own := handler(true), handler(false)
	paths := []string{"/api/v1", "/api/v1/units/AAA", "/api/v1/indicators/c", "/api/v1/trace/AAA/c", "/api/v1/trace/AAA/r", "/api/v1/trace/AAA/top", "/api/v1/tables", "/api/v1/findings"}
	for _, name := range []string{"units", "origins", "indicators", "framework", "observations", "stages", "results"} {
		paths = append(paths, "/api/v1/tables/"+name, "/api/v1/tables/"+name+"?format=csv")
	}
	for _, page := range []string{"index", "ranking", "data", "methodology", "uncertainty", "alliances", "alliance/pair", "alliance/alone", "targets", "target/less-crime", "scenarios", "scenario/calm", "unit/AAA", "unit/BBB", "indicator/c", "indicator/r", "weigh"} {
		paths = append(paths, "/en/"+page+".html")
	}
	for _, path := range paths {
		leaks(t, path, ask(public, http.MethodGet, path, ""))
	}
	trace := ask(own, http.MethodGet, "/api/v1/trace/AAA/c", "")
	if !bytes.Contains(trace, []byte("73194.25")) {
		t.Errorf("this machine's own server withholds: %s", trace)
	}
	for addr, want := range map[string]bool{"127.0.0.1:80": true, "[::1]:80": true, "localhost:0": true, "0.0.0.0:80": false, ":80": false, "192.0.2.1:80": false, "[::]:80": false, "example.org:80": false} {
		if got := loopback(addr); got != want {
			t.Errorf("%s: of this machine alone %v, want %v", addr, got, want)
		}
	}
}
