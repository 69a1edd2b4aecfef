package rewards

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/programs/programstest"
	"dangol/models/store"
	"dangol/models/terms"
)

// shop sells cake, cinema tickets and mugs for points.
type shop struct {
	*programstest.Shop
	maya int64
	till models.Actor
}

func withRewards(t *terms.Terms) {
	t.Units = append(t.Units, terms.Unit{Code: "won", Kind: terms.Spendable, Name: terms.Text{Ko: "상품권"}, Worth: terms.Worth{Money: 1, Points: 1}, Expiry: terms.Expiry{Kind: terms.Never}})
	t.Coupons = append(t.Coupons, terms.CouponKind{Code: "slice", Name: terms.Text{Ko: "케이크"}, Amount: 5_000, Days: 30})
	reward := func(code string, kind terms.RewardKind, price int64) terms.Reward {
		return terms.Reward{Code: code, Name: terms.Text{Ko: code}, Kind: kind, Unit: "point", Price: price}
	}
	cake, cinema, mug, won := reward("cake", terms.RewardCoupon, 1_000), reward("cinema", terms.RewardCodes, 500), reward("mug", terms.RewardSent, 2_000), reward("won", terms.RewardCredit, 1_000)
	cake.Coupon, cake.PerMember = "slice", terms.Quota{Per: terms.PerMonth, Times: 2}
	mug.Stock = terms.Quota{Per: terms.PerLife, Times: 3}
	won.Into, won.Credit = "won", 1_200
	t.Rewards = []terms.Reward{cake, cinema, mug, won}
}

func open(t *testing.T, points int64, changes ...programstest.Change) *shop {
	t.Helper()
	s := &shop{Shop: programstest.New(t, append([]programstest.Change{withRewards}, changes...)...)}
	s.maya = s.Joins(t, "Maya")
	s.till = models.Actor{KeyID: 1, Source: "pos"}
	s.Gives(t, s.maya, points, "gift:1")
	return s
}

func (s *shop) claim(t *testing.T, id, reward string, reserve bool) (Receipt, error) {
	return Claim(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, models.ClaimParams{ExternalID: id, Reward: reward, Customer: s.Customer(t, s.maya), Reserve: reserve})
}

func (s *shop) confirm(t *testing.T, id string) (Receipt, error) {
	return Confirm(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, id)
}

func (s *shop) cancel(t *testing.T, id string) (Receipt, error) {
	return Cancel(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, id)
}

func (s *shop) imports(t *testing.T, n int) {
	t.Helper()
	codes := make([]string, n)
	for i := range codes {
		codes[i] = fmt.Sprintf("CINEMA-%03d", i)
	}
	s.In(t, func(tx *store.Tx) error {
		program, err := programs.One(tx, "")
		if err != nil {
			return err
		}
		added, err := ImportCodes(tx, program.Timeline.At(tx.Now()), program.ID, "cinema", codes)
		if err == nil && added != int64(n) {
			t.Errorf("%d codes are new, want %d", added, n)
		}
		return err
	})
}

func (s *shop) sound(t *testing.T) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), s.DB, programs.Running, s.MerchantID)
	if err != nil || report.Found > 0 {
		t.Errorf("%v: %+v", err, report)
	}
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if e, ok := errors.AsType[*models.Error](err); !ok || e.Kind != models.Refused || e.Code != code {
		t.Errorf("got %v, want the refusal %s", err, code)
	}
}

func TestARewardIsTakenForPoints(t *testing.T) {
	t.Parallel()
	s := open(t, 10_000)
	first, err := s.claim(t, "C1", "cake", false)
	if err != nil || first.State != models.ClaimIssued || first.Coupon == "" || first.Available != 9_000 {
		t.Fatalf("%+v, %v", first, err)
	}
	again, err := s.claim(t, "C1", "cake", false)
	if err != nil || !again.Replay || again.Coupon != first.Coupon || again.Available != 9_000 {
		t.Errorf("once for ever: %+v, %v", again, err)
	}
	if _, err = s.claim(t, "C1", "mug", false); models.KindOf(err) != models.Conflict {
		t.Errorf("another claim with its number: %v", err)
	}
	if _, err = s.claim(t, "C2", "cake", false); err != nil {
		t.Fatal(err)
	}
	_, err = s.claim(t, "C3", "cake", false)
	refused(t, err, "enough_for_one")
	for range 2 {
		if c, err := s.cancel(t, "C2"); err != nil || c.State != models.ClaimCancelled || c.Available != 9_000 || c.Coupon != "" {
			t.Fatalf("%+v, %v", c, err)
		}
	}
	if _, err = s.claim(t, "C4", "cake", false); err != nil {
		t.Errorf("what was cancelled counts no more: %v", err)
	}
	credit, err := s.claim(t, "C5", "won", false)
	if err != nil || credit.State != models.ClaimRedeemed || credit.Available != 7_000 {
		t.Fatalf("%+v, %v", credit, err)
	}
	if _, err = s.cancel(t, "C5"); models.KindOf(err) != models.Conflict {
		t.Errorf("credit is not taken back: %v", err)
	}
	s.sound(t)
}

func TestAThingIsHandedOver(t *testing.T) {
	t.Parallel()
	s := open(t, 10_000)
	for i := range 3 {
		if _, err := s.claim(t, fmt.Sprintf("M%d", i), "mug", false); err != nil {
			t.Fatal(err)
		}
	}
	_, err := s.claim(t, "M3", "mug", false)
	refused(t, err, "sold_out")
	if c, err := s.confirm(t, "M0"); err != nil || c.State != models.ClaimRedeemed {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err = s.cancel(t, "M0"); models.KindOf(err) != models.Conflict {
		t.Errorf("it is gone: %v", err)
	}
	if _, err = s.cancel(t, "M1"); err != nil {
		t.Error(err)
	}
	if _, err = s.claim(t, "M4", "mug", false); err != nil {
		t.Errorf("one came back: %v", err)
	}
	s.sound(t)
}

func TestAReservedRewardTimesOut(t *testing.T) { // S-R4
	t.Parallel()
	s := open(t, 10_000)
	s.imports(t, 1)
	kept, err := s.claim(t, "C1", "cinema", true)
	if err != nil || kept.State != models.ClaimReserved || kept.Code != nil || kept.Available != 9_500 {
		t.Fatalf("%+v, %v", kept, err)
	}
	_, err = s.claim(t, "C2", "cinema", true)
	refused(t, err, "sold_out")
	s.sound(t)
	s.Clock.Advance(15 * time.Minute)
	if n, err := ledger.ReleaseAll(t.Context(), s.DB, s.MerchantID, programs.Running); err != nil || n != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	_, err = s.confirm(t, "C1")
	refused(t, err, "reservation_ended")
	if kept, err = s.claim(t, "C3", "cinema", true); err != nil || kept.Available != 9_500 {
		t.Fatalf("its points and its code are free again: %+v, %v", kept, err)
	}
	if kept, err = s.confirm(t, "C3"); err != nil || kept.State != models.ClaimRedeemed || kept.Code == nil || *kept.Code != "CINEMA-000" {
		t.Fatalf("%+v, %v", kept, err)
	}
	s.sound(t)
}

// Two hundred claims on fifty codes are fifty, each with a code of its own.
func TestACodeIsGivenOnce(t *testing.T) {
	t.Parallel()
	s := open(t, 200_000)
	s.imports(t, 50)
	people := []int64{s.maya}
	for i := range 19 {
		people = append(people, s.Joins(t, fmt.Sprintf("Guest %d", i)))
		s.Gives(t, people[i+1], 10_000, "gift:1")
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	var given []string
	for i := range 200 {
		all.Go(func() {
			receipt, err := Claim(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, models.ClaimParams{
				ExternalID: fmt.Sprintf("C%d", i), Reward: "cinema", Customer: s.Customer(t, people[i%len(people)])})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				given = append(given, *receipt.Code)
			} else if models.KindOf(err) != models.Refused {
				t.Error(err)
			}
		})
	}
	all.Wait()
	slices.Sort(given)
	if len(given) != 50 || len(slices.Compact(given)) != 50 {
		t.Errorf("%d codes given", len(given))
	}
	s.sound(t)
}

func TestVerifySeesACodeThatWasGivenTwice(t *testing.T) {
	t.Parallel()
	s := open(t, 10_000)
	s.imports(t, 2)
	for _, id := range []string{"C1", "C2"} {
		if _, err := s.claim(t, id, "cinema", false); err != nil {
			t.Fatal(err)
		}
	}
	for name, plant := range map[string]string{
		"another code":           `UPDATE reward_claims SET code = 'CINEMA-000' WHERE merchant_id = $1 AND code = 'CINEMA-001'`,
		"a counter":              `INSERT INTO limit_uses (merchant_id, rule, scope, subject, period, used) VALUES ($1, 'shop/reward:mug', 'shop', 0, 'life', 2)`,
		"a claim without points": `UPDATE reward_claims SET state = 'cancelled' WHERE merchant_id = $1 AND external_id = 'C1'`,
	} {
		s.Exec(t, plant)
		if report, err := ledger.Verify(t.Context(), s.DB, programs.Running, s.MerchantID); err != nil || report.Found == 0 {
			t.Errorf("%s: not noticed, %v", name, err)
		}
		s.Exec(t, `DELETE FROM limit_uses WHERE merchant_id = $1 AND rule LIKE '%/reward:mug'`)
		s.Exec(t, `UPDATE reward_claims c SET code = k.code, state = 'redeemed' FROM reward_codes k WHERE c.merchant_id = $1 AND k.merchant_id = $1 AND k.claim_id = c.id`)
		s.sound(t)
	}
}
