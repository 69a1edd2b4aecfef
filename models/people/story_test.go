package people

import (
	"context"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

// door is a shop with people in it and a guard that makes nobody wait.
type door struct {
	*storetest.Shop
	guard  *Guard
	waited []int // failures for which the guard would have slowed a try down
}

func open(t *testing.T) *door {
	t.Helper()
	d := &door{Shop: storetest.New(t), guard: NewGuard([]byte("a secret of thirty-two bytes, or so"))}
	d.guard.hasher.cost = cost{passes: 1, memory: 64, threads: 1} // the stories are not about how slow it is
	d.guard.slow = func(failures int) time.Duration {
		if slowDown(failures) > 0 {
			d.waited = append(d.waited, failures)
		}
		return 0
	}
	return d
}

const rightPassword = "분홍 코끼리 열두 마리"

// hires makes a person with a password who works in the shop.
func (d *door) hires(t *testing.T, email string, role models.Role) *models.Person {
	t.Helper()
	hash, err := d.guard.HashPassword(t.Context(), rightPassword)
	if err != nil {
		t.Fatal(err)
	}
	var person *models.Person
	d.global(t, func(tx *store.Tx) error {
		if person, err = Add(tx, NewPerson{Email: email, Name: "김민지"}, hash); err != nil {
			return err
		}
		_, err = tx.PG().Exec(tx.Ctx(), `INSERT INTO staff (merchant_id, person_id, role, created_at) VALUES ($1, $2, $3, $4)`,
			d.MerchantID, person.ID, role, tx.Wall())
		return err
	})
	return person
}

func (d *door) global(t *testing.T, fn func(*store.Tx) error) {
	t.Helper()
	if err := store.InGlobalTx(context.Background(), d.DB, fn); err != nil {
		t.Fatal(err)
	}
}

func (d *door) exec(t *testing.T, sql string, args ...any) {
	t.Helper()
	d.global(t, func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), sql, args...)
		return err
	})
}

func (d *door) signIn(email, password, address, device string) (*Entry, error) {
	return SignIn(context.Background(), d.DB, d.guard, SignInParams{Email: email, Password: password, Device: device,
		From: Origin{Address: address, Agent: "test"}})
}

func (d *door) mustSignIn(t *testing.T, email string) *Entry {
	t.Helper()
	entry, err := d.signIn(email, rightPassword, "203.0.113.7", "")
	if err != nil {
		t.Fatal(err)
	}
	return entry
}

func (d *door) isIn(token string) bool {
	_, err := FindSession(context.Background(), d.DB, token)
	return err == nil
}
