package dataset_test

import (
	"testing"
	"testing/fstest"

	"mizan/dataset"
	"mizan/spec"

	"github.com/google/go-cmp/cmp"
)

func located(t *testing.T, csv string) (string, error) {
	t.Helper()
	s, err := spec.Parse("mizan.yaml", []byte(`mizan: 1
id: x
period: {year: 2020}
observations: [{file: o.csv}]
indicators: {a: {}}
framework: {code: t, children: [{code: a}]}
locations: {file: l.csv}
`))
	if err != nil {
		t.Fatal(err)
	}
	list, err := dataset.LoadLocations(s, fstest.MapFS{"l.csv": {Data: []byte(csv)}})
	names := ""
	for _, l := range list {
		names += l.Unit + l.Name + ";"
	}
	return names, err
}

func TestLocations(t *testing.T) {
	got, err := located(t, "unit,place,latitude,longitude,languages,borders\nB,Bee,-1.5,170,x; y,A;Q\nA,Ay,,,,B\n")
	if err != nil || got != "AAy;BBee;" {
		t.Errorf("%q %v", got, err)
	}
}

func TestLocationProblems(t *testing.T) {
	_, err := located(t, "unit,place,latitude,longitude,borders\nA,Ay,91,0,B;A\nB,Bee,x,-181,\nA,Ay,0,0,\n,Cee,0,0,\n")
	want := `l.csv:2:6: the latitude 91 is out of range; write degrees from -90 to 90
  A,Ay,91,0,B;A
       ^
l.csv:2:11: "A" borders on itself; take it out
  A,Ay,91,0,B;A
            ^
l.csv:3:7: "x" is not a number; write a decimal number such as 1234.5, or leave the cell empty for a missing value
  B,Bee,x,-181,
        ^
l.csv:3:9: the longitude -181 is out of range; write degrees from -180 to 180
  B,Bee,x,-181,
          ^
l.csv:4:1: the unit "A" occurs twice, first in line 2; keep one of the rows
  A,Ay,0,0,
  ^
l.csv:5:1: the unit is missing; write the unit's code, or remove the row
  ,Cee,0,0,
  ^`
	if err == nil {
		t.Fatal("accepted")
	}
	if d := cmp.Diff(want, err.Error()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	_, err = located(t, "unit,place,latitude,longitude,borders\nA,Ay,1,0,B\nB,Bee,1,1,C\nC,Cee,1,1,B\n")
	if err == nil || err.Error() != "l.csv:2:1: A borders on B, and B in line 3 not on A; name the border on both sides, or on none" {
		t.Errorf("%v", err)
	}
}
