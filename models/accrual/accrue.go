package accrual

import (
	"context"
	"errors"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/together"
)

// Accrue posts an order: once for ever by the actor's source and the order's number, and once by key, if the key is not
// empty. It settles the customer's memberships, enrols the customer where the terms do so by themselves, lets every
// programme award what it promises, and applies refunds that were waiting for the order. An order without a customer is
// stored and earns nothing. With a later revision than the order has, it gives the order new content; an earlier one, or
// any of an order that was withdrawn, does nothing.
//
// Errors: models.Invalid with every faulty field, "unknown" at customer, store or redemption, "fixed" at what no revision
// may change; models.ErrReplayOther when the number and revision are known with other content, naming the fields;
// models.Refused "below_returned" (Args: limit) for new content of which as much or more was returned;
// those of coupons.UseIn; models.ErrClockMoving; models.ErrKeyReused and ErrKeyBusy.
func Accrue(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, key store.Key, params models.OrderParams) (Result, error) {
	merchant, err := db.Merchant(ctx, merchantID)
	if err != nil {
		return Result{}, err
	}
	if err := check(&params, merchant); err != nil {
		return Result{}, err
	}
	p := &posting{actor: actor, key: key, params: &params, source: sourceOf(actor)}
	if err := accrue(ctx, shop{db, merchantID}, p); err != nil {
		return Result{}, err
	}
	return p.result, nil
}

// sourceOf says whose order numbers the actor uses.
func sourceOf(actor models.Actor) string {
	if actor.Source == "" {
		return "counter"
	}
	return actor.Source
}

// shop is whose orders share transactions.
type shop struct {
	db         *store.DB
	merchantID int64
}

const (
	lanes    = 1                // transactions of one shop side by side: with two, groups are half as large and nothing is quicker
	most     = 64               // orders in one transaction
	patience = 4 * time.Second  // for a turn, as for a connection
	limit    = 30 * time.Second // of a transaction, whatever becomes of the network
)

// line is where the orders of a shop gather.
var line = together.New(lanes, most, patience, postTogether)

// accrue posts an order together with those that come at the same time, or else by itself.
func accrue(ctx context.Context, s shop, p *posting) error {
	if err := store.Outside(ctx); err != nil {
		return err
	}
	if p.bound() {
		return postAlone(ctx, s, p)
	}
	if err := line.Do(ctx, s, p); errors.Is(err, together.ErrCrowded) {
		return models.ErrUnavailable
	} else if err != nil {
		return store.Translate(err)
	}
	if p.aside {
		return postAlone(ctx, s, p)
	}
	return p.err
}

// postTogether posts orders by one transaction that waits for nobody, and puts aside those that need one of their own.
func postTogether(ctx context.Context, s shop, postings []*posting) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	err := post(ctx, s, ledger.Skip, postings...)
	final := models.KindOf(err) == models.Unavailable || len(postings) == 1 && store.Constraint(err) == ""
	for _, p := range postings {
		if final {
			p.err = err
		} else if err != nil {
			p.aside = true
		}
	}
}

// postAlone posts an order by itself. Who has brought the same order or used the same key without its lock, as an import
// does, is seen at the second try.
func postAlone(ctx context.Context, s shop, p *posting) (err error) {
	for range 2 {
		err = post(ctx, s, ledger.Wait, p)
		if c := store.Constraint(err); c != "orders_external_id_key" && c != store.KeyConstraint {
			break
		}
	}
	return err
}
