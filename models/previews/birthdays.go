package previews

import (
	"context"
	"time"

	"dangol/models/calendar"
	"dangol/models/insights"
	"dangol/models/occasions"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// Birthdays is whose birthday comes and who gets the gift for it.
type Birthdays struct {
	occasions.Preview
	Unknown int64         // members whose birthday is not known; of the last night in a shop of many
	AsOf    calendar.Date // the night that it was counted on; zero: now
}

// fewMembers is up to how many a preview counts birthdays by asking everybody. Of more it shows the night's count, as long as
// the draft changes nothing about whom the gift comes to.
const fewMembers = 50_000

// listed is how many people of the birthday table a preview lists; the rest is counted.
const listed = 50

// whom is all of a promise that decides who gets the gift, and when.
type whom struct {
	Program   int64          `json:"program"`
	Code      string         `json:"code"`
	Lead      int            `json:"lead"`
	MemberFor int            `json:"member_for"`
	Rules     calendar.Rules `json:"rules"`
}

// nightly is what is kept of a night.
type nightly struct {
	Whom    whom              `json:"whom"`
	Preview occasions.Preview `json:"preview"`
	Unknown int64             `json:"unknown"`
}

// summaryName is under which name it is kept.
const summaryName = "birthdays"

func birthdayOf(t *terms.Terms) *terms.Occasion {
	for i := range t.Occasions {
		if t.Occasions[i].Kind == terms.OnBirthday {
			return &t.Occasions[i]
		}
	}
	return nil
}

func whomOf(programID int64, o *terms.Occasion) whom {
	return whom{programID, o.Code, o.Lead, o.MemberFor, o.Rules}
}

// birthdays previews the birthday gift of a draft; nil where it has none.
func birthdays(tx *store.Tx, programID int64, draft *terms.Terms, members int64) (*Birthdays, error) {
	occasion := birthdayOf(draft)
	if occasion == nil {
		return nil, nil
	}
	if members <= fewMembers {
		return count(tx, programID, draft, occasion)
	}
	var night nightly
	day, ok, err := insights.Summary(tx, summaryName, &night)
	if err != nil {
		return nil, err
	}
	if !ok || day < tx.Today().AddDays(-1) {
		return count(tx, programID, draft, occasion)
	}
	b := &Birthdays{Preview: night.Preview, Unknown: night.Unknown, AsOf: day}
	if night.Whom != whomOf(programID, occasion) {
		b.AsOf = 0
		b.Preview, err = occasions.Ahead(tx, programID, draft, occasion, Days, listed)
		return b, err
	}
	b.Price(draft, occasion)
	return b, b.Call(tx)
}

// count asks everybody.
func count(tx *store.Tx, programID int64, t *terms.Terms, occasion *terms.Occasion) (b *Birthdays, err error) {
	b = &Birthdays{}
	if b.Preview, err = occasions.Ahead(tx, programID, t, occasion, Days, listed); err != nil {
		return nil, err
	}
	b.Unknown, err = occasions.Unknown(tx, programID)
	return b, err
}

// Refresh counts, for the previews of the day, the birthdays under the promise that is in force. The night and an import
// call it after insights.Refresh.
func Refresh(ctx context.Context, db *store.DB, merchantID int64) error {
	return store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		if err := tx.AllowLong(refreshTime); err != nil {
			return err
		}
		desk, err := programs.Open(tx)
		if err != nil {
			return err
		}
		running, err := inForce(tx, desk.Program.ID)
		if err != nil || running == nil {
			return err
		}
		occasion := birthdayOf(running.Terms())
		if occasion == nil {
			return nil
		}
		b, err := count(tx, desk.Program.ID, running.Terms(), occasion)
		if err != nil {
			return err
		}
		return insights.SaveSummary(tx, summaryName, tx.Today(), nightly{whomOf(desk.Program.ID, occasion), b.Preview, b.Unknown})
	})
}

const refreshTime = 5 * time.Minute
