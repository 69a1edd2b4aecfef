package accrual

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"

	"dangol/models"
	"dangol/models/coupons"
	"dangol/models/orders"
)

// contentHash is what tells a repeated order from another one with the same number: everything that was said, with the
// customer as the person who was meant. What could not be said once adds nothing where it is not said, so that orders that
// are there keep their hashes.
func (p *posting) contentHash() []byte {
	h, o := sha256.New(), p.params
	placed := int64(0)
	if !o.PlacedAt.IsZero() {
		placed = o.PlacedAt.UnixMicro()
	}
	fmt.Fprintf(h, "%d %t %q %q %d %d %d %d %d %q\n", placed, o.HasTime, o.Store, o.Channel, p.found.customer, o.Total, o.Shipping, o.Discount,
		o.PaidWithPoints, o.Redemption)
	if o.Coupon != "" {
		fmt.Fprintf(h, "coupon %q\n", o.Coupon)
	}
	if len(o.Coupons) > 0 {
		fmt.Fprintf(h, "coupons %q\n", o.Coupons)
	}
	if o.Tax != 0 {
		fmt.Fprintf(h, "tax %d\n", o.Tax)
	}
	if len(o.Payments) > 0 {
		fmt.Fprintf(h, "payments %q\n", o.Payments)
	}
	if len(o.Labels) > 0 {
		fmt.Fprintf(h, "labels %q\n", o.Labels)
	}
	for _, l := range o.Lines {
		fmt.Fprintf(h, "%q %q %q %d %d\n", l.SKU, l.Name, l.Category, l.Quantity, l.Amount)
		if l.Tax != 0 || len(l.Labels) > 0 {
			fmt.Fprintf(h, "tax %d labels %q\n", l.Tax, l.Labels)
		}
	}
	return h.Sum(nil)
}

// repeatOrder tells again what the order did, or which fields are not those of the order that has this number.
func (p *posting) repeatOrder(o *models.Order) error {
	if !bytes.Equal(o.ContentHash, p.contentHash()) {
		fields, err := p.differences(o)
		if err != nil {
			return err
		}
		if len(fields) > 0 {
			changed := *models.ErrReplayOther
			changed.Fields = fields
			return &changed
		}
	}
	p.told = true
	return p.retell(o)
}

// differences names the fields in which the request is not the order. What the request leaves out does not differ.
func (p *posting) differences(o *models.Order) ([]models.FieldError, error) {
	var f models.Faults
	differ := func(field string, differs bool) {
		if differs {
			f.Add(field, "differs", nil)
		}
	}
	given := p.params
	differ("customer", p.found.customer != number(o.CustomerID))
	differ("placed_at", !given.PlacedAt.IsZero() && given.HasTime && !given.PlacedAt.Equal(o.PlacedAt))
	differ("store", p.found.store.id != 0 && p.found.store.id != number(o.StoreID))
	differ("channel", given.Channel != o.Channel)
	differ("total", given.Total != o.Total)
	differ("shipping", given.Shipping != o.Shipping)
	differ("discount", given.Discount != o.Discount)
	differ("paid_with_points", given.PaidWithPoints != o.PaidWithPoints && given.Redemption == "")
	differ("tax", given.Tax != o.Tax)
	differ("payments", !slices.Equal(given.Payments, o.Payments))
	differ("labels", !slices.Equal(given.Labels, o.Labels))
	coupon, err := coupons.OfOrder(p.tx, o.ID)
	if err != nil {
		return nil, err
	}
	differ("coupon", len(given.Coupons) == 0 && coupon != given.Coupon)
	lines, err := orders.Lines(p.tx, o.ID)
	differ("lines", !slices.EqualFunc(lines, given.Lines, models.OrderLine.Equal))
	return f, err
}

func number(id *int64) int64 {
	if id == nil {
		return 0
	}
	return *id
}
