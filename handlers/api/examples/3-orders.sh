#!/bin/sh
set -eu

# A till posts an order: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/orders" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: order-A1" -H "Content-Type: application/json" \
  -d '{"external_id": "A1", "customer": {"phone": "010-0000-1234"}, "currency": "KRW", "total": 500000,
    "lines": [{"sku": "cake", "name": "케이크", "category": "food", "quantity": 10, "amount": 500000}]}'

# The answer was lost, so it posts the order again: the same answer, earned once: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/orders" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: order-A1" -H "Content-Type: application/json" \
  -d '{"external_id": "A1", "customer": {"phone": "010-0000-1234"}, "currency": "KRW", "total": 500000,
    "lines": [{"sku": "cake", "name": "케이크", "category": "food", "quantity": 10, "amount": 500000}]}'

# The orders of a till that had no network, each with its own result: 200
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/orders/batch" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: batch-1" -H "Content-Type: application/json" \
  -d '{"orders": [{"external_id": "A2", "customer": {"external_id": "M1"}, "total": 9000},
    {"external_id": "A3", "customer": {"external_id": "M2"}, "total": 12000}]}'

# An order of an online shop, a part of whose points waits for the delivery: 200
curl --fail-with-body -X PUT "$DANGOL_URL/api/v1/orders/A4" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: order-A4-1" -H "Content-Type: application/json" -d '{"customer": {"external_id": "M1"}, "channel": "online", "total": 10000, "revision": 1}'

# One thing more is in it: 200
curl --fail-with-body -X PUT "$DANGOL_URL/api/v1/orders/A4" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: order-A4-2" -H "Content-Type: application/json" -d '{"customer": {"external_id": "M1"}, "channel": "online", "total": 20000, "revision": 2}'

# It was delivered: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/orders/A4/events" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: event-E1" -H "Content-Type: application/json" -d '{"external_id": "E1", "event": "delivered"}'

# A part of the money is given back: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/orders/A4/refunds" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: refund-F1" -H "Content-Type: application/json" -d '{"external_id": "F1", "amount": 5000}'

# A refund that comes before its order waits for it: 202
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/orders/A9/refunds" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: refund-F2" -H "Content-Type: application/json" -d '{"external_id": "F2", "amount": 5000}'

# A whole order is taken back: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/orders/A3/cancellations" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: cancel-C1" -H "Content-Type: application/json" -d '{"external_id": "C1"}'

# What a customer did besides buying: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/events" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: event-H1" -H "Content-Type: application/json" -d '{"external_id": "H1", "kind": "review", "customer": {"external_id": "M1"}}'
