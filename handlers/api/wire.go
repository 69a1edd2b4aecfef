package api

import (
	"strconv"
	"strings"
	"time"

	"dangol/models"
)

// The wire types mirror openapi.yaml, member by member. Pointers tell "not given" from zero.

type refWire struct {
	ID         int64  `json:"id,omitzero"`
	ExternalID string `json:"external_id,omitzero"`
	Phone      string `json:"phone,omitzero"`
	Email      string `json:"email,omitzero"`
}

// ref gives the customer that is named; exactly one member is to be set.
func (w *refWire) ref(pointer string) (*models.CustomerRef, error) {
	if w == nil {
		return nil, nil
	}
	named := 0
	for _, given := range []bool{w.ID != 0, w.ExternalID != "", w.Phone != "", w.Email != ""} {
		if given {
			named++
		}
	}
	if named != 1 {
		return nil, models.InvalidField(pointer, "one_reference", nil)
	}
	return &models.CustomerRef{ID: w.ID, ExternalID: w.ExternalID, Phone: w.Phone, Email: w.Email}, nil
}

// required is ref where a customer must be named.
func (w *refWire) required(pointer string) (models.CustomerRef, error) {
	ref, err := w.ref(pointer)
	if err == nil && ref == nil {
		err = models.InvalidField(pointer, "required", nil)
	}
	if err != nil {
		return models.CustomerRef{}, err
	}
	return *ref, nil
}

// pathRef reads id:17 or ext:A-3 from an address.
func pathRef(s string) (*models.CustomerRef, error) {
	if number, ok := strings.CutPrefix(s, "id:"); ok {
		if id, err := strconv.ParseInt(number, 10, 64); err == nil && id > 0 {
			return &models.CustomerRef{ID: id}, nil
		}
	}
	if ext, ok := strings.CutPrefix(s, "ext:"); ok && ext != "" && len(ext) <= 4*models.MaxExternalID {
		return &models.CustomerRef{ExternalID: ext}, nil
	}
	return nil, models.ErrNotFound
}

type lineWire struct {
	SKU      string   `json:"sku,omitzero"`
	Name     string   `json:"name,omitzero"`
	Category string   `json:"category,omitzero"`
	Quantity int      `json:"quantity"`
	Amount   int64    `json:"amount"`
	Tax      int64    `json:"tax,omitzero"`
	Labels   []string `json:"labels,omitzero"`
}

func (w *lineWire) line() models.OrderLine {
	return models.OrderLine{SKU: w.SKU, Name: w.Name, Category: w.Category, Quantity: w.Quantity, Amount: w.Amount, Tax: w.Tax, Labels: w.Labels}
}

type orderWire struct {
	ExternalID     string     `json:"external_id,omitzero"`
	PlacedAt       time.Time  `json:"placed_at,omitzero"`
	Store          string     `json:"store,omitzero"`
	Channel        string     `json:"channel,omitzero"`
	Customer       *refWire   `json:"customer,omitzero"`
	Currency       string     `json:"currency,omitzero"`
	Total          *int64     `json:"total"`
	Shipping       int64      `json:"shipping,omitzero"`
	Discount       int64      `json:"discount,omitzero"`
	PaidWithPoints int64      `json:"paid_with_points,omitzero"`
	Tax            int64      `json:"tax,omitzero"`
	Payments       []string   `json:"payments,omitzero"`
	Labels         []string   `json:"labels,omitzero"`
	Redemption     string     `json:"redemption,omitzero"`
	Coupons        []string   `json:"coupons,omitzero"`
	Lines          []lineWire `json:"lines,omitzero"`
}

// revisionWire is an order with the number of its content.
type revisionWire struct {
	orderWire
	Revision int `json:"revision"`
}

// params turns an order on the wire into the verb's parameters. What the verb judges it leaves to the verb.
func (w *orderWire) params() (models.OrderParams, error) {
	customer, err := w.Customer.ref("/customer")
	if err != nil {
		return models.OrderParams{}, err
	}
	if w.Total == nil {
		return models.OrderParams{}, models.InvalidField("/total", "required", nil)
	}
	p := models.OrderParams{
		ExternalID: w.ExternalID, PlacedAt: w.PlacedAt, HasTime: true, Store: w.Store, Channel: w.Channel,
		Customer: customer, Currency: w.Currency, Total: *w.Total, Shipping: w.Shipping, Discount: w.Discount,
		PaidWithPoints: w.PaidWithPoints, Tax: w.Tax, Payments: w.Payments, Labels: w.Labels, Redemption: w.Redemption, Coupons: w.Coupons, Lines: make([]models.OrderLine, len(w.Lines)),
	}
	for i := range w.Lines {
		p.Lines[i] = w.Lines[i].line()
	}
	return p, nil
}

type refundWire struct {
	ExternalID string    `json:"external_id"`
	Amount     int64     `json:"amount"`
	RefundedAt time.Time `json:"refunded_at,omitzero"`
}

type waitingWire struct {
	State           string `json:"state"`
	OrderExternalID string `json:"order_external_id"`
}

type redemptionWire struct {
	ExternalID string   `json:"external_id"`
	Customer   *refWire `json:"customer"`
	Unit       string   `json:"unit,omitzero"`
	Points     int64    `json:"points"`
	OrderTotal int64    `json:"order_total,omitzero"`
	Clamp      bool     `json:"clamp,omitzero"`
	Reserve    bool     `json:"reserve,omitzero"`
}

func (w *redemptionWire) params() (models.RedemptionParams, error) {
	customer, err := w.Customer.required("/customer")
	if err != nil {
		return models.RedemptionParams{}, err
	}
	return models.RedemptionParams{
		ExternalID: w.ExternalID, Unit: w.Unit, Customer: customer, Points: w.Points, OrderTotal: w.OrderTotal, Refuse: !w.Clamp, Reserve: w.Reserve,
	}, nil
}

type birthWire struct {
	Calendar string `json:"calendar"`
	Year     int    `json:"year,omitzero"`
	Month    int    `json:"month"`
	Day      int    `json:"day"`
}

type customerFields struct {
	Name       *string    `json:"name,omitzero"`
	Phone      *string    `json:"phone,omitzero"`
	Email      *string    `json:"email,omitzero"`
	ExternalID *string    `json:"external_id,omitzero"`
	Birth      *birthWire `json:"birth,omitzero"`
	Locale     *string    `json:"locale,omitzero"`
	Version    int        `json:"version,omitzero"`
}

// newCustomerWire is a customer who joins, with what they agreed to.
type newCustomerWire struct {
	customerFields
	Consents *agreementWire `json:"consents"`
}

type agreementWire struct {
	Membership  bool            `json:"membership"`
	Advertising []models.Medium `json:"advertising,omitzero"`
	Night       bool            `json:"night,omitzero"`
}

// agreementPointers is where on the wire each part of an agreement stands.
var agreementPointers = map[string]string{"agreed": "/consents/membership", "medium": "/consents/advertising", "night": "/consents/night"}

func (w *newCustomerWire) enrolment() (models.CustomerParams, error) {
	p := w.params()
	p.Agreed = &models.Agreement{}
	if w.Consents != nil {
		p.Agreed = &models.Agreement{Membership: w.Consents.Membership, Advertising: w.Consents.Advertising, Night: w.Consents.Night}
	}
	var given, faults models.Faults
	_, err := p.Agreed.Consents()
	given.Take(err)
	for _, fault := range given {
		faults.Add(agreementPointers[fault.Field], fault.Code, fault.Args)
	}
	return p, faults.Err()
}

func (w *customerFields) params() models.CustomerParams {
	p := models.CustomerParams{
		Name: w.Name, Phone: w.Phone, Email: w.Email, ExternalID: w.ExternalID, Locale: w.Locale, Source: "api", Version: w.Version,
	}
	if w.Birth != nil {
		p.Birth = &models.Birth{Calendar: w.Birth.Calendar, Year: w.Birth.Year, Month: w.Birth.Month, Day: w.Birth.Day}
	}
	return p
}

type publishWire struct {
	EffectiveFrom time.Time           `json:"effective_from,omitzero"`
	Revision      int                 `json:"revision,omitzero"`
	AsIf          bool                `json:"as_if,omitzero"`
	Tiers         map[string]tierMove `json:"tiers,omitzero"`
}

type tierMove struct {
	To   string          `json:"to"`
	When models.TierWhen `json:"when"`
}

func (w *publishWire) params() models.PublishParams {
	p := models.PublishParams{Revision: w.Revision, EffectiveFrom: w.EffectiveFrom, AsIf: w.AsIf}
	if len(w.Tiers) > 0 {
		p.TierMapping = make(map[string]models.TierMove, len(w.Tiers))
	}
	for code, move := range w.Tiers {
		p.TierMapping[code] = models.TierMove{To: move.To, When: move.When}
	}
	return p
}
