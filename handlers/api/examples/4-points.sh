#!/bin/sh
set -eu

# Points pay for a part of an order: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/redemptions" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: redeem-R1" -H "Content-Type: application/json" -d '{"external_id": "R1", "customer": {"external_id": "M1"}, "points": 2000, "order_total": 9000}'

# The till made a mistake: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/redemptions/R1/reversal" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: reverse-R1"

# Points are kept while an order is checked out: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/redemptions" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: redeem-R2" -H "Content-Type: application/json" -d '{"external_id": "R2", "customer": {"external_id": "M1"}, "points": 1000, "reserve": true}'

# It was paid for: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/redemptions/R2/confirm" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: confirm-R2"

# Points are kept for another: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/redemptions" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: redeem-R3" -H "Content-Type: application/json" -d '{"external_id": "R3", "customer": {"external_id": "M1"}, "points": 1000, "reserve": true}'

# Nothing came of it: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/redemptions/R3/cancel" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: cancel-R3"

# A member gives points to another: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/transfers" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: transfer-T1" -H "Content-Type: application/json" -d '{"external_id": "T1", "from": {"external_id": "M1"}, "to": {"external_id": "M2"}, "points": 300}'

# A member gives points to a good cause: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/donations" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: donate-D1" -H "Content-Type: application/json" -d '{"external_id": "D1", "customer": {"external_id": "M1"}, "cause": "trees", "points": 500}'

# What the causes got this month: 200
curl --fail-with-body -X GET "$DANGOL_URL/api/v1/programs/shop/causes" -H "Authorization: Bearer $DANGOL_KEY"

# What a partner owes for the last month: 200
curl --fail-with-body -X GET "$DANGOL_URL/api/v1/programs/shop/partners/hana" -H "Authorization: Bearer $DANGOL_KEY"

# Every entry of an account, the newest first, each with its reason: 200
curl --fail-with-body -X GET "$DANGOL_URL/api/v1/customers/ext:M1/entries?limit=20" -H "Authorization: Bearer $DANGOL_KEY"
