package store

// DB is the database of the transaction, to tell apart what is remembered of several. Whoever has a Tx opens no other
// transaction on it.
func (tx *Tx) DB() *DB { return tx.db }
