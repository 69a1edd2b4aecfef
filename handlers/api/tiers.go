package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"dangol/handlers/web"
	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/customers"
	"dangol/models/ledger"
	"dangol/models/programs"
	"dangol/models/store"
	"dangol/models/terms"
	"dangol/models/tiers"
)

// tierWire is where a member stands; amounts are of what the plan measures. The answer to a posting only names the tier.
type tierWire struct {
	Code       string        `json:"code"`
	Name       string        `json:"name"`
	Since      string        `json:"since,omitzero"`
	ValidUntil string        `json:"valid_until,omitzero"`
	Next       string        `json:"next,omitzero"`
	ToNext     int64         `json:"to_next,omitzero"`
	Amount     *int64        `json:"amount,omitzero"`
	ToKeep     int64         `json:"to_keep,omitzero"`
	WindowFrom string        `json:"window_from,omitzero"`
	WindowTo   string        `json:"window_to,omitzero"`
	ReviewOn   string        `json:"review_on,omitzero"`
	GraceUntil string        `json:"grace_until,omitzero"`
	Projected  string        `json:"projected,omitzero"`
	Floor      string        `json:"floor,omitzero"`
	FloorUntil string        `json:"floor_until,omitzero"`
	Measures   []measureWire `json:"measures,omitzero"`
}

type measureWire struct {
	Metric string `json:"metric"`
	Unit   string `json:"unit,omitzero"`
	Number string `json:"number,omitzero"`
	Window string `json:"window"`
	Months int    `json:"months,omitzero"`
	Value  int64  `json:"value"`
	Keep   int64  `json:"keep,omitzero"`
	Next   int64  `json:"next,omitzero"`
	Words  string `json:"words"`
}

// tier tells which tier a member has, until when, and what keeps it and reaches the next.
func tier(program *terms.Program, m *terms.Member, today calendar.Date, locale string) *tierWire {
	doc := program.Terms()
	if doc.Tiers == nil {
		return nil
	}
	s := program.Standing(m, today)
	wire := &tierWire{
		Code: s.Tier, Name: doc.NameOf(s.Tier, locale), Since: date(m.Tier.Since), ValidUntil: date(s.Until), Next: s.Next, ToNext: s.ToNext,
		Amount: &s.Amount, ToKeep: s.ToKeep, WindowFrom: date(s.WindowFrom), WindowTo: date(s.WindowTo), ReviewOn: date(s.ReviewOn),
		GraceUntil: date(s.GraceUntil), Projected: s.Projected, Floor: s.Floor, FloorUntil: date(s.FloorUntil), Measures: []measureWire{},
	}
	for _, x := range s.Measures {
		wire.Measures = append(wire.Measures, measureWire{
			Metric: string(x.Metric), Unit: x.Unit, Number: x.Number, Window: string(x.Window.Kind), Months: x.Window.Months,
			Value: x.Value, Keep: x.Keep, Next: x.Next, Words: doc.Measure(x.Criterion, x.Value, locale),
		})
	}
	return wire
}

type floorWire struct {
	Program string        `json:"program,omitzero"`
	Tier    string        `json:"tier,omitzero"`
	Until   calendar.Date `json:"until,omitzero"`
	Reason  string        `json:"reason"`
	Note    string        `json:"note,omitzero"`
}

// setFloor sets or lifts the tier below which a customer does not fall.
func (a *API) setFloor(c echo.Context) error {
	var wire floorWire
	return a.changed(c, &wire, func(tx *store.Tx, actor models.Actor, customer *models.Customer) error {
		program, err := programs.One(tx, wire.Program)
		if err != nil {
			return err
		}
		members, err := ledger.Peek(tx, []*ledger.Program{program}, ledger.Of(models.CustomerRef{ID: customer.ID}))
		if err != nil {
			return err
		}
		if len(members) == 0 {
			return models.ErrNotFound
		}
		return tiers.Set(tx, actor, tiers.Floor{MembershipID: members[0].ID, Tier: wire.Tier, Until: wire.Until, Reason: tiers.Reason(wire.Reason), Note: wire.Note})
	})
}

type numbersWire struct {
	Numbers map[string]int64 `json:"numbers"`
}

// tellNumbers notes what the shop's systems say about a customer.
func (a *API) tellNumbers(c echo.Context) error {
	var wire numbersWire
	return a.changed(c, &wire, func(tx *store.Tx, actor models.Actor, customer *models.Customer) error {
		return tiers.Tell(tx, actor, customer.ID, wire.Numbers)
	})
}

// changed changes something about the customer of the path, once, and answers with the customer.
func (a *API) changed(c echo.Context, wire any, change func(*store.Tx, models.Actor, *models.Customer) error) error {
	ref, err := pathRef(c.Param("ref"))
	if err != nil {
		return err
	}
	call, err := newCall(c)
	if err == nil {
		err = decode(call.body, wire)
	}
	if err != nil {
		return err
	}
	return a.once(c, call, http.StatusOK, func(tx *store.Tx) (any, error) {
		customer, err := customers.FindRef(tx, *ref)
		if err != nil {
			return nil, err
		}
		if err := change(tx, call.actor, &customer); err != nil {
			return nil, err
		}
		return a.customer(tx, customer, string(web.Of(c).Locale))
	})
}
