#!/bin/sh
set -eu

# Somebody joins: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/customers" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: join-M1" -H "Content-Type: application/json" \
  -d '{"name": "김마야", "phone": "010-0000-1234", "external_id": "M1",
    "birth": {"calendar": "lunar", "month": 11, "day": 20}, "consents": {"membership": true}}'

# And somebody else: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/customers" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: join-M2" -H "Content-Type: application/json" -d '{"name": "이준", "external_id": "M2", "consents": {"membership": true}}'

# Who has this telephone number: 200
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/customers/lookup" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Content-Type: application/json" -d '{"phone": "010-0000-1234"}'

# What the shop knows of them, and what they have: 200
curl --fail-with-body -X GET "$DANGOL_URL/api/v1/customers/ext:M1" -H "Authorization: Bearer $DANGOL_KEY"

# A name is corrected, if nobody has changed it since version 1: 200
curl --fail-with-body -X PATCH "$DANGOL_URL/api/v1/customers/ext:M1" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: rename-M1" -H "Content-Type: application/json" -d '{"name": "김 마야", "version": 1}'

# A number of your own, by which the tier is judged: 200
curl --fail-with-body -X PUT "$DANGOL_URL/api/v1/customers/ext:M1/numbers" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: rating-M1" -H "Content-Type: application/json" -d '{"numbers": {"rating": 475}}'

# A tier below which a customer does not fall: 200
curl --fail-with-body -X PUT "$DANGOL_URL/api/v1/customers/ext:M2/floor" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: floor-M2" -H "Content-Type: application/json" -d '{"tier": "star", "until": "2099-12-31", "reason": "agreement", "note": "합창단"}'

# The code with which a member brings friends, drawn now: 201
FRIEND=$(curl --fail-with-body -X POST "$DANGOL_URL/api/v1/customers/referral-codes" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: code-M1" -H "Content-Type: application/json" -d '{"customer": {"external_id": "M1"}}' | jq -r '.code')

# A friend joins: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/customers" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: join-M3" -H "Content-Type: application/json" -d '{"name": "박서준", "external_id": "M3", "consents": {"membership": true}}'

# The friend had that code: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/referrals" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: referral-V1" -H "Content-Type: application/json" -d '{"external_id": "V1", "code": "'"$FRIEND"'", "customer": {"external_id": "M3"}}'

# Somebody joins who had joined before: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/customers" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: join-M4" -H "Content-Type: application/json" \
  -d '{"name": "이준", "phone": "010-0000-5678", "external_id": "M4", "consents": {"membership": true}}'

# The two become one: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/customers/merges" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: merge-G1" -H "Content-Type: application/json" \
  -d '{"external_id": "G1", "from": {"external_id": "M4"}, "into": {"external_id": "M2"}, "reason": "two cards"}'

# That was a mistake: 201
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/customers/merges/G1/undo" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: undo-G1"
