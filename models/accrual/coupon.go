package accrual

import (
	"dangol/models"
	"dangol/models/coupons"
	"dangol/models/ledger"
	"dangol/models/terms"
)

// useCoupon takes the coupons that were used on the order. They are locked after the accounts, as everywhere. The cart is
// priced anew as it was before every discount; what was taken off the order must hold what its coupons take off. Lines are
// told after discounts of their own, so that a thing that an offer has made free may have nothing left to take off.
func (p *posting) useCoupon() error {
	params := p.params
	codes := params.CouponCodes()
	if len(codes) == 0 {
		return nil
	}
	if p.found.customer == 0 {
		return models.InvalidField("customer", "required", nil)
	}
	m, program, shown, err := p.shown(codes)
	if err != nil {
		return err
	}
	offers := make([]terms.Offer, len(shown))
	for i := range shown {
		if shown[i].Refused != nil {
			return shown[i].Refused
		}
		offers[i] = shown[i].Offer
	}
	cart := p.events
	cart.Total, cart.Discount = params.Total+params.Discount, 0
	priced := program.Price(&m.Member, &cart, offers, terms.Payment{})
	return p.takeCoupons(m, shown, &priced)
}

// shown finds the membership whose coupons these are: the first that knows the first of them.
func (p *posting) shown(codes []string) (m *ledger.Member, program *terms.Program, shown []coupons.Shown, err error) {
	order := p.order.Source + ":" + p.order.ExternalID
	for _, m = range p.found.members {
		m.Settle(p.tx.Today())
		if program = m.Program.Timeline.At(p.order.PlacedAt); program == nil {
			continue
		}
		shown, err = coupons.Show(p.tx, m, program, codes, order)
		if err != nil || shown[0].Refused == nil || shown[0].Refused.Code != "coupon_unknown" {
			return m, program, shown, err
		}
	}
	if err == nil {
		err = models.Refusal("coupon_unknown", nil)
	}
	return m, program, shown, err
}

func (p *posting) takeCoupons(m *ledger.Member, shown []coupons.Shown, priced *terms.Priced) error {
	off := terms.Money(0)
	took := make([]terms.Discount, len(shown))
	for i := range priced.Discounts {
		d := &priced.Discounts[i]
		took[d.Offer] = *d
		if !shown[d.Offer].Offer.Kind.Shipping {
			off += d.Off
		}
	}
	for i := range priced.Unfit {
		if miss := &priced.Unfit[i]; miss.Offer >= 0 && miss.Condition != terms.MissNothing {
			return coupons.Unfit(shown[miss.Offer].Offer.Kind, miss)
		}
	}
	if p.params.Discount < off {
		return models.InvalidField("discount", "less_than_coupon", map[string]any{"coupon": off})
	}
	for i := range shown {
		if err := coupons.Take(p.tx, p.actor, m, &shown[i], &took[i], &p.order.Order); err != nil {
			return err
		}
	}
	return nil
}
