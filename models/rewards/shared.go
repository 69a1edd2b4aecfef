package rewards

import (
	"errors"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/store"
	"dangol/models/terms"
)

// takeShared takes from what all members share, last of all locks: the stock, the member's quota, a code.
func (c *taking) takeShared(row *models.RewardClaim) error {
	if err := c.quota(c.reward.Stock, "shop", 0, "sold_out"); err != nil {
		return err
	}
	if err := c.quota(c.reward.PerMember, "member", c.member.ID, "enough_for_one"); err != nil {
		return err
	}
	if c.reward.Kind == terms.RewardCodes {
		return takeCode(c.tx, row)
	}
	return nil
}

// quota counts one more, unless that is too many.
func (c *taking) quota(q terms.Quota, scope string, subject int64, refusal string) error {
	if q.Times == 0 {
		return nil
	}
	tag, err := c.tx.PG().Exec(c.tx.Ctx(), `INSERT INTO limit_uses (merchant_id, rule, scope, subject, period, used) VALUES ($1, $2, $3, $4, $5, 1)
		ON CONFLICT (merchant_id, rule, scope, subject, period) DO UPDATE SET used = limit_uses.used + 1 WHERE limit_uses.used < $6`,
		c.tx.MerchantID(), counter(c.member.Program.Code, c.reward.Code), scope, subject, c.period(q), q.Times)
	if err == nil && tag.RowsAffected() == 0 {
		err = models.Refusal(refusal, map[string]any{"limit": q.Times})
	}
	return err
}

// counter names a reward's counters among those of the rules.
func counter(program, reward string) string { return program + "/reward:" + reward }

// period is the period of a quota in which the claim counts, empty for none.
func (c *taking) period(q terms.Quota) string {
	if q.Times == 0 {
		return ""
	}
	return q.Period(c.tx.Today())
}

// takeCode takes a free code for the claim. Codes that others are taking at this moment are passed over, so that nobody
// waits and none is given twice. Errors: models.Refused "sold_out".
func takeCode(tx *store.Tx, row *models.RewardClaim) error {
	err := tx.PG().QueryRow(tx.Ctx(), `UPDATE reward_codes SET claim_id = $4 WHERE merchant_id = $1 AND id = (
			SELECT id FROM reward_codes WHERE merchant_id = $1 AND program_id = $2 AND reward = $3 AND claim_id IS NULL
			ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
		RETURNING code`, tx.MerchantID(), row.ProgramID, row.Reward, row.ID).Scan(&row.Code)
	if errors.Is(err, pgx.ErrNoRows) {
		return models.Refusal("sold_out", nil)
	}
	if err == nil {
		_, err = tx.PG().Exec(tx.Ctx(), `UPDATE reward_claims SET code = $3 WHERE merchant_id = $1 AND id = $2`, tx.MerchantID(), row.ID, row.Code)
	}
	return err
}

// MostCodes is how many codes one import brings.
const MostCodes = 50_000

// ImportCodes adds codes of somebody else's to a reward, and says how many are new: one that is there already stays as it
// is. Errors: models.NotFound for the programme; models.Invalid at "reward" or "codes".
func ImportCodes(tx *store.Tx, program *terms.Program, programID int64, reward string, codes []string) (added int64, err error) {
	if r := program.Terms().Reward(reward); r == nil || r.Kind != terms.RewardCodes {
		return 0, models.InvalidField("reward", "unknown", nil)
	}
	if len(codes) == 0 || len(codes) > MostCodes {
		return 0, models.InvalidField("codes", "too_many", map[string]any{"limit": MostCodes})
	}
	for i, code := range codes {
		clean, ok := models.CleanText(code, 120)
		if !ok || clean == "" {
			return 0, models.InvalidField("codes", "bad_text", map[string]any{"limit": 120})
		}
		codes[i] = clean
	}
	tag, err := tx.PG().Exec(tx.Ctx(), `INSERT INTO reward_codes (merchant_id, program_id, reward, code, imported_at)
		SELECT $1, $2, $3, c, $5 FROM unnest($4::text[]) c ON CONFLICT ON CONSTRAINT reward_codes_code_key DO NOTHING`,
		tx.MerchantID(), programID, reward, codes, tx.Now())
	return tag.RowsAffected(), err
}
