#!/bin/sh
set -eu

# What time it is in the sandbox: 200
curl --fail-with-body -X GET "$DANGOL_URL/api/v1/sandbox/clock" -H "Authorization: Bearer $DANGOL_KEY"

# It moves on, and all that is due happens on the way: 202
curl --fail-with-body -X POST "$DANGOL_URL/api/v1/sandbox/clock" -H "Authorization: Bearer $DANGOL_KEY" \
  -H "Idempotency-Key: clock-1" -H "Content-Type: application/json" -d '{"to": "2030-01-01T00:00:00Z"}'
