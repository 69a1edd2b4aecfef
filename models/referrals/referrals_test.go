package referrals_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/coupons"
	"dangol/models/days"
	"dangol/models/ledger"
	"dangol/models/merges"
	"dangol/models/programs"
	"dangol/models/referrals"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
)

// bringing pays 500 to who brings, and 250 with a coupon to who is brought.
func bringing(doc *terms.Terms) {
	doc.Earning = doc.Earning[:1]
	for when, points := range map[terms.When]int64{terms.OnReferral: 500, terms.OnReferred: 250} {
		doc.Earning = append(doc.Earning, terms.Rule{Code: string(when), Unit: "point", Name: terms.Text{Ko: "소개"}, When: when,
			Award: terms.Formula{Kind: terms.Fixed, Points: points}})
	}
	doc.Coupons = append(doc.Coupons, terms.CouponKind{Code: "hello", Name: terms.Text{Ko: "반가워요"}, Amount: 1_000, Days: 365})
	doc.Earning = append(doc.Earning, terms.Rule{Code: "hello", Name: terms.Text{Ko: "반가워요"}, When: terms.OnReferred, Award: terms.Formula{Kind: terms.AnyCoupon, Coupon: "hello"}})
	doc.Referral = &terms.Referral{Minimum: 20_000, Limit: terms.Quota{Per: terms.PerMonth, Times: 2}}
}

func at(day string) time.Time { return calendar.MustParse(day).In(time.UTC).Add(3 * time.Hour) }

func moves(t *testing.T, s *shoptest.Shop, day string) {
	t.Helper()
	id, err := days.MoveClock(t.Context(), s.DB, s.MerchantID, models.Actor{}, at(day))
	if err == nil {
		err = days.RunClock(t.Context(), s.DB, s.MerchantID, id, func(context.Context, int64) error { return nil })
	}
	if err != nil {
		t.Fatal(err)
	}
}

func codeOf(t *testing.T, s *shoptest.Shop, c *shoptest.Customer) string {
	t.Helper()
	drawn, _, err := referrals.Code(t.Context(), s.DB, s.MerchantID, store.Key{}, "", models.CustomerRef{ID: c.ID})
	if err != nil {
		t.Fatal(err)
	}
	return drawn.Code
}

func refers(t *testing.T, s *shoptest.Shop, id, code string, friend *shoptest.Customer) referrals.Referral {
	t.Helper()
	r, err := referrals.Refer(t.Context(), s.DB, s.MerchantID, s.Till, store.Key{}, models.ReferralParams{ExternalID: id, Code: code, Friend: models.CustomerRef{ID: friend.ID}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wants(t *testing.T, s *shoptest.Shop, id, want string) {
	t.Helper()
	var got string
	if err := s.DB.Pool().QueryRow(t.Context(), `SELECT trim(state || ' ' || reason) FROM referrals WHERE merchant_id = $1 AND external_id = $2`, s.MerchantID, id).Scan(&got); err != nil || got != want {
		t.Errorf("%s is %s, want %s (%v)", id, got, want, err)
	}
}

func TestFriendsCountOnceTheyKeepWhatTheyBought(t *testing.T) {
	t.Parallel()
	s := shoptest.Sandbox(t, "Asia/Seoul", at("2026-01-01"), bringing)
	s.Maya.Buys(t, "5,000") // 100
	code := codeOf(t, s, s.Maya)
	if again := codeOf(t, s, s.Maya); again != code {
		t.Errorf("another code: %s, %s", code, again)
	}
	small, returns, third, never := s.Meets(t, "small"), s.Meets(t, "returns"), s.Meets(t, "third"), s.Meets(t, "never")
	fourth := s.Meets(t, "fourth")
	for id, friend := range map[string]*shoptest.Customer{"joon": s.Joon, "small": small, "returns": returns, "third": third, "never": never, "fourth": fourth} {
		if r := refers(t, s, id, code, friend); r.State != models.ReferralPending {
			t.Errorf("%s: %+v", id, r)
		}
	}
	if again := refers(t, s, "joon", code, s.Joon); !again.Replay {
		t.Errorf("told twice: %+v", again)
	}
	first := s.Joon.Buys(t, "20,000") // 400
	small.Buys(t, "19,999")
	order := returns.Buys(t, "20,000")
	moves(t, s, "2026-01-02")
	third.Buys(t, "20,000")
	fourth.Buys(t, "20,000")
	moves(t, s, "2026-01-15")
	s.Returns(t, order, "1,000")
	wants(t, s, "joon", "pending")
	s.Maya.Wants(t, 100)
	moves(t, s, "2026-01-16")
	wants(t, s, "joon", "rewarded")
	wants(t, s, "small", "rejected too_small")
	wants(t, s, "returns", "rejected returned")
	s.Maya.Wants(t, 600)
	s.Joon.Wants(t, 650)
	moves(t, s, "2026-01-17") // two a month
	s.Maya.Wants(t, 1_100)
	if n := s.ID(t, `SELECT count(*) FROM referrals WHERE merchant_id = $1 AND reason = 'limit'`); n != 1 {
		t.Errorf("%d beyond the limit", n)
	}
	wants(t, s, "never", "pending")
	moves(t, s, "2026-07-02")
	wants(t, s, "never", "rejected late")
	s.Maya.Wants(t, 1_100)
	s.Returns(t, first, "1,000") // 20 of 400
	s.Maya.Wants(t, 1_100)
	moves(t, s, "2026-07-03")
	wants(t, s, "joon", "reversed returned")
	s.Maya.Wants(t, 600)
	s.Joon.Wants(t, 380)
	if n := s.ID(t, `SELECT count(*) FROM coupons WHERE merchant_id = $1 AND kind = 'hello' AND revoked_at IS NOT NULL`); n != 1 {
		t.Errorf("%d coupons taken back", n)
	}
	moves(t, s, "2026-07-04")
	s.Maya.Wants(t, 600)
	if found := proof(t, s); len(found) > 0 {
		t.Error(found)
	}
}

// A coupon that was given for a friend is counted by the limits of its rule as long as the friend counts, and no longer;
// one that was used stays and stays counted, until its use is undone: it is not usable then.
func TestACouponForAFriendFreesItsLimits(t *testing.T) { // S-F5
	t.Parallel()
	s := shoptest.Sandbox(t, "Asia/Seoul", at("2026-01-01"), bringing, func(doc *terms.Terms) {
		doc.Earning = doc.Earning[:1]
		for _, when := range []terms.When{terms.OnReferral, terms.OnReferred} {
			doc.Earning = append(doc.Earning, terms.Rule{Code: string(when), Name: terms.Text{Ko: "소개"}, When: when, Award: terms.Formula{Kind: terms.AnyCoupon, Coupon: "hello"},
				Limits: []terms.Limit{{Per: terms.PerMonth, Times: 3}, {Per: terms.PerLife, Times: 5, Shared: true}}})
		}
	})
	s.Maya.Buys(t, "5,000")
	second := s.Meets(t, "second")
	code := codeOf(t, s, s.Maya)
	refers(t, s, "joon", code, s.Joon)
	refers(t, s, "second", code, second)
	first := s.Joon.Buys(t, "20,000")
	other := second.Buys(t, "20,000")
	moves(t, s, "2026-01-16")
	counted := func(live, january int64) {
		t.Helper()
		n := s.ID(t, `SELECT count(*) FROM coupons WHERE merchant_id = $1 AND revoked_at IS NULL AND kind = 'hello'`)
		own := s.ID(t, `SELECT coalesce(sum(used), 0)::bigint FROM limit_uses WHERE merchant_id = $1 AND scope = 'member' AND period = 'month:2026-01'`)
		all := s.ID(t, `SELECT coalesce(sum(used), 0)::bigint FROM limit_uses WHERE merchant_id = $1 AND scope = 'shop' AND period = 'life'`)
		if n != live || own != january || all != january {
			t.Errorf("%d coupons, counted %d and %d for all; want %d and %d", n, own, all, live, january)
		}
	}
	counted(4, 4)
	moves(t, s, "2026-02-10")
	s.Returns(t, first, "1,000")
	moves(t, s, "2026-02-11") // of another month than that which counted them
	wants(t, s, "joon", "reversed returned")
	counted(2, 2)
	var kept string
	s.In(t, func(tx *store.Tx) error {
		return tx.PG().QueryRow(tx.Ctx(), `SELECT code FROM coupons WHERE merchant_id = $1 AND cause LIKE '%:referred/referred' AND revoked_at IS NULL`, tx.MerchantID()).Scan(&kept)
	})
	s.Returns(t, other, "1,000")
	used, err := coupons.Use(t.Context(), s.DB, s.MerchantID, s.Clerk, models.CouponUse{Code: kept, Order: 5_000})
	if err != nil {
		t.Fatal(err)
	}
	s.In(t, func(tx *store.Tx) error { // as a day begins, and the coupon is used by then
		program, err := programs.One(tx, "")
		if err == nil {
			_, err = referrals.Retract(tx, program, tx.Today(), 10)
		}
		return err
	})
	counted(1, 1)
	undone, err := coupons.UndoUse(t.Context(), s.DB, s.MerchantID, s.Clerk, used.Coupon.ID)
	if err != nil || undone.UsedAt != nil || undone.RevokedAt == nil {
		t.Errorf("%+v, %v", undone, err)
	}
	counted(0, 0)
	if found := proof(t, s); len(found) > 0 {
		t.Error(found)
	}
}

func proof(t *testing.T, s *shoptest.Shop) (found []string) {
	t.Helper()
	report, err := ledger.Verify(t.Context(), s.DB, programs.Running)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		found = append(found, f.Check+": "+f.Where+" "+f.Detail)
	}
	return found
}

// The proof sees an award that is missing, an event that is, and what was given or taken for a friend who does not count so.
func TestTheProofSeesReferrals(t *testing.T) {
	t.Parallel()
	s := shoptest.Sandbox(t, "Asia/Seoul", at("2026-01-01"), bringing)
	s.Maya.Buys(t, "5,000")
	second := s.Meets(t, "second")
	code := codeOf(t, s, s.Maya)
	refers(t, s, "joon", code, s.Joon)
	refers(t, s, "second", code, second)
	order := s.Joon.Buys(t, "20,000")
	second.Buys(t, "20,000")
	moves(t, s, "2026-01-16")
	s.Returns(t, order, "20,000")
	moves(t, s, "2026-01-17")
	if found := proof(t, s); len(found) > 0 {
		t.Fatal(found)
	}
	s.Exec(t, `UPDATE referrals SET awards = 4 WHERE merchant_id = $1 AND external_id = 'joon'`)
	s.Exec(t, `DELETE FROM happenings WHERE merchant_id = $1 AND kind = 'referred'`)
	wantsFound(t, s, "4 awards, in the ledger 3", "counted for customer "+fmt.Sprint(second.ID)+", told of nobody")
	s.Exec(t, `UPDATE referrals SET state = 'rewarded', reason = '', reversed_on = NULL WHERE merchant_id = $1 AND external_id = 'joon'`)
	s.Exec(t, `DELETE FROM referrals WHERE merchant_id = $1 AND external_id = 'second'`)
	wantsFound(t, s, "is of no referral of this member that counted", "is of no referral of this member that was reversed")
}

func wantsFound(t *testing.T, s *shoptest.Shop, all ...string) {
	t.Helper()
	found := strings.Join(proof(t, s), "\n")
	for _, want := range all {
		if !strings.Contains(found, want) {
			t.Errorf("%q is not in %q", want, found)
		}
	}
}

func TestWhoCannotBeBrought(t *testing.T) {
	t.Parallel()
	s := shoptest.Sandbox(t, "Asia/Seoul", at("2026-01-01"), bringing)
	s.Maya.Buys(t, "5,000")
	code := codeOf(t, s, s.Maya)
	regular, twin, grand := s.Meets(t, "regular"), s.Meets(t, "twin"), s.Meets(t, "grand")
	regular.Buys(t, "5,000")
	s.Exec(t, `UPDATE customers SET email = 'ma.ya@example.com' WHERE merchant_id = $1 AND id = $2`, s.Maya.ID)
	s.Exec(t, `UPDATE customers SET email = 'maya+2@example.com' WHERE merchant_id = $1 AND id = $2`, twin.ID)
	refers(t, s, "joon", code, s.Joon)
	s.Joon.Buys(t, "20,000")
	refers(t, s, "grand", codeOf(t, s, s.Joon), grand)
	grand.Buys(t, "20,000")
	for i, c := range []struct {
		code   string
		friend *shoptest.Customer
		want   models.ReferralReason
	}{
		{code, s.Maya, models.ReferralSelf},
		{code, regular, models.ReferralAlready},
		{code, s.Joon, models.ReferralAlready},
		{code, twin, models.ReferralContact},
		{codeOf(t, s, s.Joon), s.Maya, models.ReferralCircular},
		{codeOf(t, s, grand), s.Maya, models.ReferralCircular},
	} {
		if r := refers(t, s, fmt.Sprint(i), c.code, c.friend); r.State != models.ReferralRejected || r.Reason != c.want {
			t.Errorf("%d: %+v, want %s", i, r, c.want)
		}
	}
	_, err := referrals.Refer(t.Context(), s.DB, s.MerchantID, s.Till, store.Key{}, models.ReferralParams{ExternalID: "joon", Code: code, Friend: models.CustomerRef{ID: twin.ID}})
	if models.KindOf(err) != models.Conflict {
		t.Errorf("the same number for another: %v", err)
	}
	_, err = referrals.Refer(t.Context(), s.DB, s.MerchantID, s.Till, store.Key{}, models.ReferralParams{ExternalID: "x", Code: models.NewCouponCode(), Friend: models.CustomerRef{ID: twin.ID}})
	if err == nil || err.Error() != "invalid; code: unknown" {
		t.Errorf("nobody's code: %v", err)
	}
}

// Who takes part in a referral is not merged into somebody else; whose duplicate it is may be. A code goes on with its owner.
func TestReferralsAndMerges(t *testing.T) {
	t.Parallel()
	s := shoptest.Sandbox(t, "Asia/Seoul", at("2026-01-01"), bringing)
	s.Maya.Buys(t, "5,000")
	friend, old, next := s.Meets(t, "friend"), s.Meets(t, "old"), s.Meets(t, "next")
	refers(t, s, "joon", codeOf(t, s, s.Maya), friend)
	old.Buys(t, "5,000")
	code := codeOf(t, s, old)
	merge := func(id string, from, into *shoptest.Customer) error {
		_, err := merges.Merge(t.Context(), s.DB, s.MerchantID, s.Till, store.Key{}, models.MergeParams{
			ExternalID: id, From: models.CustomerRef{ID: from.ID}, Into: models.CustomerRef{ID: into.ID}, Reason: "duplicate"})
		return err
	}
	for id, from := range map[string]*shoptest.Customer{"referrer": s.Maya, "friend": friend} {
		if err, ok := errors.AsType[*models.Error](merge(id, from, old)); !ok || err.Code != "merge_referral" {
			t.Errorf("%s: %v", id, err)
		}
	}
	if err := merge("old", old, s.Maya); err != nil {
		t.Fatal(err)
	}
	refers(t, s, "next", code, next)
	if got := s.ID(t, `SELECT m.customer_id FROM referrals r JOIN memberships m ON m.merchant_id = r.merchant_id AND m.id = r.membership_id
		WHERE r.merchant_id = $1 AND r.external_id = 'next'`); got != s.Maya.ID {
		t.Errorf("the code of a duplicate is %d's, want %d", got, s.Maya.ID)
	}
}
