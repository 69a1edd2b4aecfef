package customers

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

func queueMemberships(b *pgx.Batch, tx *store.Tx, id int64, card *Card) {
	b.Queue(`SELECT m.program_id, p.code, m.id, m.code, coalesce(m.tier_code, ''), m.tier_since, m.tier_until, m.enrolled_at
		FROM memberships m JOIN programs p ON p.merchant_id = m.merchant_id AND p.id = m.program_id
		WHERE m.merchant_id = $1 AND m.customer_id = $2 AND m.left_at IS NULL ORDER BY m.program_id`, tx.MerchantID(), id).
		Query(func(rows pgx.Rows) (err error) {
			card.Memberships, err = pgx.CollectRows(rows, pgx.RowToStructByPos[CardMembership])
			return err
		})
}

func queueVisits(b *pgx.Batch, tx *store.Tx, id int64, seen *visits) {
	b.Queue(`SELECT visits, first_on, last_on FROM customer_stats WHERE merchant_id = $1 AND customer_id = $2`, tx.MerchantID(), id).
		Query(func(rows pgx.Rows) error {
			_, err := pgx.ForEachRow(rows, []any{&seen.count, &seen.firstOn, &seen.lastOn}, func() error { return nil })
			return err
		})
}

// queueUsual counts in how many of the last orders an item stands.
func queueUsual(b *pgx.Batch, tx *store.Tx, id int64, card *Card) {
	b.Queue(`
		WITH recent AS (
			SELECT id FROM orders WHERE merchant_id = $1 AND customer_id = $2 AND withdrawn_at IS NULL
			ORDER BY business_date DESC, id DESC LIMIT $3),
		total AS (SELECT count(*) AS orders FROM recent)
		SELECT l.name, count(DISTINCT l.order_id) AS had, total.orders
		FROM recent r JOIN order_lines l ON l.merchant_id = $1 AND l.order_id = r.id, total
		WHERE l.name <> '' GROUP BY l.name, total.orders
		HAVING count(DISTINCT l.order_id) >= $4 AND count(DISTINCT l.order_id) * 100 >= total.orders * $5::int
		ORDER BY had DESC, l.name LIMIT 2`, tx.MerchantID(), id, UsualOrders, usualLeast, UsualPercent).
		Query(func(rows pgx.Rows) (err error) {
			card.Usual, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Usual])
			return err
		})
}

func queueNotes(b *pgx.Batch, tx *store.Tx, id int64, card *Card) {
	b.Queue(`SELECT id, note, staff_id, created_at FROM customer_notes WHERE merchant_id = $1 AND customer_id = $2 ORDER BY id`,
		tx.MerchantID(), id).
		Query(func(rows pgx.Rows) (err error) {
			card.Notes, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Note])
			return err
		})
}

func queueCoupons(b *pgx.Batch, tx *store.Tx, id int64, card *Card) {
	today := tx.Today()
	b.Queue(`SELECT c.id, c.program_id, c.kind, c.version, c.membership_id, c.code, c.cause, c.amount, c.percent, c.most, c.minimum,
			c.valid_from, c.valid_until, c.issued_at
		FROM coupons c JOIN memberships m ON m.merchant_id = c.merchant_id AND m.id = c.membership_id
		WHERE c.merchant_id = $1 AND m.customer_id = $2 AND c.used_at IS NULL AND c.revoked_at IS NULL
		  AND $3 BETWEEN c.valid_from AND c.valid_until ORDER BY c.valid_until, c.id`, tx.MerchantID(), id, today).
		Query(func(rows pgx.Rows) (err error) {
			card.Coupons, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (models.Coupon, error) {
				c := models.Coupon{MerchantID: tx.MerchantID()}
				err := row.Scan(&c.ID, &c.ProgramID, &c.Kind, &c.Version, &c.MembershipID, &c.Code, &c.Cause, &c.Amount, &c.Percent, &c.Most,
					&c.Minimum, &c.ValidFrom, &c.ValidUntil, &c.IssuedAt)
				return c, err
			})
			return err
		})
}

func queueExpiring(b *pgx.Batch, tx *store.Tx, id int64, card *Card) {
	today := tx.Today()
	b.Queue(`SELECT a.membership_id, a.unit, sum(l.remaining)::bigint, min(l.expires_on)
		FROM memberships m JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
		JOIN lots l ON l.merchant_id = a.merchant_id AND l.account_id = a.id AND l.bucket = 'available' AND l.remaining > 0
			AND l.expires_on BETWEEN $3 AND $4
		WHERE m.merchant_id = $1 AND m.customer_id = $2 GROUP BY a.membership_id, a.unit ORDER BY 1, 2`,
		tx.MerchantID(), id, today, today.AddDays(SoonDays)).
		Query(func(rows pgx.Rows) (err error) {
			card.Expiring, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Expiring30])
			return err
		})
}

// MaxNotes is how many notes one customer can have; MaxNote is how long one is, in characters.
const (
	MaxNotes = 2
	MaxNote  = 40
)

// AddNote keeps a note of the staff's about the customer. Errors: models.NotFound; models.Invalid at "note" when it is
// empty, too long or the third.
func AddNote(tx *store.Tx, actor models.Actor, customerID int64, note string) (Note, error) {
	clean, ok := models.CleanText(note, MaxNote)
	if !ok || clean == "" {
		return Note{}, models.InvalidField("note", "bad_text", map[string]any{"limit": MaxNote})
	}
	if _, err := store.Lock[models.Customer](tx, customerID); err != nil { // two notes at once must not become three
		return Note{}, store.Translate(err)
	}
	n := Note{Text: clean, StaffID: actor.StaffID, At: tx.Now().Truncate(time.Microsecond)}
	err := tx.PG().QueryRow(tx.Ctx(), `INSERT INTO customer_notes (merchant_id, customer_id, note, staff_id, created_at)
		SELECT $1, $2, $3, $4, $5 WHERE (SELECT count(*) FROM customer_notes WHERE merchant_id = $1 AND customer_id = $2) < $6
		RETURNING id`, tx.MerchantID(), customerID, clean, actor.StaffID, n.At, MaxNotes).Scan(&n.ID)
	if models.KindOf(store.Translate(err)) == models.NotFound {
		return Note{}, models.InvalidField("note", "too_many", map[string]any{"limit": MaxNotes})
	}
	return n, store.Translate(err)
}

// RemoveNote takes a note away. Errors: models.NotFound.
func RemoveNote(tx *store.Tx, customerID, noteID int64) error {
	tag, err := tx.PG().Exec(tx.Ctx(), `DELETE FROM customer_notes WHERE merchant_id = $1 AND customer_id = $2 AND id = $3`,
		tx.MerchantID(), customerID, noteID)
	if err == nil && tag.RowsAffected() == 0 {
		err = models.ErrNotFound
	}
	return store.Translate(err)
}
