package accrual

import (
	"bytes"
	"errors"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/terms"
)

// repeat answers for an order that is there: by what it is, or by giving it the new content of a later revision.
func (p *posting) repeat() error {
	o, err := orders.Find(p.tx, p.found.known)
	switch {
	case err != nil:
		return err
	case p.params.Revision > o.Revision && o.WithdrawnAt == nil:
		return p.amend(&o)
	case p.params.Revision == o.Revision:
		return p.repeatOrder(&o)
	default:
		return p.outdated(&o)
	}
}

// outdated tells of the order as it is to whoever sends what it was, or what it can be no more.
func (p *posting) outdated(o *models.Order) error {
	hash, err := revisionHash(p.tx, o.ID, p.params.Revision)
	if err != nil {
		return err
	}
	if hash != nil && !bytes.Equal(hash, p.contentHash()) {
		return models.ErrReplayOther
	}
	p.told = true
	return p.retell(o)
}

// amend is the life of a revision: the difference is posted, then the order is what it is told to be.
func (p *posting) amend(o *models.Order) error {
	if err := p.amendable(o); err != nil {
		return err
	}
	now := *o
	now.Total, now.Shipping, now.Discount, now.PaidWithPoints = p.params.Total, p.params.Shipping, p.params.Discount, p.params.PaidWithPoints
	now.Tax, now.Payments, now.Labels = p.params.Tax, p.params.Payments, p.params.Labels
	now.Revision, now.ContentHash = p.params.Revision, p.contentHash()
	p.events = orders.Purchase(&now, p.tx.Merchant().Zone)
	p.events.Lines = orders.Seen(p.params.Lines, p.params.Labels)
	now.Basis = p.events.Spend()
	p.result = Result{OrderID: o.ID, Source: o.Source, ExternalID: o.ExternalID, CustomerID: number(o.CustomerID), BusinessDate: orders.Day(o)}
	awards, err := p.readjust(o)
	if err != nil {
		return err
	}
	if err := keepRevisions(p.tx, o, &now, p.params, awards); err != nil {
		return err
	}
	goods := now.Total - now.Shipping
	if err := orders.Amend(p.tx, &now, p.params.Lines, returnedOf(now.Basis, o.Refunded, goods)); err != nil {
		return err
	}
	p.told = true
	return recount(p.tx, &now)
}

// returnedOf is what of the qualifying money went with what was refunded.
func returnedOf(basis, refunded, goods int64) int64 {
	if refunded == 0 {
		return 0
	}
	return terms.Cumulative(basis, min(refunded, goods), goods)
}

// amendable refuses what no revision may change, and content of which as much was returned already.
func (p *posting) amendable(o *models.Order) error {
	given := p.params
	if given.Redemption != "" && given.PaidWithPoints == 0 {
		given.PaidWithPoints = o.PaidWithPoints
	}
	fields, err := p.differences(o)
	if err != nil {
		return err
	}
	fixed := slices.DeleteFunc(fields, func(f models.FieldError) bool {
		switch f.Field {
		case "customer":
			return given.Customer == nil
		case "placed_at", "store", "channel", "coupon":
			return false
		default:
			return true
		}
	})
	for i := range fixed {
		fixed[i].Code = "fixed"
	}
	if len(fixed) > 0 {
		return &models.Error{Kind: models.Invalid, Code: "invalid", Fields: fixed}
	}
	goods := min(o.Total-o.Shipping, given.Total-given.Shipping)
	if o.Refunded > 0 && (o.Refunded >= goods || o.Refunded > given.Total) {
		return models.Refusal(string(terms.BelowReturned), map[string]any{"limit": o.Refunded})
	}
	return nil
}

// readjust posts the difference in every programme that the order was offered to, and gives the awards of the whole.
func (p *posting) readjust(o *models.Order) (awards map[string][]terms.Award, err error) {
	source := orders.Source(o.Source, o.ExternalID)
	back := takingBack{
		tx: p.tx, order: o, cause: terms.AmendSource(source, strconv.Itoa(p.params.Revision)), at: p.tx.Now(),
		returned: min(o.Refunded, o.Total-o.Shipping),
	}
	if awards = map[string][]terms.Award{}; o.MembershipID == nil {
		return awards, nil
	}
	members, err := back.members()
	if err != nil {
		return nil, err
	}
	if p.events.Store, err = p.storeCode(o); err != nil {
		return nil, err
	}
	var changes []ledger.Change
	for _, m := range members {
		m.Settle(p.tx.Today())
		change := ledger.Change{Member: m, Orders: map[string]int64{back.cause: o.ID, source: o.ID}}
		if program := m.Program.Timeline.At(o.PlacedAt); program != nil && (!m.EnrolledAt.After(o.PlacedAt) || *o.MembershipID != m.ID) {
			if change.Outcomes, err = p.readjustMember(&back, m, program); err != nil {
				return nil, err
			}
			awards[m.Program.Code] = change.Outcomes[0].Awards
		}
		changes = append(changes, change)
	}
	return awards, ledger.Write(p.tx, changes...)
}

func (p *posting) readjustMember(back *takingBack, m *ledger.Member, program *terms.Program) ([]terms.Outcome, error) {
	h, _, err := back.history(m)
	if err != nil {
		return nil, err
	}
	a := terms.Amendment{Source: back.cause, At: back.at, Day: p.tx.Today(), Order: p.events, History: h}
	if err := p.tierBefore(m, program, &a.Order); err != nil {
		return nil, err
	}
	if err := p.before(m, program, back.order, &a.Order); err != nil {
		return nil, err
	}
	outcome, refusal := program.Amend(&m.Member, &a)
	if refusal.Refused() {
		return nil, models.Refusal(string(refusal.Code), map[string]any{"limit": refusal.Limit})
	}
	released, err := releaseReported(p.tx, back.order, m, program)
	p.result.Members = append(p.result.Members, Earned{
		MembershipID: m.ID, Program: m.Program.Code, Version: program.Version(), Awards: outcome.Awards, Misses: outcome.Misses,
		Tier: program.TierOf(&m.Member), Tiers: outcome.Tiers, Balances: balances(m),
	})
	return append([]terms.Outcome{outcome}, released...), err
}

// tierBefore finds the tier that the member held before the order, which may itself have raised it.
func (p *posting) tierBefore(m *ledger.Member, program *terms.Program, purchase *terms.Purchase) error {
	if program.Terms().Tiers == nil {
		return nil
	}
	err := p.tx.PG().QueryRow(p.tx.Ctx(), `SELECT to_code FROM tier_changes
		WHERE merchant_id = $1 AND membership_id = $2 AND at <= $3 AND NOT starts_with(cause, $4) ORDER BY seq DESC LIMIT 1`,
		p.tx.MerchantID(), m.ID, purchase.At, purchase.Source+"/").Scan(&purchase.Tier)
	if errors.Is(err, pgx.ErrNoRows) {
		purchase.Tier = program.Terms().Tiers.Tiers[0].Code
		return nil
	}
	return err
}

func (p *posting) storeCode(o *models.Order) (code string, err error) {
	if o.StoreID == nil {
		return "", nil
	}
	return code, p.tx.PG().QueryRow(p.tx.Ctx(), `SELECT code FROM stores WHERE merchant_id = $1 AND id = $2`, p.tx.MerchantID(), *o.StoreID).Scan(&code)
}
