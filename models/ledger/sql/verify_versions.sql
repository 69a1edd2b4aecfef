-- Which published documents are not the ones that were hashed, or have lost their publication, or a number before them?
SELECT 'programme ' || v.program_id || ', version ' || v.version,
       CASE WHEN encode(sha256(convert_to(v.document, 'UTF8')), 'hex') <> v.hash THEN 'its document has another hash'
            WHEN p.version IS NULL THEN 'it was never published' ELSE 'there is no version ' || v.version - 1 END
FROM program_versions v
LEFT JOIN publications p ON p.merchant_id = v.merchant_id AND p.program_id = v.program_id AND p.version = v.version
WHERE v.merchant_id = $1
  AND (encode(sha256(convert_to(v.document, 'UTF8')), 'hex') <> v.hash OR p.version IS NULL
       OR v.version > 1 AND NOT EXISTS (SELECT FROM program_versions b WHERE b.merchant_id = $1 AND b.program_id = v.program_id AND b.version = v.version - 1))
UNION ALL
SELECT 'programme ' || p.program_id || ', version ' || p.version, 'a publication of a version that does not exist'
FROM publications p
WHERE p.merchant_id = $1 AND NOT EXISTS (SELECT FROM program_versions v
    WHERE v.merchant_id = $1 AND v.program_id = p.program_id AND v.version = p.version)
