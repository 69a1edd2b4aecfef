package terms

// Grant gives or takes points by hand. Taking is refused where there are too few: only a refund makes a deficit.
func (p *Program) Grant(m *Member, grant *Grant) (Outcome, Refusal) {
	unit := p.Unit(grant.Unit)
	if unit == nil || grant.Points == 0 {
		return Outcome{}, Refusal{Code: NotRedeemable, Asked: grant.Points}
	}
	account, out := m.Account(unit.Code), Outcome{Day: grant.Day}
	mv := Movement{
		Kind: Adjust, Bucket: Available, Points: grant.Points, At: grant.At, OccurredAt: grant.At,
		Source: grant.Source, Rule: grant.Reason,
	}
	if grant.Points > 0 {
		mv.Lot = Lot{EarnedAt: grant.At, ExpiresOn: grant.Expiry, Source: grant.Source, Rule: grant.Reason}
		if grant.Expiry.IsZero() {
			mv.Lot.ExpiresOn = p.lastDay(m, unit, grant.Day)
		}
		account.credit(mv, &out)
		p.active(m, ByEarning, unit.Code, grant.Day, grant.At, &out)
		if p.tracks.balance {
			p.rise(m, turn{max(grant.Day, m.SettledTo), grant.At, grant.Source}, &out)
		}
		return out, Refusal{}
	}
	if account.Available < -grant.Points {
		return Outcome{}, Refusal{Code: NotEnough, Asked: -grant.Points, Limit: account.Available}
	}
	account.debit(mv, func(l *Lot) bool { return l.Bucket == Available }, &out)
	return out, Refusal{}
}

// Ungrant takes a grant back: from its own lot first, then from others. It is refused once too few points are left. Points
// that had been taken go back to the lots that they came from; closed are those of them that are used up.
func (p *Program) Ungrant(m *Member, undo *Grant, original *Movement, closed ...Lot) (Outcome, Refusal) {
	account, out := m.Account(original.Unit), Outcome{Day: undo.Day}
	to := back{source: undo.Source, at: undo.At, day: undo.Day, closed: closed}
	if original.Points < 0 {
		paid := Paid{Unit: original.Unit, Seq: original.Seq, Points: -original.Points, Uses: original.Uses}
		p.restore(m, to, &paid, paid.Points, &out)
		return out, Refusal{}
	}
	if account.Available < original.Points {
		return Outcome{}, Refusal{Code: NotEnough, Asked: original.Points, Limit: account.Available}
	}
	account.claw(to.movement(Clawback, Available, original.Rule, original.Seq), original.Points,
		func(l *Lot) bool { return l.Seq == original.Seq },
		func(l *Lot) bool { return l.Bucket == Available }, &out)
	return out, Refusal{}
}
