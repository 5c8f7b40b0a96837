package site

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// An address without a language leads to the one that the reader prefers; what
// was told in the query is told in the path.
func TestLanguageIsChosen(t *testing.T) {
	s := newSample(t)
	for _, c := range []struct{ target, header, want string }{
		{"/", "", "/en/index.html"},
		{"/", "ru-RU,ru;q=0.9,en;q=0.8", "/ru/index.html"},
		{"/", "fr, zh-TW;q=0.5", "/zh/index.html"},
		{"/unit/BRA?year=2022&variant=intensity&mark=x", "ar", "/ar/variant/intensity/2022/unit/BRA.html?mark=x"},
		{"/en/?year=2022", "ar", "/en/2022/index.html"},
		{"//evil.example/x", "en", "/en/evil.example/x.html"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL, _ = r.URL.Parse(c.target)
		if strings.HasPrefix(c.target, "//") {
			r.URL.Host, r.URL.Path = "", c.target
		}
		r.Header.Set("Accept-Language", c.header)
		w := httptest.NewRecorder()
		s.route(w, r)
		if got := w.Header().Get("Location"); w.Code != http.StatusFound || got != c.want {
			t.Errorf("%s in %q leads to %q, want %q", c.target, c.header, got, c.want)
		}
	}
}

func TestPagesInEveryLanguage(t *testing.T) {
	s := newSample(t)
	for code, want := range map[string][]string{
		"ar": {`<html lang="ar" dir="rtl">`, "المرتبة", `<a href="../../en/unit/BRA.html" lang="en" dir="ltr" hreflang="en">English</a>`},
		"ru": {`<html lang="ru" dir="ltr">`, "Сильные стороны", `<a href="BRA.html" lang="ru" dir="ltr" hreflang="ru" aria-current="true">Русский</a>`, "58,0"},
		"zh": {`<html lang="zh" dir="ltr">`, "优势"},
	} {
		w := request(s, "/"+code+"/unit/BRA.html")
		for _, text := range want {
			if !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s lacks %q", code, text)
			}
		}
	}
	// The switch keeps page, reading, year and what was chosen.
	if body := request(s, "/en/variant/intensity/2022/ranking.html?sort=talent").Body.String(); !strings.Contains(body, `href="../../../../ar/variant/intensity/2022/ranking.html?sort=talent"`) {
		t.Error("the switch of languages loses the state")
	}
}
