// Package card draws the pictures that stand for links to pages, in every script of
// the pages, as PNG.
package card

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"

	"golang.org/x/image/vector"

	"mizan/internal/site/language"
)

// The size of a card, as those who show links take it.
const (
	cardWidth  = 1200
	cardHeight = 630
	cardMargin = 72
)

// Card is the picture that stands for a link to a page: whose page it is, what it
// is called and what it found.
type Card struct {
	Lang                   string
	Site, Heading, Finding string
	Foot                   string // where it is
}

// The layers of a card, each with a colour of the pages. A picture has 16 steps
// from the paper to each.
const (
	inkLayer = iota
	softLayer
	accentLayer
	brassLayer
	layers
)

var (
	cardPaper  = color.RGBA{0xf5, 0xf8, 0xf8, 0xff}
	cardInks   = [layers]color.RGBA{{0x14, 0x25, 0x2c, 0xff}, {0x4c, 0x60, 0x6a, 0xff}, {0x0b, 0x5d, 0x68, 0xff}, {0xb8, 0x86, 0x2b, 0xff}}
	cardLevels = 16
)

// cardPalette lists the steps, layer by layer.
func cardPalette() color.Palette {
	var p color.Palette
	for _, ink := range cardInks {
		for step := range cardLevels {
			mix := func(a, b uint8) uint8 {
				return uint8((int(a)*(cardLevels-1-step) + int(b)*step + (cardLevels-1)/2) / (cardLevels - 1))
			}
			p = append(p, color.RGBA{mix(cardPaper.R, ink.R), mix(cardPaper.G, ink.G), mix(cardPaper.B, ink.B), 0xff})
		}
	}
	return p
}

// canvas is a card while it is drawn.
type canvas struct {
	picture *image.Paletted
	raster  *vector.Rasterizer
}

func newCanvas() *canvas {
	return &canvas{
		picture: image.NewPaletted(image.Rect(0, 0, cardWidth, cardHeight), cardPalette()),
		raster:  vector.NewRasterizer(cardWidth, cardHeight),
	}
}

// fill draws what path adds, between two heights, in a colour.
func (v *canvas) fill(layer, top, bottom int, path func(r *vector.Rasterizer, top float32)) {
	top, bottom = max(0, top), min(cardHeight, bottom)
	if top >= bottom {
		return
	}
	v.raster.Reset(cardWidth, bottom-top)
	path(v.raster, float32(top))
	mask := image.NewAlpha(image.Rect(0, 0, cardWidth, bottom-top))
	v.raster.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	for y := top; y < bottom; y++ {
		row := v.picture.Pix[y*v.picture.Stride : y*v.picture.Stride+cardWidth]
		for x, a := range mask.Pix[(y-top)*mask.Stride : (y-top)*mask.Stride+cardWidth] {
			if step := (int(a)*(cardLevels-1) + 127) / 255; step > 0 {
				row[x] = uint8(layer*cardLevels + step)
			}
		}
	}
}

// block draws a rectangle.
func (v *canvas) block(layer int, x0, y0, x1, y1 float32) {
	v.shape(layer, [][2]float32{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}})
}

// shape draws a polygon.
func (v *canvas) shape(layer int, points [][2]float32) {
	low, high := points[0][1], points[0][1]
	for _, p := range points {
		low, high = min(low, p[1]), max(high, p[1])
	}
	v.fill(layer, int(low), int(math.Ceil(float64(high)))+1, func(r *vector.Rasterizer, top float32) {
		for i, p := range points {
			if i == 0 {
				r.MoveTo(p[0], p[1]-top)
			} else {
				r.LineTo(p[0], p[1]-top)
			}
		}
		r.ClosePath()
	})
}

// scales draws the mark of the program, a balance, within a square.
func (v *canvas) scales(x, y, size float32) {
	u := size / 32
	at := func(points ...[2]float32) [][2]float32 {
		for i := range points {
			points[i] = [2]float32{x + points[i][0]*u, y + points[i][1]*u}
		}
		return points
	}
	v.shape(accentLayer, at([2]float32{15, 5}, [2]float32{17, 5}, [2]float32{17, 25}, [2]float32{15, 25}))
	v.shape(accentLayer, at([2]float32{10, 25}, [2]float32{22, 25}, [2]float32{22, 27}, [2]float32{10, 27}))
	v.shape(accentLayer, at([2]float32{5, 9.7}, [2]float32{27, 6.9}, [2]float32{27, 8.9}, [2]float32{5, 11.7}))
	for _, pan := range [][2]float32{{7.5, 18}, {24.5, 15.8}} {
		cx, py := pan[0], pan[1]
		hang := py - 7.5
		for _, side := range []float32{-3.5, 3.5} {
			v.shape(accentLayer, at([2]float32{cx - .4, hang}, [2]float32{cx + .4, hang}, [2]float32{cx + side + .4, py}, [2]float32{cx + side - .4, py}))
		}
		var bowl [][2]float32
		for i := range 25 {
			angle := float64(i) / 24 * math.Pi
			bowl = append(bowl, [2]float32{cx + 4.2*float32(math.Cos(angle)), py + 4.2*float32(math.Sin(angle))})
		}
		v.shape(brassLayer, at(bowl...))
	}
}

// Draw makes the picture as PNG; the same bytes each time.
func (d *Card) Draw(pen *Quill) []byte {
	v := newCanvas()
	rtl := language.Speak(d.Lang).Dir == "rtl"
	mark := float32(cardMargin)
	if rtl {
		mark = cardWidth - cardMargin - 64
	}
	v.block(brassLayer, 0, 0, cardWidth, 10)
	v.scales(mark-4, 56, 72)
	pen.write(v, accentLayer, d.Lang, language.Speak(d.Lang).T("brand")+" · "+d.Site, 34, 104, 88, 1)
	size := 76
	if len([]rune(d.Heading)) > 30 {
		size = 56
	}
	y := pen.write(v, inkLayer, d.Lang, d.Heading, size, 150+size*5/4, 0, 2)
	y += 26
	pen.write(v, softLayer, d.Lang, d.Finding, 36, y, 0, max(1, min(4, (cardHeight-96-y)/48+1)))
	v.block(accentLayer, cardMargin, cardHeight-82, cardWidth-cardMargin, cardHeight-80)
	pen.write(v, softLayer, d.Lang, d.Foot, 26, cardHeight-38, 0, 1)
	var b bytes.Buffer
	_ = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, v.picture) // a buffer does not fail
	return b.Bytes()
}
