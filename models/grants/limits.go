package grants

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

// allow says no to whoever may not, and counts the points against the day's limit. Before there are approvals, a grant
// above a limit is refused, naming the limit.
func allow(tx *store.Tx, actor models.Actor, t *terms.Terms, m *ledger.Member, points int64) error {
	if actor.StaffID == 0 || actor.Role == models.Owner {
		return nil
	}
	limit, ok := limitOf(t, actor.Role)
	if !ok || points < 0 && actor.Role == models.Clerk {
		return models.Refusal("grant_not_allowed", map[string]any{"role": string(actor.Role)})
	}
	if err := toOneself(tx, actor, m); err != nil {
		return err
	}
	size := max(points, -points)
	if limit.Once > 0 && size > limit.Once {
		return models.Refusal("grant_over_once", map[string]any{"limit": limit.Once})
	}
	return countDay(tx, actor, limit.PerDay, size)
}

// limitOf finds the limits of a role; an admin of whom the terms say nothing has the manager's.
func limitOf(t *terms.Terms, role models.Role) (terms.GrantLimit, bool) {
	limit, ok := t.GrantLimit(role)
	if !ok && role == models.Admin {
		limit, ok = t.GrantLimit(models.Manager)
	}
	return limit, ok
}

// toOneself: a customer with the e-mail address of one's own login is oneself.
func toOneself(tx *store.Tx, actor models.Actor, m *ledger.Member) error {
	var own bool
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT EXISTS (SELECT FROM customers c
		JOIN staff s ON s.merchant_id = c.merchant_id AND s.id = $3 JOIN people p ON p.id = s.person_id AND p.email = c.email
		WHERE c.merchant_id = $1 AND c.id = $2)`, tx.MerchantID(), m.CustomerID, actor.StaffID).Scan(&own)
	if err == nil && own {
		err = models.Refusal("grant_to_oneself", nil)
	}
	return err
}

// counter is the row of limit_uses that counts what one member of staff has given on a day.
const counter = `rule = 'grant' AND scope = 'staff' AND subject = $2 AND period = 'day:' || $3::date`

// countDay adds to the day's sum unless that would pass the limit: one statement, so that however many are sent at once,
// the limit holds.
func countDay(tx *store.Tx, actor models.Actor, limit, size int64) error {
	if limit == 0 {
		return nil
	}
	left := limit
	if size <= limit {
		var used int64
		err := tx.PG().QueryRow(tx.Ctx(), `INSERT INTO limit_uses AS l (merchant_id, rule, scope, subject, period, used)
			VALUES ($1, 'grant', 'staff', $2, 'day:' || $3::date, $4)
			ON CONFLICT (merchant_id, rule, scope, subject, period) DO UPDATE SET used = l.used + $4 WHERE l.used + $4 <= $5
			RETURNING used`, tx.MerchantID(), actor.StaffID, tx.Today(), size, limit).Scan(&used)
		if !errors.Is(err, pgx.ErrNoRows) {
			return err
		}
		if left, err = Left(tx, actor.StaffID, limit); err != nil {
			return err
		}
	}
	return models.Refusal("grant_over_day", map[string]any{"limit": limit, "left": left})
}

// Left is what a member of staff may still give today of a day's limit.
func Left(tx *store.Tx, staffID, limit int64) (int64, error) {
	var used int64
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce(sum(used), 0)::bigint FROM limit_uses WHERE merchant_id = $1 AND `+counter,
		tx.MerchantID(), staffID, tx.Today()).Scan(&used)
	return max(limit-used, 0), err
}

// uncountDay gives the points of an undone grant back to the limit of today.
func uncountDay(tx *store.Tx, staffID, size int64) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE limit_uses SET used = greatest(used - $4, 0) WHERE merchant_id = $1 AND `+counter,
		tx.MerchantID(), staffID, tx.Today(), size)
	return err
}

// cause makes a grant single for ever by its key; without a key it is a thing of its own.
func cause(key store.Key) string {
	if key.Key == "" {
		return "hand:" + strings.ToLower(rand.Text())
	}
	return "key:" + key.Scope + ":" + key.Key
}

// source is the event by which the ledger knows a grant.
func source(id int64) string { return fmt.Sprintf("grant:%d", id) }

// event is source for any grant: one that is part of a gift to a group is known by the gift and the member.
func event(g *models.Grant) string {
	if g.Reason == models.GrantGive {
		return g.Cause
	}
	return source(g.ID)
}
