package todos_test

import (
	"testing"
	"time"

	"dangol/models"
	"dangol/models/programs"
	"dangol/models/shoptest"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/models/todos"
)

func read(t *testing.T, s *shoptest.Shop) map[todos.Code]int64 {
	t.Helper()
	found := map[todos.Code]int64{}
	s.In(t, func(tx *store.Tx) error {
		list, err := todos.Read(tx)
		for _, todo := range list {
			found[todo.Code] = todo.N
		}
		return err
	})
	return found
}

// A quiet shop has nothing to do; an edited promise, a birthday, a waiting refund and points that end are each told.
func TestWhatThereIsToDo(t *testing.T) {
	t.Parallel()
	s := shoptest.New(t, func(d *terms.Terms) { d.Units[0].Expiry.Months = 1 })
	if found := read(t, s); len(found) != 0 {
		t.Fatalf("a quiet shop has to do %v", found)
	}
	s.Maya.Buys(t, "30,000")
	s.In(t, func(tx *store.Tx) error {
		_, month, day := tx.Today().Date()
		_, err := tx.PG().Exec(tx.Ctx(), `UPDATE customers SET birth_calendar = 'solar', birth_month = $3, birth_day = $4 WHERE merchant_id = $1 AND id = $2`,
			tx.MerchantID(), s.Maya.ID, int(month), day)
		return err
	})
	s.In(t, func(tx *store.Tx) error {
		desk, err := programs.Open(tx)
		if err != nil {
			return err
		}
		desk.Draft.Earning[0].Award.Rate = terms.Percent(7)
		_, err = programs.SaveDraftIn(tx, models.Actor{}, desk.Program.Code, 0, desk.Draft.Encode())
		return err
	})
	found := read(t, s)
	if found[todos.Birthdays] != 1 || found[todos.Draft] != 1 {
		t.Errorf("to do: %v", found)
	}
	s.Clock.Advance(35 * 24 * time.Hour)
	if found := read(t, s); found[todos.Ending] != 1 || found[todos.Birthdays] != 0 {
		t.Errorf("a month later: %v", found)
	}
}

// The checklist of a new shop follows what has happened.
func TestTheFirstDays(t *testing.T) {
	t.Parallel()
	s := shoptest.New(t)
	done := func() (done map[todos.Step]bool) {
		s.In(t, func(tx *store.Tx) (err error) {
			done, err = todos.Done(tx)
			return err
		})
		return done
	}
	if d := done(); !d[todos.Promise] || d[todos.FirstEarn] || d[todos.Customers] {
		t.Errorf("before anybody has bought: %v", d)
	}
	s.Maya.Buys(t, "12,000")
	for _, name := range []string{"하나", "둘", "셋", "넷"} {
		s.Meets(t, name)
	}
	if d := done(); !d[todos.FirstEarn] || !d[todos.Customers] {
		t.Errorf("after the first purchase: %v", d)
	}
}
