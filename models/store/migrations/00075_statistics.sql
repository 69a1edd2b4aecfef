-- +goose Up
-- Of a shop that has just been made the planner believes that it has nothing, and walks all of its rows where one would
-- do. Whoever fills a shop in bulk calls this early and again as it grows. It runs as the owner of the tables, who alone
-- may analyse them, and does nothing else.

-- +goose StatementBegin
CREATE FUNCTION refresh_statistics() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('statistics', 0)) THEN
        RETURN; -- somebody is at it
    END IF;
    ANALYZE customers, customer_search, customer_stats, customer_months, customer_facts, memberships, accounts, orders, order_lines,
            entries, lots, lot_uses, limit_uses, redemptions, tier_changes, coupons;
    PERFORM brin_summarize_new_values('entries_recorded'), brin_summarize_new_values('orders_recorded');
END $$;
-- +goose StatementEnd
