-- Which seals do not fit what they were made over: records changed, taken away or put in between, or a seal taken out?
SELECT s.chain || ', seal ' || s.id, format('it covers %s records, %s are there, and they %s', s.records, r.records,
    CASE WHEN s.records = r.records THEN 'are not those that were sealed' ELSE 'should be as many' END)
FROM (SELECT *, lag(upto, 1, 0::bigint) OVER w AS before, lag(digest, 1, ''::bytea) OVER w AS last
    FROM audit_seals WHERE merchant_id = $1 WINDOW w AS (PARTITION BY chain ORDER BY upto)) s,
    LATERAL sealed_rows(s.merchant_id, s.chain, s.before, s.upto) r
WHERE r.records <> s.records OR s.digest IS DISTINCT FROM sha256(s.last || r.content)
