package forms

import (
	"dangol/models/terms"
	"dangol/views/i18n"
)

// Fill puts what a shop usually starts with into the parts that are switched off, so that switching one on finds numbers
// in place. usual is what the shop's trade starts with, plan the tiers that suit its customers.
func (f *Program) Fill(usual terms.Terms, plan terms.TierPlan, factors []terms.Factor, p *i18n.Printer) {
	if f.TiersOn == "" {
		usual.Tiers = &plan
		if rule := purchaseRule(&usual); rule != nil {
			rule.Tiers = factors
		}
		f.fromTiers(&usual, p)
		f.TiersOn = ""
	}
	if f.BirthdayOn == "" {
		f.fromBirthday(&usual, p)
		f.BirthdayOn = ""
	}
}

// Confirmed checks a number that is typed again before many people are touched. The error is models.Invalid at field.
func Confirmed(field, typed string, want int64) error {
	n, err := Count(field, typed)
	if err == nil && n != want {
		err = unconfirmed(field)
	}
	return err
}
