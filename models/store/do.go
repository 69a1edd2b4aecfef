package store

import (
	"context"
	"encoding/json"
)

// Do is Once for a result that is kept as JSON; who asks first gets it as fn made it, with what JSON leaves out. Without a key fn runs each time it is called: its effect must then be
// single by itself. Errors: as Once.
func Do[T any](ctx context.Context, db *DB, merchantID int64, key Key, fn func(*Tx) (T, error)) (result T, replay bool, err error) {
	if key.Key == "" {
		err = InTx(ctx, db, merchantID, func(tx *Tx) (err error) {
			result, err = fn(tx)
			return err
		})
		return result, false, err
	}
	var made T
	answer, err := Once(ctx, db, merchantID, key, func(tx *Tx) (_ Answer, err error) {
		if made, err = fn(tx); err != nil {
			return Answer{}, err
		}
		body, err := json.Marshal(made)
		return Answer{Status: Done, Body: body}, err
	})
	switch {
	case err != nil:
	case answer.Replay:
		err = json.Unmarshal(answer.Body, &result)
	default:
		result = made
	}
	return result, answer.Replay, err
}
