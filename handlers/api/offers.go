package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models/accrual"
	"dangol/models/terms"
)

// cartLineWire is a line of a cart that is only tried.
type cartLineWire struct {
	lineWire
	Gift bool `json:"gift,omitzero"`
}

type quoteWire struct {
	Awards  []awardWire        `json:"awards"`
	Misses  []missWire         `json:"nearest_misses"`
	Price   priceWire          `json:"price"`
	Coupons []usableCouponWire `json:"coupons,omitempty"`
	Rewards []usableRewardWire `json:"rewards,omitempty"`
}

type priceWire struct {
	Discounts []discountWire    `json:"discounts"`
	Unfit     []misfitWire      `json:"unfit"`
	Lines     []pricedLineWire  `json:"lines"`
	Goods     int64             `json:"goods"`
	Shipping  int64             `json:"shipping"`
	Total     int64             `json:"total"`
	Points    *pointsPayingWire `json:"points,omitzero"`
}

type discountWire struct {
	Kind   string     `json:"kind"`
	Coupon string     `json:"coupon,omitzero"`
	Name   string     `json:"name"`
	Off    int64      `json:"off"`
	Units  int64      `json:"units,omitzero"`
	Words  []string   `json:"words"`
	Steps  []stepWire `json:"steps"`
}

type misfitWire struct {
	Kind      string `json:"kind,omitzero"`
	Coupon    string `json:"coupon,omitzero"`
	Condition string `json:"condition"`
	ShortBy   int64  `json:"short_by,omitzero"`
	Wants     string `json:"wants,omitzero"`
	Off       int64  `json:"off,omitzero"`
	Words     string `json:"words"`
}

type pricedLineWire struct {
	Amount  int64 `json:"amount"`
	Free    int64 `json:"free,omitzero"`
	Removed bool  `json:"removed,omitzero"`
}

type pointsPayingWire struct {
	Points  int64  `json:"points"`
	Worth   int64  `json:"worth"`
	Refused string `json:"refused,omitzero"`
}

type usableCouponWire struct {
	couponWire
	Off  int64       `json:"off"`
	Miss *misfitWire `json:"miss,omitzero"`
}

type usableRewardWire struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Unit    string `json:"unit"`
	Price   int64  `json:"price"`
	ShortBy int64  `json:"short_by,omitzero"`
	Refused string `json:"refused,omitzero"`
}

// quote says what a cart would cost and earn. Nothing is written.
func (a *API) quote(c echo.Context) error {
	body, err := readBody(c.Request(), maxBody)
	if err != nil {
		return err
	}
	var wire cartWire
	if err := decode(body, &wire); err != nil {
		return err
	}
	params, err := wire.pricing(c.Param("code"))
	if err != nil {
		return err
	}
	r := web.Of(c)
	found, err := accrual.Price(c.Request().Context(), a.db, r.MerchantID(), r.Actor(), params)
	if err != nil {
		return err
	}
	program, err := a.version(c, found.Program, found.Version)
	if err != nil {
		return err
	}
	p := pricing{doc: program.Terms(), found: &found, r: r}
	locale := string(r.Locale)
	return answer(c, http.StatusOK, jsonType, quoteWire{
		awards(program, found.Awards, locale), misses(program, found.Misses, locale), p.price(), p.coupons(), p.rewards(),
	})
}

// pricing writes what a cart came to in words of the caller's language.
type pricing struct {
	doc   *terms.Terms
	found *accrual.Pricing
	r     *web.Request
}

func (p *pricing) price() priceWire {
	d := &p.found.Priced
	wire := priceWire{Discounts: []discountWire{}, Unfit: []misfitWire{}, Lines: []pricedLineWire{}, Goods: d.Goods, Shipping: d.Shipping, Total: d.Total}
	for i := range d.Discounts {
		wire.Discounts = append(wire.Discounts, p.discount(&d.Discounts[i]))
	}
	for i := range d.Unfit {
		wire.Unfit = append(wire.Unfit, p.misfit(&d.Unfit[i]))
	}
	for _, s := range p.found.Shown {
		if s.Refused != nil {
			wire.Unfit = append(wire.Unfit, misfitWire{Coupon: s.Offer.Ref, Condition: s.Refused.Code, Words: p.r.Printer().Fault(s.Refused.Code, s.Refused.Args)})
		}
	}
	for _, l := range d.Lines {
		wire.Lines = append(wire.Lines, pricedLineWire{l.Amount, l.Free, l.Removed})
	}
	if d.Points > 0 || d.Refused.Refused() {
		wire.Points = &pointsPayingWire{d.Points, d.Worth, string(d.Refused.Code)}
	}
	return wire
}

func (p *pricing) discount(d *terms.Discount) discountWire {
	kind, locale := p.found.Offers[d.Offer].Kind, string(p.r.Locale)
	wire := discountWire{Kind: d.Code, Coupon: d.Ref, Name: kind.Name.In(locale), Off: d.Off, Units: d.Units, Steps: []stepWire{}, Words: []string{}}
	for _, step := range d.Why.Steps {
		wire.Steps = append(wire.Steps, stepWire{operators[step.Op], []int64{step.A, step.B}, step.Result})
	}
	wire.Words = append(wire.Words, p.doc.ExplainDiscount(d.Why, locale)...)
	return wire
}

func (p *pricing) misfit(m *terms.Misfit) misfitWire {
	return misfitWire{m.Code, m.Ref, string(m.Condition), m.By, m.Wants, m.Off, p.doc.ExplainMisfit(*m, string(p.r.Locale))}
}

func (p *pricing) coupons() (wires []usableCouponWire) {
	for i := range p.found.Coupons {
		u := &p.found.Coupons[i]
		wire := usableCouponWire{couponWire: coupon(&u.Coupon, p.doc, p.found.Today, string(p.r.Locale)), Off: u.Off}
		if u.Miss != nil {
			miss := p.misfit(u.Miss)
			wire.Miss = &miss
		}
		wires = append(wires, wire)
	}
	return wires
}

func (p *pricing) rewards() (wires []usableRewardWire) {
	for _, u := range p.found.Rewards {
		wire := usableRewardWire{Code: u.Reward.Code, Name: u.Reward.Name.In(string(p.r.Locale)), Kind: string(u.Reward.Kind), Unit: u.Reward.Unit, Price: u.Price}
		if wire.Refused = string(u.Refusal.Code); u.Refusal.Code == terms.NotEnough {
			wire.ShortBy = u.Price - u.Refusal.Limit
		}
		wires = append(wires, wire)
	}
	return wires
}

// cartWire is an order that is only tried: with what is shown for it, and points that are to pay.
type cartWire struct {
	orderWire
	Lines  []cartLineWire `json:"lines,omitzero"`
	Points *int64         `json:"points,omitzero"`
	Unit   string         `json:"unit,omitzero"`
}

func (w *cartWire) pricing(program string) (accrual.PriceParams, error) {
	order, err := w.params()
	p := accrual.PriceParams{Order: order, Program: program, Pay: terms.Payment{Unit: w.Unit}}
	if w.Points != nil {
		p.Pay.Points, p.Pay.All = *w.Points, *w.Points == 0
	}
	p.Order.Lines = nil
	for i := range w.Lines {
		p.Order.Lines = append(p.Order.Lines, w.Lines[i].line())
		p.Gifts = append(p.Gifts, w.Lines[i].Gift)
	}
	return p, err
}
