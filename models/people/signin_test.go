package people

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"dangol/models"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	d := open(t)
	minji := d.hires(t, "minji@cafe.test", models.Owner)
	for _, email := range []string{"minji@cafe.test", "  Minji@CAFE.test ", "ｍｉｎｊｉ@cafe.test"} {
		entry, err := d.signIn(email, rightPassword, "203.0.113.7", "")
		if err != nil {
			t.Fatalf("%q: %v", email, err)
		}
		who, err := FindSession(t.Context(), d.DB, entry.Token)
		if err != nil || who.Person.ID != minji.ID || who.Staff.Role != models.Owner || who.Merchant.ID != d.MerchantID {
			t.Errorf("%q is %+v, %v", email, who, err)
		}
	}
	for _, bad := range [][2]string{
		{"minji@cafe.test", "wrong"}, {"minji@cafe.test", ""}, {"nobody@cafe.test", rightPassword}, {"", ""}, {"not an address", "x"},
	} {
		if _, err := d.signIn(bad[0], bad[1], "203.0.113.7", ""); !errors.Is(err, models.ErrBadSignIn) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestWhoWorksNowhereIsNotLetIn(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Clerk)
	d.exec(t, `UPDATE staff SET disabled_at = $1 WHERE merchant_id = $2`, d.Clock.Now(), d.MerchantID)
	if _, err := d.signIn("minji@cafe.test", rightPassword, "203.0.113.7", ""); !errors.Is(err, models.ErrBadSignIn) {
		t.Errorf("a disabled member of staff: %v", err)
	}
}

// Ten wrong tries from one place, whatever the spelling or the address within an IPv6 network, and that place has to wait.
func TestOnePlaceHasTenTries(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Owner)
	spellings := []string{"minji@cafe.test", "MINJI@cafe.test", "ｍinji@cafe.test ", "Minji@Cafe.Test"}
	for i := range 10 {
		if _, err := d.signIn(spellings[i%4], "wrong", fmt.Sprintf("2001:db8:1:2::%x", i+1), ""); !errors.Is(err, models.ErrBadSignIn) {
			t.Fatalf("try %d: %v", i+1, err)
		}
	}
	_, err := d.signIn("minji@cafe.test", rightPassword, "2001:db8:1:2::ffff", "")
	if e, ok := errors.AsType[*models.Error](err); !ok || e.Kind != models.TooMany || e.Args["seconds"] != int64(900) {
		t.Errorf("the eleventh try: %v", err)
	}
	d.Clock.Advance(15 * time.Minute)
	if _, err := d.signIn("minji@cafe.test", rightPassword, "2001:db8:1:2::1", ""); err != nil {
		t.Errorf("a quarter of an hour later: %v", err)
	}
}

func TestParallelTriesAreCountedBeforeTheyAreJudged(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Owner)
	d.guard.slow = func(int) time.Duration { return 0 }
	var all sync.WaitGroup
	refused := make(chan struct{}, 40)
	for range 40 {
		all.Go(func() {
			if _, err := d.signIn("minji@cafe.test", "wrong", "203.0.113.7", ""); models.KindOf(err) == models.TooMany {
				refused <- struct{}{}
			}
		})
	}
	all.Wait()
	if len(refused) != 30 {
		t.Errorf("%d of 40 parallel tries were refused, want all but 10", len(refused))
	}
}

// A stranger who tries as much as strangers can does not keep Minji out: from elsewhere she gets in, and on the tablet that
// knows her, even when the account is full and the stranger sits in her own shop's network.
func TestAStrangerLocksNobodyOut(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Owner)
	tablet := d.mustSignIn(t, "minji@cafe.test").Device
	for range 30 {
		d.signIn("minji@cafe.test", "wrong", "203.0.113.7", "")
		d.signIn("minji@cafe.test", "wrong", "198.51.100.1", "made up device")
	}
	if _, err := d.signIn("minji@cafe.test", rightPassword, "192.0.2.9", ""); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
	if len(d.waited) == 0 {
		t.Error("nobody was slowed down")
	}
	d.exec(t, `UPDATE attempts SET count = 100000`)
	if _, err := d.signIn("minji@cafe.test", rightPassword, "192.0.2.10", ""); models.KindOf(err) != models.TooMany {
		t.Errorf("a stranger on a full account: %v", err)
	}
	if _, err := d.signIn("minji@cafe.test", rightPassword, "203.0.113.7", tablet); err != nil {
		t.Errorf("on the known tablet: %v", err)
	}
}

func TestAKnownDeviceHasTenTriesToo(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Owner)
	tablet := d.mustSignIn(t, "minji@cafe.test").Device
	for range 10 {
		d.signIn("minji@cafe.test", "wrong", "203.0.113.7", tablet)
	}
	if _, err := d.signIn("minji@cafe.test", rightPassword, "203.0.113.8", tablet); models.KindOf(err) != models.TooMany {
		t.Errorf("the eleventh try on a stolen tablet: %v", err)
	}
}

// A device is known to one person, for half a year, and until the password changes.
func TestWhatMakesADeviceKnown(t *testing.T) {
	t.Parallel()
	d := open(t)
	minji, junho := d.hires(t, "minji@cafe.test", models.Owner), d.hires(t, "junho@cafe.test", models.Clerk)
	now := d.DB.Wall()
	mark := d.guard.device(minji, now)
	if d.guard.knows(mark, minji, now) == "" {
		t.Error("Minji's own tablet is not known")
	}
	later := now.Add(time.Second)
	changed := *minji
	changed.PasswordChangedAt = &later
	other := NewGuard([]byte("another secret"))
	for what, known := range map[string]string{
		"another person":  d.guard.knows(mark, junho, now),
		"a new password":  d.guard.knows(mark, &changed, now),
		"half a year on":  d.guard.knows(mark, minji, now.Add(deviceFor+time.Second)),
		"another secret":  other.knows(mark, minji, now),
		"a changed mark":  d.guard.knows("A"+mark[1:], minji, now),
		"nothing at all":  d.guard.knows("", minji, now),
		"something short": d.guard.knows("AAAA", minji, now),
	} {
		if known != "" {
			t.Errorf("known in spite of %s", what)
		}
	}
}

func TestRightTriesAreNotHeldAgainstAnybody(t *testing.T) {
	t.Parallel()
	d := open(t)
	d.hires(t, "minji@cafe.test", models.Owner)
	for i := range 15 {
		if _, err := d.signIn("minji@cafe.test", rightPassword, "203.0.113.7", ""); err != nil {
			t.Fatalf("sign-in %d: %v", i+1, err)
		}
	}
}

func TestAnOldHashIsRenewedAtSignIn(t *testing.T) {
	t.Parallel()
	d := open(t)
	minji := d.hires(t, "minji@cafe.test", models.Owner)
	salt := []byte("sixteen bytes ok")
	weak := cost{passes: 1, memory: 32, threads: 1}
	old := weak.encode(salt, weak.derive(rightPassword, salt))
	d.exec(t, `UPDATE people SET password_hash = $1 WHERE id = $2`, old, minji.ID)
	d.mustSignIn(t, "minji@cafe.test")
	now, err := personBy(t.Context(), d.DB, "minji@cafe.test")
	if err != nil || d.guard.hasher.outdated(*now.PasswordHash) {
		t.Errorf("the hash is still %q, %v", *now.PasswordHash, err)
	}
	d.mustSignIn(t, "minji@cafe.test")
}

func TestEmailsHaveOneForm(t *testing.T) {
	for in, want := range map[string]string{
		" Minji@Cafe.TEST": "minji@cafe.test", "ａ@b.co": "a@b.co", "a+b_c.d'e@x-y.kr": "a+b_c.d'e@x-y.kr",
		"": "", "a": "", "a@b": "", "@b.co": "", "a@": "", "a b@c.de": "", "a@b..co": "", "a@-b.co": "", "민지@카페.kr": "",
		"a@b.co\r\nBcc: x@y.z": "", "a@b@c.de": "", "<a@b.co>": "",
	} {
		if got, _ := Email(in); got != want {
			t.Errorf("Email(%q) = %q, want %q", in, got, want)
		}
	}
}
