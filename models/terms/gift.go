package terms

import "slices"

// gift lets the customer add one thing of the pools for its price, if what is to be paid for the rest, shipping apart, is
// enough. All discounts and points have been taken off that, so that no order of coupons gets round the threshold.
func (r *round) gift(i int) {
	k := r.offers[i].Kind
	line, pool := r.wish(k)
	if line == nil {
		r.turnAway(i, r.nextGift(k))
		return
	}
	if miss := r.fails(&r.offers[i], &part{base: k.Minimum}); miss.Condition != "" {
		r.turnAway(i, miss)
		return
	}
	if short := pool.From - r.payable(); short > 0 {
		r.turnAway(i, Misfit{Condition: MissAmount, By: short, Wants: line.SKU})
		return
	}
	unit := line.list / max(line.Quantity, 1)
	var work sum
	work.begin()
	work.do(OpItemOff, unit, min(pool.Price, unit))
	line.left, line.free, line.removed = unit-work.value, 1, false
	line.Quantity, line.given = 1, true
	r.note(i, work.value, 1, &work)
}

// payable is what is to be paid for the goods, after everything.
func (r *round) payable() Money { return max(r.basket.goods()-r.priced.Worth, 0) }

// wish finds the first gift in the cart that a pool of the kind has today, and of its pools the one that asks least.
func (r *round) wish(k *CouponKind) (*basketLine, *GiftPool) {
	for i := range r.basket.lines {
		if l := &r.basket.lines[i]; l.Gift && !l.given && !r.hasGift() {
			if pool := k.pool(l.SKU, r); pool != nil {
				return l, pool
			}
		}
	}
	return nil, nil
}

// hasGift reports whether the order has its one gift.
func (r *round) hasGift() bool {
	return slices.ContainsFunc(r.basket.lines, func(l basketLine) bool { return l.given })
}

func (k *CouponKind) pool(sku string, r *round) (best *GiftPool) {
	for i := range k.Gifts {
		g := &k.Gifts[i]
		if g.on(r.basket.day) && slices.Contains(g.SKUs, sku) && (best == nil || g.From < best.From) {
			best = g
		}
	}
	return best
}

// nextGift says what is missing for a gift, where nobody has asked for one yet.
func (r *round) nextGift(k *CouponKind) Misfit {
	if r.hasGift() {
		return Misfit{Condition: MissTogether}
	}
	miss := Misfit{Condition: MissItem}
	for i := range k.Gifts {
		g := &k.Gifts[i]
		if short := max(g.From-r.payable(), 0); g.on(r.basket.day) && (miss.Wants == "" || short < miss.By) {
			miss.By, miss.Wants = short, firstOf(g.SKUs)
		}
	}
	if miss.By > 0 {
		miss.Condition = MissAmount
	}
	if miss.Wants == "" {
		miss.Condition = MissDay
	}
	return miss
}

// removeGifts takes the gifts out that no offer gives, and says so for those that no offer has spoken about.
func (r *round) removeGifts() {
	for i := range r.basket.lines {
		l := &r.basket.lines[i]
		if !l.Gift || l.given {
			continue
		}
		l.left, l.removed = 0, true
		told := func(m Misfit) bool { return m.Wants == l.SKU }
		if !slices.ContainsFunc(r.priced.Unfit, told) {
			r.priced.Unfit = append(r.priced.Unfit, Misfit{Offer: -1, Condition: MissGift, Wants: l.SKU})
		}
	}
}
