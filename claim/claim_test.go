package claim_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mizan/claim"
)

func read(t testing.TB, text string, o claim.Options) *claim.Reading {
	t.Helper()
	r, err := claim.Read(text, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range r.Claims {
		if c.Span.From < 0 || c.Span.To > len(text) || c.Span.From >= c.Span.To {
			t.Errorf("claim %s lies at %+v of %d bytes", c.ID, c.Span, len(text))
		}
	}
	return r
}

// firm are the claims of high confidence.
func firm(r *claim.Reading) []claim.Claim {
	var list []claim.Claim
	for _, c := range r.Claims {
		if c.Confidence == claim.High {
			list = append(list, c)
		}
	}
	return list
}

// TestNumbers reads one figure in many spellings.
func TestNumbers(t *testing.T) {
	for _, tt := range []struct {
		language, text string
		value, half    float64
		measure        claim.Measure
		currency       string
	}{
		{"en", "Russia spent 1.9 billion dollars in 2023.", 1.9e9, 5e7, claim.Money, "USD"},
		{"en", "Russia spent $1.9bn in 2023.", 1.9e9, 5e7, claim.Money, "USD"},
		{"en", "Russia spent $1,900,000,000 in 2023.", 1.9e9, 0.5, claim.Money, "USD"},
		{"en", "Russia spent twenty-five million euros in 2023.", 25e6, 5e5, claim.Money, "EUR"},
		{"en", "In 2023 Russia used two hundred and five percent of it for research.", 205, 0.5, claim.Percent, ""},
		{"ru", "Россия потратила 1,9 млрд долларов в 2023 году.", 1.9e9, 5e7, claim.Money, "USD"},
		{"ru", "Россия потратила 1 900 000 рублей в 2023 году.", 1.9e6, 0.5, claim.Money, "RUB"},
		{"ru", "Россия потратила двадцать пять миллионов рублей в 2023 году.", 25e6, 5e5, claim.Money, "RUB"},
		{"ru", "Россия потратила полтора миллиарда рублей в 2023 году.", 1.5e9, 5e8, claim.Money, "RUB"},
		{"ar", "أنفقت روسيا ١٫٩ مليار دولار في عام ٢٠٢٣.", 1.9e9, 5e7, claim.Money, "USD"},
		{"ar", "أنفقت روسيا خمسة وعشرين مليون روبل في عام 2023.", 25e6, 5e5, claim.Money, "RUB"},
		{"ar", "أنفقت روسيا 1,900,000 روبل في عام 2023.", 1.9e6, 0.5, claim.Money, "RUB"},
		{"zh", "俄罗斯2023年支出19亿美元。", 1.9e9, 5e7, claim.Money, "USD"},
		{"zh", "俄罗斯2023年支出1.9万亿卢布。", 1.9e12, 5e10, claim.Money, "RUB"},
		{"zh", "俄罗斯2023年支出一万二千亿卢布。", 1.2e12, 5e11, claim.Money, "RUB"},
		{"zh", "俄罗斯2023年支出二十五万美元。", 25e4, 5e3, claim.Money, "USD"},
		{"zh", "２０２３年俄罗斯支出１９亿美元。", 1.9e9, 5e7, claim.Money, "USD"},
	} {
		r := read(t, tt.text, claim.Options{Language: tt.language})
		if len(r.Claims) != 1 || r.Claims[0].Quantity == nil {
			t.Errorf("%s: %d claims", tt.text, len(r.Claims))
			continue
		}
		c := r.Claims[0]
		if q := c.Quantity; q.Value != tt.value || q.Measure != tt.measure || q.Currency != tt.currency || c.Unit != "RUS" || c.Year != 2023 {
			t.Errorf("%s: %+v of %s in %d", tt.text, *q, c.Unit, c.Year)
		}
		if tt.half < 1 && c.Quantity.Precision != tt.half {
			t.Errorf("%s: precision %g", tt.text, c.Quantity.Precision)
		}
	}
}

// TestAdversarial reads what is meant to mislead: nothing may be claimed
// firmly that the text does not say.
func TestAdversarial(t *testing.T) {
	for _, tt := range []struct {
		name, language, text string
		check                func(t *testing.T, r *claim.Reading)
	}{
		{"negation", "en", "In 2023 Russia's share of research was not 5%.", func(t *testing.T, r *claim.Reading) {
			if len(r.Claims) != 1 || !r.Claims[0].Negated || r.Claims[0].Confidence != claim.Low {
				t.Errorf("%+v", r.Claims)
			}
		}},
		{"denial", "en", "China denied that it spent $5bn on chips in 2023.", func(t *testing.T, r *claim.Reading) {
			if len(firm(r)) != 0 {
				t.Errorf("%+v", firm(r))
			}
		}},
		{"glued", "en", "Russia:5%in 2023,China:7%in 2023 of research.", func(t *testing.T, r *claim.Reading) {
			if len(r.Claims) != 2 || r.Claims[0].Unit != "RUS" || r.Claims[1].Unit != "CHN" || r.Claims[1].Quantity.Value != 7 {
				t.Errorf("%+v", r.Claims)
			}
		}},
		{"pronoun", "en", "They told us about 5% of research in 2023.", func(t *testing.T, r *claim.Reading) {
			if len(r.Units) != 0 {
				t.Errorf("us was read as a country: %+v", r.Units)
			}
		}},
		{"two countries", "en", "India and Brazil spent $5bn on research in 2023.", func(t *testing.T, r *claim.Reading) {
			if len(firm(r)) != 0 {
				t.Errorf("one of two countries was picked: %+v", firm(r))
			}
		}},
		{"directions", "en", "Ru\u202essia\u202c spent \u2067$5bn\u2069 on research in 2023.", func(t *testing.T, r *claim.Reading) {
			if len(r.Claims) != 1 || r.Claims[0].Unit != "RUS" || r.Claims[0].Quantity.Value != 5e9 {
				t.Errorf("%+v", r.Claims)
			}
		}},
		{"nested quotations", "ru", "«Министр сказал: «Россия занимает 31-е место», но это не так», — заявил Иван Петров.", func(t *testing.T, r *claim.Reading) {
			for _, c := range r.Claims {
				if c.Kind == claim.Rank && !c.Quoted {
					t.Errorf("a rank within a quotation is told as the article's own: %+v", c)
				}
			}
		}},
		{"telephone", "en", "Russia's embassy is at 7-495-123-45-67, room 31.", func(t *testing.T, r *claim.Reading) {
			if len(firm(r)) != 0 {
				t.Errorf("%+v", firm(r))
			}
		}},
		{"versions", "en", "GPT-4 and Windows 11 are sold in Russia since 2023.", func(t *testing.T, r *claim.Reading) {
			if len(firm(r)) != 0 {
				t.Errorf("%+v", firm(r))
			}
		}},
		{"rumour", "en", "Russia's growth was 5% in 2023. Rumours that China spent $5bn on chips in 2023 are false.", func(t *testing.T, r *claim.Reading) {
			for _, c := range firm(r) {
				if c.Unit == "CHN" {
					t.Errorf("a rumour is told: %+v", c)
				}
			}
		}},
		{"share prices", "en", "Shares in Russia's Gazprom closed 2.1% lower at 123 roubles, and the barrel traded at $74.", func(t *testing.T, r *claim.Reading) {
			if len(firm(r)) != 0 {
				t.Errorf("%+v", firm(r))
			}
		}},
		{"denied relation", "en", "Russia is not behind China. Japan has not imposed sanctions on India.", func(t *testing.T, r *claim.Reading) {
			if len(firm(r)) != 0 {
				t.Errorf("%+v", firm(r))
			}
		}},
		{"lifted", "en", "America lifted its sanctions on India in 2023.", func(t *testing.T, r *claim.Reading) {
			if len(firm(r)) != 0 {
				t.Errorf("%+v", firm(r))
			}
		}},
		{"the first to", "en", "Russia was the first country to pass the law. A third country followed.", func(t *testing.T, r *claim.Reading) {
			if len(firm(r)) != 0 {
				t.Errorf("%+v", firm(r))
			}
		}},
		{"Latin America", "en", "Latin America spent 5% of GDP on research in 2023; South America spent $5bn.", func(t *testing.T, r *claim.Reading) {
			if len(r.Units) != 0 {
				t.Errorf("%+v", r.Units)
			}
		}},
		{"unbalanced quotations", "ru", "«»««“„ сказал Иван Петров: «Россия »», “заявил “Китай” „", func(*testing.T, *claim.Reading) {}},
		{"nothing but marks", "ar", "«»،؛؟…٪ ٠٫٬", func(*testing.T, *claim.Reading) {}},
		{"years as figures", "zh", "2023年2024年2025年中国第2030位2030%2030倍2030", func(*testing.T, *claim.Reading) {}},
		{"each of none", "zh", "每每每五名名中就有有一一名，每0名中有1名，每", func(*testing.T, *claim.Reading) {}},
		{"mixed scripts", "ru", "Россия spent 5 % на исследования в 2023 году, 中国 2 %.", func(*testing.T, *claim.Reading) {}},
		{"no language", "", "12345 67890", func(*testing.T, *claim.Reading) {}},
		{"another language", "", "La France et l'Allemagne ont dépensé dans la recherche, et les pays sont sur le podium.", func(t *testing.T, r *claim.Reading) {
			if r.Language != "" || r.Detected != "French" {
				t.Errorf("read as %q, %q", r.Language, r.Detected)
			}
		}},
		{"broken bytes", "en", "Russia \xff\xfe spent $5bn on research in 2023\xc3.", func(t *testing.T, r *claim.Reading) {
			if len(r.Claims) != 1 || !utf8.ValidString(r.Claims[0].Text) {
				t.Errorf("%+v", r.Claims)
			}
		}},
		{"huge number", "en", "Russia spent $" + strings.Repeat("9", 400) + " on research in 2023.", func(*testing.T, *claim.Reading) {}},
		{"scales on scales", "zh", "俄罗斯2023年支出" + strings.Repeat("亿", 500) + "美元。", func(*testing.T, *claim.Reading) {}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.check(t, read(t, tt.text, claim.Options{Language: tt.language}))
		})
	}
}

// TestLarge reads ten megabytes, and a megabyte each without end of sentence,
// of nothing but quotation marks, of one word.
func TestLarge(t *testing.T) {
	const size = 1_000_000
	article := articles(t, "rules")[0].text
	for name, text := range map[string]string{
		"ten megabytes": strings.Repeat(article, 1+10_000_000/len(article)),
		"one sentence":  strings.Repeat("Russia spent 5 % and ", size/21),
		"quotations":    strings.Repeat(`"Russia" said `, size/14),
		"one word":      strings.Repeat("a", size),
		"digits":        strings.Repeat("1,", size/2),
		"commas":        strings.Repeat("Russia, ", size/8),
	} {
		t.Run(name, func(t *testing.T) { read(t, text, claim.Options{Language: "en"}) })
	}
}

// FuzzRead reads anything in any language.
func FuzzRead(f *testing.F) {
	for _, part := range []string{"rules", "aside"} {
		for _, a := range articles(f, part) {
			f.Add(a.text, a.language)
		}
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		for _, l := range claim.Languages() {
			if language == l {
				read(t, text, claim.Options{Language: l})
			}
		}
		read(t, text, claim.Options{})
	})
}

// BenchmarkRead reads half a megabyte of each language.
func BenchmarkRead(b *testing.B) {
	all := map[string]string{}
	for _, a := range articles(b, "rules") {
		all[a.language] += a.text + "\n\n"
	}
	for _, language := range claim.Languages() {
		text := strings.Repeat(all[language], 1+500_000/max(len(all[language]), 1))
		b.Run(language, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				read(b, text, claim.Options{Language: language})
			}
		})
	}
}

// Articles whose parts are lost, doubled, moved and mixed with those of other
// languages are read in every language without a fault. The changes are the same
// every time.
func TestMangledArticles(t *testing.T) {
	const texts, most = 600, 60
	random := rand.New(rand.NewPCG(1, 2))
	list := articles(t, "rules")
	for range texts {
		text := []byte(list[random.IntN(len(list))].text)
		for range 1 + random.IntN(most) {
			at := random.IntN(len(text))
			end := min(len(text), at+random.IntN(most))
			other := list[random.IntN(len(list))].text
			from := random.IntN(len(other))
			switch random.IntN(4) {
			case 0:
				text[at] = byte(random.IntN(256))
			case 1:
				text = slices.Delete(text, at, end)
			case 2:
				text = slices.Insert(text, at, []byte(other[from:min(len(other), from+random.IntN(most))])...)
			case 3:
				text = slices.Insert(text, at, "\n,.;:-\"?! "[random.IntN(10)])
			}
			text = append(text, '.') // never empty
		}
		for _, language := range claim.Languages() {
			read(t, string(text), claim.Options{Language: language})
		}
	}
}
