package pages

import (
	"time"

	"github.com/a-h/templ"

	"dangol/models/calendar"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/paths"
)

// CustomersView is the list of customers. By htmx, a search or a chip answers CustomerResults for #results; "더 보기"
// (after=…) answers CustomerRows and PagerPartial.
type CustomersView struct {
	Query  string
	View   string     // code: "all", "expiring", "birthday", "away", "tier"
	Tier   string     // with view "tier"
	Tiers  []TierPick // the programme's tiers, for chips; none hides them
	Total  int64      // how many fit; -1: not counted
	Over   bool       // there are more than Total
	Rows   []CustomerRow
	Next   string // path of the next page
	Any    bool   // the shop has customers at all
	CanNew bool
	CanAdd bool // may import
}

// TierPick is a tier to filter by.
type TierPick struct{ Code, Name string }

// CustomerRow is one line of the list.
type CustomerRow struct {
	ID         int64
	Name       string // masked
	Phone      string // masked
	Tier       *TierName
	Available  int64
	Expiring   int64         // of them, within 30 days
	ExpiringOn calendar.Date // the first last day
	Last       calendar.Date // zero: never came
	Visits     int64
}

// CustomerFormView enrols or changes a customer: POST to paths.Customers (ID 0) or paths.CustomerEdit.
type CustomerFormView struct {
	ID      int64
	Form    forms.Enrol
	Version string
	Key     string
}

// CustomerView is the page of a customer. Exactly one of the tabs is filled.
type CustomerView struct {
	ID        int64
	Name      string // whole: this page is opened deliberately, and opening it is logged
	Phone     string // masked; whole after POST to paths.CustomerPhone, which is logged and answers CustomerPhone
	Email     string // masked
	Birthday  string // in words, "음 11. 20."; "" unknown
	Store     string
	Since     calendar.Date
	State     string      // "", "erased" or "merged"
	Merged    *MergedView // with that state
	Tier      *TierName
	Progress  *TierProgress
	Balances  []BalanceView
	Tab       string // "timeline", "ledger", "coupons", "tiers", "consents"
	Timeline  *TimelineView
	Ledger    *LedgerView
	Coupons   []CouponRow
	Tiers     []TierRow
	Consents  *ConsentsView
	CanEdit   bool
	CanAdjust bool
	CanCount  bool // may open the counter
	CanReveal bool
	CanMerge  bool
}

// ConsentsView is what a customer agrees to now, and every answer that they gave. POST to paths.CustomerConsents with kind,
// medium and given=yes or no writes down another one.
type ConsentsView struct {
	Now     []ConsentRow // each that there is, in the order of the form
	History []components.TimelineItem
	Problem string
}

// ConsentRow is where one consent stands; On is zero where it was never asked.
type ConsentRow struct {
	Kind, Medium string
	Given        bool
	On           calendar.Date
}

func consentState(p *i18n.Printer, row ConsentRow) string {
	switch {
	case row.On.IsZero() && row.Kind == "membership":
		return p.Consents.NoRecord
	case row.On.IsZero():
		return p.Consents.NotGiven
	case row.Given:
		return p.Date(row.On) + " · " + p.Consents.Given
	}
	return p.Date(row.On) + " · " + p.Consents.Withdrawn
}

// TierProgress is the way to the next tier, or how long this one lasts.
type TierProgress struct {
	Next     string // empty at the top
	Missing  string // what is missing, written out
	Done, Of int64
	Until    calendar.Date
}

// BalanceView is the four numbers of an account.
type BalanceView struct {
	Unit       i18n.Unit
	Available  int64
	Pending    int64
	PendingOn  calendar.Date
	Expiring   int64
	ExpiringOn calendar.Date
	Owed       int64 // deficit
	Spent      int64 // in 12 months, money; -1: unknown
}

// TimelineView is what happened, newest first.
type TimelineView struct {
	Items []components.TimelineItem
	Next  string
}

// LedgerView is the entries of an account, newest first, and what is held now.
type LedgerView struct {
	Entries []EntryRow
	Lots    []LotRow
	Next    string
}

// EntryRow is one line of the ledger.
type EntryRow struct {
	Unit   string // code, for the path
	Seq    int64
	Kind   string // code
	Bucket string
	Points int64 // signed
	After  int64 // what could be used after it
	At     time.Time
	Detail string // what it was about, in words: "12,000원 구매"
	Words  string // what the customer was told
	Ends   calendar.Date
	HasWhy bool
}

// LotRow is what is left that ends on one day.
type LotRow struct {
	Left int64
	Ends calendar.Date // zero: never
}

// held is what all of it comes to.
func (v *LedgerView) held() (sum int64) {
	for _, lot := range v.Lots {
		sum += lot.Left
	}
	return sum
}

// CouponRow is a coupon of the customer.
type CouponRow struct {
	Title  string
	State  string // "open", "used", "expired", "revoked"
	Given  calendar.Date
	Until  calendar.Date
	UsedOn calendar.Date
}

// TierRow is one change of tier.
type TierRow struct {
	Tier   TierName
	Reason string // code: "up", "down", "keep", "mapped", "manual"
	On     calendar.Date
	Until  calendar.Date
	By     string // what was counted, written out
}

// AdjustView gives or takes points by hand: POST to paths.CustomerGrants. It is a page, and by htmx a drawer in #dialog.
type AdjustView struct {
	ID      int64
	Name    string
	Form    forms.Grant
	Before  int64
	After   int64 // with what is typed; equal to Before while nothing is
	Left    int64 // what may still be given today; -1: no limit
	CanTake bool
	Reasons []string
	Key     string
}

// EntryWhyView explains one line of the ledger; by htmx only components.Why is answered.
type EntryWhyView struct {
	Customer int64
	Name     string
	Why      components.ExplainProps
}

func viewTabs(p *i18n.Printer, v CustomersView) (tabs []chip) {
	for _, code := range []string{"all", "expiring", "birthday", "away"} {
		tabs = append(tabs, chip{p.Customers.ViewNames[code], paths.CustomersWith("", pickView(code), "", ""), v.Query == "" && or(v.View, "all") == code})
	}
	for _, tier := range v.Tiers {
		tabs = append(tabs, chip{tier.Name, paths.CustomersWith("", "tier", tier.Code, ""), v.Query == "" && v.View == "tier" && v.Tier == tier.Code})
	}
	return tabs
}

// pickView leaves the usual view out of the address.
func pickView(code string) string {
	if code == "all" {
		return ""
	}
	return code
}

type chip struct {
	label, href string
	on          bool
}

func customerTabs(p *i18n.Printer, v CustomerView) []components.TabLink {
	tab := func(code, label string) components.TabLink {
		return components.TabLink{Label: label, Href: paths.CustomerTab(v.ID, code), Active: v.Tab == code}
	}
	return []components.TabLink{
		tab("timeline", p.Customers.Timeline), tab("ledger", p.Customers.Ledger), tab("coupons", p.Customers.Coupons), tab("tiers", p.Customers.Tiers), tab("consents", p.Consents.Tab),
	}
}

func couponTone(state string) components.Tone {
	if state == "open" {
		return components.Good
	}
	return components.Neutral
}

func entryDetail(p *i18n.Printer, entry EntryRow) string {
	if entry.Words != "" && entry.Detail != "" {
		return entry.Detail + " · " + entry.Words
	}
	return entry.Detail + entry.Words
}

func customerFormTitle(p *i18n.Printer, v CustomerFormView) string {
	if v.ID == 0 {
		return p.Customers.NewTitle
	}
	return p.Customers.EditTitle
}

func customerFormBack(p *i18n.Printer, v CustomerFormView) string {
	if v.ID == 0 {
		return p.Customers.Title
	}
	return or(v.Form.Name, p.Customers.NoName)
}

// customerFormPath is where the form goes, or where its way back leads.
func customerFormPath(v CustomerFormView, back bool) string {
	switch {
	case v.ID == 0:
		return paths.Customers
	case back:
		return paths.Customer(v.ID)
	}
	return paths.CustomerEdit(v.ID)
}

func owes(p *i18n.Printer, account BalanceView) string {
	if account.Owed == 0 {
		return ""
	}
	return p.Customers.Owes(p.PointsIn(account.Owed, account.Unit))
}

func onDate(points int64, say func(string) string, date string) string {
	if points == 0 {
		return ""
	}
	return say(date)
}

func progressText(p *i18n.Printer, progress *TierProgress) string {
	switch {
	case progress == nil:
		return ""
	case progress.Next != "":
		return p.Customers.ToNext(progress.Missing, progress.Next)
	case !progress.Until.IsZero():
		return p.Customers.KeepUntil(p.Date(progress.Until))
	}
	return ""
}

func leftHelp(p *i18n.Printer, v AdjustView) string {
	if v.Left < 0 {
		return ""
	}
	return p.Counter.GiveLimit(p.Points(v.Left))
}

// peopleOrMore writes a count that may have stopped before its end.
func peopleOrMore(p *i18n.Printer, n int64, over bool) string {
	if over {
		return p.Common.PeopleOver(n)
	}
	return p.Common.People(n)
}

func progressBar(progress *TierProgress) templ.Component {
	if progress == nil || progress.Next == "" {
		return nil
	}
	return wayUp(*progress)
}
