package dataset_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"
	"testing/fstest"

	"mizan/dataset"
	"mizan/spec"
)

// wideText makes a wide CSV of made-up figures with 16 digits each.
func wideText(units, indicators int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString("unit,year")
	for c := range indicators {
		fmt.Fprintf(&b, ",i%02d", c)
	}
	var num []byte
	for u := range units {
		fmt.Fprintf(&b, "\nU%06d,2020", u)
		for range indicators {
			num = strconv.AppendFloat(append(num[:0], ','), r.Float64()*1000, 'g', -1, 64)
			b.Write(num)
		}
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// tidyText makes the same as wideText in a tidy CSV.
func tidyText(units, indicators int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString("unit,indicator,year,value\n")
	for u := range units {
		for c := range indicators {
			fmt.Fprintf(&b, "U%06d,i%02d,2020,%v\n", u, c, r.Float64()*1000)
		}
	}
	return b.Bytes()
}

func benchmarkLoad(b *testing.B, format string, text []byte, indicators int) {
	s := &spec.Spec{Period: spec.Period{Year: 2020}, Observations: []spec.DataFile{{File: "a.csv", Format: format}}}
	for c := range indicators {
		s.Indicators = append(s.Indicators, spec.Indicator{Code: fmt.Sprintf("i%02d", c), Direction: 1})
	}
	files := fstest.MapFS{"a.csv": {Data: text}}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := dataset.Load(s, files); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoadWide51x49(b *testing.B)     { benchmarkLoad(b, "wide", wideText(51, 49), 49) }
func BenchmarkLoadWide100000x49(b *testing.B) { benchmarkLoad(b, "wide", wideText(100_000, 49), 49) }

func BenchmarkLoadTidy100000x49(b *testing.B) { benchmarkLoad(b, "tidy", tidyText(100_000, 49), 49) }
