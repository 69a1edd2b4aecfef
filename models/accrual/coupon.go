package accrual

import (
	"dangol/models"
	"dangol/models/coupons"
)

// useCoupon takes the coupon that was used on the order. It is locked after the accounts, as everywhere. What was taken
// off the order must hold what the coupon takes off, of the goods before every discount.
func (p *posting) useCoupon() error {
	params := p.params
	if params.Coupon == "" {
		return nil
	}
	if p.found.customer == 0 {
		return models.InvalidField("customer", "required", nil)
	}
	used, err := coupons.UseIn(p.tx, p.actor, models.CouponUse{
		Code: params.Coupon, CustomerID: p.found.customer, Order: params.Total - params.Shipping + params.Discount,
	}, p.order.ID)
	if err == nil && params.Discount < used.Discount {
		err = models.InvalidField("discount", "less_than_coupon", map[string]any{"coupon": used.Discount})
	}
	return err
}
