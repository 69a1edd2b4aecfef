package accrual

import (
	"context"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Quotation is what a cart would earn in one programme, were it bought now, and what it narrowly misses.
type Quotation struct {
	Program  string
	Version  int
	Member   bool // the customer is one; else it is what a new member would earn
	Awards   []terms.Award
	Misses   []terms.Miss
	Tier     string
	Balances []Balance // before the order
}

// Quote tries an order without buying: nothing is written. Without a customer it says what a new member would earn.
// Errors: models.Invalid with every faulty field, "unknown" at customer; models.NotFound for a programme that does not
// run; models.Conflict "not_in_force" before its first version.
func Quote(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, program string, params models.OrderParams) (q Quotation, err error) {
	merchant, err := db.Merchant(ctx, merchantID)
	if err != nil {
		return q, err
	}
	if params.ExternalID == "" {
		params.ExternalID = "quote"
	}
	if err := check(&params, merchant); err != nil {
		return q, err
	}
	err = store.ReadTx(ctx, db, merchantID, func(tx *store.Tx) error {
		q, err = quote(tx, actor, program, &params)
		return err
	})
	return q, err
}

func quote(tx *store.Tx, actor models.Actor, code string, params *models.OrderParams) (q Quotation, err error) {
	running, err := programs.One(tx, code)
	if err != nil {
		return q, err
	}
	at, err := tx.Moment("placed_at", params.PlacedAt, params.HasTime)
	if err != nil {
		return q, err
	}
	version := running.Timeline.At(at)
	if version == nil {
		return q, models.Conflicting("not_in_force", nil)
	}
	m, err := quotedMember(tx, running, params.Customer)
	if err != nil {
		return q, err
	}
	purchase, err := cart(tx, actor, params, at)
	if err != nil {
		return q, err
	}
	q = Quotation{Program: running.Code, Version: version.Version(), Member: m.ID != 0, Tier: version.TierOf(&m.Member), Balances: balances(m)}
	q.Awards, q.Misses = version.Quote(&m.Member, &purchase)
	return q, nil
}

// quotedMember is the customer's membership, settled to today, or what a new member would be.
func quotedMember(tx *store.Tx, running *ledger.Program, ref *models.CustomerRef) (*ledger.Member, error) {
	newcomer := &ledger.Member{Program: running}
	newcomer.Joined, newcomer.SettledTo = tx.Today(), tx.Today()
	if ref == nil {
		return newcomer, nil
	}
	members, err := ledger.Peek(tx, []*ledger.Program{running}, ledger.Of(*ref))
	if err != nil {
		return nil, err
	}
	if len(members) > 0 {
		return members[0], nil
	}
	known, err := ledger.Customer(tx, ledger.Of(*ref))
	if err == nil && known == 0 {
		err = models.InvalidField("customer", "unknown", nil)
	}
	return newcomer, err
}

// cart is the order as the rules would see it.
func cart(tx *store.Tx, actor models.Actor, params *models.OrderParams, at time.Time) (terms.Purchase, error) {
	p := orders.Purchase(&models.Order{
		Source: sourceOf(actor), ExternalID: params.ExternalID, PlacedAt: at, HasTime: params.HasTime || params.PlacedAt.IsZero(), Total: params.Total,
		Shipping: params.Shipping, Discount: params.Discount, PaidWithPoints: params.PaidWithPoints, Channel: params.Channel,
		Tax: params.Tax, Payments: params.Payments, Labels: params.Labels,
	}, tx.Merchant().Zone)
	p.Day, p.Lines = calendar.DateOf(at, tx.Merchant().Zone), orders.Seen(params.Lines, params.Labels)
	if params.Store == "" && actor.StoreID == 0 {
		return p, nil
	}
	err := maybe(&p.Store)(tx.PG().QueryRow(tx.Ctx(), `SELECT code FROM stores WHERE merchant_id = $1 AND (code = $2 OR $2 = '' AND id = $3)`,
		tx.MerchantID(), params.Store, actor.StoreID))
	if err == nil && p.Store == "" {
		err = models.InvalidField("store", "unknown", nil)
	}
	return p, err
}
