package tiers

import (
	"fmt"
	"slices"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Reason says why somebody sets a tier by hand.
type Reason string

// The reasons.
const (
	Thanks    Reason = "thanks"
	Apology   Reason = "apology"
	Event     Reason = "event"
	Agreement Reason = "agreement" // promised to them
	Mistake   Reason = "mistake"   // a correction
)

// Reasons lists what staff choose from.
var Reasons = []Reason{Thanks, Apology, Agreement, Event, Mistake}

// MaxNote bounds the note, in characters.
const MaxNote = 200

// Floor is a tier below which a member does not fall; without a tier it is lifted.
type Floor struct {
	MembershipID int64
	Tier         string
	Until        calendar.Date // its last day; zero: for ever
	Reason       Reason
	Note         string // for staff
}

func (f *Floor) check(tx *store.Tx) error {
	note, clean := models.CleanText(f.Note, MaxNote)
	switch {
	case !slices.Contains(Reasons, f.Reason):
		return models.InvalidField("reason", "not_one_of", nil)
	case !clean:
		return models.InvalidField("note", "too_long", map[string]any{"limit": MaxNote})
	case f.Tier == "" && !f.Until.IsZero():
		return models.InvalidField("until", "only_with", map[string]any{"field": "tier"})
	case !f.Until.IsZero() && f.Until < tx.Today():
		return models.InvalidField("until", "past", nil)
	}
	f.Note = note
	return nil
}

// Set sets or lifts a member's floor, in the caller's transaction: the member rises to it at once and, where the tier that
// is held had been given by hand, falls with it. Errors: models.Invalid at "tier", "reason", "note", "until";
// models.NotFound for a membership that has ended or whose programme has; models.ErrClockMoving.
func Set(tx *store.Tx, actor models.Actor, floor Floor) error {
	if err := tx.Posting(); err != nil {
		return err
	}
	members, err := load(tx, ledger.Members(floor.MembershipID))
	if err != nil {
		return err
	}
	if len(members) == 0 {
		return models.ErrNotFound
	}
	if err := floor.check(tx); err != nil {
		return err
	}
	m := members[0]
	program := m.Program.Timeline.At(tx.Now())
	if program == nil {
		return models.ErrNotFound
	}
	if plan := program.Terms().Tiers; plan == nil || floor.Tier != "" &&
		!slices.ContainsFunc(plan.Tiers, func(t terms.Tier) bool { return t.Code == floor.Tier }) {
		return models.InvalidField("tier", "unknown", nil)
	}
	given, err := byHand(tx, m)
	if err != nil {
		return err
	}
	id, err := note(tx, actor, &floor)
	if err != nil {
		return err
	}
	source := fmt.Sprintf("floor:%d", id)
	outcome, refusal := program.SetFloor(&m.Member, &terms.TierFloor{
		Source: source, At: tx.Now(), Day: tx.Today(), Tier: floor.Tier, Until: floor.Until, Given: given && floor.Tier == ""})
	if refusal.Refused() {
		return models.InvalidField("tier", "unknown", nil)
	}
	if err := ledger.Write(tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{outcome}}); err != nil {
		return err
	}
	return audit.Record(tx, actor, "tier.floor", source, map[string]any{
		"membership": floor.MembershipID, "tier": floor.Tier, "until": floor.Until, "reason": floor.Reason, "note": floor.Note})
}

// load locks members, reads the clock after that, and brings them up to today.
func load(tx *store.Tx, who ledger.Who) ([]*ledger.Member, error) {
	running, err := programs.Running(tx)
	if err != nil {
		return nil, err
	}
	members, err := ledger.Load(tx, running, 0, who)
	if err != nil {
		return nil, err
	}
	if err := tx.Tick(); err != nil {
		return nil, err
	}
	for _, m := range members {
		m.Settle(tx.Today())
	}
	return members, nil
}

// byHand reports whether the tier that a member holds was given by hand.
func byHand(tx *store.Tx, m *ledger.Member) (given bool, err error) {
	return given, tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce((SELECT reason = 'manual' FROM tier_changes
		WHERE merchant_id = $1 AND membership_id = $2 AND reason <> 'keep' ORDER BY seq DESC LIMIT 1), false)`, tx.MerchantID(), m.ID).Scan(&given)
}

// note writes down who said so.
func note(tx *store.Tx, actor models.Actor, f *Floor) (id int64, err error) {
	return id, tx.PG().QueryRow(tx.Ctx(), `INSERT INTO tier_floors (merchant_id, membership_id, tier, until_on, reason, note, staff_id, source, at, recorded_at)
		VALUES ($1, $2, nullif($3, ''), date '1970-01-01' + nullif($4::int, 0), $5, $6, nullif($7::bigint, 0), $8, $9, $10) RETURNING id`,
		tx.MerchantID(), f.MembershipID, f.Tier, int32(f.Until), f.Reason, f.Note, actor.StaffID, actor.Source, tx.Now(), tx.Wall()).Scan(&id)
}
