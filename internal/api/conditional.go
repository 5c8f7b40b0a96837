package api

import (
	"bytes"
	"compress/gzip"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"mizan/engine"
	"mizan/internal/reply"
)

// held is an answer that is kept until it is whole.
type held struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (h *held) Header() http.Header { return h.header }

func (h *held) WriteHeader(status int) {
	if h.status == 0 {
		h.status = status
	}
}

func (h *held) Write(b []byte) (int, error) {
	h.WriteHeader(http.StatusOK)
	return h.body.Write(b)
}

// conditional gives every answer a validator made of its bytes: who holds the same
// bytes is told so and gets none. It compresses for who accepts it, answers HEAD as
// GET without the body, and lets pages of other sites read. What was answered is kept
// while the builds are the same.
func (h *handler) conditional(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Access-Control-Allow-Origin", "*")
		head.Set("Access-Control-Expose-Headers", "ETag, Link, X-Total-Count")
		head.Set("Cross-Origin-Resource-Policy", "cross-origin")
		switch r.Method {
		case http.MethodGet, http.MethodHead:
		case http.MethodOptions:
			head.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
			head.Set("Access-Control-Allow-Headers", "Accept, If-None-Match")
			head.Set("Access-Control-Max-Age", "86400")
			w.WriteHeader(http.StatusNoContent)
			return
		default:
			head.Set("Allow", "GET, HEAD, OPTIONS")
			http.Error(w, "this API is read only", http.StatusMethodNotAllowed)
			return
		}
		// The builds are asked for before the answer is made of them: if they change
		// meanwhile, it is kept for builds that nobody has any more.
		key, of := h.key(r)
		if key != "" {
			if k, ok := h.kept.Get(key, of); ok {
				send(w, r, k, http.StatusOK)
				return
			}
		}
		ask := *r
		ask.Method = http.MethodGet
		out := &held{header: http.Header{}}
		next.ServeHTTP(out, &ask)
		k := reply.Kept{Header: out.header, Body: reply.New(out.body.Bytes(), gzip.BestSpeed)}
		if key != "" && out.status == http.StatusOK {
			h.kept.Put(key, of, k)
		}
		send(w, r, k, out.status)
	})
}

// madeOf are the builds that an answer tells of: of the project, and of the variant.
type madeOf struct{ base, shown *engine.Report }

// key is what an answer hangs on: the request, and the builds of today. It is "" for
// answers that are not kept: the page that names the host, and where nothing is built.
func (h *handler) key(r *http.Request) (string, madeOf) {
	const most = 2048
	key := r.URL.Path + "?" + r.URL.RawQuery + " " + strings.Join(r.Header.Values("Accept"), ",")
	variants := r.URL.Query()["variant"]
	if len(key) > most || len(variants) > 1 || r.URL.Path == Base+"/docs" {
		return "", madeOf{}
	}
	base, err := h.Report("")
	shown := base
	if err == nil && len(variants) > 0 {
		shown, err = h.report(variants[0])
	}
	if err != nil {
		return "", madeOf{}
	}
	return key, madeOf{base, shown}
}

// send sends an answer that is whole.
func send(w http.ResponseWriter, r *http.Request, k reply.Kept, status int) {
	h := w.Header()
	for key, values := range k.Header {
		// An empty header is one that the answer has not got.
		if len(values) > 0 && values[0] != "" {
			h[key] = slices.Clone(values) // sending adds to it
		}
	}
	k.Body.Send(w, r, status)
}

// negotiate is the media type on offer that a request likes best, the earlier of
// two it likes alike; "" if it takes none of them. A request that does not say takes
// the first (RFC 9110, section 12.5.1).
func negotiate(headers []string, offers ...string) string {
	accept := strings.TrimSpace(strings.Join(headers, ","))
	if accept == "" {
		return offers[0]
	}
	best, bestQuality := "", 0.0
	for _, offer := range offers {
		quality, exact := 0.0, -1
		for part := range strings.SplitSeq(accept, ",") {
			name, parameters, err := mime.ParseMediaType(strings.TrimSpace(part))
			if err != nil {
				continue
			}
			q := 1.0
			if text, given := parameters["q"]; given {
				if q, err = strconv.ParseFloat(text, 64); err != nil || !(q >= 0 && q <= 1) {
					continue
				}
			}
			fit := -1
			kind, _, _ := strings.Cut(offer, "/")
			switch name {
			case offer:
				fit = 2
			case kind + "/*":
				fit = 1
			case "*/*":
				fit = 0
			}
			// The range that says most decides.
			if fit > exact {
				exact, quality = fit, q
			}
		}
		if quality > bestQuality {
			best, bestQuality = offer, quality
		}
	}
	return best
}
