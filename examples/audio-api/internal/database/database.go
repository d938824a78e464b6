// Package database keeps what is known of recordings in PostgreSQL, with a user whose password may change at any time.
package database

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/acme/audio-api/internal/config"
	"github.com/acme/audio-api/internal/secret"
)

// Login is the document in Secrets Manager, in the form that RDS and its rotation use.
type Login struct {
	Username string `json:"username"`
	Password string `json:"password"`
	Host     string `json:"host,omitempty"`
	Port     int    `json:"port,omitempty"`
	Name     string `json:"dbname,omitempty"`
}

// DB is the database.
type DB struct {
	login *secret.Document[Login]
	pool  *pgxpool.Pool
}

// Open makes a pool of connections, and opens none yet.
func Open(ctx context.Context, api secret.API, c config.Database) (*DB, error) {
	// The address is the secret's; here is only how the server is checked.
	settings := "host=localhost sslmode=" + c.TLS
	if c.CAFile != "" && c.TLS == "verify-full" {
		settings += " sslrootcert='" + c.CAFile + "'"
	}
	pool, err := pgxpool.ParseConfig(settings)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	pool.ConnConfig.ConnectTimeout = 5 * time.Second
	pool.ConnConfig.RuntimeParams = map[string]string{"application_name": "audio-api", "statement_timeout": "5000"}
	pool.ConnConfig.Tracer = tracer{}
	pool.MaxConns = 10
	pool.MaxConnLifetime = time.Hour
	pool.MaxConnIdleTime = 5 * time.Minute

	db := &DB{}
	db.login = secret.New(api, c.SecretARN, secret.JSON(func(l Login) error {
		if l.Username == "" || l.Password == "" || cmp.Or(l.Host, c.Host) == "" {
			return errors.New("expected username, password and host (or DATABASE_HOST)")
		}
		return nil
	}))
	// Asked for every new connection, so that those after a rotation are opened with the new password. Those that are
	// open stay so.
	pool.BeforeConnect = func(ctx context.Context, conn *pgx.ConnConfig) error {
		login, err := db.login.Get(ctx)
		if err != nil {
			return err
		}
		conn.User, conn.Password = login.Username, login.Password
		conn.Host, conn.Database = cmp.Or(login.Host, c.Host), cmp.Or(login.Name, c.Name)
		conn.Port = uint16(cmp.Or(login.Port, c.Port))
		if conn.TLSConfig != nil {
			conn.TLSConfig.ServerName = conn.Host
		}
		return nil
	}
	db.pool, err = pgxpool.NewWithConfig(ctx, pool)
	return db, err
}

// Close closes all connections.
func (db *DB) Close() { db.pool.Close() }

// Ping reports whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	return db.with(ctx, func(conn *pgxpool.Conn) error { return conn.Ping(ctx) })
}

// with lends a connection. When the server refuses the password, it has been changed since it was last read.
func (db *DB) with(ctx context.Context, do func(*pgxpool.Conn) error) error {
	conn, err := db.pool.Acquire(ctx)
	if refused(err) {
		if _, err := db.login.Refresh(ctx); err != nil {
			return err
		}
		conn, err = db.pool.Acquire(ctx)
	}
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer conn.Release()
	return do(conn)
}

// refused reports whether the server did not let the user in: class 28 of PostgreSQL's error codes.
func refused(err error) bool {
	var answer *pgconn.PgError
	return errors.As(err, &answer) && len(answer.Code) == 5 && answer.Code[:2] == "28"
}
