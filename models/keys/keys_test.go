package keys

import (
	"errors"
	"strings"
	"testing"

	"dangol/models"
	"dangol/models/store/storetest"
)

var till = Params{Name: "계산대 포스", Source: "pos", Scopes: []models.Scope{models.ScopeOrders, models.ScopeCustomersRead}}

func TestAKeyWorksUntilItIsRevoked(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	text, made, err := Make(t.Context(), shop.DB, shop.MerchantID, models.Actor{}, till)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Authenticate(t.Context(), shop.DB, text)
	if err != nil || got.ID != made.ID || got.MerchantID != shop.MerchantID || !got.Allows(models.ScopeOrders) || got.Allows(models.ScopePublish) {
		t.Fatalf("the key is %+v, %v", got, err)
	}
	if err := Revoke(t.Context(), shop.DB, shop.AddMerchant(t, "Asia/Seoul", "KRW", nil), models.Actor{}, made.ID); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("another shop revoked it: %v", err)
	}
	if err := Revoke(t.Context(), shop.DB, shop.MerchantID, models.Actor{}, made.ID); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{text, Prefix, "", text + "x", strings.ToUpper(text)} {
		if _, err := Authenticate(t.Context(), shop.DB, bad); !errors.Is(err, models.ErrBadKey) {
			t.Errorf("%q after revoking: %v", bad, err)
		}
	}
}

func TestTheKeyItselfIsNowhereInTheDatabase(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	text, _, err := Make(t.Context(), shop.DB, shop.MerchantID, models.Actor{}, till)
	if err != nil {
		t.Fatal(err)
	}
	var row string
	if err := shop.DB.Pool().QueryRow(t.Context(), `SELECT string_agg(k::text, '') || (SELECT coalesce(string_agg(p::text, ''), '') FROM audit_payloads p) FROM api_keys k`).Scan(&row); err != nil {
		t.Fatal(err)
	}
	if secret := text[shown:]; strings.Contains(row, secret) || strings.Contains(row, secret[:8]) {
		t.Errorf("the key stands in %s", row)
	}
	list, err := List(t.Context(), shop.DB, shop.MerchantID)
	if err != nil || len(list) != 1 || list[0].Prefix != text[:shown] {
		t.Errorf("the list is %+v, %v", list, err)
	}
}

func TestAKeyIsDescribedWell(t *testing.T) {
	t.Parallel()
	shop := storetest.New(t)
	for field, spoil := range map[string]func(*Params){
		"name":   func(p *Params) { p.Name = "  " },
		"source": func(p *Params) { p.Source = "POS 1" },
		"scopes": func(p *Params) { p.Scopes = []models.Scope{"everything"} },
		"store":  func(p *Params) { p.StoreID = 99 },
	} {
		p := till
		spoil(&p)
		_, _, err := Make(t.Context(), shop.DB, shop.MerchantID, models.Actor{}, p)
		if e, ok := errors.AsType[*models.Error](err); !ok || e.Kind != models.Invalid || e.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
