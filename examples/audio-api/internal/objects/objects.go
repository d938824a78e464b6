// Package objects keeps the recordings themselves in S3, under a prefix of a bucket.
//
// Nothing here asks for encryption: the bucket encrypts everything with its own key, and refuses an upload that asks for
// something else.
package objects

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// API is what the package needs of S3.
type API interface {
	PutObject(context.Context, *s3.PutObjectInput, ...func(*s3.Options)) (*s3.PutObjectOutput, error)
	CreateMultipartUpload(context.Context, *s3.CreateMultipartUploadInput, ...func(*s3.Options)) (*s3.CreateMultipartUploadOutput, error)
	UploadPart(context.Context, *s3.UploadPartInput, ...func(*s3.Options)) (*s3.UploadPartOutput, error)
	CompleteMultipartUpload(context.Context, *s3.CompleteMultipartUploadInput, ...func(*s3.Options)) (*s3.CompleteMultipartUploadOutput, error)
	AbortMultipartUpload(context.Context, *s3.AbortMultipartUploadInput, ...func(*s3.Options)) (*s3.AbortMultipartUploadOutput, error)
	ListParts(context.Context, *s3.ListPartsInput, ...func(*s3.Options)) (*s3.ListPartsOutput, error)
	ListObjectsV2(context.Context, *s3.ListObjectsV2Input, ...func(*s3.Options)) (*s3.ListObjectsV2Output, error)
}

// Presigner makes requests that somebody else sends.
type Presigner interface {
	PresignPutObject(context.Context, *s3.PutObjectInput, ...func(*s3.PresignOptions)) (*v4.PresignedHTTPRequest, error)
	PresignGetObject(context.Context, *s3.GetObjectInput, ...func(*s3.PresignOptions)) (*v4.PresignedHTTPRequest, error)
}

// Store is a prefix of a bucket.
type Store struct {
	api     API
	presign Presigner
	bucket  string
	prefix  string
	expiry  time.Duration
}

// New makes a store. Links that it makes expire; those of a task end with its credentials in any case.
func New(client *s3.Client, bucket, prefix string, expiry time.Duration) *Store {
	presign := s3.NewPresignClient(client, s3.WithPresignClientFromClientOptions(func(o *s3.Options) {
		// Who sends the request has the content; its checksum is not known here.
		o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
	}))
	return &Store{api: client, presign: presign, bucket: bucket, prefix: prefix, expiry: expiry}
}

// Key is where an object of that name lies.
func (s *Store) Key(name string) string { return s.prefix + name }

// Link is a request that whoever has it can send until it expires, with exactly these headers.
type Link struct {
	Method    string            `json:"method"`
	URL       string            `json:"url"`
	Headers   map[string]string `json:"headers,omitempty"`
	ExpiresAt time.Time         `json:"expiresAt"`
}

// UploadLink lets one object be uploaded, of exactly that type and size.
func (s *Store) UploadLink(ctx context.Context, key, contentType string, size int64) (Link, error) {
	expires := time.Now().Add(s.expiry)
	request, err := s.presign.PresignPutObject(ctx, &s3.PutObjectInput{
		Bucket: &s.bucket, Key: &key, ContentType: &contentType, ContentLength: &size,
	}, s3.WithPresignExpires(s.expiry))
	return link(request, expires, err)
}

// DownloadLink lets one object be downloaded, as a file.
func (s *Store) DownloadLink(ctx context.Context, key string) (Link, error) {
	expires := time.Now().Add(s.expiry)
	request, err := s.presign.PresignGetObject(ctx, &s3.GetObjectInput{
		Bucket: &s.bucket, Key: &key, ResponseContentDisposition: aws.String("attachment"),
	}, s3.WithPresignExpires(s.expiry))
	return link(request, expires, err)
}

func link(request *v4.PresignedHTTPRequest, expires time.Time, err error) (Link, error) {
	if err != nil {
		return Link{}, err
	}
	l := Link{Method: request.Method, URL: request.URL, ExpiresAt: expires.UTC().Truncate(time.Second), Headers: map[string]string{}}
	for name, values := range request.SignedHeader {
		// Every client sends its own Host and Content-Length, and must: they are signed.
		if name = http.CanonicalHeaderKey(name); name != "Host" && name != "Content-Length" {
			l.Headers[name] = strings.Join(values, ",")
		}
	}
	return l, nil
}

// Sizes returns the objects under a prefix, at most limit of them, that come after a key.
func (s *Store) Sizes(ctx context.Context, prefix, after string, limit int) (map[string]int64, error) {
	request := &s3.ListObjectsV2Input{Bucket: &s.bucket, Prefix: &prefix, MaxKeys: aws.Int32(int32(limit))}
	if after != "" {
		request.StartAfter = &after
	}
	page, err := s.api.ListObjectsV2(ctx, request)
	if err != nil {
		return nil, err
	}
	sizes := map[string]int64{}
	for _, object := range page.Contents {
		sizes[aws.ToString(object.Key)] = aws.ToInt64(object.Size)
	}
	return sizes, nil
}
