package io.sidestream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Key stores made by the JDK's keytool, with one password. */
final class Certificates {
  static final String PASSWORD = "store-secret-1";

  private final Path directory;

  Certificates(Path directory) {
    this.directory = directory;
  }

  /** A key with a certificate that it signed itself, for 127.0.0.1. */
  Path keyStore(String name) throws IOException, InterruptedException {
    Path store = directory.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-validity",
        "2",
        "-ext",
        "SAN=ip:127.0.0.1,dns:localhost",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
    return store;
  }

  /** The name of the authority in the store that {@link #signedByAuthority} makes. */
  static final String AUTHORITY = "authority";

  /** A store with an authority, and the keys whose certificates it signed, by options of each. */
  Path signedByAuthority(Map<String, List<String>> options)
      throws IOException, InterruptedException {
    Path store = directory.resolve("signed.p12");
    List<String> key =
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD,
            "-alias");
    keytool(key, List.of(AUTHORITY, "-dname", "CN=authority"), List.of("-ext", "bc:c"));
    for (Map.Entry<String, List<String>> each : options.entrySet()) {
      String name = each.getKey();
      keytool(key, List.of(name, "-dname", "CN=" + name, "-signer", AUTHORITY), each.getValue());
    }
    return store;
  }

  private void keytool(List<String> first, List<String> then, List<String> last)
      throws IOException, InterruptedException {
    keytool(Stream.of(first, then, last).flatMap(List::stream).toArray(String[]::new));
  }

  /** A store that trusts the certificate of another store. */
  Path trusting(String name, Path keyStore) throws IOException, InterruptedException {
    Path certificate = directory.resolve(name + ".pem");
    Path store = directory.resolve(name + "-trust.p12");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-file",
        certificate.toString(),
        "-keystore",
        keyStore.toString(),
        "-storepass",
        PASSWORD);
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        name,
        "-file",
        certificate.toString(),
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
    return store;
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(directory, "keytool", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException("keytool failed: " + Files.readString(log));
    }
  }
}
