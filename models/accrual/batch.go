package accrual

import (
	"context"
	"fmt"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/store"
)

// Keyed is one order of a batch, and the key under which it alone is remembered.
type Keyed struct {
	Key    store.Key
	Params models.OrderParams
}

// Outcome is what became of one order of a batch: the result, or why there is none.
type Outcome struct {
	Result Result
	Err    error // one of Accrue's
}

// AccrueAll posts orders, many in one transaction, each as Accrue does, and tells in their order what became of each. What is
// wrong with one leaves the others alone. Orders of one customer happen in the order in which they are given. Broken off, it has
// posted some of them; called again it tells of those and posts the rest. Errors: that nothing was begun, models.NotFound or
// models.Unavailable; anything else is a fault of the program's that broke it off.
func AccrueAll(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, given []Keyed) ([]Outcome, error) {
	merchant, err := db.Merchant(ctx, merchantID)
	if err == nil {
		err = store.Outside(ctx)
	}
	if err != nil {
		return nil, err
	}
	all := make([]*posting, len(given))
	for i := range given {
		all[i] = &posting{actor: actor, key: given[i].Key, params: &given[i].Params, source: sourceOf(actor)}
		all[i].err = check(&given[i].Params, merchant)
	}
	if err := postOnSides(ctx, shop{db, merchantID}, all); err != nil {
		return nil, err
	}
	outcomes := make([]Outcome, len(all))
	for i, p := range all {
		outcomes[i] = Outcome{p.result, p.err}
	}
	return outcomes, nil
}

const (
	slice = 200 // orders of a batch in one transaction: nobody waits at a till for a batch, but may for its member
	sides = 2   // transactions of a batch side by side: one decides while the other's server works
)

// postOnSides posts the orders of different customers side by side, those of one in their order.
func postOnSides(ctx context.Context, s shop, all []*posting) error {
	shared, err := share(ctx, s, all)
	if err != nil {
		return err
	}
	var group errgroup.Group
	for _, side := range shared {
		group.Go(func() (err error) {
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("accrual: panic: %v\n%s", p, debug.Stack())
				}
			}()
			postInSlices(ctx, s, side)
			return nil
		})
	}
	return group.Wait()
}

// share gives each side its orders: those of one customer, whatever the customer is called, go to one, and so do all where a
// number or a key comes twice.
func share(ctx context.Context, s shop, all []*posting) (shared [sides][]*posting, err error) {
	if len(all) <= slice || repeats(all) {
		shared[0] = all
		return shared, nil
	}
	var people ledger.People
	for _, p := range all {
		if p.params.Customer != nil {
			_ = people.Add(*p.params.Customer) // who cannot be read is a fault of the order's, told when it is posted
		}
	}
	if err := people.Look(ctx, s.db, s.merchantID); err != nil {
		return shared, err
	}
	for i, p := range all {
		side := i % sides
		if p.params.Customer != nil {
			side = int(people.Find(*p.params.Customer) % sides)
		}
		shared[side] = append(shared[side], p)
	}
	return shared, nil
}

// repeats reports whether two orders have one number or one key.
func repeats(all []*posting) bool {
	taken := map[string]bool{}
	for _, p := range all {
		if p.taken(taken) {
			return true
		}
	}
	return false
}

// postInSlices posts the orders that have no fault. One that is bound to something that a slice does not lock ends the slice
// before it.
func postInSlices(ctx context.Context, s shop, all []*posting) {
	var next []*posting
	flush := func() {
		postSlice(ctx, s, next)
		next = nil
	}
	for _, p := range all {
		if p.err != nil {
			continue
		}
		if p.bound() {
			flush()
		}
		if next = append(next, p); p.bound() || len(next) == slice {
			flush()
		}
	}
	flush()
}

// postSlice posts orders by one transaction, and then those that need one of their own.
func postSlice(ctx context.Context, s shop, orders []*posting) {
	if len(orders) == 0 {
		return
	}
	if orders[0].aside = orders[0].bound(); !orders[0].aside {
		postTogether(ctx, s, orders)
	}
	for _, p := range orders {
		if p.aside {
			p.err = postAlone(ctx, s, p)
		}
	}
}
