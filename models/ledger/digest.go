package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"dangol/models/calendar"
	"dangol/models/terms"
)

// Entry is a row of the ledger as it is stored: one bucket of one account moved. It never changes.
type Entry struct {
	AccountID  int64
	Unit       string
	Seq        int64
	Kind       terms.Kind
	Bucket     terms.Bucket
	Points     terms.Points // signed
	At         time.Time    // business moment, never before the account's last
	OccurredAt time.Time    // the event's own
	RecordedAt time.Time    // wall time
	Cause      string
	OrderID    int64  // 0: none
	Version    int64  // of the programme; 0: none
	Rule       string // empty: none
	Reverses   int64  // seq of the entry that it takes back; 0: none
	Why        []byte // see Explanation
	Digest     []byte
	Uses       []terms.LotUse
	Lot        *terms.Lot // the lot that a credit made, as it was born; nil: none
}

// owner is who a chain of digests belongs to, by names that outlive any identity.
type owner struct {
	merchantID int64
	membership string // code
	unit       string // empty for tier changes
}

// digest is the seal of an entry: sha256(previous ‖ canonical row). The canonical row names the member by the membership's
// code, the terms by their hash and lots by the seq of their credit; no identity, no name and no free text is in it.
func (e *Entry) digest(previous []byte, of owner, termsHash string) []byte {
	var c canonical
	c.bytes(previous)
	c.owner(of)
	c.int(e.Seq)
	c.text(string(e.Kind))
	c.text(string(e.Bucket))
	c.int(e.Points)
	c.time(e.At)
	c.time(e.OccurredAt)
	c.time(e.RecordedAt)
	c.text(e.Cause)
	c.text(e.Rule)
	c.int(e.Version)
	c.text(termsHash)
	c.int(e.Reverses)
	c.bytes(e.Why)
	c.int(int64(len(e.Uses)))
	for _, use := range e.Uses {
		c.int(use.Lot)
		c.int(use.Points)
	}
	c.lot(e.Lot)
	return c.sum()
}

// digest is the seal of a prolonged lot. Its place is known by its dates, which follow one another, so it needs no chain.
func extensionDigest(of owner, x *terms.Extension, recordedAt time.Time) []byte {
	var c canonical
	c.owner(of)
	c.int(x.Lot)
	c.date(x.From)
	c.date(x.To)
	c.text(string(x.Reason))
	c.time(x.At)
	c.time(recordedAt)
	return c.sum()
}

// tierDigest is the seal of a row of a member's tier history.
func tierDigest(previous []byte, of owner, seq int64, cause string, t *terms.TierChange, recordedAt time.Time) []byte {
	var c canonical
	c.bytes(previous)
	c.owner(of)
	c.int(seq)
	c.text(cause)
	c.text(string(t.Reason))
	c.text(t.From)
	c.text(t.To)
	c.int(t.Amount)
	c.date(t.WindowFrom)
	c.date(t.WindowTo)
	c.date(t.Until)
	c.time(t.At)
	c.time(recordedAt)
	if len(t.Readings) > 0 {
		c.text(terms.FormatReadings(t.Readings))
	}
	return c.sum()
}

// canonical writes values so that no two different rows have the same bytes: numbers as varints, texts with their length.
// Moments are microseconds, as the database keeps them.
type canonical struct {
	buf [512]byte
	out []byte
}

func (c *canonical) begin() {
	if c.out == nil {
		c.out = c.buf[:0]
	}
}

func (c *canonical) int(n int64) {
	c.begin()
	c.out = binary.AppendVarint(c.out, n)
}

func (c *canonical) text(s string) {
	c.int(int64(len(s)))
	c.out = append(c.out, s...)
}

func (c *canonical) bytes(b []byte) {
	c.int(int64(len(b)))
	c.out = append(c.out, b...)
}

func (c *canonical) time(t time.Time)     { c.int(t.UnixMicro()) }
func (c *canonical) date(d calendar.Date) { c.int(int64(d)) }

func (c *canonical) owner(of owner) {
	c.int(of.merchantID)
	c.text(of.membership)
	c.text(of.unit)
}

func (c *canonical) lot(lot *terms.Lot) {
	if lot == nil {
		c.int(0)
		return
	}
	c.int(1)
	c.time(lot.EarnedAt)
	c.date(lot.UsableFrom)
	c.date(lot.ActivatesOn)
	c.date(lot.ExpiresOn)
	c.text(lot.Source)
	c.text(lot.Rule)
	if lot.Awaits != "" {
		c.text(lot.Awaits)
		c.date(lot.CancelsOn)
	}
}

func (c *canonical) sum() []byte {
	c.begin()
	digest := sha256.Sum256(c.out)
	return digest[:]
}
