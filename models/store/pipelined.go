package store

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// InBatches is InTx for the posting path, whose cost is its round trips: the transaction begins with the first batch that
// fn sends and ends with the one that it hands to Finish. Everything else is InTx's.
func InBatches(ctx context.Context, db *DB, merchantID int64, fn func(*Tx) error) error {
	return db.run(ctx, merchantID, func(_ context.Context, conn *pgx.Conn) (pgx.Tx, error) { return &pipelined{conn: conn}, nil }, fn)
}

// Finish sends the last batch of a transaction. After it nothing else may be done in it. Within InBatches the commit goes
// with it; within InTx the transaction is committed as ever.
func (tx *Tx) Finish(batch *pgx.Batch) error {
	p, ok := tx.pgx.(*pipelined)
	if !ok {
		return tx.pgx.SendBatch(tx.ctx, batch).Close()
	}
	batch.Queue("commit").Exec(func(tag pgconn.CommandTag) error {
		p.done = true
		if tag.String() == "ROLLBACK" {
			return pgx.ErrTxCommitRollback
		}
		return nil
	})
	return p.SendBatch(tx.ctx, batch).Close()
}

// pipelined is a transaction that begins with its first statement, in the same round trip if that is a batch.
type pipelined struct {
	conn  *pgx.Conn
	begun bool
	done  bool
}

func (p *pipelined) begin(ctx context.Context) error {
	if p.done {
		return pgx.ErrTxClosed
	}
	if p.begun {
		return nil
	}
	p.begun = true
	_, err := p.conn.Exec(ctx, "begin")
	return err
}

// SendBatch puts the beginning before the batch's own statements and takes its answer off their answers.
func (p *pipelined) SendBatch(ctx context.Context, batch *pgx.Batch) pgx.BatchResults {
	if p.begun || p.done {
		return p.conn.SendBatch(ctx, batch)
	}
	p.begun = true
	with := &pgx.Batch{}
	with.Queue("begin")
	with.QueuedQueries = append(with.QueuedQueries, batch.QueuedQueries...)
	results := p.conn.SendBatch(ctx, with)
	if _, err := results.Exec(); err != nil {
		return failed{results, err}
	}
	return results
}

// failed is a batch that could not begin.
type failed struct {
	pgx.BatchResults
	err error
}

func (f failed) Close() error { return errors.Join(f.err, f.BatchResults.Close()) }

func (p *pipelined) Commit(ctx context.Context) error {
	if p.done || !p.begun {
		p.done = true
		return nil
	}
	p.done = true
	tag, err := p.conn.Exec(ctx, "commit")
	if err == nil && tag.String() == "ROLLBACK" {
		err = pgx.ErrTxCommitRollback
	}
	return err
}

// Rollback looks at the connection rather than at its own memory: a batch may have failed anywhere, at its commit too.
func (p *pipelined) Rollback(ctx context.Context) error {
	p.done = true
	if p.conn.IsClosed() || p.conn.PgConn().TxStatus() == 'I' {
		return nil
	}
	_, err := p.conn.Exec(ctx, "rollback")
	if err != nil {
		err = errors.Join(err, p.conn.Close(ctx))
	}
	return err
}

func (p *pipelined) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	if err := p.begin(ctx); err != nil {
		return pgconn.CommandTag{}, err
	}
	return p.conn.Exec(ctx, sql, args...)
}

func (p *pipelined) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if err := p.begin(ctx); err != nil {
		return nil, err
	}
	return p.conn.Query(ctx, sql, args...)
}

func (p *pipelined) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	if err := p.begin(ctx); err != nil {
		return failedRow{err}
	}
	return p.conn.QueryRow(ctx, sql, args...)
}

type failedRow struct{ err error }

func (r failedRow) Scan(...any) error { return r.err }

func (p *pipelined) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, rows pgx.CopyFromSource) (int64, error) {
	if err := p.begin(ctx); err != nil {
		return 0, err
	}
	return p.conn.CopyFrom(ctx, table, columns, rows)
}

func (p *pipelined) Prepare(ctx context.Context, name, sql string) (*pgconn.StatementDescription, error) {
	if err := p.begin(ctx); err != nil {
		return nil, err
	}
	return p.conn.Prepare(ctx, name, sql)
}

func (p *pipelined) Conn() *pgx.Conn { return p.conn }

// Begin would be a savepoint; the posting path has none.
func (p *pipelined) Begin(context.Context) (pgx.Tx, error) { return nil, errors.ErrUnsupported }

// LargeObjects are not used.
func (p *pipelined) LargeObjects() pgx.LargeObjects { panic("store: there are no large objects") }
