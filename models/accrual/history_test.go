package accrual_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/redemption"
	"dangol/models/shoptest"
	"dangol/models/store"
)

var (
	histories   = flag.Int("histories", many(3, 100), "how many accounts are told of by eight tills at once")
	historySeed = flag.Uint64("history-seed", 0, "what the tills do; 0: something else each time")
)

const (
	tills  = 8
	orders = 200 // by each till
)

// Eight tills that earn, pay and look at one account at once are told what one till would have been told, alone, in some
// order that agrees with the clock (S-L5). Who hung up before the answer came has had an effect or none, then or later.
func TestHistoriesOfOneAccountHaveAnOrder(t *testing.T) {
	t.Parallel()
	shop := shoptest.New(t, simple)
	seed := *historySeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("-histories %d -history-seed %d", *histories, seed)
	for i := range *histories {
		a := account{shop: shop, customer: shop.Meets(t, "somebody"), began: time.Now()}
		a.customer.Buys(t, "20,000")
		told := a.tell(t, seed, uint64(i))
		if result := porcupine.CheckOperationsTimeout(oneInteger, told, time.Minute); result != porcupine.Ok {
			t.Fatalf("history %d has no order: %s", i, result)
		}
	}
}

// asked is what a till asks: to earn so many points, to pay with them, or with neither to look.
type asked struct {
	earn, pay int64
	id        string
}

// told is what it is told: what there is now, or that there is not enough, or nothing, though it had its effect.
type told struct {
	now              int64
	refused, unknown bool
}

// oneInteger is the account as the tills may know it.
var oneInteger = porcupine.Model{
	Init: func() any { return int64(2_000) },
	Step: func(state, input, output any) (bool, any) {
		has, ask, told := state.(int64), input.(asked), output.(told)
		after := has + ask.earn - ask.pay
		switch {
		case after < 0:
			return told.refused, has
		case told.unknown:
			return true, after
		default:
			return !told.refused && told.now == after, after
		}
	},
	Equal: func(a, b any) bool { return a == b },
}

type account struct {
	shop     *shoptest.Shop
	customer *shoptest.Customer
	began    time.Time
}

// tell lets all tills have their turns and gives what they were told, with when they asked and when they knew.
func (a *account) tell(t *testing.T, seed, history uint64) []porcupine.Operation {
	var wg sync.WaitGroup
	parts := make([][]porcupine.Operation, tills)
	for till := range parts {
		random := rand.New(rand.NewPCG(seed, history*tills+uint64(till)))
		wg.Go(func() {
			for range orders {
				op := porcupine.Operation{ClientId: till}
				ask := asked{id: a.shop.Number()}
				switch random.IntN(5) {
				case 0, 1:
					ask.earn = 1 + random.Int64N(300)
				case 2, 3:
					ask.pay = 1 + random.Int64N(400)
				}
				hangsUp := random.IntN(100) == 0 && ask.earn+ask.pay > 0
				op.Input, op.Call = ask, int64(time.Since(a.began))
				op.Output, op.Return = a.ask(t, ask, hangsUp), int64(time.Since(a.began))
				parts[till] = append(parts[till], op)
			}
		})
	}
	wg.Wait()
	return a.learns(t, slices.Concat(parts...))
}

// learns puts an end to what those who hung up asked for, by a last order that comes behind it: what had no effect is
// dropped, what had one had it by now.
func (a *account) learns(t *testing.T, history []porcupine.Operation) []porcupine.Operation {
	last := porcupine.Operation{ClientId: tills, Input: asked{earn: 1, id: a.shop.Number()}, Call: int64(time.Since(a.began))}
	last.Output, last.Return = a.ask(t, last.Input.(asked), false), int64(time.Since(a.began))
	rows, err := a.shop.DB.Pool().Query(t.Context(), `SELECT external_id FROM orders UNION SELECT external_id FROM redemptions`)
	if err != nil {
		t.Fatal(err)
	}
	done, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	now := int64(time.Since(a.began))
	history = slices.DeleteFunc(history, func(op porcupine.Operation) bool {
		return op.Output.(told).unknown && !slices.Contains(done, op.Input.(asked).id)
	})
	for i := range history {
		if history[i].Output.(told).unknown {
			history[i].Return = now
		}
	}
	return append(history, last)
}

func (a *account) ask(t *testing.T, ask asked, hangsUp bool) (answer told) {
	ctx := context.Background()
	if hangsUp {
		hurried, cancel := context.WithTimeout(ctx, 2*time.Millisecond)
		defer cancel()
		ctx = hurried
	}
	who := models.CustomerRef{ID: a.customer.ID}
	var err error
	switch {
	case ask.earn > 0:
		order := models.OrderParams{ExternalID: ask.id, Customer: &who, Total: ask.earn * 10}
		var result accrual.Result
		if result, err = accrual.Accrue(ctx, a.shop.DB, a.shop.MerchantID, a.shop.Till, store.Key{}, order); err == nil {
			answer.now = result.Members[0].Balances[0].Available
		}
	case ask.pay > 0:
		params := models.RedemptionParams{ExternalID: ask.id, Customer: who, Points: ask.pay}
		var receipt redemption.Receipt
		receipt, err = redemption.Redeem(ctx, a.shop.DB, a.shop.MerchantID, a.shop.Till, store.Key{}, params)
		answer.now = receipt.Available
		answer.refused = models.KindOf(err) == models.Refused
	default:
		answer.now = a.customer.Has(t).Available
	}
	if err != nil && !answer.refused {
		if answer.unknown = hangsUp; !hangsUp {
			t.Error(fmt.Errorf("%+v: %w", ask, err))
		}
	}
	return answer
}
