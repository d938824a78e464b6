package observability

// The type tokens that several rules share.
const (
	queue             = "aws:sqs/queue:Queue"
	queuePolicy       = "aws:sqs/queuePolicy:QueuePolicy"
	logGroup          = "aws:cloudwatch/logGroup:LogGroup"
	metricFilter      = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
	metricAlarm       = "aws:cloudwatch/metricAlarm:MetricAlarm"
	compositeAlarm    = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
	dashboard         = "aws:cloudwatch/dashboard:Dashboard"
	topic             = "aws:sns/topic:Topic"
	topicPolicy       = "aws:sns/topicPolicy:TopicPolicy"
	topicSubscription = "aws:sns/topicSubscription:TopicSubscription"
	loadBalancer      = "aws:lb/loadBalancer:LoadBalancer"
	loadBalancerAlias = "aws:alb/loadBalancer:LoadBalancer"
	instance          = "aws:rds/instance:Instance"
	service           = "aws:ecs/service:Service"
	trail             = "aws:cloudtrail/trail:Trail"
)
