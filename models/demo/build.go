package demo

import (
	"context"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"dangol/models"
	"dangol/models/days"
	"dangol/models/insights"
	"dangol/models/ledger"
	"dangol/models/people"
	"dangol/models/previews"
	"dangol/models/programs"
	"dangol/models/store"
)

// Config says what shop to build. The zero value is the demo shop.
type Config struct {
	Name     string                // empty: the bakery's
	Seed     uint64                // of everything invented; 0: 1
	People   int                   // 0: Neighbours, with lives of their own; else this many, with five orders each
	Sandbox  bool                  // born with its clock at the wall's time, or at Clock
	Clock    time.Time             // a sandbox's
	SignIns  []SignIn              // of people who are to work there too; none: new ones are made
	Guard    *people.Guard         // hashes passwords; nil with SignIns
	Progress func(done, total int) // told as people move in; may be nil
}

// Neighbours is how many people the demo shop has met.
const Neighbours = 700

// Shop is what was built.
type Shop struct {
	MerchantID int64
	Name       string
	Sandbox    bool
	Customers  int
	Orders     int
	SignIns    []SignIn
	Took       time.Duration
}

// builder is a shop in the making.
type builder struct {
	Config
	ctx  context.Context
	db   *store.DB
	shop Shop

	span      span
	sized     bool
	wall      time.Time
	storeID   int64
	storeCode string
	clerk     models.Actor
	manager   models.Actor
	program   *ledger.Program
	regulars  []regular
	done      atomic.Int64
	bought    atomic.Int64
}

// regular is somebody whom the staff know.
type regular struct {
	customerID   int64
	membershipID int64
	visits       int
}

const (
	chunkPeople = 500 // that one transaction writes, with all they bought
	width       = 2   // chunks side by side
)

// Build builds a shop, from opening day a year ago to this minute. It may be called in a database that has shops.
// Errors: models.Unavailable; faults of ours otherwise.
func Build(ctx context.Context, db *store.DB, cfg Config) (Shop, error) {
	began := db.Wall()
	b := &builder{Config: cfg.complete(), ctx: ctx, db: db, sized: cfg.People > 0}
	for _, step := range []func() error{b.open, b.fill, b.settleIn} {
		if err := step(); err != nil {
			return Shop{}, err
		}
	}
	b.shop.Customers, b.shop.Orders, b.shop.Took = int(b.done.Load()), int(b.bought.Load()), db.Wall().Sub(began)
	return b.shop, nil
}

func (cfg Config) complete() Config {
	if cfg.Name == "" {
		cfg.Name = "느루 베이커리"
	}
	if cfg.Seed == 0 {
		cfg.Seed = 1
	}
	if cfg.People == 0 {
		cfg.People = Neighbours
	}
	if cfg.Progress == nil {
		cfg.Progress = func(int, int) {}
	}
	return cfg
}

// fill lets people come: the first chunk alone, so that the planner can be told what sort of shop this is, then two side
// by side.
func (b *builder) fill() error {
	m := &maker{seed: b.Seed, span: b.span, sized: b.sized}
	if err := b.chunk(b.ctx, m, 0); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(b.ctx)
	group.SetLimit(b.sideBySide())
	for first := chunkPeople; first < b.People && ctx.Err() == nil; first += chunkPeople {
		group.Go(func() error { return b.chunk(ctx, m, first) })
	}
	return group.Wait()
}

// chunk lets the people from the first-th on come, in one transaction.
func (b *builder) chunk(ctx context.Context, m *maker, first int) error {
	n := min(chunkPeople, b.People-first)
	var came []regular
	err := store.InTx(ctx, b.db, b.shop.MerchantID, func(tx *store.Tx) (err error) {
		came, err = b.write(tx, m.people(first, n))
		return err
	})
	if err != nil {
		return err
	}
	b.remember(came)
	return b.moved(n)
}

// moved tells that n people more have moved in. The planner is told after the first, and whenever there are eight times as
// many.
func (b *builder) moved(n int) error {
	done := b.done.Add(int64(n))
	b.Progress(int(done), b.People)
	for known := int64(chunkPeople); known <= done; known *= 8 {
		if done-int64(n) < known {
			return b.analyze()
		}
	}
	return nil
}

// analyze lets the planner know what has come.
func (b *builder) analyze() error {
	if !b.sized {
		return nil
	}
	return b.inTx(func(tx *store.Tx) error {
		if err := tx.AllowLong(time.Minute); err != nil {
			return err
		}
		_, err := tx.PG().Exec(tx.Ctx(), `SELECT refresh_statistics()`)
		return err
	})
}

// sideBySide keeps the small shop's ids the same from build to build.
func (b *builder) sideBySide() int {
	if b.sized {
		return width
	}
	return 1
}

// settleIn brings the shop to this minute: what days bring, what the staff do, the map of regulars.
func (b *builder) settleIn() error {
	if err := b.inTx(func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), `UPDATE merchants SET first_order_at = $2, first_posting_at = $2 WHERE id = $1`,
			tx.MerchantID(), b.span.from.In(b.span.zone))
		return err
	}); err != nil {
		return err
	}
	if !b.sized {
		if err := b.garnish(); err != nil {
			return err
		}
	}
	if _, err := days.CloseUntil(b.ctx, b.db, b.shop.MerchantID); err != nil {
		return err
	}
	if err := insights.Refresh(b.ctx, b.db, b.shop.MerchantID); err != nil {
		return err
	}
	if b.sized {
		return previews.Refresh(b.ctx, b.db, b.shop.MerchantID)
	}
	return b.give()
}

func (b *builder) inTx(fn func(*store.Tx) error) error {
	return store.InTx(b.ctx, b.db, b.shop.MerchantID, fn)
}

// findProgram gives the running programme.
func (b *builder) findProgram() error {
	return b.inTx(func(tx *store.Tx) (err error) {
		b.program, err = programs.One(tx, "")
		return err
	})
}
