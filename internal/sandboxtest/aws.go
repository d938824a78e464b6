package sandboxtest

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// AWSConfig is the configuration of an AWS SDK client for the emulator: its endpoint, its credentials, no retries that
// would hide a fault. An empty region is [DefaultRegion].
//
// S3 wants paths instead of host names besides; [Env.S3] sets that.
func (e *Env) AWSConfig(region string) aws.Config {
	if region == "" {
		region = DefaultRegion
	}
	return aws.Config{
		Region:           region,
		BaseEndpoint:     aws.String(e.Endpoint),
		Credentials:      credentials.NewStaticCredentialsProvider("test", "test", ""),
		RetryMaxAttempts: 1,
	}
}

// S3 is an S3 client for the emulator.
func (e *Env) S3(region string, options ...func(*s3.Options)) *s3.Client {
	return S3(e.AWSConfig(region), options...)
}

// S3 is an S3 client of a configuration, with the bucket in the path.
func S3(cfg aws.Config, options ...func(*s3.Options)) *s3.Client {
	return s3.NewFromConfig(cfg, append([]func(*s3.Options){func(o *s3.Options) { o.UsePathStyle = true }}, options...)...)
}

// InsecureHTTP returns the configuration with every request declared as plain HTTP: policy conditions see
// aws:SecureTransport as false. Without it, requests count as HTTPS with TLS 1.3, although the emulator speaks HTTP.
func InsecureHTTP(cfg aws.Config) aws.Config { return withHeader(cfg, "X-Forwarded-Proto", "http") }

// TLSVersion returns the configuration with every request declared to use a version of TLS ("1.1"): policy conditions
// see it as s3:TlsVersion.
func TLSVersion(cfg aws.Config, version string) aws.Config {
	return withHeader(cfg, "X-Bulwark-Tls-Version", version)
}

func withHeader(cfg aws.Config, name, value string) aws.Config {
	c := cfg.Copy()
	c.APIOptions = append(c.APIOptions, smithyhttp.SetHeaderValue(name, value))
	return c
}
