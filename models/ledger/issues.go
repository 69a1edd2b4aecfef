package ledger

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/terms"
)

// couponRows are coupons that the engine gave: by a rule, for a tier, for points.
type couponRows struct {
	program, membership []int64
	kind, code, cause   []string
	version             []int64
	amount              []int64
	percent             []int64
	most, minimum       []int64
	from, until         []int32
	at                  []time.Time
	order               []int64
}

// coupon draws a code and fixes what the coupon is worth, as the terms say that gave it.
func (w *writer) coupon(m *Member, c *terms.CouponIssue, orders map[string]int64) {
	program := m.Program.Timeline.Version(c.Version)
	if program == nil {
		return
	}
	k, r := program.Terms().Coupon(c.Kind), &w.coupons
	order, ok := orders[c.Source]
	if !ok {
		order = m.orderOfSource(c.Source)
	}
	r.program = append(r.program, m.Program.ID)
	r.membership = append(r.membership, m.ID)
	r.kind = append(r.kind, c.Kind)
	r.code = append(r.code, models.NewCouponCode())
	r.cause = append(r.cause, c.Cause)
	r.version = append(r.version, int64(c.Version))
	r.amount = append(r.amount, k.Amount)
	r.percent = append(r.percent, int64(k.Percent))
	r.most = append(r.most, k.Most)
	r.minimum = append(r.minimum, k.Minimum)
	r.from = append(r.from, int32(c.From))
	r.until = append(r.until, int32(c.Until))
	r.at = append(r.at, c.At)
	r.order = append(r.order, order)
}

// claimRows are rewards that were taken by themselves.
type claimRows struct {
	program, account []int64
	reward, cause    []string
	version, points  []int64
	at               []time.Time
	day              []int32
	state            []string
}

func (w *writer) claim(m *Member, c *terms.SelfClaim) {
	r := &w.claims
	r.program = append(r.program, m.Program.ID)
	r.account = append(r.account, m.AccountID(c.Unit))
	r.reward = append(r.reward, c.Reward)
	r.cause = append(r.cause, c.Source)
	r.version = append(r.version, int64(c.Version))
	r.points = append(r.points, c.Points)
	r.at = append(r.at, c.At)
	r.day = append(r.day, int32(c.Day))
	state := "redeemed"
	if program := m.Program.Timeline.Version(c.Version); program != nil && program.Terms().Reward(c.Reward).Kind == terms.RewardCoupon {
		state = "issued" // until the coupon is used
	}
	r.state = append(r.state, state)
}

// queueGiven puts what was given into the batch.
func (w *writer) queueGiven(batch *pgx.Batch) {
	if c := &w.coupons; len(c.code) > 0 {
		batch.Queue(writeCouponsSQL, w.merchantID, c.program, c.membership, c.kind, c.code, c.cause, c.version, c.amount, c.percent, c.most, c.minimum,
			c.from, c.until, c.at, c.order)
	}
	if c := &w.claims; len(c.cause) > 0 {
		batch.Queue(writeClaimsSQL, w.merchantID, w.recorded, c.program, c.account, c.reward, c.cause, c.version, c.points, c.at, c.day, c.state)
	}
	w.queueEnded(batch)
}

var (
	writeCouponsSQL = query("write_coupons")
	writeClaimsSQL  = query("write_claims")
)
