package programs

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"dangol/models"
	"dangol/models/ledger"
	"dangol/models/store"
	"dangol/models/terms"
)

// Running gives the programmes that the shop has published and not ended, the oldest first, from the cache where nothing
// has changed since: one small query. The values are shared: do not change them.
func Running(tx *store.Tx) ([]*ledger.Program, error) {
	var fingerprint int64
	if err := tx.PG().QueryRow(tx.Ctx(), FingerprintSQL, tx.MerchantID()).Scan(&fingerprint); err != nil {
		return nil, err
	}
	if found, known, ok := Known(tx.DB(), tx.MerchantID()); ok && known == fingerprint {
		return found, nil
	}
	found, err := read(tx, 0)
	if err == nil {
		cache.put(shop{tx.DB(), tx.MerchantID()}, snapshot{fingerprint, found})
	}
	return found, err
}

// One gives a running programme by its code; no code stands for the only one. Errors: models.NotFound, models.Invalid at
// "program" when a code is required or nothing runs.
func One(tx *store.Tx, code string) (*ledger.Program, error) {
	found, err := Running(tx)
	switch {
	case err != nil:
		return nil, err
	case code == "" && len(found) == 1:
		return found[0], nil
	case code == "":
		return nil, models.InvalidField("program", "required", map[string]any{"running": len(found)})
	}
	for _, p := range found {
		if p.Code == code {
			return p, nil
		}
	}
	return nil, models.ErrNotFound
}

// Terms gives a published version of a running programme, ready to run. It never changes, so that one that is known costs nothing.
// Errors: models.NotFound.
func Terms(ctx context.Context, db *store.DB, merchantID int64, code string, number int) (version *terms.Program, err error) {
	known, _, _ := Known(db, merchantID)
	if version = versionOf(known, code, number); version != nil {
		return version, nil
	}
	err = store.ReadTx(ctx, db, merchantID, func(tx *store.Tx) error {
		running, err := Running(tx)
		if err != nil {
			return err
		}
		if version = versionOf(running, code, number); version == nil {
			return models.ErrNotFound
		}
		return nil
	})
	return version, err
}

func versionOf(running []*ledger.Program, code string, number int) *terms.Program {
	for _, p := range running {
		if p.Code == code {
			return p.Timeline.Version(number)
		}
	}
	return nil
}

// Timeline gives the published versions of one programme, also of one that has ended. Errors: models.NotFound if nothing
// was published.
func Timeline(tx *store.Tx, programID int64) (*terms.Timeline, error) {
	running, err := Running(tx)
	if err != nil {
		return nil, err
	}
	for _, p := range running {
		if p.ID == programID {
			return p.Timeline, nil
		}
	}
	ended, err := read(tx, programID)
	if err == nil && len(ended) == 0 {
		err = models.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return ended[0].Timeline, nil
}

// FingerprintSQL takes a merchant and gives a number that changes with whatever Running depends on. Publications are only
// ever added, so that their count tells.
const FingerprintSQL = `SELECT hashtextextended(concat_ws('/', m.zone, m.sandbox, m.settings->>'expire_untold',
		(SELECT count(*) FROM publications u WHERE u.merchant_id = m.id),
		(SELECT count(*) FROM programs p WHERE p.merchant_id = m.id AND p.ended_at IS NOT NULL)), 0)
	FROM merchants m WHERE m.id = $1`

// Known gives what Running found last and the fingerprint that it had then. It is for the posting path, which begins
// with it, asks FingerprintSQL in its first batch, and starts anew through Running if the numbers differ.
func Known(db *store.DB, merchantID int64) (running []*ledger.Program, fingerprint int64, ok bool) {
	s, ok := cache.get(shop{db, merchantID})
	return s.running, s.fingerprint, ok
}

// cache holds what was read last from each shop of each database. Nothing in it is trusted without its fingerprint.
var cache memo[shop, snapshot]

type shop struct {
	db         *store.DB
	merchantID int64
}

type snapshot struct {
	fingerprint int64
	running     []*ledger.Program
}

// promises is a programme and what its timeline is made of.
type promises struct {
	id           int64
	code         string
	zone         string
	sandbox      bool
	expireUntold bool
	versions     []publication
}

type publication struct {
	Version int                        `json:"version"`
	Hash    string                     `json:"hash"`
	From    time.Time                  `json:"from"`
	Mapping map[string]models.TierMove `json:"mapping"`
}

// read makes ready one programme or, with 0, all that run.
func read(tx *store.Tx, programID int64) ([]*ledger.Program, error) {
	rows, err := tx.PG().Query(tx.Ctx(), `SELECT p.id, p.code, m.zone, m.sandbox, coalesce((m.settings->>'expire_untold')::boolean, false),
			jsonb_agg(jsonb_build_object('version', v.version, 'hash', v.hash, 'from', u.effective_from, 'mapping', u.tier_mapping) ORDER BY v.version)
		FROM merchants m
		JOIN programs p ON p.merchant_id = m.id
		JOIN publications u ON u.merchant_id = p.merchant_id AND u.program_id = p.id
		JOIN program_versions v ON v.merchant_id = p.merchant_id AND v.program_id = p.id AND v.version = u.version
		WHERE p.merchant_id = $1 AND (p.id = $2 OR ($2 = 0 AND p.ended_at IS NULL))
		GROUP BY m.id, p.merchant_id, p.id ORDER BY p.id`, tx.MerchantID(), programID)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, scanPromises)
	if err != nil {
		return nil, err
	}
	running := make([]*ledger.Program, len(found))
	for i := range found {
		timeline, err := found[i].timeline(tx)
		if err != nil {
			return nil, err
		}
		running[i] = &ledger.Program{ID: found[i].id, Code: found[i].code, Timeline: timeline}
	}
	return running, nil
}

func scanPromises(row pgx.CollectableRow) (p promises, err error) {
	var versions []byte
	if err = row.Scan(&p.id, &p.code, &p.zone, &p.sandbox, &p.expireUntold, &versions); err == nil {
		err = json.Unmarshal(versions, &p.versions)
	}
	return p, err
}

func (p *promises) timeline(tx *store.Tx) (*terms.Timeline, error) {
	zone, err := time.LoadLocation(p.zone)
	if err != nil {
		return nil, err
	}
	versions := make([]terms.Version, len(p.versions))
	for i, pub := range p.versions {
		program, err := compile(tx, p.id, pub)
		if err != nil {
			return nil, err
		}
		versions[i] = terms.Version{From: pub.From.UTC(), Program: program, Mapping: mapping(pub.Mapping)}
	}
	return terms.NewTimeline(zone, p.telling(), versions...), nil
}

// telling: a sandbox's notices reach nobody, so that the outbox row is the delivery.
func (p *promises) telling() terms.Telling {
	switch {
	case p.sandbox && p.expireUntold:
		return terms.TellNobody
	case p.sandbox:
		return terms.TellByOutbox
	}
	return terms.TellByFact
}

func mapping(moves map[string]models.TierMove) map[string]terms.TierMapping {
	m := make(map[string]terms.TierMapping, len(moves))
	for code, move := range moves {
		m[code] = terms.TierMapping{To: move.To, AtOnce: move.When == models.AtEffective}
	}
	return m
}
