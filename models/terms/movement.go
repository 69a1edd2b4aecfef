package terms

import (
	"time"

	"dangol/models/calendar"
)

// Outcome is everything that an operation did to a member, in order: what the caller must store, and what it may show.
type Outcome struct {
	Awards     []Award       // what each rule paid, before it was spread over buckets
	Movements  []Movement    // ledger entries
	Tiers      []TierChange  // rises, falls and renewals
	Extensions []Extension   // lots that live on: untold, for the tier, or for what the member does
	Used       []LimitUse    // the new values of counters that changed
	Budgets    []LimitUse    // and of shared ones
	Coupons    []CouponIssue // coupons that the member gets
	Claims     []SelfClaim   // rewards that were taken by themselves
	Misses     []Miss        // the nearest rules that did not pay, at most three
	Spend      Money         // qualifying money added to Day or, negative, returned from it
	Day        calendar.Date
	Paid       Points // a redemption: points taken
	Worth      Money  // and the money that they pay
}

// Movement is one ledger entry: one bucket of one account moved by Points.
type Movement struct {
	Unit       string
	Seq        int64
	Kind       Kind
	Bucket     Bucket
	Points     Points // signed, never 0; in the deficit bucket positive is more owed
	At         time.Time
	OccurredAt time.Time
	Source     string // the event: "order:pos:A17", "activate:lot 12", "expire:lot 12"
	Rule       string // code of the rule that paid, if one did
	Version    int    // of the programme whose rule that is; 0: none
	Reverses   int64  // seq of the entry that this one takes back; 0: none
	Uses       []LotUse
	Lot        Lot // the lot that this credit makes; none if its Seq is 0
	Why        Explanation
}

// Kind says what a movement is.
type Kind string

// The kinds of movement.
const (
	Earn       Kind = "earn"
	Activate   Kind = "activate"    // out of pending, into available
	CancelHold Kind = "cancel_hold" // takes back a pending credit
	Redeem     Kind = "redeem"
	Restore    Kind = "restore" // takes back a debit
	Expire     Kind = "expire"
	Adjust     Kind = "adjust"
	Clawback   Kind = "clawback" // takes back a credit
	Handed     Kind = "transfer" // from one member to another, at both
	Donate     Kind = "donate"   // to a cause
	Merged     Kind = "merge"    // from a customer to the one with whom they are the same person, at both
	Reserve    Kind = "reserve"  // out of available, into reserved
	Release    Kind = "release"  // and back
)

// LotUse is what a movement took from a lot (negative) or gave back to it (positive).
type LotUse struct {
	Lot    int64 // seq of its credit
	Points Points
}

// Cause is the text by which the ledger keeps an effect single: its event and, where several rules answer to one event,
// the rule. It is unique within an account for each kind and bucket.
func (mv *Movement) Cause() string {
	if mv.Rule == "" {
		return mv.Source
	}
	return mv.Source + "/" + mv.Rule
}

// Award is what one rule pays for one order.
type Award struct {
	Rule        int // index in the terms
	Code        string
	Unit        string
	Points      Points
	Coupon      string        // instead of points: the kind of coupon that it gives
	ActivatesOn calendar.Date // end of its hold; zero: at once
	UsableFrom  calendar.Date // first day on which it can be spent; zero: at once
	ExpiresOn   calendar.Date // its last day; zero: never
	Awaits      string        // pending until this event is reported; empty: no event
	CancelsOn   calendar.Date // cancelled as this day begins if it was not; zero: never
	Later       []Part        // when its further parts come; none: it comes whole
	Why         Explanation
}

// TierChange is a row of a member's tier history.
type TierChange struct {
	Reason     TierReason
	From, To   string        // codes; From is empty for "no tier"
	Amount     int64         // the plan's metric over the window
	WindowFrom calendar.Date // zero: the window has no beginning
	WindowTo   calendar.Date
	Readings   []Reading     // of every measure, where the plan has several
	Until      calendar.Date // validity, or with Failing the end of the grace
	At         time.Time
	Day        calendar.Date
	Source     string // the event: "order:pos:A17", "review:2026-12-01"
}

// TierReason says why a tier changed or was kept.
type TierReason string

// The reasons.
const (
	TierUp     TierReason = "up"
	TierDown   TierReason = "down"
	TierKept   TierReason = "keep"   // met again when its validity ended: kept for another
	TierMapped TierReason = "mapped" // a new version says what became of it
	TierSet    TierReason = "manual"
	TierFallen TierReason = "refund" // what had lifted the member was taken back
	TierMerged TierReason = "merge"  // by what two customers who are one have together, or by its undoing; it has no welcome
)

// Extension moves a lot's last day.
type Extension struct {
	Unit     string
	Lot      int64
	Reason   ExtensionReason
	From, To calendar.Date
	At       time.Time
}

// ExtensionReason says why a lot lives on.
type ExtensionReason string

// The reasons.
const (
	ForUntold   ExtensionReason = "untold"   // nobody had told its owner that it would end
	ForActivity ExtensionReason = "activity" // its owner was active, and the unit lives by that
	ForTier     ExtensionReason = "tier"     // its owner holds a tier whose points never end
)

// Miss is a rule that would have paid if one thing had been different.
type Miss struct {
	Rule      int
	Code      string
	Condition MissKind
	By        Money  // amount: how much more; tier: how much more spending in the window
	Wants     string // the code that would do: a tier, a category …
	Points    Points // what the rule would pay then
}

// MissKind names the condition that failed.
type MissKind string

// The conditions.
const (
	MissAmount MissKind = "amount"
	MissTier   MissKind = "tier"
	MissItem   MissKind = "item"
)

// Refusal says why an operation did nothing. The zero value is: it was done.
type Refusal struct {
	Code  RefusalCode
	Asked Points
	Limit Points // the bound that was passed: the most, or the least, that would do
}

// Refused reports whether the operation was turned down.
func (r Refusal) Refused() bool { return r.Code != "" }

// RefusalCode names the reasons; views have the words.
type RefusalCode string

// The reasons.
const (
	NoSuchTier      RefusalCode = "no_such_tier"
	NotRedeemable   RefusalCode = "not_redeemable"     // the terms let nobody pay with this unit
	BelowMinimum    RefusalCode = "below_minimum"      // Limit: the fewest
	NotEnough       RefusalCode = "not_enough_points"  // Limit: what can be spent
	NotWholeSteps   RefusalCode = "not_whole_steps"    // Limit: the step
	AboveShare      RefusalCode = "above_share"        // Limit: the most for this order
	NothingToRefund RefusalCode = "nothing_to_refund"  // the order is returned already
	AboveOrder      RefusalCode = "refund_above_order" // Limit: what is left to return, in money
	NotTransferable RefusalCode = "not_transferable"   // the terms let nobody give this unit to others
	NotDonatable    RefusalCode = "not_donatable"      // no such cause, or it takes no points
	AboveOnce       RefusalCode = "above_once"         // Limit: the most at a time
	AbovePerDay     RefusalCode = "above_day"          // Limit: what is left of the most for a day
	BelowReturned   RefusalCode = "below_returned"     // Limit: what was returned of the order already, in money

	RewardNotOffered RefusalCode = "reward_not_offered" // no such reward, or not on this day
	RewardOtherTier  RefusalCode = "reward_other_tier"  // not for the member's tier
)
