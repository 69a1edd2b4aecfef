package grants

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

const columns = `merchant_id, id, membership_id, unit, points, reason, note, words, cause, staff_id, store_id, alone, at, business_date, undone_at`

// Find reads a grant. Errors: models.NotFound.
func Find(tx *store.Tx, id int64) (models.Grant, error) {
	found, err := many(tx, `SELECT `+columns+` FROM grants WHERE merchant_id = $1 AND id = $2`, id)
	if err == nil && len(found) == 0 {
		err = models.ErrNotFound
	}
	if err != nil {
		return models.Grant{}, err
	}
	return found[0], nil
}

// OfMember lists a member's grants, the newest first.
func OfMember(tx *store.Tx, membershipID int64, limit int) ([]models.Grant, error) {
	return many(tx, `SELECT `+columns+` FROM grants WHERE merchant_id = $1 AND membership_id = $2 ORDER BY id DESC LIMIT $3`, membershipID, limit)
}

func many(tx *store.Tx, query string, args ...any) ([]models.Grant, error) {
	rows, err := tx.PG().Query(tx.Ctx(), query, append([]any{tx.MerchantID()}, args...)...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[models.Grant])
}

// Undo takes a grant back on its own business date, by its author or a manager, unless points of it are spent. Undone once,
// it stays so. Errors: models.Refused "points_spent" (Args: available); models.Forbidden; models.NotFound;
// models.ErrClockMoving.
func Undo(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, id int64) (r Receipt, err error) {
	err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		r, err = undo(tx, actor, id)
		return err
	})
	return r, err
}

func undo(tx *store.Tx, actor models.Actor, id int64) (Receipt, error) {
	if err := tx.Posting(); err != nil {
		return Receipt{}, err
	}
	g, err := Find(tx, id)
	if err != nil {
		return Receipt{}, err
	}
	member, err := theMember(tx, g.MembershipID)
	if err != nil {
		return Receipt{}, err
	}
	if g, err = Find(tx, id); err != nil { // again, under the lock
		return Receipt{}, err
	}
	if g.UndoneAt != nil {
		return Receipt{Grant: g, CustomerID: member.CustomerID, Available: member.Account(g.Unit).Available, Replay: true}, nil
	}
	if !actor.MayUndo(g.StaffID, g.BusinessDate, tx.Today().In(time.UTC)) {
		return Receipt{}, models.ErrForbidden
	}
	return takeBack(tx, member, actor, g)
}

func takeBack(tx *store.Tx, m *ledger.Member, actor models.Actor, g models.Grant) (Receipt, error) {
	original, closed, err := movement(tx, m, g)
	if err != nil {
		return Receipt{}, err
	}
	at := tx.Now()
	outcome, refusal := m.Program.Timeline.At(at).Ungrant(&m.Member, &terms.Grant{Source: "un" + source(g.ID), Reason: string(g.Reason),
		At: at, Day: tx.Today(), Unit: g.Unit, Points: g.Points}, &original, closed...)
	if refusal.Refused() {
		return Receipt{}, models.Refusal("points_spent", map[string]any{"available": refusal.Limit})
	}
	if err := ledger.Write(tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{outcome}}); err != nil {
		return Receipt{}, err
	}
	g.UndoneAt = &at
	return Receipt{Grant: g, CustomerID: m.CustomerID, Available: m.Account(g.Unit).Available}, noteUndo(tx, actor, g)
}

func noteUndo(tx *store.Tx, actor models.Actor, g models.Grant) error {
	if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE grants SET undone_at = $3 WHERE merchant_id = $1 AND id = $2`, g.MerchantID, g.ID, *g.UndoneAt); err != nil {
		return err
	}
	counted := g.StaffID != nil && g.Reason != models.GrantGive // a gift to a group is not held to anybody's day
	if counted && g.BusinessDate.Equal(tx.Today().In(time.UTC)) {
		if err := uncountDay(tx, *g.StaffID, max(g.Points, -g.Points)); err != nil {
			return err
		}
	}
	return audit.Record(tx, actor, "grant.undo", source(g.ID), nil)
}

// movement reads what the grant did, and the lots that it used up. Points that went to fill a deficit are spent.
func movement(tx *store.Tx, m *ledger.Member, g models.Grant) (mv terms.Movement, closed []terms.Lot, err error) {
	entries, err := ledger.OfCause(tx, m.ID, event(&g)+"/"+string(g.Reason))
	if err != nil {
		return mv, nil, err
	}
	if len(entries) != 1 || entries[0].Points != g.Points {
		return mv, nil, models.Refusal("points_spent", map[string]any{"available": m.Account(g.Unit).Available})
	}
	closed, err = ledger.ClosedLots(tx, m, entries)
	return entries[0].Movement(), closed, err
}
