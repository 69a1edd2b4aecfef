package merchants

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"dangol/models"
	"dangol/models/people"
	"dangol/models/store"
	"dangol/models/store/storetest"
)

func fields(err error) (names []string) {
	if e, ok := errors.AsType[*models.Error](err); ok && e.Kind == models.Invalid {
		for _, f := range e.Fields {
			names = append(names, f.Field)
		}
	}
	return names
}

func TestAShopIsDescribedWell(t *testing.T) {
	t.Parallel()
	db := storetest.NewDB(t)
	clock := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		p    models.MerchantParams
		want []string
	}{
		"nothing but a name":        {models.MerchantParams{Name: "단골"}, nil},
		"a sandbox":                 {models.MerchantParams{Name: "연습", Sandbox: true, Clock: clock}, nil},
		"no name":                   {models.MerchantParams{}, []string{"name"}},
		"everything wrong":          {models.MerchantParams{Trade: "zoo", Zone: "Mars/Base", Currency: "won", MedianTicket: -1, Sandbox: true}, []string{"name", "trade", "zone", "currency", "ticket", "clock"}},
		"a live shop with a clock":  {models.MerchantParams{Name: "단골", Clock: clock}, []string{"clock"}},
		"the zone of this computer": {models.MerchantParams{Name: "단골", Zone: "Local"}, []string{"zone"}},
	} {
		if _, err := Add(t.Context(), db, test.p); !slices.Equal(fields(err), test.want) || (err == nil) != (test.want == nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func founding(token string) FoundParams {
	return FoundParams{Token: token, Shop: models.MerchantParams{Name: "단골 커피", Trade: models.TradeCafe}, Email: "minji@cafe.test", Password: "분홍 코끼리 열두 마리", Locale: "ko"}
}

func setupLink(t *testing.T, db *store.DB) (token string) {
	t.Helper()
	err := store.InGlobalTx(t.Context(), db, func(tx *store.Tx) (err error) {
		token, err = people.NewLink(tx, people.SetupLink, 0, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// Of two who open the same set-up link at once, one gets a shop; the other gets nothing, and nothing of theirs stays.
func TestOneLinkMakesOneShop(t *testing.T) {
	t.Parallel()
	db := storetest.NewDB(t)
	guard, token := people.NewGuard([]byte("secret")), setupLink(t, db)
	made := make(chan error, 2)
	for _, email := range []string{"minji@cafe.test", "junho@cafe.test"} {
		go func() {
			p := founding(token)
			p.Email = email
			_, err := Found(context.Background(), db, guard, p)
			made <- err
		}()
	}
	first, second := <-made, <-made
	if (first == nil) == (second == nil) || first != nil && !errors.Is(first, models.ErrBadLink) || second != nil && !errors.Is(second, models.ErrBadLink) {
		t.Errorf("one got %v, the other %v", first, second)
	}
	var shops, logins int
	if err := db.Pool().QueryRow(t.Context(), `SELECT (SELECT count(*) FROM merchants), (SELECT count(*) FROM people)`).Scan(&shops, &logins); err != nil || shops != 1 || logins != 1 {
		t.Errorf("%d shops and %d logins, %v", shops, logins, err)
	}
}

func TestFoundingTellsEveryFaultAtOnce(t *testing.T) {
	t.Parallel()
	db := storetest.NewDB(t)
	guard, token := people.NewGuard([]byte("secret")), setupLink(t, db)
	p := founding(token)
	p.Shop.Name, p.Email, p.Password = "", "x", "short"
	if _, err := Found(t.Context(), db, guard, p); !slices.Equal(fields(err), []string{"name", "email", "password"}) {
		t.Errorf("faults: %v", err)
	}
	p = founding(token)
	p.Password = "단골 커피 1234567"
	if _, err := Found(t.Context(), db, guard, p); !slices.Equal(fields(err), []string{"password"}) {
		t.Errorf("the shop's name as password: %v", err)
	}
	if _, err := Found(t.Context(), db, guard, founding("made up")); !errors.Is(err, models.ErrBadLink) {
		t.Errorf("a made-up link: %v", err)
	}
	if entry, err := Found(t.Context(), db, guard, founding(token)); err != nil || entry.Token == "" || entry.Merchant == 0 {
		t.Errorf("after all that: %+v, %v", entry, err)
	}
}

func TestChangingAShop(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	read := func() (m *models.Merchant) {
		t.Helper()
		err := store.InTx(t.Context(), shop.DB, shop.MerchantID, func(tx *store.Tx) (err error) {
			m, err = Find(tx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	good := Changes{Name: "새 이름", Contact: "02-123-4567", Ticket: 15000, Margin: 55, ShownCounts: true, Version: Version(read())}
	bad := good
	bad.Name, bad.Ticket, bad.Margin = "", 0, 101
	if err := Change(t.Context(), shop.DB, shop.MerchantID, models.Actor{}, bad); !slices.Equal(fields(err), []string{"name", "ticket", "margin"}) {
		t.Errorf("faults: %v", err)
	}
	if err := Change(t.Context(), shop.DB, shop.MerchantID, models.Actor{}, good); err != nil {
		t.Fatal(err)
	}
	m := read()
	settings, err := SettingsOf(m)
	if err != nil || m.Name != "새 이름" || m.MedianTicket != 15000 || m.MarginPercent != 55 || settings.PublicContact != "02-123-4567" || !settings.ShownCounts {
		t.Errorf("the shop is %+v, %+v, %v", m, settings, err)
	}
	if err := Change(t.Context(), shop.DB, shop.MerchantID, models.Actor{}, good); !errors.Is(err, models.ErrStale) {
		t.Errorf("the same form again: %v", err)
	}
}
