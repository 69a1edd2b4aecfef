// Package charts draws on the server: SVG whose geometry stands in attributes and whose colours come from classes, so that
// it prints, follows the theme and needs no script. Every chart says its finding in one sentence and has its numbers as a
// table.
package charts

import (
	"github.com/a-h/templ"

	"fmt"
	"strconv"
)

// Figure is what every chart says beside its picture.
type Figure struct {
	ID      string // unique on the page
	Title   string // the finding in one sentence: "단골이 12명 늘어요"
	Desc    string // what is drawn, for who cannot see it
	Head    []string
	Rows    [][]string // the same numbers as a table; the first cell names the row
	NoTitle bool       // the sentence stands on the page already
}

// HistogramProps draws how many customers stand where, with lines at thresholds.
type HistogramProps struct {
	Figure
	Bars []Bar
	Cuts []Cut
	Axis []Tick
}

// Bar is one column; Tone is the class of its fill, 1 to 7 of the sequence.
type Bar struct {
	Count int64
	Label string // shown on hover: "10만–20만원 · 32명"
	Tone  int
}

// Cut is a threshold between bars; At counts bars from the left, in hundredths: 250 is in the middle of the third bar.
type Cut struct {
	At    int64
	Label string
}

// Tick is a word below the axis, placed like a Cut.
type Tick struct {
	At    int64
	Label string
}

// LineProps draws up to three series over the same steps.
type LineProps struct {
	Figure
	Labels []string // below the axis, first and last at least
	Series []Series
	Top    string // the label of the highest grid line
}

// Series is one line; values are non-negative.
type Series struct {
	Name   string
	Values []int64
}

// BarLine is one row of a list of bars.
type BarLine struct {
	Label, Value string
	Amount       int64 // of Most
	Tone         int   // categorical colour, 1 to 6; 0 is 1
	Href         string
}

// GridProps is a grid of counts, 5 × 5: rows from the most frequent down, columns to the most recent on the right.
type GridProps struct {
	Caption          string
	RowTitle, Column string // what the axes mean
	RowLabels        [5]string
	ColumnLabels     [5]string
	Cells            [5][5]GridCell // [row from the top][column from the left]
}

// GridCell is one field of the grid.
type GridCell struct {
	Count  int64
	Text   string // the count as it is written
	Share  string
	Label  string // read out after the numbers: "자주 오고 최근에 온 손님"
	Href   string
	Active bool
	Attrs  map[string]any
}

// size is a drawing area; a chart is drawn wide and narrow, and the style sheet shows the one that fits.
type size struct {
	width, height int64
	class         string
}

var sizes = []size{{600, 208, "only-wide"}, {340, 188, "only-narrow"}}

const (
	below = 24 // room for words under the axis
	above = 26 // room for words over the bars
)

func highest(bars []Bar) (top int64) {
	for _, bar := range bars {
		top = max(top, bar.Count)
	}
	return max(top, 1)
}

type rect struct{ x, y, width, height string }

// column places a bar; an empty one keeps a hair, so that the axis reads as continuous.
func (h HistogramProps) column(s size, i int) rect {
	step := s.width * 100 / int64(len(h.Bars))
	room := s.height - below - above
	tall := room * 100 * h.Bars[i].Count / highest(h.Bars)
	tall = max(tall, 100)
	return rect{px(step * int64(i)), px((s.height-below)*100 - tall), px(step - min(200, step/6)), px(tall)}
}

func (h HistogramProps) across(s size, at int64) string {
	return px(s.width * at / int64(len(h.Bars)))
}

// anchor keeps a word inside the drawing.
func (h HistogramProps) anchor(at int64) string {
	switch end := int64(len(h.Bars)) * 100; {
	case at < end/8:
		return "start"
	case at > end*7/8:
		return "end"
	}
	return "middle"
}

// side is where the word of a cut stands: two that are close turn away from each other.
func (h HistogramProps) side(s size, i int) string {
	edge := h.anchor(h.Cuts[i].At)
	switch {
	case edge != "middle":
		return edge
	case h.crowd(s, i+1):
		return "end"
	case h.crowd(s, i):
		return "start"
	}
	return edge
}

// crowd reports whether the words of a cut and the one before it would stand on each other.
func (h HistogramProps) crowd(s size, i int) bool {
	return i > 0 && i < len(h.Cuts) && (h.Cuts[i].At-h.Cuts[i-1].At)*s.width/(int64(len(h.Bars))*100) < wordWidth
}

// word is what stands above a cut. At an edge of the drawing, where two have no room to turn away, the last says both.
func (h HistogramProps) word(s size, i int) string {
	crowded := func(i int) bool { return h.crowd(s, i) && h.side(s, i) == h.side(s, i-1) }
	if crowded(i + 1) {
		return ""
	}
	word := h.Cuts[i].Label
	for ; crowded(i); i-- {
		word = h.Cuts[i-1].Label + " · " + word
	}
	return word
}

// wordWidth is about how wide the word of a cut is.
const wordWidth = 110

// px writes hundredths as a number of SVG.
func px(hundredths int64) string {
	if hundredths%100 == 0 {
		return strconv.FormatInt(hundredths/100, 10)
	}
	return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
}

func tone(n int) string { return "fill-s" + strconv.Itoa(min(max(n, 1), 7)) }

func hue(n int) string { return "fill-c" + strconv.Itoa(min(max(n, 1), 6)) }

// heat is the class of a cell by its share of the fullest one, in six steps: the middle of the palette is left out,
// because neither dark nor light letters can be read on it.
func (g GridProps) heat(cell GridCell) string {
	if cell.Count == 0 {
		return "heat-0"
	}
	top := int64(1)
	for _, row := range g.Cells {
		for _, each := range row {
			top = max(top, each.Count)
		}
	}
	return "heat-" + strconv.FormatInt(1+cell.Count*5/top, 10)
}

// path joins the values of a series; top is the value at the upper edge.
func path(values []int64, top int64, s size, over, under int64) string {
	if len(values) == 0 {
		return ""
	}
	line := ""
	room := s.height - over - under
	for i, value := range values {
		x := int64(0)
		if len(values) > 1 {
			x = (s.width - 4) * 100 * int64(i) / int64(len(values)-1)
		}
		y := (s.height-under)*100 - room*100*value/max(top, 1)
		line += string("ML"[min(i, 1)]) + px(x+200) + " " + px(y)
	}
	return line
}

func (l LineProps) top() (top int64) {
	for _, series := range l.Series {
		for _, value := range series.Values {
			top = max(top, value)
		}
	}
	return max(top, 1)
}

func box(s size) string { return fmt.Sprintf("0 0 %d %d", s.width, s.height) }

// marked is what a cell's link carries beside its address.
func marked(cell GridCell) templ.Attributes {
	all := templ.Attributes{}
	for name, value := range cell.Attrs {
		all[name] = value
	}
	if cell.Active {
		all["aria-current"] = "true"
	}
	return all
}
