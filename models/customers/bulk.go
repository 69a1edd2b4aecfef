package customers

import (
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
)

// IDs takes ids for n new customers. One that is not used is no loss.
func IDs(tx *store.Tx, n int) ([]int64, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT nextval(pg_get_serial_sequence('customers', 'id')) FROM generate_series(1, $1)`, n)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// Write stores customers whose values are normalised already, with ids from IDs, and how they are found: thousands in one
// round trip. Errors: models.Invalid "taken" as Create.
func Write(tx *store.Tx, all []models.Customer) error {
	var c customerRows
	var owner []int64
	var token []string
	for i := range all {
		c.add(&all[i])
		for _, t := range TokensOf(&all[i]) {
			owner, token = append(owner, all[i].ID), append(token, t)
		}
	}
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO customers (merchant_id, id, name, phone, email, external_id, birth_calendar, birth_year, birth_month, birth_day,
			birth_set_at, store_id, source, locale, created_at, updated_at)
		OVERRIDING SYSTEM VALUE
		SELECT $1, n.*, n.created_at FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::smallint[], $9::smallint[],
			$10::smallint[], $11::timestamptz[], $12::bigint[], $13::text[], $14::text[], $15::timestamptz[])
			n (id, name, phone, email, external_id, birth_calendar, birth_year, birth_month, birth_day, birth_set_at, store_id, source, locale, created_at)`,
		tx.MerchantID(), c.id, c.name, c.phone, c.email, c.external, c.calendar, c.year, c.month, c.day, c.birthSet, c.store, c.source, c.locale, c.created)
	batch.Queue(`INSERT INTO customer_search (merchant_id, token, customer_id) SELECT $1, n.token, n.owner FROM unnest($2::text[], $3::bigint[]) n (token, owner)
		ORDER BY n.token COLLATE "C"`, tx.MerchantID(), token, owner)
	return store.Translate(tx.PG().SendBatch(tx.Ctx(), batch).Close())
}

// customerRows are customers by column: unnest makes rows of them again.
type customerRows struct {
	id                               []int64
	name                             []string
	phone, email, external, calendar []*string
	year, month, day                 []*int
	birthSet                         []*time.Time
	store                            []*int64
	source, locale                   []string
	created                          []time.Time
}

func (r *customerRows) add(c *models.Customer) {
	r.id = append(r.id, c.ID)
	r.name = append(r.name, c.Name)
	r.phone = append(r.phone, c.Phone)
	r.email = append(r.email, c.Email)
	r.external = append(r.external, c.ExternalID)
	r.calendar = append(r.calendar, c.BirthCalendar)
	r.year = append(r.year, c.BirthYear)
	r.month = append(r.month, c.BirthMonth)
	r.day = append(r.day, c.BirthDay)
	r.birthSet = append(r.birthSet, c.BirthSetAt)
	r.store = append(r.store, c.StoreID)
	r.source = append(r.source, c.Source)
	r.locale = append(r.locale, c.Locale)
	r.created = append(r.created, c.CreatedAt)
}
