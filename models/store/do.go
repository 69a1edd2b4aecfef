package store

import (
	"context"
	"encoding/json"
)

// Do is Once for a result that is kept as JSON. Without a key fn runs each time it is called: its effect must then be
// single by itself. Errors: as Once.
func Do[T any](ctx context.Context, db *DB, merchantID int64, key Key, fn func(*Tx) (T, error)) (result T, replay bool, err error) {
	if key.Key == "" {
		err = InTx(ctx, db, merchantID, func(tx *Tx) (err error) {
			result, err = fn(tx)
			return err
		})
		return result, false, err
	}
	answer, err := Once(ctx, db, merchantID, key, func(tx *Tx) (Answer, error) {
		result, err := fn(tx)
		if err != nil {
			return Answer{}, err
		}
		body, err := json.Marshal(result)
		return Answer{Status: Done, Body: body}, err
	})
	if err == nil {
		err = json.Unmarshal(answer.Body, &result)
	}
	return result, answer.Replay, err
}
