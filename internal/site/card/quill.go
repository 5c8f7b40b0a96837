package card

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	tongueof "github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	fix "golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"mizan/internal/site/language"
)

// cardFonts are the fonts that cards are written in, the first that has a
// character taking it. `make assets` brings them.
var cardFonts = []string{"card-latin.woff", "card-cyrillic.woff", "card-latin-ext.woff", "card-arabic.woff", "card-chinese.woff"}

// Fonts are the fonts in which cards are written.
type Fonts struct{ list []*font.Font }

// ReadFonts reads the fonts of cards from a folder; nil if one is not there.
func ReadFonts(folder fs.FS) *Fonts {
	s := &Fonts{}
	for _, name := range cardFonts {
		body, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil
		}
		face, err := font.ParseTTF(bytes.NewReader(body))
		if err != nil {
			return nil
		}
		s.list = append(s.list, face.Font)
	}
	return s
}

// Quill writes the texts of cards. It is for one goroutine.
type Quill struct {
	faces   []*font.Face
	shaper  shaping.HarfbuzzShaper
	wrapper shaping.LineWrapper
	split   shaping.Segmenter
}

// NewQuill gives a Quill for some fonts.
func NewQuill(fonts *Fonts) *Quill {
	p := &Quill{}
	for _, f := range fonts.list {
		p.faces = append(p.faces, font.NewFace(f))
	}
	return p
}

// ResolveFace is the first font that has a character.
func (p *Quill) ResolveFace(r rune) *font.Face {
	for _, f := range p.faces {
		if _, ok := f.NominalGlyph(r); ok {
			return f
		}
	}
	return p.faces[0]
}

// write sets a text in lines, the first with its base line at y, and returns the
// base line of the next. indent is room for the mark at the start of a line; what
// does not fit into so many lines ends in three points.
func (p *Quill) write(v *canvas, layer int, lang, text string, size, y, indent, lines int) int {
	// The marks of isolation have done their work when the text is set, and no
	// font shows them. Control characters, at which a line would end, are blanks.
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text))
	if len(runes) == 0 {
		return y
	}
	direction := di.DirectionLTR
	if language.Speak(lang).Dir == "rtl" {
		direction = di.DirectionRTL
	}
	in := shaping.Input{Text: runes, RunEnd: len(runes), Direction: direction, Size: fix.I(size), Language: tongueof.NewLanguage(lang)}
	var runs []shaping.Output
	for _, part := range p.split.Split(in, p) {
		runs = append(runs, p.shaper.Shape(part))
	}
	points := in
	points.Text, points.RunEnd, points.Face = []rune("…"), 1, p.ResolveFace('…')
	room := cardWidth - 2*cardMargin - indent
	config := shaping.WrapConfig{Direction: direction, TruncateAfterLines: lines, Truncator: p.shaper.Shape(points)}
	set, _ := p.wrapper.WrapParagraph(config, room, runes, shaping.NewSliceIterator(runs))
	step := size * 4 / 3
	for _, line := range set {
		slices.SortStableFunc(line, func(a, b shaping.Output) int { return int(a.VisualIndex - b.VisualIndex) })
		var width fix.Int26_6
		for _, run := range line {
			width += run.Advance
		}
		x := float32(cardMargin + indent)
		if direction == di.DirectionRTL {
			x = float32(cardWidth-cardMargin-indent) - units(width)
		}
		v.fill(layer, y-size*5/4, y+size/2, func(r *vector.Rasterizer, top float32) {
			for _, run := range line {
				for _, g := range run.Glyphs {
					outline(r, &run, g, x+units(g.XOffset), float32(y)-top-units(g.YOffset))
					x += units(g.Advance)
				}
			}
		})
		y += step
	}
	return y
}

// units is a length in pixels.
func units(v fix.Int26_6) float32 { return float32(v) / 64 }

// outline adds a glyph at a place. What no font has is left out.
func outline(r *vector.Rasterizer, run *shaping.Output, g shaping.Glyph, x, y float32) {
	shape, ok := run.Face.GlyphData(g.GlyphID).(font.GlyphOutline)
	if !ok || g.GlyphID == 0 {
		return
	}
	scale := units(run.Size) / float32(run.Face.Upem())
	at := func(p opentype.SegmentPoint) (float32, float32) {
		return x + float32(p.X*scale), y - float32(p.Y*scale)
	}
	for i, s := range shape.Segments {
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				r.ClosePath()
			}
			r.MoveTo(at(s.Args[0]))
		case opentype.SegmentOpLineTo:
			r.LineTo(at(s.Args[0]))
		case opentype.SegmentOpQuadTo:
			bx, by := at(s.Args[0])
			cx, cy := at(s.Args[1])
			r.QuadTo(bx, by, cx, cy)
		case opentype.SegmentOpCubeTo:
			bx, by := at(s.Args[0])
			cx, cy := at(s.Args[1])
			dx, dy := at(s.Args[2])
			r.CubeTo(bx, by, cx, cy, dx, dy)
		}
	}
	r.ClosePath()
}
