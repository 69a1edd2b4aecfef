-- Which accounts have no membership, and which memberships no customer or programme?
SELECT 'account ' || a.id, 'its membership ' || a.membership_id || ' does not exist'
FROM accounts a LEFT JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id
WHERE a.merchant_id = $1 AND m.id IS NULL
UNION ALL
SELECT 'membership ' || m.id, 'its customer or programme does not exist'
FROM memberships m
LEFT JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id
LEFT JOIN programs p ON p.merchant_id = m.merchant_id AND p.id = m.program_id
WHERE m.merchant_id = $1 AND (c.id IS NULL OR p.id IS NULL)
