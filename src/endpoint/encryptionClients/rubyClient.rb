# The S3 Encryption Clients of the AWS SDK for Ruby behind a pipe: a line of JSON in, a line of JSON out.
require 'aws-sdk-s3'
require 'aws-sdk-kms'
require 'base64'
require 'json'

$stdout.sync = true
place = { endpoint: ENV.fetch('AWS_ENDPOINT_URL'), region: ENV.fetch('AWS_REGION') }
S3 = Aws::S3::Client.new(**place, force_path_style: true, retry_limit: 0)
KMS = Aws::KMS::Client.new(**place, retry_limit: 0)
SCHEMAS = { 'kms' => :kms_context, 'aes' => :aes_gcm, 'rsa' => :rsa_oaep_sha1 }.freeze

# Chooses among several keys by the material description, as the SDK's own documentation shows.
class Keys
  attr_reader :encryption_materials

  def initialize(materials, keys)
    @keys = keys
    @encryption_materials = materials
  end

  def key_for(description)
    @keys.fetch(JSON.parse(description))
  end
end

def key_of(job)
  return Base64.strict_decode64(job['aesKey']) if job['wrap'] == 'aes'

  OpenSSL::PKey::RSA.new(job['rsaPem'])
end

def keys_of(job, family)
  return { kms_key_id: job['kmsKeyId'], kms_client: KMS } if job['wrap'] == 'kms'
  return { encryption_key: key_of(job) } unless job['materialDescription']

  description = JSON.generate(job['materialDescription'])
  materials = family::Materials.new(key: key_of(job), description: description)
  { key_provider: Keys.new(materials, { job['materialDescription'] => key_of(job) }) }
end

def client_of(job)
  place = { client: S3, envelope_location: job['isInFile'] ? :instruction_file : :metadata }
  if job['version'] == 'v1'
    return Aws::S3::Encryption::Client.new(**place, **keys_of(job, Aws::S3::Encryption))
  end

  Aws::S3::EncryptionV2::Client.new(
    **place, **keys_of(job, Aws::S3::EncryptionV2),
    key_wrap_schema: SCHEMAS.fetch(job['wrap']),
    content_encryption_schema: :aes_gcm_no_padding,
    security_profile: job['isLegacy'] ? :v2_and_legacy : :v2
  )
end

def perform(job)
  address = { bucket: job['bucketName'], key: job['objectName'] }
  more = job['encryptionContext'] ? { kms_encryption_context: job['encryptionContext'] } : {}
  case job['does']
  when 'put'
    client_of(job).put_object(**address, **more, body: Base64.strict_decode64(job['body']))
    {}
  when 'get'
    more[:range] = job['range'] if job['range']
    # Debian's gem for KMS is older than the one for S3: it cannot name a key when it asks for a decryption.
    more[:kms_allow_decrypt_with_any_cmk] = true if job['wrap'] == 'kms' && job['version'] == 'v2'
    { body: Base64.strict_encode64(client_of(job).get_object(**address, **more).body.read) }
  end
end

$stdin.each_line do |line|
  answer = begin
    { ok: perform(JSON.parse(line)) }
  rescue StandardError, NotImplementedError => e
    { error: { code: e.class.name, message: e.message } }
  end
  puts JSON.generate(answer)
end
