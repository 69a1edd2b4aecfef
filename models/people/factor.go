package people

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/limits"
	"dangol/models/store"
)

const (
	keyBytes      = 20 // RFC 4226 recommends the length of the hash
	recoveryCodes = 10
	halfWay       = 5 * time.Minute // from the password to the code
)

// perCode limits wrong codes of a person. Only who knows the password gets so far, so that no stranger locks anybody out.
var perCode = limits.Limit{Scope: "sign_in:code", Max: 10, Window: 15 * time.Minute}

// NewFactor is a second factor that is about to be turned on.
type NewFactor struct {
	Key     string // as a person types it into an app
	Address string // as an app reads it from a QR code
	Sealed  string // the same for the form: nobody can put a key of their own in its place
}

// NewFactor makes a key that the person's app is shown; nothing is stored until TurnOn.
func (g *Guard) NewFactor(p *models.Person) (NewFactor, error) {
	key := make([]byte, keyBytes)
	rand.Read(key)
	return g.factor(p, key)
}

// AgainFactor is the same key once more, after a code that was mistyped. It returns Invalid at "code".
func (g *Guard) AgainFactor(p *models.Person, sealed string) (NewFactor, error) {
	key, err := g.unsealText(p.ID, sealed)
	if err != nil {
		return NewFactor{}, err
	}
	return g.factor(p, key)
}

func (g *Guard) factor(p *models.Person, key []byte) (NewFactor, error) {
	sealed, err := g.encrypt(p.ID, key)
	return NewFactor{Key: letters.EncodeToString(key), Address: provisioning(key, p.Email), Sealed: base64.RawURLEncoding.EncodeToString(sealed)}, err
}

// TurnOn makes a code necessary at every sign-in of the person, once a first code has shown that the app has the key. It
// gives the recovery codes, which are told this once. Errors: Invalid at "code".
func TurnOn(ctx context.Context, db *store.DB, g *Guard, who *SignedIn, sealed, code string) (codes []string, err error) {
	key, err := g.unsealText(who.Person.ID, sealed)
	if err != nil {
		return nil, err
	}
	step := stepOf(key, plainCode(code), db.Wall(), 0)
	if step == 0 {
		return nil, models.InvalidField("code", "wrong_code", nil)
	}
	stored, err := g.encrypt(who.Person.ID, key)
	if err != nil {
		return nil, err
	}
	err = store.InTx(ctx, db, who.Merchant.ID, func(tx *store.Tx) error {
		_, err := tx.PG().Exec(tx.Ctx(), `UPDATE people SET second_factor = $2, second_factor_at = $3, second_factor_step = $4 WHERE id = $1`,
			who.Person.ID, stored, tx.Wall(), step)
		if err != nil {
			return err
		}
		if codes, err = renewCodes(tx, who.Person.ID); err != nil {
			return err
		}
		return who.record(tx, "second_factor.on")
	})
	return codes, err
}

// TurnOff lets the password alone open the door again.
func TurnOff(ctx context.Context, db *store.DB, who *SignedIn) error {
	return store.InTx(ctx, db, who.Merchant.ID, func(tx *store.Tx) error {
		if err := clearFactor(tx, who.Person.ID); err != nil {
			return err
		}
		return who.record(tx, "second_factor.off")
	})
}

// NewCodes makes new recovery codes; the old ones are worth nothing. Errors: Conflict "no_second_factor".
func NewCodes(ctx context.Context, db *store.DB, who *SignedIn) (codes []string, err error) {
	if !who.Person.SecondFactor {
		return nil, models.Conflicting("no_second_factor", nil)
	}
	err = store.InTx(ctx, db, who.Merchant.ID, func(tx *store.Tx) (err error) {
		if codes, err = renewCodes(tx, who.Person.ID); err != nil {
			return err
		}
		return who.record(tx, "second_factor.codes")
	})
	return codes, err
}

// ResetFactor takes a second factor away from a login, at the command line: for who has lost both the app and the codes. Their
// sessions end. It returns NotFound or Invalid.
func ResetFactor(ctx context.Context, db *store.DB, email string) error {
	person, err := FindByEmail(ctx, db, email)
	if err != nil {
		return err
	}
	return store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		if err := clearFactor(tx, person.ID); err != nil {
			return err
		}
		return endSessions(tx, person.ID, "")
	})
}

func (who *SignedIn) record(tx *store.Tx, action string) error {
	return audit.Record(tx, models.Actor{StaffID: who.Staff.ID}, action, fmt.Sprintf("person:%d", who.Person.ID), nil)
}

func clearFactor(tx *store.Tx, personID int64) error {
	_, err := tx.PG().Exec(tx.Ctx(), `UPDATE people SET second_factor = NULL, second_factor_at = NULL, second_factor_step = 0 WHERE id = $1`, personID)
	if err != nil {
		return err
	}
	_, err = tx.PG().Exec(tx.Ctx(), `DELETE FROM recovery_codes WHERE person_id = $1`, personID)
	return err
}

func renewCodes(tx *store.Tx, personID int64) (codes []string, err error) {
	if _, err := tx.PG().Exec(tx.Ctx(), `DELETE FROM recovery_codes WHERE person_id = $1`, personID); err != nil {
		return nil, err
	}
	for range recoveryCodes {
		code := strings.ToLower(rand.Text()[:16]) // 80 bits
		if _, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO recovery_codes (code_hash, person_id) VALUES ($1, $2)`, HashToken(code), personID); err != nil {
			return nil, err
		}
		codes = append(codes, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
	}
	return codes, nil
}

// plainCode drops what people put between the digits.
func plainCode(code string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "").Replace(strings.TrimSpace(code)))
}

// SecondParams is what somebody gives who has given the right password.
type SecondParams struct {
	Half  string // the mark of that, from SignIn or Choose
	Code  string // of the app, or a recovery code
	Token string // of the session that the browser had before; it ends
	From  Origin
}

// Second lets somebody in by the code of their app or by a recovery code; each works once. It returns Unauthorized for a
// mark that is over or none, Invalid at "code", TooMany.
func Second(ctx context.Context, db *store.DB, g *Guard, p SecondParams) (*Entry, error) {
	person, err := g.halfIn(ctx, db, p.Half)
	if err != nil {
		return nil, err
	}
	t := &try{taken: []limits.Claim{{Limit: perCode, Subject: fmt.Sprint(person.ID)}}}
	if err := t.count(ctx, db); err != nil {
		return nil, err
	}
	entry := &Entry{Person: *person, Device: g.device(person, db.Wall())}
	err = store.InGlobalTx(ctx, db, func(tx *store.Tx) error {
		right, err := g.useCode(tx, person.ID, plainCode(p.Code))
		if err != nil {
			return err
		}
		if !right {
			return models.InvalidField("code", "wrong_code", nil)
		}
		if err := perCode.GiveBack(tx, t.taken[0].Subject); err != nil {
			return err
		}
		return enter(tx, entry, SignInParams{Token: p.Token, From: p.From})
	})
	if err != nil {
		return nil, err
	}
	return entry, nil
}

func (g *Guard) useCode(tx *store.Tx, personID int64, code string) (bool, error) {
	var stored []byte
	var used int64
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT second_factor, second_factor_step FROM people WHERE id = $1 FOR NO KEY UPDATE`, personID).Scan(&stored, &used)
	if err != nil {
		return false, err
	}
	if key, err := g.decrypt(personID, stored); err == nil { // under another secret recovery codes still work
		if step := stepOf(key, code, tx.Wall(), used); step != 0 {
			_, err := tx.PG().Exec(tx.Ctx(), `UPDATE people SET second_factor_step = $2 WHERE id = $1`, personID, step)
			return true, err
		}
	}
	tag, err := tx.PG().Exec(tx.Ctx(), `UPDATE recovery_codes SET used_at = $3 WHERE code_hash = $1 AND person_id = $2 AND used_at IS NULL`,
		HashToken(code), personID, tx.Wall())
	return err == nil && tag.RowsAffected() == 1, err
}

// half marks that somebody has given the right password and owes the code.
func (g *Guard) half(p *models.Person, now time.Time) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(p.ID))
	b = binary.BigEndian.AppendUint64(b, uint64(now.Add(halfWay).Unix()))
	return base64.RawURLEncoding.EncodeToString(append(b, g.halfSeal(p, b)...))
}

func (g *Guard) halfSeal(p *models.Person, b []byte) []byte {
	return g.seal(p, append([]byte("half"), b...))
}

func (g *Guard) halfIn(ctx context.Context, db *store.DB, mark string) (*models.Person, error) {
	b, err := base64.RawURLEncoding.DecodeString(mark)
	if err != nil || len(b) != 16+sha256.Size || db.Wall().Unix() > int64(binary.BigEndian.Uint64(b[8:16])) {
		return nil, models.ErrSignedOut
	}
	person, err := scanPerson(db.Pool().QueryRow(ctx, selectPerson+`id = $1`, int64(binary.BigEndian.Uint64(b[:8]))))
	if models.KindOf(err) == models.NotFound || err == nil && !(person.SecondFactor && hmac.Equal(b[16:], g.halfSeal(person, b[:16]))) {
		return nil, models.ErrSignedOut
	}
	return person, err
}

// box encrypts under a key that is made of the program's secret.
func (g *Guard) box() (cipher.AEAD, error) {
	mac := hmac.New(sha256.New, g.secret)
	mac.Write([]byte("second factor"))
	block, err := aes.NewCipher(mac.Sum(nil))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func (g *Guard) encrypt(personID int64, key []byte) ([]byte, error) {
	box, err := g.box()
	if err != nil {
		return nil, err
	}
	return box.Seal(nil, nil, key, fmt.Append(nil, personID)), nil
}

func (g *Guard) decrypt(personID int64, sealed []byte) ([]byte, error) {
	box, err := g.box()
	if err != nil {
		return nil, err
	}
	return box.Open(nil, nil, sealed, fmt.Append(nil, personID))
}

func (g *Guard) unsealText(personID int64, text string) ([]byte, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	key, openErr := g.decrypt(personID, sealed)
	if errors.Join(err, openErr) != nil {
		return nil, models.InvalidField("code", "wrong_code", nil)
	}
	return key, nil
}
