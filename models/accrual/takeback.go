package accrual

import (
	"time"

	"dangol/models"
	"dangol/models/coupons"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// takingBack undoes part or all of what an order did to its customer's points.
type takingBack struct {
	tx       *store.Tx
	order    *models.Order
	cause    string
	at       time.Time
	returned int64 // goods, so far
	whole    bool  // nothing will be left of it: its coupons come back, or go
}

// undoing is what the engine does to a member whose order is taken back.
type undoing func(*ledger.Member, *terms.Program, terms.History) (terms.Outcome, error)

// run lets the engine take the order back from every member that it touched. The version is the one that the order was
// posted under.
func (b *takingBack) run(undo undoing) ([]Returned, error) {
	members, err := b.members()
	if err != nil {
		return nil, err
	}
	var gone []coupons.Gone
	if b.whole {
		if gone, err = coupons.GiveBack(b.tx, b.order.ID); err != nil {
			return nil, err
		}
	}
	var done []Returned
	var changes []ledger.Change
	for _, m := range members {
		m.Settle(b.tx.Today())
		change := ledger.Change{Member: m, Orders: map[string]int64{b.cause: b.order.ID}}
		outcome, touched, err := b.undo(m, undo)
		if err != nil {
			return nil, err
		}
		if touched {
			change.Outcomes = []terms.Outcome{outcome}
			done = append(done, returned(m, &outcome))
		}
		change.Outcomes = append(change.Outcomes, coupons.Forgone(m, gone)...)
		changes = append(changes, change)
	}
	return done, ledger.Write(b.tx, changes...)
}

// undo takes the order back from one member, unless it did nothing to them.
func (b *takingBack) undo(m *ledger.Member, undo undoing) (outcome terms.Outcome, touched bool, err error) {
	if err := b.payFormers(m, undo); err != nil {
		return outcome, false, err
	}
	h, payments, err := b.history(m)
	if err != nil {
		return outcome, false, err
	}
	program := versionOf(m, &h)
	if program == nil || len(h.Awards)+len(h.Payments) == 0 {
		return outcome, false, nil
	}
	if outcome, err = undo(m, program, h); err != nil {
		return outcome, false, err
	}
	return outcome, true, b.noteRestored(m, &outcome, payments)
}

// payFormers gives back what customers who were merged into the order's had paid for it, to the lots that they paid from,
// and moves it on to who they are now.
func (b *takingBack) payFormers(m *ledger.Member, undo undoing) error {
	formers, err := ledger.Formers(b.tx, m)
	if err != nil {
		return err
	}
	for _, f := range formers {
		h, payments, err := b.history(f)
		if err != nil {
			return err
		}
		program := f.Program.Timeline.At(h.At)
		if h.Awards = nil; program == nil || len(h.Payments) == 0 {
			continue
		}
		outcome, err := undo(f, program, h)
		if err != nil {
			return err
		}
		if err := b.noteRestored(f, &outcome, payments); err != nil {
			return err
		}
		back := ledger.Change{Member: f, Outcomes: []terms.Outcome{outcome}, Orders: map[string]int64{b.cause: b.order.ID}}
		if err := ledger.Write(b.tx, back); err != nil {
			return err
		}
		gone, come := ledger.Bequeath(f, m, &terms.Merging{Source: b.cause, At: b.at, Day: b.tx.Today()})
		if err := ledger.Write(b.tx, gone, come); err != nil {
			return err
		}
	}
	return nil
}

// history is what the order has done to a member, by its last revision.
func (b *takingBack) history(m *ledger.Member) (terms.History, []ledger.Payment, error) {
	purchase := orders.Purchase(b.order, b.tx.Merchant().Zone)
	h, payments, err := ledger.History(b.tx, m, b.order.ID, &purchase, b.returned)
	if err != nil {
		return h, nil, err
	}
	awards, amended, err := revisedAwards(b.tx, b.order, m.Program.Code)
	if amended {
		h.Amended(awards)
	}
	return h, payments, err
}

// members locks the order's customer and loads the memberships, with what was spent and counted from the order's day on.
func (b *takingBack) members() ([]*ledger.Member, error) {
	if b.order.CustomerID == nil {
		return nil, nil
	}
	if err := orders.LockOwner(b.tx, b.order); err != nil {
		return nil, err
	}
	running, err := programs.Running(b.tx)
	if err != nil {
		return nil, err
	}
	since := orders.Day(b.order)
	if b.whole {
		if since, err = coupons.Since(b.tx, b.order.ID, since); err != nil {
			return nil, err
		}
	}
	return ledger.Load(b.tx, running, since, ledger.Of(models.CustomerRef{ID: *b.order.CustomerID}))
}

func versionOf(m *ledger.Member, h *terms.History) *terms.Program {
	if len(h.Awards) > 0 {
		if p := m.Program.Timeline.Version(h.Awards[0].Version); p != nil {
			return p
		}
	}
	return m.Program.Timeline.At(h.At)
}

// noteRestored tells the redemptions that paid for the order how much of them came back.
func (b *takingBack) noteRestored(m *ledger.Member, outcome *terms.Outcome, payments []ledger.Payment) error {
	for _, p := range payments {
		points := terms.Points(0)
		for i := range outcome.Movements {
			mv := &outcome.Movements[i]
			if mv.Kind != terms.Restore || mv.Reverses != p.Seq || m.AccountID(mv.Unit) != p.AccountID {
				continue
			}
			if mv.Bucket == terms.DeficitPart {
				points -= mv.Points
			} else {
				points += mv.Points
			}
		}
		if points == 0 {
			continue
		}
		if _, err := b.tx.PG().Exec(b.tx.Ctx(), `UPDATE redemptions SET restored = restored + $3 WHERE merchant_id = $1 AND id = $2`,
			b.tx.MerchantID(), p.RedemptionID, points); err != nil {
			return err
		}
	}
	return nil
}
