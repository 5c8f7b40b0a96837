package source_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mizan"
	"mizan/internal/source"
	"mizan/internal/source/replay"
)

// shelf is a memory in memory.
type shelf struct {
	answers map[string]source.Answer
	halves  map[string]*part
	full    bool // there is no room any more
}

func newShelf() *shelf {
	return &shelf{answers: map[string]source.Answer{}, halves: map[string]*part{}}
}

func (s *shelf) Last(url string) (source.Answer, bool) { a, ok := s.answers[url]; return a, ok }

func (s *shelf) Half(url string) (source.Half, error) {
	if s.halves[url] == nil {
		s.halves[url] = &part{shelf: s}
	}
	return s.halves[url], nil
}

func (s *shelf) Keep(url string, body []byte) (string, error) {
	delete(s.halves, url)
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]), nil
}

type part struct {
	shelf     *shelf
	bytes     []byte
	validator string
}

var errFull = errors.New("no space left on device")

func (p *part) Size() int64            { return int64(len(p.bytes)) }
func (p *part) Validator() string      { return p.validator }
func (p *part) Restart(v string) error { p.bytes, p.validator = nil, v; return nil }
func (p *part) Bytes() ([]byte, error) { return p.bytes, nil }
func (p *part) Close() error           { return nil }
func (p *part) Write(b []byte) (int, error) {
	if p.shelf.full {
		return 0, errFull
	}
	p.bytes = append(p.bytes, b...)
	return len(b), nil
}

// asking is a client of a replay server that never really waits.
type asking struct {
	*source.Client
	server *replay.Server
	waits  []time.Duration
	told   []string
}

func newAsking(t *testing.T) *asking {
	t.Helper()
	a := &asking{server: replay.New()}
	web := httptest.NewServer(a.server)
	t.Cleanup(web.Close)
	a.Client = &source.Client{
		Agent: "mizan-test", Mirror: web.URL, Limit: 1 << 20, Stall: 20 * time.Second,
		Sleep:  func(_ context.Context, d time.Duration) error { a.waits = append(a.waits, d); return nil },
		Jitter: func() float64 { return 0.5 },
		Tell:   func(s string) { a.told = append(a.told, s) },
	}
	return a
}

const economies = "https://api.worldbank.org/v2/country?format=json&per_page=400&page=1"

func (a *asking) fetch(t *testing.T, m source.Memory) (*source.Answer, error) {
	t.Helper()
	return a.Fetch(t.Context(), source.Find("worldbank"), source.Request{URL: economies, Accept: "application/json"}, m)
}

// whole is the answer of a good server.
func whole(t *testing.T) []byte {
	t.Helper()
	w := httptest.NewRecorder()
	replay.New().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api.worldbank.org/v2/country?format=json&per_page=400&page=1", nil))
	if w.Code != http.StatusOK || w.Body.Len() < 1000 {
		t.Fatalf("the replay server answers %d, %d bytes", w.Code, w.Body.Len())
	}
	return w.Body.Bytes()
}

// TestFaults: what a server does wrong once is made good by asking again; what
// it does wrong always is told with address, cause and remedy, and no half
// answer is taken for a whole one.
func TestFaults(t *testing.T) {
	want := whole(t)
	repeat := func(f replay.Fault, n int) []replay.Fault {
		var list []replay.Fault
		for range n {
			list = append(list, f)
		}
		return list
	}
	for _, tt := range []struct {
		name   string
		faults []replay.Fault
		err    string // "" = it comes right in the end
		asked  int    // how often the server is asked
		wait   time.Duration
	}{
		{"none", nil, "", 1, 0},
		{"500 once", repeat(replay.ServerError, 1), "", 2, 375 * time.Millisecond},
		{"500 four times", repeat(replay.ServerError, 4), "", 5, (375 + 750 + 1500 + 3000) * time.Millisecond},
		{"500 for ever", repeat(replay.ServerError, 9), "it answers 500 Internal Server Error (out of order); try again later", 5, 5625 * time.Millisecond},
		{"503", repeat(replay.Busy, 1), "", 2, time.Second},
		{"429", repeat(replay.TooMany, 2), "", 3, 2 * time.Second},
		{"429 for a day", repeat(replay.TooManyLong, 1), "it asks to wait for 24h0m0s; ", 1, 0},
		{"truncated", repeat(replay.Truncated, 3), "", 4, (375 + 750 + 1500) * time.Millisecond},
		{"reset", repeat(replay.Reset, 2), "", 3, (375 + 750) * time.Millisecond},
		{"slow", repeat(replay.Slow, 2), "", 3, (375 + 750) * time.Millisecond},
		{"slow for ever", repeat(replay.Slow, 9), "nothing came for 500ms; try again later; what came so far is kept", 5, 5625 * time.Millisecond},
		{"page", repeat(replay.Page, 9), `the answer is of another type: "text/html", where application/json was asked for; is the address that of the data`, 1, 0},
		{"loop", repeat(replay.Loop, 99), "it redirects more than 10 times, in a circle perhaps", 11, 0},
		{"bomb", repeat(replay.Bomb, 9), "the answer is larger than 1 MiB, unpacked; ask for less, or raise the limit by --limit", 1, 0},
		{"not packed", repeat(replay.NoGzip, 1), "", 2, 375 * time.Millisecond},
		{"403", repeat(replay.Forbidden, 9), "it answers 403 Forbidden (out of order)", 1, 0},
		{"404", repeat(replay.NotFound, 9), "it answers 404 Not Found (out of order); check the series and the years: https://", 1, 0},
		{"continues elsewhere", []replay.Fault{replay.ServerError, replay.Truncated, replay.WrongRange}, "", 4, (375 + 750 + 1500) * time.Millisecond},
		{"another scheme", []replay.Fault{replay.To + "ftp://example.org/x"}, `"ftp://example.org/x" is no web address`, 1, 0},
		{"a file", []replay.Fault{replay.To + "file:///etc/passwd"}, `"file:///etc/passwd" is no web address`, 1, 0},
		{"a password", []replay.Fault{replay.To + "http://a:b@example.org/"}, "the address holds a user or a password", 1, 0},
		{"this machine", []replay.Fault{replay.To + "http://127.0.0.1:9/x"}, "127.0.0.1 is an address of this machine or of a private network; allow it by --allow-private", 1, 0},
		{"this machine by name", []replay.Fault{replay.To + "http://LOCALHOST:9/x"}, "localhost is an address of this machine", 1, 0},
		{"cloud data", []replay.Fault{replay.To + "http://169.254.169.254/latest/meta-data"}, "169.254.169.254 is an address of this machine", 1, 0},
		{"office", []replay.Fault{replay.To + "http://192.168.1.1/"}, "192.168.1.1 is an address of this machine", 1, 0},
		{"in brackets", []replay.Fault{replay.To + "http://[::ffff:10.0.0.1]/"}, "is an address of this machine", 1, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := newAsking(t)
			if strings.HasPrefix(tt.name, "slow") {
				a.Stall = 500 * time.Millisecond
			}
			a.server.Break("/v2/country", tt.faults...)
			m := newShelf()
			got, err := a.fetch(t, m)
			if tt.err == "" {
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got.Body, want) || got.Size != int64(len(want)) || got.URL != economies {
					t.Errorf("got %d bytes of %s, want the %d of a good server", len(got.Body), got.URL, len(want))
				}
			} else {
				var ps mizan.Problems
				if !errors.As(err, &ps) || len(ps) != 1 || ps[0].Place.File != economies || ps[0].Remedy == "" {
					t.Fatalf("got %v, want one problem at the address, with a remedy", err)
				}
				if !strings.Contains(err.Error(), tt.err) {
					t.Errorf("got %q, want %q", err, tt.err)
				}
			}
			if n := len(a.server.Asked()); n != tt.asked {
				t.Errorf("asked %d times, want %d", n, tt.asked)
			}
			var waited time.Duration
			for _, w := range a.waits {
				waited += w
			}
			if waited != tt.wait {
				t.Errorf("waited %v, want %v", a.waits, tt.wait)
			}
		})
	}
}

// TestContinue: what came of an answer that broke off is not asked for again,
// in the same pull and in the next one.
func TestContinue(t *testing.T) {
	want := whole(t)
	a := newAsking(t)
	a.Tries = 3
	// A packed answer cannot be continued: the first failure leaves none.
	a.server.Break("/v2/country", replay.ServerError, replay.Truncated, replay.Truncated)
	m := newShelf()
	if _, err := a.fetch(t, m); err == nil || !strings.Contains(err.Error(), "the answer broke off") {
		t.Fatalf("got %v, want that it broke off", err)
	}
	if n := m.halves[economies].Size(); n != int64(len(want)/2+len(want)/4) && n != int64(len(want)/2+(len(want)-len(want)/2)/2) {
		t.Errorf("%d bytes of %d are kept, want three quarters", n, len(want))
	}
	got, err := a.fetch(t, m)
	if err != nil || !bytes.Equal(got.Body, want) {
		t.Fatalf("the next pull: %v", err)
	}
	asked := a.server.Asked()
	if len(asked) != 4 {
		t.Fatalf("asked %d times, want 4", len(asked))
	}
	for i, from := range []string{"", "", fmt.Sprintf("bytes=%d-", len(want)/2), fmt.Sprintf("bytes=%d-", len(want)/2+(len(want)-len(want)/2)/2)} {
		if r := asked[i].Header.Get("Range"); r != from {
			t.Errorf("request %d asks for %q, want %q", i, r, from)
		}
	}
}

// TestContinueChanged: a state of the answer that is gone is not continued.
func TestContinueChanged(t *testing.T) {
	a := newAsking(t)
	m := newShelf()
	m.halves[economies] = &part{shelf: m, bytes: []byte("[{\"page\":"), validator: `"an older state"`}
	got, err := a.fetch(t, m)
	if err != nil || !bytes.Equal(got.Body, whole(t)) {
		t.Errorf("got %v, want the whole new answer", err)
	}
}

// TestSame: an answer that has not changed is not sent again.
func TestSame(t *testing.T) {
	a := newAsking(t)
	m := newShelf()
	first, err := a.fetch(t, m)
	if err != nil {
		t.Fatal(err)
	}
	m.answers[economies] = *first
	second, err := a.fetch(t, m)
	if err != nil || !second.Same || !bytes.Equal(second.Body, first.Body) || second.SHA256 != first.SHA256 {
		t.Errorf("got %v, want the same answer", err)
	}
	asked := a.server.Asked()
	if asked[1].Status != http.StatusNotModified || asked[1].Header.Get("If-None-Match") != first.ETag || first.ETag == "" {
		t.Errorf("the second answer has the status %d after If-None-Match %q", asked[1].Status, asked[1].Header.Get("If-None-Match"))
	}
}

// TestFullDisk: an error of our own disk is not the server's, and is not tried
// again.
func TestFullDisk(t *testing.T) {
	a := newAsking(t)
	m := newShelf()
	m.full = true
	if _, err := a.fetch(t, m); !errors.Is(err, errFull) || len(a.server.Asked()) != 1 {
		t.Errorf("got %v after %d requests, want the disk's error after one", err, len(a.server.Asked()))
	}
}

// TestStopped: a pull that is stopped ends at once, also while it waits.
func TestStopped(t *testing.T) {
	a := newAsking(t)
	ctx, stop := context.WithCancel(t.Context())
	a.Sleep = func(ctx context.Context, _ time.Duration) error { stop(); return ctx.Err() }
	a.server.Break("/v2/country", replay.ServerError)
	_, err := a.Fetch(ctx, source.Find("worldbank"), source.Request{URL: economies}, newShelf())
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was stopped", err)
	}
}

// TestTime: the time for one answer is bounded, whatever the server does.
func TestTime(t *testing.T) {
	a := newAsking(t)
	a.Time = 50 * time.Millisecond
	a.server.Break("/v2/country", replay.Slow)
	if _, err := a.fetch(t, newShelf()); err == nil || !strings.Contains(err.Error(), "it took longer than 50ms in all") {
		t.Errorf("got %v, want that it took too long", err)
	}
}

// TestPrivate: addresses of this machine and of private networks are refused
// however they are written, public ones are not. The networks are those of
// IANA's registries of special-purpose addresses.
func TestPrivate(t *testing.T) {
	for _, host := range []string{
		"127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3",
		"192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
		"[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fd12::1]", "[ff02::1]", "[::ffff:127.0.0.1]", "[::ffff:a00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2002:c0a8:1::1]", "[::127.0.0.1]", "[2001:db8::1]", "[fec0::1]",
		"localhost", "LocalHost", "localhost.", "a.localhost",
	} {
		c := &source.Client{Sleep: func(context.Context, time.Duration) error { return nil }, Tries: 1}
		_, err := c.Fetch(t.Context(), source.Find("worldbank"), source.Request{URL: "http://" + host + ":1/x"}, newShelf())
		if err == nil || !strings.Contains(err.Error(), "is an address of this machine or of a private network") {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, a := range []string{"8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.169.0.1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"} {
		if source.Private(a) {
			t.Errorf("%s is refused", a)
		}
	}
}

// TestPrivateName: a name is checked by what it stands for when the connection
// is made. (The numbers below are 127.0.0.1 to the system's own resolver.)
func TestPrivateName(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the server was reached") }))
	defer web.Close()
	port := web.URL[strings.LastIndex(web.URL, ":"):]
	for _, host := range []string{"ip6-localhost", "2130706433", "0x7f000001", "127.1", "0177.0.0.1"} {
		c := &source.Client{Sleep: func(context.Context, time.Duration) error { return nil }, Tries: 1}
		if _, err := c.Fetch(t.Context(), source.Find("worldbank"), source.Request{URL: "http://" + host + port + "/x"}, newShelf()); err == nil {
			t.Errorf("%s was asked", host)
		}
	}
}

// TestAllowed: a server of the user's own is asked when that is allowed.
func TestAllowed(t *testing.T) {
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte("[]"))
	}))
	defer web.Close()
	c := &source.Client{AllowPrivate: true}
	if a, err := c.Fetch(t.Context(), source.Find("worldbank"), source.Request{URL: web.URL + "/x"}, newShelf()); err != nil || string(a.Body) != "[]" {
		t.Errorf("got %v", err)
	}
}

// TestProxy: the proxy of the environment is asked, wherever it is; what it is
// asked for is still no private address.
func TestProxy(t *testing.T) {
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.String())
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte("[]"))
	}))
	defer proxy.Close()
	env := map[string]string{"HTTP_PROXY": proxy.URL}
	fetch := func(url string) error {
		c := &source.Client{Getenv: func(n string) string { return env[n] }, Tries: 1}
		_, err := c.Fetch(t.Context(), source.Find("worldbank"), source.Request{URL: url}, newShelf())
		return err
	}
	if err := fetch("http://example.org/data"); err != nil || len(asked) != 1 || asked[0] != "http://example.org/data" {
		t.Errorf("the proxy was asked for %v: %v", asked, err)
	}
	if err := fetch("http://10.0.0.1/data"); err == nil || len(asked) != 1 {
		t.Errorf("the proxy was asked for %v: %v", asked, err)
	}
}

// TestKey: a key comes from the environment, goes to the service alone, and
// stands in no message and no answer.
func TestKey(t *testing.T) {
	const key = "s3cr3t-k3y"
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(fmt.Sprint(r.Header, r.URL), key) {
			t.Errorf("another host got the key: %v %v", r.URL, r.Header)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte("[]"))
	}))
	defer other.Close()
	elsewhere := strings.Replace(other.URL, "127.0.0.1", "localhost", 1)
	var got []string
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("X-Key")+r.URL.Query().Get("key"))
		if r.URL.Path == "/bad" {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		http.Redirect(w, r, elsewhere+"/x", http.StatusFound)
	}))
	defer service.Close()
	for _, k := range []*source.Key{{Env: "K", Header: "X-Key"}, {Env: "K", Query: "key"}} {
		c := &source.Client{AllowPrivate: true, Getenv: func(n string) string { return map[string]string{"K": key}[n] }}
		connector := &source.Connector{Name: "x", Key: k, URL: "https://example.org", Base: service.URL + "/api"}
		a, err := c.Fetch(t.Context(), connector, source.Request{URL: service.URL + "/a?b=c"}, newShelf())
		if err != nil || strings.Contains(fmt.Sprint(a), key) || a.From != elsewhere+"/x" {
			t.Errorf("got %v, %v", a, err)
		}
		_, err = c.Fetch(t.Context(), connector, source.Request{URL: service.URL + "/bad?b=c"}, newShelf())
		if err == nil || strings.Contains(err.Error(), key) || !strings.Contains(err.Error(), "is the key in K right?") {
			t.Errorf("got %v", err)
		}
	}
	if want := []string{key, key, key, key}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the service got %v", got)
	}
	// A project that names another address does not get the key there.
	c := &source.Client{AllowPrivate: true, Getenv: func(string) string { return key }}
	connector := &source.Connector{Name: "x", Key: &source.Key{Env: "K", Header: "X-Key", Must: true}, Base: "https://example.org"}
	if _, err := c.Fetch(t.Context(), connector, source.Request{URL: elsewhere + "/x"}, newShelf()); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"a\r\nHost: evil", "a b", "ключ"} {
		c := &source.Client{AllowPrivate: true, Getenv: func(string) string { return bad }}
		_, err := c.Fetch(t.Context(), &source.Connector{Base: service.URL, Key: &source.Key{Env: "K", Header: "X-Key", Must: true}}, source.Request{URL: service.URL}, newShelf())
		if err == nil || strings.Contains(err.Error(), bad) {
			t.Errorf("the key %q: %v", bad, err)
		}
	}
}

// TestDowngrade: a redirect from https to http is refused.
func TestDowngrade(t *testing.T) {
	if err := source.Redirect("https://example.org/a", "http://example.org/a"); err == nil {
		t.Error("https may lead to http")
	}
	if err := source.Redirect("http://example.org/a", "https://example.org/a"); err != nil {
		t.Error(err)
	}
}
