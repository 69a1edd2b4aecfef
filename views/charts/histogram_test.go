package charts

import "testing"

// Words of thresholds never stand on each other: in the middle two turn away, at an edge the last says both.
func TestWordsOfCloseThresholds(t *testing.T) {
	narrow := size{width: 324}
	for _, c := range []struct {
		at    []int64
		words []string
		sides []string
	}{
		{[]int64{400, 1200}, []string{"A", "B"}, []string{"middle", "middle"}},
		{[]int64{700, 800}, []string{"A", "B"}, []string{"end", "start"}},
		{[]int64{1550, 1600}, []string{"", "A · B"}, []string{"end", "end"}},
		{[]int64{1500, 1550, 1600}, []string{"", "", "A · B · C"}, []string{"end", "end", "end"}},
	} {
		h := HistogramProps{Bars: make([]Bar, 16)}
		for i, at := range c.at {
			h.Cuts = append(h.Cuts, Cut{At: at, Label: string(rune('A' + i))})
		}
		for i := range h.Cuts {
			if word, side := h.word(narrow, i), h.side(narrow, i); word != c.words[i] || side != c.sides[i] {
				t.Errorf("%v, %d: %q %s, want %q %s", c.at, i, word, side, c.words[i], c.sides[i])
			}
		}
	}
}
