package terms

// Example is an order of that total as this programme's customers place it: with one item of what its rules about items
// want. It serves whoever tries the terms without a real order.
func (t *Terms) Example(total Money) *Purchase { return t.typical(total) }

// TierFor is the code of the tier whose threshold an amount of qualifying money reaches; empty without tiers.
func (t *Terms) TierFor(spent Money) (code string) {
	if t.Tiers == nil {
		return ""
	}
	for _, tier := range t.Tiers.Tiers {
		if spent >= tier.Threshold {
			code = tier.Code
		}
	}
	return code
}

// NameOf is what a code of the document is called: a tier's, a coupon's or a rule's name, or the code itself.
func (t *Terms) NameOf(code, locale string) string {
	if t.Tiers != nil {
		for _, tier := range t.Tiers.Tiers {
			if tier.Code == code {
				return tier.Name.In(locale)
			}
		}
	}
	for _, coupon := range t.Coupons {
		if coupon.Code == code {
			return coupon.Name.In(locale)
		}
	}
	for _, rule := range t.Earning {
		if rule.Code == code {
			return rule.Name.In(locale)
		}
	}
	return code
}
