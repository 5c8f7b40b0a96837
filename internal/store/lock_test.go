package store_test

import (
	"errors"
	"path/filepath"
	"reflect"
	"testing"

	"mizan/internal/store"
)

// FuzzLock: what is read as a lock file is the same when it is written and read again;
// what is not says why.
func FuzzLock(f *testing.F) {
	f.Add([]byte(`{"mizan_lock": 1, "sources": []}`))
	f.Add([]byte(`{"mizan_lock": 1, "sources": [{"code": "a", "connector": "wgi", "file": "a.csv", "sha256": "", "vintages": [{"pulled": "2026-01-01T00:00:00Z", "checked": "2026-01-02T00:00:00+02:00", "query": {"from": 1}, "answers": [{"url": "https://example.org", "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "size": 0}]}]}]}`))
	f.Add([]byte(`{"mizan_lock": 1, "sources": [{"code": "a", "vintages": [{"query": null}]}]} x`))
	name := filepath.Join(f.TempDir(), "mizan.lock")
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := store.ParseLock(text)
		if err != nil {
			var bad *store.BadLockError
			if !errors.As(err, &bad) || bad.Cause == "" {
				t.Errorf("got %v", err)
			}
			return
		}
		for _, s := range l.Sources {
			_ = s.Last()
		}
		if err := l.Write(name); err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		again, err := store.ReadLock(name)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if !reflect.DeepEqual(l.Used(), again.Used()) || len(l.Sources) != len(again.Sources) {
			t.Errorf("%d sources became %d", len(l.Sources), len(again.Sources))
		}
	})
}
