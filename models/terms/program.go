package terms

import (
	"time"

	"dangol/models/calendar"
)

// Program is a version of the terms, made ready to run. It never changes and may be shared by any number of goroutines.
type Program struct {
	terms   Terms
	version int
	hash    string
}

// Version of the programme, as it was given to Compile; 0 is a draft.
func (p *Program) Version() int { return p.version }

// Hash of the canonical document, 64 hexadecimal digits.
func (p *Program) Hash() string { return p.hash }

// Terms gives the document. It is shared: read it, do not change it.
func (p *Program) Terms() *Terms { return &p.terms }

// Needs are the facts about a member that a version uses. A loader fetches these with the account lock, and no more.
type Needs struct {
	Units       []string    // accounts
	SpendMonths int         // Spend reaches back this many months from the first day that is settled or posted
	SpendYear   bool        // Spend reaches back to 1 January of that day's year
	Orders      bool        // the number of orders
	Limits      []LimitNeed // counters
	Lines       bool        // order lines
}

// LimitNeed is a counter that a rule reads.
type LimitNeed struct {
	Rule string
	Per  LimitPeriod
}

// Telling says when a member counts as told that a lot ends.
type Telling string

// The policies.
const (
	TellByFact   Telling = "fact"   // Lot.ToldOn, at least NoticeDays before the lot's last day; else it is prolonged
	TellByOutbox Telling = "outbox" // a sandbox: the notice that falls due is the delivery
	TellNobody   Telling = "nobody" // a sandbox that expires without notices
)

// NoticeDays is how long before a lot's last day its owner must have been told at the latest.
const NoticeDays = 3

// Timeline is a programme's published versions, and what else rules its days. It never changes.
type Timeline struct {
	zone     *time.Location
	telling  Telling
	versions []Version
}

// Version is a program in force from a moment of business time.
type Version struct {
	From    time.Time
	Program *Program
	Mapping map[string]TierMapping // held tiers whose meaning this version changes, by code
}

// TierMapping says what becomes of a held tier.
type TierMapping struct {
	To     string // the code held from then on
	AtOnce bool   // judged anew on the day the version takes force; else kept until its validity ends
}

// Event is something that happens to a member at a moment: a *Purchase, *Refund, *Request or *Grant.
type Event interface {
	moment() (time.Time, calendar.Date)
	apply(t *Timeline, m *Member, out *Outcome)
}
