package redemption

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/programs/programstest"
	"dangol/models/store"
	"dangol/models/terms"
)

// shop is the default programme: from 1,000P, in steps of 100P, up to the whole order. Maya has points, Joon works there.
type shop struct {
	*programstest.Shop
	maya int64
	till models.Actor
}

func open(t *testing.T, points int64, changes ...programstest.Change) *shop {
	t.Helper()
	s := &shop{Shop: programstest.New(t, changes...)}
	s.maya = s.Joins(t, "Maya")
	s.till = s.Hire(t, models.Clerk)
	if points > 0 {
		s.Gives(t, s.maya, points, "gift:1")
	}
	return s
}

func (s *shop) params(t *testing.T, id string, points, total int64) models.RedemptionParams {
	return models.RedemptionParams{ExternalID: id, Customer: s.Customer(t, s.maya), Points: points, OrderTotal: total}
}

func (s *shop) redeem(t *testing.T, p models.RedemptionParams) (Receipt, error) {
	return Redeem(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, p)
}

func (s *shop) mustRedeem(t *testing.T, p models.RedemptionParams) Receipt {
	t.Helper()
	r, err := s.redeem(t, p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wantsRefusal(t *testing.T, err error, code string) {
	t.Helper()
	if e, ok := errors.AsType[*models.Error](err); !ok || e.Kind != models.Refused || e.Code != code {
		t.Errorf("got %v, want the refusal %s", err, code)
	}
}

func TestPointsPay(t *testing.T) {
	t.Parallel()
	s := open(t, 5_000)
	r := s.mustRedeem(t, s.params(t, "R1", 1_250, 12_000))
	if r.Points != 1_200 || r.Worth != 1_200 || r.Available != 3_800 || r.Replay {
		t.Errorf("%+v", r)
	}
	if a := s.Account(t, s.maya); a.Available != 3_800 {
		t.Errorf("%+v", a)
	}
}

func TestBeyondTheLimitsIsCutOrRefused(t *testing.T) {
	t.Parallel()
	s := open(t, 5_000)
	for i, c := range []struct {
		points, total int64
		refuse        bool
		code          string
		paid          int64
	}{
		{points: 900, code: "below_minimum"},
		{points: 6_000, refuse: true, code: "not_enough_points"},
		{points: 1_150, refuse: true, code: "not_whole_steps"},
		{points: 2_000, total: 1_500, refuse: true, code: "above_share"},
		{points: 2_000, total: 1_500, paid: 1_500},
		{points: 0, total: 2_000, paid: 2_000},
		{points: 9_000, paid: 1_500},
		{points: 1_000, code: "not_enough_points"},
	} {
		p := s.params(t, fmt.Sprint("R", i), c.points, c.total)
		p.Refuse = c.refuse
		r, err := s.redeem(t, p)
		if c.code != "" {
			wantsRefusal(t, err, c.code)
		} else if err != nil || r.Points != c.paid {
			t.Errorf("%+v: paid %d, %v", c, r.Points, err)
		}
	}
}

func TestBadInputChangesNothing(t *testing.T) {
	t.Parallel()
	s := open(t, 5_000)
	for name, change := range map[string]func(*models.RedemptionParams){
		"no id":            func(p *models.RedemptionParams) { p.ExternalID = " " },
		"a control char":   func(p *models.RedemptionParams) { p.ExternalID = "R\x00" },
		"negative":         func(p *models.RedemptionParams) { p.Points = -1 },
		"a negative total": func(p *models.RedemptionParams) { p.OrderTotal = -1 },
		"nobody":           func(p *models.RedemptionParams) { p.Customer = models.CustomerRef{ID: 999_999} },
		"no phone":         func(p *models.RedemptionParams) { p.Customer = models.CustomerRef{Phone: "0000"} },
	} {
		p := s.params(t, "R1", 1_000, 0)
		change(&p)
		if _, err := s.redeem(t, p); models.KindOf(err) != models.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if a := s.Account(t, s.maya); a.Available != 5_000 {
		t.Errorf("%+v", a)
	}
}

func TestOneIDPaysOnce(t *testing.T) {
	t.Parallel()
	s := open(t, 5_000)
	first := s.mustRedeem(t, s.params(t, "R1", 1_000, 0))
	if again := s.mustRedeem(t, s.params(t, "R1", 1_000, 0)); !again.Replay || again.ID != first.ID || again.Available != 4_000 {
		t.Errorf("%+v", again)
	}
	if _, err := s.redeem(t, s.params(t, "R1", 2_000, 0)); models.KindOf(err) != models.Conflict {
		t.Errorf("other content: %v", err)
	}
	key := store.Key{Scope: "api:1", Key: "k1", BodyHash: []byte{1}}
	for _, replay := range []bool{false, true} {
		r, err := Redeem(t.Context(), s.DB, s.MerchantID, s.till, key, s.params(t, "R2", 1_000, 0))
		if err != nil || r.Replay != replay || r.Available != 3_000 {
			t.Errorf("by key: %+v, %v", r, err)
		}
	}
}

// TestSixtyFourAtOnce is the promise that no balance is ever spent twice.
func TestSixtyFourAtOnce(t *testing.T) {
	t.Parallel()
	const points, cost = 20_500, 1_000
	s := open(t, points)
	var wg sync.WaitGroup
	var mu sync.Mutex
	paid := 0
	for i := range 64 {
		p := s.params(t, fmt.Sprint("R", i), cost, 0)
		p.Refuse = true
		wg.Go(func() {
			_, err := s.redeem(t, p)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				paid++
			} else {
				wantsRefusal(t, err, "not_enough_points")
			}
		})
	}
	wg.Wait()
	if a := s.Account(t, s.maya); paid != points/cost || a.Available != points-int64(paid)*cost || a.Available < 0 {
		t.Errorf("%d paid, %d left", paid, a.Available)
	}
}

func TestPointsGoBackToWhereTheyCameFrom(t *testing.T) {
	t.Parallel()
	s := open(t, 0)
	s.Gives(t, s.maya, 1_000, "gift:1")
	s.Clock.Advance(40 * 24 * time.Hour)
	s.Gives(t, s.maya, 1_000, "gift:2")
	before := s.Account(t, s.maya)
	s.mustRedeem(t, s.params(t, "R1", 1_500, 0))
	r, err := Reverse(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, "counter", "R1")
	if err != nil || r.Available != 2_000 || r.ReversedAt == nil || r.Restored != r.Points {
		t.Fatalf("%+v, %v", r, err)
	}
	after := s.Account(t, s.maya)
	for i, lot := range before.Lots {
		if got := after.Lots[i]; got.Seq != lot.Seq || got.Remaining != lot.Remaining || got.ExpiresOn != lot.ExpiresOn {
			t.Errorf("lot %d: %+v, was %+v", i, got, lot)
		}
	}
	if again, err := Reverse(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, "counter", "R1"); err != nil || !again.Replay || again.Available != 2_000 {
		t.Errorf("again: %+v, %v", again, err)
	}
}

func TestWhoReversesAndWhen(t *testing.T) {
	t.Parallel()
	s := open(t, 5_000)
	s.mustRedeem(t, s.params(t, "R1", 1_000, 0))
	reverse := func(actor models.Actor) error {
		_, err := Reverse(t.Context(), s.DB, s.MerchantID, actor, store.Key{}, "counter", "R1")
		return err
	}
	if err := reverse(s.Hire(t, models.Clerk)); !errors.Is(err, models.ErrForbidden) {
		t.Errorf("another clerk: %v", err)
	}
	s.Clock.Advance(24 * time.Hour)
	if err := reverse(s.till); !errors.Is(err, models.ErrForbidden) {
		t.Errorf("the day after: %v", err)
	}
	if err := reverse(models.Actor{KeyID: 1}); err != nil {
		t.Errorf("the till's key: %v", err)
	}
}

func TestACupForTenStamps(t *testing.T) {
	t.Parallel()
	s := open(t, 25, func(doc *terms.Terms) { *doc = terms.Default(models.TradeCafe, 12_000) })
	r := s.mustRedeem(t, s.params(t, "R1", 20, 7_000))
	if r.Points != 20 || r.Worth != 7_000 {
		t.Errorf("%+v", r)
	}
}

// TestNothingIsPostedWhileAClockMoves, neither paid nor given back.
func TestNothingIsPostedWhileAClockMoves(t *testing.T) {
	t.Parallel()
	s := &shop{Shop: programstest.Sandbox(t, "Asia/Seoul", time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC))}
	s.maya, s.till = s.Joins(t, "Maya"), s.Hire(t, models.Clerk)
	s.Gives(t, s.maya, 5_000, "gift:1")
	s.mustRedeem(t, s.params(t, "R1", 1_000, 0))
	s.Exec(t, `UPDATE merchants SET clock_target = clock_at + interval '1 day' WHERE id = $1`)
	if _, err := s.redeem(t, s.params(t, "R2", 1_000, 0)); !errors.Is(err, models.ErrClockMoving) {
		t.Errorf("paying: %v", err)
	}
	if _, err := Reverse(t.Context(), s.DB, s.MerchantID, s.till, store.Key{}, "counter", "R1"); !errors.Is(err, models.ErrClockMoving) {
		t.Errorf("giving back: %v", err)
	}
}
