package claim

import (
	"slices"
	"strings"
	"sync"
)

// territoryNames are the names of territories by language and code.
var territoryNames = sync.OnceValue(func() map[string]map[string]string {
	names := map[string]map[string]string{}
	text, err := dataFiles.ReadFile("data/territories.tsv")
	if err != nil {
		return names
	}
	for row := range strings.SplitSeq(string(text), "\n") {
		fields := strings.Split(row, "\t")
		if len(fields) != 1+len(territoryLanguages) || strings.HasPrefix(row, "code\t") {
			continue
		}
		for i, language := range territoryLanguages {
			if names[language] == nil {
				names[language] = map[string]string{}
			}
			names[language][fields[0]], _, _ = strings.Cut(fields[1+i], "|")
		}
	}
	return names
})

// territoryLanguages are the languages of the names, in the order of the table.
var territoryLanguages = []string{"en", "ar", "ru", "zh"}

// Territory is the name of a country or territory by the three letters of
// ISO 3166-1, in one of the languages en, ar, ru and zh; "" for an unknown code
// or language.
//
// Source: Unicode CLDR 48.2.
func Territory(language, code string) string {
	if !slices.Contains(territoryLanguages, language) {
		return ""
	}
	return territoryNames()[language][code]
}
