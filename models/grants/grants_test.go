package grants

import (
	"errors"
	"sync"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/programs/programstest"
	"dangol/models/store"
)

// shop has the limits of the default programme: clerks 3,000 once and 10,000 a day, managers 10,000 and 50,000.
type shop struct {
	*programstest.Shop
	maya int64
}

func open(t *testing.T) *shop {
	t.Helper()
	s := &shop{Shop: programstest.New(t)}
	s.maya = s.Joins(t, "Maya")
	return s
}

func (s *shop) give(t *testing.T, actor models.Actor, points int64) (Receipt, error) {
	reason := models.GrantApology
	if points < 0 {
		reason = models.GrantMistake
	}
	return s.gives(t, actor, store.Key{}, models.GrantParams{MembershipID: s.maya, Points: points, Reason: reason, Note: "spilt coffee", Words: "죄송해요"})
}

func (s *shop) gives(t *testing.T, actor models.Actor, key store.Key, p models.GrantParams) (Receipt, error) {
	return Give(t.Context(), s.DB, s.MerchantID, actor, key, p)
}

func (s *shop) mustGive(t *testing.T, actor models.Actor, points int64) Receipt {
	t.Helper()
	r, err := s.give(t, actor, points)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (s *shop) undo(t *testing.T, actor models.Actor, id int64) (Receipt, error) {
	return Undo(t.Context(), s.DB, s.MerchantID, actor, id)
}

func (s *shop) available(t *testing.T) int64 {
	t.Helper()
	return s.Account(t, s.maya).Available
}

func wantsRefusal(t *testing.T, err error, code string, args ...any) {
	t.Helper()
	e, ok := errors.AsType[*models.Error](err)
	if !ok || e.Kind != models.Refused || e.Code != code {
		t.Errorf("got %v, want the refusal %s", err, code)
		return
	}
	for i := 0; i < len(args); i += 2 {
		if got := e.Args[args[i].(string)]; got != args[i+1] {
			t.Errorf("%s: %s is %v, want %v", code, args[i], got, args[i+1])
		}
	}
}

func TestAGrantIsPointsWithAReason(t *testing.T) {
	t.Parallel()
	s := open(t)
	clerk := s.Hire(t, models.Clerk)
	r := s.mustGive(t, clerk, 3_000)
	if r.Available != 3_000 || s.available(t) != 3_000 || r.Alone || *r.StaffID != clerk.StaffID {
		t.Errorf("%+v", r)
	}
	if n := s.ID(t, `SELECT count(*) FROM audit_records WHERE merchant_id = $1 AND action = 'grant.give' AND staff_id = $2`, clerk.StaffID); n != 1 {
		t.Errorf("%d audit records", n)
	}
	if n := s.ID(t, `SELECT count(*) FROM merchants WHERE id = $1 AND first_posting_at IS NOT NULL`); n != 1 {
		t.Error("the first points that somebody owns are a first posting")
	}
}

func TestLimitsNameThemselves(t *testing.T) {
	t.Parallel()
	s := open(t)
	clerk, manager, admin := s.Hire(t, models.Clerk), s.Hire(t, models.Manager), s.Hire(t, models.Admin)
	_, err := s.give(t, clerk, 3_001)
	wantsRefusal(t, err, "grant_over_once", "limit", int64(3_000))
	for range 3 {
		s.mustGive(t, clerk, 3_000)
	}
	_, err = s.give(t, clerk, 1_001)
	wantsRefusal(t, err, "grant_over_day", "limit", int64(10_000), "left", int64(1_000))
	s.mustGive(t, clerk, 1_000)
	s.mustGive(t, manager, 10_000)
	s.mustGive(t, admin, 10_000)
	_, err = s.give(t, manager, 10_001)
	wantsRefusal(t, err, "grant_over_once", "limit", int64(10_000))
	for _, role := range []models.Role{models.Marketer, models.Viewer} {
		_, err = s.give(t, s.Hire(t, role), 1)
		wantsRefusal(t, err, "grant_not_allowed")
	}
	s.Clock.Advance(24 * time.Hour)
	s.mustGive(t, clerk, 3_000)
}

func TestTheOwnerHasNoLimitAndIsMarked(t *testing.T) {
	t.Parallel()
	s := open(t)
	if r := s.mustGive(t, s.Hire(t, models.Owner), 1_000_000); !r.Alone {
		t.Errorf("%+v", r)
	}
}

func TestNobodyGivesToOneself(t *testing.T) {
	t.Parallel()
	s := open(t)
	clerk := s.Hire(t, models.Clerk)
	s.Exec(t, `UPDATE customers SET email = (SELECT p.email FROM people p JOIN staff s ON s.person_id = p.id WHERE s.id = $2) WHERE merchant_id = $1`, clerk.StaffID)
	_, err := s.give(t, clerk, 100)
	wantsRefusal(t, err, "grant_to_oneself")
}

// TestFiftyAtOnce: grants sent together, each below the limit, never pass it.
func TestFiftyAtOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	clerk := s.Hire(t, models.Clerk)
	members := []int64{s.maya}
	for _, name := range []string{"Joon", "Sora", "Minho", "Yuna"} {
		members = append(members, s.Joins(t, name))
	}
	s.mustGive(t, clerk, 3_000) // the day's limit less 7,000
	var wg sync.WaitGroup
	var mu sync.Mutex
	given := 0
	for i := range 50 {
		wg.Go(func() {
			_, err := s.gives(t, clerk, store.Key{}, models.GrantParams{MembershipID: members[i%5], Points: 999, Reason: models.GrantThanks})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				given++
			} else {
				wantsRefusal(t, err, "grant_over_day")
			}
		})
	}
	wg.Wait()
	if total := s.ID(t, `SELECT sum(points) FROM grants WHERE merchant_id = $1`); given != 7 || total != 3_000+7*999 {
		t.Errorf("%d given, %d points in all", given, total)
	}
}

func TestThreeTapsAreOneGrant(t *testing.T) {
	t.Parallel()
	s := open(t)
	clerk := s.Hire(t, models.Clerk)
	key := store.Key{Scope: "staff:1", Key: "form-1", BodyHash: []byte{1}}
	for i := range 3 {
		r, err := s.gives(t, clerk, key, models.GrantParams{MembershipID: s.maya, Points: 500, Reason: models.GrantThanks})
		if err != nil || r.Replay != (i > 0) || r.Available != 500 {
			t.Errorf("%+v, %v", r, err)
		}
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	s := open(t)
	clerk := s.Hire(t, models.Clerk)
	for name, p := range map[string]models.GrantParams{
		"nothing":           {MembershipID: s.maya, Reason: models.GrantThanks},
		"no reason":         {MembershipID: s.maya, Points: 1},
		"a group's reason":  {MembershipID: s.maya, Points: 1, Reason: models.GrantGive},
		"taken as a thanks": {MembershipID: s.maya, Points: -1, Reason: models.GrantThanks},
		"another unit":      {MembershipID: s.maya, Points: 1, Reason: models.GrantThanks, Unit: "gold"},
		"a control char":    {MembershipID: s.maya, Points: 1, Reason: models.GrantThanks, Words: "a\x1bb"},
	} {
		if _, err := s.gives(t, clerk, store.Key{}, p); models.KindOf(err) != models.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	other := s.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	_, err := Give(t.Context(), s.DB, other, models.Actor{}, store.Key{}, models.GrantParams{MembershipID: s.maya, Points: 1, Reason: models.GrantThanks})
	if !errors.Is(err, models.ErrNotFound) {
		t.Errorf("another shop's member: %v", err)
	}
}

func TestAGrantIsTakenBackWhole(t *testing.T) {
	t.Parallel()
	s := open(t)
	clerk := s.Hire(t, models.Clerk)
	g := s.mustGive(t, clerk, 3_000)
	if _, err := s.undo(t, s.Hire(t, models.Clerk), g.ID); !errors.Is(err, models.ErrForbidden) {
		t.Errorf("another clerk: %v", err)
	}
	for _, replay := range []bool{false, true} {
		if r, err := s.undo(t, clerk, g.ID); err != nil || r.Replay != replay || r.Available != 0 {
			t.Errorf("%+v, %v", r, err)
		}
	}
	for range 3 { // the undone points are not counted against the day
		s.mustGive(t, clerk, 3_000)
	}
}

func TestWhatIsSpentIsNotTakenBack(t *testing.T) {
	t.Parallel()
	s := open(t)
	clerk, manager := s.Hire(t, models.Clerk), s.Hire(t, models.Manager)
	g := s.mustGive(t, clerk, 3_000)
	s.mustGive(t, manager, -500)
	_, err := s.undo(t, clerk, g.ID)
	wantsRefusal(t, err, "points_spent", "available", int64(2_500))
}

func TestTakingPointsByHand(t *testing.T) {
	t.Parallel()
	s := open(t)
	clerk, manager := s.Hire(t, models.Clerk), s.Hire(t, models.Manager)
	s.mustGive(t, clerk, 2_000)
	_, err := s.give(t, clerk, -500)
	wantsRefusal(t, err, "grant_not_allowed")
	_, err = s.give(t, manager, -2_001)
	wantsRefusal(t, err, "not_enough_points", "limit", int64(2_000))
	taken := s.mustGive(t, manager, -500)
	if s.available(t) != 1_500 {
		t.Errorf("%d left", s.available(t))
	}
	if r, err := s.undo(t, manager, taken.ID); err != nil || r.Available != 2_000 {
		t.Errorf("%+v, %v", r, err)
	}
	before := s.Account(t, s.maya).Lots
	all := s.mustGive(t, manager, -2_000)
	if _, err := s.undo(t, manager, all.ID); err != nil {
		t.Fatal(err)
	}
	if after := s.Account(t, s.maya).Lots; len(after) != 1 || after[0] != before[0] {
		t.Errorf("points taken and given back are %+v, were %+v", after, before)
	}
}
