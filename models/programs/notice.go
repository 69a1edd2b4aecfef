package programs

import (
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/messages"
	"dangol/models/store"
	"dangol/models/terms"
)

// notice is what members are to be told of a version before it begins.
type notice struct {
	losses   []models.Loss
	earliest calendar.Date // zero: nobody need be told
}

// Notice says in what a document is worse than what is in force for the members there are, and from which day on it may
// be in force; zero: from today, since nobody loses anything.
func Notice(tx *store.Tx, programID int64, document *terms.Terms) (losses []models.Loss, earliest calendar.Date, err error) {
	n, err := noticeOf(tx, &models.ProgramVersion{ProgramID: programID, EffectiveFrom: tx.Now()}, document)
	return n.losses, n.earliest, err
}

// noticeOf compares with what would be in force at that moment: terms that were announced for a later day excuse nothing
// before it.
func noticeOf(tx *store.Tx, v *models.ProgramVersion, t *terms.Terms) (n notice, err error) {
	var document []byte
	var members bool
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT v.document, EXISTS (SELECT FROM memberships m WHERE m.merchant_id = $1 AND m.program_id = $2 AND m.left_at IS NULL)
		FROM publications p JOIN program_versions v ON v.merchant_id = p.merchant_id AND v.program_id = p.program_id AND v.version = p.version
		WHERE p.merchant_id = $1 AND p.program_id = $2 AND p.effective_from <= $3 ORDER BY p.effective_from DESC, p.version DESC LIMIT 1`,
		tx.MerchantID(), v.ProgramID, v.EffectiveFrom).
		Scan(&document, &members)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && (!members || v.AsIf) {
		return n, nil
	}
	if err != nil {
		return n, store.Translate(err)
	}
	before, err := terms.Parse(document)
	if err != nil {
		return n, err
	}
	if n.losses = terms.Worse(&before, t); len(n.losses) > 0 {
		n.earliest = tx.Today().AddDays(terms.WorseNotice)
	}
	return n, nil
}

// check refuses a version that begins before those who lose by it were told for long enough.
func (n *notice) check(actor models.Actor, v *models.ProgramVersion, zone *time.Location) error {
	if n.earliest.IsZero() || actor.StaffID == 0 && actor.KeyID == 0 {
		return nil
	}
	if !v.EffectiveFrom.Before(n.earliest.In(zone)) {
		return nil
	}
	return models.InvalidField("effective_from", "notice_needed", map[string]any{"days": terms.WorseNotice, "from": n.earliest.String()})
}

// tell puts a message into the outbox for every member who can be reached.
func (n *notice) tell(tx *store.Tx, v *models.ProgramVersion) error {
	if len(n.losses) == 0 {
		return nil
	}
	return messages.EnqueueMembers(tx, v.ProgramID, messages.Params{
		Template: models.MessageTermsChange, Cause: fmt.Sprintf("terms:%d:%d", v.ProgramID, v.Version),
		Data: models.MessageData{StartsOn: calendar.DateOf(v.EffectiveFrom, tx.Merchant().Zone).String(), Losses: n.losses},
	})
}
