// The S3 Encryption Clients of the AWS SDK for Go behind a pipe: a line of JSON in, a line of JSON out.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/awserr"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/kms"
	"github.com/aws/aws-sdk-go/service/s3"
	"github.com/aws/aws-sdk-go/service/s3/s3crypto"
)

type job struct {
	Does, Version, KmsKeyID, Content, BucketName, ObjectName, Range string
	IsInFile, IsLegacy                                              bool
	Body                                                            []byte
	EncryptionContext                                               map[string]*string
}

type failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}
type result struct {
	Body []byte `json:"body,omitempty"`
}
type answer struct {
	Ok    *result  `json:"ok,omitempty"`
	Error *failure `json:"error,omitempty"`
}

var (
	place = session.Must(session.NewSession(&aws.Config{
		Endpoint:         aws.String(os.Getenv("AWS_ENDPOINT_URL")),
		Region:           aws.String(os.Getenv("AWS_REGION")),
		S3ForcePathStyle: aws.Bool(true),
		MaxRetries:       aws.Int(0),
	}))
	keys = kms.New(place)
	// The same padding under two names, which end up in the algorithm that is stored.
	padders = map[string]s3crypto.Padder{
		"AES/CBC/PKCS5Padding": s3crypto.AESCBCPadder,
		"AES/CBC/PKCS7Padding": s3crypto.NewPKCS7Padder(16),
	}
)

func put(j job) error {
	input := &s3.PutObjectInput{Bucket: &j.BucketName, Key: &j.ObjectName, Body: bytes.NewReader(j.Body)}
	var saved s3crypto.SaveStrategy = s3crypto.HeaderV2SaveStrategy{}
	if j.IsInFile {
		saved = s3crypto.S3SaveStrategy{Client: s3.New(place)}
	}
	if j.Version == "v1" {
		generator := s3crypto.NewKMSKeyGenerator(keys, j.KmsKeyID)
		content := s3crypto.AESGCMContentCipherBuilder(generator)
		if padder, isCbc := padders[j.Content]; isCbc {
			content = s3crypto.AESCBCContentCipherBuilder(generator, padder)
		}
		client := s3crypto.NewEncryptionClient(place, content, func(c *s3crypto.EncryptionClient) { c.SaveStrategy = saved })
		_, err := client.PutObject(input)
		return err
	}
	generator := s3crypto.NewKMSContextKeyGenerator(keys, j.KmsKeyID, j.EncryptionContext)
	client, err := s3crypto.NewEncryptionClientV2(
		place, s3crypto.AESGCMContentCipherBuilderV2(generator),
		func(o *s3crypto.EncryptionClientOptions) { o.SaveStrategy = saved },
	)
	if err != nil {
		return err
	}
	_, err = client.PutObject(input)
	return err
}

func get(j job) ([]byte, error) {
	registry := s3crypto.NewCryptoRegistry()
	opened := []error{
		s3crypto.RegisterKMSContextWrapWithCMK(registry, keys, j.KmsKeyID),
		s3crypto.RegisterAESGCMContentCipher(registry),
	}
	if j.IsLegacy {
		opened = append(opened,
			s3crypto.RegisterKMSWrapWithCMK(registry, keys, j.KmsKeyID),
			s3crypto.RegisterAESCBCContentCipher(registry, s3crypto.AESCBCPadder),
		)
	}
	for _, err := range opened {
		if err != nil {
			return nil, err
		}
	}
	client, err := s3crypto.NewDecryptionClientV2(place, registry)
	if err != nil {
		return nil, err
	}
	input := &s3.GetObjectInput{Bucket: &j.BucketName, Key: &j.ObjectName}
	if j.Range != "" {
		input.Range = &j.Range
	}
	output, err := client.GetObject(input)
	if err != nil {
		return nil, err
	}
	defer output.Body.Close()
	return io.ReadAll(output.Body)
}

func perform(line []byte) answer {
	var j job
	err := json.Unmarshal(line, &j)
	if err != nil {
		return answer{Error: &failure{"BadJob", err.Error()}}
	}
	var body []byte
	if j.Does == "put" {
		err = put(j)
	} else {
		body, err = get(j)
	}
	if err == nil {
		return answer{Ok: &result{body}}
	}
	var known awserr.Error
	if errors.As(err, &known) {
		return answer{Error: &failure{known.Code(), known.Message()}}
	}
	return answer{Error: &failure{"error", err.Error()}}
}

func main() {
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		told, _ := json.Marshal(perform(line))
		os.Stdout.Write(append(told, '\n'))
	}
}
