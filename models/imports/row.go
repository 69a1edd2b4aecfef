package imports

import (
	"crypto/sha256"
	"strconv"
	"strings"
	"time"

	"dangol/models"
	"dangol/models/calendar"
	"dangol/models/imports/sheet"
)

// row is one row of a file, understood.
type row struct {
	line      int
	who       string // the customer's key: "ext:7", "tel:+8210…", "mail:a@b.kr"
	ext       string
	phone     string
	email     string
	name      string
	birth     string
	order     string
	placedAt  time.Time
	placedOn  calendar.Date
	hasTime   bool
	amount    int64
	quantity  int64
	item      string
	points    int64
	expiresOn calendar.Date
	hash      []byte // of who, when and how much
	repairs   repairs
	fault     *sheet.Fault
	cells     []string // of a faulty row
}

// repairs are what was mended in a row, as bits.
type repairs int16

const (
	repairedPhone repairs = 1 << iota // a leading zero that a spreadsheet took
	repairedDate                      // a spreadsheet's day number
)

// repairNames are their names in Counts.
var repairNames = map[repairs]string{repairedPhone: "phone_zero", repairedDate: "date_serial"}

// contactTaken is the repair of a phone or an e-mail address that is somebody else's already and was left out.
const contactTaken = "contact_taken"

// understanding turns records into rows: which columns, and what the shop says about money and time.
type understanding struct {
	columns  map[Field]int
	order    DateOrder
	currency string
	zone     *time.Location
	latest   time.Time // what is later lies in the future
}

// skew is how far ahead another clock may be; what lies within it is taken for now.
const skew = 5 * time.Minute

func understand(imp *Import, currency string, zone *time.Location, now time.Time) *understanding {
	u := &understanding{columns: map[Field]int{}, order: imp.Options.DateOrder, currency: currency, zone: zone, latest: now}
	for i, f := range imp.Mapping {
		balance := f == Points || f == Expires
		if f != Ignore && (!balance || imp.Mode == Opening) {
			u.columns[f] = i
		}
	}
	return u
}

// row understands a record; it stops at the first fault.
func (u *understanding) row(rec *sheet.Record) row {
	r := row{line: rec.Line, fault: rec.Fault}
	for _, part := range []func(*sheet.Record, *row){u.readWho, u.readPerson, u.readMoment, u.readAmount, u.readGoods, u.readPoints} {
		if r.fault == nil {
			part(rec, &r)
		}
	}
	if r.fault != nil {
		r.cells = rec.Texts()
		return r
	}
	r.hash = r.sum()
	if r.placedAt.After(u.latest) {
		r.placedAt, r.placedOn = u.latest, calendar.DateOf(u.latest, u.zone)
	}
	return r
}

// cell gives the text of a field's column, "" where there is none.
func (u *understanding) cell(rec *sheet.Record, r *row, f Field) string {
	column, ok := u.columns[f]
	if !ok || r.fault != nil {
		return ""
	}
	text, fault := rec.Cell(column)
	r.fault = fault
	if rest, ok := strings.CutPrefix(text, "'"); ok && formula(rest) {
		return rest // our own error files have it so
	}
	return text
}

func (u *understanding) fail(r *row, f Field, code, cell string) {
	if code != "" && r.fault == nil {
		r.fault = &sheet.Fault{Line: r.line, Column: u.columns[f] + 1, Code: code, Cell: sheet.Printable(cell)}
	}
}

// clean gives a text of limited length without control characters.
func (u *understanding) clean(rec *sheet.Record, r *row, f Field, limit int) string {
	cell := u.cell(rec, r, f)
	text, ok := models.CleanText(cell, limit)
	if !ok {
		u.fail(r, f, "text", cell)
	}
	return text
}

// readWho reads what names the customer; the first of number, phone and e-mail that is there is the key.
func (u *understanding) readWho(rec *sheet.Record, r *row) {
	r.ext = u.clean(rec, r, Ext, models.MaxExternalID)
	u.readPhone(rec, r)
	u.readEmail(rec, r)
	switch {
	case r.fault != nil:
	case r.ext != "":
		r.who = "ext:" + r.ext
	case r.phone != "":
		r.who = "tel:" + r.phone
	case r.email != "":
		r.who = "mail:" + r.email
	default:
		for _, f := range []Field{Ext, Phone, Email} {
			if _, mapped := u.columns[f]; mapped {
				u.fail(r, f, "customer_missing", "")
			}
		}
	}
}

func (u *understanding) readPhone(rec *sheet.Record, r *row) {
	cell := u.cell(rec, r, Phone)
	if cell == "" {
		return
	}
	phone, repaired, code := parsePhone(cell)
	u.fail(r, Phone, code, cell)
	r.phone = phone
	if repaired {
		r.repairs |= repairedPhone
	}
}

func (u *understanding) readEmail(rec *sheet.Record, r *row) {
	cell := u.cell(rec, r, Email)
	if cell == "" {
		return
	}
	email, ok := models.NormalEmail(cell)
	if !ok {
		u.fail(r, Email, "email_unreadable", cell)
	}
	r.email = email
}

func (u *understanding) readPerson(rec *sheet.Record, r *row) {
	r.name = u.clean(rec, r, Name, models.MaxName)
	cell := u.cell(rec, r, Birth)
	if cell == "" {
		return
	}
	birth, code := parseBirth(cell)
	u.fail(r, Birth, code, cell)
	r.birth = writeBirth(birth)
}

// readMoment reads when the purchase was. A date without a time is the first moment of its day.
func (u *understanding) readMoment(rec *sheet.Record, r *row) {
	if _, mapped := u.columns[Date]; !mapped {
		return
	}
	cell := u.cell(rec, r, Date)
	m, code := parseMoment(cell, u.order)
	u.fail(r, Date, code, cell)
	if m.serial {
		r.repairs |= repairedDate
	}
	if clock := u.cell(rec, r, Time); clock != "" && !m.hasTime {
		m.hasTime = true
		m.clock, m.offset, code = parseClock(clock)
		u.fail(r, Time, code, clock)
	}
	r.placedAt, r.hasTime = m.at(u.zone).UTC(), m.hasTime
	if r.placedAt.Sub(u.latest) > skew {
		u.fail(r, Date, "date_future", cell)
	}
	r.placedOn = calendar.DateOf(r.placedAt, u.zone)
}

func (u *understanding) readAmount(rec *sheet.Record, r *row) {
	if _, mapped := u.columns[Amount]; !mapped {
		return
	}
	cell := u.cell(rec, r, Amount)
	amount, code := parseMoney(cell, u.currency)
	u.fail(r, Amount, code, cell)
	r.amount = amount
}

const (
	maxQuantity = 100_000
	maxItem     = 120
	maxOrder    = 100 // leaves room for what an undone import adds
)

func (u *understanding) readGoods(rec *sheet.Record, r *row) {
	r.order = u.clean(rec, r, OrderID, maxOrder)
	if _, mapped := u.columns[OrderID]; mapped && r.order == "" {
		u.fail(r, OrderID, "order_missing", "")
	}
	r.item = u.clean(rec, r, Item, maxItem)
	r.quantity = 1
	if cell := u.cell(rec, r, Quantity); cell != "" {
		quantity, code := parseCount(cell, maxQuantity)
		u.fail(r, Quantity, code, cell)
		r.quantity = max(quantity, 1)
	}
}

// maxPoints bounds one opening balance.
const maxPoints = 1_000_000_000_000

func (u *understanding) readPoints(rec *sheet.Record, r *row) {
	if _, mapped := u.columns[Points]; !mapped {
		return
	}
	cell := u.cell(rec, r, Points)
	points, code := parseCount(cell, maxPoints)
	u.fail(r, Points, code, cell)
	r.points = points
	if cell := u.cell(rec, r, Expires); cell != "" {
		m, code := parseMoment(cell, u.order)
		if code == "" && m.day < calendar.DateOf(u.latest, u.zone) {
			code = "expires_past"
		}
		u.fail(r, Expires, code, cell)
		r.expiresOn = m.day
	}
}

// sum names the content by which a row is known again: who, when, how much, and nothing that depends on how it was
// written, or on which further columns were read.
func (r *row) sum() []byte {
	b := append([]byte(nil), r.who...)
	b = append(b, 0)
	if r.hasTime {
		b = r.placedAt.AppendFormat(b, time.RFC3339Nano)
	} else if !r.placedAt.IsZero() {
		b = append(b, r.placedOn.String()...)
	}
	b = append(b, 0)
	b = strconv.AppendInt(b, r.amount, 10)
	b = append(b, 0)
	b = strconv.AppendInt(b, r.points, 10)
	sum := sha256.Sum256(b)
	return sum[:]
}
