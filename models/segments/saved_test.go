package segments_test

import (
	"strings"
	"testing"

	"dangol/models"
	"dangol/models/conditions"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/segments"
	"dangol/models/store"
)

var often = conditions.All(conditions.Where(conditions.Visits, conditions.AtLeast, conditions.Number(5)))

func (s *shop) save(t testing.TB, name string, c conditions.Condition) (saved segments.Saved) {
	t.Helper()
	s.in(t, func(tx *store.Tx) (err error) {
		saved, err = segments.Create(tx, s.owner, segments.SavedParams{Name: name, Condition: c})
		return err
	})
	return saved
}

// Whom the condition means is who is shown, listed and given, also after people have joined.
func TestASavedGroupIsShownListedAndGiven(t *testing.T) {
	t.Parallel()
	s := open(t, 200)
	saved := s.save(t, "  자주 오는  손님 ", often)
	group := segments.Group{Saved: saved.ID}
	want := s.number(t, `SELECT count(*) FROM customer_stats WHERE merchant_id = $1 AND visits >= 5`)
	var tried int64
	s.in(t, func(tx *store.Tx) (err error) { tried, _, err = segments.Try(tx, often); return err })
	listed := s.everybody(t, group, 7)
	if saved.Name != "자주 오는 손님" || saved.People != want || tried != want || int64(len(listed)) != want || want < 20 {
		t.Fatalf("%d people, shown %d, tried %d, listed %d as %q", want, saved.People, tried, len(listed), saved.Name)
	}
	before := s.size(t, group)
	for id := range listed {
		if id%10 == 0 { // of no programme yet
			s.in(t, func(tx *store.Tx) error {
				running, err := programs.Running(tx)
				if err != nil {
					return err
				}
				_, err = ledger.Enrol(tx, running[0], ledger.Joining{CustomerID: id, At: tx.Now()})
				return err
			})
			break
		}
	}
	size := s.size(t, group)
	if size.Members != before.Members+1 || size.Members >= size.People {
		t.Fatalf("%+v, before %+v", size, before)
	}
	_, task, err := s.give(t, segments.GiveParams{Group: group, Kind: segments.Points, Points: 500, Shown: size.Members})
	if err != nil {
		t.Fatal(err)
	}
	if err := segments.RunGive(t.Context(), s.DB, s.MerchantID, task); err != nil {
		t.Fatal(err)
	}
	given := s.number(t, `SELECT count(*) FROM accounts a JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id
		JOIN customer_stats c ON c.merchant_id = m.merchant_id AND c.customer_id = m.customer_id AND c.visits >= 5
		WHERE a.merchant_id = $1 AND a.available = 500`)
	if all := s.number(t, `SELECT count(*) FROM accounts WHERE merchant_id = $1 AND available = 500`); given != size.Members || all != given {
		t.Errorf("%d were given, %d of the group, %d were shown", all, given, size.Members)
	}
	if _, _, err := s.give(t, segments.GiveParams{Group: group, Kind: segments.Points, Points: 500, Shown: size.Members + 1}); models.KindOf(err) != models.Conflict {
		t.Errorf("another number: %v", err)
	}
}

// The night counts anew; a change counts at once; a removed group is gone, and its name is free.
func TestGroupsAreCountedAnew(t *testing.T) {
	t.Parallel()
	s := open(t, 60)
	saved := s.save(t, "자주", often)
	s.in(t, func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), `UPDATE customer_stats SET visits = CASE WHEN visits >= 5 THEN 1 ELSE 5 END WHERE merchant_id = $1`, s.MerchantID)
		return err
	})
	if err := segments.Refresh(t.Context(), s.DB, s.MerchantID); err != nil {
		t.Fatal(err)
	}
	if now := s.size(t, segments.Group{Saved: saved.ID}).People; now != 60-saved.People {
		t.Errorf("%d of 60 after %d", now, saved.People)
	}
	change := func(version int, p segments.SavedParams) error {
		return store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error {
			_, err := segments.Change(tx, s.owner, saved.ID, version, p)
			return err
		})
	}
	everybody := segments.SavedParams{Name: "모두", Condition: conditions.Where(conditions.Visits, conditions.AtLeast, conditions.Number(0))}
	if err := change(7, everybody); models.KindOf(err) != models.Conflict {
		t.Errorf("stale: %v", err)
	}
	if err := change(1, everybody); err != nil {
		t.Fatal(err)
	}
	if n := len(s.everybody(t, segments.Group{Saved: saved.ID}, 50)); n != 60 {
		t.Errorf("%d of everybody", n)
	}
	remove := func() error {
		return store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error { return segments.Remove(tx, s.owner, saved.ID) })
	}
	if err := remove(); err != nil {
		t.Fatal(err)
	}
	if err := remove(); models.KindOf(err) != models.NotFound {
		t.Errorf("removed twice: %v", err)
	}
	if n := s.number(t, `SELECT count(*) FROM segment_members WHERE merchant_id = $1`); n != 0 {
		t.Errorf("%d people are in a removed group", n)
	}
	again := s.save(t, "모두", often)
	s.in(t, func(tx *store.Tx) error {
		all, err := segments.AllSaved(tx)
		if err == nil && (len(all) != 1 || all[0].ID != again.ID || string(all[0].Condition.Encode()) != string(often.Encode())) {
			t.Errorf("%+v", all)
		}
		return err
	})
}

func TestFaultyGroupsAreRefused(t *testing.T) {
	t.Parallel()
	s := open(t, 10)
	s.save(t, "있는 이름", often)
	gold := conditions.Where(conditions.Tier, conditions.In, conditions.Text("no such tier"))
	for name, c := range map[string]struct {
		params segments.SavedParams
		want   string
	}{
		"nothing":        {segments.SavedParams{}, "name required, condition required"},
		"the same name":  {segments.SavedParams{Name: "있는 이름", Condition: often}, "name taken"},
		"no such tier":   {segments.SavedParams{Name: "골드", Condition: conditions.All(gold)}, "condition/all/0/value unknown_code"},
		"not of people":  {segments.SavedParams{Name: "큰 주문", Condition: conditions.Where(conditions.Total, conditions.AtLeast, conditions.Number(1))}, "condition/field not_here"},
		"another group":  {segments.SavedParams{Name: "그룹", Condition: conditions.Where(conditions.Segment, conditions.In, conditions.Text("g1"))}, "condition not_here"},
		"unprintable":    {segments.SavedParams{Name: "\u202e", Condition: often}, "name bad_text"},
		"no number told": {segments.SavedParams{Name: "방문", Condition: conditions.All(conditions.Where(conditions.Visits, conditions.AtLeast, conditions.Value{}))}, "condition/all/0/value required"},
	} {
		err := store.InTx(t.Context(), s.DB, s.MerchantID, func(tx *store.Tx) error {
			_, err := segments.Create(tx, s.owner, c.params)
			return err
		})
		var got []string
		var f models.Faults
		f.Take(err)
		for _, each := range f {
			got = append(got, each.Field+" "+each.Code)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if n := s.number(t, `SELECT count(*) FROM segments WHERE merchant_id = $1`); n != 1 {
		t.Errorf("%d groups are kept", n)
	}
}
