package ledger

import (
	"slices"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
	"dangol/models/terms"
)

// Payment is a redemption that paid for an order, by its row and its entry.
type Payment struct {
	RedemptionID int64
	AccountID    int64
	Seq          int64
}

// History reads what an order has done to a member: its awards, the redemptions that paid for it, and what has taken
// either back. Awards that it gave to a customer who was merged into the member's since are among them. Returned is how
// much of its goods has been returned so far.
func History(tx *store.Tx, m *Member, orderID int64, purchase *terms.Purchase, returned terms.Money) (terms.History, []Payment, error) {
	own, err := OfOrder(tx, m.ID, orderID)
	if err != nil {
		return terms.History{}, nil, err
	}
	paid, payments, err := paymentsFor(tx, m, orderID)
	if err != nil {
		return terms.History{}, nil, err
	}
	slices.SortStableFunc(own, func(a, b Entry) int { return place(a.Kind) - place(b.Kind) })
	var movements []terms.Movement
	for i := range own {
		if own[i].Kind != terms.Restore { // those come with the redemptions that they restore
			movements = append(movements, m.seen(own, &own[i]))
		}
	}
	for i := range paid {
		movements = append(movements, paid[i].Movement())
	}
	h := terms.HistoryOf(purchase, returned, movements)
	h.Closed, err = ClosedLots(tx, m, paid)
	return h, payments, err
}

// place puts what was earned before what takes it back, in whichever accounts they stand.
func place(k terms.Kind) int {
	if k == terms.Earn {
		return 0
	}
	return 1
}

// seen is an entry about an order as the history of its present member shows it. What was earned on the account of a
// customer who has been merged since has no seq there, and what takes that back names its rule instead.
func (m *Member) seen(all []Entry, e *Entry) terms.Movement {
	mv := e.Movement()
	switch {
	case e.Kind == terms.Earn && m.unit(e.AccountID) == "":
		mv.Seq = 0
	case e.Reverses != 0:
		at := slices.IndexFunc(all, func(of Entry) bool { return of.AccountID == e.AccountID && of.Seq == e.Reverses })
		if at < 0 {
			break
		}
		if of := &all[at]; of.Kind == terms.Merged && of.Lot != nil {
			mv.Reverses, mv.Rule = 0, of.Lot.Rule
		} else if m.unit(e.AccountID) == "" {
			mv.Reverses, mv.Rule = 0, of.Rule
		}
	}
	return mv
}

// paymentsFor reads the redemptions that paid for an order and what was given back of them.
func paymentsFor(tx *store.Tx, m *Member, orderID int64) ([]Entry, []Payment, error) {
	ids, err := redemptionsFor(tx, m.ID, orderID)
	if err != nil || len(ids) == 0 {
		return nil, nil, err
	}
	causes := make([]string, 0, len(ids))
	for cause := range ids {
		causes = append(causes, cause)
	}
	entries, err := entriesWhere(tx, m.ID, `e.kind IN ('redeem', 'reserve') AND e.cause = ANY ($3)`, causes)
	if err != nil {
		return nil, nil, err
	}
	entries = Payments(entries)
	var payments []Payment
	var seqs []int64
	for i := range entries {
		payments = append(payments, Payment{ids[entries[i].Cause], entries[i].AccountID, entries[i].Seq})
		seqs = append(seqs, entries[i].Seq)
	}
	restored, err := entriesWhere(tx, m.ID, `e.kind = 'restore' AND e.reverses_seq = ANY ($3)`, seqs)
	return append(entries, restored...), payments, err
}

func redemptionsFor(tx *store.Tx, membershipID, orderID int64) (map[string]int64, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT r.id, r.source, r.external_id FROM accounts a
		JOIN redemptions r ON r.merchant_id = a.merchant_id AND r.account_id = a.id
		WHERE a.merchant_id = $1 AND a.membership_id = $2 AND r.order_id = $3`, tx.MerchantID(), membershipID, orderID)
	if err != nil {
		return nil, err
	}
	found := map[string]int64{}
	var id int64
	var source, external string
	_, err = pgx.ForEachRow(rows, []any{&id, &source, &external}, func() error {
		found[RedemptionSource(source, external)] = id
		return nil
	})
	return found, err
}

// ClosedLots reads the lots that entries took from and that nothing is left of: points may be given back to them. Lots
// that have ended are among them; their last day says so.
func ClosedLots(tx *store.Tx, m *Member, entries []Entry) ([]terms.Lot, error) {
	used := map[lotOrder]bool{}
	var seqs []int64
	for i := range entries {
		for _, use := range entries[i].Uses {
			used[lotOrder{account: entries[i].AccountID, lot: use.Lot}] = true
			seqs = append(seqs, use.Lot)
		}
	}
	if len(seqs) == 0 {
		return nil, nil
	}
	credits, err := entriesWhere(tx, m.ID, `e.seq = ANY ($3)`, seqs)
	var closed []terms.Lot
	for i := range credits {
		lot := credits[i].Lot
		if lot != nil && lot.Remaining == 0 && used[lotOrder{account: credits[i].AccountID, lot: lot.Seq}] {
			closed = append(closed, *lot)
		}
	}
	return closed, err
}
