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
