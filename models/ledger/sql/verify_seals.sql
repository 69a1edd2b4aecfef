-- Which publications and consents are not the ones that were written?
SELECT 'publication ' || p.program_id || ', version ' || p.version, 'it is not the one that was sealed'
FROM publications p WHERE p.merchant_id = $1 AND p.seal IS DISTINCT FROM publication_seal(p)
UNION ALL
SELECT 'consent ' || c.id, 'it is not the one that was sealed'
FROM consents c WHERE c.merchant_id = $1 AND c.seal IS DISTINCT FROM consent_seal(c)
