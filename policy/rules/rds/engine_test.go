package rds

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFamily(t *testing.T) {
	for engine, want := range map[string]string{
		"postgres":            postgres,
		"Postgres":            postgres,
		"aurora-postgresql":   auroraPostgres,
		"aurora":              auroraMySQL,
		"aurora-mysql":        auroraMySQL,
		"oracle-se2-cdb":      oracle,
		"custom-oracle-ee":    oracle,
		"custom-sqlserver-se": sqlserver,
		"db2-ae":              db2,
		"mysqlite":            "",
		"neptune":             "",
		"":                    "",
	} {
		assert.Equal(t, want, family(engine), engine)
	}
}

func TestMajorOf(t *testing.T) {
	for name, want := range map[string]int{
		"17":                        17,
		"16.4":                      16,
		"9.6.21":                    9,
		"postgres14":                14,
		"14beta.1":                  14,
		"aurora-postgresql17":       17,
		"default.postgres9.6":       9,
		"default.aurora-postgresql": 0,
		"":                          0,
	} {
		assert.Equal(t, want, majorOf(name), name)
	}
}
