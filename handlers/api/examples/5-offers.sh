#!/bin/sh
set -eu

# Codes of a cinema, for members to take: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/rewards/cinema/codes" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: codes-1" -H "Content-Type: application/json" -d '{"codes": ["AAA", "BBB"]}'

# A member takes one for points: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/rewards/cinema/claims" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: claim-K1" -H "Content-Type: application/json" -d '{"external_id": "K1", "customer": {"external_id": "M1"}}'

# A reward is kept: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/rewards/cake/claims" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: claim-K2" -H "Content-Type: application/json" -d '{"external_id": "K2", "customer": {"external_id": "M1"}, "reserve": true}'

# And let go: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/claims/K2/cancel" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: cancel-K2"

# It is kept again: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/rewards/cake/claims" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: claim-K3" -H "Content-Type: application/json" -d '{"external_id": "K3", "customer": {"external_id": "M1"}, "reserve": true}'

# And taken, as a coupon: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/claims/K3/confirm" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: confirm-K3"

# The coupons of a customer, of which the newest is used below: 200
COUPON=$(curl --fail-with-body -X GET "$DANGOL_URL/api/v1/customers/ext:M1/coupons" -H "Authorization: Bearer $DANGOL_KEY" | jq -r '.coupons[0].code')

# Whether this coupon is theirs, and usable: 200
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/coupons/lookup" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Content-Type: application/json" -d '{"customer": {"external_id": "M1"}, "code": "'"$COUPON"'"}'

# What a cart costs with it: 200
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/programs/shop/quotes" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Content-Type: application/json" -d '{"customer": {"external_id": "M1"}, "total": 20000, "coupons": ["'"$COUPON"'"]}'

# It is kept while an order is checked out: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/coupons/reservations" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: keep-B1" -H "Content-Type: application/json" -d '{"order": "B1", "customer": {"external_id": "M1"}, "coupons": ["'"$COUPON"'"]}'

# Nothing came of it: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/coupons/reservations/B1/cancel" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: let-B1-go"

# An order that a coupon and a code that everybody knows made cheaper: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/orders" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: order-B2" -H "Content-Type: application/json" \
  -d '{"external_id": "B2", "customer": {"external_id": "M1"}, "total": 15000, "discount": 5000, "coupons": ["'"$COUPON"'", "HELLO"]}'

# A coupon cannot be used for now: 200
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/programs/shop/coupons/cake/pause" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: pause-cake" -H "Content-Type: application/json" -d '{"paused": true}'

# And can again: 200
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/programs/shop/coupons/cake/pause" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: resume-cake" -H "Content-Type: application/json" -d '{"paused": false}'
