package objects

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// partSize is what one upload holds in memory. S3 takes 10,000 parts of at least 5 MiB, but for the last one.
const partSize = 8 << 20

// Upload stores an object of that size, part by part. What fails, or is shorter than announced, leaves nothing behind.
func (s *Store) Upload(ctx context.Context, key, contentType string, size int64, body io.Reader) error {
	if size > partSize {
		return s.uploadParts(ctx, key, contentType, size, body)
	}
	content := make([]byte, size)
	if _, err := io.ReadFull(body, content); err != nil {
		return fmt.Errorf("%w: %w", ErrBody, err)
	}
	_, err := s.api.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &s.bucket, Key: &key, ContentType: &contentType, Body: bytes.NewReader(content),
	})
	return err
}

// ErrBody is for content that cannot be read to its announced end.
var ErrBody = errors.New("the recording is not there to its end")

func (s *Store) uploadParts(ctx context.Context, key, contentType string, size int64, body io.Reader) (err error) {
	upload, err := s.api.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{
		Bucket: &s.bucket, Key: &key, ContentType: &contentType, ChecksumAlgorithm: types.ChecksumAlgorithmCrc32,
	})
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.abort(ctx, key, upload.UploadId))
		}
	}()
	var parts []types.CompletedPart
	for buffer := make([]byte, partSize); size > 0; size -= int64(len(buffer)) {
		buffer = buffer[:min(partSize, size)]
		if _, err := io.ReadFull(body, buffer); err != nil {
			return fmt.Errorf("%w: %w", ErrBody, err)
		}
		number := aws.Int32(int32(len(parts) + 1))
		part, err := s.api.UploadPart(ctx, &s3.UploadPartInput{
			Bucket: &s.bucket, Key: &key, UploadId: upload.UploadId, PartNumber: number, Body: bytes.NewReader(buffer),
			ChecksumAlgorithm: types.ChecksumAlgorithmCrc32,
		})
		if err != nil {
			return err
		}
		parts = append(parts, types.CompletedPart{ETag: part.ETag, PartNumber: number, ChecksumCRC32: part.ChecksumCRC32})
	}
	_, err = s.api.CompleteMultipartUpload(ctx, &s3.CompleteMultipartUploadInput{
		Bucket: &s.bucket, Key: &key, UploadId: upload.UploadId, MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
	})
	return err
}

// abort gives up an upload, whoever has given up the request. A part that is just being stored may survive it, so S3's
// documentation asks to look.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
func (s *Store) abort(ctx context.Context, key string, id *string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	upload := &s3.AbortMultipartUploadInput{Bucket: &s.bucket, Key: &key, UploadId: id}
	for range 3 {
		_, err := s.api.AbortMultipartUpload(ctx, upload)
		left := &s3.ListPartsOutput{}
		if err == nil {
			left, err = s.api.ListParts(ctx, &s3.ListPartsInput{Bucket: &s.bucket, Key: &key, UploadId: id})
		}
		var gone *types.NoSuchUpload
		if errors.As(err, &gone) || err == nil && len(left.Parts) == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("abort the upload: %w", err)
		}
	}
	return errors.New("parts of the upload are still there; the bucket's lifecycle removes them")
}
