-- A merge is undone: what it moved, and who followed, goes back.
WITH moved AS (SELECT kind, row_id FROM merge_moves WHERE merchant_id = $1 AND merge_id = $2),
pairs AS (SELECT from_membership_id, into_membership_id FROM merge_members WHERE merchant_id = $1 AND merge_id = $2),
orders AS (
    UPDATE orders o SET customer_id = $3 FROM moved v WHERE v.kind = 'order' AND o.merchant_id = $1 AND o.id = v.row_id),
coupons AS (
    UPDATE coupons c SET membership_id = p.from_membership_id FROM moved v, pairs p
    WHERE v.kind = 'coupon' AND c.merchant_id = $1 AND c.id = v.row_id AND c.membership_id = p.into_membership_id),
issues AS (DELETE FROM occasion_issues WHERE merchant_id = $1 AND merge_id = $2),
customers AS (
    UPDATE customers c SET merged_into = CASE WHEN c.id = $3 THEN NULL ELSE $3 END
    WHERE c.merchant_id = $1 AND (c.id = $3 OR c.id IN (SELECT row_id FROM moved WHERE kind = 'customer'))),
back AS (
    UPDATE memberships m SET merged_into = NULL, left_at = NULL FROM pairs p WHERE m.merchant_id = $1 AND m.id = p.from_membership_id)
UPDATE memberships m SET merged_into = p.from_membership_id FROM pairs p, moved v
WHERE v.kind = 'membership' AND m.merchant_id = $1 AND m.id = v.row_id AND m.merged_into = p.into_membership_id
