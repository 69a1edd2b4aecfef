-- Whose tiers are judged in the night of :today? Everybody has bought four times in a year and holds 'regular', whose validity
-- ends: two of four have spent enough to keep it, one gets a month's grace, and one falls whose grace is over.
CREATE TEMPORARY TABLE bought ON COMMIT DROP AS
SELECT c.id AS customer, m.id AS membership, o.n, (date_trunc('month', date :today) - interval '3 months' * o.n)::date AS day,
       CASE WHEN row_number() OVER (PARTITION BY o.n ORDER BY m.id) % 4 < 2 THEN 40000 ELSE 20000 END AS amount
FROM memberships m JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id, generate_series(0, 3) AS o (n) WHERE m.merchant_id = :m;
ANALYZE bought;
INSERT INTO orders (merchant_id, source, external_id, customer_id, membership_id, placed_at, business_date, total, basis, content_hash, recorded_at)
SELECT :m, 'bench', 'T' || customer || '-' || n, customer, membership, day, day, amount, amount, sha256('x'), day FROM bought ORDER BY customer, n;
INSERT INTO customer_months (merchant_id, customer_id, month, orders, visits, gross)
SELECT :m, customer, date_trunc('month', day), 1, 1, amount FROM bought ORDER BY customer;
UPDATE memberships m SET tier_code = 'regular', tier_since = date :today - 366, tier_until = date :today - 1, next_due = date :today, settled_to = date :today - 1,
       tier_grace_until = CASE WHEN row % 4 = 3 THEN date :today END
FROM (SELECT id, row_number() OVER (ORDER BY id) AS row FROM memberships WHERE merchant_id = :m) n WHERE m.merchant_id = :m AND m.id = n.id;
