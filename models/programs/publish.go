package programs

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/audit"
	"dangol/models/store"
	"dangol/models/terms"
)

// Publish makes the draft a version and puts it in force from a moment on. Going back is publishing an old document.
// What is worse for members who exist begins no sooner than terms.WorseNotice days ahead, unless the command line says so,
// and everybody who can be reached is told.
// Errors: models.Forbidden for anybody but owner and admin; models.ErrStale when the draft is another than the one that
// was seen; models.Conflict "unchanged", "already_posting" (as if, after the first live posting); models.Invalid for a
// moment in the past or, "notice_needed", too soon, and for held tiers of which the mapping says nothing; models.NotFound.
func Publish(ctx context.Context, db *store.DB, merchantID int64, actor models.Actor, code string, p models.PublishParams) (v models.ProgramVersion, err error) {
	err = store.InTx(ctx, db, merchantID, func(tx *store.Tx) error {
		v, err = PublishIn(tx, actor, code, p)
		return err
	})
	return v, err
}

// PublishIn is Publish in a transaction of the caller, such as the wizard's.
func PublishIn(tx *store.Tx, actor models.Actor, code string, p models.PublishParams) (v models.ProgramVersion, err error) {
	if actor.StaffID != 0 && !actor.Role.MayPublish() {
		return v, models.ErrForbidden
	}
	program, err := lock(tx, code)
	if err != nil {
		return v, err
	}
	if err := tx.Tick(); err != nil {
		return v, err
	}
	t, err := draftToPublish(tx, program.ID, p)
	if err != nil {
		return v, err
	}
	v = models.ProgramVersion{MerchantID: tx.MerchantID(), ProgramID: program.ID, Document: t.Encode(), Hash: t.Hash(),
		EffectiveFrom: p.EffectiveFrom, AsIf: p.AsIf, TierMapping: p.TierMapping, PublishedAt: tx.Now()}
	if err := checkMoment(tx, &v); err != nil {
		return v, err
	}
	if err := checkMapping(tx, &v, &t); err != nil {
		return v, err
	}
	n, err := noticeOf(tx, &v, &t)
	if err != nil {
		return v, err
	}
	if err := n.check(actor, &v, tx.Merchant().Zone); err != nil {
		return v, err
	}
	if v, err = publish(tx, actor, code, v, &t); err != nil {
		return v, err
	}
	return v, n.tell(tx, &v)
}

// draftToPublish reads the draft anew and checks it again: stores may have gone, and the engine may have learnt.
func draftToPublish(tx *store.Tx, programID int64, p models.PublishParams) (t terms.Terms, err error) {
	draft, err := Draft(tx, programID)
	if err != nil {
		return t, err
	}
	if p.Revision != 0 && p.Revision != draft.Revision {
		return t, models.ErrStale
	}
	if t, err = parse(tx, draft.Document); err != nil {
		return t, err
	}
	var same bool
	err = tx.PG().QueryRow(tx.Ctx(), `SELECT coalesce((SELECT hash = $3 FROM program_versions
		WHERE merchant_id = $1 AND program_id = $2 ORDER BY version DESC LIMIT 1), false)`, tx.MerchantID(), programID, t.Hash()).Scan(&same)
	if err == nil && same && !p.AsIf {
		err = models.Conflicting("unchanged", nil)
	}
	return t, err
}

// checkMoment: terms begin now or later; in the past only as if, before anything was posted in earnest.
func checkMoment(tx *store.Tx, v *models.ProgramVersion) error {
	if v.EffectiveFrom.IsZero() {
		v.EffectiveFrom = tx.Now()
	}
	if !v.EffectiveFrom.Before(tx.Now()) {
		v.AsIf = false
		return nil
	}
	if !v.AsIf {
		return models.InvalidField("effective_from", "in_the_past", nil)
	}
	var posting bool
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT first_posting_at IS NOT NULL FROM merchants WHERE id = $1 FOR UPDATE`, tx.MerchantID()).Scan(&posting)
	if err == nil && posting {
		err = models.Conflicting("already_posting", nil)
	}
	return err
}

// checkMapping: each tier that somebody holds and the new version lacks needs a word on what becomes of it, and whatever
// the mapping names must be there. A version without tiers leaves them as they are.
func checkMapping(tx *store.Tx, v *models.ProgramVersion, t *terms.Terms) error {
	if v.TierMapping == nil {
		v.TierMapping = map[string]models.TierMove{}
	}
	if t.Tiers == nil {
		v.TierMapping = map[string]models.TierMove{}
		return nil
	}
	held, err := heldTiers(tx, v.ProgramID)
	if err != nil {
		return err
	}
	var faults models.Faults
	for _, code := range held {
		if _, mapped := v.TierMapping[code]; !mapped && !hasTier(t, code) {
			faults.Add("tier_mapping/"+code, "held_tier_without_mapping", map[string]any{"tier": code})
		}
	}
	for from, move := range v.TierMapping {
		if !hasTier(t, move.To) {
			faults.Add("tier_mapping/"+from, "unknown_tier", map[string]any{"tier": move.To})
		}
		if move.When != "" && move.When != models.AtValidity && move.When != models.AtEffective {
			faults.Add("tier_mapping/"+from, "bad_moment", nil)
		}
	}
	return faults.Err()
}

func hasTier(t *terms.Terms, code string) bool {
	return slices.ContainsFunc(t.Tiers.Tiers, func(tier terms.Tier) bool { return tier.Code == code })
}

// heldTiers lists the tiers that at least one member holds.
func heldTiers(tx *store.Tx, programID int64) ([]string, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT code FROM tiers t WHERE merchant_id = $1 AND program_id = $2 AND EXISTS
		(SELECT FROM memberships m WHERE m.merchant_id = $1 AND m.program_id = $2 AND m.tier_code = t.code) ORDER BY code`,
		tx.MerchantID(), programID)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// publish writes the version, what other rows point at, and the publication.
func publish(tx *store.Tx, actor models.Actor, code string, v models.ProgramVersion, t *terms.Terms) (models.ProgramVersion, error) {
	mapping, err := json.Marshal(v.TierMapping)
	if err != nil {
		return v, err
	}
	b := &pgx.Batch{}
	b.Queue(`INSERT INTO program_versions (merchant_id, program_id, version, document, hash, created_at)
		SELECT $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5 FROM program_versions WHERE merchant_id = $1 AND program_id = $2
		RETURNING version`, v.MerchantID, v.ProgramID, string(v.Document), v.Hash, tx.Wall()).
		QueryRow(func(row pgx.Row) error { return row.Scan(&v.Version) })
	b.Queue(`INSERT INTO tiers (merchant_id, program_id, code) SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING`,
		v.MerchantID, v.ProgramID, tierCodes(t))
	b.Queue(`INSERT INTO coupon_kinds (merchant_id, program_id, code) SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING`,
		v.MerchantID, v.ProgramID, couponCodes(t))
	b.Queue(`INSERT INTO rewards (merchant_id, program_id, code) SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING`,
		v.MerchantID, v.ProgramID, rewardCodes(t))
	b.Queue(`INSERT INTO publications (merchant_id, program_id, version, effective_from, as_if, tier_mapping, published_at, recorded_at, published_by)
		SELECT $1, $2, max(version), $3, $4, $5::jsonb, $6, $7, nullif($8::bigint, 0) FROM program_versions WHERE merchant_id = $1 AND program_id = $2
		RETURNING published_by`,
		v.MerchantID, v.ProgramID, v.EffectiveFrom, v.AsIf, string(mapping), v.PublishedAt, tx.Wall(), actor.StaffID).
		QueryRow(func(row pgx.Row) error { return row.Scan(&v.PublishedBy) })
	b.Queue(`UPDATE program_drafts SET revision = revision + 1 WHERE merchant_id = $1 AND program_id = $2`, v.MerchantID, v.ProgramID)
	if err := tx.PG().SendBatch(tx.Ctx(), b).Close(); err != nil {
		return v, err
	}
	return v, audit.Record(tx, actor, "program.publish", subject(code), map[string]any{
		"version": v.Version, "hash": v.Hash, "effective_from": v.EffectiveFrom, "as_if": v.AsIf, "tier_mapping": v.TierMapping})
}

func tierCodes(t *terms.Terms) []string {
	codes := []string{}
	if t.Tiers != nil {
		for _, tier := range t.Tiers.Tiers {
			codes = append(codes, tier.Code)
		}
	}
	return codes
}

func couponCodes(t *terms.Terms) []string {
	codes := []string{}
	for _, kind := range t.Coupons {
		codes = append(codes, kind.Code)
	}
	return codes
}

func rewardCodes(t *terms.Terms) []string {
	codes := make([]string, len(t.Rewards))
	for i := range t.Rewards {
		codes[i] = t.Rewards[i].Code
	}
	return codes
}
