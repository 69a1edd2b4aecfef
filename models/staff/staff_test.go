package staff

import (
	"context"
	"errors"
	"slices"
	"testing"

	"dangol/models"
	"dangol/models/merchants"
	"dangol/models/people"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

// cafe is a shop with an owner, and one more shop in the same installation.
type cafe struct {
	*storetest.Shop
	guard *people.Guard
	owner models.Actor
	other int64
}

func open(t *testing.T) *cafe {
	t.Helper()
	c := &cafe{Shop: storetest.New(t), guard: people.NewGuard([]byte("secret"))}
	c.other = c.AddMerchant(t, "Asia/Seoul", "KRW", nil)
	c.owner = c.hires(t, c.MerchantID, "owner@cafe.test", models.Owner)
	return c
}

const password = "분홍 코끼리 열두 마리"

func (c *cafe) hires(t *testing.T, merchantID int64, email string, role models.Role) models.Actor {
	t.Helper()
	hash, err := c.guard.HashPassword(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	err = store.InTx(t.Context(), c.DB, merchantID, func(tx *store.Tx) error {
		_, err := AddNew(tx, people.NewPerson{Email: email, Name: "사람"}, hash, Params{Role: role})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	m := c.member(t, merchantID, email)
	return models.Actor{StaffID: m.ID, Role: role}
}

func (c *cafe) member(t *testing.T, merchantID int64, email string) Member {
	t.Helper()
	list, err := List(t.Context(), c.DB, merchantID)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(m Member) bool { return m.Email == email })
	if i < 0 {
		t.Fatalf("%s is not in %+v", email, list)
	}
	return list[i]
}

func (c *cafe) signsIn(t *testing.T, email string) *people.Entry {
	t.Helper()
	entry, err := people.SignIn(t.Context(), c.DB, c.guard, people.SignInParams{Email: email, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return entry
}

func (c *cafe) invite(actor models.Actor, email string, role models.Role) (string, error) {
	return Invite(context.Background(), c.DB, c.MerchantID, actor, InviteParams{Email: email, Locale: "ko", Params: Params{Role: role}})
}

func TestAnInvitedPersonComes(t *testing.T) {
	t.Parallel()
	c := open(t)
	token, err := c.invite(c.owner, " Junho@Cafe.test ", models.Clerk)
	if err != nil || token == "" {
		t.Fatalf("token %q, %v", token, err)
	}
	if m := c.member(t, c.MerchantID, "junho@cafe.test"); !m.Invited || m.Role != models.Clerk {
		t.Errorf("before coming: %+v", m)
	}
	entry, err := people.Choose(t.Context(), c.DB, c.guard, people.ChooseParams{Kind: people.InvitationLink, Token: token, Name: "이준호", Password: password})
	if err != nil || entry.Merchant != c.MerchantID {
		t.Fatalf("coming: %+v, %v", entry, err)
	}
	if m := c.member(t, c.MerchantID, "junho@cafe.test"); m.Invited || m.Name != "이준호" {
		t.Errorf("after coming: %+v", m)
	}
	if _, err := c.invite(c.owner, "junho@cafe.test", models.Admin); models.KindOf(err) != models.Invalid {
		t.Errorf("inviting somebody who works here: %v", err)
	}
}

// Whoever holds an invitation of somebody who works in another shop could become them there, so the inviter does not get it.
func TestAnInvitationIsNoWayIntoAnotherShop(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.hires(t, c.other, "sora@other.test", models.Owner)
	if token, err := c.invite(c.owner, "sora@other.test", models.Clerk); token != "" || err != nil {
		t.Errorf("token %q, %v", token, err)
	}
	var mailed string
	if err := c.DB.Pool().QueryRow(t.Context(), `SELECT data->>'token' FROM messages WHERE merchant_id = $1`, c.MerchantID).Scan(&mailed); err != nil {
		t.Fatal(err)
	}
	_, err := people.Choose(t.Context(), c.DB, c.guard, people.ChooseParams{Kind: people.InvitationLink, Token: mailed, Password: "노란 하마 서른세 마리"})
	if !errors.Is(err, models.ErrBadLink) {
		t.Errorf("choosing a password for somebody who has one: %v", err)
	}
	if invited, err := people.FindInvitation(t.Context(), c.DB, mailed); err != nil || !invited.Known {
		t.Errorf("the invitation: %+v, %v", invited, err)
	}
	if err := people.Accept(t.Context(), c.DB, mailed); err != nil {
		t.Error(err)
	}
	c.signsIn(t, "sora@other.test")
	c.member(t, c.MerchantID, "sora@other.test")
}

func TestNobodyDecidesAboveOwnRank(t *testing.T) {
	t.Parallel()
	c := open(t)
	admin := c.hires(t, c.MerchantID, "admin@cafe.test", models.Admin)
	clerk := c.hires(t, c.MerchantID, "clerk@cafe.test", models.Clerk)
	foreign := c.hires(t, c.other, "foreign@other.test", models.Clerk)
	change := func(actor models.Actor, id int64, role models.Role) error {
		return Change(t.Context(), c.DB, c.MerchantID, actor, id, Params{Role: role})
	}
	access := func(actor models.Actor, id int64) error {
		return SetAccess(t.Context(), c.DB, c.MerchantID, actor, id, false)
	}
	for what, test := range map[string]struct {
		err  error
		want *models.Error
	}{
		"an admin makes an owner":          {change(admin, clerk.StaffID, models.Owner), models.ErrForbidden},
		"an admin demotes the owner":       {change(admin, c.owner.StaffID, models.Viewer), models.ErrForbidden},
		"an admin disables the owner":      {access(admin, c.owner.StaffID), models.ErrForbidden},
		"the owner changes herself":        {change(c.owner, c.owner.StaffID, models.Admin), models.ErrForbidden},
		"the owner disables herself":       {access(c.owner, c.owner.StaffID), models.ErrForbidden},
		"another shop's clerk is changed":  {change(c.owner, foreign.StaffID, models.Admin), models.ErrNotFound},
		"another shop's clerk is disabled": {access(c.owner, foreign.StaffID), models.ErrNotFound},
	} {
		if !errors.Is(test.err, test.want) {
			t.Errorf("%s: %v", what, test.err)
		}
	}
	if _, err := c.invite(admin, "new@cafe.test", models.Owner); !errors.Is(err, models.ErrForbidden) {
		t.Errorf("an admin invites an owner: %v", err)
	}
	if err := change(admin, clerk.StaffID, models.Admin); err != nil {
		t.Errorf("an admin makes an admin: %v", err)
	}
}

func TestAShopKeepsAnOwner(t *testing.T) {
	t.Parallel()
	c := open(t)
	second := c.hires(t, c.MerchantID, "second@cafe.test", models.Owner)
	done := make(chan error, 2)
	go func() { done <- SetAccess(context.Background(), c.DB, c.MerchantID, c.owner, second.StaffID, false) }()
	go func() { done <- SetAccess(context.Background(), c.DB, c.MerchantID, second, c.owner.StaffID, false) }()
	first, other := <-done, <-done
	if (first == nil) == (other == nil) {
		t.Errorf("both owners remove each other: %v, %v", first, other)
	}
	for _, err := range []error{first, other} {
		if e, ok := errors.AsType[*models.Error](err); err != nil && (!ok || e.Code != "last_owner") {
			t.Errorf("the loser is told %v", err)
		}
	}
}

func TestChangesEndSessionsHere(t *testing.T) {
	t.Parallel()
	c := open(t)
	clerk := c.hires(t, c.MerchantID, "clerk@cafe.test", models.Clerk)
	isIn := func(token string) bool {
		_, err := people.FindSession(t.Context(), c.DB, token)
		return err == nil
	}
	token := c.signsIn(t, "clerk@cafe.test").Token
	if err := Change(t.Context(), c.DB, c.MerchantID, c.owner, clerk.StaffID, Params{Role: models.Manager}); err != nil || isIn(token) {
		t.Errorf("after a change of role: in %v, %v", isIn(token), err)
	}
	token = c.signsIn(t, "clerk@cafe.test").Token
	if err := SetAccess(t.Context(), c.DB, c.MerchantID, c.owner, clerk.StaffID, false); err != nil || isIn(token) {
		t.Errorf("after disabling: in %v, %v", isIn(token), err)
	}
	if err := SetAccess(t.Context(), c.DB, c.MerchantID, c.owner, clerk.StaffID, true); err != nil || isIn(token) {
		t.Errorf("enabling revived the old session, or %v", err)
	}
	c.signsIn(t, "clerk@cafe.test")
}

func TestStoresAreTheShopsOwn(t *testing.T) {
	t.Parallel()
	c := open(t)
	clerk := c.hires(t, c.MerchantID, "clerk@cafe.test", models.Clerk)
	var here, there int64
	for merchantID, id := range map[int64]*int64{c.MerchantID: &here, c.other: &there} {
		err := store.InTx(t.Context(), c.DB, merchantID, func(tx *store.Tx) (err error) {
			*id, err = merchants.AddStore(tx, "main", "본점")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	err := Change(t.Context(), c.DB, c.MerchantID, c.owner, clerk.StaffID, Params{Role: models.Clerk, StoreIDs: []int64{there}})
	if e, ok := errors.AsType[*models.Error](err); !ok || e.Fields[0].Field != "stores" {
		t.Errorf("another shop's store: %v", err)
	}
	if err := Change(t.Context(), c.DB, c.MerchantID, c.owner, clerk.StaffID, Params{Role: models.Clerk, StoreIDs: []int64{here, here}}); err != nil {
		t.Fatal(err)
	}
	if m := c.member(t, c.MerchantID, "clerk@cafe.test"); !slices.Equal(m.StoreIDs, []int64{here}) {
		t.Errorf("stores %v, want %v", m.StoreIDs, here)
	}
}
