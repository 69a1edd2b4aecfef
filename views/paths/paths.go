// Package paths is the only place where the address of a page is spelled.
package paths

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// Pages without a subject.
const (
	Home         = "/"
	SignIn       = "/sign-in"
	SignOut      = "/sign-out"
	Reset        = "/reset"
	Counter      = "/counter"
	Lookup       = "/counter/lookup"
	Enrol        = "/counter/enrol"
	Customers    = "/customers"
	NewCustomer  = "/customers/new"
	Program      = "/program"
	Draft        = "/program/draft"
	Preview      = "/program/preview" // the effect of what is typed, nothing is saved
	Publications = "/program/publications"
	Versions     = "/program/versions"
	Comparison   = "/program/versions/compare"
	Segments     = "/segments"
	SegmentCell  = "/segments/cell"
	Give         = "/segments/give"
	Groups       = "/segments/groups"
	NewGroup     = "/segments/groups/new"
	TryGroup     = "/segments/groups/try"
	Insights     = "/insights"
	Imports      = "/imports"
	NewImport    = "/imports/new"
	Staff        = "/staff"
	Invitations  = "/staff/invitations"
	Settings     = "/settings"
	Keys         = "/settings/keys"
	Refunds      = "/settings/refunds"
	Sessions     = "/settings/sessions"
	Password     = "/settings/password"
	Language     = "/settings/language"
	Theme        = "/settings/theme"
	Shop         = "/settings/shop" // POST: change to another of one's shops
	Poster       = "/poster"
	SandboxClock = "/sandbox/clock"
	Audit        = "/settings/audit"
	SecondStep   = "/sign-in/code" // after the password

	SecondFactor     = "/settings/second-factor" // POST: turn on
	SecondFactorOff  = "/settings/second-factor/off"
	SecondFactorRule = "/settings/second-factor/rule"  // POST: whether the shop's owners and admins need one
	RecoveryCodes    = "/settings/second-factor/codes" // POST: new ones

	CloseDays = "/upkeep/days"   // POST: close what is late
	Backup    = "/upkeep/backup" // POST: take one soon
)

// SecondStepFor asks for the code and then goes on to a page.
func SecondStepFor(next string) string {
	if next == "" {
		return SecondStep
	}
	return query(SecondStep, "next", next)
}

// AuditWith is a page of what was done: of a kind, of a person, before a record.
func AuditWith(kind string, who, before int64) string {
	return Audit + "?" + url.Values{"kind": {kind}, "who": {strconv.FormatInt(who, 10)}, "before": {strconv.FormatInt(before, 10)}}.Encode()
}

// TaskAgain runs failed work again.
func TaskAgain[T ref](task T) string { return join("/upkeep/tasks", id(task)) }

// ResetWith is the page behind a one-time link for a new password.
func ResetWith(token string) string { return join(Reset, token) }

// Invitation is the page behind an invitation's one-time link.
func Invitation(token string) string { return join("/invite", token) }

// Setup is the first step behind the one-time link of a new installation.
func Setup(token string) string { return join("/setup", token) }

// SetupShop is step 1, who the shop is.
func SetupShop(token string) string { return join("/setup", token, "shop") }

// SetupCustomers is step 2, the people who already come.
func SetupCustomers(token string) string { return join("/setup", token, "customers") }

// SetupPromise is step 3, what the shop promises.
func SetupPromise(token string) string { return join("/setup", token, "promise") }

// SetupPreview is what three numbers of the promise come to, while they are typed.
func SetupPreview(token string) string { return join("/setup", token, "promise", "preview") }

// CounterCustomer is the card of a customer at the counter.
func CounterCustomer[T ref](customer T) string { return join(Counter, "customers", id(customer)) }

// CounterEarn takes an amount: GET previews, POST earns.
func CounterEarn[T ref](customer T) string { return join(Counter, "customers", id(customer), "earn") }

// CounterEarnPreview is what an amount would earn, while it is typed.
func CounterEarnPreview[T ref](customer T) string {
	return join(Counter, "customers", id(customer), "earn", "preview")
}

// CounterRedeem uses points as money.
func CounterRedeem[T ref](customer T) string {
	return join(Counter, "customers", id(customer), "redeem")
}

// CounterCoupon uses a coupon.
func CounterCoupon[T ref](customer T) string {
	return join(Counter, "customers", id(customer), "coupon")
}

// CounterGrant gives something by hand, with a reason.
func CounterGrant[T ref](customer T) string { return join(Counter, "customers", id(customer), "grant") }

// CounterNotes are the short notes about a customer.
func CounterNotes[T ref](customer T) string { return join(Counter, "customers", id(customer), "notes") }

// CounterShown is the card turned to the customer.
func CounterShown[T ref](customer T) string { return join(Counter, "customers", id(customer), "shown") }

// CounterUndo takes back one action.
func CounterUndo(token string) string { return join(Counter, "undo", token) }

// LookupFor is the search for what was typed.
func LookupFor(text string) string { return query(Lookup, "q", text) }

// EnrolFor is enrolment with what was looked for filled in.
func EnrolFor(text string) string { return query(Enrol, "q", text) }

// Customer is the page of a customer.
func Customer[T ref](customer T) string { return join(Customers, id(customer)) }

// CustomerTab is one tab of that page: timeline, ledger, coupons or tiers.
func CustomerTab[T ref](customer T, tab string) string {
	if tab == "timeline" {
		return Customer(customer)
	}
	return query(Customer(customer), "tab", tab)
}

// CustomerPhone shows the whole number, which is logged.
func CustomerPhone[T ref](customer T) string { return join(Customers, id(customer), "phone") }

// CustomerEdit is where name, phone and birthday are changed.
func CustomerEdit[T ref](customer T) string { return join(Customers, id(customer), "edit") }

// CustomerGrants is where something is given to, or taken from, a customer by hand.
func CustomerGrants[T ref](customer T) string { return join(Customers, id(customer), "grants") }

// EntryWhy explains one line of the ledger.
func EntryWhy[T, S ref](customer T, unit string, seq S) string {
	return join(Customers, id(customer), "entries", unit, id(seq), "why")
}

// CustomerMerge is where another customer, if one is chosen, is merged into this one.
func CustomerMerge[T ref](customer T, search string, other int64) string {
	chosen := ""
	if other != 0 {
		chosen = id(other)
	}
	return query(join(Customers, id(customer), "merge"), "q", search, "other", chosen)
}

// CustomerUnmerge takes back that a customer was merged.
func CustomerUnmerge[T ref](customer T) string { return join(Customers, id(customer), "unmerge") }

// CustomersWith is the list for a search and a cursor; empty parts are left out.
func CustomersWith(search, view, tier, after string) string {
	return query(Customers, "q", search, "view", view, "tier", tier, "after", after)
}

// Version is one published version of the programme.
func Version[T ref](number T) string { return join(Versions, id(number)) }

// Compare sets two versions beside each other; 0 is the draft.
func Compare(from, to int64) string {
	return query(Comparison, "from", id(from), "to", id(to))
}

// Cell is one field of the regulars map: how recent and how often, 1 to 5.
func Cell(recency, frequency int) string {
	return query(SegmentCell, "r", strconv.Itoa(recency), "f", strconv.Itoa(frequency))
}

// CellAfter is the next page of that field's people.
func CellAfter(recency, frequency int, after string) string {
	return query(SegmentCell, "r", strconv.Itoa(recency), "f", strconv.Itoa(frequency), "after", after)
}

// Import is one file that was brought in.
func Import[T ref](number T) string { return join(Imports, id(number)) }

// ImportMapping says which column is what.
func ImportMapping[T ref](number T) string { return join(Imports, id(number), "mapping") }

// ImportRun starts the import.
func ImportRun[T ref](number T) string { return join(Imports, id(number), "run") }

// ImportUndo takes the whole file back.
func ImportUndo[T ref](number T) string { return join(Imports, id(number), "undo") }

// ImportErrors is the file of the lines that were not taken.
func ImportErrors[T ref](number T) string { return join(Imports, id(number), "errors.csv") }

// ImportProgress is the part that is asked again while an import runs.
func ImportProgress[T ref](number T) string { return join(Imports, id(number), "progress") }

// Member is one person of the staff.
func Member[T ref](staff T) string { return join(Staff, id(staff)) }

// MemberAccess ends or restores a person's access.
func MemberAccess[T ref](staff T) string { return join(Staff, id(staff), "access") }

// Key is one API key.
func Key[T ref](number T) string { return join(Keys, id(number)) }

// Session is one signed-in device; its token is not the session's secret.
func Session(handle string) string { return join(Sessions, handle) }

// PublicTerms is what customers read: the promise in force.
func PublicTerms(code string) string { return join("/t", code) }

// ref is what a path is made with: the number of a row or, in the table of routes, the name of a parameter (":id").
type ref interface{ ~int | ~int64 | ~string }

func id[T ref](of T) string { return fmt.Sprint(of) }

func join(parts ...string) string {
	var b strings.Builder
	b.WriteString(parts[0])
	for _, part := range parts[1:] {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(part))
	}
	return b.String()
}

// query adds pairs of names and values, leaving out empty values.
func query(path string, pairs ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}
