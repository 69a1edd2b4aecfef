package terms

import (
	"cmp"
	"math"
	"slices"
	"time"

	"dangol/models/calendar"
)

// Member is what the engine knows about one member of one programme. Its owner loads it, hands it to the operations,
// which change it in place, and stores what they return. It is no one's to share between goroutines.
type Member struct {
	Joined    calendar.Date
	SettledTo calendar.Date // day steps have run through this day; zero: none yet
	Orders    int64         // orders that were not wholly returned
	Tier      TierState
	Spend     Series  // qualifying money by business date, as far back as Needs says
	Bought    Series  // orders that were not wholly returned, likewise
	Visits    Series  // days at a store, likewise
	Seen      []Visit // the days at stores to which orders may still be added or from which they may be taken
	Numbers   []NumberValue
	Plans     []HeldPlan // as Needs says
	Used      Counters   // of the limits that Needs lists
	Budgets   *Counters  // of the shared ones: one for all members that are loaded together; nil: none
	Accounts  []Account  // one a unit; those that are missing are empty
}

// TierState is the tier that a member holds and until when it is safe.
type TierState struct {
	Code       string        // empty: whatever the plan gives to everybody
	Since      calendar.Date // the day it was reached
	Until      calendar.Date // judged at the first review on or after this day; zero: at every review
	GraceUntil calendar.Date // failed a review: falls at the first review on or after this day; zero: not failing
	Floor      string        // set by hand: never below this
	FloorUntil calendar.Date // its last day; zero: for ever
}

// NumberValue is what a custom number was last said to be.
type NumberValue struct {
	Code  string
	Value int64
}

// Counters say how much of limits has been used.
type Counters []LimitUse

// LimitUse is one counter of a limit: times or points, as the limit counts.
type LimitUse struct {
	Rule   string
	Period string // "life", "day:2026-11-22", "week:2026-11-16" (its Monday), "month:2026-11", "year:2026"
	Used   int64
}

// Account is a member's points of one unit. Pending and Available are the sums of their lots' remainders.
type Account struct {
	Unit      string
	Pending   Points
	Available Points
	Reserved  Points
	Deficit   Points
	Earned    Series    // by the business date of what earned them, pending ones left out; as far back as Needs says
	Seq       int64     // of the last entry
	At        time.Time // of the last entry
	Lots      []Lot     // open lots in order of consumption; unordered when loaded, see Sort
}

// Bucket is the part of an account that an entry moves.
type Bucket string

// The buckets.
const (
	Pending     Bucket = "pending"
	Available   Bucket = "available"
	Reserved    Bucket = "reserved"
	DeficitPart Bucket = "deficit" // what the member owes, counted upwards
)

// Lot is a credit that ages. It is named by the seq of the entry that credited it.
type Lot struct {
	Seq         int64
	Bucket      Bucket // Pending or Available
	Points      Points
	Remaining   Points
	EarnedAt    time.Time     // the event's own moment
	UsableFrom  calendar.Date // first business date on which it can be spent; zero: at once
	ActivatesOn calendar.Date // pending: its hold ends as this day begins
	Awaits      string        // pending: its hold ends when this event is reported, and ActivatesOn is not read
	CancelsOn   calendar.Date // awaiting: it is taken back as this day begins; zero: never
	ExpiresOn   calendar.Date // its last day; zero: never
	ToldOn      calendar.Date // first day on which a notice of its end was delivered or shown; zero: never
	Source      string        // what earned it, through activation: "order:pos:A17"
	Rule        string        // by which rule
}

// Account finds the account of a unit; it makes an empty one if the member has none. The pointer holds until the next
// account is made.
func (m *Member) Account(unit string) *Account {
	for i := range m.Accounts {
		if m.Accounts[i].Unit == unit {
			return &m.Accounts[i]
		}
	}
	m.Accounts = append(m.Accounts, Account{Unit: unit})
	return &m.Accounts[len(m.Accounts)-1]
}

// look finds the account of a unit without making one: a missing account is an empty one that the member does not keep.
func (m *Member) look(unit string) *Account {
	for i := range m.Accounts {
		if m.Accounts[i].Unit == unit {
			return &m.Accounts[i]
		}
	}
	return &Account{Unit: unit}
}

// Balance is what the member owns of a unit: pending, available and reserved, less what is owed.
func (a *Account) Balance() Points { return a.Pending + a.Available + a.Reserved - a.Deficit }

// Sort brings the lots into the order in which they are consumed: the soonest to end first, those that never end last,
// then the oldest, then by seq. Every operation expects and keeps this order.
func (a *Account) Sort() {
	slices.SortFunc(a.Lots, func(a, b Lot) int { return byConsumption(&a, &b) })
}

// byConsumption compares lots by the order in which they are consumed.
func byConsumption(a, b *Lot) int {
	if order := cmp.Compare(a.lastDay(), b.lastDay()); order != 0 {
		return order
	}
	return cmp.Or(a.EarnedAt.Compare(b.EarnedAt), cmp.Compare(a.Seq, b.Seq))
}

// lastDay orders lots that never end behind all others.
func (l *Lot) lastDay() calendar.Date {
	if l.ExpiresOn.IsZero() {
		return math.MaxInt32
	}
	return l.ExpiresOn
}
