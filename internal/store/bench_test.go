package store_test

import (
	"fmt"
	"strings"
	"testing"

	"mizan/internal/store"
)

// BenchmarkWriteFiles replaces nine files, as a small build does; most of the
// time waits for the disk.
func BenchmarkWriteFiles(b *testing.B) {
	dir := b.TempDir()
	var files []store.File
	for i := range 9 {
		files = append(files, store.File{Name: fmt.Sprintf("%d/%d.csv", i%2, i), Write: content(strings.Repeat("0.5,", 10_000))})
	}
	for b.Loop() {
		if err := store.WriteFiles(dir, files); err != nil {
			b.Fatal(err)
		}
	}
}
