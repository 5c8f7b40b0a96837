package site

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// pictures are those of the documentation, each with what has to be on the page
// before it is ready.
var pictures = []struct{ name, page, ready string }{
	{"overview", "/en/index.html", `true`},
	{"unit", "/ar/unit/RUS.html", `true`},
	{"weigh", "/en/weigh.html", `document.getElementById("says").textContent.length > 20 && document.querySelector("#controls") && !document.querySelector("#controls").hidden && document.querySelector("[data-drawing]")`},
	{"alliance", "/en/alliance/brics.html", `true`},
	{"network", "/en/network.html", `true`},
	{"targets", "/en/targets.html", `true`},
}

// heaviest is how many bytes a picture may have.
const heaviest = 150_000

// TestPictures makes the pictures of the documentation anew: `make pictures`
// names the folder. They show ai-race at 1440 by 1000 pixels.
func TestPictures(t *testing.T) {
	folder := os.Getenv("MIZAN_PICTURES")
	if folder == "" {
		t.Skip("make pictures names the folder")
	}
	ctx := browser(t)
	server := httptest.NewServer(living(t, "ai-race"))
	defer server.Close()
	for _, p := range pictures {
		tab, cancel := chromedp.NewContext(ctx)
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}, {Name: "prefers-reduced-motion", Value: "reduce"}}}
		if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, media); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(tab, chromedp.EmulateViewport(1440, 1000), chromedp.Navigate(server.URL+p.page)); err != nil {
			t.Fatal(err)
		}
		wait := `new Promise((done) => { let still = 0; const look = () => { still = (` + p.ready + `) ? still + 1 : 0; still > 10 ? done(true) : setTimeout(look, 100); }; look(); })`
		if _, err := chromedp.Run(tab, chromedp.Evaluate[bool](wait, chromedp.EvalAwaitPromise)); err != nil {
			t.Fatalf("%s: %v", p.name, err)
		}
		shot, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		packed := pack(t, shot)
		t.Logf("%s: %d bytes", p.name, len(packed))
		if len(packed) > heaviest {
			t.Errorf("the picture %s has %d bytes", p.name, len(packed))
		}
		if err := os.WriteFile(filepath.Join(folder, p.name+".png"), packed, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// pack writes a picture with the 256 colours that it has most of; each of the
// others becomes the nearest of them.
func pack(t *testing.T, shot []byte) []byte {
	t.Helper()
	full, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	box := full.Bounds()
	counts := map[color.RGBA]int{}
	// Colours that differ by less than the eye tells count as one.
	at := func(x, y int) color.RGBA {
		r, g, b, _ := full.At(x, y).RGBA()
		return color.RGBA{uint8(r>>8) &^ 3, uint8(g>>8) &^ 3, uint8(b>>8) &^ 3, 255}
	}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			counts[at(x, y)]++
		}
	}
	colours := make([]color.RGBA, 0, len(counts))
	for c := range counts {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(int(a.R)<<16|int(a.G)<<8|int(a.B), int(b.R)<<16|int(b.G)<<8|int(b.B)))
	})
	var palette color.Palette
	for _, c := range colours[:min(256, len(colours))] {
		palette = append(palette, c)
	}
	index := map[color.RGBA]uint8{}
	for _, c := range colours {
		index[c] = uint8(palette.Index(c))
	}
	small := image.NewPaletted(box, palette)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			small.SetColorIndex(x, y, index[at(x, y)])
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, small); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
