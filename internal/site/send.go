package site

import (
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"mizan/internal/reply"
)

//go:embed static
var staticFiles embed.FS

// asset is one file of the program's own: the style sheet, the script, the
// logo.
type asset struct {
	body []byte
	sent *reply.Body
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
	level := gzip.DefaultCompression
	if path.Ext(name) == ".gz" {
		level = gzip.NoCompression
	}
	return asset{body: body, sent: reply.New(body, level), kind: kindOf(name), path: "static/" + stem + "." + digest(body)[:12] + "." + ext}
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
		a.sent.Send(w, r, http.StatusOK)
		return
	}
	http.NotFound(w, r)
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
