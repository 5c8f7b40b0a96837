package spec

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"mizan"

	"github.com/github/go-spdx/v2/spdxexp/spdxlicenses"
)

// The identifiers of persons, organisations, works and licences. Those that have
// check digits are checked by them, so that a slip of a finger is found.

// lineLabels is text in one or several languages, each on one line.
var lineLabels = codec[mizan.Text]{
	read: func(r *reader, n *node, v *mizan.Text) {
		before := len(r.problems)
		labels.read(r, n, v)
		if len(r.problems) > before {
			return
		}
		if n.kind == text {
			line("text").read(r, n, new(string))
			return
		}
		if len(n.entries) == 0 {
			r.fault("bad-value", n.at, "the text is in no language", "give text, or leave it out")
		}
		for _, e := range n.entries {
			r.within(e.key, func() { line("text").read(r, e.value, new(string)) })
		}
	},
	write:  labels.write,
	schema: labels.schema,
}

// address is an address of the web.
var address = word("an address of the web", object{"type": "string", "pattern": `^https?://[^\s/]`}, badAddress)

func badAddress(s string) (cause, remedy string) {
	u, err := url.Parse(s)
	switch {
	case s == "":
		return "the address is empty", "give an address, or leave it out"
	case strings.ContainsFunc(s, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }):
		return "the address " + quote(s) + " has a blank", "write blanks as %20"
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "":
		return quote(s) + " is not an address of the web", "write it from https:// on, such as https://example.org/index"
	case u.User != nil:
		return "the address " + quote(s) + " has the name of a user", "take it away: everybody reads it"
	}
	return "", ""
}

// email is an address for mail: one @, a name before it, a host with a dot after it.
var email = word("an address for mail", object{"type": "string", "pattern": `^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:".]+$`}, func(s string) (string, string) {
	name, host, at := strings.Cut(s, "@")
	dot := strings.LastIndexByte(host, '.')
	if !at || name == "" || dot < 1 || dot == len(host)-1 || strings.ContainsAny(s, "<>,;:\"") || strings.Contains(host, "@") ||
		strings.ContainsFunc(s, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }) {
		return quote(s) + " is not an address for mail", "write it bare, such as index@example.org"
	}
	return "", ""
})

// doi is a digital object identifier: 10., a registrant, a slash, and a name.
//
// Source: ISO 26324:2022.
var doi = word("a DOI such as 10.5281/zenodo.1234567", object{"type": "string", "pattern": `^10\.[0-9]{4,9}(\.[0-9]+)*/\S+$`}, func(s string) (string, string) {
	bare := s
	for _, before := range []string{"https://", "http://", "dx.doi.org/", "doi.org/", "doi:", "DOI:"} {
		bare = strings.TrimSpace(strings.TrimPrefix(bare, before))
	}
	registrant, name, slash := strings.Cut(strings.TrimPrefix(bare, "10."), "/")
	registrant, part, _ := strings.Cut(registrant, ".")
	good := strings.HasPrefix(bare, "10.") && slash && name != "" && len(registrant) >= 4 && len(registrant) <= 9 &&
		strings.Trim(registrant, "0123456789") == "" && strings.Trim(part, "0123456789.") == "" &&
		!strings.ContainsFunc(name, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) })
	switch {
	case good && bare == s:
		return "", ""
	case good:
		return quote(s) + " has more than the DOI", "write `" + bare + "`"
	}
	return quote(s) + " is not a DOI", "write it as 10.5281/zenodo.1234567"
})

// orcid is an ORCID iD: 16 digits in fours, the last of which checks the others
// (ISO 7064, MOD 11-2).
//
// Source: ORCID, Structure of the ORCID Identifier.
var orcid = word("an ORCID iD such as 0000-0002-1825-0097", object{"type": "string", "pattern": `^([0-9]{4}-){3}[0-9]{3}[0-9X]$`}, func(s string) (string, string) {
	const remedy = "write it as 0000-0002-1825-0097"
	bare := strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "orcid.org/")
	sum := 0
	for i := range len(bare) {
		c := bare[i]
		switch {
		case i%5 == 4 && c == '-' && i < 18:
			continue
		case i%5 != 4 && c >= '0' && c <= '9' && i < 18:
			sum = (sum + int(c-'0')) * 2
			continue
		case i == 18 && (c >= '0' && c <= '9' || c == 'X'):
			continue
		}
		return quote(s) + " is not an ORCID iD", remedy
	}
	if len(bare) != 19 {
		return quote(s) + " is not an ORCID iD", remedy
	}
	if check := (12 - sum%11) % 11; "0123456789X"[check] != bare[18] {
		return "the ORCID iD " + quote(s) + " has a wrong digit: its check digit does not fit", "look it up at orcid.org"
	}
	if bare != s {
		return quote(s) + " has more than the ORCID iD", "write `" + bare + "`"
	}
	return "", ""
})

// ror is an identifier of the registry of research organisations, ROR: 0, six letters or
// digits of Crockford's base 32, and two digits that check them (ISO 7064, MOD
// 97-10).
//
// Source: ROR, ROR identifier pattern.
var ror = word("a ROR ID such as 052gg0110", object{"type": "string", "pattern": `^0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}$`}, func(s string) (string, string) {
	const letters = "0123456789abcdefghjkmnpqrstvwxyz"
	bare := strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "ror.org/")
	number := 0
	for i := range min(len(bare), 7) {
		number = number*32 + strings.IndexByte(letters, bare[i])
	}
	if len(bare) != 9 || bare[0] != '0' || strings.Trim(bare[:7], letters) != "" || strings.Trim(bare[7:], "0123456789") != "" {
		return quote(s) + " is not a ROR ID", "write it as 052gg0110"
	}
	if check := 98 - (number*100)%97; fmt.Sprintf("%02d", check) != bare[7:] {
		return "the ROR ID " + quote(s) + " has a wrong character: its check digits do not fit", "look it up at ror.org"
	}
	if bare != s {
		return quote(s) + " has more than the ROR ID", "write `" + bare + "`"
	}
	return "", ""
})

// openLicences are the licences under which texts and data are usually given to
// all. They are suggested, and offered by editors.
var openLicences = []string{
	"CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-4.0", "CC-BY-NC-ND-4.0", "CC-BY-3.0-IGO", "CC0-1.0", "ODbL-1.0", "ODC-By-1.0", "PDDL-1.0",
	"OGL-UK-3.0", "etalab-2.0", "DL-DE-BY-2.0", "DL-DE-ZERO-2.0", "NLOD-2.0", "CDLA-Permissive-2.0", "Apache-2.0", "MIT",
}

// licence is an identifier of the SPDX list, or the address of a licence's text.
var licence = codec[string]{
	read: word("the identifier of a licence, such as CC-BY-4.0, or its address", nil, func(s string) (string, string) {
		const remedy = "give an identifier of the SPDX list, such as CC-BY-4.0, or the address of the licence's text"
		if strings.Contains(s, "://") {
			return badAddress(s)
		}
		known, id := spdxlicenses.IsActiveLicense(strings.ReplaceAll(strings.TrimSpace(s), " ", "-"))
		switch {
		case known && id == s:
			return "", ""
		case known:
			return "unknown licence " + quote(s), "write `" + id + "`"
		}
		return "unknown licence " + quote(s), didYouMean(s, openLicences, remedy)
	}).read,
	write: writeText,
	schema: func(*schemaMaker) object {
		return object{"type": "string", "anyOf": []object{{"enum": openLicences}, {"pattern": `^https?://[^\s/]`}, {"pattern": `^[A-Za-z0-9.+-]+$`}}}
	},
}
