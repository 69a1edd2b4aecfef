-- Where does the file lie while it is compared? For the length of the check's transaction, unlogged.
CREATE TEMPORARY TABLE import_stage (
    line int, who text COLLATE "C", ext text, phone text, email text, name text, birth text, ord text,
    placed_at timestamptz, placed_on date, has_time boolean, amount bigint, quantity int, item text,
    points bigint, expires_on date, hash bytea, repairs smallint,
    col int, code text, cell text, cells text[]
) ON COMMIT DROP
