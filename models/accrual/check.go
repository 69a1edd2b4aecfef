package accrual

import (
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
	checkMoney(&f, p)
	checkLines(&f, p.Lines)
	return f.Err()
}

func checkMoney(f *models.Faults, p *models.OrderParams) {
	faults := len(*f)
	money(f, "total", p.Total)
	money(f, "shipping", p.Shipping)
	money(f, "discount", p.Discount)
	money(f, "paid_with_points", p.PaidWithPoints)
	if len(*f) == faults && p.Shipping+p.PaidWithPoints > p.Total {
		f.Add("total", "less_than_parts", map[string]any{"parts": p.Shipping + p.PaidWithPoints})
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
		money(f, at+"/amount", line.Amount)
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

func text(f *models.Faults, field, s string, limit int) string {
	clean, ok := models.CleanText(s, limit)
	if !ok {
		f.Add(field, "bad_text", map[string]any{"limit": limit})
	}
	return clean
}
