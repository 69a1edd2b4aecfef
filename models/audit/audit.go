// Package audit keeps who did what to what and when. The record stays for ever; what it says of before, after and reasons
// stands in a payload that can be deleted, of which the record holds a salted digest.
package audit

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"

	"dangol/models"
	"dangol/models/store"
)

// Record notes in the caller's transaction what the actor did: an action ("staff.disable"), a subject ("staff:7") and what
// else is worth keeping, as JSON. What is read only, and what the ledger records, is not noted here.
func Record(tx *store.Tx, actor models.Actor, action, subject string, payload any) error {
	text, err := json.Marshal(payload)
	if err != nil {
		return err
	}
	salt := make([]byte, 16)
	rand.Read(salt)
	_, err = tx.PG().Exec(tx.Ctx(), `WITH record AS (
			INSERT INTO audit_records (merchant_id, staff_id, action, subject, at, digest)
			VALUES ($1, nullif($2, 0), $3, $4, $5, $6) RETURNING merchant_id, id)
		INSERT INTO audit_payloads (merchant_id, audit_id, salt, payload) SELECT merchant_id, id, $7, $8::jsonb FROM record`,
		tx.MerchantID(), actor.StaffID, action, subject, tx.Wall(), digest(salt, text), salt, string(text))
	return err
}

// digest is sha256(salt ‖ payload): it proves a payload and, the salt once deleted, tells nothing of it.
func digest(salt, payload []byte) []byte {
	sum := sha256.New()
	sum.Write(salt)
	sum.Write(payload)
	return sum.Sum(nil)
}
