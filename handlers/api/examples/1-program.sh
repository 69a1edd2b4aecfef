#!/bin/sh
set -eu

# The description of every call, for which no key is needed: 200
curl --fail-with-body -X GET "$DANGOL_URL/api/v1/openapi.yaml"

# The programmes of well-known shops, to start from: 200
curl --fail-with-body -X GET "$DANGOL_URL/api/v1/presets" -H "Authorization: Bearer $DANGOL_KEY"

# The document of one of them: 200
curl --fail-with-body -X GET "$DANGOL_URL/api/v1/presets/toms" -H "Authorization: Bearer $DANGOL_KEY"

# A document of your own becomes the draft: 200
curl --fail-with-body -X PUT "$DANGOL_URL/api/v1/programs/shop" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "schema": 1,
    "name": {"ko": "단골 프로그램", "en": "Corner shop"},
    "currency": "KRW",
    "units": [{
      "code": "point", "kind": "spendable",
      "name": {"ko": "포인트", "en": "point"}, "plural": {"ko": "포인트", "en": "points"}, "suffix": {"ko": "P", "en": "P"},
      "worth": {"money": 1, "points": 1}, "expiry": {"kind": "rolling", "months": 60}
    }],
    "earning": [
      {"code": "purchase", "unit": "point", "name": {"ko": "구매 적립", "en": "Purchases"}, "when": "purchase",
        "award": {"kind": "rate", "rate": "2/100"}},
      {"code": "delivered", "unit": "point", "name": {"ko": "배송 적립", "en": "Delivery"}, "when": "purchase", "if": {"channels": ["online"]},
        "award": {"kind": "rate", "rate": "1/100"}, "hold": {"event": "delivered", "within_days": 30}},
      {"code": "review", "unit": "point", "name": {"ko": "후기", "en": "Review"}, "when": "review",
        "award": {"kind": "fixed", "points": 100}, "limits": [{"per": "day", "times": 1}]},
      {"code": "friend", "unit": "point", "name": {"ko": "친구 소개", "en": "A friend"}, "when": "referral", "award": {"kind": "fixed", "points": 500}},
      {"code": "welcome", "unit": "point", "name": {"ko": "소개로 온 손님", "en": "Welcome"}, "when": "referred", "award": {"kind": "fixed", "points": 500}}
    ],
    "referral": {"minimum": 5000},
    "redemptions": [{"unit": "point", "minimum": 1000, "step": 100, "share": 100}],
    "tiers": {
      "metric": "visits", "window": {"kind": "calendar_month"}, "review_day": 1, "validity": {"kind": "next_period_end"}, "downgrade": "full",
      "numbers": [{"code": "rating", "name": {"ko": "별점", "en": "Rating"}}],
      "tiers": [
        {"code": "member", "name": {"ko": "손님", "en": "Member"}, "threshold": 0},
        {"code": "star", "name": {"ko": "별", "en": "Star"}, "threshold": 0, "all": [{"metric": "number", "number": "rating", "at_least": 450}]}
      ]
    },
    "occasions": [{"code": "birthday", "kind": "birthday", "coupon": "birthday", "lead_days": 7, "after_days": 7, "member_days": 30}],
    "coupons": [
      {"code": "birthday", "name": {"ko": "생일 쿠폰", "en": "Birthday coupon"}, "amount": 3000, "minimum": 12000, "days": 14},
      {"code": "cake", "name": {"ko": "케이크 쿠폰", "en": "Cake coupon"}, "amount": 3000, "minimum": 10000, "days": 30},
      {"code": "hello", "name": {"ko": "환영 쿠폰", "en": "Hello"}, "percent": 10, "days": 0, "get": "shared", "shared": "HELLO",
        "stock": 50, "per_member": 1}
    ],
    "rewards": [
      {"code": "cake", "name": {"ko": "케이크", "en": "Cake"}, "kind": "coupon", "unit": "point", "price": 1000, "coupon": "cake"},
      {"code": "cinema", "name": {"ko": "영화", "en": "Cinema"}, "kind": "codes", "unit": "point", "price": 1000}
    ],
    "transfers": [{"unit": "point"}],
    "causes": [{"code": "trees", "name": {"ko": "나무", "en": "Trees"}, "unit": "point", "share": "1/100"}],
    "plans": [{"code": "premium", "name": {"ko": "프리미엄", "en": "Premium"}, "price": 39900, "per": "year", "renews": true}],
    "partners": [{"code": "hana", "name": {"ko": "하나은행", "en": "Hana Bank"}, "rules": ["purchase"], "funds": "50/100"}],
    "grants": [
      {"role": "clerk", "once": 3000, "per_day": 10000},
      {"role": "manager", "once": 10000, "per_day": 50000},
      {"role": "owner"}
    ],
    "comparison": {"percent": 10, "audience": 300}
  }'

# The draft is published, and in force from now on: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/programs/shop/publications" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: publish-1" -H "Content-Type: application/json" -d '{}'

# The document that is in force: 200
curl --fail-with-body -X GET "$DANGOL_URL/api/v1/programs/shop" -H "Authorization: Bearer $DANGOL_KEY"

# What a cart would cost and earn: 200
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/programs/shop/quotes" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Content-Type: application/json" -d '{"total": 9000}'
