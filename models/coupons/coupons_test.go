package coupons

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/programs/programstest"
	"dangol/models/store"
	"dangol/models/terms"
)

// shop is a café with one kind of coupon and two members: Maya and Joon.
type shop struct {
	*programstest.Shop
	program, maya, joon, clerk int64
}

var cake = terms.CouponKind{Code: "birthday", Amount: 3000, Minimum: 12000}

func open(t *testing.T, changes ...programstest.Change) *shop {
	t.Helper()
	s := &shop{Shop: programstest.New(t, changes...)}
	s.program = s.id(t, `SELECT id FROM programs WHERE merchant_id = $1`)
	s.maya, s.joon = s.Joins(t, "Maya"), s.Joins(t, "Joon")
	s.clerk = s.Hire(t, models.Clerk).StaffID
	return s
}

func (s *shop) id(t *testing.T, sql string, args ...any) (id int64) {
	t.Helper()
	if err := s.DB.Pool().QueryRow(context.Background(), sql, append([]any{s.MerchantID}, args...)...).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

// issue gives a member a coupon for this week.
func (s *shop) issue(t *testing.T, kind terms.CouponKind, causes ...string) (codes []string) {
	t.Helper()
	err := store.InTx(context.Background(), s.DB, s.MerchantID, func(tx *store.Tx) error {
		var issues []Issue
		for _, cause := range causes {
			issues = append(issues, Issue{s.maya, cause, tx.Today(), tx.Today().AddDays(7)})
		}
		_, err := IssueAll(tx, models.Actor{}, s.program, 1, &kind, tx.Now(), issues)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := s.DB.Pool().Query(context.Background(), `SELECT code FROM coupons WHERE merchant_id = $1 ORDER BY id`, s.MerchantID)
	defer rows.Close()
	for rows.Next() {
		var code string
		if err := rows.Scan(&code); err != nil {
			t.Fatal(err)
		}
		codes = append(codes, code)
	}
	return codes
}

func (s *shop) use(code string, order int64) (Used, error) {
	return Use(context.Background(), s.DB, s.MerchantID, models.Actor{StaffID: s.clerk, Role: models.Clerk}, models.CouponUse{Code: code, Order: order})
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	if e, ok := errors.AsType[*models.Error](err); !ok || e.Kind != models.Refused || e.Code != code {
		t.Fatalf("got %v, want the refusal %s", err, code)
	}
}

func TestACouponIsIssuedOnceForACause(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.issue(t, cake, "birthday:solar:2026")
	if codes := s.issue(t, cake, "birthday:solar:2026", "birthday:solar:2027"); len(codes) != 2 {
		t.Fatalf("%d coupons, want 2", len(codes))
	}
}

func TestACouponIsWorthWhatItWasIssuedWith(t *testing.T) {
	t.Parallel()
	s := open(t)
	code := s.issue(t, cake, "birthday:solar:2026")[0]
	_, err := s.use(code, 11_999)
	refused(t, err, "coupon_minimum")
	used, err := s.use(code, 12_000)
	if err != nil || used.Discount != 3000 {
		t.Fatalf("discount %d, %v", used.Discount, err)
	}
	_, err = s.use(code, 12_000)
	refused(t, err, "coupon_used")
}

func TestACouponHasItsDays(t *testing.T) {
	t.Parallel()
	s := open(t)
	code := s.issue(t, cake, "birthday:solar:2026")[0]
	start := s.Clock.Now()
	lastDay := calendar.DateOf(start, time.UTC).AddDays(7)
	seoul, _ := time.LoadLocation("Asia/Seoul")
	for _, c := range []struct {
		at   time.Time
		code string
	}{
		{lastDay.AddDays(-7).In(seoul).Add(-time.Second), "coupon_early"},
		{lastDay.AddDays(1).In(seoul), "coupon_ended"},
	} {
		s.Clock.Set(c.at)
		_, err := s.use(code, 12_000)
		refused(t, err, c.code)
	}
	s.Clock.Set(lastDay.AddDays(1).In(seoul).Add(-time.Second))
	if _, err := s.use(code, 12_000); err != nil {
		t.Fatalf("in the last second: %v", err)
	}
}

func TestGuessingLearnsNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	code := s.issue(t, cake, "birthday:solar:2026")[0]
	var joon int64
	_ = s.DB.Pool().QueryRow(context.Background(), `SELECT customer_id FROM memberships WHERE merchant_id = $1 AND id = $2`, s.MerchantID, s.joon).Scan(&joon)
	other := s.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	tries := map[string]func() error{
		"mistyped": func() error { _, err := s.use(code[:13]+"!", 12_000); return err },
		"nobody's": func() error { _, err := s.use(models.NewCouponCode(), 12_000); return err },
		"another's": func() error {
			_, err := Use(t.Context(), s.DB, s.MerchantID, models.Actor{}, models.CouponUse{Code: code, CustomerID: joon, Order: 12_000})
			return err
		},
		"another shop": func() error {
			_, err := Use(t.Context(), s.DB, other, models.Actor{}, models.CouponUse{Code: code, Order: 12_000})
			return err
		},
	}
	for name, try := range tries {
		t.Run(name, func(t *testing.T) { refused(t, try(), "coupon_unknown") })
	}
}

func TestSixteenTillsUseACouponOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	code := s.issue(t, cake, "birthday:solar:2026")[0]
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range 16 {
		wg.Go(func() {
			_, err := s.use(code, 12_000)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				done++
			} else if models.KindOf(err) != models.Refused {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if done != 1 {
		t.Fatalf("used %d times", done)
	}
}

// TestTheSecondTillWaits: while one till is using a coupon, another waits and is then told that it is used.
func TestTheSecondTillWaits(t *testing.T) {
	t.Parallel()
	s := open(t)
	code := s.issue(t, cake, "birthday:solar:2026")[0]
	second := make(chan error, 1)
	err := store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error {
		if _, err := UseIn(tx, models.Actor{}, models.CouponUse{Code: code, Order: 12_000}, 0); err != nil {
			return err
		}
		go func() {
			_, err := s.use(code, 12_000)
			second <- err
		}()
		select {
		case err := <-second:
			t.Errorf("the second till did not wait: %v", err)
		case <-time.After(200 * time.Millisecond):
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	refused(t, <-second, "coupon_used")
}

func TestAUseIsUndoneByWhomAndWhen(t *testing.T) {
	t.Parallel()
	s := open(t)
	codes := s.issue(t, cake, "birthday:solar:2026", "give:1")
	author := models.Actor{StaffID: s.clerk, Role: models.Clerk}
	undo := func(id int64, actor models.Actor) error {
		_, err := UndoUse(t.Context(), s.DB, s.MerchantID, actor, id)
		return err
	}
	first, err := s.use(codes[0], 12_000)
	if err != nil {
		t.Fatal(err)
	}
	if err := undo(first.Coupon.ID, models.Actor{StaffID: s.clerk + 1, Role: models.Clerk}); !errors.Is(err, models.ErrForbidden) {
		t.Errorf("another clerk: %v", err)
	}
	if err := undo(first.Coupon.ID, author); err != nil {
		t.Fatal(err)
	}
	if _, err := s.use(codes[0], 12_000); err != nil {
		t.Fatalf("after the undo: %v", err)
	}
	s.Clock.Advance(24 * time.Hour)
	if err := undo(first.Coupon.ID, author); !errors.Is(err, models.ErrForbidden) {
		t.Errorf("the day after: %v", err)
	}
}

func TestARevokedCouponIsNoUse(t *testing.T) {
	t.Parallel()
	s := open(t)
	codes := s.issue(t, cake, "give:1", "give:2")
	used, err := s.use(codes[0], 12_000)
	if err != nil {
		t.Fatal(err)
	}
	admin := models.Actor{StaffID: s.clerk, Role: models.Admin}
	if err := Revoke(t.Context(), s.DB, s.MerchantID, admin, used.Coupon.ID, "mistake"); models.KindOf(err) != models.Conflict {
		t.Errorf("a used one: %v", err)
	}
	if err := Revoke(t.Context(), s.DB, s.MerchantID, admin, used.Coupon.ID+1, "mistake"); err != nil {
		t.Fatal(err)
	}
	_, err = s.use(codes[1], 12_000)
	refused(t, err, "coupon_revoked")
}

func TestAReturnedOrderGivesItsCouponBack(t *testing.T) {
	t.Parallel()
	s := open(t)
	code := s.issue(t, cake, "give:1")[0]
	err := store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error {
		if _, err := UseIn(tx, models.Actor{}, models.CouponUse{Code: code, Order: 20_000}, 77); err != nil {
			return err
		}
		gone, err := GiveBack(tx, 77)
		if len(gone) > 0 {
			t.Errorf("it came from no order: %+v", gone)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.use(code, 12_000); err != nil {
		t.Fatal(err)
	}
}

func TestDiscount(t *testing.T) {
	for _, c := range []struct {
		name        string
		coupon      models.Coupon
		order, want int64
	}{
		{"an amount", models.Coupon{Amount: 3000}, 12_000, 3000},
		{"never more than the order", models.Coupon{Amount: 3000}, 2500, 2500},
		{"below the minimum", models.Coupon{Amount: 3000, Minimum: 12_000}, 11_999, 0},
		{"a percentage, down", models.Coupon{Percent: 15}, 999, 149},
		{"at most", models.Coupon{Percent: 50, Most: 4000}, 12_000, 4000},
		{"a huge order", models.Coupon{Percent: 100}, models.MaxMoney, models.MaxMoney},
	} {
		if got := c.coupon.Discount(c.order); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
