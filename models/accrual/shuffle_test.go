package accrual_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

var (
	shuffled    = flag.Int("shuffled", many(400, 10_000), "how many events are shuffled and repeated")
	shuffleSeed = flag.Uint64("shuffle-seed", 0, "the order in which they are; 0: another one each time")
)

// many is how much is tried: as usual, or before a release.
func many(usual, all int) int {
	if os.Getenv("DANGOL_TEST_ALL") != "" {
		return all
	}
	return usual
}

// However orders, their revisions, refunds and cancellations come, and however often, they end in the same balances and
// lots, with the same counted of the limits and the same coupons, as told once and in order (S-F1, S-F5, S-L4).
func TestShuffledAndRepeatedEventsEndTheSame(t *testing.T) {
	t.Parallel()
	shop := shoptest.Sandbox(t, "Asia/Seoul", time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC), severalRules)
	seed := *shuffleSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("-shuffled %d -shuffle-seed %d", *shuffled, seed)
	random := rand.New(rand.NewPCG(seed, 1))
	told := &teller{shop: shop}
	for range 1 + *shuffled/perCustomer {
		for who := range told.customers {
			told.customers[who] = append(told.customers[who], shop.Meets(t, "somebody"))
		}
	}
	events := told.stories(random, *shuffled)
	for i := range events {
		events[i](t, 0)
	}
	again := slices.Clone(events)
	for range len(events) / 2 {
		again = append(again, events[random.IntN(len(events))])
	}
	random.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
	for i := range again {
		again[i](t, 1)
	}
	for i := range told.customers[0] {
		inOrder, mixed := told.state(t, told.customers[0][i]), told.state(t, told.customers[1][i])
		if !slices.Equal(inOrder, mixed) {
			t.Errorf("in order:\n%q\nshuffled:\n%q", inOrder, mixed)
		}
	}
	report, err := ledger.Verify(t.Context(), shop.DB, programs.Running)
	if err != nil || report.Found > 0 {
		t.Errorf("verify: %v, %+v", err, report.Findings)
	}
}

func severalRules(doc *terms.Terms) {
	name := terms.Text{Ko: "x", En: "x"}
	base := doc.Earning[0]
	base.Award = terms.Formula{Kind: terms.Rate, Rate: terms.Ratio{Num: 7, Den: 300}}
	often := func(per terms.LimitPeriod) []terms.Limit { return []terms.Limit{{Per: per, Times: 1_000_000}} }
	doc.Coupons = append(doc.Coupons, terms.CouponKind{Code: "next", Name: name, Amount: 1_000, Days: 30})
	doc.Earning = []terms.Rule{base,
		{Code: "next", Name: name, When: terms.OnPurchase, Award: terms.Formula{Kind: terms.AnyCoupon, Coupon: "next"}, Limits: often(terms.PerMonth)},
		{Code: "whole", Unit: "point", Name: name, When: terms.OnPurchase, Award: terms.Formula{Kind: terms.PerAmount, Every: 1_000, Points: 3}, Hold: terms.Hold{Days: 7}},
		{Code: "big", Unit: "point", Name: name, When: terms.OnPurchase, If: terms.Conditions{MinAmount: 15_000}, Award: terms.Formula{Kind: terms.Fixed, Points: 77}, Limits: often(terms.PerLife),
			Expiry: terms.Expiry{Kind: terms.RollingDays, Days: 30}},
		{Code: "tea", Unit: "point", Name: name, When: terms.OnPurchase, If: terms.Conditions{SKUs: terms.Selection{Only: []string{"tea"}}},
			Award: terms.Formula{Kind: terms.PerUnit, Points: 11}, Hold: terms.Hold{Event: "delivered", Within: 30}},
	}
}

// perCustomer is about how many events one customer has.
const perCustomer = 200

// teller tells the same stories of the customers of one list and of those of the other.
type teller struct {
	shop      *shoptest.Shop
	customers [2][]*shoptest.Customer
}

// event is something that the till tells of an order in the one list or in the other.
type event func(t *testing.T, who int)

// stories makes orders with revisions and refunds that are lawful in any order.
func (s *teller) stories(random *rand.Rand, n int) (events []event) {
	for order := 0; len(events) < n; order++ {
		least := int64(1 << 40)
		for revision := range 1 + random.IntN(4) {
			p := models.OrderParams{Total: 1_000 + random.Int64N(30_000), Revision: revision + 1}
			if random.IntN(2) == 0 {
				p.Lines = []models.OrderLine{{SKU: "tea", Quantity: 1 + random.IntN(5), Amount: p.Total / 2}, {SKU: "cake", Quantity: 1, Amount: p.Total - p.Total/2}}
			}
			least = min(least, p.Total)
			events = append(events, s.content(order, p))
		}
		for i := range random.IntN(4) {
			events = append(events, s.refund(order, models.RefundParams{ExternalID: fmt.Sprint("R", i), Amount: 1 + random.Int64N(least/4)}))
		}
		if random.IntN(4) == 0 {
			events = append(events, s.refund(order, models.RefundParams{ExternalID: "C", Cancels: true}))
		}
	}
	return events
}

func (s *teller) content(order int, p models.OrderParams) event {
	return func(t *testing.T, who int) {
		p := p
		p.ExternalID, p.Customer = fmt.Sprintf("%d-%d", who, order), &models.CustomerRef{ID: s.customers[who][order%len(s.customers[who])].ID}
		if _, err := accrual.Accrue(context.Background(), s.shop.DB, s.shop.MerchantID, s.shop.Till, store.Key{}, p); err != nil {
			t.Fatalf("order %s, revision %d: %v", p.ExternalID, p.Revision, err)
		}
	}
}

func (s *teller) refund(order int, p models.RefundParams) event {
	return func(t *testing.T, who int) {
		p := p
		p.OrderExternalID = fmt.Sprintf("%d-%d", who, order)
		p.ExternalID = p.OrderExternalID + p.ExternalID
		_, err := accrual.Refund(context.Background(), s.shop.DB, s.shop.MerchantID, s.shop.Till, store.Key{}, p)
		if err != nil && models.KindOf(err) != models.Conflict { // of an order that was cancelled
			t.Fatalf("refund %s: %v", p.ExternalID, err)
		}
	}
}

// state is what a customer has in the end: the four numbers, and what is left of each rule's award of each order, by when
// it comes and goes; what is counted of the limits; and how many coupons there are.
func (s *teller) state(t *testing.T, customer *shoptest.Customer) (lines []string) {
	a := customer.Has(t)
	left := map[string]int64{}
	for _, lot := range a.Lots {
		left[fmt.Sprint(lot.Source[len("order:pos:0-"):], " ", lot.Rule, " ", lot.Bucket, " ", lot.UsableFrom, lot.ActivatesOn, lot.ExpiresOn, lot.Awaits, lot.CancelsOn)] += lot.Remaining
	}
	for lot, points := range left {
		lines = append(lines, fmt.Sprint(lot, ": ", points))
	}
	slices.Sort(lines)
	lines = append(lines, fmt.Sprint(a.Pending, a.Available, a.Reserved, a.Deficit))
	s.shop.In(t, func(tx *store.Tx) error {
		var counted string
		var coupons int64
		defer func() { lines = append(lines, counted, fmt.Sprint(coupons, " coupons")) }()
		return tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce((SELECT string_agg(l.rule || ' ' || l.used, ', ' ORDER BY l.rule) FROM limit_uses l
				WHERE l.merchant_id = m.merchant_id AND l.scope = 'member' AND l.subject = m.id AND l.used > 0), ''),
			(SELECT count(*) FROM coupons c WHERE c.merchant_id = m.merchant_id AND c.membership_id = m.id AND c.revoked_at IS NULL)
			FROM memberships m WHERE m.merchant_id = $1 AND m.customer_id = $2`, tx.MerchantID(), customer.ID).Scan(&counted, &coupons)
	})
	return lines
}
