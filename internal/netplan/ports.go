package netplan

import "slices"

// databasePorts are the ports of databases and caches. Nothing on the internet has to reach one of them.
var databasePorts = []int{
	1433, 1434, // SQL Server
	1521,             // Oracle
	3306, 5432, 5439, // MySQL, PostgreSQL, Redshift
	6379, 11211, // Redis, Memcached
	8182, 9042, // Neptune, Cassandra
	9200, 9300, // OpenSearch
	27017, // MongoDB, DocumentDB
}

// highRiskPorts are those that AWS Security Hub wants closed to the internet, control EC2.19.
// Source: https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19
var highRiskPorts = []int{
	20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088, 8888,
	9200, 9300,
}

// IsDatabasePort says whether databases and caches listen on the port by default.
func IsDatabasePort(port int) bool { return slices.Contains(databasePorts, port) }

// IsHighRiskPort says whether the port must not be open to the internet: logins, file shares, databases, consoles.
func IsHighRiskPort(port int) bool {
	return slices.Contains(highRiskPorts, port) || IsDatabasePort(port)
}
