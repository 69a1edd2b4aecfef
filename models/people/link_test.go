package people

import (
	"errors"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/store"
)

func (d *door) link(t *testing.T, kind LinkKind, personID int64) (token string) {
	t.Helper()
	d.global(t, func(tx *store.Tx) (err error) {
		token, err = NewLink(tx, kind, personID, d.MerchantID)
		return err
	})
	return token
}

func TestLinksWorkOnceAndForAWhile(t *testing.T) {
	t.Parallel()
	d := open(t)
	minji := d.hires(t, "minji@cafe.test", models.Owner)
	choose := func(kind LinkKind, token, password string) error {
		_, err := Choose(t.Context(), d.DB, d.guard, ChooseParams{Kind: kind, Token: token, Password: password})
		return err
	}
	before := d.mustSignIn(t, "minji@cafe.test").Token
	replaced, token := d.link(t, ResetLink, minji.ID), d.link(t, ResetLink, minji.ID)
	for _, bad := range []string{replaced, "made up", ""} {
		if err := choose(ResetLink, bad, "초록 기린 스무 마리쯤"); !errors.Is(err, models.ErrBadLink) {
			t.Errorf("link %q: %v", bad, err)
		}
	}
	if err := choose(InvitationLink, token, "초록 기린 스무 마리쯤"); !errors.Is(err, models.ErrBadLink) {
		t.Errorf("a reset link as an invitation: %v", err)
	}
	if err := choose(ResetLink, token, "short"); models.KindOf(err) != models.Invalid {
		t.Errorf("a short password: %v", err)
	}
	if err := choose(ResetLink, token, "초록 기린 스무 마리쯤"); err != nil {
		t.Fatalf("the link, unharmed by a short password: %v", err)
	}
	if d.isIn(before) {
		t.Error("a session outlived the reset")
	}
	if err := choose(ResetLink, token, "노란 하마 서른 마리쯤"); !errors.Is(err, models.ErrBadLink) {
		t.Errorf("the same link again: %v", err)
	}
	for kind, lasts := range lasting {
		late := d.link(t, kind, minji.ID)
		d.Clock.Advance(lasts - time.Second)
		if _, err := FindLink(t.Context(), d.DB, kind, late); err != nil {
			t.Errorf("%s, a second before its end: %v", kind, err)
		}
		d.Clock.Advance(time.Second)
		if _, err := FindLink(t.Context(), d.DB, kind, late); !errors.Is(err, models.ErrBadLink) {
			t.Errorf("%s, after %s: %v", kind, lasts, err)
		}
	}
}

func TestAskingForAReset(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Owner)
	from := Origin{Address: "203.0.113.7"}
	for _, email := range []string{"minji@cafe.test", "nobody@cafe.test"} {
		for range 5 {
			if err := RequestReset(t.Context(), d.DB, email, from); err != nil {
				t.Errorf("%s: %v", email, err)
			}
		}
	}
	var mails int
	if err := d.DB.Pool().QueryRow(t.Context(), `SELECT count(*) FROM messages WHERE merchant_id = $1 AND template = 'reset' AND data ? 'token'`,
		d.MerchantID).Scan(&mails); err != nil || mails != 3 {
		t.Errorf("%d mails, want 3 an hour, %v", mails, err)
	}
	for range 25 {
		RequestReset(t.Context(), d.DB, "nobody@cafe.test", from)
	}
	if err := RequestReset(t.Context(), d.DB, "nobody@cafe.test", from); models.KindOf(err) != models.TooMany {
		t.Errorf("the 36th request from one address: %v", err)
	}
}
