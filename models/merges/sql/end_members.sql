-- The duplicate's memberships end, and those that were merged into them before follow.
WITH pairs AS (SELECT * FROM unnest($3::bigint[], $4::bigint[]) AS p (from_id, into_id)),
ended AS (
    UPDATE memberships m SET merged_into = p.into_id, left_at = $5, next_due = NULL FROM pairs p WHERE m.merchant_id = $1 AND m.id = p.from_id),
followed AS (
    UPDATE memberships m SET merged_into = p.into_id FROM pairs p WHERE m.merchant_id = $1 AND m.merged_into = p.from_id RETURNING m.id)
INSERT INTO merge_moves (merchant_id, merge_id, kind, row_id) SELECT $1, $2, 'membership', id FROM followed
