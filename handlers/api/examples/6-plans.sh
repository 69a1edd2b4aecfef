#!/bin/sh
set -eu

# A paid membership begins, and says what is due: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/subscriptions" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: subscribe-S1" -H "Content-Type: application/json" -d '{"external_id": "S1", "customer": {"external_id": "M1"}, "plan": "premium"}'

# Those that wait for payment: 200
curl --fail-with-body -X GET "$DANGOL_URL/api/v1/subscriptions" -H "Authorization: Bearer $DANGOL_KEY"

# The shop has the money: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/subscriptions/S1/payments" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: pay-P1" -H "Content-Type: application/json" -d '{"external_id": "P1", "amount": 39900}'

# How it stands: 200
curl --fail-with-body -X GET "$DANGOL_URL/api/v1/subscriptions/S1" -H "Authorization: Bearer $DANGOL_KEY"

# It ends with the year that was paid for: 200
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/subscriptions/S1/cancel" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: cancel-S1" -H "Content-Type: application/json" -d '{}'
