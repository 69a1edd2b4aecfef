-- Who earns by a rule that all members share a limit of waits here for the others who do, in the order of the rules. A lock
-- of its own, because a counter that was never used has no row to lock.
SELECT count(pg_advisory_xact_lock(hashtextextended('budget/' || $1::bigint || '/' || rule, 0)))
FROM (SELECT rule FROM unnest($2::text[]) AS r (rule) ORDER BY rule) AS rules
