package terms

import (
	"time"

	"dangol/models/calendar"
)

// CouponIssue is a coupon that a member gets: by a rule, for a tier, for points. Its code is the ledger's to draw.
type CouponIssue struct {
	Kind        string
	Cause       string // one coupon of a kind for a cause: "order:pos:A17/next"
	Source      string // the event; where it is an order, the coupon goes with it (S-F5)
	Version     int
	From, Until calendar.Date // its days
	At          time.Time
}

// issue gives a coupon, unless its days would be over before they begin.
func (p *Program) issue(kind, cause, source string, at time.Time, day calendar.Date, out *Outcome) {
	from, until, ok := p.window(kind, day)
	if !ok {
		return
	}
	out.Coupons = append(out.Coupons, CouponIssue{
		Kind: kind, Cause: cause, Source: source, Version: p.version, From: from, Until: until, At: at,
	})
}

// window is the days of a coupon of a kind that is issued on a day; not ok if it would have none.
func (p *Program) window(kind string, day calendar.Date) (from, until calendar.Date, ok bool) {
	k := p.terms.Coupon(kind)
	if k == nil {
		return 0, 0, false
	}
	from, until = k.Window(day)
	return from, until, from <= until
}
