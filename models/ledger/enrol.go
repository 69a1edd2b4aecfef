package ledger

import (
	"crypto/rand"
	"time"

	"dangol/models/calendar"
	"dangol/models/store"
)

// Joining is a customer who becomes a member at a moment of business time.
type Joining struct {
	CustomerID int64
	At         time.Time
}

// Enrol makes customers members of a programme, one or thousands, with an account in every unit of the version in force
// when they join (before the first version: of the first). Who is a member already stays one; that is no error. It reports
// whether anybody was new.
func Enrol(tx *store.Tx, program *Program, joining ...Joining) (joined bool, err error) {
	if len(joining) == 0 {
		return false, nil
	}
	j := joinRows{zone: tx.Merchant().Zone}
	for _, one := range joining {
		j.add(one)
	}
	tag, err := tx.PG().Exec(tx.Ctx(), enrolSQL, tx.MerchantID(), program.ID, j.customer, j.code, j.at, j.day, program.Timeline.Needs().Units)
	return tag.RowsAffected() > 0, store.Translate(err)
}

var enrolSQL = query("enrol")

type joinRows struct {
	zone     *time.Location
	customer []int64
	code     []string
	at       []time.Time
	day      []int32
}

func (r *joinRows) add(j Joining) {
	r.customer = append(r.customer, j.CustomerID)
	r.code = append(r.code, membershipCode())
	r.at = append(r.at, j.At)
	r.day = append(r.day, int32(calendar.DateOf(j.At, r.zone)))
}

// membershipCode names a member where no identity may stand, in digests and on cards: 16 characters, 80 random bits.
func membershipCode() string { return rand.Text()[:16] }

// addUnits gives members an account in every unit that a later version has added, and reports whether any was missing.
func addUnits(tx *store.Tx, members []*Member) (added bool, err error) {
	var membership []int64
	var unit []string
	for _, m := range members {
		for _, u := range m.lacking() {
			membership, unit = append(membership, m.ID), append(unit, u)
		}
	}
	if len(unit) == 0 {
		return false, nil
	}
	_, err = tx.PG().Exec(tx.Ctx(), `INSERT INTO accounts (merchant_id, membership_id, unit)
		SELECT $1, n.membership_id, n.unit FROM unnest($2::bigint[], $3::text[]) AS n (membership_id, unit)
		ON CONFLICT ON CONSTRAINT accounts_unit_key DO NOTHING`, tx.MerchantID(), membership, unit)
	return true, err
}

// lacking lists the programme's units in which the member has no account.
func (m *Member) lacking() []string {
	var units []string
	for _, unit := range m.Program.Timeline.Needs().Units {
		if m.account(unit) == nil {
			units = append(units, unit)
		}
	}
	return units
}

// Complete reports whether a Loader's member is all there. It may lack an account in a unit of a new version, or have points
// set aside that may be due back: Load sees to both.
func (m *Member) Complete() bool {
	for i := range m.Accounts {
		if m.Accounts[i].Reserved > 0 {
			return m.released
		}
	}
	return len(m.lacking()) == 0
}
