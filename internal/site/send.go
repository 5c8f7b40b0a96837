package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// asset is one file of the program's own: the style sheet, the script, the
// logo.
type asset struct {
	body []byte
	kind string // media type
	path string // from the root of the site, with a digest of the content in the name
}

func loadAssets() (map[string]asset, error) {
	assets := map[string]asset{}
	entries, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		body, err := fs.ReadFile(staticFiles, "static/"+e.Name())
		if err != nil {
			return nil, err
		}
		assets[e.Name()] = newAsset(e.Name(), body)
	}
	return assets, addBuilt(assets, newAsset)
}

func newAsset(name string, body []byte) asset {
	stem, ext, _ := strings.Cut(name, ".")
	return asset{body: body, kind: kindOf(name), path: "static/" + stem + "." + digest(body)[:12] + "." + ext}
}

// kindOf is the media type of an asset.
func kindOf(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".gz":
		return "application/gzip"
	}
	return mime.TypeByExtension(path.Ext(name))
}

// static sends an asset. The name of its file carries a digest of the content,
// so a browser may keep it for good.
func (s *Site) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	for plain, a := range s.assets {
		if name != plain && "static/"+name != a.path {
			continue
		}
		w.Header().Set("Content-Type", a.kind)
		if plain == workerFile {
			w.Header().Set("Content-Security-Policy", workerPolicy)
		}
		if name != plain {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		send(w, r, http.StatusOK, a.body)
		return
	}
	http.NotFound(w, r)
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// send writes a body with a validator made from its content: a browser that
// holds the same bytes is told so and gets none. Bodies above a kilobyte are
// compressed for who accepts it.
func send(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	if status == http.StatusOK {
		tag := `W/"` + digest(body)[:32] + `"`
		h.Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if len(body) > 1024 && h.Get("Content-Type") != "application/gzip" && acceptsGzip(r.Header.Get("Accept-Encoding")) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write(body) // a buffer does not fail
		_ = z.Close()
		h.Set("Content-Encoding", "gzip")
		body = b.Bytes()
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the reader may have gone; nothing is left to tell
	}
}

// matches compares validators weakly, as RFC 9110 has it for If-None-Match.
func matches(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		t = strings.TrimSpace(t)
		if t == "*" || strings.TrimPrefix(t, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

func acceptsGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.TrimSpace(name) != "gzip" {
			continue
		}
		_, q, found := strings.Cut(strings.ReplaceAll(quality, " ", ""), "q=")
		v, err := strconv.ParseFloat(q, 64)
		return !found || err != nil || v > 0
	}
	return false
}
