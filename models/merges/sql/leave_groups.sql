-- The duplicate is in no group any more, and is not counted there; the night looks again for the other.
WITH gone AS (DELETE FROM segment_members WHERE merchant_id = $1 AND customer_id = $2 RETURNING segment_id)
UPDATE segments s SET people = greatest(people - 1, 0), members = greatest(members - CASE WHEN EXISTS (
    SELECT FROM memberships m WHERE m.merchant_id = $1 AND m.customer_id = $2 AND m.program_id = s.program_id AND m.id <= s.newest) THEN 1 ELSE 0 END, 0)
FROM gone WHERE s.merchant_id = $1 AND s.id = gone.segment_id
