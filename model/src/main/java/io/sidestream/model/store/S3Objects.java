package io.sidestream.model.store;

import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of one bucket under one prefix, by the client of AWS. Thread-safe. */
final class S3Objects implements AutoCloseable {
  /** Long enough for a server that is busy, short enough for one that is gone. */
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private static final Duration READ = Duration.ofSeconds(30);

  /** Servers other than AWS' own take any region, but a request must name one. */
  private static final String ANY_REGION = "us-east-1";

  private static final int NOT_FOUND = 404;

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final String location;

  private S3Objects(S3Client client, String bucket, String prefix, String location) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
    this.location = location;
  }

  static S3Objects of(BundleStoreConfig config) {
    return new S3Objects(client(config.s3()), config.bucket(), config.prefix(), config.location());
  }

  /**
   * Hashes of the files are checked by the reader of a bundle: the client's own checksums, which
   * not every server knows, are asked for only where an operation requires them.
   */
  private static S3Client client(S3Access access) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ))
            .credentialsProvider(credentials(access))
            .forcePathStyle(access.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    if (!access.endpoint().isEmpty()) {
      builder.endpointOverride(URI.create(access.endpoint())).region(Region.of(ANY_REGION));
    }
    if (!access.region().isEmpty()) {
      builder.region(Region.of(access.region()));
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Access access) {
    return access.accessKey().isEmpty()
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(access.accessKey(), access.secretKey()));
  }

  /** A small object's bytes; empty when there is none. */
  Optional<byte[]> read(String name) throws IOException {
    Optional<ResponseBytes<GetObjectResponse>> read =
        found(
            "get " + name,
            () -> client.getObjectAsBytes(request -> request.bucket(bucket).key(key(name))));
    if (read.isPresent()) {
      requireWhole(name, read.get().response(), read.get().asByteArrayUnsafe().length);
    }
    return read.map(ResponseBytes::asByteArrayUnsafe);
  }

  /** Stores a file; the server compares what it got with its MD5. */
  void upload(Path file, String name) throws IOException {
    String md5 = md5(file);
    ask(
        "put " + name,
        () ->
            client.putObject(
                request -> request.bucket(bucket).key(key(name)).contentMD5(md5),
                RequestBody.fromFile(file)));
  }

  /**
   * Downloads an object.
   *
   * @return false when there is none
   */
  boolean download(String name, Path file) throws IOException {
    Files.deleteIfExists(file);
    Optional<GetObjectResponse> got =
        found(
            "get " + name,
            () ->
                client.getObject(
                    request -> request.bucket(bucket).key(key(name)),
                    ResponseTransformer.toFile(file)));
    if (got.isPresent()) {
      requireWhole(name, got.get(), Files.size(file));
    }
    return got.isPresent();
  }

  /** The client takes a connection that ends early for the end of the object. */
  private void requireWhole(String name, GetObjectResponse object, long bytes) throws IOException {
    Long expected = object.contentLength();
    if (expected != null && expected != bytes) {
      throw new IOException(
          "bundle store %s: get %s ended after %d of %d bytes"
              .formatted(location, name, bytes, expected));
    }
  }

  /** Names that begin with this text, without the prefix, ascending. */
  List<String> list(String beginning) throws IOException {
    return ask(
        "list",
        () ->
            client
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(key(beginning)))
                .contents()
                .stream()
                .map(S3Object::key)
                .map(key -> key.substring(prefix.length()))
                .sorted()
                .toList());
  }

  void delete(String name) throws IOException {
    ask(
        "delete " + name,
        () -> client.deleteObject(request -> request.bucket(bucket).key(key(name))));
  }

  void deleteAll(String beginning) throws IOException {
    for (String name : list(beginning)) {
      delete(name);
    }
  }

  private String key(String name) {
    return prefix + name;
  }

  String location() {
    return location;
  }

  private <T> Optional<T> found(String what, Supplier<T> request) throws IOException {
    try {
      return Optional.of(request.get());
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND && !(e instanceof NoSuchBucketException)) {
        return Optional.empty();
      }
      throw failed(what, e);
    } catch (SdkException e) {
      throw failed(what, e);
    }
  }

  private <T> T ask(String what, Supplier<T> request) throws IOException {
    try {
      return request.get();
    } catch (SdkException e) {
      throw failed(what, e);
    }
  }

  private IOException failed(String what, SdkException why) {
    return new IOException(
        "bundle store %s: %s failed: %s".formatted(location, what, ReasonText.of(why)), why);
  }

  private static String md5(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
