package conditions

import (
	"fmt"
	"strings"
	"time"

	"dangol/models/calendar"
)

// People is of whom a condition is asked: everybody of a shop, on a day, as members of a programme.
type People struct {
	MerchantID int64
	ProgramID  int64
	Today      calendar.Date
	Zone       string                            // of the shop: "Asia/Seoul"
	Unit       string                            // whose points count
	BaseTier   string                            // what a member holds of whom no tier is stored
	Parts      func(part string) (cells []int32) // of the map of regulars: 10 × recency + frequency
}

// Query is a condition as SQL. The customers are c, c.id is who they are; what From and Where need stands in Args, numbered
// from $1, which is the merchant.
type Query struct {
	From  string
	Where string
	Args  []any
}

// SQL asks about everybody at once, but for who was merged into somebody else. Spending of twelve months, the map and the home store are as of the last night, groups
// as they were last counted, points as of the member's last day step; the rest is as it is now. Fields that are not of
// people (Spec.People) meet nobody.
func (c *Compiled) SQL(p People) Query {
	w := writer{people: p, args: []any{p.MerchantID}, from: "customers c"}
	where := "c.merchant_id = $1 AND c.merged_into IS NULL"
	if c != nil && c.root != nil {
		where += " AND " + w.node(c.root)
	}
	return Query{From: w.from, Where: where, Args: w.args}
}

// writer writes a query: texts are its own, values are arguments.
type writer struct {
	people People
	args   []any
	from   string
}

func (w *writer) arg(value any) string {
	w.args = append(w.args, value)
	return fmt.Sprintf("$%d", len(w.args))
}

// join adds a table once. Where a comparison needs a row of it, the planner makes an inner join of it by itself.
func (w *writer) join(table string) {
	if !strings.Contains(w.from, table) {
		w.from += " LEFT JOIN " + table
	}
}

func (w *writer) node(n *node) string {
	if n.leaf != nil {
		return w.leaf(n.leaf, n.not)
	}
	joint := " AND "
	if n.any {
		joint = " OR "
	}
	parts := make([]string, len(n.kids))
	for i := range n.kids {
		parts[i] = w.node(&n.kids[i])
	}
	return "(" + strings.Join(parts, joint) + ")"
}

func (w *writer) leaf(l *leaf, not bool) string {
	switch {
	case l.kind == DayOf:
		return negated(w.bounds(w.date(l.Field), l, func(n int64) any { return calendar.Date(n) }), not) //nolint:gosec // it was a date
	case l.kind.Numeric(l.Is) && l.kind != Soon:
		return negated(w.bounds(w.number(l, not), l, func(n int64) any { return n }), not)
	}
	text, set := w.is(l)
	if set && not { // an empty set is known
		text = "coalesce(" + text + ", false)"
	}
	return negated(text, not)
}

func negated(text string, not bool) string {
	if not {
		return "NOT (" + text + ")"
	}
	return text
}

// bounds compares an expression with the values of a comparison.
func (w *writer) bounds(expression string, l *leaf, value func(int64) any) string {
	switch l.Is {
	case AtLeast:
		return expression + " >= " + w.arg(value(l.low))
	case AtMost:
		return expression + " <= " + w.arg(value(l.high))
	case Equals:
		return expression + " = " + w.arg(value(l.low))
	default:
		return expression + " BETWEEN " + w.arg(value(l.low)) + " AND " + w.arg(value(l.high))
	}
}

// number is the expression of a field's number. Who has no row has none of it: that is said only where 0 would do, so that
// otherwise the tables can be joined from the rarer side.
func (w *writer) number(l *leaf, not bool) string {
	zero := func(expression string) string {
		if l.fits(0) != not {
			return "coalesce(" + expression + ", 0)"
		}
		return expression
	}
	switch l.Field {
	case Visits:
		w.stats()
		return zero("s.visits")
	case Orders:
		w.stats()
		return zero("s.orders")
	case SpendEver:
		w.stats()
		return zero("(s.gross - s.returned)")
	case AverageTicket:
		w.stats()
		return "(s.gross - s.returned) / nullif(s.orders, 0)"
	case AwayDays:
		w.stats()
		return "(" + w.arg(w.people.Today) + "::date - s.last_on)"
	case Spend12m:
		w.facts()
		return zero("f.spend_12m")
	case Points:
		w.member()
		w.join("accounts a ON a.merchant_id = c.merchant_id AND a.membership_id = m.id AND a.unit = " + w.unit())
		return "CASE WHEN m.id IS NOT NULL THEN coalesce(a.available, 0) END"
	case MemberDays:
		return "(" + w.arg(w.people.Today) + "::date - " + w.date(Joined) + ")"
	default:
		value := w.attribute(l.Field)
		return "CASE WHEN " + value + " ~ '^-?[0-9]{1,15}$' THEN " + value + "::bigint END"
	}
}

func (w *writer) stats() {
	w.join("customer_stats s ON s.merchant_id = c.merchant_id AND s.customer_id = c.id")
}

func (w *writer) facts() {
	w.join("customer_facts f ON f.merchant_id = c.merchant_id AND f.customer_id = c.id")
}

func (w *writer) member() {
	if !strings.Contains(w.from, "memberships m") {
		w.join("memberships m ON m.merchant_id = c.merchant_id AND m.customer_id = c.id AND m.left_at IS NULL AND m.program_id = " + w.arg(w.people.ProgramID))
	}
}

// unit is the argument of the unit, which stands in one join.
func (w *writer) unit() string {
	if at := strings.Index(w.from, "a.unit = "); at >= 0 {
		return strings.Fields(w.from[at:])[2]
	}
	return w.arg(w.people.Unit)
}

func (w *writer) date(f Field) string {
	if f != Joined {
		return "NULL::date"
	}
	w.member()
	return "(m.enrolled_at AT TIME ZONE " + w.arg(w.people.Zone) + ")::date"
}

// attribute joins the table of attributes once for each comparison.
func (w *writer) attribute(f Field) string {
	prefix, name := f.Own()
	if prefix != attribute {
		return "NULL::text"
	}
	alias := "t" + w.arg(name)[1:]
	w.join("customer_attributes " + alias + " ON " + alias + ".merchant_id = c.merchant_id AND " + alias + ".customer_id = c.id AND " + alias + ".name = $" + alias[1:])
	return alias + ".value"
}

// is writes what is no comparison of numbers; set says that who has no row is known to have none of it.
func (w *writer) is(l *leaf) (text string, set bool) {
	among := func() string { return " = ANY (" + w.arg(l.Value.Texts) + "::text[])" }
	switch l.Field {
	case Tier:
		w.member()
		return "CASE WHEN m.id IS NOT NULL THEN coalesce(m.tier_code, " + w.arg(w.people.BaseTier) + ") END" + among(), true
	case HomeStore:
		w.facts()
		return "f.home_store IN (SELECT id FROM stores WHERE merchant_id = $1 AND code" + among() + ")", true
	case MapPart:
		w.facts()
		return "10 * f.recency + f.frequency = ANY (" + w.arg(w.cells(l.Value.Texts)) + "::int[])", true
	case Consent:
		return `c.id IN (SELECT customer_id FROM (SELECT DISTINCT ON (customer_id, medium) customer_id, given FROM consents
			WHERE merchant_id = $1 AND kind = 'advertising' ORDER BY customer_id, medium, id DESC) latest WHERE given)`, true
	case Segment:
		return "c.id IN (SELECT customer_id FROM segment_members WHERE merchant_id = $1 AND 'g' || segment_id" + among() + ")", true
	case BirthdayIn:
		return w.birthday(w.people.Today, w.people.Today+calendar.Date(l.high)), false //nolint:gosec // at most mostSoon
	case BirthdayMonth:
		return w.birthday(w.people.Today.FirstOfMonth(), w.people.Today.EndOfMonth()), false
	}
	if prefix, _ := l.Field.Own(); prefix == attribute {
		return w.attribute(l.Field) + among(), true
	}
	return "false", false
}

func (w *writer) cells(parts []string) (cells []int32) {
	for _, part := range parts {
		if w.people.Parts != nil {
			cells = append(cells, w.people.Parts(part)...)
		}
	}
	return cells
}

// birthday asks whose birthday, by the calendar that they keep, falls within the days.
func (w *writer) birthday(from, through calendar.Date) string {
	var calendars []string
	var months, days []int32
	for _, b := range calendar.Birthdays(from, through, calendar.Rules{}) {
		calendars = append(calendars, string(b.Calendar))
		months, days = append(months, monthOf(b.Month)), append(days, int32(b.Day)) //nolint:gosec // at most 31
	}
	return "(c.birth_calendar, c.birth_month, c.birth_day) IN (SELECT * FROM unnest(" +
		w.arg(calendars) + "::text[], " + w.arg(months) + "::int[], " + w.arg(days) + "::int[]))"
}

func monthOf(m time.Month) int32 { return int32(m) } //nolint:gosec // at most 12
