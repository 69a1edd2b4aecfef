package accrual

import (
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"dangol/models/store"
)

// queueAnswers keeps what the orders were told with their keys.
func (g *group) queueAnswers(batch *pgx.Batch) error {
	var scopes, keys []string
	var hashes, answers [][]byte
	for _, p := range g.postings {
		if p.aside || !p.told || p.key.Key == "" {
			continue
		}
		answer, err := json.Marshal(p.result)
		if err != nil {
			return err
		}
		scopes, keys, hashes, answers = append(scopes, p.key.Scope), append(keys, p.key.Key), append(hashes, p.key.BodyHash), append(answers, answer)
	}
	if len(keys) > 0 {
		batch.Queue(store.KeepSQL, g.tx.MerchantID(), store.Done, g.tx.Wall(), scopes, keys, hashes, answers)
	}
	return nil
}
