package netplan_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/internal/netplan"
)

func TestPorts(t *testing.T) {
	for port, want := range map[int]struct{ database, risk bool }{
		80: {}, 443: {}, 8443: {}, 22: {risk: true}, 3389: {risk: true}, 8080: {risk: true},
		5432: {database: true, risk: true}, 3306: {database: true, risk: true}, 6379: {database: true, risk: true},
		27017: {database: true, risk: true},
	} {
		assert.Equal(t, want.database, netplan.IsDatabasePort(port), port)
		assert.Equal(t, want.risk, netplan.IsHighRiskPort(port), port)
	}
}
