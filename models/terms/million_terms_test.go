package terms

import "fmt"

// terms draws terms that are valid: rules of all kinds with holds, ends, limits and tiers.
func (w *world) terms() Terms {
	for {
		doc := one(append(w.rules(), w.bonuses()...)...)
		doc.Units[0].Expiry = w.expiry(true)
		doc.Units[0].Worth = oneOfThese(w, Worth{1, 1}, Worth{1, 1}, Worth{3, 2}, Worth{1, 7})
		doc.Redemptions[0] = oneOfThese(w, Redemption{Step: 1}, Redemption{Minimum: 100, Step: 10}, Redemption{Minimum: 30}, Redemption{Minimum: 500, Step: 500})
		if w.IntN(4) == 0 {
			doc.Units[0].Most = 500 + w.Int64N(2_000)
		}
		w.Shuffle(len(doc.Earning), func(i, j int) { doc.Earning[i], doc.Earning[j] = doc.Earning[j], doc.Earning[i] })
		for i := range doc.Earning {
			doc.Earning[i].Last = w.IntN(8) == 0
		}
		how := &doc.Redemptions[0]
		how.Unit, how.Share, how.OwnOrder, how.Beyond = "p", 1+w.IntN(100), w.even(), oneOfThese(w, "", Clamp, Refuse)
		doc.Refunds = oneOfThese(w, Refunds{}, Refunds{CourtesyDays: 3}, Refunds{Shortfall: Forgive})
		doc.Basis = Basis{PointsPaid: w.even(), Shipping: w.IntN(3) == 0, BeforeTax: w.IntN(3) == 0}
		doc.Transfers = []Transfer{oneOfThese(w, Transfer{}, Transfer{Reset: true}, Transfer{Minimum: 50, Once: 200, PerDay: 300})}
		doc.Transfers[0].Unit = "p"
		if w.even() {
			w.tiers(&doc)
		}
		if len(doc.Validate()) == 0 {
			return doc
		}
	}
}

func (w *world) even() bool { return w.IntN(2) == 0 }

func oneOfThese[T any](w *world, these ...T) T { return these[w.IntN(len(these))] }

func (w *world) rules() (rules []Rule) {
	for i := range 1 + w.IntN(4) {
		r := Rule{Code: fmt.Sprint("r", i), Award: w.formula(), Hold: w.pause()}
		if w.IntN(5) == 0 {
			r.When = OnFirstPurchase
		}
		if w.IntN(3) == 0 {
			r.If.MinAmount = w.Int64N(20_000)
		}
		if w.IntN(3) == 0 {
			r.If.SKUs.Only = []string{"tea"}
		}
		if r.Award.Kind == Rate {
			r.Rounding = Rounding{Mode: oneOfThese(w, "", Floor, HalfUp, Ceil), To: oneOfThese[Points](w, 0, 1, 10, 100)}
		}
		if w.IntN(4) == 0 {
			r.Cap = 50 + w.Int64N(500)
		}
		if w.IntN(4) == 0 {
			r.Expiry = w.expiry(false)
		}
		if r.Hold.Event == "" && w.IntN(4) == 0 {
			r.Parts = oneOfThese(w, Parts{Of: 2 + w.IntN(4), Days: 1 + w.IntN(40)}, Parts{Of: 2 + w.IntN(4), Months: 1 + w.IntN(3)})
		}
		if w.IntN(3) == 0 {
			r.Limits = []Limit{{Per: oneOfThese(w, PerLife, PerDay, PerWeek, PerMonth, PerYear)}}
			if limit := &r.Limits[0]; w.even() {
				limit.Times = 1 + w.Int64N(4)
			} else {
				limit.Points, limit.Reject = 60+w.Int64N(600), w.even()
			}
		}
		rules = append(rules, r)
	}
	return rules
}

// bonuses draws rules that multiply or add, for everything, some goods, or some rules.
func (w *world) bonuses() (rules []Rule) {
	for i := range w.IntN(3) {
		r := Rule{Code: fmt.Sprint("b", i), Award: oneOfThese(w, times(2, 1), times(3, 2), times(21, 20), times(1, 2), times(0, 1), times(5, 4), Formula{Kind: Plus, Points: 1 + w.Int64N(90)})}
		r.Award.Of = oneOfThese(w, nil, nil, []string{"r0"})
		if w.IntN(3) == 0 {
			r.If.MinAmount = w.Int64N(20_000)
		}
		if w.IntN(3) == 0 {
			r.If.SKUs.Only = []string{"tea"}
		}
		if w.IntN(4) == 0 {
			r.Cap = 90 + w.Int64N(500)
		}
		if w.IntN(4) == 0 {
			r.Limits = []Limit{{Per: PerMonth, Points: 100 + w.Int64N(600), Reject: w.even()}}
		}
		rules = append(rules, r)
	}
	return rules
}

func (w *world) formula() Formula {
	switch w.IntN(5) {
	case 0:
		return Formula{Kind: Fixed, Points: 1 + w.Int64N(50)}
	case 1:
		return Formula{Kind: PerUnit, Points: 1 + w.Int64N(20)}
	case 2:
		return Formula{Kind: PerAmount, Every: 1 + w.Int64N(3_000), Points: 1 + w.Int64N(20)}
	default:
		return rate(1+w.Int64N(30), 100+w.Int64N(900))
	}
}

func (w *world) pause() Hold {
	switch w.IntN(7) {
	case 0:
		return Hold{Days: 1 + w.IntN(40)}
	case 1:
		return Hold{Months: 1 + w.IntN(3), Until: oneOfThese(w, "", ToDay, ToMonth, ToQuarter, ToYear)}
	case 2:
		return Hold{Event: "delivered", Within: oneOfThese(w, 0, 10, 60)}
	case 3:
		return Hold{NextVisit: true}
	default:
		return Hold{}
	}
}

func (w *world) expiry(unit bool) Expiry {
	e := Expiry{Until: oneOfThese(w, "", ToDay, ToMonth, ToQuarter, ToHalfYear, ToYear, ToGivenMonth)}
	if e.Until == ToGivenMonth {
		e.Month = 1 + w.IntN(12)
	}
	switch what := w.IntN(6); {
	case what == 0:
		return Expiry{Kind: Never}
	case what == 1:
		return Expiry{Kind: OnDates, Dates: []YearDay{{6, 30}, {12, 31}, {2, 29}}, Months: w.IntN(4)}
	case what == 2:
		e.Kind, e.Days = RollingDays, 1+w.IntN(150)
	case what < 5 && unit:
		e.Kind, e.Months = Inactivity, 1+w.IntN(5)
		e.By = oneOfThese(w, []Activity{ByPurchase}, []Activity{ByUsing, ByEarning}, []Activity{ByPurchase, ByEarning, ByUsing})
	default:
		e.Kind, e.Months = Rolling, 1+w.IntN(6)
	}
	return e
}

// tiers adds a plan by the money spent, a factor for one of its tiers, and a rule for another alone.
func (w *world) tiers(doc *Terms) {
	plan := &TierPlan{
		Metric: MetricSpend, Window: oneOfThese(w, Window{Kind: RollingMonths, Months: 1 + w.IntN(12)}, Window{Kind: Lifetime}),
		ReviewDay: 1 + w.IntN(28), Grace: w.IntN(3), Downgrade: oneOfThese(w, DownFull, DownOneStep, DownNever),
		Validity: oneOfThese(w, Validity{Kind: NoValidity}, Validity{Kind: ValidForMonths, Months: 1 + w.IntN(6)}, Validity{Kind: ValidNextYear},
			Validity{Kind: ValidToDate, Month: 3, Day: 31}),
	}
	for i, threshold := range []Money{0, 30_000, 90_000, 200_000} {
		plan.Tiers = append(plan.Tiers, Tier{Code: fmt.Sprint("t", i), Name: Text{En: "Tier"}, Threshold: threshold})
	}
	doc.Tiers = plan
	doc.Earning[0].Tiers = []Factor{{"t1", Ratio{3, 2}}, {"t3", Ratio{1 + w.Int64N(9), 7}}}
	if last := len(doc.Earning) - 1; last > 0 {
		doc.Earning[last].If.Tiers = []string{"t2", "t3"}
	}
	for i := range doc.Earning {
		if r := &doc.Earning[i]; r.IsBonus() && w.even() {
			r.Tiers = []Factor{{"t0", oneOfThese(w, Ratio{1, 2}, Ratio{3, 2}, Ratio{4, 1})}, {"t2", Ratio{2, 1}}}
		}
	}
}

// explained sees that what is stored to explain an entry, or two where a debt was filled, recomputes to what they gave.
func (w *world) explained(who int, out Outcome) {
	given := map[string]Points{}
	for _, mv := range out.Movements {
		given[mv.Cause()] += Owned(mv.Bucket, mv.Points)
	}
	for _, mv := range out.Movements {
		why, err := Decode(mv.Why.Encode())
		if err != nil || why.Recompute() != given[mv.Cause()] {
			w.tell(who, "DIFFERS: %s gave %d, explained as %d: %v", mv.Cause(), given[mv.Cause()], why.Recompute(), err)
		}
	}
}

// ship has some orders sent for money, and tells of the tax in some of them.
func (w *world) ship(o twin) {
	if w.IntN(3) == 0 {
		o.order.Shipping = w.Int64N(5_000)
	}
	o.order.Total += o.order.Shipping
	if w.IntN(3) == 0 {
		o.order.Tax = w.Int64N(1 + o.order.Total/8)
		if told := w.even(); told {
			for i := range o.order.Lines {
				o.order.Lines[i].Tax = o.order.Lines[i].Amount / 11
			}
		}
	}
	o.naive.shipping, o.naive.tax = o.order.Shipping, o.order.Tax
}
