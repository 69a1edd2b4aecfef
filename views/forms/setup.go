package forms

import (
	"strconv"
	"strings"

	"dangol/models"
	"dangol/models/terms"
	"dangol/views/i18n"
)

// Params are the shop of step 1. The error is models.Invalid at "ticket"; the rest is checked where the shop is made.
func (f SetupShop) Params(decimals int) (models.MerchantParams, error) {
	p := models.MerchantParams{Name: f.Name, Trade: models.Trade(f.Trade)}
	if strings.TrimSpace(f.Ticket) == "" {
		return p, nil
	}
	ticket, err := Amount("ticket", f.Ticket, decimals)
	if err == nil && ticket <= 0 {
		err = models.InvalidField("ticket", "bad_amount", nil)
	}
	p.MedianTicket = ticket
	return p, err
}

// SetupPromiseFrom writes the three numbers of terms as the printer's reader types them.
func SetupPromiseFrom(t *terms.Terms, p *i18n.Printer) SetupPromise {
	f := SetupPromise{Birthday: "0"}
	if isStampCard(t) {
		f.Rate = strconv.FormatInt(t.Redemptions[0].Minimum, 10)
	} else {
		f.Rate, f.From = percentText(p, t.Earning[0].Award.Rate), p.Number(t.Redemptions[0].Minimum)
	}
	if _, coupon := birthday(t); coupon != nil {
		f.Birthday = p.Amount(coupon.Amount)
	}
	return f
}

// isStampCard says whether the default terms of a trade count things.
func isStampCard(t *terms.Terms) bool { return t.Earning[0].Award.Kind == terms.PerUnit }

// Apply writes the three numbers into the default terms of the trade. A birthday worth nothing takes the occasion out. The
// error is models.Invalid at "rate", "from" or "birthday".
func (f SetupPromise) Apply(t *terms.Terms, p *i18n.Printer) error {
	r := &reading{decimals: i18n.Decimals(p.Currency)}
	if isStampCard(t) {
		f.applyStamps(t, r)
	} else {
		f.applyRate(t, r)
	}
	f.applyBirthday(t, r)
	if err := r.faults.Err(); err != nil {
		return err
	}
	for _, fault := range t.Validate() {
		r.faults.Add(promiseField(fault.Field), fault.Code, fault.Args)
	}
	return r.faults.Err()
}

func (f SetupPromise) applyStamps(t *terms.Terms, r *reading) {
	stamps, err := Amount("rate", f.Rate, 0)
	r.note(err)
	if err == nil && (stamps < 2 || stamps > 100) {
		r.faults.Add("rate", "bad_number", nil)
	}
	t.Redemptions[0].Minimum, t.Redemptions[0].Step = stamps, stamps
	t.Units[0].Worth.Points = stamps
}

func (f SetupPromise) applyRate(t *terms.Terms, r *reading) {
	rate, err := Percent("rate", f.Rate)
	r.note(err)
	if err == nil && (rate <= 0 || rate > 50_00) {
		r.faults.Add("rate", "too_large", map[string]any{"max": "50%"})
	}
	from, err := Amount("from", f.From, 0)
	r.note(err)
	t.Earning[0].Award.Rate = terms.Ratio{Num: rate, Den: 100_00}
	t.Redemptions[0].Minimum = from
	if step := t.Redemptions[0].Step; step > 0 && from%step != 0 {
		t.Redemptions[0].Step = 1
	}
}

func (f SetupPromise) applyBirthday(t *terms.Terms, r *reading) {
	amount, err := Amount("birthday", f.Birthday, r.decimals)
	r.note(err)
	_, coupon := birthday(t)
	switch {
	case coupon == nil || err != nil:
	case amount == 0:
		t.Occasions, t.Coupons = nil, nil
	default:
		coupon.Amount, coupon.Minimum = amount, max(coupon.Minimum, amount)
	}
}

// promiseField names the blank of the sentence to which a fault of the document belongs.
func promiseField(pointer string) string {
	switch {
	case strings.HasPrefix(pointer, "/redemptions"):
		return "from"
	case strings.HasPrefix(pointer, "/coupons"), strings.HasPrefix(pointer, "/occasions"):
		return "birthday"
	}
	return "rate"
}
