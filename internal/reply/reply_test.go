package reply_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mizan/internal/reply"
)

func TestSend(t *testing.T) {
	long := []byte(strings.Repeat("scales ", 400))
	body := reply.New(long, gzip.DefaultCompression)
	ask := func(b *reply.Body, method string, status int, header ...string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/", nil)
		for i := 0; i < len(header); i += 2 {
			r.Header.Add(header[i], header[i+1])
		}
		w := httptest.NewRecorder()
		w.Header().Set("Content-Type", "text/plain")
		b.Send(w, r, status)
		return w
	}
	plain := ask(body, http.MethodGet, http.StatusOK)
	tag := plain.Header().Get("ETag")
	if plain.Code != 200 || !bytes.Equal(plain.Body.Bytes(), long) || tag == "" || plain.Header().Get("Vary") != "Accept-Encoding" {
		t.Errorf("plain: %d, %d bytes, %v", plain.Code, plain.Body.Len(), plain.Header())
	}
	packed := ask(body, http.MethodGet, http.StatusOK, "Accept-Encoding", "br, gzip")
	z, err := gzip.NewReader(packed.Body)
	if err != nil || packed.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("packed: %v, %v", err, packed.Header())
	}
	if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, long) {
		t.Errorf("unpacked: %d bytes, %v", len(got), err)
	}
	if w := ask(body, http.MethodGet, http.StatusOK, "If-None-Match", `"other"`, "If-None-Match", strings.TrimPrefix(tag, "W/")); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("who holds it gets %d and %d bytes", w.Code, w.Body.Len())
	}
	if w := ask(body, http.MethodHead, http.StatusOK); w.Body.Len() != 0 || w.Header().Get("Content-Length") != "2800" {
		t.Errorf("HEAD: %d bytes, %v", w.Body.Len(), w.Header())
	}
	if w := ask(body, http.MethodGet, http.StatusNotFound, "If-None-Match", "*"); w.Code != 404 || w.Header().Get("ETag") != "" {
		t.Errorf("an error: %d, %v", w.Code, w.Header())
	}
	for name, b := range map[string]*reply.Body{"short": reply.New([]byte("short"), gzip.BestSpeed), "packed": reply.New(long, gzip.NoCompression)} {
		if w := ask(b, http.MethodGet, http.StatusOK, "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s: packed again", name)
		}
	}
}

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "br, GZIP;q=0.5": true, "gzip; q=0": false, "gzip;q=0.0, br": false,
		"identity": false, "gzipped": false, "gzip;q=x": false, "deflate,gzip;q=1.0": true,
	} {
		if got := reply.AcceptsGzip(header); got != want {
			t.Errorf("%q: %t, want %t", header, got, want)
		}
	}
}
