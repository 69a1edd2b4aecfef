package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/store/pg"
	"dangol/models/terms"
)

// env is a private server, which is started for the first part that needs it. Once a part has asked for it there is one shop
// of o.customers members under the default programme; everybody has bought once, today.
type env struct {
	o        options
	dir      string
	server   *pg.Server
	db       *store.DB
	merchant int64
	program  string
	first    int64 // id of the first customer; they are numbered without gaps, and so are memberships and accounts
}

func newEnv(o options) (e *env, err error) {
	e = &env{o: o, program: "shop"}
	defer func() {
		if err != nil {
			e.close()
		}
	}()
	if e.dir, err = os.MkdirTemp("", "dangol-bench-"); err != nil {
		return e, err
	}
	if err = os.Chmod(e.dir, 0o711); err != nil {
		return e, err
	}
	return e, nil
}

// start brings the server up.
func (e *env) start(ctx context.Context) (err error) {
	if e.server, err = pg.Start(ctx, pg.Config{Dir: filepath.Join(e.dir, "pg"), Settings: map[string]string{"max_connections": "100"}}); err != nil {
		return err
	}
	if _, err = store.Migrate(ctx, e.server.URL(pg.Owner, pg.Database)); err != nil {
		return err
	}
	e.db, err = store.Open(ctx, store.Config{URL: e.server.URL(pg.App, pg.Database), PoolSize: 24})
	return err
}

// ready makes what a part needs.
func (e *env) ready(ctx context.Context, p part) error {
	if p.name == "pages" && e.o.data != "" {
		return nil
	}
	if e.server == nil {
		if err := e.start(ctx); err != nil {
			return err
		}
	}
	if !p.tills || e.merchant != 0 {
		return nil
	}
	return e.seed(ctx)
}

func (e *env) close() {
	if e.db != nil {
		e.db.Close()
	}
	if e.server != nil {
		e.server.Stop()
	}
	if e.dir != "" {
		os.RemoveAll(e.dir)
	}
}

// seed makes the shop, publishes the default programme and enrols everybody, set by set.
func (e *env) seed(ctx context.Context) error {
	pool := e.db.Pool()
	now := e.db.Wall()
	err := pool.QueryRow(ctx, `INSERT INTO merchants (name, created_at) VALUES ('bench', $1) RETURNING id`, now).Scan(&e.merchant)
	if err != nil {
		return err
	}
	document := terms.Default(models.TradeUnknown, 12000)
	if _, err := programs.Create(ctx, e.db, e.merchant, models.Actor{}, e.program, document.Encode()); err != nil {
		return err
	}
	if _, err := programs.Publish(ctx, e.db, e.merchant, models.Actor{}, e.program, models.PublishParams{}); err != nil {
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO customers (merchant_id, name, phone, external_id, created_at, updated_at)
		SELECT $1, '손님 ' || n, '+8210' || lpad(n::text, 8, '0'), 'C' || n, $3, $3 FROM generate_series(1, $2) n`, e.merchant, e.o.customers, now)
	batch.Queue(`INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at)
		SELECT $1, p.id, c.id, 'BENCH' || c.id, $2 FROM customers c JOIN programs p USING (merchant_id) WHERE c.merchant_id = $1 ORDER BY c.id`, e.merchant, now)
	batch.Queue(`INSERT INTO accounts (merchant_id, membership_id, unit) SELECT $1, id, $2 FROM memberships WHERE merchant_id = $1 ORDER BY id`,
		e.merchant, document.Units[0].Code)
	if err := pool.SendBatch(ctx, batch).Close(); err != nil {
		return fmt.Errorf("seed: %w", err)
	}
	if err := pool.QueryRow(ctx, `SELECT min(id) FROM customers WHERE merchant_id = $1`, e.merchant).Scan(&e.first); err != nil {
		return err
	}
	if err := e.open(ctx); err != nil {
		return fmt.Errorf("first orders: %w", err)
	}
	return e.admin(ctx, `VACUUM ANALYZE`)
}

// open lets everybody buy for the first time, so that what is measured are the orders of regulars.
func (e *env) open(ctx context.Context) error {
	till := models.Actor{Source: "first"}
	for from := 0; from < e.o.customers; from += batchOrders {
		orders := make([]accrual.Keyed, 0, batchOrders)
		for n := from; n < min(from+batchOrders, e.o.customers); n++ {
			orders = append(orders, accrual.Keyed{Params: models.OrderParams{
				ExternalID: strconv.Itoa(n), Customer: &models.CustomerRef{ID: e.first + int64(n)}, Currency: "KRW", Total: 12_000,
			}})
		}
		outcomes, err := accrual.AccrueAll(ctx, e.db, e.merchant, till, orders)
		if err != nil {
			return err
		}
		for i := range outcomes {
			if err := outcomes[i].Err; err != nil {
				return err
			}
		}
	}
	return nil
}
