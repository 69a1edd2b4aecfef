package pages

import (
	"context"
	"time"

	"dangol/models/calendar"
	"dangol/views/components"
	"dangol/views/forms"
	"dangol/views/i18n"
	"dangol/views/layouts"
	"dangol/views/paths"
)

// SettingsView is the shop's own settings (POST to paths.Settings) and the way to the others.
type SettingsView struct {
	Form    forms.Shop
	Version string
	CanShop bool // may change the shop; else only the links are shown
	Mail    bool // a mail server is connected
	Links   SettingsLinks
}

// SettingsLinks says which other pages this person opens.
type SettingsLinks struct{ Staff, Keys, Refunds, Imports, Poster, Audit bool }

// KeysView lists API keys and makes them: POST to paths.Keys. A key that was just made is shown once, in Made.
type KeysView struct {
	Rows   []KeyRow
	Form   forms.Key
	Scopes []string // those that may be given, codes of models.Scope
	Stores []StoreChoice
	Made   string
	Curl   string // an example with the shop's own address and the made key; "" hides it
}

// KeyRow is one key; revoking is POST to paths.Key.
type KeyRow struct {
	ID      int64
	Name    string
	Start   string // the part of the key that may be shown: "dgl_3f9a2b…"
	Source  string
	Scopes  []string
	Store   string    // "" all
	Used    time.Time // zero: never
	Revoked bool
}

// RefundsView lists refunds whose order has not come.
type RefundsView struct{ Rows []RefundRow }

// RefundRow is one of them.
type RefundRow struct {
	Source, Order string
	Amount        int64
	Since         time.Time
	Drops         calendar.Date
}

// PosterView is the sheet at the counter.
type PosterView struct {
	Shop    string
	Promise string // terms.Sentence
	Address string // of the public terms, "https://shop.kr/t/bomnal": what the QR says
	Contact string
	Started bool // false: nothing is promised yet
}

// TermsView is what customers read: the promise in force. It is public.
type TermsView struct {
	Shop     string
	Sentence string
	How      []string // what to do, in steps
	Since    calendar.Date
	Clauses  []Clause
	Contact  string
	Sandbox  bool
}

type setting struct{ icon, label, help, href string }

func settingLinks(p *i18n.Printer, v SettingsView) (links []setting) {
	add := func(yes bool, icon, label, help, href string) {
		if yes {
			links = append(links, setting{icon, label, help, href})
		}
	}
	w := p.Settings
	add(v.Links.Staff, "users", p.Shell.Staff, w.StaffHelp, paths.Staff)
	add(v.Links.Keys, "key", w.Keys, w.KeysHelp, paths.Keys)
	add(v.Links.Refunds, "repeat", w.Refunds, w.RefundsHelp, paths.Refunds)
	add(v.Links.Imports, "file-up", p.Shell.Imports, w.ImportsHelp, paths.Imports)
	add(v.Links.Audit, "clipboard-list", p.Audit.Title, p.Audit.Help, paths.Audit)
	add(v.Links.Poster, "printer", p.Shell.Poster, w.PosterHelp, paths.Poster)
	add(true, "monitor", p.Shell.Sessions, w.SessionsHelp, paths.Sessions)
	add(true, "lock", p.Shell.Password, w.PasswordHelp, paths.Password)
	add(true, "shield", p.Account.Factor, p.Account.FactorHelp, paths.SecondFactor)
	return links
}

func scopeChosen(form forms.Key, scope string) bool {
	for _, each := range form.Scopes {
		if each == scope {
			return true
		}
	}
	return false
}

func storeOptions(p *i18n.Printer, stores []StoreChoice) []components.Option {
	options := []components.Option{{Value: "0", Label: p.Settings.AllStores}}
	for _, store := range stores {
		options = append(options, components.Option{Value: text(store.ID), Label: store.Name})
	}
	return options
}

// posterBack is where the way back from the poster leads: to the settings, for who may open them.
func posterBack(ctx context.Context) string {
	if layouts.ShellFrom(ctx).May.Settings {
		return paths.Settings
	}
	return paths.Home
}
