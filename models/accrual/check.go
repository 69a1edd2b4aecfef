package accrual

import (
	"slices"
	"strconv"

	"dangol/models"
	"dangol/models/store"
)

// Limits of what one order may say, in characters and pieces.
const (
	maxNumber   = 120
	maxText     = 120
	maxQuantity = 1_000_000
	maxRevision = 1_000_000
)

// check says what is wrong with an order before anything is looked up, and fills in what may be left out.
func check(p *models.OrderParams, merchant *store.Merchant) error {
	var f models.Faults
	p.ExternalID = text(&f, "external_id", p.ExternalID, maxNumber)
	if p.ExternalID == "" {
		f.Add("external_id", "required", nil)
	}
	if p.Currency != "" && p.Currency != merchant.Currency {
		f.Add("currency", "other_currency", map[string]any{"currency": merchant.Currency})
	}
	if p.Channel == "" {
		p.Channel = "store"
	}
	if p.Channel != "store" && p.Channel != "online" {
		f.Add("channel", "unknown", nil)
	}
	if code, ok := models.NormalCouponCode(p.Coupon); ok {
		p.Coupon = code
	}
	if p.Revision == 0 {
		p.Revision = 1
	}
	if p.Revision < 1 || p.Revision > maxRevision {
		f.Add("revision", "out_of_range", map[string]any{"from": 1, "to": maxRevision})
	}
	p.Payments, p.Labels = words(&f, "payments", p.Payments), words(&f, "labels", p.Labels)
	checkLines(&f, p.Lines)
	checkMoney(&f, p)
	return f.Err()
}

func checkMoney(f *models.Faults, p *models.OrderParams) {
	faults := len(*f)
	money(f, "total", p.Total)
	money(f, "shipping", p.Shipping)
	money(f, "discount", p.Discount)
	money(f, "paid_with_points", p.PaidWithPoints)
	money(f, "tax", p.Tax)
	if len(*f) > faults {
		return
	}
	if p.Shipping+p.PaidWithPoints > p.Total {
		f.Add("total", "less_than_parts", map[string]any{"parts": p.Shipping + p.PaidWithPoints})
	}
	checkTax(f, p)
}

// checkTax demands that no tax is more than what contains it. An order that says nothing of tax has that of its lines.
func checkTax(f *models.Faults, p *models.OrderParams) {
	var sum int64
	for i := range p.Lines {
		sum += p.Lines[i].Tax
	}
	if p.Tax == 0 {
		p.Tax = sum
	}
	if p.Tax < sum {
		f.Add("tax", "less_than_lines", map[string]any{"lines": sum})
	}
	if p.Tax > p.Total {
		f.Add("tax", "more_than_whole", map[string]any{"whole": p.Total})
	}
}

func checkLines(f *models.Faults, lines []models.OrderLine) {
	if len(lines) > models.MaxLines {
		f.Add("lines", "too_many", map[string]any{"limit": models.MaxLines})
		return
	}
	for i := range lines {
		line, at := &lines[i], "lines/"+strconv.Itoa(i)
		line.SKU = text(f, at+"/sku", line.SKU, maxText)
		line.Name = text(f, at+"/name", line.Name, maxText)
		line.Category = text(f, at+"/category", line.Category, maxText)
		line.Labels = words(f, at+"/labels", line.Labels)
		money(f, at+"/amount", line.Amount)
		if money(f, at+"/tax", line.Tax); line.Tax > line.Amount && line.Amount >= 0 {
			f.Add(at+"/tax", "more_than_whole", map[string]any{"whole": line.Amount})
		}
		if line.Quantity < 1 || line.Quantity > maxQuantity {
			f.Add(at+"/quantity", "out_of_range", map[string]any{"from": 1, "to": maxQuantity})
		}
	}
}

func money(f *models.Faults, field string, amount int64) {
	if amount < 0 {
		f.Add(field, "negative", nil)
	} else if amount > models.MaxMoney {
		f.Add(field, "too_large", map[string]any{"limit": int64(models.MaxMoney)})
	}
}

// words cleans a set of words of the till's.
func words(f *models.Faults, field string, given []string) []string {
	if len(given) > models.MaxWords {
		f.Add(field, "too_many", map[string]any{"limit": models.MaxWords})
		return nil
	}
	var clean []string
	for i, s := range given {
		at := field + "/" + strconv.Itoa(i)
		if s = text(f, at, s, maxText); s == "" {
			f.Add(at, "required", nil)
		}
		clean = append(clean, s)
	}
	slices.Sort(clean)
	return slices.Compact(clean)
}

func text(f *models.Faults, field, s string, limit int) string {
	clean, ok := models.CleanText(s, limit)
	if !ok {
		f.Add(field, "bad_text", map[string]any{"limit": limit})
	}
	return clean
}
