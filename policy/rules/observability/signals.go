package observability

// goldenSignals are the metrics that an alarm has to watch, by the type of the resource and the dimension that names it;
// of each group one is enough.
var goldenSignals = []struct {
	typ, by string
	metrics [][]string
}{
	{loadBalancer, "LoadBalancer", [][]string{{"HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count"}, {"TargetResponseTime"}}},
	{service, "ServiceName", [][]string{{"CPUUtilization"}, {"MemoryUtilization"}}},
	{instance, "DBInstanceIdentifier", [][]string{{"CPUUtilization"}, {"FreeStorageSpace"}, {"DatabaseConnections"}}},
}
