package handlers

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/people"
	"dangol/views/paths"
)

// app is somebody's authenticator app, written from the RFC and not from the program.
func app(t *testing.T, key string, at time.Time) string {
	t.Helper()
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(key)
	if err != nil {
		t.Fatal(err)
	}
	message := make([]byte, 8)
	binary.BigEndian.PutUint64(message, uint64(at.Unix()/30))
	mac := hmac.New(sha1.New, secret)
	mac.Write(message)
	sum := mac.Sum(nil)
	from := sum[19] & 15
	return fmt.Sprintf("%06d", (uint64(sum[from]&127)<<24|uint64(sum[from+1])<<16|uint64(sum[from+2])<<8|uint64(sum[from+3]))%1_000_000)
}

// turnsOn turns the second factor on as a person does, and gives the app's key and the recovery codes.
func (b *browser) turnsOn(t *testing.T, s *site) (key string, codes []string) {
	t.Helper()
	page := b.get(paths.SecondFactor).want(http.StatusOK).doc()
	key = page.Find(`[data-testid="key"]`).Text()
	form := fields(t, page, `form[action="/settings/second-factor"]`)
	form.Set("code", "000000")
	again := b.post(paths.SecondFactor, form).want(http.StatusUnprocessableEntity).doc()
	if again.Find(`[data-testid="key"]`).Text() != key || page.Find("svg.qr path").Length() != 1 {
		t.Error("a mistyped code changes the key, or there is nothing to scan")
	}
	form = fields(t, again, `form[action="/settings/second-factor"]`)
	form.Set("code", app(t, key, s.Clock.Now()))
	done := b.post(paths.SecondFactor, form).want(http.StatusOK).doc()
	for _, code := range done.Find(`[data-testid="recovery"]`).EachIter() {
		codes = append(codes, code.Text())
	}
	if len(codes) != 10 {
		t.Fatalf("%d recovery codes", len(codes))
	}
	return key, codes
}

func (b *browser) password() *answer {
	return b.post(paths.SignIn, url.Values{"email": {"minji@cafe.test"}, "password": {testPassword}, "next": {"/settings"}})
}

func (b *browser) code(code string) *answer {
	return b.post(paths.SecondStep, url.Values{"code": {code}, "next": {"/settings"}})
}

// With a second factor the password opens nothing; the code does, once; a recovery code does, once; a new password does not
// stand in for the code.
func TestTheSecondFactor(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	minji := s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	key, codes := s.as(t, s.MerchantID, minji).turnsOn(t, s)
	b := s.browser(t)
	b.password().wantGo("/sign-in/code?next=%2Fsettings")
	b.get(paths.Settings).want(http.StatusSeeOther)
	if b.cookies[s.server.cookie] != "" {
		t.Error("the password alone gives a session")
	}
	b.code("123456").want(http.StatusUnprocessableEntity)
	b.code(app(t, key, s.Clock.Now())).want(http.StatusUnprocessableEntity) // it turned the factor on: used
	s.Clock.Advance(30 * time.Second)
	now := app(t, key, s.Clock.Now())
	b.code(now[:3] + " " + now[3:]).wantGo("/settings")
	b.get(paths.Settings).want(http.StatusOK)

	replay := s.browser(t)
	replay.password()
	replay.code(now).want(http.StatusUnprocessableEntity)
	replay.code(strings.ToUpper(codes[3])).wantGo("/settings")
	again := s.browser(t)
	again.password()
	again.code(codes[3]).want(http.StatusUnprocessableEntity)

	token, err := people.NewReset(t.Context(), s.DB, "minji@cafe.test")
	if err != nil {
		t.Fatal(err)
	}
	reset := s.browser(t)
	reset.post(paths.ResetWith(token), url.Values{"password": {testPassword + " 둘"}}).wantGo(paths.SecondStep)
	reset.get(paths.Settings).want(http.StatusSeeOther)
	again.code(codes[4]).wantGo(paths.SignIn) // the old password's half way is over
	reset.code(codes[4]).wantGo("/settings")
}

// The way from the password to the code is short, and tries on it are few.
func TestTheSecondStepIsShortAndGuarded(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	minji := s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	key, _ := s.as(t, s.MerchantID, minji).turnsOn(t, s)
	slow := s.browser(t)
	slow.password()
	s.Clock.Advance(5*time.Minute + time.Second)
	slow.code(app(t, key, s.Clock.Now())).wantGo(paths.SignIn)
	forged := s.browser(t)
	forged.cookies[s.server.halfCookie()] = "AAAAAAAAAAEAAAAAf____w"
	forged.code(app(t, key, s.Clock.Now())).wantGo(paths.SignIn)
	guess := s.browser(t)
	guess.password()
	for range 10 {
		guess.code("000000").want(http.StatusUnprocessableEntity)
	}
	if a := guess.code(app(t, key, s.Clock.Now())).want(http.StatusTooManyRequests); a.Header().Get("Retry-After") == "" {
		t.Error("not told when to try again")
	}
	if err := people.ResetFactor(t.Context(), s.DB, "minji@cafe.test"); err != nil {
		t.Fatal(err)
	}
	s.browser(t).password().wantGo("/settings")
}

// What matters asks for the password again, ten minutes after it was given, and loses nothing that was typed.
func TestThePasswordAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.owner(t)
	s.Clock.Advance(people.ConfirmedFor + time.Second)
	key := url.Values{"name": {"계산대 1"}, "source": {"pos"}, "scopes": {"orders", "redemptions"}}
	asked := b.post(paths.Keys, key).want(http.StatusUnprocessableEntity).doc()
	form := fields(t, asked, `form[action="/settings/keys"]`)
	if form.Get("name") != "계산대 1" || asked.Find(`input[name="scopes"]`).Length() != 2 {
		t.Fatalf("what was typed is lost: %v", form)
	}
	form["scopes"] = key["scopes"]
	form.Set(passwordAgain, "falsch")
	b.post(paths.Keys, form).want(http.StatusUnprocessableEntity)
	form.Set(passwordAgain, testPassword)
	if a := b.post(paths.Keys, form).want(http.StatusOK); !a.says("dgl_") {
		t.Error("no key was made")
	}
	b.post(paths.Keys, key).want(http.StatusOK) // asked once
	s.Clock.Advance(people.ConfirmedFor + time.Second)
	for _, path := range []string{paths.Invitations, paths.Key(1), paths.Member(1), paths.SecondFactor, paths.SecondFactorOff, paths.RecoveryCodes, paths.SecondFactorRule} {
		if asked := b.post(path, url.Values{}).want(http.StatusUnprocessableEntity).doc(); asked.Find(`input[name="`+passwordAgain+`"]`).Length() != 1 {
			t.Errorf("%s does not ask", path)
		}
	}
}

// A shop may want a second factor of its owners and admins: they see nothing else before they have one. Others are not asked.
func TestAShopThatWantsASecondFactor(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	minji := s.hires(t, s.MerchantID, "minji@cafe.test", models.Owner)
	admin, clerk := s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "admin@cafe.test", models.Admin)), s.as(t, s.MerchantID, s.hires(t, s.MerchantID, "clerk@cafe.test", models.Clerk))
	b := s.as(t, s.MerchantID, minji)
	if !b.get("/").want(http.StatusOK).says("2단계 로그인을 켜 두면") || clerk.get("/").says("2단계 로그인을 켜 두면") {
		t.Error("the advice on the first page")
	}
	b.turnsOn(t, s)
	if b.get("/").says("2단계 로그인을 켜 두면") {
		t.Error("advised although it is on")
	}
	b.post(paths.SecondFactorRule, url.Values{"needed": {"on"}}).wantGo(paths.SecondFactor)
	admin.get("/").wantGo(paths.SecondFactor)
	admin.get(paths.Customers).wantGo(paths.SecondFactor)
	admin.turnsOn(t, s)
	admin.get(paths.Customers).want(http.StatusOK)
	b.get("/").want(http.StatusOK)
	clerk.get("/").want(http.StatusOK)
	b.post(paths.SecondFactorRule, url.Values{}).wantGo(paths.SecondFactor)
}
