package main

import (
	"github.com/a-h/templ"

	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/layouts"
	"dangol/views/pages"
)

// signedOut takes the shell away, as for a visitor.
func signedOut(shell *layouts.Shell, _ *i18n.Printer) {
	*shell = layouts.Shell{Theme: shell.Theme, Path: shell.Path}
}

func doorStories() []story {
	return []story{
		{"door/sign-in", func(*i18n.Printer) templ.Component { return pages.SignIn(forms.SignIn{}) }, signedOut},
		{"door/sign-in-wrong", func(p *i18n.Printer) templ.Component {
			return pages.SignIn(forms.SignIn{Email: "bora@bomnal.kr", Problems: forms.Problems{"": p.Fault("bad_sign_in", nil)}})
		}, signedOut},
		{"door/reset", func(*i18n.Printer) templ.Component { return pages.Reset(forms.Reset{}, false) }, signedOut},
		{"door/reset-sent", func(*i18n.Printer) templ.Component { return pages.Reset(forms.Reset{}, true) }, signedOut},
		{"door/invite", func(p *i18n.Printer) templ.Component {
			return pages.Invite(pages.InviteView{Token: "x", Shop: say(p, "봄날 커피", "Bomnal Coffee"), Role: "manager"})
		}, signedOut},
		{"setup/shop", func(p *i18n.Printer) templ.Component {
			return pages.SetupShop(pages.SetupShopView{Token: "x", Form: forms.SetupShop{Trade: "restaurant", Ticket: "12,000", Problems: forms.Problems{"name": p.Fault("required", nil)}}})
		}, signedOut},
		{"setup/customers", func(*i18n.Printer) templ.Component {
			return pages.SetupCustomers(pages.SetupCustomersView{Token: "x"})
		}, signedOut},
		{"setup/customers-file", func(*i18n.Printer) templ.Component {
			return pages.SetupCustomers(pages.SetupCustomersView{Token: "x", Choice: "file", Fact: &pages.FileFacts{People: 1204, TopShare: 580, LongAway: 94}})
		}, signedOut},
		{"setup/promise", func(*i18n.Printer) templ.Component {
			return pages.SetupPromise(pages.SetupPromiseView{Token: "x", Form: forms.SetupPromise{Rate: "2", From: "1,000", Birthday: "3,000"},
				Effect: pages.SetupEffectView{Spend: 12000, Points: 240, FirstVisit: 2, Cost: 140000, Sales: 10000000, Visits: 20}})
		}, signedOut},
		{"setup/done", func(*i18n.Printer) templ.Component { return pages.SetupDone(pages.SetupDoneView{CanInvite: true}) }, nil},
	}
}
