package cli

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mizan/claim"
	"mizan/internal/export"
)

// An article that was printed to a PDF makes the claims of its text. Names of
// speakers and years of relations are left out, which the end of a line may part
// from them. In Arabic the ligature of lam and
// alef loses its order on the way, and with it the words that hold it, so only
// what does not hang on such words is compared.
func TestReadPDF(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes a while")
	}
	for _, need := range []string{"chromium", "pdftotext"} {
		if _, err := exec.LookPath(need); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("the build machine needs %s", need)
			}
			t.Skipf("%s is not installed", need)
		}
	}
	dir := t.TempDir()
	for _, lang := range []string{"en", "ru", "ar"} {
		content, err := os.ReadFile("../../claim/testdata/articles/" + lang + "/rules/01.txt")
		if err != nil {
			t.Fatal(err)
		}
		text, _, _ := strings.Cut(strings.TrimPrefix(string(content), "-- text --\n"), "-- claims --")
		page := "<!doctype html><meta charset=utf-8><html dir=" + map[bool]string{true: "rtl", false: "ltr"}[lang == "ar"] + "><body><p>" +
			strings.ReplaceAll(html.EscapeString(strings.TrimSpace(text)), "\n\n", "<p>") + "</body></html>"
		pdf, err := export.PDF(t.Context(), []byte(page))
		if err != nil {
			t.Fatal(err)
		}
		for name, body := range map[string]string{lang + ".txt": text, lang + ".pdf": string(pdf)} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, got := claimsOf(t, dir, lang+".txt", lang), claimsOf(t, dir, lang+".pdf", lang)
		if lang == "ar" {
			for _, line := range []string{"target SAU 4e+10 USD 2030", "level SAU 6e+09 USD 2022"} {
				if !slices.Contains(want, line) || !slices.Contains(got, line) {
					t.Errorf("%s: of the text\n%s\nof the PDF\n%s\nand both should have %s", lang, strings.Join(want, "\n"), strings.Join(got, "\n"), line)
				}
			}
			continue
		}
		if len(want) < 5 || !slices.Equal(got, want) {
			t.Errorf("%s: the PDF makes\n%s\nand the text\n%s", lang, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// claimsOf are the claims of a file, a line each, sorted.
func claimsOf(t *testing.T, dir, name, lang string) []string {
	t.Helper()
	status, out, msg := typed(t.Context(), dir, "read", name, "-p", "ai-race", "--format", "json", "--language", lang)
	if status != 0 {
		t.Fatal(msg)
	}
	var reading claim.Reading
	if err := json.Unmarshal([]byte(out), &reading); err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, c := range reading.Claims {
		line := string(c.Kind) + " " + c.Unit + c.Other + c.Alliance
		if q := c.Quantity; q != nil {
			line += fmt.Sprintf(" %g %s", q.Value, q.Currency)
		}
		if c.Year > 0 && c.Kind != claim.Relation {
			line += fmt.Sprintf(" %d", c.Year)
		}
		list = append(list, line)
	}
	slices.Sort(list)
	return list
}
