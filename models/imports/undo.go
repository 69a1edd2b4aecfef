package imports

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/coupons"
	"dangol/models/ledger"
	"dangol/models/orders"
	"dangol/models/store"
	"dangol/models/tasks"
	"dangol/models/terms"
)

// StartUndo asks for taking an import back: its purchases are marked withdrawn, and what they earned is posted back. Members
// who have spent some of it since keep everything and are listed. Customers stay. Errors: models.Conflict "import_state";
// models.NotFound.
func (d *Desk) StartUndo(ctx context.Context, merchantID, id int64, actor models.Actor) (taskID int64, err error) {
	return d.start(ctx, merchantID, id, actor, Undoing, tasks.Params{Kind: tasks.ImportUndo})
}

// undoCustomers is how many customers one transaction takes back.
const undoCustomers = 500

// undo goes through the import's customers in the order of their ids; what is withdrawn is not met again.
func (d *Desk) undo(l *tasks.Lease) error {
	var at struct{ After int64 }
	if err := fromJSON(l.Task.Cursor, &at); err != nil {
		return err
	}
	for more := true; more; {
		err := store.InTx(l.Ctx(), d.DB, l.Task.MerchantID, func(tx *store.Tx) (err error) {
			at.After, more, err = undoChunk(tx, l, at.After)
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := d.refresh(l.Ctx(), l.Task.MerchantID); err != nil {
		return err
	}
	return store.InTx(l.Ctx(), d.DB, l.Task.MerchantID, func(tx *store.Tx) error {
		imp, err := lock(tx, l.Task.SubjectID)
		if err != nil {
			return err
		}
		if err := imp.become(tx, Undone); err != nil {
			return err
		}
		return l.Finish(tx)
	})
}

// undoChunk takes the import back from the next customers after one; more is false when there was none.
func undoChunk(tx *store.Tx, l *tasks.Lease, after int64) (last int64, more bool, err error) {
	if err := forMany(tx); err != nil {
		return after, false, err
	}
	if err := tx.Posting(); err != nil {
		return after, false, err
	}
	imp, err := lock(tx, l.Task.SubjectID)
	if err != nil {
		return after, false, err
	}
	ids, err := imp.customersAfter(tx, after)
	if err != nil || len(ids) == 0 {
		return after, false, err
	}
	w := withdrawal{imp: &imp, cause: "undo:" + subject(imp.ID)}
	if err := w.run(tx, ids); err != nil {
		return after, false, err
	}
	last = ids[len(ids)-1]
	return last, true, l.Advance(tx, map[string]int64{"After": last}, w.rows)
}

// customersAfter lists the next customers who have something of the import left.
func (imp *Import) customersAfter(tx *store.Tx, after int64) ([]int64, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT customer_id FROM (
			SELECT customer_id FROM orders WHERE merchant_id = $1 AND import_id = $2 AND customer_id > $3 AND withdrawn_at IS NULL
			UNION
			SELECT m.customer_id FROM import_openings o JOIN memberships m ON m.merchant_id = $1 AND m.id = o.membership_id
			WHERE o.merchant_id = $1 AND o.import_id = $2 AND m.customer_id > $3 AND o.withdrawn_at IS NULL) x
		ORDER BY customer_id LIMIT $4`, tx.MerchantID(), imp.ID, after, undoCustomers)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// withdrawal takes back what some customers have of an import.
type withdrawal struct {
	imp     *Import
	cause   string
	refused map[int64]bool // customers who have spent of it
	orders  []int64        // that are taken back
	since   calendar.Date  // the earliest day of these
	rows    int64
}

// run takes back what the customers have, in this order: who has spent keeps everything; the others' orders go; then their
// members are loaded as they are without them, and lose the coupons that the orders gave and that are not used (S-F5).
func (w *withdrawal) run(tx *store.Tx, ids []int64) error {
	if err := orders.LockCustomers(tx, ids...); err != nil {
		return err
	}
	credits, err := w.credits(tx, ids)
	if err != nil {
		return err
	}
	if err := w.refuse(tx, credits); err != nil {
		return err
	}
	kept := slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return w.refused[id] })
	if err := w.withdraw(tx, kept); err != nil {
		return err
	}
	members, err := w.members(tx, kept)
	if err != nil {
		return err
	}
	gone, err := coupons.GoWithOrders(tx, w.orders)
	if err != nil {
		return err
	}
	changes, err := w.takeBack(tx, members, credits, gone)
	if err != nil {
		return err
	}
	return ledger.Write(tx, changes...)
}

func (w *withdrawal) members(tx *store.Tx, ids []int64) ([]*ledger.Member, error) {
	j, err := w.imp.job(tx)
	if err != nil {
		return nil, err
	}
	members, err := j.members(tx, ids, w.since)
	for _, m := range members {
		m.Settle(tx.Today())
	}
	return members, err
}

// credit is an entry of the import that gave points.
type credit struct {
	CustomerID   int64
	MembershipID int64
	Unit         string
	Seq          int64
	Rule         string
	Version      int
	Points       int64
	Cause        string // of its lot
	OrderID      int64
	PlacedAt     time.Time
	Day          calendar.Date
	Spent        int64 // taken from its lots by anything but time
}

func (w *withdrawal) credits(tx *store.Tx, ids []int64) ([]credit, error) {
	rows, err := tx.PG().Query(tx.Ctx(), query("credits"), tx.MerchantID(), w.imp.ID, ids)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (c credit, err error) {
		err = row.Scan(&c.CustomerID, &c.MembershipID, &c.Unit, &c.Seq, &c.Rule, &c.Version, &c.Points, &c.Cause, &c.OrderID, &c.PlacedAt, (*int32)(&c.Day), &c.Spent)
		return c, err
	})
}

// refuse finds those who have spent points of the import, and lists them.
func (w *withdrawal) refuse(tx *store.Tx, credits []credit) error {
	w.refused = map[int64]bool{}
	var ids []int64
	for _, c := range credits {
		if c.Spent > 0 && !w.refused[c.CustomerID] {
			w.refused[c.CustomerID] = true
			ids = append(ids, c.CustomerID)
		}
	}
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO import_refusals (merchant_id, import_id, customer_id, code)
		SELECT $1, $2, unnest($3::bigint[]), 'spent' ON CONFLICT DO NOTHING`, tx.MerchantID(), w.imp.ID, ids)
	w.imp.Counts.Refused += int64(len(ids))
	return err
}

// takeBack lets the engine undo each credit, as far as it is still there: what has ended with its time is gone already.
// Coupons that have gone free the limits of their rules, as points do. A tier that the import's purchases gave falls to what
// the member deserves without them.
func (w *withdrawal) takeBack(tx *store.Tx, members []*ledger.Member, credits []credit, gone []coupons.Gone) ([]ledger.Change, error) {
	byMember := map[int64][]credit{}
	for _, c := range credits {
		byMember[c.MembershipID] = append(byMember[c.MembershipID], c)
	}
	raised, err := w.raised(tx, members)
	if err != nil {
		return nil, err
	}
	changes := make([]ledger.Change, 0, len(members))
	for _, m := range members {
		change := ledger.Change{Member: m, Orders: map[string]int64{}}
		for _, c := range byMember[m.ID] {
			if out, ok := w.undoCredit(tx, m, c); ok {
				change.Outcomes = append(change.Outcomes, out)
				change.Orders[w.cause+"/"+c.Cause] = c.OrderID
			}
		}
		change.Outcomes = append(change.Outcomes, coupons.Forgone(m, gone)...)
		if raised[m.ID] {
			change.Outcomes = append(change.Outcomes, w.lower(tx, m))
		}
		changes = append(changes, change)
	}
	return changes, nil
}

// raised finds the members who rose by purchases of a file.
func (w *withdrawal) raised(tx *store.Tx, members []*ledger.Member) (map[int64]bool, error) {
	ids := make([]int64, len(members))
	for i, m := range members {
		ids[i] = m.ID
	}
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT DISTINCT membership_id FROM tier_changes WHERE merchant_id = $1 AND membership_id = ANY ($2)
		AND reason = 'up' AND (starts_with(cause, $3) OR starts_with(cause, $4))`, tx.MerchantID(), ids, orders.Source(source, ""), subject(w.imp.ID)+"/")
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	raised := make(map[int64]bool, len(found))
	for _, id := range found {
		raised[id] = true
	}
	return raised, err
}

// lower brings a member to the highest tier that is still deserved; a floor set by hand stays.
func (w *withdrawal) lower(tx *store.Tx, m *ledger.Member) (out terms.Outcome) {
	if program := m.Program.Timeline.At(tx.Now()); program != nil {
		out = program.Lower(&m.Member, &terms.Look{Source: w.cause, At: tx.Now(), Day: tx.Today()})
	}
	return out
}

func (w *withdrawal) undoCredit(tx *store.Tx, m *ledger.Member, c credit) (terms.Outcome, bool) {
	program := m.Program.Timeline.Version(c.Version)
	if program == nil {
		program = m.Program.Timeline.At(tx.Now())
	}
	left := remaining(m.Account(c.Unit), c)
	if program == nil || left == 0 {
		return terms.Outcome{}, false
	}
	return program.Undo(&m.Member, w.cause+"/"+c.Cause, tx.Now(), tx.Today(), terms.History{
		Source: c.Cause, At: c.PlacedAt, Day: c.Day, Whole: 1,
		Awards: []terms.Given{{Unit: c.Unit, Rule: c.Rule, Version: c.Version, Seq: c.Seq, Points: left}},
	}), true
}

// remaining is what is left in the lots of a credit.
func remaining(a *terms.Account, c credit) (left int64) {
	for _, lot := range a.Lots {
		if lot.Source == c.Cause && lot.Rule == c.Rule {
			left += lot.Remaining
		}
	}
	return left
}

// withdraw marks the orders and the balances, and counts the rollups anew without them.
func (w *withdrawal) withdraw(tx *store.Tx, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := tx.PG().Query(tx.Ctx(), `UPDATE orders SET withdrawn_at = $4
		WHERE merchant_id = $1 AND import_id = $2 AND customer_id = ANY ($3) AND withdrawn_at IS NULL RETURNING id, business_date`, tx.MerchantID(), w.imp.ID, ids, tx.Wall())
	if err != nil {
		return err
	}
	var id int64
	var day calendar.Date
	w.since = tx.Today()
	withdrawn, err := pgx.ForEachRow(rows, []any{&id, &day}, func() error {
		w.orders, w.since = append(w.orders, id), min(w.since, day)
		return nil
	})
	if err != nil {
		return err
	}
	balances, err := tx.PG().Exec(tx.Ctx(), `UPDATE import_openings o SET withdrawn_at = $4 FROM memberships m
		WHERE o.merchant_id = $1 AND o.import_id = $2 AND m.merchant_id = $1 AND m.id = o.membership_id AND m.customer_id = ANY ($3)
		AND o.withdrawn_at IS NULL`, tx.MerchantID(), w.imp.ID, ids, tx.Now())
	if err != nil {
		return err
	}
	w.rows = withdrawn.RowsAffected() + balances.RowsAffected()
	w.imp.Counts.Withdrawn += w.rows
	if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE imports SET counts = $3 WHERE merchant_id = $1 AND id = $2`,
		tx.MerchantID(), w.imp.ID, asJSON(w.imp.Counts)); err != nil {
		return err
	}
	return orders.Recount(tx, ids...)
}
