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
	k := p.terms.Coupon(kind)
	if k == nil {
		return
	}
	from, until := k.Window(day)
	if until < from {
		return
	}
	out.Coupons = append(out.Coupons, CouponIssue{
		Kind: kind, Cause: cause, Source: source, Version: p.version, From: from, Until: until, At: at,
	})
}
