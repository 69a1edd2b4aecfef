package coupons

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/store"
	"dangol/models/terms"
)

// Issue is one coupon to be made. Its cause makes it once for ever: a member has one coupon of a kind for a cause.
type Issue struct {
	MembershipID int64
	Cause        string // "birthday:solar:2026", "give:7"
	From, Until  calendar.Date
}

// Issued is a coupon that was made now.
type Issued struct {
	ID           int64
	MembershipID int64
	Cause        string
}

// IssueAll makes coupons of one kind at a moment of business time, in one statement, and tells which are new. What each is worth is fixed here: a later
// version of the terms changes no coupon that somebody holds.
func IssueAll(tx *store.Tx, actor models.Actor, programID int64, version int, kind *terms.CouponKind, at time.Time, issues []Issue) ([]Issued, error) {
	if len(issues) == 0 {
		return nil, nil
	}
	members, causes, codes := make([]int64, len(issues)), make([]string, len(issues)), make([]string, len(issues))
	from, until := make([]calendar.Date, len(issues)), make([]calendar.Date, len(issues))
	for i, issue := range issues {
		members[i], causes[i], codes[i] = issue.MembershipID, issue.Cause, models.NewCouponCode()
		from[i], until[i] = issue.From, issue.Until
	}
	rows, err := tx.PG().Query(tx.Ctx(), `
		INSERT INTO coupons (merchant_id, program_id, kind, version, membership_id, code, cause, amount, percent, most, minimum,
			valid_from, valid_until, issued_at, issued_by)
		SELECT $1, $2, $3, $4, n.member, n.code, n.cause, $5, $6, $7, $8, n.valid_from, n.valid_until, $9, nullif($10::bigint, 0)
		FROM unnest($11::bigint[], $12::text[], $13::text[], $14::date[], $15::date[]) n (member, code, cause, valid_from, valid_until)
		ON CONFLICT ON CONSTRAINT coupons_cause_key DO NOTHING
		RETURNING id, membership_id, cause`,
		tx.MerchantID(), programID, kind.Code, version, kind.Amount, kind.Percent, kind.Most, kind.Minimum,
		at, actor.StaffID, members, codes, causes, from, until)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Issued])
}
