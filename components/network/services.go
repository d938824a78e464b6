package network

// interfaceEndpoint is an endpoint that an endpoint service needs.
type interfaceEndpoint struct {
	// suffix ends the name of the service; actionPrefix begins its IAM actions.
	suffix, actionPrefix string
}

// interfaceEndpoints are those of each endpoint service.
// Sources: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html,
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html,
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
var interfaceEndpoints = map[EndpointService][]interfaceEndpoint{
	EndpointECR:            {{"ecr.api", "ecr"}, {"ecr.dkr", "ecr"}},
	EndpointLogs:           {{"logs", "logs"}},
	EndpointSecretsManager: {{"secretsmanager", "secretsmanager"}},
	EndpointKMS:            {{"kms", "kms"}},
	EndpointSSM:            {{"ssm", "ssm"}},
	EndpointECSExec:        {{"ssmmessages", "ssmmessages"}},
	EndpointXRay:           {{"xray", "xray"}},
	EndpointSTS:            {{"sts", "sts"}},
	EndpointMonitoring:     {{"monitoring", "cloudwatch"}},
	EndpointSNS:            {{"sns", "sns"}},
	EndpointSQS:            {{"sqs", "sqs"}},
	EndpointEvents:         {{"events", "events"}},
}
