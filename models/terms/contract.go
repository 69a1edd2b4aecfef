package terms

import (
	"dangol/models"
	"dangol/models/calendar"
	"time"
)

// Compile checks a document and makes it ready to run. A document with faults is a *models.Error of kind Invalid, all
// faults at once, each with its JSON pointer.
func Compile(t Terms, version int) (*Program, error) { panic("terms: in the next commit") }

// Needs lists the facts that this version uses.
func (p *Program) Needs() Needs { panic("terms: in the next commit") }

// Quote says what a purchase would earn, and what it narrowly misses. It changes nothing.
func (p *Program) Quote(m *Member, purchase *Purchase) ([]Award, []Miss) {
	panic("terms: in the next commit")
}

// Accrue posts a purchase: awards, the order count, the qualifying money, and a tier that it reaches. The member must
// have been settled to the purchase's day.
func (p *Program) Accrue(m *Member, purchase *Purchase) Outcome { panic("terms: in the next commit") }

// Refund takes back what the returned part of an order earned, and gives back what it was paid with, both cumulatively.
// p is the version of the order.
func (p *Program) Refund(m *Member, refund *Refund) (Outcome, Refusal) {
	panic("terms: in the next commit")
}

// Undo takes back the whole of what is left of an order.
func (p *Program) Undo(m *Member, source string, at time.Time, day calendar.Date, history History) Outcome {
	panic("terms: in the next commit")
}

// Redeem pays with points.
func (p *Program) Redeem(m *Member, request *Request) (Outcome, Refusal) {
	panic("terms: in the next commit")
}

// Unredeem gives the points of a redemption back to their lots: all that is left of it.
func (p *Program) Unredeem(m *Member, source string, at time.Time, day calendar.Date, paid Paid) Outcome {
	panic("terms: in the next commit")
}

// Grant gives or takes points by hand.
func (p *Program) Grant(m *Member, grant *Grant) (Outcome, Refusal) {
	panic("terms: in the next commit")
}

// HistoryOf reads what an order has done from the movements of the member: those of the order itself, those that take
// them back, and the redemptions that paid for it.
func HistoryOf(purchase *Purchase, returned Money, movements []Movement) History {
	panic("terms: in the next commit")
}

// NewTimeline puts versions in the order in which they take force.
func NewTimeline(zone *time.Location, telling Telling, versions ...Version) *Timeline {
	panic("terms: in the next commit")
}

// At is the version in force at a moment; nil before the first.
func (t *Timeline) At(moment time.Time) *Program { panic("terms: in the next commit") }

// Settle runs the day steps of every day after m.SettledTo through day: activations, tiers, ends of lots; the oldest day
// first, going from one day on which something is due to the next. One call over a year does what daily calls do.
func (t *Timeline) Settle(m *Member, through calendar.Date) Outcome {
	panic("terms: in the next commit")
}

// NextDue is the first day after m.SettledTo on which a day step may change something; zero if there is none.
func (t *Timeline) NextDue(m *Member) calendar.Date { panic("terms: in the next commit") }

// Advance lets events happen to a member in the order given, with the day steps between them, and then settles through
// until. It is what the till, the import and the test clock have in common.
func (t *Timeline) Advance(m *Member, events []Event, until calendar.Date) Outcome {
	panic("terms: in the next commit")
}

// Encode writes an explanation compactly; Decode reads it.
func (e Explanation) Encode() []byte { panic("terms: in the next commit") }

// Decode reads what Encode wrote.
func Decode(b []byte) (Explanation, error) { panic("terms: in the next commit") }

// Recompute follows the steps and gives the points.
func (e Explanation) Recompute() Points { panic("terms: in the next commit") }

// Parse reads a document strictly: unknown fields and wrong types are refused, each with its JSON pointer.
func Parse(document []byte) (Terms, error) { panic("terms: in the next commit") }

// Encode writes the canonical text.
func (t Terms) Encode() []byte { panic("terms: in the next commit") }

// Hash is the SHA-256 of the canonical text, in hexadecimal.
func (t Terms) Hash() string { panic("terms: in the next commit") }

// Validate finds every fault of the document: a JSON pointer, a stable code and the numbers that its words need.
func (t *Terms) Validate() []models.FieldError { panic("terms: in the next commit") }

// Default is the programme with which a shop of a trade starts; medianTicket is what a customer usually spends at once,
// in won.
func Default(trade models.Trade, medianTicket Money) Terms { panic("terms: in the next commit") }

// Facts are what is known about a shop when its terms are checked. Zero values mean unknown.
type Facts struct {
	MedianTicket  Money   // of an order
	MedianGapDays int     // between two visits of the median customer
	MarginPercent int     // of sales
	Spend12m      []Money // what each customer spent in the last 12 months, in any order
}

// Warning is something that the terms do which their author may not want.
type Warning struct {
	Code    string         // stable: "first_reward_late", "tier_unreachable", …
	Pointer string         // the part of the document that causes it
	Args    map[string]any // numbers that the words need
}

// Check looks for promises that disappoint the customer or ruin the shop.
func Check(draft *Terms, facts Facts) []Warning { panic("terms: in the next commit") }

// Clause is a paragraph of the customer's terms page.
type Clause struct {
	Heading   string
	Sentences []string
}

// Describe writes the customer's terms page in "ko" or "en".
func (t *Terms) Describe(locale string) []Clause { panic("terms: in the next commit") }

// Sentence is the programme in one sentence.
func (t *Terms) Sentence(locale string) string { panic("terms: in the next commit") }

// Explain puts an explanation into words, a line a step: "12,000원의 2 % = 240P". t is the version that it names.
func (t *Terms) Explain(e Explanation, locale string) []string { panic("terms: in the next commit") }
