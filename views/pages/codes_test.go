package pages

import (
	"testing"

	"dangol/models"
	"dangol/models/customers"
	"dangol/models/imports"
	"dangol/models/insights"
	"dangol/models/segments"
	"dangol/views/i18n"
)

// A code of the business without a word would be an empty place on a screen.
func TestEveryCodeHasItsWord(t *testing.T) {
	for _, locale := range i18n.Locales {
		p := i18n.New(locale)
		known := func(what, code, word string) {
			if word == "" {
				t.Errorf("%s: no word for %s %q", locale, what, code)
			}
		}
		for _, field := range append(imports.Fields, imports.Ignore) {
			known("field", string(field), p.Imports.Fields[string(field)])
		}
		for _, mode := range imports.Modes {
			known("mode", string(mode), p.Imports.Modes[string(mode)])
			known("help of mode", string(mode), p.Imports.ModeHelp[string(mode)])
		}
		for _, state := range []imports.State{imports.Uploaded, imports.Checking, imports.Checked, imports.Running, imports.Done, imports.Failed, imports.Undoing, imports.Undone} {
			known("state", string(state), p.Imports.States[string(state)])
		}
		for _, name := range segments.Names {
			known("part of the map", string(name), p.Segments.Names.Name(string(name)))
		}
		for _, scope := range models.Scopes {
			known("scope", string(scope), p.Settings.ScopeNames[string(scope)])
		}
		for _, reason := range append([]models.GrantReason{models.GrantGive}, models.GrantReasons...) {
			known("reason", string(reason), p.Counter.Reasons.Name(string(reason)))
		}
		for _, role := range models.Roles {
			known("what a role may do", string(role), p.Staff.May[string(role)])
		}
		for _, view := range customers.Views {
			if view != customers.OfTier {
				known("view", string(view), p.Customers.ViewNames[string(view)])
			}
		}
		for _, number := range []insights.NumberCode{
			insights.VisitsToday, insights.SalesToday, insights.SalesMonth, insights.EarnedMonth, insights.RedeemedMonth,
			insights.Outstanding, insights.ExpiringSoon, insights.RepeatRate, insights.Customers, insights.NewMonth,
		} {
			known("number", string(number), p.Home.Numbers[string(number)])
			known("note of", string(number), p.Home.Notes[string(number)])
		}
	}
}
