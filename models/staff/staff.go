// Package staff joins people to a shop: who works there, as what, and in which stores.
package staff

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
)

// Member is a member of staff as a list shows it.
type Member struct {
	models.Staff
	Name    string
	Email   string
	Invited bool       // has not chosen a password yet
	SeenAt  *time.Time // in this shop
}

const selectMember = `
	SELECT f.merchant_id, f.id, f.person_id, f.role, f.store_ids, f.disabled_at, f.created_at,
		p.name, p.email, p.password_hash IS NULL,
		(SELECT max(s.seen_at) FROM sessions s WHERE s.person_id = f.person_id AND s.merchant_id = f.merchant_id)
	FROM staff f JOIN people p ON p.id = f.person_id WHERE f.merchant_id = $1`

// List gives everybody who works or has worked in the shop: those with access first, by role and name.
func List(ctx context.Context, db *store.DB, merchantID int64) ([]Member, error) {
	rows, err := db.Pool().Query(ctx, selectMember+`
		ORDER BY f.disabled_at IS NOT NULL, array_position(ARRAY['owner', 'admin', 'marketer', 'manager', 'clerk', 'viewer'], f.role), p.name, f.id`, merchantID)
	if err != nil {
		return nil, store.Translate(err)
	}
	list, err := pgx.CollectRows(rows, scanMember)
	return list, store.Translate(err)
}

// Find gives one of them. It returns NotFound.
func Find(ctx context.Context, db *store.DB, merchantID, id int64) (*Member, error) {
	rows, err := db.Pool().Query(ctx, selectMember+` AND f.id = $2`, merchantID, id)
	if err != nil {
		return nil, store.Translate(err)
	}
	m, err := pgx.CollectExactlyOneRow(rows, scanMember)
	if err != nil {
		return nil, store.Translate(err)
	}
	return &m, nil
}

func scanMember(row pgx.CollectableRow) (m Member, err error) {
	err = row.Scan(&m.MerchantID, &m.ID, &m.PersonID, &m.Role, &m.StoreIDs, &m.DisabledAt, &m.CreatedAt, &m.Name, &m.Email, &m.Invited, &m.SeenAt)
	return m, err
}

// Params are what an owner or admin decides about a member of staff.
type Params struct {
	Role     models.Role
	StoreIDs []int64 // none: every store
}

// Change gives a member of staff another role or other stores, from the next request on, which needs a new sign-in. It
// returns NotFound, Invalid at "role" or "stores", Forbidden for a role above one's own and for one's own role, and
// Conflict "last_owner".
func Change(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, id int64, p Params) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		before, err := lock(tx, actor, id)
		if err != nil {
			return err
		}
		if err := checkParams(tx, actor, &p); err != nil {
			return err
		}
		if before.Role == models.Owner && p.Role != models.Owner {
			if err := keepOwner(tx, id); err != nil {
				return err
			}
		}
		if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE staff SET role = $3, store_ids = $4 WHERE merchant_id = $1 AND id = $2`,
			merchantID, id, p.Role, p.StoreIDs); err != nil {
			return err
		}
		if err := endSessionsHere(tx, before.PersonID); err != nil {
			return err
		}
		return audit.Record(tx, actor, "staff.change", subject(id), map[string]any{"before": Params{before.Role, before.StoreIDs}, "after": p})
	})
}

// SetAccess ends or gives back a member of staff's access; ending it signs them out at once. It returns NotFound,
// Forbidden for oneself and for a role above one's own, and Conflict "last_owner".
func SetAccess(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, id int64, access bool) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		before, err := lock(tx, actor, id)
		if err != nil {
			return err
		}
		var disabledAt *time.Time
		action := "staff.enable"
		if !access {
			at := tx.Wall()
			disabledAt, action = &at, "staff.disable"
		}
		if !access && before.Role == models.Owner {
			if err := keepOwner(tx, id); err != nil {
				return err
			}
		}
		if _, err := tx.PG().Exec(tx.Ctx(), `UPDATE staff SET disabled_at = $3 WHERE merchant_id = $1 AND id = $2`, merchantID, id, disabledAt); err != nil {
			return err
		}
		if err := endSessionsHere(tx, before.PersonID); err != nil {
			return err
		}
		return audit.Record(tx, actor, action, subject(id), nil)
	})
}

// endSessionsHere ends a person's sessions in the transaction's shop; those in other shops are not this shop's business.
func endSessionsHere(tx *store.Tx, personID int64) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE sessions SET revoked_at = $3 WHERE merchant_id = $1 AND person_id = $2 AND revoked_at IS NULL`,
		tx.MerchantID(), personID, tx.Wall())
	return err
}

// lock reads a member of staff that the actor may decide about. All changes of a shop's staff wait for each other, so
// that two owners cannot remove each other at the same moment.
func lock(tx *store.Tx, actor models.Actor, id int64) (*models.Staff, error) {
	if _, err := tx.PG().Exec(tx.Ctx(), `SELECT FROM staff WHERE merchant_id = $1 AND role = 'owner' ORDER BY id FOR UPDATE`, tx.MerchantID()); err != nil {
		return nil, err
	}
	s := &models.Staff{}
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT merchant_id, id, person_id, role, store_ids, disabled_at, created_at FROM staff
		WHERE merchant_id = $1 AND id = $2 FOR UPDATE`, tx.MerchantID(), id).
		Scan(&s.MerchantID, &s.ID, &s.PersonID, &s.Role, &s.StoreIDs, &s.DisabledAt, &s.CreatedAt)
	switch {
	case err != nil:
		return nil, err
	case s.ID == actor.StaffID, !Outranks(actor.Role, s.Role):
		return nil, models.ErrForbidden
	}
	return s, nil
}

// Outranks says whether somebody of a role may decide about a role: no role above one's own.
func Outranks(actor, role models.Role) bool {
	return slices.Index(models.Roles, actor) <= slices.Index(models.Roles, role)
}

func checkParams(tx *store.Tx, actor models.Actor, p *Params) error {
	if !p.Role.Valid() {
		return models.InvalidField("role", "required", nil)
	}
	if !Outranks(actor.Role, p.Role) {
		return models.ErrForbidden
	}
	if p.Role == models.Owner || p.Role == models.Admin || p.StoreIDs == nil {
		p.StoreIDs = []int64{} // who decides about the shop works in all of it
	}
	slices.Sort(p.StoreIDs)
	p.StoreIDs = slices.Compact(p.StoreIDs)
	var known int
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT count(*) FROM stores WHERE merchant_id = $1 AND id = ANY ($2) AND closed_at IS NULL`,
		tx.MerchantID(), p.StoreIDs).Scan(&known)
	if err == nil && known != len(p.StoreIDs) {
		return models.InvalidField("stores", "not_found", nil)
	}
	return err
}

// keepOwner refuses to take the last owner's place away.
func keepOwner(tx *store.Tx, id int64) error {
	var others bool
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT EXISTS (SELECT FROM staff WHERE merchant_id = $1 AND id <> $2 AND role = 'owner' AND disabled_at IS NULL)`,
		tx.MerchantID(), id).Scan(&others)
	if err == nil && !others {
		return models.Conflicting("last_owner", nil)
	}
	return err
}

func subject(id int64) string { return fmt.Sprintf("staff:%d", id) }
