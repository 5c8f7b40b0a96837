package spec_test

import (
	"strings"
	"testing"

	"mizan"
	"mizan/spec"

	"pgregory.net/rapid"
)

// anyImprint draws an imprint with all it can hold.
func anyImprint(t *rapid.T) spec.Imprint {
	name := func(what string) mizan.Text {
		text := rapid.StringMatching(`[A-Z][a-zé'#:{"]{0,8}( [A-Zم中][a-z]{1,8})?`)
		if rapid.Bool().Draw(t, what+" in one") {
			return mizan.Text{"": text.Draw(t, what)}
		}
		return mizan.Text{"en": text.Draw(t, what), "zh-Hans": text.Draw(t, what+" in Chinese")}
	}
	return spec.Imprint{
		Authors: []spec.Author{
			{Name: mizan.Text{"en": "Li Wei", "zh": "李伟"}, Family: mizan.Text{"en": "Li", "zh": "李"}, Affiliation: name("affiliation"), ORCID: "0000-0002-1825-0097", Email: "li@example.org"},
			{Name: name("author"), URL: "https://example.org/a?b=c#d"},
			{Name: name("organisation"), Organisation: true, ROR: "052gg0110"},
		},
		Publisher: spec.Body{Name: name("publisher"), ROR: "042nb2s44", URL: "https://example.org"},
		Licence:   rapid.SampledFrom([]string{"CC-BY-4.0", "EUPL-1.2", "https://example.org/licence", ""}).Draw(t, "licence"),
		Version:   rapid.SampledFrom([]string{"2026.1", "1e3", "v2: second"}).Draw(t, "version"), Date: "2026-11-25", Since: "2019",
		HomePage: "https://example.org/index", DOI: "10.5281/zenodo.1234567",
		Contact:  spec.Contact{Name: name("contact"), Email: "index@example.org", URL: "http://example.org/desk"},
		Funding:  []spec.Grant{{Name: name("funder"), Grant: "17", ROR: "03yrm5c26", URL: "https://example.org/g"}, {Name: name("friend")}},
		Citation: name("citation"),
	}
}

// An imprint in the file: names stand alone or with what is known of them.
func TestImprint(t *testing.T) {
	text := `
mizan: 1
id: x
imprint:
  authors:
    - Ada Lovelace
    - {name: {en: Li Wei, zh: 李伟}, family: {en: Li, zh: 李}, orcid: 0000-0001-5109-3700}
    - {name: Index Institute, organisation: true, ror: 02mhbdp94}
  publisher: Index House
  licence: CC-BY-NC-SA-3.0
  date: 2026-11
  home_page: https://example.org/index
period: {year: 2020}
observations: [{file: o.csv}]
indicators: {a: {}}
framework: {code: t, children: [{code: a}]}
`
	s, err := spec.Parse("mizan.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	i := &s.Imprint
	if got, want := strings.Join(i.Names("zh"), "; "), "Ada Lovelace; 李伟; Index Institute"; got != want {
		t.Errorf("names %q, want %q", got, want)
	}
	if i.IsZero() || i.Publisher.Name.In("ru") != "Index House" || i.Year() != "2026" || i.Link() != "https://example.org/index" || i.Authors[1].Link() != "https://orcid.org/0000-0001-5109-3700" ||
		i.Authors[2].Link() != "https://ror.org/02mhbdp94" {
		t.Errorf("read as %+v", i)
	}
	edited, err := s.Apply(spec.Edit{Set: "imprint.licence", To: "CC0-1.0"}, spec.Edit{Set: "imprint.doi", To: "10.1000/182"})
	if err != nil {
		t.Fatal(err)
	}
	if got := edited.Imprint.Link(); got != "https://doi.org/10.1000/182" || edited.Imprint.Licence != "CC0-1.0" {
		t.Errorf("edited: %+v", edited.Imprint)
	}
	none, err := s.Apply(spec.Edit{Remove: "imprint"})
	if err != nil || !none.Imprint.IsZero() || strings.Contains(string(none.Canonical()), "imprint") {
		t.Errorf("removed: %v, %s", err, none.Canonical())
	}
}

// Where a family name stands depends on the language and the script.
func TestSplitNames(t *testing.T) {
	for _, tt := range []struct{ name, family, head, rest string }{
		{"Ada Lovelace", "Lovelace", "Lovelace", "Ada"},
		{"Ludwig van Beethoven", "van Beethoven", "van Beethoven", "Ludwig"},
		{"Li Wei", "Li", "Li", "Wei"},
		{"Lin Li", "Li", "Li", "Lin"},
		{"李伟", "李", "李", "伟"},
		{"艾达·洛芙莱斯", "洛芙莱斯", "洛芙莱斯", "艾达"},
		{"Lovelace, Ada", "Lovelace", "Lovelace", "Ada"},
		{"Толстой Лев Николаевич", "Толстой", "Толстой", "Лев Николаевич"},
		{"محمد بن موسى الخوارزمي", "الخوارزمي", "الخوارزمي", "محمد بن موسى"},
		{"Suharto", "Suharto", "Suharto", ""},
		{"Ada Lovelace", "", "", "Ada Lovelace"},
	} {
		a := spec.Author{Name: mizan.Text{"": tt.name}, Family: mizan.Text{"": tt.family}}
		if head, rest := a.Split("en"); head != tt.head || rest != tt.rest {
			t.Errorf("%s of %s: %q, %q", tt.family, tt.name, head, rest)
		}
	}
}

// The addresses of licences, as their publishers give them.
func TestLicenceLinks(t *testing.T) {
	for licence, want := range map[string]string{
		"CC-BY-4.0":                   "https://creativecommons.org/licenses/by/4.0/",
		"CC-BY-NC-SA-3.0":             "https://creativecommons.org/licenses/by-nc-sa/3.0/",
		"CC-BY-ND-4.0":                "https://creativecommons.org/licenses/by-nd/4.0/",
		"CC-BY-3.0-IGO":               "https://creativecommons.org/licenses/by/3.0/igo/",
		"CC0-1.0":                     "https://creativecommons.org/publicdomain/zero/1.0/",
		"ODbL-1.0":                    "https://opendatacommons.org/licenses/odbl/1-0/",
		"OGL-UK-3.0":                  "https://spdx.org/licenses/OGL-UK-3.0.html",
		"https://example.org/licence": "https://example.org/licence",
		"":                            "",
	} {
		if got := (&spec.Imprint{Licence: licence}).LicenceLink(); got != want {
			t.Errorf("%s: %s, want %s", licence, got, want)
		}
	}
}

// Identifiers as their registries print them are taken; with one character
// changed, or two neighbours swapped, the check digits tell.
func TestCheckDigits(t *testing.T) {
	parse := func(author string) error {
		_, err := spec.Parse("mizan.yaml", []byte("mizan: 1\nid: x\nimprint: {authors: [{name: A, "+author+"}]}\nperiod: {year: 2020}\nobservations: [{file: o.csv}]\nindicators: {a: {}}\nframework: {code: t, children: [{code: a}]}\n"))
		return err
	}
	const orcid, ror = "orcid: ", "organisation: true, ror: "
	// ORCID's examples, one with the digit X; the ROR IDs of Oxford, MIT, the
	// Universidad de los Andes and the California Digital Library.
	for _, id := range []string{orcid + "0000-0002-1825-0097", orcid + "0000-0001-5109-3700", orcid + "0000-0002-1694-233X", ror + "052gg0110", ror + "042nb2s44", ror + "02mhbdp94", ror + "03yrm5c26"} {
		if err := parse(id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
		start := strings.LastIndex(id, " ") + 1
		for i := start; i < len(id); i++ {
			wrong := []byte(id)
			switch c := id[i]; {
			case c == '-' || i == start:
				continue
			case c == '9':
				wrong[i] = '2'
			default:
				wrong[i] = '9'
			}
			if parse(string(wrong)) == nil {
				t.Errorf("%s is taken in place of %s", wrong, id)
			}
			if i+1 < len(id) && id[i+1] != '-' && id[i+1] != id[i] {
				swapped := []byte(id)
				swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
				if parse(string(swapped)) == nil {
					t.Errorf("%s is taken in place of %s", swapped, id)
				}
			}
		}
	}
}
