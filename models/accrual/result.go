package accrual

import (
	"encoding/json"

	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/terms"
)

// Result is what an order did. It is kept with the idempotency key, so that a repeated request is told the same.
type Result struct {
	OrderID      int64
	Source       string
	ExternalID   string
	CustomerID   int64 // 0: nobody
	BusinessDate calendar.Date
	Members      []Earned // one for each programme that the order was offered to
	Refunds      []RefundResult
	Withdrawn    bool `json:",omitempty"`
	Replay       bool // told before; nothing happened now
}

// Earned is what an order brought in one programme.
type Earned struct {
	MembershipID int64
	Program      string
	Version      int  // of the terms that judged the order
	Enrolled     bool `json:",omitempty"` // became a member with this order
	Awards       []terms.Award
	Misses       []terms.Miss
	Tier         string             // held now; empty where the terms have none
	Tiers        []terms.TierChange // that this order caused
	Balances     []Balance
}

// Balance is what a member holds of a unit.
type Balance struct {
	AccountID int64
	Unit      string
	Pending   terms.Points
	Available terms.Points
	Reserved  terms.Points
	Deficit   terms.Points
}

// RefundState says what became of a refund.
type RefundState string

// The states.
const (
	Applied  RefundState = "applied"
	Waiting  RefundState = "waiting" // its order has not come yet
	Rejected RefundState = "refused" // it waited for an order that is smaller than itself
)

// RefundResult is what a refund did.
type RefundResult struct {
	RefundID        int64
	ExternalID      string
	OrderExternalID string
	OrderID         int64 // 0: waiting
	Amount          int64
	State           RefundState
	Members         []Returned
	Replay          bool // told before; nothing happened now
}

// Returned is what a refund, or an undo, moved in one programme: points taken back and given back, by unit.
type Returned struct {
	MembershipID int64
	Program      string
	Revoked      map[string]terms.Points // what the order had earned
	Restored     map[string]terms.Points // what had paid for it
	Owed         map[string]terms.Points // of Revoked, what was not there any more
	Balances     []Balance
}

// balances reads what a member holds.
func balances(m *ledger.Member) []Balance {
	held := make([]Balance, 0, len(m.Accounts))
	for i := range m.Accounts {
		a := &m.Accounts[i]
		held = append(held, Balance{m.AccountID(a.Unit), a.Unit, a.Pending, a.Available, a.Reserved, a.Deficit})
	}
	return held
}

// returned sums up an outcome that took an order back.
func returned(m *ledger.Member, outcome *terms.Outcome) Returned {
	r := Returned{
		MembershipID: m.ID, Program: m.Program.Code, Balances: balances(m),
		Revoked: map[string]terms.Points{}, Restored: map[string]terms.Points{}, Owed: map[string]terms.Points{},
	}
	for i := range outcome.Movements {
		r.add(&outcome.Movements[i])
	}
	return r
}

func (r *Returned) add(mv *terms.Movement) {
	points := mv.Points
	if mv.Bucket == terms.DeficitPart {
		points = -points
	}
	switch mv.Kind {
	case terms.Clawback, terms.CancelHold:
		r.Revoked[mv.Unit] -= points
		if mv.Bucket == terms.DeficitPart {
			r.Owed[mv.Unit] -= points
		}
	case terms.Restore:
		r.Restored[mv.Unit] += points
	}
}

// remembered reads a result that was kept with a key.
func remembered[T any](body []byte) (result T, err error) {
	err = json.Unmarshal(body, &result)
	return result, err
}
