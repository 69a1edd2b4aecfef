package terms

import (
	"slices"

	"dangol/models"
	"dangol/models/conditions"
)

func (v *validator) allCoupons() {
	shared := map[string]bool{}
	v.within("/coupons", int64(len(v.terms.Coupons)), 0, maxList)
	for i := range v.terms.Coupons {
		at, k := pointer("/coupons").index(i), &v.terms.Coupons[i]
		v.code(at.key("code"), k.Code, v.coupons)
		v.text(at.key("name"), k.Name)
		v.worthOf(at, k)
		v.within(at.key("minimum"), k.Minimum, 0, models.MaxMoney)
		v.couponDays(at, k)
		v.couponConditions(at, k)
		v.couponGetting(at, k, shared)
		v.knownPlans(at.key("plans"), k.Plans)
		if k.Group != "" {
			v.known(at.key("group"), k.Group, v.groups)
		}
	}
}

// worthOf demands exactly one thing that the coupon takes off.
func (v *validator) worthOf(at pointer, k *CouponKind) {
	v.within(at.key("amount"), k.Amount, 0, models.MaxMoney)
	v.within(at.key("percent"), int64(k.Percent), 0, 100)
	v.within(at.key("most"), k.Most, 0, models.MaxMoney)
	said := 0
	for _, is := range []bool{k.Amount > 0, k.Percent > 0, k.Shipping, k.FreeItem != nil, len(k.Gifts) > 0, len(k.Rates) > 0} {
		if is {
			said++
		}
	}
	if said != 1 {
		v.add(at, "exactly_one", "fields", []string{"amount", "percent", "shipping", "free_item", "gifts", "rates"})
	}
	if k.Most > 0 && k.Percent == 0 && !k.Shipping {
		v.add(at.key("most"), "only_with", "field", "percent")
	}
	if k.FreeItem != nil {
		v.within(at.key("free_item").key("up_to"), k.FreeItem.UpTo, 0, models.MaxMoney)
		v.within(at.key("free_item").key("price"), k.FreeItem.Price, 0, models.MaxMoney)
	}
	v.gifts(at.key("gifts"), k)
	v.rates(at, k)
}

func (v *validator) gifts(at pointer, k *CouponKind) {
	v.within(at, int64(len(k.Gifts)), 0, maxList)
	for i := range k.Gifts {
		at, g := at.index(i), &k.Gifts[i]
		v.within(at.key("from"), g.From, 0, models.MaxMoney)
		v.within(at.key("price"), g.Price, 0, models.MaxMoney)
		v.within(at.key("skus"), int64(len(g.SKUs)), 1, maxSKUs)
		if !g.End.IsZero() && g.End < g.Begin {
			v.add(at.key("end"), "before_begin")
		}
	}
	if len(k.Gifts) > 0 && k.Get != GetAutomatic {
		v.add(at.key("get"), "not_one_of", "value", string(k.Get), "allowed", []Getting{GetAutomatic})
	}
}

// maxSKUs bounds a table of things, as it comes from a file.
const maxSKUs = 2_000

func (v *validator) rates(at pointer, k *CouponKind) {
	v.within(at.key("rates"), int64(len(k.Rates)), 0, maxSKUs)
	seen := map[string]bool{}
	for i, r := range k.Rates {
		at := at.key("rates").index(i)
		if r.SKU == "" {
			v.add(at.key("sku"), "required")
		} else if seen[r.SKU] {
			v.add(at.key("sku"), "taken", "value", r.SKU)
		}
		seen[r.SKU] = true
		v.within(at.key("percent"), int64(r.Percent), 1, 100)
	}
	v.within(at.key("max_units"), k.MaxUnits, 0, maxBalance)
	v.within(at.key("unit_stock"), k.UnitStock, 0, maxBalance)
	if len(k.Rates) == 0 && (k.MaxUnits > 0 || k.UnitStock > 0) {
		v.add(at.key("max_units"), "only_with", "field", "rates")
	}
}

func (v *validator) couponDays(at pointer, k *CouponKind) {
	least := int64(1)
	if !k.Until.IsZero() || k.Get != GetGiven {
		least = 0
	}
	v.within(at.key("days"), int64(k.Days), least, 3650)
	v.within(at.key("after_days"), int64(k.After), 0, 3650)
	if !k.Until.IsZero() && k.Until < k.From {
		v.add(at.key("until"), "before_begin")
	}
}

func (v *validator) couponConditions(at pointer, k *CouponKind) {
	v.within(at.key("min_units"), k.MinUnits, 0, maxBalance)
	v.conditions(at.key("if"), &k.If, conditions.OfOrder|conditions.OfMember)
	if k.If.MinAmount > 0 {
		v.add(at.key("if").key("min_amount"), "only_with", "field", "minimum")
	}
	if k.MinUnits > 0 && (k.Shipping || len(k.Gifts) > 0) {
		v.add(at.key("min_units"), "only_with", "field", "if")
	}
}

func (v *validator) couponGetting(at pointer, k *CouponKind, shared map[string]bool) {
	oneOf(&v.faults, at.key("get"), k.Get, GetGiven, GetAutomatic, GetStaff, GetShared)
	v.within(at.key("stock"), k.Stock, 0, maxBalance)
	v.within(at.key("per_member"), k.PerMember, 0, maxBalance)
	if k.Get != GetStaff && k.Get != GetShared && (k.Stock > 0 || k.PerMember > 0 || k.UnitStock > 0) {
		v.add(at.key("stock"), "only_with", "field", "get") // what is given is bounded where it is given
	}
	if k.Get != GetShared {
		if k.Shared != "" {
			v.add(at.key("shared"), "only_with", "field", "get")
		}
		return
	}
	switch {
	case !validShared(k.Shared):
		v.add(at.key("shared"), "malformed", "value", k.Shared)
	case shared[k.Shared]:
		v.add(at.key("shared"), "taken", "value", k.Shared)
	}
	shared[k.Shared] = true
}

// validShared is the form of a code that everybody may type: 3 to 12 capitals, digits and "-". It is not as long as the
// code of a single coupon, so that neither is taken for the other.
func validShared(code string) bool {
	return len(code) >= 3 && len(code) <= maxShared && !slices.ContainsFunc([]byte(code), func(b byte) bool {
		return (b < 'A' || b > 'Z') && (b < '0' || b > '9') && b != '-'
	})
}

const maxShared = 12
