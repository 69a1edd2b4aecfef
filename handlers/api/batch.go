package api

import (
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/accrual"
	"dangol/models/store"
)

const (
	maxBatch     = 1000    // orders
	maxBatchBody = 8 << 20 // bytes
)

// batchWire is orders as they came: what is wrong with one is found when it is read by itself.
type batchWire struct {
	Orders []jsontext.Value `json:"orders"`
}

// resultWire is what became of one order of a batch: what POST /orders would have answered.
type resultWire struct {
	Status   int          `json:"status"`
	Replayed bool         `json:"replayed,omitzero"`
	Body     *postingWire `json:"body,omitzero"`
	Problem  *Problem     `json:"problem,omitzero"`
}

type resultsWire struct {
	Results []resultWire `json:"results"`
}

// postOrders posts many purchases, each by itself. The key stands for the whole body; under it each order has one of its own,
// so that a batch that was broken off goes on where it was, and one that was not tells the same again.
func (a *API) postOrders(c echo.Context) error {
	call, err := newCallUpTo(c, maxBatchBody)
	if err != nil {
		return err
	}
	var wire batchWire
	if err := decode(call.body, &wire); err != nil {
		return err
	}
	if len(wire.Orders) == 0 {
		return models.InvalidField("/orders", "required", nil)
	}
	if len(wire.Orders) > maxBatch {
		return models.InvalidField("/orders", "too_many", map[string]any{"limit": maxBatch})
	}
	if _, err := store.Once(call.ctx, a.db, call.merchant, call.key, begun); err != nil {
		return err
	}
	results, err := a.postEach(c, &call, wire.Orders)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, jsonType, resultsWire{results})
}

// begun is all that a batch's own key remembers.
func begun(*store.Tx) (store.Answer, error) {
	return store.Answer{Status: store.Accepted, Body: []byte("{}")}, nil
}

func (a *API) postEach(c echo.Context, call *call, orders []jsontext.Value) ([]resultWire, error) {
	results := make([]resultWire, len(orders))
	var given []accrual.Keyed
	var places []int
	for i, text := range orders {
		params, err := readOrder(text)
		if err != nil {
			results[i] = failed(c, err)
			continue
		}
		key := call.key
		key.Scope += "/" + strconv.Itoa(i)
		given, places = append(given, accrual.Keyed{Key: key, Params: params}), append(places, i)
	}
	outcomes, err := accrual.AccrueAll(call.ctx, a.db, call.merchant, call.actor, given)
	if err != nil {
		return nil, err
	}
	for n := range outcomes {
		results[places[n]] = a.became(c, &outcomes[n])
	}
	return results, nil
}

func (a *API) became(c echo.Context, o *accrual.Outcome) resultWire {
	if o.Err != nil {
		return failed(c, o.Err)
	}
	shown, err := a.posting(c, &o.Result)
	if err != nil {
		return failed(c, err)
	}
	return resultWire{Status: http.StatusCreated, Replayed: o.Result.Replay, Body: &shown}
}

// failed tells what is wrong with one order, and leaves a fault of ours to the log.
func failed(c echo.Context, err error) resultWire {
	failure := web.Judge(err)
	if failure.Ours {
		web.Of(c).Fault = err
	}
	told := problem(c, failure)
	return resultWire{Status: told.Status, Problem: &told}
}
