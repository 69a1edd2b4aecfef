package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/imports"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/store/pg"
	"dangol/models/terms"
)

//go:embed floor_import.sql
var floorImport string

// importOrders is how many purchases a file has for each customer of the run.
const importOrders = 3

// benchImports brings a file in, as if, against statements that write the same rows; the same file again; and a file of
// records while tills post.
func benchImports(ctx context.Context, e *env) ([]Row, error) {
	people := min(e.o.customers, 100_000)
	file := purchases(people*importOrders, people)
	floor, err := e.importFloor(ctx, file, people)
	if err != nil {
		return nil, err
	}
	fresh, err := e.importShop(ctx, "bench import")
	if err != nil {
		return nil, err
	}
	desk := &imports.Desk{DB: e.db, Folder: filepath.Join(e.dir, "uploads")}
	heap := watchHeap()
	checked, ran, err := bring(ctx, desk, fresh, imports.AsIf, file)
	peak := heap()
	if err != nil {
		return nil, err
	}
	again, none, err := bring(ctx, desk, fresh, imports.AsIf, file)
	if err != nil {
		return nil, err
	}
	tills, err := e.tillsMeanwhile(ctx, desk, file)
	if err != nil {
		return nil, err
	}
	rate := func(d time.Duration) float64 { return float64(people*importOrders) / d.Seconds() }
	return []Row{
		{Name: fmt.Sprintf("%d purchases of %d customers, as if", people*importOrders, people), Unit: "orders/s", Product: rate(ran), Floor: rate(floor),
			Ratio: rate(ran) / rate(floor), Goal: "≥ 0.20", Note: fmt.Sprintf("checked in %s before", checked.Round(time.Millisecond))},
		{Name: "memory at its peak above the start", Unit: "MB", Product: peak, Goal: "flat, ≤ 150"},
		{Name: "the same file again", Unit: "s", Product: (again + none).Seconds(), Goal: "no change", Note: "nothing new"},
		{Name: "a till's order while a file goes in", Unit: "ms p99", Product: at(tills, 99), Goal: "≤ 100", Note: fmt.Sprintf("%d orders, p50 %.2f ms", len(tills), at(tills, 50))},
	}, nil
}

// purchases writes a file, the same for the same numbers, of customers whom the shop of the tills has as well.
func purchases(orders, people int) string {
	r := rand.New(rand.NewPCG(1, 2))
	today := time.Now().UTC()
	var b strings.Builder
	b.WriteString("customer_id,date,amount\n")
	for range orders {
		fmt.Fprintf(&b, "C%d,%s,%d\n", 1+r.IntN(people), today.AddDate(0, 0, -1-r.IntN(300)).Format("2006-01-02"), 100*(10+r.IntN(500)))
	}
	return b.String()
}

// importShop is another shop with the default programme in force for two years.
func (e *env) importShop(ctx context.Context, name string) (id int64, err error) {
	return e.anotherShop(ctx, name, terms.Default(models.TradeUnknown, 12000))
}

// anotherShop is a shop with a programme in force for two years.
func (e *env) anotherShop(ctx context.Context, name string, document terms.Terms) (id int64, err error) {
	now := e.db.Wall()
	err = e.db.Pool().QueryRow(ctx, `INSERT INTO merchants (name, created_at) VALUES ($1, $2) RETURNING id`, name, now).Scan(&id)
	if err != nil {
		return 0, err
	}
	if _, err := programs.Create(ctx, e.db, id, models.Actor{}, e.program, document.Encode()); err != nil {
		return 0, err
	}
	_, err = programs.Publish(ctx, e.db, id, models.Actor{}, e.program, models.PublishParams{EffectiveFrom: now.AddDate(-2, 0, 0), AsIf: true})
	return id, err
}

// importFloor writes the same rows in a shop of their own: customers and memberships as well, as the importer makes them.
func (e *env) importFloor(ctx context.Context, file string, people int) (took time.Duration, err error) {
	id, err := e.importShop(ctx, "floor import")
	if err != nil {
		return 0, err
	}
	conn, err := pgx.Connect(ctx, e.server.URL("dangol", pg.Database))
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx)
	began := time.Now()
	if _, err := conn.Exec(ctx, `CREATE TEMPORARY TABLE stage (ext text, day date, amount bigint)`); err != nil {
		return 0, err
	}
	if _, err := conn.PgConn().CopyFrom(ctx, strings.NewReader(file), `COPY stage FROM STDIN (FORMAT csv, HEADER)`); err != nil {
		return 0, err
	}
	members := `INSERT INTO customers (merchant_id, external_id, created_at, updated_at) SELECT DISTINCT :m, ext, now(), now() FROM stage;` + memberSQL
	_, err = conn.Exec(ctx, "BEGIN;"+strings.ReplaceAll(members+"ANALYZE stage;"+floorImport, ":m", strconv.FormatInt(id, 10))+"COMMIT")
	return time.Since(began), err
}

// memberSQL makes members of a shop's customers, who joined a year ago, and lets the planner know.
const memberSQL = `INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at)
	SELECT c.merchant_id, p.id, c.id, 'FLOOR' || c.id, now() - interval '1 year' FROM customers c JOIN programs p USING (merchant_id)
	WHERE c.merchant_id = :m ORDER BY c.id;
	INSERT INTO accounts (merchant_id, membership_id, unit) SELECT merchant_id, id, 'point' FROM memberships WHERE merchant_id = :m ORDER BY id;
	ANALYZE customers, memberships, accounts;`

// peopleSQL makes :people customers of a shop, and members of them.
const peopleSQL = `INSERT INTO customers (merchant_id, external_id, created_at, updated_at) SELECT :m, 'C' || n, now(), now() FROM generate_series(1, :people) n;` + memberSQL

// bring does all of an import and says how long its check and its run took.
func bring(ctx context.Context, desk *imports.Desk, merchantID int64, mode imports.Mode, file string) (checked, ran time.Duration, err error) {
	imp, err := desk.Upload(ctx, merchantID, models.Actor{}, "bench.csv", strings.NewReader(file))
	if err != nil {
		return 0, 0, err
	}
	if _, err := desk.Choose(ctx, merchantID, imp.ID, models.Actor{}, imports.Choice{Mode: mode}); err != nil {
		return 0, 0, err
	}
	if checked, err = step(ctx, desk, merchantID, imp.ID, desk.StartCheck); err != nil {
		return 0, 0, err
	}
	ran, err = step(ctx, desk, merchantID, imp.ID, desk.StartRun)
	return checked, ran, err
}

func step(ctx context.Context, desk *imports.Desk, merchantID, id int64, start func(context.Context, int64, int64, models.Actor) (int64, error)) (time.Duration, error) {
	task, err := start(ctx, merchantID, id, models.Actor{})
	if err != nil {
		return 0, err
	}
	began := time.Now()
	err = desk.Work(ctx, desk.DB, merchantID, task)
	return time.Since(began), err
}

// watchHeap notes how far the heap grows until the function that it gives is called; MB.
func watchHeap() (stop func() float64) {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	start, ended, peak := m.HeapInuse, make(chan struct{}), make(chan uint64)
	go func() {
		ticker, most := time.NewTicker(50*time.Millisecond), start
		defer ticker.Stop()
		for {
			select {
			case <-ended:
				peak <- most
				return
			case <-ticker.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			}
		}
	}()
	return func() float64 { close(ended); return float64(<-peak-start) / (1 << 20) }
}

// tillRate is how many orders a second the tills of a busy shop post.
const tillRate = 20

// tillsMeanwhile posts at a steady rate to the shop into which a file goes, and gives how long each order took from the
// moment at which it was due.
func (e *env) tillsMeanwhile(ctx context.Context, desk *imports.Desk, file string) ([]time.Duration, error) {
	var over atomic.Bool
	imported := make(chan error, 1)
	go func() {
		_, _, err := bring(ctx, desk, e.merchant, imports.Record, file)
		over.Store(true)
		imported <- err
	}()
	var took []time.Duration
	posted := make(chan any)
	ticker := time.NewTicker(time.Second / tillRate)
	defer ticker.Stop()
	waiting := 0
	var failed error
	for n := 0; !over.Load() || waiting > 0; {
		select {
		case due := <-ticker.C:
			if over.Load() {
				continue
			}
			n++
			waiting++
			go func() {
				if err := e.postOne(ctx, 99, n); err != nil {
					posted <- err
					return
				}
				posted <- time.Since(due)
			}()
		case result := <-posted:
			waiting--
			switch r := result.(type) {
			case time.Duration:
				took = append(took, r)
			case error:
				failed = errors.Join(failed, r)
			}
		}
	}
	slices.Sort(took)
	return took, errors.Join(failed, <-imported)
}

// postOne posts an order by the verb, as a till in the next room would.
func (e *env) postOne(ctx context.Context, client, n int) error {
	number := fmt.Sprintf("%d-%d-%d", client, n, time.Now().UnixNano())
	_, err := accrual.Accrue(ctx, e.db, e.merchant, models.Actor{KeyID: 1, Source: "bench"},
		store.Key{Scope: "api:1", Key: number, BodyHash: []byte{0}},
		models.OrderParams{
			ExternalID: number, Total: int64(50+rand.IntN(350)) * 100,
			Customer: &models.CustomerRef{ID: e.first + rand.Int64N(int64(e.o.customers))},
		})
	return err
}
