package ledger

import (
	"time"

	"dangol/models/calendar"
	"dangol/models/terms"
)

// Program is a running programme: its row and its published versions.
type Program struct {
	ID       int64
	Code     string
	Timeline *terms.Timeline
}

// Member is a membership as it was loaded: what the engine knows, and the keys that it need not know. Load has locked it
// until the transaction ends; one from Peek is for looking at only.
type Member struct {
	terms.Member
	ID         int64 // the membership
	CustomerID int64
	Code       string // names the member in digests
	Program    *Program
	EnrolledAt time.Time
	MergedInto int64 // the membership that goes on in place of this one, whose customer was merged; 0: none

	accounts   []account // by unit
	lotOrders  []lotOrder
	tierSeq    int64
	tierDigest []byte
	stored     memo
	settled    []terms.Outcome // what Settle brought and Write has not stored yet
	locked     bool
	former     bool          // merged, and loaded as that
	released   bool          // what was set aside for too long is back
	ended      []reservation // which Write has not noted yet
}

// account is the row of one unit: its key and the state from which the next entry goes on.
type account struct {
	unit   string
	id     int64
	seq    int64
	digest []byte
}

// lotOrder remembers which order earned a lot.
type lotOrder struct {
	account, lot, order int64
	source              string
}

// memo is the part of the membership's row that Write updates when it has changed.
type memo struct {
	tier      terms.TierState
	settledTo calendar.Date
	nextDue   calendar.Date
}

// Settle brings the member up to a day: what became due until then happens, day by day, in their fixed order.
// Write stores it together with what follows. It returns what happened.
func (m *Member) Settle(through calendar.Date) terms.Outcome {
	outcome := m.Program.Timeline.Settle(&m.Member, through)
	m.settled = append(m.settled, outcome)
	return outcome
}

// AccountID gives the key of the member's account in a unit, 0 if it has none.
func (m *Member) AccountID(unit string) int64 {
	if a := m.account(unit); a != nil {
		return a.id
	}
	return 0
}

func (m *Member) account(unit string) *account {
	for i := range m.accounts {
		if m.accounts[i].unit == unit {
			return &m.accounts[i]
		}
	}
	return nil
}

func (m *Member) unit(accountID int64) string {
	for i := range m.accounts {
		if m.accounts[i].id == accountID {
			return m.accounts[i].unit
		}
	}
	return ""
}

// orderOfLot gives the order that earned a lot, 0 if none did.
func (m *Member) orderOfLot(accountID, lot int64) int64 {
	for _, o := range m.lotOrders {
		if o.account == accountID && o.lot == lot {
			return o.order
		}
	}
	return 0
}

// orderOfSource gives the order behind a source of lots, 0 if it is none.
func (m *Member) orderOfSource(source string) int64 {
	for _, o := range m.lotOrders {
		if o.source == source {
			return o.order
		}
	}
	return 0
}

func (m *Member) memo() memo {
	if m.MergedInto != 0 {
		return memo{m.Tier, m.SettledTo, 0}
	}
	return memo{m.Tier, m.SettledTo, m.Program.Timeline.NextDue(&m.Member)}
}
