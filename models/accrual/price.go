package accrual

import (
	"context"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/coupons"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// PriceParams is a cart, what is shown for it, and what of it points are to pay.
type PriceParams struct {
	Order   models.OrderParams // Coupons are what is shown; Total and Lines are before what they take off
	Gifts   []bool             // by line: asked for as the gift beside the cart
	Program string             // code; empty: the shop's only programme
	Pay     terms.Payment
}

// Pricing is what a cart costs and earns, and what else could be used on it.
type Pricing struct {
	Quotation
	Today   calendar.Date
	Priced  terms.Priced
	Shown   []coupons.Shown // in the order of Priced's offers; those that are refused come behind them
	Offers  []terms.Offer
	Coupons []UsableCoupon
	Rewards []UsableReward
}

// UsableCoupon is a coupon that the member has today.
type UsableCoupon struct {
	Coupon models.Coupon
	Off    terms.Money   // what it takes off this cart, beside what comes by itself
	Miss   *terms.Misfit // why it takes nothing off
}

// UsableReward is a reward of the programme for this member.
type UsableReward struct {
	Reward  *terms.Reward
	Price   terms.Points
	Refusal terms.Refusal // why the member cannot have it now
}

// Price tries a cart without buying: what it costs with the coupons that are shown, with what comes by itself, and with
// points; what it then earns; and what else the member could use. Nothing is written. Errors: as Quote.
func Price(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, params PriceParams) (found Pricing, err error) {
	merchant, err := db.Merchant(ctx, merchantID)
	if err != nil {
		return found, err
	}
	if params.Order.ExternalID == "" {
		params.Order.ExternalID = "quote"
	}
	if err := check(&params.Order, merchant); err != nil {
		return found, err
	}
	err = store.ReadTx(ctx, db, merchantID, func(tx *store.Tx) error {
		found, err = price(tx, actor, &params)
		return err
	})
	return found, err
}

func price(tx *store.Tx, actor models.Actor, params *PriceParams) (found Pricing, err error) {
	running, err := programs.One(tx, params.Program)
	if err != nil {
		return found, err
	}
	at, err := tx.Moment("placed_at", params.Order.PlacedAt, params.Order.HasTime)
	if err != nil {
		return found, err
	}
	version := running.Timeline.At(at)
	if version == nil {
		return found, models.Conflicting("not_in_force", nil)
	}
	m, err := quotedMember(tx, running, params.Order.Customer)
	if err != nil {
		return found, err
	}
	purchase, err := cart(tx, actor, &params.Order, at)
	if err != nil {
		return found, err
	}
	for i := range params.Gifts {
		purchase.Lines[i].Gift = params.Gifts[i]
	}
	found.Today = tx.Today()
	q := pricer{tx: tx, member: m, program: version, cart: &purchase, found: &found}
	found.Quotation = Quotation{Program: running.Code, Version: version.Version(), Member: m.ID != 0, Tier: version.TierOf(&m.Member), Balances: balances(m)}
	return found, q.run(params)
}

// pricer prices one cart for one member.
type pricer struct {
	tx      *store.Tx
	member  *ledger.Member
	program *terms.Program
	cart    *terms.Purchase
	found   *Pricing
}

func (q *pricer) run(params *PriceParams) error {
	shown, err := coupons.Show(q.tx, q.member, q.program, params.Order.Coupons, "")
	if err != nil {
		return err
	}
	found := q.found
	var refused []coupons.Shown
	for _, s := range shown {
		if s.Refused != nil {
			refused = append(refused, s)
			continue
		}
		found.Offers, found.Shown = append(found.Offers, s.Offer), append(found.Shown, s)
	}
	found.Shown = append(found.Shown, refused...)
	found.Offers = append(found.Offers, q.automatic()...)
	found.Priced = q.program.Price(&q.member.Member, q.cart, found.Offers, params.Pay)
	bought := found.Priced.Purchase(q.cart)
	found.Awards, found.Misses = q.program.Quote(&q.member.Member, &bought)
	if q.member.ID == 0 {
		return nil
	}
	q.rewards()
	return q.coupons()
}

// automatic is what comes by itself to members.
func (q *pricer) automatic() []terms.Offer {
	if q.member.ID == 0 {
		return nil
	}
	return q.program.Automatic()
}

// coupons tries each of the member's coupons alone.
func (q *pricer) coupons() error {
	has, err := coupons.Usable(q.tx, q.member.CustomerID)
	if err != nil {
		return err
	}
	for i := range has {
		version := q.member.Program.Timeline.Version(has[i].Version)
		if has[i].MembershipID != q.member.ID || version == nil || version.Terms().Coupon(has[i].Kind) == nil {
			continue
		}
		q.found.Coupons = append(q.found.Coupons, q.alone(has[i], version.Terms().Coupon(has[i].Kind)))
	}
	return nil
}

func (q *pricer) alone(c models.Coupon, kind *terms.CouponKind) UsableCoupon {
	u := UsableCoupon{Coupon: c}
	offers := append([]terms.Offer{{Kind: kind, Ref: c.Code}}, q.automatic()...)
	priced := q.program.Price(&q.member.Member, q.cart, offers, terms.Payment{})
	for i := range priced.Discounts {
		if priced.Discounts[i].Offer == 0 {
			u.Off = priced.Discounts[i].Off
		}
	}
	for i := range priced.Unfit {
		if priced.Unfit[i].Offer == 0 {
			u.Miss = &priced.Unfit[i]
		}
	}
	return u
}

func (q *pricer) rewards() {
	doc := q.program.Terms()
	for i := range doc.Rewards {
		if r := &doc.Rewards[i]; !r.Auto {
			_, points, refusal := q.program.Claimable(&q.member.Member, r.Code, q.tx.Today())
			if refusal.Code != terms.RewardNotOffered {
				q.found.Rewards = append(q.found.Rewards, UsableReward{Reward: r, Price: points, Refusal: refusal})
			}
		}
	}
}
