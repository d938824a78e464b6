package rds

// The type tokens that several rules share.
const (
	globalCluster         = "aws:rds/globalCluster:GlobalCluster"
	instance              = "aws:rds/instance:Instance"
	cluster               = "aws:rds/cluster:Cluster"
	clusterInstance       = "aws:rds/clusterInstance:ClusterInstance"
	snapshot              = "aws:rds/snapshot:Snapshot"
	snapshotCopy          = "aws:rds/snapshotCopy:SnapshotCopy"
	clusterSnapshot       = "aws:rds/clusterSnapshot:ClusterSnapshot"
	clusterSnapshotCopy   = "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy"
	parameterGroup        = "aws:rds/parameterGroup:ParameterGroup"
	clusterParameterGroup = "aws:rds/clusterParameterGroup:ClusterParameterGroup"
	subnetGroup           = "aws:rds/subnetGroup:SubnetGroup"
	eventSubscription     = "aws:rds/eventSubscription:EventSubscription"
	proxy                 = "aws:rds/proxy:Proxy"
	backupsReplication    = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication"
	backupSelection       = "aws:backup/selection:Selection"
	vpc                   = "aws:ec2/vpc:Vpc"
	cidrAssociation       = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation"
	securityGroup         = "aws:ec2/securityGroup:SecurityGroup"
	defaultSecurityGroup  = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
	securityGroupRule     = "aws:ec2/securityGroupRule:SecurityGroupRule"
	ingressRule           = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
)
