package pages

import (
	"github.com/a-h/templ"

	"dangol/models/calendar"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/paths"
)

// CounterView is the till. At most one of the steps is set; without any the till waits for a customer.
//
// The whole page is Counter; a request by htmx gets CounterStep, which replaces the content of #counter-result, and, after
// anything was done, CounterRecentPartial beside it. A step's address is also a page of its own, so everything works
// without scripts.
type CounterView struct {
	Query  string          // what stands in the search field
	Recent []CounterAction // today's last five by this person, newest first

	Matches *CounterMatches // several people fit
	Missing *CounterMissing // nobody fits what was typed so far; it may go on, or be enrolled
	Enrol   *CounterEnrol   // nobody has this number, or a new customer is to be enrolled
	Card    *CounterCard    // one fits, or was chosen
	Shown   *CounterShown   // the screen is turned to the customer
	Earn    *CounterEarn
	Redeem  *CounterRedeem
	Coupon  *CounterCoupon
	Grant   *CounterGrant
	Done    *CounterDone
	Problem string // something went wrong that belongs to no form, in words
}

// searching says that nobody is chosen yet: what is typed next looks for a customer.
func (v CounterView) searching() bool {
	return v.Enrol == nil && v.Card == nil && v.Shown == nil && v.Earn == nil && v.Redeem == nil && v.Coupon == nil && v.Grant == nil && v.Done == nil
}

// keys is the field into which the till's own keypad types.
func (v CounterView) keys() string {
	if v.Enrol != nil {
		return "#phone"
	}
	return "#q"
}

// CounterAction is one thing that was done at the till.
type CounterAction struct {
	Name   string // masked
	Kind   string // "earn", "redeem", "coupon", "grant", "enrol"
	Points int64  // signed; 0 where none moved
	Detail string // the coupon's title; may be empty
	When   string // "3분 전"
	Undo   string // paths.CounterUndo, "" where it cannot be undone any more
	Key    string // idempotency key of the undo
	Undone bool
}

// CounterMatches is a choice among people whose number or name fits; at most 20.
type CounterMatches struct{ People []CounterPerson }

// CounterMissing is nobody yet: what was typed, for the way to enrolment.
type CounterMissing struct{ Query string }

// CounterPerson is one of several matches.
type CounterPerson struct {
	ID        int64
	Name      string // masked
	Phone     string // masked, "010-****-5678"
	Tier      *TierName
	Available int64
	LastVisit calendar.Date // zero: never came
}

// TierName is a tier as a badge shows it; Rank 1 is the lowest.
type TierName struct {
	Name string
	Rank int
}

// CounterEnrol enrols a new customer. POST to paths.Enrol; done shows the card by Done with kind "enrol".
type CounterEnrol struct {
	Form     forms.Enrol // the phone is filled in from what was looked for
	Key      string
	Welcome  int64 // points that the first purchase brings; 0: none
	NotFound bool  // says that nobody was found
}

// CounterGuest is who stands at the till, on every step.
type CounterGuest struct {
	ID        int64
	Name      string // masked; "" where only the number is known
	Phone     string // masked
	Tier      *TierName
	Available int64 // may be negative where the terms allow a deficit
}

// CounterCard is the customer card.
type CounterCard struct {
	Guest      CounterGuest
	Visit      int64         // which visit today's is; 0: unknown
	LastVisit  calendar.Date // zero: never
	Usual      string        // what they usually take; "" unless it is clear
	Today      []CounterToday
	Pending    int64 // arrives on PendingOn; 0: nothing
	PendingOn  calendar.Date
	Expiring   int64 // ends on ExpiringOn; 0: nothing soon
	ExpiringOn calendar.Date
	Missing    int64 // points still needed before any can be used; 0: can be used now
	Coupons    []CounterCouponLine
	Notes      []CounterNote
	Misses     []string // what nearly applies, in words
	CanGrant   bool
	CanRedeem  bool
	NoteForm   string // what was typed into the note, after a fault
	NoteFault  string
}

// CounterShown is what the customer sees of their own on the turned screen: no notes, no usual order, nothing to press
// but the way back. POST to paths.CounterShown notes that they have seen it.
type CounterShown struct {
	Guest     CounterGuest
	Today     []CounterToday
	Pending   int64 // arrives on PendingOn; 0: nothing
	PendingOn calendar.Date
	Ending    []EndingLine // the soonest first
	Coupons   []CounterCouponLine
	Noted     bool // that they were told of what ends was noted just now, or before
}

// EndingLine is what ends on one day if it is not used.
type EndingLine struct {
	On     calendar.Date
	Points int64
}

// CounterToday is something special about today.
type CounterToday struct {
	Kind string // "birthday", "anniversary", "visit", "away", "first": customers.SpecialKind
	N    int64  // days until the birthday (negative after), years, visits, days
}

// CounterNote is a short note about the customer. Removing posts remove=ID to paths.CounterNotes.
type CounterNote struct {
	ID   int64
	Text string
}

// CounterCouponLine is a coupon that the customer has.
type CounterCouponLine struct {
	ID      int64
	Title   string // "생일 3,000원 쿠폰"
	Until   calendar.Date
	Minimum int64  // smallest order, 0: any
	Use     string // where it is used: with a purchase, or by itself where the programme counts things
}

// CounterEarn takes a purchase. Typing posts to paths.CounterEarnPreview, which answers with EarnPreview; the button posts
// to paths.CounterEarn.
type CounterEarn struct {
	Guest   CounterGuest
	Counts  bool   // the programme counts things instead of money (stamps): the field is Count
	Thing   string // what is counted, "음료"; only with Counts
	Form    forms.Earn
	Coupons []CounterCouponLine // to choose from; the chosen one is Form.Coupon
	Key     string
	Preview EarnPreviewView
}

// EarnPreviewView is what the amount typed so far would earn.
type EarnPreviewView struct {
	Points  int64
	Pay     int64 // what is left to pay, where a coupon takes something off
	Off     int64 // what the coupon takes off; 0: no coupon
	Empty   bool  // nothing typed yet
	Why     *components.ExplainProps
	Problem string
}

// CounterRedeem uses points. POST to paths.CounterRedeem.
type CounterRedeem struct {
	Guest     CounterGuest
	Form      forms.Redeem
	Key       string
	Usable    int64   // at most, in whole steps
	Minimum   int64   // from here
	Step      int64   // in steps of; 1 or 0: any number
	Quick     []int64 // sums offered as buttons; none above Usable
	AskAmount bool    // the terms limit the share of an order: its amount is asked
	Worth     int64   // money of one point, in minor units; 0: points are not money
}

// CounterCoupon asks before a coupon is used. POST to paths.CounterCoupon with coupon=ID.
type CounterCoupon struct {
	Guest     CounterGuest
	Coupon    CounterCouponLine
	Key       string
	Amount    string // of the order, as typed; asked where the coupon has a minimum
	Problem   string
	AskAmount bool
}

// CounterGrant gives points by hand. POST to paths.CounterGrant.
type CounterGrant struct {
	Guest   CounterGuest
	Form    forms.Grant
	Key     string
	Left    int64 // what may still be given today; -1: no limit
	Reasons []string
}

// CounterDone is what was just done.
type CounterDone struct {
	Guest    CounterGuest // with the balance after it
	Kind     string       // "earn", "redeem", "coupon", "grant", "enrol", "undo"
	Points   int64        // unsigned
	Detail   string       // the coupon's title
	Money    int64        // what to take off the bill, with "redeem" and "coupon"; 0: nothing
	Pay      int64        // what is left to pay, with "earn" and a coupon, whose title is Detail
	Lines    []DoneLine   // what the points consist of, where there is more than one part
	Why      *components.ExplainProps
	Undo     string // paths.CounterUndo
	Key      string
	TierUp   *TierName // reached by this
	FirstKey string    // with "enrol": where earning begins is the same card
}

// DoneLine is one part of what was earned.
type DoneLine struct {
	Label  string // "첫 구매"
	Points int64
}

func todayWords(p *i18n.Printer, today CounterToday) (icon, text string) {
	switch today.Kind {
	case "birthday":
		return "cake", p.Counter.BirthdayWeek(today.N)
	case "anniversary":
		return "calendar", p.Counter.Anniversary(today.N)
	case "first":
		return "sparkles", p.Counter.FirstVisit
	case "visit":
		return "flag", p.Counter.Hundredth(today.N)
	}
	return "history", p.Counter.Away(today.N)
}

func doneTitle(p *i18n.Printer, done CounterDone) string {
	switch done.Kind {
	case "earn":
		return p.Counter.Earned(p.Points(done.Points))
	case "redeem":
		return p.Counter.Redeemed(p.Points(done.Points))
	case "grant":
		return p.Counter.Given(p.Points(done.Points))
	case "coupon":
		return p.Counter.CouponUsed
	case "enrol":
		return p.Counter.Enrolled
	}
	return p.Counter.Undone
}

func actionIcon(kind string) string {
	switch kind {
	case "earn":
		return "plus"
	case "redeem":
		return "minus"
	case "coupon":
		return "ticket"
	case "grant":
		return "gift"
	}
	return "user-plus"
}

func actionWords(p *i18n.Printer, action CounterAction) string {
	switch action.Kind {
	case "enrol":
		return p.Counter.Enrolled
	case "coupon":
		return or(action.Detail, p.Counter.CouponUsed)
	}
	return p.SignedPoints(action.Points)
}

func reasonOptions(p *i18n.Printer, codes []string) (options []components.Option) {
	for _, code := range codes {
		options = append(options, components.Option{Value: code, Label: p.Counter.Reasons.Name(code)})
	}
	return options
}

// toChoose makes a choice one that has to be made: nothing is chosen beforehand.
func toChoose(p *i18n.Printer, options []components.Option) []components.Option {
	return append([]components.Option{{Label: p.Common.Choose}}, options...)
}

// quiet is how many seconds a customer stays on an idle till.
const quiet = "60"

// preview asks what an amount would earn while it is typed.
func preview(customer int64, grouped bool) templ.Attributes {
	all := grouping(grouped)
	all["hx-post"], all["hx-target"], all["hx-swap"] = paths.CounterEarnPreview(customer), "#earn-preview", "outerHTML"
	all["hx-trigger"], all["hx-sync"], all["hx-include"] = "input delay:150ms", "this:replace", "closest form"
	return all
}

// choosing asks again once another coupon is chosen.
func choosing(customer int64) templ.Attributes {
	all := preview(customer, false)
	all["hx-trigger"] = "change"
	return all
}

func earnTitle(p *i18n.Printer, v CounterEarn) string {
	if len(v.Coupons) > 0 {
		return p.Counter.EarnBefore
	}
	return p.Counter.EarnTitle
}

func couponChoices(p *i18n.Printer, coupons []CounterCouponLine) []components.Option {
	options := []components.Option{{Value: "0", Label: p.Counter.NoCoupon}}
	for _, coupon := range coupons {
		options = append(options, components.Option{Value: text(coupon.ID), Label: coupon.Title})
	}
	return options
}

// grouping lets digits be grouped by thousands as they are typed.
func grouping(yes bool) templ.Attributes {
	if yes {
		return templ.Attributes{"data-grouped": true}
	}
	return templ.Attributes{}
}
