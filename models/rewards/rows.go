package rewards

import (
	"errors"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/store"
)

// stored is a claim with what telling it again needs beside it.
type stored struct {
	models.RewardClaim
	Unit        string
	Membership  int64
	ContentHash []byte
}

const columns = `c.merchant_id, c.id, c.program_id, c.reward, c.version, c.account_id, c.source, c.external_id, c.cause, c.points, c.state,
	c.reserved_until, c.code, c.store_id, c.staff_id, c.at, c.business_date, c.decided_at`

func find(tx *store.Tx, source, externalID string) (stored, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+columns+`, a.unit, a.membership_id, c.content_hash
		FROM reward_claims c JOIN accounts a ON a.merchant_id = c.merchant_id AND a.id = c.account_id
		WHERE c.merchant_id = $1 AND c.source = $2 AND c.source <> 'auto' AND c.external_id = $3`, tx.MerchantID(), source, externalID)
	if err != nil {
		return stored{}, err
	}
	s, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[stored])
	return s, store.Translate(err)
}

// OfCustomer lists what a customer has claimed, the newest first.
func OfCustomer(tx *store.Tx, customerID int64, limit int) ([]models.RewardClaim, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT `+columns+` FROM memberships m
		JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
		JOIN reward_claims c ON c.merchant_id = a.merchant_id AND c.account_id = a.id
		WHERE m.merchant_id = $1 AND m.customer_id = $2 ORDER BY c.id DESC LIMIT $3`, tx.MerchantID(), customerID, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[models.RewardClaim])
}

func (c *taking) insert(row *models.RewardClaim) error {
	return c.tx.PG().QueryRow(c.tx.Ctx(), `INSERT INTO reward_claims (merchant_id, program_id, reward, version, account_id, source, external_id, cause,
			points, state, reserved_until, content_hash, store_id, staff_id, at, business_date, recorded_at, stock_period, member_period, decided_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text, $11, $12, nullif($13::bigint, 0), nullif($14::bigint, 0), $15, $16, $17, nullif($18, ''), nullif($19, ''),
			CASE WHEN $10::text = 'redeemed' THEN $15::timestamptz END)
		RETURNING id, store_id, staff_id, decided_at`,
		row.MerchantID, row.ProgramID, row.Reward, row.Version, row.AccountID, row.Source, row.ExternalID, row.Cause, row.Points, row.State,
		row.ReservedUntil, contentHash(*c.params), c.actor.StoreID, c.actor.StaffID, row.At, row.BusinessDate, c.tx.Wall(), c.period(c.reward.Stock), c.period(c.reward.PerMember)).
		Scan(&row.ID, &row.StoreID, &row.StaffID, &row.DecidedAt)
}

// receipt tells what a claim came to.
func receipt(tx *store.Tx, row models.RewardClaim, m *ledger.Member) (Receipt, error) {
	r := Receipt{RewardClaim: row, CustomerID: m.CustomerID, Program: m.Program.Code}
	if row.State == models.ClaimReserved || row.State == models.ClaimCancelled || row.State == models.ClaimExpired {
		r.Code = nil // not the member's
	}
	for i := range m.Accounts {
		if a := &m.Accounts[i]; m.AccountID(a.Unit) == row.AccountID {
			r.Unit, r.Available = a.Unit, a.Available
		}
	}
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT code FROM coupons WHERE merchant_id = $1 AND membership_id = $2 AND cause = $3 AND revoked_at IS NULL`,
		tx.MerchantID(), m.ID, row.Cause).Scan(&r.Coupon)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return r, err
}
