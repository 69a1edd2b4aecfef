package merges_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/ledger"
	"dangol/models/merges"
	"dangol/models/programs"
	"dangol/models/redemption"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// tiered has two percent, half of it held for a week, a limit of three such orders a life, and tiers by spending.
func tiered(doc *terms.Terms) {
	doc.Redemptions[0].Minimum = 100
	name := terms.Text{Ko: "x", En: "x"}
	doc.Earning = append(doc.Earning[:1], terms.Rule{Code: "held", Unit: "point", Name: name, When: terms.OnPurchase,
		Award: terms.Formula{Kind: terms.Rate, Rate: terms.Percent(1)}, Hold: terms.Hold{Days: 7}, Limits: []terms.Limit{{Per: terms.PerLife, Times: 3}}})
	doc.Tiers = &terms.TierPlan{
		Metric: terms.MetricSpend, Window: terms.Window{Kind: terms.RollingMonths, Months: 12}, ReviewDay: 1,
		Validity: terms.Validity{Kind: terms.ValidForMonths, Months: 3}, Downgrade: terms.DownOneStep,
		Tiers: []terms.Tier{{Code: "member", Name: name}, {Code: "regular", Name: name, Threshold: 100_000}, {Code: "vip", Name: name, Threshold: 150_000}},
	}
}

func merge(t *testing.T, shop *shoptest.Shop, id string, from, into *shoptest.Customer) (merges.Receipt, error) {
	t.Helper()
	return merges.Merge(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, models.MergeParams{
		ExternalID: id, From: models.CustomerRef{ID: from.ID}, Into: models.CustomerRef{ID: into.ID}, Reason: "one and the same",
	})
}

func merged(t *testing.T, shop *shoptest.Shop, id string, from, into *shoptest.Customer) merges.Receipt {
	t.Helper()
	r, err := merge(t, shop, id, from, into)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func unmerge(t *testing.T, shop *shoptest.Shop, id string) (merges.Receipt, error) {
	t.Helper()
	return merges.UndoByNumber(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, id)
}

func pays(t *testing.T, shop *shoptest.Shop, id string, who *shoptest.Customer, points int64) {
	t.Helper()
	if _, err := redeem(t, shop, id, who, points, false); err != nil {
		t.Fatal(err)
	}
}

func redeem(t *testing.T, shop *shoptest.Shop, id string, who *shoptest.Customer, points int64, reserve bool) (redemption.Receipt, error) {
	t.Helper()
	return redemption.Redeem(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{},
		models.RedemptionParams{ExternalID: id, Customer: models.CustomerRef{ID: who.ID}, Points: points, Reserve: reserve})
}

func sound(t *testing.T, shop *shoptest.Shop) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), shop.DB, programs.Running)
	if err != nil || report.Found > 0 {
		t.Errorf("verify: %v, %+v", err, report.Findings)
	}
}

func code(err error) string {
	e, ok := errors.AsType[*models.Error](err)
	if !ok {
		return fmt.Sprint(err)
	}
	if len(e.Fields) > 0 {
		return e.Fields[0].Field + " " + e.Fields[0].Code
	}
	return e.Code
}

// everything is what is true of the shop's customers, but for the entries, of which there are more and more.
func everything(t *testing.T, shop *shoptest.Shop) (rows []string) {
	t.Helper()
	shop.In(t, func(tx *store.Tx) error {
		found, err := tx.PG().Query(tx.Ctx(), `
			SELECT 'customer ' || (to_jsonb(c) #>> '{}') FROM customers c WHERE merchant_id = $1
			UNION ALL SELECT 'order ' || id || ' of ' || coalesce(customer_id, 0) || ' ' || refunded FROM orders WHERE merchant_id = $1
			UNION ALL SELECT 'month ' || (to_jsonb(m) #>> '{}') FROM customer_months m WHERE merchant_id = $1
			UNION ALL SELECT 'stats ' || (to_jsonb(s) #>> '{}') FROM customer_stats s WHERE merchant_id = $1
			UNION ALL SELECT 'member ' || (to_jsonb(m) - '{tier_seq,tier_digest,settled_to,next_due}'::text[] #>> '{}') FROM memberships m WHERE merchant_id = $1
			UNION ALL SELECT 'account ' || concat_ws(' ', id, pending, available, reserved, deficit) FROM accounts WHERE merchant_id = $1
			UNION ALL SELECT 'lot ' || (to_jsonb(l) #>> '{}') FROM lots l WHERE merchant_id = $1 AND remaining > 0
			UNION ALL SELECT 'counter ' || (to_jsonb(u) #>> '{}') FROM limit_uses u WHERE merchant_id = $1
			UNION ALL SELECT 'coupon ' || (to_jsonb(c) #>> '{}') FROM coupons c WHERE merchant_id = $1
			UNION ALL SELECT 'issue ' || (to_jsonb(i) #>> '{}') FROM occasion_issues i WHERE merchant_id = $1
			ORDER BY 1`, tx.MerchantID())
		if err != nil {
			return err
		}
		defer found.Close()
		for found.Next() {
			var row string
			if err := found.Scan(&row); err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return found.Err()
	})
	return rows
}

func same(t *testing.T, before, after []string) {
	t.Helper()
	for _, row := range before {
		if !slices.Contains(after, row) {
			t.Errorf("was, and is not: %s", row)
		}
	}
	for _, row := range after {
		if !slices.Contains(before, row) {
			t.Errorf("was not, and is: %s", row)
		}
	}
}

// two are Maya with 100,000 spent and her duplicate with 60,000, of whose 1,200 points 200 were used.
func two(t *testing.T) (*shoptest.Shop, accrual.Result) {
	t.Helper()
	shop := shoptest.New(t, tiered)
	shop.Maya.Buys(t, "60,000")
	shop.Maya.Buys(t, "40,000")
	shop.Clock.Advance(24 * time.Hour)
	order := shop.Joon.Buys(t, "50,000")
	shop.Joon.Buys(t, "10,000")
	pays(t, shop, "P1", shop.Joon, 200)
	return shop, order
}

func TestTwoBecomeOne(t *testing.T) {
	t.Parallel()
	shop, _ := two(t)
	r := merged(t, shop, "M1", shop.Joon, shop.Maya)
	if r.Orders != 2 || r.Points != 1 {
		t.Errorf("%+v", r)
	}
	has := shop.Maya.Has(t)
	if has.Available != 2_000+1_000 || has.Pending != 1_000+600 || len(has.Lots) != 8 {
		t.Errorf("%+v", has)
	}
	if shop.Joon.Has(t).Available != has.Available {
		t.Error("whoever means the duplicate is told of somebody else")
	}
	if again, err := merge(t, shop, "M1", shop.Joon, shop.Maya); err != nil || !again.Replay || again.ID != r.ID || again.Orders != 2 {
		t.Errorf("%+v, %v", again, err)
	}
	for want, try := range map[string]func() (merges.Receipt, error){
		"merge_has_changed":   func() (merges.Receipt, error) { return merge(t, shop, "M1", shop.Maya, shop.Joon) },
		"from already_merged": func() (merges.Receipt, error) { return merge(t, shop, "M2", shop.Joon, shop.Maya) },
		"into same_customer":  func() (merges.Receipt, error) { return merge(t, shop, "M2", shop.Maya, shop.Joon) },
		"from unknown":        func() (merges.Receipt, error) { return merge(t, shop, "M2", &shoptest.Customer{ID: 999}, shop.Maya) },
		"not_found":           func() (merges.Receipt, error) { return unmerge(t, shop, "M9") },
	} {
		if _, err := try(); code(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if tier := shop.ID(t, `SELECT count(*) FROM memberships WHERE merchant_id = $1 AND customer_id = $2 AND tier_code = 'vip'`, shop.Maya.ID); tier != 1 {
		t.Error("160,000 of both do not make a VIP")
	}
	// The third held order was the life's last, of both together.
	if result := shop.Joon.Buys(t, "10,000"); result.CustomerID != shop.Maya.ID || len(result.Members) != 1 || len(result.Members[0].Awards) != 1 {
		t.Errorf("%+v", result)
	}
	sound(t, shop)
}

func TestUndoneItIsAsBefore(t *testing.T) {
	t.Parallel()
	shop, _ := two(t)
	before := everything(t, shop)
	merged(t, shop, "M1", shop.Joon, shop.Maya)
	r, err := unmerge(t, shop, "M1")
	if err != nil || r.UndoneAt == nil || r.Orders != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	same(t, before, everything(t, shop))
	sound(t, shop)
	if again, err := unmerge(t, shop, "M1"); err != nil || !again.Replay {
		t.Errorf("%+v, %v", again, err)
	}
	// Holds end in between: the undoing finds the points where they are, and the duplicate's own days are caught up with.
	merged(t, shop, "M2", shop.Joon, shop.Maya)
	shop.Clock.Advance(10 * 24 * time.Hour)
	shop.Maya.Wants(t, 3_000+1_600)
	if _, err := unmerge(t, shop, "M2"); err != nil {
		t.Fatal(err)
	}
	shop.Maya.Wants(t, 3_000)
	shop.Joon.Wants(t, 1_600)
	sound(t, shop)
}

func TestWhatWasUsedIsNotUndone(t *testing.T) {
	t.Parallel()
	for name, use := range map[string]func(*shoptest.Shop, accrual.Result){
		"points": func(shop *shoptest.Shop, _ accrual.Result) { pays(t, shop, "P2", shop.Maya, 2_500) },
		"order":  func(shop *shoptest.Shop, order accrual.Result) { shop.Returns(t, order, "10,000") },
	} {
		shop, order := two(t)
		merged(t, shop, "M1", shop.Joon, shop.Maya)
		use(shop, order)
		if _, err := unmerge(t, shop, "M1"); code(err) != "merge_used" {
			t.Errorf("%s: %v", name, err)
		}
		sound(t, shop)
	}
}

func TestARefundAfterwardsTakesFromTheirOwnLotFirst(t *testing.T) {
	t.Parallel()
	shop, order := two(t)
	merged(t, shop, "M1", shop.Joon, shop.Maya)
	shop.Returns(t, order, "25,000") // half of 1,000 and of 500 pending; 200 of its 1,000 are spent
	if has := shop.Maya.Has(t); has.Available != 2_500 || has.Pending != 1_350 {
		t.Errorf("%+v", has)
	}
	if last := shop.Maya.Entries(t); !slices.Contains(last[len(last)-3:], "cancel_hold pending -250 refund:pos:RA5/held") {
		t.Errorf("%q", last)
	}
	shop.Returns(t, order, "25,000")
	if has := shop.Maya.Has(t); has.Available != 2_000 || has.Pending != 1_100 {
		t.Errorf("%+v", has)
	}
	sound(t, shop)
}

func TestWhatHadBeenPaidComesToTheOneWhoGoesOn(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, tiered)
	shop.Joon.Buys(t, "100,000")
	pays(t, shop, "P1", shop.Joon, 1_000)
	pays(t, shop, "P2", shop.Joon, 500)
	paid := shop.Joon.Order(t, "20,000")
	paid.Redemption = "P1"
	order := shop.Posts(t, paid)
	merged(t, shop, "M1", shop.Joon, shop.Maya)
	before := shop.Maya.Has(t).Available
	shop.Returns(t, order, "20,000")
	shop.Maya.Wants(t, before+1_000-380)
	if _, err := redemption.Reverse(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, "pos", "P2"); err != nil {
		t.Fatal(err)
	}
	shop.Maya.Wants(t, before+1_000-380+500)
	sound(t, shop)
}

func TestMergesFollowOneAnother(t *testing.T) {
	t.Parallel()
	shop, order := two(t)
	nana := shop.Meets(t, "Nana")
	nana.Buys(t, "10,000")
	before := everything(t, shop)
	merged(t, shop, "M1", shop.Joon, shop.Maya)
	between := everything(t, shop)
	merged(t, shop, "M2", shop.Maya, nana)
	if has := shop.Joon.Has(t); has.Available != 3_200 || has.Pending != 1_700 {
		t.Errorf("%+v", has)
	}
	sound(t, shop)
	if _, err := unmerge(t, shop, "M1"); code(err) != "merge_built_upon" {
		t.Error(err)
	}
	if _, err := unmerge(t, shop, "M2"); err != nil {
		t.Fatal(err)
	}
	same(t, between, everything(t, shop))
	if _, err := unmerge(t, shop, "M1"); err != nil {
		t.Fatal(err)
	}
	same(t, before, everything(t, shop))
	merged(t, shop, "M3", shop.Joon, shop.Maya)
	merged(t, shop, "M4", shop.Maya, nana)
	shop.Returns(t, order, "50,000")
	if has := nana.Has(t); has.Available != 2_200 || has.Pending != 1_200 {
		t.Errorf("%+v", has)
	}
	sound(t, shop)
}

func TestWhatIsSetAsideIsInTheWay(t *testing.T) {
	t.Parallel()
	shop, _ := two(t)
	if _, err := redeem(t, shop, "P9", shop.Joon, 100, true); err != nil {
		t.Fatal(err)
	}
	if _, err := merge(t, shop, "M1", shop.Joon, shop.Maya); code(err) != "merge_reserved" {
		t.Error(err)
	}
	sound(t, shop)
}

func TestAFloorAndADebtFollow(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, tiered, func(doc *terms.Terms) { doc.Refunds.Shortfall = terms.Deficit })
	shop.Maya.Buys(t, "20,000")
	order := shop.Joon.Buys(t, "50,000")
	pays(t, shop, "P1", shop.Joon, 1_000)
	shop.Returns(t, order, "50,000")
	if has := shop.Joon.Has(t); has.Deficit != 1_000 {
		t.Fatalf("%+v", has)
	}
	before := everything(t, shop)
	merged(t, shop, "M1", shop.Joon, shop.Maya)
	if has := shop.Maya.Has(t); has.Deficit != 600 || has.Available != 0 || has.Pending != 200 {
		t.Errorf("%+v", has)
	}
	sound(t, shop)
	if _, err := unmerge(t, shop, "M1"); err != nil {
		t.Fatal(err)
	}
	same(t, before, everything(t, shop))
	sound(t, shop)
}

// F14: a merge against a till that posts, pays and refunds for both; whatever comes first, nothing is lost or doubled.
func TestMergingWhileTheTillGoesOn(t *testing.T) {
	t.Parallel()
	shop, order := two(t)
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			who := []*shoptest.Customer{shop.Joon, shop.Maya}[i%2]
			bought := models.OrderParams{ExternalID: fmt.Sprint("X", i), Customer: &models.CustomerRef{ID: who.ID}, Currency: "KRW", Total: 1_000}
			if _, err := accrual.Accrue(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, bought); err != nil {
				t.Error(err)
			}
			if _, err := redeem(t, shop, fmt.Sprint("Y", i), who, 100, false); err != nil && code(err) != "not_enough_points" {
				t.Error(err)
			}
		})
	}
	all.Go(func() {
		if _, err := merge(t, shop, "M1", shop.Joon, shop.Maya); err != nil {
			t.Error(err)
		}
	})
	all.Go(func() {
		if _, err := accrual.Refund(t.Context(), shop.DB, shop.MerchantID, shop.Till, store.Key{}, models.RefundParams{ExternalID: "F1", OrderExternalID: order.ExternalID, Amount: 10_000}); err != nil {
			t.Error(err)
		}
	})
	all.Wait()
	used := shop.ID(t, `SELECT count(*) FROM redemptions WHERE merchant_id = $1 AND external_id LIKE 'Y%'`)
	shop.Maya.Wants(t, 3_000-200+12*20-100*used)
	sound(t, shop)
}
