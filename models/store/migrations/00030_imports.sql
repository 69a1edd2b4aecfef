-- +goose Up
-- An import while it runs: what a checked file would write, cut into chunks of whole customers. Rows and people stand in the
-- order in which they will be written, so that a chunk is a range of both. They are deleted when the import is done; the
-- errors stay, with their cells, so that they can be mended and sent again.

DROP TABLE import_rows;

CREATE TABLE import_people (
    merchant_id bigint NOT NULL,
    import_id   bigint NOT NULL,
    person      int    NOT NULL,              -- 1, 2, 3 … in the order of their first lines
    customer_id bigint,                       -- who that is, if the shop knows them
    name        text,                         -- what the file adds to what the shop knows
    phone       text,
    email       text,
    ext         text,
    birth       text,                         -- "lunar 1990-3-5"
    PRIMARY KEY (merchant_id, import_id, person),
    FOREIGN KEY (merchant_id, import_id) REFERENCES imports
);

CREATE TABLE import_rows (
    merchant_id bigint NOT NULL,
    import_id   bigint NOT NULL,
    seq         int    NOT NULL,              -- by person, time and line
    line        int    NOT NULL,
    person      int    NOT NULL,
    key         text   NOT NULL,              -- the order's number, or "row:<hash>:<occurrence>"
    hash        bytea  NOT NULL,              -- of who, when and how much
    placed_at   timestamptz,
    placed_on   date,
    has_time    boolean,
    amount      bigint,
    quantity    int,
    item        text,
    points      bigint,
    expires_on  date,
    PRIMARY KEY (merchant_id, import_id, seq),
    FOREIGN KEY (merchant_id, import_id) REFERENCES imports
);

CREATE TABLE import_chunks (
    merchant_id  bigint NOT NULL,
    import_id    bigint NOT NULL,
    chunk        int    NOT NULL,
    first_person int    NOT NULL,
    last_person  int    NOT NULL,
    first_seq    int,                         -- null: people only
    last_seq     int,
    size         int    NOT NULL,             -- rows, or people where there are none
    done_at      timestamptz,                 -- wall time; written in the transaction that does the work
    PRIMARY KEY (merchant_id, import_id, chunk),
    FOREIGN KEY (merchant_id, import_id) REFERENCES imports
);

CREATE TABLE import_errors (
    merchant_id bigint NOT NULL,
    import_id   bigint NOT NULL,
    line        int    NOT NULL,
    col         int    NOT NULL,              -- of the table, from 1; 0: the row as a whole
    code        text   NOT NULL,
    cell        text   NOT NULL,              -- shortened
    cells       text[] NOT NULL,              -- the whole row
    PRIMARY KEY (merchant_id, import_id, line),
    FOREIGN KEY (merchant_id, import_id) REFERENCES imports
);

CREATE TABLE import_openings (                -- opening balances, each once for ever, as orders are by their numbers
    merchant_id   bigint NOT NULL,
    key           text   NOT NULL,
    import_id     bigint NOT NULL,
    membership_id bigint NOT NULL,
    cause         text   NOT NULL,            -- of its entry
    withdrawn_at  timestamptz,
    PRIMARY KEY (merchant_id, key),
    FOREIGN KEY (merchant_id, import_id) REFERENCES imports,
    FOREIGN KEY (merchant_id, membership_id) REFERENCES memberships
);
CREATE INDEX import_openings_import ON import_openings (merchant_id, import_id, membership_id);

CREATE TABLE import_refusals (                -- whose part of an import could not be taken back
    merchant_id bigint NOT NULL,
    import_id   bigint NOT NULL,
    customer_id bigint NOT NULL,
    code        text   NOT NULL,              -- "spent"
    PRIMARY KEY (merchant_id, import_id, customer_id),
    FOREIGN KEY (merchant_id, import_id) REFERENCES imports,
    FOREIGN KEY (merchant_id, customer_id) REFERENCES customers ON DELETE CASCADE
);

-- Undoing goes by customer.
DROP INDEX orders_import;
CREATE INDEX orders_import ON orders (merchant_id, import_id, customer_id) WHERE import_id IS NOT NULL;
