package accrual_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/calendar"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/redemption"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// The ledger against a model that shares no code with it: lots in a slice, orders in a map, plain integers. A tenth of
// what is paid, rounded down, lives to the end of the month after; points pay in any number; what a refund cannot find is
// owed.
func TestTheLedgerIsTheModel(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	shop := shoptest.Sandbox(t, "Asia/Seoul", start, simple)
	shop.Exec(t, `UPDATE merchants SET settings = '{"expire_untold": true}' WHERE id = $1`)
	m := &machine{shop: shop, t: t, now: start}
	rapid.Check(t, func(rt *rapid.T) {
		m.meet(rt)
		rt.Repeat(map[string]func(*rapid.T){
			"": m.compare, "buy": m.buy, "again": m.again, "refund": m.refund, "redeem": m.redeem, "reverse": m.reverse, "undo": m.undo, "wait": m.wait,
		})
	})
	report, err := ledger.Verify(t.Context(), shop.DB, programs.Running)
	if err != nil || report.Found > 0 {
		t.Errorf("verify: %v, %+v", err, report.Findings)
	}
}

func simple(doc *terms.Terms) {
	doc.Units[0].Expiry = terms.Expiry{Kind: terms.Rolling, Months: 1}
	doc.Earning = doc.Earning[:1]
	doc.Earning[0].Award.Rate = terms.Ratio{Num: 1, Den: 10}
	doc.Redemptions = []terms.Redemption{{Unit: "point", Share: 100, Beyond: terms.Refuse}}
}

// machine drives the shop and the model side by side.
type machine struct {
	shop *shoptest.Shop
	t    *testing.T
	now  time.Time
	who  *customer
}

type customer struct {
	*shoptest.Customer
	lots     []*lot
	orders   []*order
	payments []*payment
	deficit  int64
}

type lot struct {
	left  int64
	ends  string // last day, "2026-12-31"
	order *order
	born  int
}

type order struct {
	params          models.OrderParams
	id              int64
	day             string
	points, revoked int64
	returned        int64
	filled          int64 // of its points, what paid an old deficit
	spent, gone     bool
}

type payment struct {
	number string
	points int64
	from   []part
	gone   bool
}

type part struct {
	lot    *lot
	points int64
}

func (m *machine) meet(rt *rapid.T) { m.who = &customer{Customer: m.shop.Meets(m.t, "somebody")} }

func (m *machine) today() calendar.Date { return calendar.DateOf(m.now, m.zone()) }

func (m *machine) zone() *time.Location {
	zone, err := time.LoadLocation("Asia/Seoul")
	if err != nil {
		m.t.Fatal(err)
	}
	return zone
}

// gain is a credit: it pays what is owed first.
func (c *customer) gain(points int64, ends string, by *order) {
	paid := min(points, c.deficit)
	c.deficit -= paid
	if by != nil {
		by.filled = paid
	}
	if points > paid {
		c.lots = append(c.lots, &lot{left: points - paid, ends: ends, order: by, born: len(c.lots)})
	}
}

// inOrder are the lots as they are consumed.
func (c *customer) inOrder() []*lot {
	sorted := slices.Clone(c.lots)
	slices.SortStableFunc(sorted, func(a, b *lot) int {
		if a.ends != b.ends {
			if a.ends < b.ends {
				return -1
			}
			return 1
		}
		return a.born - b.born
	})
	return sorted
}

func (c *customer) take(points int64, lots []*lot) (parts []part, short int64) {
	for _, l := range lots {
		if n := min(points, l.left); n > 0 {
			l.left -= n
			points -= n
			parts = append(parts, part{l, n})
		}
	}
	return parts, points
}

func (c *customer) has() (sum int64) {
	for _, l := range c.lots {
		sum += l.left
	}
	return sum
}

func (m *machine) buy(rt *rapid.T) {
	amount := rapid.Int64Range(0, 20_000).Draw(rt, "amount")
	o := &order{params: models.OrderParams{ExternalID: m.shop.Number(), Customer: &models.CustomerRef{ID: m.who.ID}, Total: amount}, day: m.today().String()}
	o.params.ExternalID = fmt.Sprint("model-", o.params.ExternalID)
	result, err := accrual.Accrue(context.Background(), m.shop.DB, m.shop.MerchantID, m.shop.Clerk, store.Key{}, o.params)
	if err != nil {
		rt.Fatal(err)
	}
	o.id, o.points = result.OrderID, amount/10
	m.who.gain(o.points, m.today().AddMonths(1).EndOfMonth().String(), o)
	m.who.orders = append(m.who.orders, o)
}

func pick[T any](rt *rapid.T, from []T) T {
	if len(from) == 0 {
		rt.Skip("nothing yet")
	}
	return from[rapid.IntRange(0, len(from)-1).Draw(rt, "which")]
}

func (m *machine) again(rt *rapid.T) {
	o := pick(rt, m.who.orders)
	if result, err := accrual.Accrue(context.Background(), m.shop.DB, m.shop.MerchantID, m.shop.Clerk, store.Key{}, o.params); err != nil || !result.Replay {
		rt.Fatalf("told again: %+v, %v", result, err)
	}
}

func (m *machine) refund(rt *rapid.T) {
	o := pick(rt, m.who.orders)
	amount := rapid.Int64Range(1, 20_000).Draw(rt, "amount")
	_, err := accrual.Refund(context.Background(), m.shop.DB, m.shop.MerchantID, m.shop.Clerk, store.Key{},
		models.RefundParams{ExternalID: "R" + m.shop.Number(), OrderExternalID: o.params.ExternalID, Amount: amount})
	if o.gone || amount > o.params.Total-o.returned {
		if err == nil {
			rt.Fatalf("refunded %d of %+v", amount, o)
		}
		return
	}
	if err != nil {
		rt.Fatal(err)
	}
	o.returned += amount
	m.revoke(o, o.points*o.returned/o.params.Total-o.revoked)
}

// revoke takes back from the order's own lot, then from the others, and writes down what is owed.
func (m *machine) revoke(o *order, points int64) {
	o.revoked += points
	c := m.who
	own := slices.DeleteFunc(slices.Clone(c.lots), func(l *lot) bool { return l.order != o })
	_, short := c.take(points, own)
	_, short = c.take(short, c.inOrder())
	c.deficit += short
}

func (m *machine) redeem(rt *rapid.T) {
	points := rapid.Int64Range(1, 3_000).Draw(rt, "points")
	p := &payment{number: m.shop.Number(), points: points}
	_, err := redemption.Redeem(context.Background(), m.shop.DB, m.shop.MerchantID, m.shop.Clerk, store.Key{},
		models.RedemptionParams{ExternalID: p.number, Customer: models.CustomerRef{ID: m.who.ID}, Points: points})
	if points > m.who.has() {
		if err == nil {
			rt.Fatalf("paid %d of %d", points, m.who.has())
		}
		return
	}
	if err != nil {
		rt.Fatal(err)
	}
	p.from, _ = m.who.take(points, m.who.inOrder())
	for _, part := range p.from {
		if part.lot.order != nil {
			part.lot.order.spent = true
		}
	}
	m.who.payments = append(m.who.payments, p)
}

// reverse gives back: what is owed first, then the lots in the order in which they were taken, then thirty days.
func (m *machine) reverse(rt *rapid.T) {
	p := pick(rt, m.who.payments)
	_, err := redemption.Reverse(context.Background(), m.shop.DB, m.shop.MerchantID, m.shop.Till, store.Key{}, "counter", p.number)
	if err != nil {
		rt.Fatal(err)
	}
	if p.gone {
		return
	}
	p.gone = true
	paid := min(p.points, m.who.deficit)
	m.who.deficit -= paid
	left, ended := p.points-paid, int64(0)
	for _, part := range p.from {
		n := min(part.points, left)
		left -= n
		if part.lot.ends < m.today().String() {
			ended += n
		} else {
			part.lot.left += n
		}
	}
	m.who.gain(ended, m.today().AddDays(30).String(), nil)
}

func (m *machine) undo(rt *rapid.T) {
	o := pick(rt, m.who.orders)
	undone, err := accrual.Undo(context.Background(), m.shop.DB, m.shop.MerchantID, m.shop.Clerk, store.Key{}, o.id)
	switch {
	case o.gone:
		if err != nil || !undone.Replay {
			rt.Fatalf("undone twice: %+v, %v", undone, err)
		}
	case o.day != m.today().String() || o.returned > 0:
		if err == nil {
			rt.Fatalf("undone too late: %+v", o)
		}
	case errors.Is(err, models.Refusal("points_spent", nil)):
		if !o.spent {
			rt.Fatalf("nothing of %+v was spent", o)
		}
	case err != nil:
		rt.Fatal(err)
	default:
		o.gone = true
		m.revoke(o, o.points)
	}
}

func (m *machine) wait(rt *rapid.T) {
	m.now = m.now.Add(time.Duration(rapid.IntRange(1, 40*24).Draw(rt, "hours")) * time.Hour)
	m.shop.Exec(m.t, `UPDATE merchants SET clock_at = $2 WHERE id = $1`, m.now)
	for _, l := range m.who.lots {
		if l.ends < m.today().String() {
			l.left = 0
		}
	}
}

func (m *machine) compare(rt *rapid.T) {
	if got := m.who.Has(m.t); got.Available != m.who.has() || got.Deficit != m.who.deficit {
		rt.Fatalf("the ledger has %d and %d owed, the model %d and %d", got.Available, got.Deficit, m.who.has(), m.who.deficit)
	}
}
