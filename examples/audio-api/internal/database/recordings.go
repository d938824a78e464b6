package database

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Recording is one row.
type Recording struct {
	ID        uuid.UUID
	Owner     string
	ObjectKey string
	Size      int64
	CreatedAt time.Time
}

// ErrNotFound is for a recording that is not there, or somebody else's.
var ErrNotFound = errors.New("there is no such recording")

// Insert adds a recording, and fills in when that was.
func (db *DB) Insert(ctx context.Context, r *Recording) error {
	return db.with(ctx, func(conn *pgxpool.Conn) error {
		return conn.QueryRow(ctx,
			"INSERT INTO recordings (id, owner, object_key, size) VALUES ($1, $2, $3, $4) RETURNING created_at",
			r.ID, r.Owner, r.ObjectKey, r.Size).Scan(&r.CreatedAt)
	})
}

const columns = "SELECT id, owner, object_key, size, created_at FROM recordings "

// Find returns one of an owner's recordings.
func (db *DB) Find(ctx context.Context, owner string, id uuid.UUID) (r Recording, err error) {
	err = db.with(ctx, func(conn *pgxpool.Conn) error {
		rows, _ := conn.Query(ctx, columns+"WHERE owner = $1 AND id = $2", owner, id)
		r, err = pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[Recording])
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrNotFound
	}
	return r, err
}

// List returns a page of an owner's recordings, oldest first, beginning after an id.
func (db *DB) List(ctx context.Context, owner string, after uuid.UUID, limit int) (list []Recording, err error) {
	err = db.with(ctx, func(conn *pgxpool.Conn) error {
		rows, _ := conn.Query(ctx, columns+"WHERE owner = $1 AND id > $2 ORDER BY id LIMIT $3", owner, after, limit)
		list, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Recording])
		return err
	})
	return list, err
}
