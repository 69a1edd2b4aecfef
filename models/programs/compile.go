package programs

import (
	"fmt"
	"sync"

	"dangol/models/store"
	"dangol/models/terms"
)

// compiled remembers what Compile made of a document. Compile is pure and the key holds all that its result depends on.
var compiled memo[versionKey, *terms.Program]

type versionKey struct {
	version int
	hash    string
}

// compile makes a version ready to run, or finds it ready.
func compile(tx *store.Tx, programID int64, pub publication) (*terms.Program, error) {
	key := versionKey{pub.Version, pub.Hash}
	if program, ok := compiled.get(key); ok {
		return program, nil
	}
	program, err := compileStored(tx, programID, pub.Version)
	if err != nil {
		return nil, fmt.Errorf("program %d, version %d: %w", programID, pub.Version, err)
	}
	compiled.put(key, program)
	return program, nil
}

func compileStored(tx *store.Tx, programID int64, version int) (*terms.Program, error) {
	var document []byte
	err := tx.PG().QueryRow(tx.Ctx(), `SELECT document FROM program_versions WHERE merchant_id = $1 AND program_id = $2 AND version = $3`,
		tx.MerchantID(), programID, version).Scan(&document)
	if err != nil {
		return nil, err
	}
	t, err := terms.Parse(document)
	if err != nil {
		return nil, err
	}
	return terms.Compile(t, version)
}

// memo is a map for many goroutines, emptied when it has grown beyond what any installation needs.
type memo[K comparable, V any] struct {
	mu sync.RWMutex
	m  map[K]V
}

const memoSize = 10_000

func (c *memo[K, V]) get(key K) (v V, ok bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok = c.m[key]
	return v, ok
}

func (c *memo[K, V]) put(key K, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.m == nil || len(c.m) >= memoSize {
		c.m = map[K]V{}
	}
	c.m[key] = v
}
