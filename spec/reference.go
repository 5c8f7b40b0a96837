package spec

import (
	"cmp"
	"fmt"
	"strings"

	"mizan"
)

// SuggestUnit gives the code of the unit that is nearest to a code or a name, by
// its code or its English name, as Suggest measures it, and whether there is one.
func SuggestUnit(code string, units []mizan.Unit) (string, bool) {
	names := map[string]string{}
	var known []string
	for _, u := range units {
		known = append(known, u.Code)
		if n := u.Name.In("en"); n != "" {
			names[n] = u.Code
			known = append(known, n)
		}
	}
	near, ok := Suggest(code, known)
	return cmp.Or(names[near], near), ok
}

// CheckOrigin reports a source at a path that is neither an address nor one of
// the origins. A project without a file of origins, and a source that is not
// given, are not reported. Where no origin is near, the remedy is to add it or,
// which otherwise says, to do something else.
func (s *Spec) CheckOrigin(path, source string, origins []mizan.Origin, otherwise string) mizan.Problems {
	if source == "" || strings.Contains(source, "://") || s.Origins.File == "" {
		return nil
	}
	var codes []string
	for _, o := range origins {
		if o.Code == source {
			return nil
		}
		if o.Code != "" {
			codes = append(codes, o.Code)
		}
	}
	remedy := "add it to " + s.Origins.File + ", " + otherwise
	if near, ok := Suggest(source, codes); ok {
		remedy = fmt.Sprintf("did you mean %q?", near)
	}
	return mizan.Problems{s.Problem("unknown-origin", path, fmt.Sprintf("unknown origin %q", source), remedy)}
}
