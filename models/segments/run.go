package segments

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/coupons"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/tasks"
	"dangol/models/terms"
)

// giveChunk is how many people one transaction gives to.
const giveChunk = 1000

// giveCursor is the last membership that was given to.
type giveCursor struct {
	After int64 `json:"after"`
}

// RunGive works on the task of a gift until everybody has theirs. Killed at any moment and started again, it gives
// nobody twice and leaves nobody out. Errors: as tasks.Run.
func RunGive(ctx context.Context, db *store.DB, merchantID, taskID int64) error {
	return tasks.Run(ctx, db, merchantID, taskID, giveStep)
}

func giveStep(tx *store.Tx, task tasks.Task, at json.RawMessage) (p tasks.Progress, err error) {
	if err := tx.Posting(); err != nil {
		return p, err
	}
	gift, err := FindGift(tx, task.SubjectID)
	if err != nil {
		return p, err
	}
	var cursor giveCursor
	if err := json.Unmarshal(at, &cursor); err != nil {
		return p, err
	}
	ids, err := nextReceivers(tx, gift.ID, cursor.After)
	if err != nil || len(ids) == 0 {
		return tasks.Progress{Finished: true}, err
	}
	if err := gift.giveTo(tx, ids); err != nil {
		return p, err
	}
	cursor.After = ids[len(ids)-1]
	return tasks.Progress{Cursor: cursor, Done: int64(len(ids)), Finished: len(ids) < giveChunk}, gift.note(tx, ids)
}

func nextReceivers(tx *store.Tx, giftID, after int64) ([]int64, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT membership_id FROM give_members g
		WHERE merchant_id = $1 AND give_id = $2 AND membership_id > $3 AND given_at IS NULL
		  AND NOT EXISTS (SELECT FROM memberships m WHERE m.merchant_id = $1 AND m.id = g.membership_id AND m.merged_into IS NOT NULL)
		ORDER BY membership_id LIMIT $4`,
		tx.MerchantID(), giftID, after, giveChunk)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// giveTo gives to members under the terms that were in force when the gift was decided.
func (g *Gift) giveTo(tx *store.Tx, ids []int64) error {
	running, err := programs.Running(tx)
	if err != nil {
		return err
	}
	timeline, err := programs.Timeline(tx, g.ProgramID)
	if err != nil {
		return err
	}
	version := timeline.At(g.CreatedAt)
	if g.Kind == Coupon {
		return g.issue(tx, version, ids)
	}
	return g.grant(tx, version, running, ids)
}

func (g *Gift) issue(tx *store.Tx, version *terms.Program, ids []int64) error {
	kind := version.Terms().Coupon(g.Coupon)
	today := tx.Today()
	issues := make([]coupons.Issue, len(ids))
	for i, id := range ids {
		issues[i] = coupons.Issue{MembershipID: id, Cause: fmt.Sprintf("give:%d", g.ID), From: today, Until: today.AddDays(max(kind.Days, 1) - 1)}
	}
	_, err := coupons.IssueAll(tx, models.Actor{StaffID: g.CreatedBy}, g.ProgramID, version.Version(), kind, tx.Now(), issues)
	return err
}

// grant gives points: each member is settled, then credited, and the grants are written beside the ledger's entries
// under the same cause, which names the member by the code that digests know.
func (g *Gift) grant(tx *store.Tx, version *terms.Program, running []*ledger.Program, ids []int64) error {
	members, err := ledger.Load(tx, running, 0, ledger.Members(ids...))
	if err != nil {
		return err
	}
	if err := tx.Tick(); err != nil {
		return err
	}
	changes := make([]ledger.Change, len(members))
	causes, of := make([]string, len(members)), make([]int64, len(members))
	for i, m := range members {
		m.Settle(tx.Today())
		of[i], causes[i] = m.ID, fmt.Sprintf("give:%d:%s", g.ID, m.Code)
		outcome, refusal := version.Grant(&m.Member, &terms.Grant{
			Source: causes[i], Reason: string(models.GrantGive), At: tx.Now(), Day: tx.Today(), Unit: g.Unit, Points: g.Points})
		if refusal.Refused() {
			return models.Refusal(string(refusal.Code), nil)
		}
		changes[i] = ledger.Change{Member: m, Outcomes: []terms.Outcome{outcome}}
	}
	if err := g.writeGrants(tx, of, causes); err != nil {
		return err
	}
	return ledger.Write(tx, changes...)
}

func (g *Gift) writeGrants(tx *store.Tx, members []int64, causes []string) error {
	_, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO grants (merchant_id, membership_id, unit, points, reason, words, cause, staff_id, at, business_date)
		SELECT $1, n.member, $2, $3, 'give', $4, n.cause, nullif($5::bigint, 0), $6, $7 FROM unnest($8::bigint[], $9::text[]) n (member, cause)`,
		tx.MerchantID(), g.Unit, g.Points, g.Words, g.CreatedBy, tx.Now(), tx.Today(), members, causes)
	return err
}

// note marks who has theirs.
func (g *Gift) note(tx *store.Tx, ids []int64) error {
	batch := &pgx.Batch{}
	batch.Queue(`UPDATE give_members SET given_at = $4 WHERE merchant_id = $1 AND give_id = $2 AND membership_id = ANY ($3)`,
		tx.MerchantID(), g.ID, ids, tx.Now())
	batch.Queue(`UPDATE gives SET given = given + $3 WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), g.ID, len(ids))
	return tx.PG().SendBatch(tx.Ctx(), batch).Close()
}
