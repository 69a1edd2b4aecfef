package people

import (
	"errors"
	"sync"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/store"
)

func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	for role, lasts := range map[models.Role][2]time.Duration{
		models.Owner: {PowerIdle, PowerAbsolute}, models.Clerk: {ShopIdle, ShopAbsolute},
	} {
		d := open(t)
		d.hires(t, "minji@cafe.test", role)
		idle := d.mustSignIn(t, "minji@cafe.test").Token
		d.Clock.Advance(lasts[0] + time.Second)
		if d.isIn(idle) {
			t.Errorf("%s: alive after %s of nothing", role, lasts[0])
		}
		busy := d.mustSignIn(t, "minji@cafe.test").Token
		for began := d.Clock.Now(); d.Clock.Now().Sub(began)+lasts[0]/2 <= lasts[1]; d.Clock.Advance(lasts[0] / 2) {
			if !d.isIn(busy) {
				t.Fatalf("%s: ended after %s though it was used", role, d.Clock.Now().Sub(began))
			}
		}
		d.Clock.Advance(lasts[0]/2 + time.Second)
		if d.isIn(busy) {
			t.Errorf("%s: alive after %s", role, lasts[1])
		}
	}
}

func TestDisablingAndRolesActAtOnce(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Manager)
	token := d.mustSignIn(t, "minji@cafe.test").Token
	d.exec(t, `UPDATE staff SET role = 'viewer' WHERE merchant_id = $1`, d.MerchantID)
	if who, err := FindSession(t.Context(), d.DB, token); err != nil || who.Staff.Role != models.Viewer {
		t.Errorf("after a change of role: %+v, %v", who, err)
	}
	d.exec(t, `UPDATE staff SET disabled_at = $2 WHERE merchant_id = $1`, d.MerchantID, d.Clock.Now())
	if d.isIn(token) {
		t.Error("a disabled member of staff is still in")
	}
}

// Whatever a slow request does after somebody has signed out, the session stays ended.
func TestNothingRevivesAnEndedSession(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Owner)
	for range 100 {
		token := d.mustSignIn(t, "minji@cafe.test").Token
		var slow sync.WaitGroup
		var rotated string
		slow.Go(func() { SaveSession(t.Context(), d.DB, token, []byte(`{"flash":"saved"}`)) })
		slow.Go(func() { FindSession(t.Context(), d.DB, token) })
		slow.Go(func() {
			store.InGlobalTx(t.Context(), d.DB, func(tx *store.Tx) (err error) {
				rotated, err = rotate(tx, token, 0)
				return err
			})
		})
		if err := EndSession(t.Context(), d.DB, token); err != nil {
			t.Fatal(err)
		}
		slow.Wait()
		if d.isIn(token) {
			t.Fatal("an ended session is alive")
		}
		if rotated != "" {
			EndSession(t.Context(), d.DB, rotated) // the rotation came first, and signing out was of the old token
		}
	}
	if living, err := Sessions(t.Context(), d.DB, 1); err != nil || len(living) != 0 {
		t.Errorf("%d sessions live on, %v", len(living), err)
	}
}

func TestRotationKeepsTheSessionUnderANewToken(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Owner)
	old := d.mustSignIn(t, "minji@cafe.test").Token
	if err := SaveSession(t.Context(), d.DB, old, []byte("kept")); err != nil {
		t.Fatal(err)
	}
	var next string
	d.global(t, func(tx *store.Tx) (err error) {
		next, err = rotate(tx, old, 0)
		return err
	})
	who, err := FindSession(t.Context(), d.DB, next)
	if d.isIn(old) || err != nil || string(who.Data) != "kept" {
		t.Errorf("old alive: %v; new: %+v, %v", d.isIn(old), who, err)
	}
	err = store.InGlobalTx(t.Context(), d.DB, func(tx *store.Tx) error {
		_, err := rotate(tx, old, 0)
		return err
	})
	if !errors.Is(err, models.ErrSignedOut) {
		t.Errorf("rotating an ended session: %v", err)
	}
}

func TestOneEndsOwnSessionsOnly(t *testing.T) {
	t.Parallel()
	d := open(t)
	minji, junho := d.hires(t, "minji@cafe.test", models.Owner), d.hires(t, "junho@cafe.test", models.Owner)
	phone, tablet := d.mustSignIn(t, "minji@cafe.test").Token, d.mustSignIn(t, "minji@cafe.test").Token
	list, err := Sessions(t.Context(), d.DB, minji.ID)
	if err != nil || len(list) != 2 {
		t.Fatalf("sessions %+v, %v", list, err)
	}
	if err := EndSessionOf(t.Context(), d.DB, junho.ID, sessionID(phone)); !errors.Is(err, models.ErrNotFound) || !d.isIn(phone) {
		t.Errorf("somebody else's session: %v", err)
	}
	if err := EndSessionOf(t.Context(), d.DB, minji.ID, sessionID(phone)); err != nil || d.isIn(phone) || !d.isIn(tablet) {
		t.Errorf("own session: %v", err)
	}
	if err := EndSessionOf(t.Context(), d.DB, minji.ID, "no hex"); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("a made-up id: %v", err)
	}
}

func TestSwitchingShops(t *testing.T) {
	t.Parallel()
	d := open(t)
	minji := d.hires(t, "minji@cafe.test", models.Owner)
	second, foreign := d.AddMerchant(t, "Asia/Seoul", "KRW", nil), d.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	d.exec(t, `INSERT INTO staff (merchant_id, person_id, role, created_at) VALUES ($1, $2, 'viewer', $3)`, second, minji.ID, d.Clock.Now())
	token := d.mustSignIn(t, "minji@cafe.test").Token
	next, err := SwitchShop(t.Context(), d.DB, token, minji.ID, second)
	if err != nil || d.isIn(token) {
		t.Fatalf("old token alive, or %v", err)
	}
	if who, err := FindSession(t.Context(), d.DB, next); err != nil || who.Merchant.ID != second || who.Staff.Role != models.Viewer {
		t.Errorf("in the second shop: %+v, %v", who, err)
	}
	if _, err := SwitchShop(t.Context(), d.DB, next, minji.ID, foreign); !errors.Is(err, models.ErrNotFound) || !d.isIn(next) {
		t.Errorf("a foreign shop: %v", err)
	}
}

func TestChangingThePassword(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Owner)
	here, there := d.mustSignIn(t, "minji@cafe.test"), d.mustSignIn(t, "minji@cafe.test")
	who, err := FindSession(t.Context(), d.DB, here.Token)
	if err != nil {
		t.Fatal(err)
	}
	change := func(current, password string) (*Entry, error) {
		return ChangePassword(t.Context(), d.DB, d.guard, who, ChangeParams{Token: here.Token, Current: current, Password: password, EndOther: true})
	}
	for _, bad := range [][3]string{{"wrong", "초록 기린 스무 마리쯤", "current"}, {rightPassword, "short", "password"}, {rightPassword, "minji1234567", "password"}} {
		_, err := change(bad[0], bad[1])
		if e, ok := errors.AsType[*models.Error](err); !ok || e.Kind != models.Invalid || e.Fields[0].Field != bad[2] {
			t.Errorf("%q: %v", bad, err)
		}
	}
	entry, err := change(rightPassword, "초록 기린 스무 마리쯤")
	if err != nil {
		t.Fatal(err)
	}
	if d.isIn(here.Token) || d.isIn(there.Token) || !d.isIn(entry.Token) {
		t.Errorf("alive: old %v, elsewhere %v, new %v", d.isIn(here.Token), d.isIn(there.Token), d.isIn(entry.Token))
	}
	if _, err := d.signIn("minji@cafe.test", rightPassword, "203.0.113.7", ""); !errors.Is(err, models.ErrBadSignIn) {
		t.Errorf("the old password: %v", err)
	}
	if _, err := d.signIn("minji@cafe.test", "초록 기린 스무 마리쯤", "203.0.113.7", ""); err != nil {
		t.Errorf("the new password: %v", err)
	}
}

func TestSweeping(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Clerk)
	d.mustSignIn(t, "minji@cafe.test")
	if n, err := Sweep(t.Context(), d.DB); n != 0 || err != nil {
		t.Errorf("swept %d living rows, %v", n, err)
	}
	d.Clock.Advance(ShopAbsolute + time.Hour)
	if n, err := Sweep(t.Context(), d.DB); n < 2 || err != nil {
		t.Errorf("swept %d, want the session and the counters, %v", n, err)
	}
}
