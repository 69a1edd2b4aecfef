package imports

import (
	"slices"

	"dangol/models/terms"
)

// tally sums what postings do.
type tally struct {
	points []PointCount
	orders int64
}

func (t *tally) add(p *posting) {
	t.orders += int64(p.orders)
	for i := range p.outcome.Movements {
		mv := &p.outcome.Movements[i]
		points := mv.Points
		if mv.Bucket == terms.DeficitPart {
			points = -points
		}
		switch mv.Kind {
		case terms.Earn, terms.Adjust:
			c := t.unit(mv.Unit)
			c.Earned, c.Open = c.Earned+points, c.Open+points
		case terms.Expire:
			c := t.unit(mv.Unit)
			c.Expired, c.Open = c.Expired-points, c.Open+points
		}
	}
}

func (t *tally) unit(code string) *PointCount {
	at := slices.IndexFunc(t.points, func(c PointCount) bool { return c.Unit == code })
	if at < 0 {
		t.points = append(t.points, PointCount{Unit: code})
		at = len(t.points) - 1
	}
	return &t.points[at]
}
