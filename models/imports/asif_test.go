package imports

import (
	"fmt"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
)

// mayas shop counts a point for each 1,000 won; silver from 30,000 in 12 months, gold from 100,000.
func (c *counter) won(t testing.TB) { c.publish(t, "KRW", 1000, 30_000, 100_000, past) }

func TestAsIfTheTermsHadBeenInForce(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.won(t)
	imp := c.upload(t, "a.csv", "phone,date,amount\n"+
		"010-1111-2222,2023-12-31,9000\n"+ // before the terms
		"010-1111-2222,2024-03-05,12000\n"+
		"010-1111-2222,2026-10-01,40999\n"+
		"010-3333-4444,2026-11-01,999\n")
	c.choose(t, imp.ID, Choice{Mode: AsIf})
	checked := c.step(t, imp.ID, c.desk.StartCheck)
	if got := checked.Counts; got.Early != 1 || fmt.Sprint(got.Points) != "[{points 52 0 52}]" || checked.Version != 1 {
		t.Errorf("%+v", checked)
	}
	done := c.step(t, imp.ID, c.desk.StartRun)
	if done.State != Done {
		t.Fatalf("%+v", done)
	}
	for sql, want := range map[string]int64{
		`SELECT count(*) FROM memberships`: 2,
		`SELECT count(*) FROM memberships m JOIN customers c ON c.id = m.customer_id
			WHERE c.phone = '+821011112222' AND m.enrolled_at = '2024-03-05 00:00+09' AND m.tier_code = 'silver'`: 1,
		`SELECT sum(points) FROM entries WHERE kind = 'earn'`:                                                                               52,
		`SELECT count(*) FROM orders WHERE membership_id IS NULL`:                                                                           1,
		`SELECT count(*) FROM entries e JOIN orders o ON o.id = e.order_id WHERE e.kind = 'earn'`:                                           2,
		`SELECT count(*) FROM merchants WHERE first_order_at IS NOT NULL AND first_posting_at IS NULL AND id = ` + fmt.Sprint(c.MerchantID): 1,
		`SELECT sum(gross) FROM customer_stats`:                                                                                             62998,
	} {
		if got := c.number(t, sql); got != want {
			t.Errorf("%d, want %d: %s", got, want, sql)
		}
	}
	if again := c.bring(t, "phone,date,amount\n010-1111-2222,2026-10-01,40999\n", Choice{Mode: AsIf}); again.Counts.New != 0 {
		t.Errorf("again: %+v", again.Counts)
	}
}

// What comes later but is older is rated with the tier that was held then, and changes nothing after it.
func TestOlderPurchasesAreRatedByTheirTime(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.won(t)
	c.bring(t, "phone,date,amount\n010-1111-2222,2026-03-01,50000\n010-1111-2222,2026-08-01,1000\n", Choice{Mode: AsIf})
	tiers := c.number(t, `SELECT count(*) FROM tier_changes`)
	late := c.bring(t, "phone,date,amount\n010-1111-2222,2026-02-01,7000\n010-1111-2222,2026-11-22,1000\n", Choice{Mode: AsIf})
	if late.Counts.Late != 1 || late.Counts.New != 2 {
		t.Errorf("%+v", late.Counts)
	}
	if got := c.number(t, `SELECT sum(points) FROM entries WHERE kind = 'earn'`); got != 59 {
		t.Errorf("%d points", got)
	}
	if got := c.number(t, `SELECT count(*) FROM tier_changes`); got != tiers {
		t.Errorf("%d tier changes, were %d", got, tiers)
	}
	if got := c.number(t, `SELECT count(*) FROM entries a JOIN entries b ON b.account_id = a.account_id AND b.seq = a.seq + 1 AND b.at < a.at`); got != 0 {
		t.Error("business time went back inside an account")
	}
	c.verify(t)
}

func TestAsIfOnlyBeforeTheFirstLivePosting(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.won(t)
	imp := c.upload(t, "a.csv", orders1)
	c.choose(t, imp.ID, Choice{Mode: AsIf})
	c.step(t, imp.ID, c.desk.StartCheck)
	c.exec(t, `UPDATE merchants SET first_posting_at = $1 WHERE id = $2`, c.Clock.Now(), c.MerchantID)
	_, err := c.desk.StartRun(t.Context(), c.MerchantID, imp.ID, models.Actor{})
	if e, ok := err.(*models.Error); !ok || e.Code != "already_posting" {
		t.Errorf("%v", err)
	}
}

func TestAsIfNeedsAProgramme(t *testing.T) {
	t.Parallel()
	c := open(t)
	imp := c.upload(t, "a.csv", orders1)
	c.choose(t, imp.ID, Choice{Mode: AsIf})
	if _, err := c.desk.StartCheck(t.Context(), c.MerchantID, imp.ID, models.Actor{}); models.KindOf(err) != models.Invalid {
		t.Errorf("%v", err)
	}
}

const balances = "phone,보유 적립금,소멸예정일\n010-1111-2222,\"1,500\",2027-01-31\n010-3333-4444,0,\n010-5555-6666,20,\n010-5555-6666,-1,\n010-7777-8888,1,2026-01-31\n"

func TestOpeningBalances(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.won(t)
	imp := c.upload(t, "a.csv", balances)
	if imp.Mode != Opening {
		t.Fatalf("%+v", imp)
	}
	checked := c.step(t, imp.ID, c.desk.StartCheck)
	if got := fmt.Sprint(c.faults(t, imp.ID)); got != "[{5 2 count_negative -1} {6 3 expires_past 2026-01-31}]" {
		t.Error(got)
	}
	if got := fmt.Sprint(checked.Counts.Points); got != "[{points 1520 0 1520}]" {
		t.Error(got)
	}
	c.step(t, imp.ID, c.desk.StartRun)
	for sql, want := range map[string]int64{
		`SELECT count(*) FROM memberships`:                                                                       3,
		`SELECT sum(available) FROM accounts`:                                                                    1520,
		`SELECT count(*) FROM lots WHERE points = 1500 AND expires_on = '2027-01-31'`:                            1,
		`SELECT count(*) FROM lots WHERE points = 20 AND expires_on = '2027-11-30'`:                              1,
		`SELECT count(*) FROM merchants WHERE first_posting_at IS NOT NULL AND id = ` + fmt.Sprint(c.MerchantID): 1,
	} {
		if got := c.number(t, sql); got != want {
			t.Errorf("%d, want %d: %s", got, want, sql)
		}
	}
	if again := c.bring(t, balances, Choice{}); again.Counts.New != 0 || again.Counts.Known != 2 {
		t.Errorf("again: %+v", again.Counts)
	}
	undone := c.step(t, imp.ID, c.desk.StartUndo)
	if undone.State != Undone || c.number(t, `SELECT sum(available) FROM accounts`) != 0 {
		t.Errorf("%+v", undone)
	}
	c.verify(t)
	if third := c.bring(t, balances, Choice{}); third.Counts.New != 2 || c.number(t, `SELECT sum(available) FROM accounts`) != 1520 {
		t.Errorf("after the undoing: %+v", third.Counts)
	}
}

// Recorded purchases give nothing, but who is a member has today the tier that they make.
func TestRecordedPurchasesCountTowardsTiers(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.won(t)
	c.bring(t, "phone,points\n010-1111-2222,5\n", Choice{})
	imp := c.bring(t, "phone,date,amount\n010-1111-2222,2026-05-01,120000\n010-1111-2222,2024-05-01,120000\n010-9999-8888,2026-05-01,120000\n", Choice{})
	for sql, want := range map[string]int64{
		`SELECT sum(available) FROM accounts`:                                          5,
		`SELECT count(*) FROM memberships`:                                             1,
		`SELECT count(*) FROM memberships WHERE tier_code = 'gold'`:                    1,
		`SELECT count(*) FROM tier_changes WHERE to_code = 'gold' AND amount = 120000`: 1,
		`SELECT sum(orders) FROM customer_stats`:                                       3,
	} {
		if got := c.number(t, sql); got != want {
			t.Errorf("%d, want %d: %s", got, want, sql)
		}
	}
	c.step(t, imp.ID, c.desk.StartUndo)
	if got := c.number(t, `SELECT count(*) FROM memberships WHERE tier_code = 'gold'`); got != 0 {
		t.Error("the tier outlives the purchases that gave it")
	}
	c.verify(t)
}

func TestUndoTakesBackWhatWasNotSpent(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.won(t)
	file := "phone,date,amount,order no\n010-1111-2222,2026-10-01,120000,A1\n010-3333-4444,2026-10-01,20000,A2\n010-3333-4444,2025-01-01,3000,A3\n"
	imp := c.bring(t, file, Choice{Mode: AsIf})
	c.spend(t, "+821011112222", 10)

	undone := c.step(t, imp.ID, c.desk.StartUndo)
	if undone.State != Undone || undone.Counts.Refused != 1 || undone.Counts.Withdrawn != 2 {
		t.Errorf("%+v", undone)
	}
	for sql, want := range map[string]int64{
		`SELECT sum(available) FROM accounts`:                    110,
		`SELECT sum(deficit) FROM accounts`:                      0,
		`SELECT count(*) FROM orders WHERE withdrawn_at IS NULL`: 1,
		`SELECT sum(gross) FROM customer_stats`:                  120000,
		`SELECT count(*) FROM entries e JOIN entries w ON w.account_id = e.account_id AND w.seq = e.reverses_seq WHERE e.kind = 'clawback' AND e.order_id = w.order_id`: 2,
		`SELECT count(*) FROM import_refusals r JOIN customers c ON c.id = r.customer_id WHERE c.phone = '+821011112222'`:                                               1,
	} {
		if got := c.number(t, sql); got != want {
			t.Errorf("%d, want %d: %s", got, want, sql)
		}
	}
	again := c.bring(t, file, Choice{Mode: AsIf})
	if again.Counts.New != 2 || again.Counts.Known != 1 || c.number(t, `SELECT sum(available) FROM accounts`) != 130 {
		t.Errorf("after the undoing: %+v", again.Counts)
	}
	c.verify(t)
	if third := c.bring(t, file, Choice{Mode: AsIf}); third.Counts.New != 0 || third.Counts.Known != 3 {
		t.Errorf("and again: %+v", third.Counts)
	}
}

// The coupons that an import's purchases gave go with them, and from the limits of their rules, those of months long past
// too; one that was used stays.
func TestUndoTakesBackCoupons(t *testing.T) { // S-F5
	t.Parallel()
	c := open(t)
	c.publishAlso(t, "KRW", 1000, 30_000, 100_000, past, func(doc *terms.Terms) {
		doc.Coupons = []terms.CouponKind{{Code: "next", Name: doc.Name, Amount: 1_000, Days: 3650}}
		doc.Earning = append(doc.Earning, terms.Rule{Code: "next", Name: doc.Name, When: terms.OnPurchase, Award: terms.Formula{Kind: terms.AnyCoupon, Coupon: "next"},
			Limits: []terms.Limit{{Per: terms.PerYear, Times: 5}}})
	})
	stays := c.bring(t, "phone,date,amount,order no\n010-3333-4444,2025-05-01,900,B1\n", Choice{Mode: AsIf})
	goes := c.bring(t, "phone,date,amount,order no\n010-1111-2222,2026-10-01,900,A1\n010-3333-4444,2025-10-01,900,A2\n010-5555-6666,2026-10-01,900,A3\n", Choice{Mode: AsIf})
	c.exec(t, `UPDATE coupons SET used_at = issued_at, used_on = valid_from WHERE cause = 'order:import:A3/next'`)
	if undone := c.step(t, goes.ID, c.desk.StartUndo); undone.State != Undone {
		t.Fatalf("%+v", undone)
	}
	for sql, want := range map[string]int64{
		`SELECT count(*) FROM coupons WHERE revoked_at IS NOT NULL AND cause IN ('order:import:A1/next', 'order:import:A2/next')`: 2,
		`SELECT count(*) FROM coupons WHERE revoked_at IS NULL`:                                                                   2,
		`SELECT sum(used) FROM limit_uses WHERE rule = 'shop/next'`:                                                               2,
		`SELECT used FROM limit_uses u JOIN memberships m ON m.id = u.subject JOIN customers c ON c.id = m.customer_id
			WHERE rule = 'shop/next' AND period = 'year:2025' AND c.phone = '+821033334444'`: 1,
	} {
		if got := c.number(t, sql); got != want {
			t.Errorf("%d, want %d: %s", got, want, sql)
		}
	}
	if undone := c.step(t, stays.ID, c.desk.StartUndo); undone.State != Undone || c.number(t, `SELECT count(*) FROM coupons WHERE revoked_at IS NULL`) != 1 {
		t.Errorf("%+v", undone)
	}
	c.verify(t)
}

// An order is withdrawn in real time, as it is recorded, wherever the shop's clock stands: what compares the two must be right in
// a sandbox too.
func TestUndoWithdrawsInRealTime(t *testing.T) {
	t.Parallel()
	c := sandbox(t, "Asia/Seoul", "KRW", time.Date(2025, 1, 10, 3, 0, 0, 0, time.UTC))
	imp := c.bring(t, "phone,date,amount\n010-1111-2222,2025-01-01,900\n", Choice{Mode: Record})
	c.step(t, imp.ID, c.desk.StartUndo)
	if n := c.number(t, `SELECT count(*) FROM orders WHERE withdrawn_at >= recorded_at`); n != 1 {
		t.Errorf("%d orders were withdrawn after they were recorded", n)
	}
}

// spend lets a member pay with points.
func (c *counter) spend(t testing.TB, phone string, points int64) {
	t.Helper()
	c.tx(t, func(tx *store.Tx) error {
		running, err := programs.Running(tx)
		if err != nil {
			return err
		}
		members, err := ledger.Load(tx, running, 0, ledger.Of(models.CustomerRef{Phone: phone}))
		if err != nil {
			return err
		}
		m := members[0]
		_, err = tx.PG().Exec(tx.Ctx(), `INSERT INTO grants (merchant_id, id, membership_id, unit, points, reason, cause, at, business_date)
			OVERRIDING SYSTEM VALUE VALUES ($1, 1, $2, 'points', $3, 'mistake', 'test', $4, $5)`, tx.MerchantID(), m.ID, -points, tx.Now(), tx.Now())
		if err != nil {
			return err
		}
		out, refusal := m.Program.Timeline.At(tx.Now()).Grant(&m.Member, &terms.Grant{
			Source: "grant:1", Reason: "mistake", At: tx.Now(), Day: tx.Today(), Points: -points})
		if refusal.Refused() {
			t.Fatal(refusal)
		}
		return ledger.Write(tx, ledger.Change{Member: m, Outcomes: []terms.Outcome{out}})
	})
}

func TestAChunkIsWrittenOnce(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.won(t)
	imp := c.upload(t, "a.csv", orders1)
	c.choose(t, imp.ID, Choice{Mode: AsIf})
	c.step(t, imp.ID, c.desk.StartCheck)
	write := func() error {
		return store.InTx(t.Context(), c.DB, c.MerchantID, func(tx *store.Tx) error {
			imp, err := Find(tx, imp.ID)
			if err != nil {
				return err
			}
			j, err := imp.job(tx)
			if err != nil {
				return err
			}
			part := &chunk{number: 1, firstPerson: 1, lastPerson: 99, firstSeq: new(int), lastSeq: new(int)}
			*part.lastSeq = 99
			if err := j.write(tx, part); err != nil {
				return err
			}
			return part.mark(tx, imp.ID)
		})
	}
	if err := write(); err != nil {
		t.Fatal(err)
	}
	if err := write(); err == nil {
		t.Error("written twice")
	}
	if n := c.number(t, `SELECT count(*) FROM orders`); n != 3 {
		t.Errorf("%d orders", n)
	}
}
