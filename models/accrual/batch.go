package accrual

import (
	"context"

	"dangol/models"
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
// posted some of them; called again it tells of those and posts the rest. Errors: only that nothing was begun, models.NotFound
// or models.Unavailable.
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
	postInSlices(ctx, shop{db, merchantID}, all)
	outcomes := make([]Outcome, len(all))
	for i, p := range all {
		outcomes[i] = Outcome{p.result, p.err}
	}
	return outcomes, nil
}

// postInSlices posts the orders that have no fault. One that is bound to something that a slice does not lock ends the slice
// before it.
func postInSlices(ctx context.Context, s shop, all []*posting) {
	var slice []*posting
	flush := func() {
		postSlice(ctx, s, slice)
		slice = nil
	}
	for _, p := range all {
		if p.err != nil {
			continue
		}
		if p.bound() {
			flush()
		}
		if slice = append(slice, p); p.bound() || len(slice) == most {
			flush()
		}
	}
	flush()
}

// postSlice posts orders by one transaction, and then those that need one of their own.
func postSlice(ctx context.Context, s shop, slice []*posting) {
	if len(slice) == 0 {
		return
	}
	if slice[0].aside = slice[0].bound(); !slice[0].aside {
		postTogether(ctx, s, slice)
	}
	for _, p := range slice {
		if p.aside {
			p.err = postAlone(ctx, s, p)
		}
	}
}
