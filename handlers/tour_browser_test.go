package handlers

import (
	"fmt"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"dangol/handlers/browsertest"
	"dangol/models"
	"dangol/models/demo"
	"dangol/models/people"
	"dangol/models/store/storetest"
)

// Every page of a shop that is alive, as its owner: nothing that axe finds, nothing wider than the window, nothing cut
// off, nothing in the console. With DANGOL_SHOTS it leaves a picture of each.
func TestTheTour(t *testing.T) {
	t.Parallel()
	d := storetest.Open(t)
	server := httptest.NewUnstartedServer(nil)
	url := "http://" + server.Listener.Addr().String()
	guard := people.NewGuard(testSecret)
	shop, err := demo.Build(t.Context(), d.DB, demo.Config{People: 120, Guard: guard})
	if err != nil {
		t.Fatal(err)
	}
	s := siteOver(t, &storetest.Shop{Database: *d, MerchantID: shop.MerchantID}, func(deps *Deps) { deps.URL = url })
	server.Config.Handler = s.server
	server.Start()
	t.Cleanup(server.Close)
	customer := s.one(t, `SELECT customer_id::text FROM customer_stats ORDER BY orders DESC LIMIT 1`)
	id, _ := strconv.ParseInt(customer, 10, 64)
	coupon := fmt.Sprintf("/counter/customers/%s/coupon?coupon=%d", customer, s.hands(t, models.Customer{ID: id}))
	for _, look := range looks {
		t.Run(look.Name(), func(t *testing.T) { s.tour(t, url, look, &shop, customer, coupon) })
	}
}

func (s *site) tour(t *testing.T, url string, look browsertest.Look, shop *demo.Shop, customer, coupon string) {
	s.setTaste(t, demo.OwnerEmail, look)
	tab := browsertest.Open(t, url, look)
	tab.Go("/sign-in")
	tab.Type("input[name=email]", demo.OwnerEmail)
	tab.Type("input[name=password]", shop.SignIns[0].Password)
	tab.ClickAway("main form button[type=submit]")
	other := s.one(t, `SELECT customer_id::text FROM customer_stats ORDER BY orders DESC OFFSET 1 LIMIT 1`)
	guest, profile := "/counter/customers/"+customer, "/customers/"+customer
	for _, path := range []string{
		"/", "/search?q=김", "/help",
		"/counter", "/counter/enrol", guest, guest + "/shown", guest + "/earn", guest + "/redeem", coupon, guest + "/grant",
		"/customers", "/customers?q=김", "/customers?q=없는사람", "/customers/new", profile, profile + "?tab=ledger", profile + "?tab=coupons",
		profile + "?tab=tiers", profile + "?tab=consents", profile + "/edit", profile + "/grants",
		profile + "/merge", profile + "/merge?q=김", profile + "/merge?other=" + other,
		"/program", "/program/publications", "/program/versions", "/program/versions/1",
		"/segments", "/segments/cell?r=5&f=5", "/segments/groups/new", "/insights", "/imports", "/imports/new",
		"/staff", "/staff/1", "/settings", "/settings/keys", "/settings/refunds", "/settings/audit", "/settings/sessions", "/settings/password",
		"/settings/second-factor", "/poster", fmt.Sprint("/t/", shop.MerchantID),
	} {
		tab.Go(path)
		check(tab, "tour"+strings.NewReplacer("/", "-", "?", "-", "=", "-", "&", "-", customer, "id").Replace(path))
	}
}
