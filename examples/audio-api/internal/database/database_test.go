package database

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/acme/audio-api/internal/config"
	"github.com/acme/audio-api/internal/testpostgres"
)

var server *testpostgres.Server

func TestMain(m *testing.M) {
	var err error
	if server, err = testpostgres.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// account holds the login.
type account struct {
	mu    sync.Mutex
	text  string
	calls int
}

func (a *account) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.calls++
	return &secretsmanager.GetSecretValueOutput{SecretString: aws.String(a.text)}, nil
}

func (a *account) put(t *testing.T, l Login) {
	t.Helper()
	raw, err := json.Marshal(l)
	require.NoError(t, err)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.text = string(raw)
}

func settings() config.Database {
	return config.Database{SecretARN: "arn:x", TLS: "verify-full", CAFile: server.CAFile}
}

func open(t *testing.T, a *account, c config.Database) *DB {
	t.Helper()
	db, err := Open(t.Context(), a, c)
	require.NoError(t, err)
	t.Cleanup(db.Close)
	return db
}

func TestRecordings(t *testing.T) {
	db := open(t, &account{text: server.Secret()}, settings())
	var running sync.WaitGroup
	for range 3 {
		running.Go(func() { assert.NoError(t, db.Migrate(t.Context()), "at the same time, and again") })
	}
	running.Wait()

	var ids []uuid.UUID
	for i := range 3 {
		r := Recording{ID: uuid.Must(uuid.NewV7()), Owner: "ann", ObjectKey: fmt.Sprint("uploads/ann/", i), Size: 5}
		require.NoError(t, db.Insert(t.Context(), &r))
		assert.False(t, r.CreatedAt.IsZero())
		ids = append(ids, r.ID)
	}
	page, err := db.List(t.Context(), "ann", ids[0], 1)
	require.NoError(t, err)
	require.Len(t, page, 1)
	assert.Equal(t, ids[1], page[0].ID)
	page, err = db.List(t.Context(), "bob", uuid.Nil, 10)
	require.NoError(t, err)
	assert.Empty(t, page)

	found, err := db.Find(t.Context(), "ann", ids[2])
	require.NoError(t, err)
	assert.Equal(t, "uploads/ann/2", found.ObjectKey)
	_, err = db.Find(t.Context(), "bob", ids[2])
	assert.ErrorIs(t, err, ErrNotFound, "what is somebody else's is not there")
}

// TestPasswordChangesUnderneath: connections that are open go on, and new ones find the new password.
func TestPasswordChangesUnderneath(t *testing.T) {
	admin := open(t, &account{text: server.Secret()}, settings())
	exec := func(sql string) {
		t.Helper()
		require.NoError(t, admin.with(t.Context(), func(conn *pgxpool.Conn) error {
			_, err := conn.Exec(t.Context(), sql)
			return err
		}))
	}
	exec("CREATE ROLE rotated LOGIN PASSWORD 'first'")
	login := Login{Username: "rotated", Password: "first", Host: testpostgres.Host, Port: server.Port, Name: testpostgres.Database}
	a := &account{}
	a.put(t, login)
	db := open(t, a, settings())
	require.NoError(t, db.Ping(t.Context()))
	require.NoError(t, db.Ping(t.Context()))
	assert.Equal(t, 1, a.calls, "an open connection needs no password")

	exec("ALTER ROLE rotated PASSWORD 'second'")
	require.NoError(t, db.Ping(t.Context()), "open connections stay open")
	login.Password = "second"
	a.put(t, login)
	db.pool.Reset()
	assert.Eventually(t, func() bool { return db.Ping(t.Context()) == nil }, 5*time.Second, 100*time.Millisecond,
		"the new password is looked for, though not more than once a second")
	assert.Equal(t, 2, a.calls)
}

func TestTransport(t *testing.T) {
	c := settings()
	c.CAFile = ""
	assert.ErrorContains(t, open(t, &account{text: server.Secret()}, c).Ping(t.Context()), "certificate",
		"a server that nobody vouches for")
	for tls, encrypted := range map[string]bool{"verify-full": true, "require": true, "disable": false} {
		c := settings()
		c.TLS = tls
		require.NoError(t, open(t, &account{text: server.Secret()}, c).with(t.Context(), func(conn *pgxpool.Conn) error {
			var ssl bool
			err := conn.QueryRow(t.Context(), "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").Scan(&ssl)
			assert.Equal(t, encrypted, ssl, tls)
			return err
		}))
	}
}

func TestUselessLogin(t *testing.T) {
	err := open(t, &account{text: `{"username":"audio"}`}, settings()).Ping(t.Context())
	assert.ErrorContains(t, err, "expected username, password and host")
}
