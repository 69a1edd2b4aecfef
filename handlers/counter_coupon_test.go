package handlers

import (
	"fmt"
	"net/http"
	"testing"

	"dangol/models"
	"dangol/models/conditions"
	"dangol/models/coupons"
	"dangol/models/store"
	"dangol/models/terms"
)

// hands gives a guest a coupon of 3,000 won off orders from 12,000 won, and tells its id.
func (s *site) hands(t testing.TB, guest models.Customer) (id int64) {
	t.Helper()
	err := store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error {
		var membership, program int64
		if err := tx.PG().QueryRow(tx.Ctx(), `SELECT id, program_id FROM memberships WHERE merchant_id = $1 AND customer_id = $2`, tx.MerchantID(), guest.ID).
			Scan(&membership, &program); err != nil {
			return err
		}
		kind := terms.CouponKind{Code: "birthday", Amount: 3_000, Minimum: 12_000}
		made, err := coupons.IssueAll(tx, models.Actor{}, program, 1, &kind, tx.Now(),
			[]coupons.Issue{{MembershipID: membership, Cause: "give:1", From: tx.Today(), Until: tx.Today().AddDays(7)}})
		if err == nil {
			id = made[0].ID
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// A coupon is used with the purchase: what it takes off is said before, two presses are one purchase, and the undo of the
// purchase gives the coupon back.
func TestACouponWithAPurchase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s)
	b := s.owner(t)
	maya := s.guest(t, "김마야", "010-1234-5678")
	coupon := s.hands(t, maya)
	earn := fmt.Sprintf("/counter/customers/%d/earn", maya.ID)
	with := fmt.Sprintf("%s?coupon=%d", earn, coupon)
	if card := b.get(fmt.Sprintf("/counter/customers/%d", maya.ID)).want(http.StatusOK).doc(); card.Find(fmt.Sprintf(`a[href="%s"]`, with)).Length() != 1 {
		t.Fatalf("the card does not use the coupon with a purchase")
	}
	form := fields(t, b.get(with).want(http.StatusOK).doc(), fmt.Sprintf(`form[action="%s"]`, earn))
	if form.Get("coupon") != fmt.Sprint(coupon) {
		t.Fatalf("chosen is %q", form.Get("coupon"))
	}
	form.Set("amount", "11,999")
	if preview := b.post(earn+"/preview", form).want(http.StatusOK); !preview.says("이상 주문하면") {
		t.Errorf("below the minimum: %s", preview.Body)
	}
	b.post(earn, form).want(http.StatusUnprocessableEntity)
	form.Set("amount", "12,000")
	if preview := b.post(earn+"/preview", form).want(http.StatusOK); !preview.says("9,000원을 받으세요") {
		t.Errorf("preview: %s", preview.Body)
	}
	for range 2 {
		if done := b.post(earn, form).want(http.StatusOK); !done.says("9,000원을 받으세요") || !done.says("생일 쿠폰") {
			t.Errorf("done: %s", done.doc().Find("#counter-result").Text())
		}
	}
	if n := s.count(t, `SELECT count(*) FROM orders o JOIN coupons c ON c.merchant_id = o.merchant_id AND c.order_id = o.id WHERE o.total = 9000 AND o.discount = 3000`); n != 1 {
		t.Fatalf("%d orders have the coupon", n)
	}
	done := b.get("/counter").want(http.StatusOK).doc()
	if n := done.Find("#counter-recent form").Length(); n != 1 {
		t.Errorf("%d things to take back, want the purchase alone", n)
	}
	action, _ := done.Find("#counter-recent form").Attr("action")
	b.post(action, fields(t, done, "#counter-recent form")).want(http.StatusOK)
	if s.count(t, `SELECT count(*) FROM coupons WHERE used_at IS NULL AND order_id IS NULL`) != 1 {
		t.Error("the coupon did not come back")
	}
}

// A coupon whose terms ask what the order comes to asks for that, and says when that is not enough.
func TestACouponThatAsksWhatTheOrderComesTo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s, func(doc *terms.Terms) {
		doc.Coupons[0].If.Where = conditions.Where(conditions.Amount, conditions.AtLeast, conditions.Number(15_000))
	})
	b := s.owner(t)
	maya := s.guest(t, "김마야", "010-1234-5678")
	coupon := s.hands(t, maya)
	if _, err := s.DB.Pool().Exec(t.Context(), `UPDATE coupons SET minimum = 0`); err != nil {
		t.Fatal(err)
	}
	use := fmt.Sprintf("/counter/customers/%d/coupon", maya.ID)
	form := fields(t, b.get(fmt.Sprintf("%s?coupon=%d", use, coupon)).want(http.StatusOK).doc(), fmt.Sprintf(`form[action="%s"]`, use))
	if _, asked := form["amount"]; !asked {
		t.Fatalf("nobody asks for the amount: %v", form)
	}
	form.Set("amount", "14,999")
	refused := b.post(use, form).want(http.StatusUnprocessableEntity)
	if !refused.says("쿠폰의 조건이 지금은 맞지 않아요") {
		t.Errorf("1 is missing: %s", refused.Body)
	}
	form = fields(t, refused.doc(), fmt.Sprintf(`form[action="%s"]`, use))
	form.Set("amount", "15,000")
	b.post(use, form).want(http.StatusOK)
}

// A coupon that comes back after the order which brought it is gone is said to be gone.
func TestAnUndoneCouponWhoseOrderIsGone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	promised(t, s, func(doc *terms.Terms) {
		name := terms.Text{Ko: "다음", En: "Next"}
		doc.Coupons = append(doc.Coupons, terms.CouponKind{Code: "next", Name: name, Amount: 1_000, Days: 30})
		doc.Earning = append(doc.Earning, terms.Rule{Code: "next", Name: name, When: terms.OnPurchase, Award: terms.Formula{Kind: terms.AnyCoupon, Coupon: "next"}})
	})
	b := s.owner(t)
	maya := s.guest(t, "김마야", "010-1234-5678")
	card := fmt.Sprintf("/counter/customers/%d", maya.ID)
	form := fields(t, b.get(card+"/earn").want(http.StatusOK).doc(), fmt.Sprintf(`form[action="%s/earn"]`, card))
	form.Set("amount", "20,000")
	b.post(card+"/earn", form).want(http.StatusOK)
	coupon := s.count(t, `SELECT id FROM coupons WHERE kind = 'next'`)
	form = fields(t, b.get(fmt.Sprintf("%s/coupon?coupon=%d", card, coupon)).want(http.StatusOK).doc(), fmt.Sprintf(`form[action="%s/coupon"]`, card))
	b.post(card+"/coupon", form).want(http.StatusOK)
	for _, last := range []bool{false, true} { // the purchase, and then the coupon
		page := b.get("/counter").want(http.StatusOK).doc()
		rows := page.Find("#counter-recent form")
		if last != (rows.Length() == 1) {
			t.Fatalf("%d things to take back", rows.Length())
		}
		action, _ := rows.First().Attr("action")
		if done := b.post(action, fields(t, page, fmt.Sprintf(`form[action="%s"]`, action))).want(http.StatusOK); done.says("다시 쓸 수 없어요") != last {
			t.Errorf("undone: %s", done.doc().Find("#counter-result").Text())
		}
	}
	if s.count(t, `SELECT count(*) FROM coupons WHERE revoked_at IS NOT NULL`) != 1 {
		t.Error("the coupon is not gone")
	}
}
