package objects

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// bucket keeps one object, and the parts of one upload.
type bucket struct {
	API
	calls  []string
	object []byte
	parts  [][]byte
	fail   error
	// survivors are parts that an abort does not catch.
	survivors int
}

func (b *bucket) PutObject(_ context.Context, in *s3.PutObjectInput, _ ...func(*s3.Options)) (*s3.PutObjectOutput, error) {
	b.calls = append(b.calls, "PutObject")
	b.object, _ = io.ReadAll(in.Body)
	return &s3.PutObjectOutput{}, b.fail
}

func (b *bucket) CreateMultipartUpload(context.Context, *s3.CreateMultipartUploadInput, ...func(*s3.Options)) (*s3.CreateMultipartUploadOutput, error) {
	b.calls = append(b.calls, "Create")
	return &s3.CreateMultipartUploadOutput{UploadId: aws.String("1")}, nil
}

func (b *bucket) UploadPart(_ context.Context, in *s3.UploadPartInput, _ ...func(*s3.Options)) (*s3.UploadPartOutput, error) {
	b.calls = append(b.calls, "Part")
	part, _ := io.ReadAll(in.Body)
	b.parts = append(b.parts, part)
	return &s3.UploadPartOutput{ETag: aws.String("etag")}, b.fail
}

func (b *bucket) CompleteMultipartUpload(_ context.Context, in *s3.CompleteMultipartUploadInput, _ ...func(*s3.Options)) (*s3.CompleteMultipartUploadOutput, error) {
	b.calls = append(b.calls, "Complete")
	if len(in.MultipartUpload.Parts) != len(b.parts) {
		return nil, errors.New("InvalidPart")
	}
	b.object = bytes.Join(b.parts, nil)
	return &s3.CompleteMultipartUploadOutput{}, nil
}

func (b *bucket) AbortMultipartUpload(ctx context.Context, _ *s3.AbortMultipartUploadInput, _ ...func(*s3.Options)) (*s3.AbortMultipartUploadOutput, error) {
	b.calls = append(b.calls, "Abort")
	return &s3.AbortMultipartUploadOutput{}, ctx.Err()
}

func (b *bucket) ListParts(context.Context, *s3.ListPartsInput, ...func(*s3.Options)) (*s3.ListPartsOutput, error) {
	b.calls = append(b.calls, "ListParts")
	if b.survivors--; b.survivors >= 0 {
		return &s3.ListPartsOutput{Parts: []types.Part{{}}}, nil
	}
	return nil, &types.NoSuchUpload{}
}

func upload(ctx context.Context, b *bucket, size int, body io.Reader) error {
	return (&Store{api: b, bucket: "b"}).Upload(ctx, "uploads/x", "audio/wav", int64(size), body)
}

func TestUpload(t *testing.T) {
	for size, calls := range map[int]string{
		1:              "PutObject",
		partSize:       "PutObject",
		partSize + 1:   "Create Part Part Complete",
		2 * partSize:   "Create Part Part Complete",
		2*partSize + 7: "Create Part Part Part Complete",
	} {
		content := bytes.Repeat([]byte("abcdefg"), size/7+1)[:size]
		b := &bucket{}
		require.NoError(t, upload(t.Context(), b, size, iotest.HalfReader(bytes.NewReader(content))))
		assert.Equal(t, calls, strings.Join(b.calls, " "), size)
		assert.True(t, bytes.Equal(content, b.object), size)
	}
}

func TestFailedUploadLeavesNothing(t *testing.T) {
	b := &bucket{}
	assert.ErrorIs(t, upload(t.Context(), b, 3, strings.NewReader("ab")), ErrBody, "half a recording is none")
	assert.Empty(t, b.calls)

	b = &bucket{survivors: 1}
	assert.ErrorIs(t, upload(t.Context(), b, partSize+5, bytes.NewReader(make([]byte, partSize+2))), ErrBody)
	assert.Equal(t, "Create Part Abort ListParts Abort ListParts", strings.Join(b.calls, " "))

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b = &bucket{fail: errors.New("SlowDown")}
	err := upload(ctx, b, partSize+1, bytes.NewReader(make([]byte, partSize+1)))
	require.ErrorContains(t, err, "SlowDown")
	assert.NotErrorIs(t, err, context.Canceled, "a request that was given up is cleaned up after")

	b = &bucket{survivors: 100, fail: errors.New("SlowDown")}
	err = upload(t.Context(), b, partSize+1, bytes.NewReader(make([]byte, partSize+1)))
	assert.ErrorContains(t, err, "still there")
}

func TestLinks(t *testing.T) {
	store := New(s3.New(s3.Options{
		Region: "eu-west-1", Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "secret", "session"),
	}), "acme-audio", "uploads/", 10*time.Minute)

	l, err := store.UploadLink(t.Context(), store.Key("ann/1"), "audio/wav", 1234)
	require.NoError(t, err)
	assert.Equal(t, "PUT", l.Method)
	assert.Equal(t, map[string]string{"Content-Type": "audio/wav"}, l.Headers)
	assert.WithinDuration(t, time.Now().Add(10*time.Minute), l.ExpiresAt, 2*time.Second)
	u, err := url.Parse(l.URL)
	require.NoError(t, err)
	assert.Equal(t, "https", u.Scheme)
	assert.Equal(t, "/uploads/ann/1", u.Path)
	assert.Equal(t, "content-length;content-type;host", u.Query().Get("X-Amz-SignedHeaders"))
	for name := range u.Query() {
		assert.NotContains(t, strings.ToLower(name), "checksum", "of a content that nobody here has seen")
	}

	l, err = store.DownloadLink(t.Context(), store.Key("ann/1"))
	require.NoError(t, err)
	assert.Equal(t, "GET", l.Method)
	assert.Contains(t, l.URL, "response-content-disposition=attachment")
	assert.Contains(t, l.URL, "X-Amz-Expires=600")
}
