package terms

import "slices"

// HistoryOf reads what an order has done from the movements of its member: those of the order itself, the redemptions
// that paid for it, and those that have taken either back. A redemption that was confirmed comes with the lots of its
// reservation, see Confirm. returned is the money returned so far.
func HistoryOf(order *Purchase, returned Money, movements []Movement) History {
	h := History{
		Source: order.Source, At: order.At, Day: order.Day, Store: order.Store,
		Whole: order.Goods(), Spend: order.Spend(), Returned: returned,
	}
	for i := range movements {
		h.read(&movements[i])
	}
	return h
}

func (h *History) read(mv *Movement) {
	switch mv.Kind {
	case Earn:
		if source := WholeSource(mv.Source); source == h.Source || amends(source, h.Source) {
			h.earned(mv)
		}
	case Redeem:
		h.Payments = append(h.Payments, Paid{Unit: mv.Unit, Seq: mv.Seq, Points: -mv.Points, Uses: mv.Uses})
	case Clawback, CancelHold:
		for i := range h.Awards {
			if given := &h.Awards[i]; given.Unit == mv.Unit && given.by(mv) {
				given.Revoked += Owned(mv.Bucket, -mv.Points)
			}
		}
	case Restore:
		for i := range h.Payments {
			if paid := &h.Payments[i]; paid.Unit == mv.Unit && paid.Seq == mv.Reverses {
				paid.Restored += Owned(mv.Bucket, mv.Points)
			}
		}
	}
}

// earned adds to the award of the movement's rule: an award that comes in parts, or fills a deficit, comes
// as several movements.
func (h *History) earned(mv *Movement) {
	points := Owned(mv.Bucket, mv.Points)
	for i := range h.Awards {
		if given := &h.Awards[i]; given.Unit == mv.Unit && given.Rule == mv.Rule {
			given.Points += points
			given.More = append(given.More, mv.Seq)
			return
		}
	}
	h.Awards = append(h.Awards, Given{
		Unit: mv.Unit, Rule: mv.Rule, Version: mv.Version, Seq: mv.Seq, Points: points,
	})
}

// by reports whether a movement takes back what one of the award's entries gave. Entries of another account of the same
// person have no seq here: they are known by the rule.
func (g *Given) by(mv *Movement) bool {
	return (g.Seq == mv.Reverses || slices.Contains(g.More, mv.Reverses)) && (mv.Reverses != 0 || g.Rule == mv.Rule)
}

// Owned turns a movement of the deficit, which counts what is owed, into what the member gained by it.
func Owned(bucket Bucket, points Points) Points {
	if bucket == DeficitPart {
		return -points
	}
	return points
}
