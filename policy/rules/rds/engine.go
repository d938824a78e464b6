package rds

import (
	"strconv"
	"strings"
)

// Families of engines, as [family] names them.
const (
	postgres       = "postgres"
	mysql          = "mysql"
	mariadb        = "mariadb"
	oracle         = "oracle"
	sqlserver      = "sqlserver"
	db2            = "db2"
	auroraPostgres = "aurora-postgresql"
	auroraMySQL    = "aurora-mysql"
)

// family is the engine without its edition: oracle for oracle-se2 and custom-oracle-ee. Empty for engines that AWS does
// not have yet.
func family(engine string) string {
	engine = strings.TrimPrefix(strings.ToLower(engine), "custom-")
	for _, known := range []string{auroraPostgres, auroraMySQL, postgres, mysql, mariadb, oracle, sqlserver, db2} {
		if engine == known || strings.HasPrefix(engine, known+"-") {
			return known
		}
	}
	if engine == "aurora" { // the first Aurora, compatible with MySQL 5.6
		return auroraMySQL
	}
	return ""
}

// defaultPort is where an engine listens unless told otherwise; 0 for an unknown engine.
func defaultPort(engine string) int {
	return map[string]int{
		postgres: 5432, auroraPostgres: 5432, mysql: 3306, mariadb: 3306, auroraMySQL: 3306,
		oracle: 1521, sqlserver: 1433, db2: 50000,
	}[family(engine)]
}

// logsOf are the logs of an engine that tell who came and what went wrong. The general log of MySQL and MariaDB is not
// among them: it has every statement, passwords too. Their audit log needs an option group, SQL Server's agent log an
// edition with an agent.
//
// Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
func logsOf(engine string) []string {
	return map[string][]string{
		postgres: {"postgresql", "upgrade"}, auroraPostgres: {"postgresql"},
		mysql: {"error", "slowquery"}, mariadb: {"error", "slowquery"}, auroraMySQL: {"audit"},
		oracle: {"alert", "audit", "listener"}, sqlserver: {"error"}, db2: {"diag.log", "notify.log"},
	}[family(engine)]
}

// numbers are the parts of a version: 16, 4 for 16.4. It ends where something is no number.
func numbers(version string) []int {
	var out []int
	for part := range strings.SplitSeq(version, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			break
		}
		out = append(out, n)
	}
	return out
}
