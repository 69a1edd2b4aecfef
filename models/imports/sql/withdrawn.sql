-- Which keys stand for something that was taken back? They count anew: "A17" comes again as "A17~2". Asked until none does.
UPDATE import_keys k SET base = coalesce(k.base, k.key), key = coalesce(k.base, k.key) || '~' || $2::int
WHERE EXISTS (SELECT FROM orders o WHERE o.merchant_id = $1 AND o.source = 'import' AND o.external_id = k.key AND o.withdrawn_at IS NOT NULL)
   OR EXISTS (SELECT FROM import_openings o WHERE o.merchant_id = $1 AND o.key = k.key AND o.withdrawn_at IS NOT NULL)
